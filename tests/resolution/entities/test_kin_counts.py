"""Registers of households with the truth: where kin are about the guards stay, where none are a slip is told for one."""

from itertools import combinations
from random import Random

import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.households import shipped_households
from resolution.comparisons.kin_counts import KinCounts
from resolution.judgements.verdicts import Verdicts
from resolution.match_results import KIN_RARE, MatchResult
from resolution.matching import match
from tests.resolution.households import Register, records_of, truth

HONEST_MIN = 0.98  # Of the pairs that were freed so many must be right.
BAD = {"renamed": 0.05, "redated": 0.05, "renumbered": 0.1, "slips": 0.2, "numbers": True}
Pairs = set[tuple[str, ...]]


def pairs(parts: list[list[str]]) -> Pairs:
    return {pair for part in parts for pair in combinations(sorted(part), 2)}


def kin_of(found: MatchResult) -> KinCounts:
    return found.statistics[PartyKind.PERSON].kin


def guarded(records: list[Record], found: MatchResult) -> MatchResult:
    """The same with the guards as they are without any count of kin."""
    uncounted = {"kin": KinCounts(), "households": shipped_households()}
    frozen = {kind: own.model_copy(update=uncounted) for kind, own in found.statistics.items()}
    return match(records, Verdicts(), statistics=frozen)


@pytest.mark.parametrize(
    "register",
    [
        Register(700),
        Register(700, numbers=True),
        Register(1500, kin=0.2, overlap=1.0, **BAD),
        Register(1500, one_each=True, overlap=0.9),
    ],
    ids=["families", "families with numbers", "a fifth are families", "each source tells one of a family"],
)
def test_where_families_live_behind_one_door_hardly_anybody_is_joined_that_was_not(register: Register) -> None:
    records = records_of(register)
    found = match(records, Verdicts())
    assert not kin_of(found).frees_lone
    more = pairs(found.parts) - pairs(guarded(records, found).parts)
    assert len(more & pairs(truth(records))) >= HONEST_MIN * len(more)


@pytest.mark.slow
@pytest.mark.parametrize("kin", [0.0, 0.002, 0.01, 0.05])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_those_joined_because_kin_are_few_as_many_are_right_as_was_promised(kin: float, seed: int) -> None:
    records = records_of(Register(3000, kin=kin, overlap=1.0, seed=seed, **BAD))
    found = match(records, Verdicts())
    more = pairs(found.parts) - pairs(guarded(records, found).parts)
    assert len(more & pairs(truth(records))) >= HONEST_MIN * len(more)


def test_where_nobody_shares_a_door_with_kin_a_contradiction_is_a_slip() -> None:
    records = records_of(Register(3000, kin=0.0, overlap=1.0, **BAD))
    found = match(records, Verdicts())
    assert kin_of(found).frees_lone
    more = pairs(found.parts) - pairs(guarded(records, found).parts)
    assert len(more) > 30
    assert more <= pairs(truth(records))
    reasons = {(one.left_id, one.right_id): one.reason for one in found.joined_pairs}
    assert all(reasons[pair].endswith(KIN_RARE) for pair in more)  # type: ignore[index]


def test_neither_the_order_of_records_nor_a_second_run_changes_what_is_counted() -> None:
    records = records_of(Register(300, kin=0.3, **BAD))
    found = match(records, Verdicts())
    turned = match(Random(5).sample(records, len(records)), Verdicts())
    assert (turned.parts, kin_of(turned)) == (found.parts, kin_of(found))
    again = match(records[: len(records) // 2], Verdicts(), statistics=found.statistics)
    assert kin_of(again) == kin_of(found)
