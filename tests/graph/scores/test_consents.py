"""Persons and sole traders are scored by what they agreed to, and by nothing else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explanations.compact_scores import CompactScores
from graph.explanations.explanation import Explanation, explain
from graph.explanations.rankings import reliable, risky
from graph.explanations.sentences import Sentences
from graph.scores.scoring import PartyScore
from ontology.consent import NOBODY, Consent, ConsentState, Permission, Reader, permission
from ontology.rulebook import build_rulebook, default_rulebook
from ontology.score import LineKind
from tests.graph.signals.test_laws import few_examples
from tests.graph.signals.worlds import FIRMS, PERSONS, between, links, listed, worlds
from tests.graph.world import TODAY, World
from tests.ontology.test_rulebook import content

READER = Reader(partner="Harbour Bank", purpose="supplier credit")
RELEASE = "R1"
CLASSES = ("loans", "bills", "contracts", "guarantees", "payments", "assets")


def consent(**changes: object) -> Consent:
    """A consent to the reader, in force on the day of the worlds."""
    fields: dict[str, object] = {
        "id": "C-000001",
        "recipient": READER.partner,
        "purpose": READER.purpose,
        "data_classes": CLASSES,
        "release_ids": (RELEASE,),
        "given_on": date(2026, 1, 1),
        "expires_on": date(2027, 1, 1),
        "evidence": "signed form 17",
        "legal_basis": "PIPL Art 13(1)",
        "assessment": "DPIA-7",
        "recorded_by": "王芳",
        "recorded_at": datetime(2026, 1, 1, 9, tzinfo=UTC),
    }
    return Consent.model_validate(fields | changes)


def agreed(**changes: object) -> Permission:
    return permission([consent(**changes)], READER, TODAY)


def lent(world: World, person: str = "P", *, count: int = 12, late: int = 0, release: str | None = RELEASE) -> World:
    """Loans of a person, the first ones late, and as many bills."""
    for dealing, dataset, class_, reporter in (("loan", "loans", "2", "Bank"), ("bill", "bills", "1", "Waterworks")):
        for number in range(count):
            loan_facts = {"dealing": dealing, "dataset": dataset, "source_class": class_, "release_id": release}
            outcome = "paid_late" if number < late else "paid_on_time"
            world.report(reporter, person, outcome, "2026-03-01", fact_key=f"{dealing} {number}", **loan_facts)
    return world


def person(**attributes: Any) -> World:
    world = World()
    world.party("P", "person", **attributes)
    return world


def score_of(world: World, name: str = "P", permission_: Permission = NOBODY, as_of: date = TODAY) -> PartyScore:
    scoring = world.scoring(as_of)
    return scoring.score(scoring.network.parties.index[name], permission_)


def explanation_of(world: World, name: str = "P", permission_: Permission = NOBODY) -> Explanation:
    return explain(world.scoring(), name, permission=permission_)


def points(explanation: PartyScore) -> dict[str, float]:
    return {line.rule_id: line.points for line in explanation.rounded.lines} if explanation.rounded else {}


def test_without_consent_a_person_has_no_score_and_is_told_why() -> None:
    explanation = explanation_of(lent(person()))
    assert (explanation.score.value, explanation.score.state, explanation.score.lines) == (None, "consent_missing", ())
    assert any("only with consent" in sentence for sentence in explanation.sentences)


def test_with_consent_a_person_is_scored_from_what_was_released() -> None:
    explanation = explanation_of(lent(person(), late=1), permission_=agreed())
    assert {line.rule_id: line.points for line in explanation.score.lines} == {
        "base": 600,
        "loans_on_time": 35,
        "bills_on_time": 23,
    }
    assert (explanation.score.value, explanation.score.band) == (658, "very_good")
    assert [reason.reason_code for reason in explanation.score.reasons] == ["H01", "H02"]
    assert explanation.score.reasons[0].sentence == "Loans repaid on time: 11 of 12, told by 1."


def test_every_point_of_a_person_leads_to_source_rows() -> None:
    explanation = explanation_of(lent(person(), late=1), permission_=agreed())
    earned = [line for line in explanation.score.lines if line.kind is not LineKind.BASE]
    rows = {source.statement_id: source.row_id for source in explanation.sources}
    assert earned
    assert all(line.evidence_ids and all(id_ in rows for id_ in line.evidence_ids) for line in earned)


def test_a_sole_trader_is_scored_alike_and_not_from_its_trade() -> None:
    world = World()
    world.party("T", uscc="92330000MA27ABCD1X", founded_on="2001-01-01")
    world.recognition("T", "tax_a")
    world.listed("Parent")
    world.link("OWNS", "Parent", "T", share=1.0)
    lent(world, "T")
    explanation = explanation_of(world, "T", agreed())
    assert {line.rule_id for line in explanation.score.lines} == {"base", "loans_on_time", "bills_on_time"}
    assert not any(path.bears_points for path in explanation.paths)
    assert explanation_of(world, "T").score.state == "consent_missing"


def test_a_persons_own_listing_costs_its_points_and_caps_the_score() -> None:
    world = lent(person())
    world.listed("P", case_no="N")
    explanation = explanation_of(world, permission_=agreed())
    assert {line.rule_id: line.points for line in explanation.score.lines}["court_judgment_default"] == -180
    assert explanation.score.value == 520
    assert [(counterfactual.change, counterfactual.score) for counterfactual in explanation.score.counterfactuals] == [
        ("If case N is performed, the ceiling ends", 700)
    ]
    assert score_of(world).listings == ()


def test_social_conduct_bears_neither_points_nor_a_ceiling_on_a_person() -> None:
    world = lent(person())
    world.listed("P", "wage_arrears", "2026-03-01")
    assert score_of(world, permission_=agreed()).value == score_of(lent(person()), permission_=agreed()).value == 700


def test_a_default_costs_until_its_term_and_a_disputed_one_costs_nothing() -> None:
    def value(happened_on: str, **attributes: object) -> float:
        world = lent(person(), count=12)
        world.report(
            "Bank",
            "P",
            "defaulted",
            happened_on,
            dealing="loan",
            source_class="2",
            release_id=RELEASE,
            fact_key="x",
            **attributes,
        )
        return points(score_of(world, permission_=agreed())).get("loan_default_verified", 0)

    assert (value("2022-01-01"), value("2021-06-30"), value("2022-01-01", disputed=True)) == (-60, 0, 0)


def test_a_counterfactual_tells_the_score_without_a_failing() -> None:
    world = lent(person())
    world.report("Bank", "P", "defaulted", "2023-01-01", dealing="loan", source_class="2", release_id=RELEASE, fact_key="x")
    explanation = explanation_of(world, permission_=agreed()).score
    assert [(counterfactual.change, counterfactual.score) for counterfactual in explanation.counterfactuals] == [
        ("Without what is told as: Verified loan default", (explanation.value or 0) + 60)
    ]


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ({"data_classes": ("bills",)}, "insufficient_data"),
        ({"release_ids": ("another",)}, "insufficient_data"),
        ({"release_ids": ()}, "insufficient_data"),
        ({"recipient": "Somebody else"}, "consent_missing"),
        ({"purpose": "rental"}, "consent_missing"),
        ({"given_on": "2026-07-01"}, "consent_not_begun"),
        ({"expires_on": "2026-06-30"}, "consent_ended"),
        ({"withdrawn_at": "2026-06-30T08:00:00Z", "withdrawn_by": "P"}, "consent_withdrawn"),
    ],
    ids=str,
)
def test_what_a_consent_does_not_cover_gives_no_score(narrowed: dict[str, object], left: str) -> None:
    explanation = score_of(lent(person()), permission_=agreed(**narrowed))
    assert (explanation.state, explanation.rounded) == (left, None)


def test_a_withdrawal_ends_a_consent_for_days_gone_by_too() -> None:
    withdrawn = consent(withdrawn_at=datetime(2026, 6, 30, tzinfo=UTC), withdrawn_by="P")
    assert withdrawn.state(date(2026, 2, 1)) is ConsentState.WITHDRAWN


def test_a_replay_of_a_day_within_the_term_is_refused_after_the_term() -> None:
    assert consent().state(date(2026, 2, 1), date(2027, 2, 1)) is ConsentState.ENDED


def test_the_last_consent_for_a_reader_and_purpose_decides_and_letters_may_differ() -> None:
    consents = [consent(), consent(id="C-000002", recipient="ＨＡＲＢＯＵＲ  bank", withdrawn_at="2026-06-01T00:00:00Z")]
    assert permission(consents, READER, TODAY).state == "consent_withdrawn"
    assert permission(consents[:1], READER, TODAY).consent == consents[0]


@pytest.mark.parametrize(
    ("born_on", "state"), [("2008-07-01", "minor_not_scored"), ("2008-06-30", None), ("2008", "minor_not_scored")]
)
def test_a_minor_is_never_scored(born_on: str, state: str | None) -> None:
    assert score_of(lent(person(born_on=born_on)), permission_=agreed()).state == state


def test_where_the_law_bars_it_nobody_is_scored() -> None:
    book = content()
    book["rulebook"]["jurisdiction_profile"] = "EU-base"
    scoring = lent(person()).scoring(rulebook=build_rulebook(book))
    assert scoring.score(scoring.network.parties.index["P"], agreed()).state == "person_not_scored"
    assert default_rulebook().persons_scored


def test_what_a_person_released_feeds_no_signal_of_anybody() -> None:
    world, silent = person(), person()
    for each_world in (world, silent):
        each_world.recognition("Bank", "licensed_bank")
        each_world.link("OWNS", "P", "Firm", share=1.0)
    lent(world)
    with_, without = world.scoring(), silent.scoring()
    for name in ("P", "Firm"):
        at, place = with_.network.parties.index[name], without.network.parties.index[name]
        assert with_.signals.trust.value[at] == pytest.approx(without.signals.trust.value[place])
        assert with_.signals.evidence.value[at] == without.signals.evidence.value[place] == 0


def test_no_list_of_parties_ever_names_a_person() -> None:
    world = lent(person())
    world.listed("P")
    scoring = world.scoring()
    assert "P" not in {line.entity_id for line in (*risky(scoring, limit=100), *reliable(scoring, limit=100))}


@given(worlds(), st.sampled_from(PERSONS))
@few_examples
def test_a_score_is_absent_without_consent_whatever_the_world(world: World, name: str) -> None:
    lent(world, name)
    scoring = world.scoring()
    place = scoring.network.parties.index[name]
    assert (scoring.score(place).value, scoring.score(place).state) == (None, "consent_missing")
    score = CompactScores(Sentences(scoring, "en")).score(place)
    assert (score.value, score.band, score.lines, score.areas) == (None, None, (), {})


@given(worlds(), st.sampled_from(PERSONS), links, listed, st.integers(0, 3))
@few_examples
def test_no_association_enters_a_persons_score(
    world: World, name: str, extra_ties: list, extra_listings: list, late: int
) -> None:  # type: ignore[type-arg]
    """Whatever else is told of firms and other persons, and of ties to them, the score is that of the person alone."""
    lent(world, name, late=late)
    alone = person()
    lent(alone, late=late)
    for listing in [listing for listing in world.listings if listing.record_id == name]:
        fields = listing.model_dump(include={"list_type", "case_no", "issuer", "release_id"})
        alone.listed("P", listed_on=listing.listed_on.isoformat(), **fields)
    for kind, source, target, extra in extra_ties:
        world.link(kind, source, target, **extra)
    for number, (party, list_type, creditors) in enumerate(extra_listings):
        if party != name:
            world.listed(party, list_type, case_no=f"more {number}", creditor_ids=tuple(creditors), release_id="release")
    explanation, expected = score_of(world, name, agreed()), score_of(alone, permission_=agreed())
    assert (explanation.value, points(explanation)) == (expected.value, points(expected))


@given(worlds(), st.sampled_from(PERSONS), st.lists(between, max_size=4))
@few_examples
def test_adding_strangers_moves_nothing(world: World, name: str, pairs: list[tuple[str, str]]) -> None:
    lent(world, name)
    before = score_of(world, name, agreed())
    lent(world, "Zstranger person", late=9)
    for number, (reporter, subject) in enumerate(pairs):
        world.report(
            f"Z{reporter}", f"Z{subject}", "defaulted", fact_key=f"elsewhere {number}", dealing="loan", release_id=RELEASE
        )
    world.listed("Zstranger person", case_no="elsewhere")
    after = score_of(world, name, agreed())
    assert (after.value, points(after)) == (before.value, points(before))


@given(worlds(), st.sampled_from([*PERSONS, *FIRMS]), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
@few_examples
def test_withdrawing_restores_what_was_before_consent_on_every_day(world: World, name: str, day: date) -> None:
    lent(world, name)
    scoring = world.scoring(day)
    place = scoring.network.parties.index[name]
    withdrawn = consent(withdrawn_at=datetime(2026, 12, 31, tzinfo=UTC), withdrawn_by="P")
    before, after = scoring.score(place), scoring.score(place, permission([withdrawn], READER, day))
    if name in PERSONS:
        assert (after.rounded, after.listings, after.state) == (None, (), "consent_withdrawn")
    assert (after.value, after.rounded, after.listings, after.standing) == (
        before.value,
        before.rounded,
        before.listings,
        before.standing,
    )


@given(worlds(), st.sampled_from(PERSONS), st.integers(0, 12))
@few_examples
def test_the_lines_of_a_person_add_up_and_stay_on_the_scale(world: World, name: str, late: int) -> None:
    explanation = explanation_of(lent(world, name, late=late), name, agreed()).score
    assert sum(line.points for line in explanation.lines) == explanation.value
    assert explanation.value is not None
    assert 350 <= explanation.value <= 950
    assert len(explanation.reasons) <= 4
