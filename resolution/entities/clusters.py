"""Which records are one party: mutual best neighbours join, best first, weighed as whole groups and never across a conflict.

Better than connected components, where one wrong pair joins two groups: a group joins another only where the mean of all pairs
between them says so. Groups are told to be neighbours by a pair that weighs enough to be looked at; the other pairs between two
neighbours are asked for when they are needed. When no pair joins two groups any more, what they say together may. All parts are
clustered at once, in columns, yet each as if it were alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from resolution.entities.codes import Codes, codes_differ, union_codes
from resolution.entities.group_links import (
    AGAINST,
    ALLOWED,
    DOUBT,
    FORBIDDEN,
    LINK,
    NEVER,
    UNIT,
    Bits,
    Edges,
    Flags,
    GroupLinks,
    Whole,
    added,
    both,
    summed,
)

ASKED_MAX = 1024  # Pairs between two groups up to which all are asked for; beyond it those known speak for the rest.


Ask = Callable[[Whole, Whole], Edges]
"""Weighs pairs of units; for each pair the answer depends on the two alone."""

Together = Callable[[Sequence[int], Sequence[int]], bool]
"""Whether all that the units of two groups say, taken together, may join them; the answer depends on these units alone."""

Watch = Callable[[Sequence[int], Sequence[int], float], None]
"""Called with the units of two groups about to join, and the weight in bits between them."""


@dataclass(frozen=True)
class Cut:
    """Where to cut: prior and least weights in bits.

    merge:  two records join from here on. group: two groups do, once at least one pair between them would.
    best:   what the best of each field counts between a record and a group, 0..1, between two groups less; the mean the rest.
    margin: a rival less than this behind, which contradicts the partner, makes a merge wait for a person.
    """

    prior: float
    merge: float
    group: float
    margin: float = 3.0
    best: float = 0.0


@dataclass
class _Groups:
    """The groups so far. A group that two became has a new number; first: its content, for settling ties."""

    members: dict[int, list[int]]
    first: list[int]
    coded: dict[int, Codes]
    ask: Ask | None
    together: Together | None = None
    contradicted: dict[tuple[int, int], bool] = field(default_factory=dict)
    heard: dict[tuple[int, int], bool] = field(default_factory=dict)


def clusters(
    units: Sequence[str],
    edges: Edges,
    *,
    cut: Cut,
    codes: Mapping[int, Codes] | None = None,
    start: Sequence[int] | None = None,
    ask: Ask | None = None,
    together: Together | None = None,
    watch: Watch | None = None,
) -> list[list[int]]:
    """Partition units 0..n-1; each part sorted, parts by their first unit. The order of units and edges has no influence.

    units: a text a unit by which ties are settled (equal texts say the same, so that either will do).
    codes: exclusive identifiers of a unit by scheme; groups that have different ones of a scheme never join.
    start: for each unit the number of the first unit it is one with from the start.
    ask:   weighs the pairs between neighbours that `edges` does not hold; without it they say nothing.
    together: when no pair joins two groups any more, what they say together may; without it only pairs do.
    watch: is told of every two groups that join, in order.
    """
    groups, group_of = _start(units, codes or {}, start, ask)
    links = _completed(groups, summed(edges, group_of[edges.left], group_of[edges.right]))
    for heard in (None, together) if together else (None,):
        groups.together = heard
        while len(joined := _mutual_best(groups, links, cut)):
            if watch:
                _show(watch, groups, links, joined, cut)
            links = _join(groups, links, joined)
    return sorted(sorted(members) for members in groups.members.values())


def _show(watch: Watch, groups: _Groups, links: GroupLinks, joined: Whole, cut: Cut) -> None:
    weight = dict(zip(zip(links.a.tolist(), links.b.tolist(), strict=True), link_bits(groups, links, cut).tolist(), strict=True))
    for a, b in joined.tolist():
        watch(groups.members[a], groups.members[b], weight[_ordered(a, b)])


def _start(
    units: Sequence[str], codes: Mapping[int, Codes], start: Sequence[int] | None, ask: Ask | None
) -> tuple[_Groups, Whole]:
    own = np.arange(len(units)) if start is None else np.asarray(start, dtype=np.int64)
    members: dict[int, list[int]] = {}
    for at, head in enumerate(own.tolist()):
        members.setdefault(head, []).append(at)
    rank = {text: place for place, text in enumerate(sorted(set(units)))}
    first = [rank[text] for text in units]
    for head, held in members.items():
        first[head] = min(first[at] for at in held)
    coded = {head: union_codes(*(codes[at] for at in held if at in codes)) for head, held in members.items()} if codes else {}
    return _Groups(members, first, {head: told for head, told in coded.items() if told}, ask), own


# --- weights ---------------------------------------------------------------------------------------------------------
def _completed(groups: _Groups, links: GroupLinks) -> GroupLinks:
    """Links of which every pair is known, where that can be had; for groups that are more than one unit from the start."""
    sizes = _sizes(groups, links.a) * _sizes(groups, links.b)
    wanting = (sizes > links.tally[:, LINK]) & (sizes <= ASKED_MAX)
    if groups.ask is None or not wanting.any():
        return links
    return added(both(links.of(~wanting), _asked(groups, list(zip(links.a[wanting], links.b[wanting], strict=True)))))


def _sizes(groups: _Groups, numbers: Whole) -> Whole:
    return np.fromiter((len(groups.members[at]) for at in numbers.tolist()), np.int64, len(numbers))


def _asked(groups: _Groups, blocks: Sequence[tuple[int, int]]) -> GroupLinks:
    """Links between the groups of each block, over every pair between them, as asked for."""
    left: list[int] = []
    right: list[int] = []
    owner: list[int] = []
    for number, (a, b) in enumerate(blocks):
        for one in groups.members[a]:
            for other in groups.members[b]:
                left.append(min(one, other))
                right.append(max(one, other))
                owner.append(number)
    assert groups.ask is not None  # noqa: S101  # Only called where there is someone to ask.
    found = groups.ask(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    ends = np.array(blocks, dtype=np.int64).reshape(-1, 2)[owner]
    return summed(found, ends[:, 0], ends[:, 1])


def link_bits(groups: _Groups, links: GroupLinks, cut: Cut) -> Bits:
    """Group link: each field's mean weight, damped by the root of the share of pairs that have the field, plus the prior.

    A slip in a record draws its mean down, not what it says best: so the best of each field counts, too, for `cut.best` over
    the records of the smaller group: what one group says of itself, all together, beside all the other says. Of two brothers
    with many records each, two will always look alike.
    """
    total = np.full(len(links), cut.prior)
    pairs = np.maximum(links.tally[:, LINK], 1)
    for at in range(links.sums.shape[1]):
        counts = links.counts[:, at]
        total = total + links.sums[:, at] / UNIT / np.maximum(counts, 1) * np.sqrt(counts / pairs)
    if not cut.best:
        return total
    best = cut.best / np.minimum(_sizes(groups, links.a), _sizes(groups, links.b))
    pooled = np.where(links.best == NEVER, 0, links.best).sum(axis=1)
    return np.asarray((1.0 - best) * total + best * (cut.prior + pooled / UNIT), dtype=np.float64)


# --- who joins whom ------------------------------------------------------------------------------------------------
def _mutual_best(groups: _Groups, links: GroupLinks, cut: Cut) -> Whole:
    """Pairs of groups (rows of two) that are each other's best partner and may join now."""
    weight = link_bits(groups, links, cut)
    may = np.flatnonzero(_may(groups, links, weight, cut) | _lone(groups, links, weight, cut))
    may = may[_alone(links, may)]
    near, bits = links.of(may), weight[may]
    first = np.array(groups.first, dtype=np.int64)
    one, other, either = np.concatenate([near.a, near.b]), np.concatenate([near.b, near.a]), np.concatenate([bits, bits])
    order = np.lexsort((other, first[other], -either, one))
    one, other, either = one[order], other[order], either[order]
    best = np.concatenate([[True], one[1:] != one[:-1]]) if len(one) else np.zeros(0, dtype=np.bool_)
    partner = dict(zip(one[best].tolist(), other[best].tolist(), strict=True))
    mutual = best & np.fromiter((a < b and partner[b] == a for a, b in zip(one.tolist(), other.tolist(), strict=True)), bool)
    pairs = np.stack([one[mutual], other[mutual]], axis=1)
    return pairs[~_rivalled(groups, links, pairs, either[mutual] - cut.margin, (one, other, either))]


def _may(groups: _Groups, links: GroupLinks, weight: Bits, cut: Cut) -> Flags:
    tally = links.tally
    enough = weight >= np.where(tally[:, LINK] == 1, cut.merge, cut.group)
    may: Flags = enough & (tally[:, ALLOWED] > tally[:, AGAINST]) & (tally[:, FORBIDDEN] == 0)
    if groups.together:
        may |= _may_together(groups, links, enough & ~may)
    if groups.coded:
        for row in np.flatnonzero(may).tolist():
            a, b = int(links.a[row]), int(links.b[row])
            if a in groups.coded and b in groups.coded and codes_differ(groups.coded[a], groups.coded[b]):
                may[row] = False
    return may


def _lone(groups: _Groups, links: GroupLinks, weight: Bits, cut: Cut) -> Flags:
    """Links of two single units in doubt that weigh enough, or of which neither has a link to anybody else."""
    tally = links.tally
    found: Flags = _doubtful(tally) & (tally[:, FORBIDDEN] == 0)
    if not found.any():
        return found
    met = np.bincount(np.concatenate([links.a, links.b]))
    found &= (weight >= cut.merge) | ((met[links.a] == 1) & (met[links.b] == 1))
    rows = np.flatnonzero(found)
    found[rows] = (_sizes(groups, links.a[rows]) == 1) & (_sizes(groups, links.b[rows]) == 1)
    return found


def _doubtful(tally: Whole) -> Flags:
    return np.asarray((tally[:, LINK] == 1) & (tally[:, ALLOWED] >= DOUBT), dtype=np.bool_)


def _alone(links: GroupLinks, may: Whole) -> Flags:
    """Which of these links stay when those in doubt need both ends for themselves."""
    lone = _doubtful(links.tally[may])
    if not lone.any():
        return ~lone
    a, b = links.a[may], links.b[may]
    met = np.bincount(np.concatenate([a, b]))
    return np.asarray(~lone | ((met[a] == 1) & (met[b] == 1)), dtype=np.bool_)


def _may_together(groups: _Groups, links: GroupLinks, enough: Flags) -> Flags:
    """Of links that weigh enough those whose groups may join by all they say together, though no pair of theirs joins them."""
    assert groups.together is not None  # noqa: S101  # Only called where there is someone to ask.
    tally, may = links.tally, np.zeros(len(links), dtype=np.bool_)
    sizes = _sizes(groups, links.a) * _sizes(groups, links.b)
    hear = enough & (sizes > 1) & (sizes <= ASKED_MAX) & (tally[:, AGAINST] == 0) & (tally[:, FORBIDDEN] == 0)
    for row in np.flatnonzero(hear).tolist():
        ends = int(links.a[row]), int(links.b[row])
        if ends not in groups.heard:
            groups.heard[ends] = groups.together(*(groups.members[at] for at in ends))
        may[row] = groups.heard[ends]
    return may


def _rivalled(groups: _Groups, links: GroupLinks, pairs: Whole, least: Bits, directed: tuple[Whole, Whole, Bits]) -> Flags:
    """For each pair, whether one of the two has another partner nearly as good that contradicts this one: then neither joins."""
    one, other, bits = directed
    waits = np.zeros(len(pairs), dtype=np.bool_)
    asks: list[tuple[int, int, int]] = []
    for here, there in ((0, 1), (1, 0)):
        begin, end = np.searchsorted(one, pairs[:, here], "left"), np.searchsorted(one, pairs[:, here], "right")
        for at in np.flatnonzero(end - begin > 1).tolist():
            partner = int(pairs[at, there])
            for row in range(int(begin[at]), int(end[at])):
                if bits[row] < least[at]:
                    break
                if other[row] != partner:
                    asks.append((at, *_ordered(partner, int(other[row]))))
    _learn(groups, links, sorted({(a, b) for _, a, b in asks} - groups.contradicted.keys()))
    for at, a, b in asks:
        waits[at] |= groups.contradicted[a, b]
    return waits


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _learn(groups: _Groups, links: GroupLinks, blocks: list[tuple[int, int]]) -> None:
    """Whether the two groups of each block contradict each other: from their link, else by asking."""
    base = len(groups.first)
    keys = links.a * base + links.b
    unknown = []
    for a, b in blocks:
        row = int(np.searchsorted(keys, a * base + b))
        if row < len(keys) and keys[row] == a * base + b:
            groups.contradicted[a, b] = _contradicts(links.tally[row])
        else:
            groups.contradicted[a, b] = False
            unknown.append((a, b))
    small = [(a, b) for a, b in unknown if len(groups.members[a]) * len(groups.members[b]) <= ASKED_MAX]
    if groups.ask is not None and small:
        found = _asked(groups, small)
        for a, b, tally in zip(found.a.tolist(), found.b.tolist(), found.tally, strict=True):
            groups.contradicted[a, b] = _contradicts(tally)


def _contradicts(tally: Whole) -> bool:
    return bool(tally[FORBIDDEN] or tally[AGAINST] > tally[ALLOWED])


# --- joining -------------------------------------------------------------------------------------------------------
def _join(groups: _Groups, links: GroupLinks, joined: Whole) -> GroupLinks:
    """Make one group of each pair; links of the two become links of the one, and pairs not known yet are asked for."""
    new = np.arange(len(groups.first) + len(joined), dtype=np.int64)
    parts: dict[int, tuple[int, int]] = {}
    for a, b in joined.tolist():
        number = len(groups.first)
        groups.first.append(min(groups.first[a], groups.first[b]))
        groups.members[number] = sorted(groups.members[a] + groups.members[b])
        told = union_codes(groups.coded.pop(a, {}), groups.coded.pop(b, {}))
        if told:
            groups.coded[number] = told
        new[[a, b]] = number
        parts[number] = (a, b)
    a, b = new[links.a], new[links.b]
    moved = (a != links.a) | (b != links.b)
    rows = links.of(moved & (a != b))
    found = _wanting(groups, links, rows, new, parts)
    for old in (one for pair in parts.values() for one in pair):
        del groups.members[old]
    found = both(rows, found)
    a, b = new[found.a], new[found.b]
    fresh = added(GroupLinks(np.minimum(a, b), np.maximum(a, b), found.sums, found.counts, found.tally, found.best))
    every = both(links.of(~moved), fresh)
    return every.of(np.lexsort((every.b, every.a)))


def _wanting(groups: _Groups, links: GroupLinks, rows: GroupLinks, new: Whole, parts: dict[int, tuple[int, int]]) -> GroupLinks:
    """The blocks between old groups whose new groups are neighbours while they themselves are not, asked for."""
    if groups.ask is None or not len(rows):
        return rows.of(np.zeros(0, dtype=np.int64))
    base = len(new)  # Two numbers as one: sets of pairs take four times the memory.
    known = set((rows.a * base + rows.b).tolist())
    a, b = new[rows.a], new[rows.b]
    neighbours = np.unique(np.minimum(a, b) * base + np.maximum(a, b)).tolist()
    asked = (
        _ordered(one, other)
        for here, there in (divmod(code, base) for code in neighbours)
        for one in parts.get(here, (here,))
        for other in parts.get(there, (there,))
    )
    blocks = {
        (one, other)
        for one, other in asked
        if one * base + other not in known and len(groups.members[one]) * len(groups.members[other]) <= ASKED_MAX
    }
    return _asked(groups, sorted(blocks)) if blocks else rows.of(np.zeros(0, dtype=np.int64))
