"""Pairs of values asked once each, however many pairs of records hold them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records.analysed import Analysed

Thing = TypeVar("Thing")
Column = NDArray[np.float64]
Flags = NDArray[np.bool_]


def numbered(numbering: Numbering[Thing], things: Iterable[Thing]) -> Numbers:
    """The number of each thing."""
    return np.array([numbering.number(thing) for thing in things], dtype=np.int64)


def numbered_from(nothing: Thing, things: Iterable[Thing]) -> tuple[list[Thing], Numbers]:
    """Things, each once, and the number of each; `nothing` is the first and has the number 0."""
    numbering = Numbering[Thing]()
    numbering.number(nothing)
    numbers = numbered(numbering, things)
    return numbering.things(), numbers


def each_once(agree: Callable[[Thing, Thing], float | None], things: Sequence[Thing], left: Numbers, right: Numbers) -> Column:
    """`agree` of the things that each row numbers; None becomes NaN."""
    codes, rows = np.unique(left * len(things) + right, return_inverse=True)
    ends = zip(*(side.tolist() for side in np.divmod(codes, max(len(things), 1))), strict=True)
    found = np.array([agree(things[one], things[other]) for one, other in ends], dtype=np.float64)
    return np.asarray(found[rows], dtype=np.float64)


def pair_by_pair(
    agree: Callable[[Analysed, Analysed], float | None], records: Sequence[Analysed], left: Numbers, right: Numbers
) -> Column:
    """`agree` of the records that each row numbers; None becomes NaN."""
    ends = zip(left.tolist(), right.tolist(), strict=True)
    return np.array([agree(records[one], records[other]) for one, other in ends], dtype=np.float64)


def one_step_apart(texts: Sequence[str], left: Numbers, right: Numbers) -> Flags:
    """Whether the two texts of each row differ by one step of optimal string alignment."""
    if not len(left):
        return np.zeros(0, dtype=np.bool_)
    ends = ([texts[at] for at in side.tolist()] for side in (left, right))
    return np.asarray(cpdist(*ends, scorer=OSA.distance, score_cutoff=1) == 1, dtype=np.bool_)
