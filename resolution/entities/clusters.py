"""Which records are one party: mutual best neighbours join, best first, weighed as whole groups and never across a conflict.

Better than connected components, where one wrong pair joins two groups: a group joins another only where the mean of all
pairs between them says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Codes = dict[str, frozenset[str]]
"""Exclusive identifiers by scheme."""


@dataclass(frozen=True)
class Edges:
    """Pairs of units (left < right) with the weight of every field, NaN where not comparable.

    bits:      pairs x fields, in bits.
    allowed:   pairs whose evidence may join.
    against:   pairs with a contradiction that this pair does not overrule.
    forbidden: pairs that keep the whole groups apart, whatever else speaks for them.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    bits: Bits
    allowed: NDArray[np.bool_]
    against: NDArray[np.bool_]
    forbidden: NDArray[np.bool_]


@dataclass(frozen=True)
class Cut:
    """Where to cut: prior and least weights in bits.

    merge:  two records join from here on. group: two groups do, once at least one pair between them would.
    margin: a rival less than this behind, which contradicts the partner, makes a merge wait for a person.
    """

    prior: float
    merge: float
    group: float
    margin: float = 3.0


@dataclass
class _Between:
    """All pairs between two groups: sums and counts of each field, and how many pairs there are of each sort."""

    sums: Bits
    counts: Bits
    pairs: int = 0
    allowed: int = 0
    against: int = 0
    forbidden: int = 0

    def add(self, other: "_Between") -> None:
        self.sums = self.sums + other.sums
        self.counts = self.counts + other.counts
        self.pairs += other.pairs
        self.allowed += other.allowed
        self.against += other.against
        self.forbidden += other.forbidden


@dataclass
class _Groups:
    """The groups so far: members by group, what lies between two groups, and each group's name for settling ties."""

    members: dict[int, list[int]]
    between: dict[int, dict[int, _Between]]
    content: dict[int, str]
    codes: dict[int, Codes]
    settled: set[int] = field(default_factory=set)


def clusters(units: Sequence[str], edges: Edges, *, cut: Cut, codes: Mapping[int, Codes] | None = None) -> list[list[int]]:
    """Partition units 0..n-1; each part sorted, parts by their first unit. The order of units and edges has no influence.

    units: a text a unit by which ties are settled (equal texts say the same, so that either will do).
    codes: exclusive identifiers of a unit by scheme; groups that have different ones of a scheme never join.
    """
    groups = _start(units, edges, codes or {})
    while round_of := _mutual_best(groups, cut):
        for left, right in round_of:
            _join(groups, left, right)
    return sorted(sorted(members) for members in groups.members.values())


def _start(units: Sequence[str], edges: Edges, codes: Mapping[int, Codes]) -> _Groups:
    groups = _Groups(
        {at: [at] for at in range(len(units))}, {at: {} for at in range(len(units))}, dict(enumerate(units)), dict(codes)
    )
    known = ~np.isnan(edges.bits)
    sums = np.where(known, edges.bits, 0.0)
    for at, (left, right) in enumerate(zip(edges.left.tolist(), edges.right.tolist(), strict=True)):
        link = _Between(
            sums[at], known[at].astype(np.float64), 1, int(edges.allowed[at]), int(edges.against[at]), int(edges.forbidden[at])
        )
        if right in groups.between[left]:
            groups.between[left][right].add(link)
        else:
            groups.between[left][right] = groups.between[right][left] = link
    return groups


def _mutual_best(groups: _Groups, cut: Cut) -> list[tuple[int, int]]:
    """Pairs of groups that are each other's best partner and may join now."""
    best = {one: _best(groups, one, cut) for one in groups.between if groups.between[one] and one not in groups.settled}
    mutual = [(one, other) for one, other in best.items() if other is not None and one < other and best.get(other) == one]
    joined = [pair for pair in mutual if not _rivalled(groups, pair, cut)]
    groups.settled |= {one for one, other in best.items() if other is None}
    return joined


def _best(groups: _Groups, one: int, cut: Cut) -> int | None:
    """The partner with the greatest weight that may join; ties go to the content that comes first."""
    found = [(link_bits(link, cut), other) for other, link in groups.between[one].items() if _may(groups, one, other, link, cut)]
    if not found:
        return None
    top = max(bits for bits, _ in found)
    return min((other for bits, other in found if bits >= top - 1e-9), key=lambda other: (groups.content[other], other))


def _may(groups: _Groups, one: int, other: int, link: _Between, cut: Cut) -> bool:
    if link.allowed <= link.against or link.forbidden or codes_differ(groups.codes.get(one, {}), groups.codes.get(other, {})):
        return False
    return link_bits(link, cut) >= (cut.merge if link.pairs == 1 else cut.group)


def codes_differ(left: Codes, right: Codes) -> bool:
    """Whether the two have different values of one scheme of exclusive identifiers, and none in common."""
    return any(not left[scheme] & right[scheme] for scheme in left.keys() & right.keys())


def union_codes(*codes: Codes) -> Codes:
    """Every value of every scheme."""
    found: Codes = {}
    for one in codes:
        for scheme, values in one.items():
            found[scheme] = found.get(scheme, frozenset()) | values
    return found


def link_bits(link: _Between, cut: Cut) -> float:
    """Group link: each field's mean weight, damped by the root of the share of pairs that have the field, plus the prior."""
    counts = link.counts
    means = link.sums / np.maximum(counts, 1.0)
    return float(cut.prior + (means * np.sqrt(counts / link.pairs)).sum())


def _rivalled(groups: _Groups, pair: tuple[int, int], cut: Cut) -> bool:
    """Whether one of the two has another partner nearly as good that contradicts this one: then neither joins yet."""
    weight = link_bits(groups.between[pair[0]][pair[1]], cut)
    return any(_has_rival(groups, one, other, weight, cut) for one, other in (pair, pair[::-1]))


def _has_rival(groups: _Groups, one: int, partner: int, weight: float, cut: Cut) -> bool:
    for rival, link in groups.between[one].items():
        if rival != partner and _may(groups, one, rival, link, cut) and link_bits(link, cut) >= weight - cut.margin:
            between = groups.between[partner].get(rival)
            if between is not None and (between.forbidden or between.against > between.allowed):
                return True
    return False


def _join(groups: _Groups, kept: int, gone: int) -> None:
    groups.members[kept] += groups.members.pop(gone)
    groups.content[kept] = min(groups.content[kept], groups.content.pop(gone))
    groups.codes[kept] = union_codes(groups.codes.get(kept, {}), groups.codes.pop(gone, {}))
    del groups.between[kept][gone]
    for other, link in groups.between.pop(gone).items():
        if other == kept:
            continue
        del groups.between[other][gone]
        merged = groups.between[kept].get(other)
        if merged is None:
            groups.between[kept][other] = groups.between[other][kept] = link
        else:
            merged.add(link)
        groups.settled.discard(other)
    groups.settled.discard(kept)


def components(count: int, left: Iterable[int], right: Iterable[int]) -> list[int]:
    """For each of `count` units the first unit it is connected with over any number of pairs."""
    head = list(range(count))

    def find(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for one, other in zip(left, right, strict=True):
        a, b = sorted((find(one), find(other)))
        head[b] = a
    return [find(at) for at in range(count)]
