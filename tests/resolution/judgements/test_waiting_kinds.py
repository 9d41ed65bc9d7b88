"""Why a pair waits, as sentences: from the levels a model wrote, the weight and the parties."""

import pytest

from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.home_levels import HOMES
from resolution.comparisons.person_names import KIND_WORDS
from resolution.entities.clusters import Thresholds
from resolution.judgements import waiting_kinds
from resolution.judgements.waiting_kinds import Waiting, WaitingKind, waiting_kind

FIRM, PERSON = PartyKind.FIRM, PartyKind.PERSON
CASES = [
    (PERSON, "names same, of_firms other", 3.0, WaitingKind.NAMESAKE),
    (PERSON, "names alike, of_firms other, countries expected, genders same", 3.0, WaitingKind.NAMESAKE),
    (PERSON, "names same, days exact, of_firms other", 1.0, WaitingKind.NEARLY),
    (PERSON, "names same", 6.0, WaitingKind.NAME_ONLY),
    (FIRM, "names same_in_region, rarity few", -4.0, WaitingKind.NAME_ONLY),
    (PERSON, "names same, days far", -1.0, WaitingKind.CONTRADICTION),
    (FIRM, "names same, ids other, places door", -1.0, WaitingKind.CONTRADICTION),
    (PERSON, "names other_given, places door_untold", -1.0, WaitingKind.HOUSEHOLD),
    (PERSON, "names same, days far, contacts one", -1.0, WaitingKind.HOUSEHOLD),
    (PERSON, "names other_given, days exact", -1.0, WaitingKind.CONTRADICTION),
    (FIRM, "contacts two, places door, rarity few", -3.0, WaitingKind.NEARLY),
    (FIRM, "places door, rarity few", 3.5, WaitingKind.PLACE_ONLY),
    (FIRM, "names sound, days partial, contacts other", 4.0, WaitingKind.LITTLE),
    (FIRM, "", 4.0, WaitingKind.LITTLE),
    (FIRM, "shoe_size huge", 4.0, WaitingKind.LITTLE),
    (PartyKind.UNKNOWN, "names other_given, days exact", 4.0, WaitingKind.CONTRADICTION),
    (PartyKind.UNKNOWN, "names same_in_region", 4.0, WaitingKind.NAME_ONLY),
]


@pytest.mark.parametrize(("kind", "reason", "missing_bits", "expected"), CASES)
def test_a_pair_waits_for_what_it_lacks(kind: PartyKind, reason: str, missing_bits: float, expected: WaitingKind) -> None:
    assert waiting_kind(Waiting(kind, reason, missing_bits)) is expected


def test_a_listing_comes_before_a_signal_and_both_before_what_agrees() -> None:
    namesakes = "names same, of_firms other"
    assert waiting_kind(Waiting(PERSON, namesakes, 1.0, is_listed=True, is_signalled=True)) is WaitingKind.LISTED
    assert waiting_kind(Waiting(PERSON, namesakes, 1.0, is_signalled=True)) is WaitingKind.SIGNALLED


def test_a_rival_counts_where_enough_agrees_and_nothing_contradicts() -> None:
    assert waiting_kind(Waiting(FIRM, "names same, contacts one", 0.0, has_rival=True)) is WaitingKind.RIVAL
    assert waiting_kind(Waiting(FIRM, "names same, contacts one", 0.5, has_rival=True)) is WaitingKind.NEARLY
    assert waiting_kind(Waiting(FIRM, "names same, ids other", 0.0, has_rival=True)) is WaitingKind.CONTRADICTION


@pytest.mark.parametrize("kind", [FIRM, PERSON])
def test_every_level_of_every_comparison_says_something(kind: PartyKind) -> None:
    declared = {comparison.name: {level.label for level in comparison.levels} for comparison in comparisons(kind)}
    if kind is PERSON:
        declared |= {"names": set(KIND_WORDS.values()), "places": set(HOMES)}
    table = waiting_kinds._levels(kind)
    assert {field: set(levels) for field, levels in table.items()} == declared


def test_rivals_are_as_near_as_clustering_has_them() -> None:
    assert waiting_kinds.rival_bits() == Thresholds(0.0, 0.0, 0.0).margin
