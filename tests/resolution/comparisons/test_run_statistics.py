"""What a run kept is all that a later pair is weighed with."""

import numpy as np
import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.judgements.verdicts import Verdicts
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.comparisons.test_weights import CASES, every_pair
from tests.resolution.test_matching import SMALL


@pytest.mark.parametrize(("kind", "records"), CASES)
def test_a_frozen_run_is_one_document(kind: PartyKind, records: list[Record]) -> None:
    frozen = freeze(kind, [analyse(record) for record in records]).with_stopped_keys(["p:rare:b", "p:rare:a"])
    assert RunStatistics.model_validate_json(frozen.model_dump_json()) == frozen
    assert frozen.stopped_keys == ("p:rare:a", "p:rare:b")


@pytest.mark.parametrize(("kind", "records"), CASES)
def test_the_order_of_records_does_not_change_what_is_frozen(kind: PartyKind, records: list[Record]) -> None:
    units = [analyse(record) for record in records]
    assert freeze(kind, units).model_dump_json() == freeze(kind, units[::-1]).model_dump_json()


@pytest.mark.parametrize(("kind", "records"), CASES)
def test_a_pair_alone_weighs_what_it_weighs_among_all(kind: PartyKind, records: list[Record]) -> None:
    units = [analyse(record) for record in records]
    frozen = freeze(kind, units)
    left, right = every_pair(len(units))
    every = weigh_pairs(kind, units, (left, right), frozen)
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        alone = weigh_pairs(kind, [units[one], units[other]], (np.array([0]), np.array([1])), frozen)
        turned = weigh_pairs(kind, [units[other], units[one]], (np.array([0]), np.array([1])), frozen)
        assert alone.total[0] == turned.total[0] == every.total[at]
        assert [flags[0] for flags in vars(alone.guards).values()] == [flags[at] for flags in vars(every.guards).values()]


def test_what_was_kept_answers_as_the_run_did() -> None:
    first = match(SMALL, Verdicts())
    again = match(SMALL[::-1], Verdicts(), statistics=first.statistics)
    assert (again.parts, again.joined_pairs, again.possible_pairs) == (first.parts, first.joined_pairs, first.possible_pairs)
    assert again.statistics == first.statistics


def test_a_part_alone_is_found_as_it_is_among_all() -> None:
    whole = match(SMALL, Verdicts())
    kept = {record.id: record for record in SMALL if record.kind is PartyKind.PERSON}
    alone = match(list(kept.values()), Verdicts(), statistics=whole.statistics)
    assert alone.parts == [part for part in whole.parts if part[0] in kept]
