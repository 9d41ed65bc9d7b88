"""Values of records as numbers, and distinct pairs of values compared once each, however many pairs of records hold them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records.analysed import Analysed

Value = TypeVar("Value")
Column = NDArray[np.float64]
Flags = NDArray[np.bool_]


def number_values(numbering: Numbering[Value], values: Iterable[Value]) -> Numbers:
    """The number of each value."""
    return np.array([numbering.number(value) for value in values], dtype=np.int64)


def number_values_from(empty: Value, values: Iterable[Value]) -> tuple[list[Value], Numbers]:
    """Distinct values, and the number of each value; `empty` is the first and has the number 0."""
    numbering = Numbering[Value]()
    numbering.number(empty)
    numbers = number_values(numbering, values)
    return numbering.keys(), numbers


def compare_distinct(
    agree: Callable[[Value, Value], float | None], values: Sequence[Value], left: Numbers, right: Numbers
) -> Column:
    """`agree` of the two values that each row numbers, asked once for each distinct pair; None becomes NaN."""
    codes, rows = np.unique(left * len(values) + right, return_inverse=True)
    ends = zip(*(side.tolist() for side in np.divmod(codes, max(len(values), 1))), strict=True)
    agreement = np.array([agree(values[first], values[second]) for first, second in ends], dtype=np.float64)
    return np.asarray(agreement[rows], dtype=np.float64)


def compare_pairs(
    agree: Callable[[Analysed, Analysed], float | None], records: Sequence[Analysed], left: Numbers, right: Numbers
) -> Column:
    """`agree` of the records that each row numbers; None becomes NaN."""
    ends = zip(left.tolist(), right.tolist(), strict=True)
    return np.array([agree(records[first], records[second]) for first, second in ends], dtype=np.float64)


def one_step_apart(texts: Sequence[str], left: Numbers, right: Numbers) -> Flags:
    """Whether the two texts of each row differ by one step of optimal string alignment."""
    if not len(left):
        return np.zeros(0, dtype=np.bool_)
    ends = ([texts[index] for index in side.tolist()] for side in (left, right))
    return np.asarray(cpdist(*ends, scorer=OSA.distance, score_cutoff=1) == 1, dtype=np.bool_)
