from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explanations.party_explainer import PartyExplainer
from graph.explanations.rankings import PartyFilter, reliable, risky
from graph.explanations.sentences import Sentences
from graph.scores.score_lines import Line
from graph.scores.score_rounding import in_whole_points, round_score
from graph.scores.scoring import PartyScore
from ontology.base import PartyKind
from ontology.rulebook import default_rulebook
from ontology.score import LineKind, Standing
from tests.graph.world import TODAY, World

points = st.floats(-260, 260, allow_nan=False)
KINDS = (LineKind.POSITIVE, LineKind.LISTING, LineKind.EXPOSURE, LineKind.TRUST, LineKind.EVIDENCE)
lines = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from("abcdefg"), points), max_size=12)


def described(world: World, *names: str) -> World:
    """Names told by two sources of two classes, so that they can be scored."""
    for name in names:
        world.recognition(name, "ip_holder", given_on="2006-01-01", dataset="patents", source_class="2")
    return world


def scored(world: World, name: str, as_of: date = TODAY) -> PartyScore:
    scoring = world.scoring(as_of)
    return scoring.score(scoring.network.parties.index[name])


@given(lines)
def test_whole_points_are_within_one_of_the_exact_ones_and_sum_to_the_rounded_sum(
    line_facts: list[tuple[LineKind, str, float]],
) -> None:
    exact = [Line(kind, rule, "X01", value) for kind, rule, value in line_facts]
    whole = in_whole_points(exact)
    assert abs(sum(line.points for line in whole) - sum(line.points for line in exact)) <= 0.5 + 1e-6
    assert all(abs(rounded_line.points - line.points) < 1 + 1e-6 for rounded_line, line in zip(whole, exact, strict=True))


@given(lines, st.sets(st.sampled_from(default_rulebook().score.ceilings), max_size=3))
def test_base_and_lines_always_add_up(line_facts: list[tuple[LineKind, str, float]], ceilings: set[object]) -> None:
    book = default_rulebook()
    exact = [Line(kind, rule, "X01", -abs(value) if kind is LineKind.EXPOSURE else value) for kind, rule, value in line_facts]
    score = round_score(exact, ceilings, book)  # type: ignore[arg-type]
    assert sum(line.points for line in score.lines) == score.value
    assert book.score.min <= score.value <= book.score.max
    exposed = sum(line.points for line in score.lines if line.kind is LineKind.EXPOSURE or line.rule_id == "exposure_cap")
    assert exposed >= book.score.exposure.cap_points - len(exact) - 1


def test_ties_of_the_largest_remainder_go_by_rule_id() -> None:
    whole = in_whole_points([Line(LineKind.POSITIVE, rule, "X01", 0.5) for rule in ("b", "a")])
    assert {line.rule_id: line.points for line in whole} == {"a": 1, "b": 0}


def test_a_serious_listing_costs_its_points_and_caps_the_score() -> None:
    world = described(World(), "A")
    world.recognition("A", "aeo_advanced", given_on="2026-06-01")
    world.recognition("A", "tax_a", given_on="2026-06-01")
    world.listed("A", "ip_serious_violation", "2026-06-01")
    score = scored(world, "A")
    assert score.rounded
    points = {line.rule_id: line.points for line in score.rounded.lines}
    assert points["ip_serious_violation"] == -110
    assert points["active_severity_serious"] == 549 - (600 + points["aeo_advanced"] + points["tax_a"] - 110)
    assert score.value == 549


def test_a_sanctioned_party_stands_at_the_lowest_score() -> None:
    world = described(World(), "A")
    world.listed("A", "sanctions_eu")
    assert scored(world, "A").value == 350


def test_a_repaired_or_expired_listing_costs_nothing() -> None:
    world, clean = described(World(), "A"), described(World(), "A")
    world.listed("A", "serious_violation", "2023-01-10")
    world.listed("A", "administrative_penalty_general", "2026-05-01", removed_on="2026-06-01")
    assert scored(world, "A") == scored(clean, "A")
    assert scored(world, "A", date(2026, 1, 9)).standing.value == "listed"
    assert scored(world, "A", date(2026, 1, 10)).standing.value == "nothing_found"


def test_the_same_case_told_by_two_sources_costs_once() -> None:
    world = described(World(), "A")
    for dataset in ("court", "copy"):
        world.listed("A", case_no="(2025)浙1082执101号", dataset=dataset)
    score = scored(world, "A")
    assert [line.points for line in score.listings] == [-180]


def test_a_minor_item_is_neither_shown_nor_counted() -> None:
    world = described(World(), "A")
    world.listed("A", "administrative_penalty_minor", "2026-06-01")
    score = scored(world, "A")
    assert (score.standing.value, score.listings) == ("nothing_found", ())


def test_a_list_no_rule_names_is_shown_and_moves_no_score() -> None:
    world, without = described(World(), "A"), described(World(), "A")
    world.listed("A", "rumours_of_the_market", "2026-06-01")
    assert scored(world, "A").standing.value == "listed"
    assert scored(world, "A").value == scored(without, "A").value


def test_a_rulebook_without_a_rule_for_unknown_lists_gives_them_no_effect() -> None:
    world = described(World(), "A")
    world.listed("A", "rumours_of_the_market", "2026-06-01")
    book = default_rulebook().model_copy(update={"unknown_list": None})
    assert world.scoring(rulebook=book).score(0).standing.value == "nothing_found"


def test_a_released_only_list_counts_only_with_its_release() -> None:
    world = described(World(), "A", "B")
    world.listed("A", "tax_credit_d", "2026-01-01")
    world.listed("B", "tax_credit_d", "2026-01-01", release_id="R1")
    assert (scored(world, "A").standing.value, scored(world, "B").standing.value) == ("nothing_found", "listed")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Person", "consent_missing"),
        ("Trader", "consent_missing"),
        ("Stall", "consent_missing"),
        ("Thin", "insufficient_data"),
        ("Known", None),
    ],
)
def test_a_state_stands_where_there_is_no_ground_for_a_number(name: str, state: str | None) -> None:
    world = World()
    world.party("Person", "person")
    world.party("Trader", uscc="92330000MA27ABCD1X")
    world.party("Stall", attributes={"registered_type": "个体工商户"})
    world.party("Thin")
    described(world, "Person", "Trader", "Stall", "Known")
    score = scored(world, name)
    assert (score.state, score.value is None) == (state, state is not None)


def test_a_firm_whose_name_ends_like_a_sole_traders_is_scored() -> None:
    world = World()
    world.party("Shop", name="临海市恒泰五金经营部", uscc="91330000MA27ABCD1X")
    assert scored(described(world, "Shop"), "Shop").state is None


def test_an_agency_is_scored_and_needs_one_source_only() -> None:
    world = World()
    world.party("Bureau", "agency")
    world.listed("Bureau", "government_breach", "2026-03-01")
    score = scored(world, "Bureau")
    assert score.value == 600 - 90


def test_an_active_listing_shows_whatever_the_coverage() -> None:
    world = World()
    world.listed("A")
    score = scored(world, "A")
    assert (score.state, score.standing.value, [line.points for line in score.listings]) == (
        "insufficient_data",
        "listed",
        [-180],
    )


def test_a_listed_person_bears_no_points() -> None:
    world = World()
    world.party("P", "person")
    world.listed("P")
    score = scored(world, "P")
    assert (score.state, score.standing.value, score.listings) == ("consent_missing", "listed", ())


def test_a_good_mark_fades_by_half_in_two_years() -> None:
    fresh, old = described(World(), "A"), described(World(), "A")
    fresh.recognition("A", "aeo_advanced", given_on="2026-06-30")
    old.recognition("A", "aeo_advanced", given_on="2024-06-30")
    scored_lines = [score.rounded.lines for score in (scored(fresh, "A"), scored(old, "A")) if score.rounded]
    assert [line.points for lines in scored_lines for line in lines if line.rule_id == "aeo_advanced"] == [60, 30]


def test_paying_on_time_needs_twelve_invoices_of_four_payees() -> None:
    def points(payees: int, invoices: int) -> float:
        world = described(World(), "A")
        for number in range(invoices):
            world.report(f"S{number % payees}", "A", "paid_on_time", "2026-06-30", fact_key=f"i{number}")
        score = scored(world, "A")
        assert score.rounded
        return sum(line.points for line in score.rounded.lines if line.rule_id == "on_time_payment")

    assert (points(4, 12), points(3, 12), points(4, 11)) == (60, 0, 0)


def test_five_clean_years_count_only_where_a_court_list_was_loaded() -> None:
    def rules(*, court: bool) -> set[str]:
        world = World()
        world.party("A", founded_on="2010-01-01")
        described(world, "A")
        if court:
            world.listed("Elsewhere")
        score = scored(world, "A")
        return {line.rule_id for line in score.rounded.lines} if score.rounded else set()

    assert "court_clean_5y" in rules(court=True)
    assert "court_clean_5y" not in rules(court=False)


def test_a_counterfactual_is_the_score_again_once_the_case_is_performed() -> None:
    world, clean = described(World(), "A"), described(World(), "A")
    for each_world in (world, clean):
        each_world.recognition("A", "aeo_advanced", given_on="2026-06-01")
    world.listed("A", case_no="(2025)浙1082执101号")
    scoring, without = world.scoring(), scored(clean, "A").value
    counterfactuals = PartyExplainer(Sentences(scoring, "en"), scoring.network.parties.index["A"]).counterfactuals()
    assert [(counterfactual.change, counterfactual.score) for counterfactual in counterfactuals] == [
        ("If case (2025)浙1082执101号 is performed, the ceiling ends", without),
    ]
    zh = PartyExplainer(Sentences(scoring, "zh"), scoring.network.parties.index["A"]).counterfactuals()
    assert zh[0].change == "若履行案号(2025)浙1082执101号的义务，分数上限解除"


def test_a_second_listing_keeps_its_own_ceiling() -> None:
    world = described(World(), "A")
    world.recognition("A", "aeo_advanced", given_on="2026-06-01")
    world.listed("A", case_no="N")
    world.listed("A", "customs_discredited", "2026-06-01", issuer="Customs")
    scoring = world.scoring()
    counterfactuals = PartyExplainer(Sentences(scoring, "en"), scoring.network.parties.index["A"]).counterfactuals()
    assert "If case N is performed, the ceiling rises to 649" in [counterfactual.change for counterfactual in counterfactuals]
    assert "Without any listing of its own, the ceiling ends" in [counterfactual.change for counterfactual in counterfactuals]


def test_the_reliable_can_be_asked_for_by_place_trade_and_size() -> None:
    world = World()
    world.party("A", address="浙江省台州市临海路1号", attributes={"industry": "Textile"})
    world.party("B", address="浙江省杭州市文一路1号", attributes={"industry": "Logistics", "scope": "textile goods"})
    described(world, "A", "B")
    world.link("SUPPLIES", "B", "Z", amount=500.0, began_on="2026-01-01")
    scoring = world.scoring()

    def reliable_ids(**filters: object) -> set[str]:
        return {line.entity_id for line in reliable(scoring, limit=10, party_filter=PartyFilter(**filters))}  # type: ignore[arg-type]

    assert reliable_ids() == {"A", "B"}
    assert (reliable_ids(place="台州"), reliable_ids(trade="TEXTILE"), reliable_ids(trade="logistics")) == (
        {"A"},
        {"A", "B"},
        {"B"},
    )
    assert (reliable_ids(volume_yuan_min=500.0), reliable_ids(volume_yuan_min=501.0)) == ({"B"}, set())


def test_a_party_of_unknown_kind_is_not_scored_and_is_told_why() -> None:
    world = described(World(), "Kunlun Zarya 7", "Larkin")
    world.party("Kunlun Zarya 7", "unknown")
    score = scored(world, "Kunlun Zarya 7")
    assert (score.value, score.state) == (None, "kind_unknown")
    states = default_rulebook().score.state("kind_unknown")
    assert "firm, an agency or a person" in states.in_language("en")
    assert "类型" in states.in_language("zh")


def test_listed_it_is_told_so_and_is_risky_unless_it_may_be_a_person() -> None:
    world = World()
    world.party("Zarya Photonics", "unknown")
    world.party("Torvald Kesk", "unknown", may_be_person=True)
    for party in ("Zarya Photonics", "Torvald Kesk"):
        world.listed(party, "sanctions_us")
    scoring = world.scoring()
    assert [line.entity_id for line in risky(scoring, limit=9)] == ["Zarya Photonics"]
    assert {scoring.score(party).standing for party in range(2)} == {Standing.LISTED}
    assert {scoring.score(party).value for party in range(2)} == {None}
    assert all(line.rule_id == "sanctions_us" for party in range(2) for line in scoring.score(party).listings)


def test_no_risk_of_others_is_told_of_whoever_may_be_a_person() -> None:
    world = World()
    world.listed("Owner Ltd")
    for party, maybe in (("Zarya Photonics", False), ("Torvald Kesk", True)):
        world.party(party, "unknown", may_be_person=maybe)
        world.link("OWNS", "Owner Ltd", party, share=0.8)
    scoring = world.scoring()
    index = scoring.network.parties.index
    standings = {name: scoring.score(index[name]).standing for name in ("Zarya Photonics", "Torvald Kesk")}
    assert standings == {"Zarya Photonics": Standing.BY_ASSOCIATION, "Torvald Kesk": Standing.NOTHING_FOUND}
    assert not PartyExplainer(Sentences(scoring, "en"), index["Torvald Kesk"]).exposure_paths


def test_a_list_binds_a_party_of_unknown_kind_where_it_binds_firms_and_persons_alike() -> None:
    lists = default_rulebook().list_types
    either = [rule for rule in lists if {PartyKind.FIRM, PartyKind.PERSON} <= {*rule.applies_to}]
    assert either
    assert all(rule.binds(PartyKind.UNKNOWN) == (rule in either) for rule in lists)
    for rule in lists:
        assert rule.points_for(PartyKind.UNKNOWN) == max(rule.points_for(PartyKind.FIRM), rule.points_for(PartyKind.PERSON))
