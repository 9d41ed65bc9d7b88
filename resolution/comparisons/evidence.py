"""Agreement of many pairs, as columns: one number a pair and comparison, NaN where it cannot be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.words import PartyKind
from resolution.comparisons.declared import Comparison, comparisons
from resolution.comparisons.fields import Busy
from resolution.comparisons.frozen import Frozen
from resolution.records.analysed import Analysed

Pairs = NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """Agreement of the pairs (left[i], right[i]); `agreement[name][i]` is a float, NaN where not comparable."""

    kind: PartyKind
    left: Pairs
    right: Pairs
    agreement: dict[str, NDArray[np.float64]]


def evidence(kind: PartyKind, records: Sequence[Analysed], pairs: tuple[Pairs, Pairs], frozen: Frozen) -> Evidence:
    """Compare every pair in every comparison of its kind. Pairs are positions in `records`."""
    left, right = pairs
    return Evidence(kind, left, right, {c.name: _column(c, records, pairs, frozen.is_busy) for c in comparisons(kind)})


def _column(told: Comparison, records: Sequence[Analysed], pairs: tuple[Pairs, Pairs], busy: Busy) -> NDArray[np.float64]:
    agree = told.agree
    has = np.fromiter((told.has(record) for record in records), np.bool_, len(records))
    rows = np.flatnonzero(has[pairs[0]] & has[pairs[1]])
    column = np.full(len(pairs[0]), np.nan)
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    column[rows] = np.array([agree(records[i], records[j], busy) for i, j in ends], dtype=np.float64)  # None becomes NaN.
    return column


def levels_of(told: Comparison, agreement: NDArray[np.float64]) -> NDArray[np.int64]:
    """Position of the level each agreement falls into, -1 where it cannot be compared."""
    at_least = np.array([level.at_least for level in told.levels])
    found: NDArray[np.int64] = np.argmax(agreement[:, None] >= at_least[None, :], axis=1)
    found[agreement < at_least[-1]] = len(at_least) - 1
    found[np.isnan(agreement)] = -1
    return found


def explained(found: Evidence, rows: NDArray[np.int64]) -> list[str]:
    """What agrees in each of these pairs, in words: `names same, days exact`. What cannot be compared is left out."""
    columns = [_words(told, found.agreement[told.name][rows]) for told in comparisons(found.kind)]
    return [", ".join(filter(None, words)) for words in zip(*columns, strict=True)]


def _words(told: Comparison, agreement: NDArray[np.float64]) -> list[str]:
    """The comparison and the level of each agreement; "" where it cannot be compared."""
    words = [*(f"{told.name} {level.label}" for level in told.levels), ""]
    return [words[level] for level in levels_of(told, agreement).tolist()]
