from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.network.hubs import folded_address, folded_contact
from graph.network.network import Network, network_from
from graph.network.stored_ties import hub_rows, tie_rows, ties_around
from graph.network.successions import successions
from ontology.rulebook import default_rulebook
from tests.graph.world import TODAY, World


def network(world: World, as_of: date = TODAY) -> Network:
    return network_from(world.facts, rulebook=default_rulebook(), as_of=as_of)


def only(network: Network, kind: str) -> int:
    built = [tie for tie in range(len(network.ties)) if network.ties.kinds[network.ties.kind[tie]] == kind]
    assert len(built) == 1
    return built[0]


def test_one_stake_told_by_three_sources_is_one_and_the_best_class_wins() -> None:
    world = World()
    world.link("OWNS", "A", "B", share=0.4, dataset="platform", source_class="1")
    world.link("OWNS", "A", "B", share=0.62, dataset="registry")
    world.link("OWNS", "A", "B", share=0.62, dataset="bods", began_on="2020-01-01")
    built = network(world)
    tie = only(built, "OWNS")
    assert (built.ties.share[tie], built.ties.flags[tie]) == (0.62, ("sources_differ",))
    assert len(built.link_rows(tie)) == 3


def test_stakes_of_several_days_in_one_register_add_up() -> None:
    world = World()
    world.link("OWNS", "A", "B", share=0.3, began_on="2019-01-01")
    world.link("OWNS", "A", "B", share=0.2, began_on="2021-01-01")
    world.link("OWNS", "A", "B", share=0.2, began_on="2021-01-01")
    built = network(world)
    assert built.ties.share[only(built, "OWNS")] == pytest.approx(0.5)


def test_stakes_above_one_are_flagged_and_scaled_for_risk_only() -> None:
    world = World()
    for owner in ("A", "B", "C"):
        world.link("OWNS", owner, "D", share=0.5)
    built = network(world)
    assert built.shares.tolist() == pytest.approx([1 / 3] * 3)
    assert built.ties.share.tolist() == [0.5] * 3
    assert set(built.ties.flags.values()) == {("stakes_above_one",)}


def test_a_stake_sold_before_the_listing_carries_nothing_from_its_last_day() -> None:
    world = World()
    world.link("OWNS", "A", "B", share=0.8, ended_on="2025-01-01")
    world.listed("A")
    assert world.scoring().signals.risks["corporate"].exposure.tolist() == [0.0, 0.0]
    assert world.scoring(date(2024, 12, 31)).network.ties.carries.tolist() == [True]


def test_an_old_copy_of_a_register_does_not_bring_a_director_back() -> None:
    world = World()
    world.link("DIRECTS", "P", "A", ended_on="2025-01-01", dataset="changes")
    world.link("DIRECTS", "P", "A", dataset="copy of 2023")
    assert network(world).ties.carries.tolist() == [False]
    world.link("DIRECTS", "P", "A", began_on="2025-06-01", dataset="changes")
    assert network(world).ties.carries.tolist() == [True]


def test_a_platform_cannot_end_what_a_register_says_still_holds() -> None:
    world = World()
    world.link("DIRECTS", "P", "A", ended_on="2025-01-01", source_class="1", dataset="platform")
    world.link("DIRECTS", "P", "A")
    assert network(world).ties.carries.tolist() == [True]


def test_an_invoice_told_by_both_sides_counts_once_and_a_red_one_nets_out() -> None:
    world = World()
    for dataset in ("seller", "buyer"):
        world.link("SUPPLIES", "A", "B", amount=100.0, fact_key="1", began_on="2026-01-05", dataset=dataset)
    world.link("SUPPLIES", "A", "B", amount=40.0, fact_key="2", began_on="2026-01-06")
    for dataset in ("seller", "buyer"):
        world.link("SUPPLIES", "A", "B", amount=-25.0, fact_key="2", began_on="2026-01-07", dataset=dataset)
    world.link("SUPPLIES", "A", "B", amount=-15.0, fact_key="2", began_on="2026-01-08")
    built = network(world)
    assert built.ties.amount[only(built, "SUPPLIES")] == pytest.approx(100.0)


def test_a_part_of_the_trade_counts_supplies_and_trades_together_over_the_window() -> None:
    world = World()
    world.link("SUPPLIES", "A", "B", amount=60.0, fact_key="1", began_on="2026-01-05")
    world.link("TRADES_WITH", "C", "B", amount=40.0, fact_key="2", began_on="2025-01-05")
    world.link("SUPPLIES", "D", "B", amount=900.0, fact_key="3", began_on="2024-06-30")  # the day the window closes
    built = network(world)
    parts = {built.parties.ids[party]: part for party, part in zip(built.ties.source, built.ties.part_of_target, strict=True)}
    assert (parts["A"], parts["D"]) == (pytest.approx(0.6), 0.0)
    assert network(world, date(2026, 6, 29)).ties.carries.all()


def test_a_list_of_suppliers_without_amounts_gives_equal_parts() -> None:
    world = World()
    for supplier in ("A", "B", "C", "D"):
        world.link("SUPPLIES", supplier, "X")
    assert network(world).ties.part_of_target.tolist() == pytest.approx([0.25] * 4)


def test_foreign_amounts_are_weighed_in_yuan() -> None:
    world = World()
    world.link("SUPPLIES", "A", "X", amount=100.0, currency="USD")
    world.link("SUPPLIES", "B", "X", amount=710.0, currency="CNY")
    assert network(world).ties.part_of_target.tolist() == pytest.approx([0.5, 0.5])


def test_a_released_guarantee_carries_nothing() -> None:
    world = World()
    world.link("GUARANTEES", "G", "D", ended_on="2026-01-01")
    world.listed("D")
    assert not world.scoring().signals.risks["corporate"].exposure.any()


def test_a_branch_and_its_head_office_are_one_node() -> None:
    world = World()
    world.link("BRANCH_OF", "Branch", "Head")
    world.link("OWNS", "Head", "Child", share=1.0)
    world.listed("Branch")
    scoring = world.scoring()
    ids = scoring.network.parties.index
    assert scoring.signals.risks["corporate"].exposure[ids["Child"]] == pytest.approx(0.8 + 0.8 * 0.5 * 0.8)
    assert {scoring.score(ids[name]).standing.value for name in ("Branch", "Head")} == {"listed"}


def test_two_firms_with_one_representative_are_a_pair_that_names_the_person() -> None:
    world = World()
    for firm in ("A", "B", "C"):
        world.link("REPRESENTS", "P", firm)
    world.link("DIRECTS", "P", "D")
    built = network(world)
    pairs = {
        (built.parties.ids[a], built.parties.ids[b]) for a, b in zip(built.own_pairs.left, built.own_pairs.right, strict=True)
    }
    assert pairs == {("A", "B"), ("A", "C"), ("B", "C")}
    assert set(built.own_pairs.n.tolist()) == {3}
    assert {built.parties.ids[person] for person in built.own_pairs.person.tolist()} == {"P"}
    assert len(built.any_pairs) == 6


def test_only_identical_folded_values_are_shared() -> None:
    world = World()
    world.party("A", address="浙江省台州市 临海路１号", phone="+86 138 0013 8000")
    world.party("B", address="浙江省台州市临海路1号。", phone="13800138000")
    world.party("C", address="浙江省台州市临海路11号", phone="13800138001")
    built = network(world)
    assert [built.hubs.sharers(hub).tolist() for hub in range(len(built.hubs))] == [[0, 1], [0, 1]]
    assert {row["kind"] for row in hub_rows(built)} == {"address", "phone"}


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_folding_is_stable(text: str) -> None:
    folded = folded_address(text)
    assert folded is None or folded_address(folded) == folded
    phone = folded_contact("phone", text)
    assert phone is None or phone.removeprefix("phone:").isdigit()


def phoenix() -> World:
    """A firm that is listed, one that may succeed it, and two others at its door."""
    world = World()
    attributes: dict[str, Any] = {"address": "浙江省台州市临海路1号", "attributes": {"industry": "F51"}}
    world.party("Old", founded_on="2015-01-01", **attributes)
    world.party("New", founded_on="2025-05-01", **attributes)
    world.party("Tenant", founded_on="2025-06-01", **attributes)
    world.party("Sibling", founded_on="2019-01-01", **attributes)
    for firm in ("Old", "New", "Sibling"):
        world.link("DIRECTS", "P", firm, ended_on="2025-04-01" if firm == "Old" else None)
    world.listed("Old")
    return world


def test_the_ties_around_a_party_are_those_that_touch_it_from_either_end() -> None:
    built = network(phoenix())
    cases = successions(built)
    whole = list(tie_rows(built, cases))
    assert {"MAY_SUCCEED", "DIRECTS"} < {row["kind"] for row in whole}
    for end in {row[side] for row in whole for side in ("source_id", "target_id")}:
        touching = {row["id"] for row in whole if end in (row["source_id"], row["target_id"])}
        assert {tie.id for tie in ties_around(built, {0: cases}, [end])} == touching


def test_a_phoenix_is_put_forward_with_what_it_shares_and_a_later_tenant_is_not() -> None:
    built = network(phoenix())
    cases = successions(built)
    assert [(built.parties.ids[case.new], built.parties.ids[case.old], case.signs) for case in cases] == [
        ("New", "Old", ("address", "industry"))
    ]
    review_rows = [row for row in tie_rows(built, cases) if row["kind"] == "MAY_SUCCEED"]
    assert review_rows[0]["flags"] == '["for_review","same_address","same_industry"]'


def test_a_kind_the_rulebook_does_not_name_has_no_effect() -> None:
    world = World()
    world.link("WORSHIPS_WITH", "A", "B")
    assert len(network(world).ties) == 0
