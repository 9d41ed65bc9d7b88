"""All pairs between two groups of records, summed: the row for two neighbours, and how rows come together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Few = NDArray[np.int32]
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
    forbidden: pairs that keep the whole groups apart, whatever else speaks for them.
    doubtful:  pairs that join two units which have nobody else, and nothing more.
    """

    left: Whole
    right: Whole
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

    a: Whole
    b: Whole
    sums: Whole
    counts: Whole
    tally: Whole
    best: Few

    def __len__(self) -> int:
        return len(self.a)

    def of(self, rows: Whole | Flags) -> "GroupLinks":
        """Some of the rows."""
        return GroupLinks(self.a[rows], self.b[rows], self.sums[rows], self.counts[rows], self.tally[rows], self.best[rows])


def summed(edges: Edges, a: Whole, b: Whole) -> GroupLinks:
    """Edges between the groups `a` and `b` of their ends, as links; those inside one group are left out."""
    known = ~np.isnan(edges.bits)
    sums = np.rint(np.where(known, edges.bits, 0.0) * UNIT).astype(np.int64)
    flags = np.stack([np.ones(len(a), dtype=np.int64), edges.allowed, edges.against, edges.forbidden], axis=1)
    flags[:, [ALLOWED, AGAINST]] += DOUBT * edges.doubtful[:, None]
    best = np.where(known, sums, NEVER).astype(np.int32)
    ends = np.minimum(a, b), np.maximum(a, b)
    return added(GroupLinks(*ends, sums, known.astype(np.int64), flags, best).of(a != b))


def added(rows: GroupLinks) -> GroupLinks:
    """One row for any two groups, sorted."""
    if len(rows) < 2:
        return rows
    order = np.lexsort((rows.b, rows.a))
    rows = rows.of(order)
    fresh = np.flatnonzero(np.concatenate([[True], (rows.a[1:] != rows.a[:-1]) | (rows.b[1:] != rows.b[:-1])]))
    if len(fresh) == len(rows):
        return rows
    sums, counts, tally = (np.add.reduceat(column, fresh, axis=0) for column in (rows.sums, rows.counts, rows.tally))
    return GroupLinks(rows.a[fresh], rows.b[fresh], sums, counts, tally, np.maximum.reduceat(rows.best, fresh, axis=0))


def both(one: GroupLinks, other: GroupLinks) -> GroupLinks:
    """The rows of one and then of the other."""
    return GroupLinks(
        np.concatenate([one.a, other.a]),
        np.concatenate([one.b, other.b]),
        np.concatenate([one.sums, other.sums]),
        np.concatenate([one.counts, other.counts]),
        np.concatenate([one.tally, other.tally]),
        np.concatenate([one.best, other.best]),
    )
