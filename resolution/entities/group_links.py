"""Sums over all pairs between two groups of records: one row for two neighbouring groups, and the merging of rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
SmallIntegers = NDArray[np.int32]
UNIT = 2.0**20  # Weights are summed as whole numbers of a millionth of a bit: then no order of adding changes a sum.
NEVER = -(2**31)  # Stands for the best weight of a field that no pair could compare.
LINK, ALLOWED, AGAINST, FORBIDDEN = range(4)
DOUBT = 2  # What a pair in doubt adds to ALLOWED and to AGAINST: between larger groups that changes nothing.


@dataclass(frozen=True)
class Edges:
    """Pairs of units (left < right) with the weight of every field, NaN where not comparable.

    bits:      pairs x fields, in bits.
    allowed:   pairs whose evidence may join, and is enough.
    against:   pairs with a contradiction that this pair does not overrule.
    forbidden: pairs that keep the whole groups apart, whatever the other pairs weigh.
    doubtful:  pairs that join only two single units without other neighbours.
    """

    left: Integers
    right: Integers
    bits: Bits
    allowed: Flags
    against: Flags
    forbidden: Flags
    doubtful: Flags


@dataclass(frozen=True)
class GroupLinks:
    """All pairs between two groups, a row for two neighbours (a < b): sums and counts of each field, and pairs of each sort.

    sums: whole numbers of 1/UNIT bits. tally: columns LINK (all pairs), ALLOWED, AGAINST, FORBIDDEN; see DOUBT.
    best: the most that any pair weighs in each field, in the same unit; NEVER where none could be compared.
    """

    a: Integers
    b: Integers
    sums: Integers
    counts: Integers
    tally: Integers
    best: SmallIntegers

    def __len__(self) -> int:
        return len(self.a)

    def of(self, rows: Integers | Flags) -> "GroupLinks":
        """Some of the rows."""
        return GroupLinks(self.a[rows], self.b[rows], self.sums[rows], self.counts[rows], self.tally[rows], self.best[rows])


def sum_edges(edges: Edges, a: Integers, b: Integers) -> GroupLinks:
    """Edges between the groups `a` and `b` of their ends, as links; those inside one group are left out."""
    is_comparable = ~np.isnan(edges.bits)
    sums = np.rint(np.where(is_comparable, edges.bits, 0.0) * UNIT).astype(np.int64)
    flags = np.stack([np.ones(len(a), dtype=np.int64), edges.allowed, edges.against, edges.forbidden], axis=1)
    flags[:, [ALLOWED, AGAINST]] += DOUBT * edges.doubtful[:, None]
    best = np.where(is_comparable, sums, NEVER).astype(np.int32)
    ends = np.minimum(a, b), np.maximum(a, b)
    return merge_rows(GroupLinks(*ends, sums, is_comparable.astype(np.int64), flags, best).of(a != b))


def merge_rows(rows: GroupLinks) -> GroupLinks:
    """One row for any two groups, sorted."""
    if len(rows) < 2:
        return rows
    order = np.lexsort((rows.b, rows.a))
    rows = rows.of(order)
    row_starts = np.flatnonzero(np.concatenate([[True], (rows.a[1:] != rows.a[:-1]) | (rows.b[1:] != rows.b[:-1])]))
    if len(row_starts) == len(rows):
        return rows
    sums, counts, tally = (np.add.reduceat(column, row_starts, axis=0) for column in (rows.sums, rows.counts, rows.tally))
    return GroupLinks(
        rows.a[row_starts], rows.b[row_starts], sums, counts, tally, np.maximum.reduceat(rows.best, row_starts, axis=0)
    )


def concatenate_links(first: GroupLinks, second: GroupLinks) -> GroupLinks:
    """The rows of the first and then of the second."""
    return GroupLinks(
        np.concatenate([first.a, second.a]),
        np.concatenate([first.b, second.b]),
        np.concatenate([first.sums, second.sums]),
        np.concatenate([first.counts, second.counts]),
        np.concatenate([first.tally, second.tally]),
        np.concatenate([first.best, second.best]),
    )
