"""Bad input: refused or flagged with a clear word, and without effect."""

import pytest
from pydantic import ValidationError

from graph.network.doubts import doubts
from resolution.sources.statements.values import ValueRefused, share
from tests.graph.world import World


@pytest.mark.parametrize("stated_share", [-0.1, 1.01, float("nan"), float("inf")])
def test_a_share_outside_zero_to_one_is_no_statement(stated_share: float) -> None:
    with pytest.raises(ValidationError):
        World().link("OWNS", "A", "B", share=stated_share)


@pytest.mark.parametrize("stated_share", ["-5%", "101%", "1.5e3%", "most of it"])
def test_a_share_a_source_cannot_mean_is_refused_with_a_word(stated_share: str) -> None:
    with pytest.raises(ValueRefused):
        share(stated_share)


def test_what_cannot_be_taken_as_told_is_counted_by_a_clear_word() -> None:
    world = World()
    world.link("OWNS", "A", "A", share=0.3)
    world.link("MARRIED_TO", "A", "B")
    world.listed("A", "rumours_of_the_market")
    for owner in ("X", "Y"):
        world.link("OWNS", owner, "B", share=0.7)
    world.link("OWNS", "X", "B", share=0.1, dataset="filing", source_class="1")
    world.report("A", "A", "paid_on_time")
    assert doubts(world.scoring().network) == {
        "link_to_itself": 1,
        "listing_without_rule:rumours_of_the_market": 1,
        "report_on_itself": 1,
        "sources_differ": 1,
        "stakes_above_one": 1,
        "tie_without_rule:MARRIED_TO": 1,
    }


def test_links_to_itself_and_lists_and_ties_without_a_rule_change_nothing() -> None:
    world, plain = World(), World()
    for each_world in (world, plain):
        each_world.link("OWNS", "X", "A", share=0.6)
        each_world.listed("X")
    world.link("OWNS", "A", "A", share=0.3)
    world.report("A", "A", "paid_on_time")
    world.link("MARRIED_TO", "X", "A")
    world.listed("A", "rumours_of_the_market")
    scoring, expected = world.scoring(), plain.scoring()
    assert scoring.score(0).rounded == expected.score(0).rounded
    for name, risk in expected.signals.risks.items():
        assert scoring.signals.risks[name].value == pytest.approx(risk.value)


def test_stakes_above_one_are_scaled_for_risk_and_taken_as_told_by_the_fifty_percent_rule() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.5)
    for owner in ("Y", "Z"):
        world.link("OWNS", owner, "A", share=0.5)
    world.listed("X", "sanctions_us")
    scoring = world.scoring()
    a = scoring.network.parties.index["A"]
    assert scoring.network.shares.tolist() == pytest.approx([1 / 3] * 3)
    assert a in scoring.signals.deemed["ofac50"].owned
    assert doubts(scoring.network) == {"stakes_above_one": 1}
