"""Pairs weighed a slice at a time are those weighed at once, in their order."""

from unittest.mock import patch

import numpy as np
import pytest

from ontology.base import PartyKind
from ontology.record import Name, Record
from resolution.comparisons.evidence import prepare
from resolution.comparisons.run_statistics import freeze
from resolution.judgements import slices
from resolution.judgements.weighed_pairs import WeighedPairs, weigh
from resolution.records.analysed import analyse


@pytest.mark.parametrize("size", [1, 7, 50, 190, 191])
def test_where_slices_end_makes_no_difference(size: int) -> None:
    told = {"dataset": "d", "source_class": "3", "row_id": "f#1", "kind": "person"}
    names = [f"{given} {family}" for given in ("Ann", "Anne", "Bob", "Robert") for family in ("Li", "Lee", "Wu", "Woo", "Ng")]
    records = [Record.model_validate(told | {"id": f"r{at}", "names": [Name(text=name)]}) for at, name in enumerate(names)]
    analysed = [analyse(record) for record in records]
    prepared = prepare(PartyKind.PERSON, analysed, freeze(PartyKind.PERSON, analysed))
    left, right = np.triu_indices(len(records), 1)

    def sliced(pairs_a_slice: int) -> WeighedPairs:
        with patch.object(slices, "SLICE_PAIRS", pairs_a_slice):
            return slices.weigh_in_slices(
                lambda one, other: weigh(prepared, (one, other)), (left, right), lambda held: held.total > -5
            )

    whole, cut = sliced(len(left)), sliced(size)
    assert 0 < len(whole) < len(left)
    assert cut.evidence.left.tolist() == whole.evidence.left.tolist()
    assert cut.evidence.right.tolist() == whole.evidence.right.tolist()
    assert cut.total.tolist() == whole.total.tolist()
