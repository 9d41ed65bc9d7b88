"""Clusters records into parties: groups that are each other's best neighbour join, the best first, never across a conflict.

Connected components would let one wrong pair join two groups. Here two groups join only where the mean weight of all pairs
between them is enough. Two groups are neighbours when at least one pair between them has the least weight considered; the
other pairs between them are weighed when they are needed. When no pair joins two groups any more, the best of each field over
all pairs between two groups may. All components are clustered at once, in columns, with the same result as one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from resolution.entities.exclusive_codes import Codes, union_codes
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
    Integers,
    concatenate_links,
    merge_rows,
    sum_edges,
)
from resolution.judgements.verdicts import codes_differ

BLOCK_PAIRS_MAX = 1024  # Pairs between two groups up to which all are asked for; beyond it those known speak for the rest.


WeighPairs = Callable[[Integers, Integers], Edges]
"""Weighs pairs of units; for each pair the answer depends on the two alone."""

Together = Callable[[Sequence[int], Sequence[int]], bool]
"""Whether all that the units of two groups say, taken together, may join them; the answer depends on these units alone."""

Watch = Callable[[Sequence[int], Sequence[int], float], None]
"""Called with the units of two groups about to join, and the weight in bits between them."""


@dataclass(frozen=True)
class Thresholds:
    """Prior and least weights of a merge, in bits.

    merge:  least weight at which two records join.
    group:  least weight at which two groups join, if at least one pair between them would.
    best:   share of the best of each field in the weight between a record and a group, 0..1, less between two groups; the
            rest is the mean.
    margin: a rival that is less than this behind and contradicts the partner leaves the merge to a person.
    """

    prior: float
    merge: float
    group: float
    margin: float = 3.0
    best: float = 0.0


@dataclass
class _Groups:
    """The groups so far. A group that two became has a new number. sizes: how many units each has or had; first: its
    content, for settling ties.
    """

    members: dict[int, list[int]]
    sizes: list[int]
    first: list[int]
    coded: dict[int, Codes]
    weigh_pairs: WeighPairs | None
    together: Together | None = None
    contradicted: dict[tuple[int, int], bool] = field(default_factory=dict)
    together_answers: dict[tuple[int, int], bool] = field(default_factory=dict)


def find_clusters(
    units: Sequence[str],
    edges: Edges,
    *,
    thresholds: Thresholds,
    codes: Mapping[int, Codes] | None = None,
    start: Sequence[int] | None = None,
    weigh_pairs: WeighPairs | None = None,
    together: Together | None = None,
    watch: Watch | None = None,
) -> list[list[int]]:
    """Partition units 0..n-1; each part sorted, parts by their first unit. The order of units and edges has no influence.

    units:       a text for each unit that breaks ties (units with equal texts have equal content, so either will do).
    codes:       exclusive identifiers of a unit by scheme; groups with different ones of a scheme never join.
    start:       for each unit the number of the first unit of its group at the start.
    weigh_pairs: weighs the pairs between neighbours that `edges` does not hold; without it such pairs do not count.
    together:    decides whether two groups join by all their pairs together, when no single pair joins any; without it none do.
    watch:       called with every two groups that join, in order.
    """
    groups, group_of = _start_groups(units, codes or {}, start, weigh_pairs)
    links = _complete_links(groups, sum_edges(edges, group_of[edges.left], group_of[edges.right]))
    for together_check in (None, together) if together else (None,):
        groups.together = together_check
        while len(merges := _mutual_best(groups, links, thresholds)):
            if watch:
                _report_merges(watch, groups, links, merges, thresholds)
            links = _join(groups, links, merges)
    return sorted(sorted(members) for members in groups.members.values())


def _report_merges(watch: Watch, groups: _Groups, links: GroupLinks, merges: Integers, thresholds: Thresholds) -> None:
    bits_of_link = dict(
        zip(zip(links.a.tolist(), links.b.tolist(), strict=True), link_bits(groups, links, thresholds).tolist(), strict=True)
    )
    for a, b in merges.tolist():
        watch(groups.members[a], groups.members[b], bits_of_link[_ordered(a, b)])


def _start_groups(
    units: Sequence[str], codes: Mapping[int, Codes], start: Sequence[int] | None, weigh_pairs: WeighPairs | None
) -> tuple[_Groups, Integers]:
    heads = np.arange(len(units)) if start is None else np.asarray(start, dtype=np.int64)
    members: dict[int, list[int]] = {}
    for at, head in enumerate(heads.tolist()):
        members.setdefault(head, []).append(at)
    sizes = np.bincount(heads, minlength=len(units)).tolist()
    rank = {text: place for place, text in enumerate(sorted(set(units)))}
    first = [rank[text] for text in units]
    for head, positions in members.items():
        if len(positions) > 1:
            first[head] = min(first[at] for at in positions)
    coded = (
        {head: union_codes(*(codes[at] for at in positions if at in codes)) for head, positions in members.items()}
        if codes
        else {}
    )
    return _Groups(
        members, sizes, first, {head: group_codes for head, group_codes in coded.items() if group_codes}, weigh_pairs
    ), heads


# --- weights ---------------------------------------------------------------------------------------------------------
def _complete_links(groups: _Groups, links: GroupLinks) -> GroupLinks:
    """Links of which every pair is known, where that can be had; for groups that are more than one unit from the start."""
    sizes = _sizes(groups, links.a) * _sizes(groups, links.b)
    is_incomplete = (sizes > links.tally[:, LINK]) & (sizes <= BLOCK_PAIRS_MAX)
    if groups.weigh_pairs is None or not is_incomplete.any():
        return links
    return merge_rows(
        concatenate_links(
            links.of(~is_incomplete),
            _weigh_blocks(groups, list(zip(links.a[is_incomplete], links.b[is_incomplete], strict=True))),
        )
    )


def _sizes(groups: _Groups, numbers: Integers) -> Integers:
    return np.array(groups.sizes, dtype=np.int64)[numbers]


def _weigh_blocks(groups: _Groups, blocks: Sequence[tuple[int, int]]) -> GroupLinks:
    """Links between the groups of each block, over every pair between them, freshly weighed."""
    left: list[int] = []
    right: list[int] = []
    owner: list[int] = []
    for number, (a, b) in enumerate(blocks):
        for left_unit in groups.members[a]:
            for right_unit in groups.members[b]:
                left.append(min(left_unit, right_unit))
                right.append(max(left_unit, right_unit))
                owner.append(number)
    assert groups.weigh_pairs is not None  # noqa: S101  # Only called where there is someone to ask.
    edges = groups.weigh_pairs(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    ends = np.array(blocks, dtype=np.int64).reshape(-1, 2)[owner]
    return sum_edges(edges, ends[:, 0], ends[:, 1])


def link_bits(groups: _Groups, links: GroupLinks, thresholds: Thresholds) -> Bits:
    """Group link: each field's mean weight, damped by the root of the share of pairs that have the field, plus the prior.

    An error in one record lowers the mean and not the best, so the best of each field counts too, with the weight
    `thresholds.best` divided by the records of the smaller group: of two brothers with many records each, some pair will
    always look alike.
    """
    total = np.full(len(links), thresholds.prior)
    pairs = np.maximum(links.tally[:, LINK], 1)
    for at in range(links.sums.shape[1]):
        counts = links.counts[:, at]
        total = total + links.sums[:, at] / UNIT / np.maximum(counts, 1) * np.sqrt(counts / pairs)
    if not thresholds.best:
        return total
    best = thresholds.best / np.minimum(_sizes(groups, links.a), _sizes(groups, links.b))
    pooled = np.where(links.best == NEVER, 0, links.best).sum(axis=1)
    return np.asarray((1.0 - best) * total + best * (thresholds.prior + pooled / UNIT), dtype=np.float64)


# --- who joins whom ------------------------------------------------------------------------------------------------
def _mutual_best(groups: _Groups, links: GroupLinks, thresholds: Thresholds) -> Integers:
    """Pairs of groups (rows of two) that are each other's best partner and may join now."""
    weight = link_bits(groups, links, thresholds)
    rows = np.flatnonzero(_may_join(groups, links, weight, thresholds) | _lone_links(groups, links, weight, thresholds))
    rows = rows[_undisputed_links(links, rows)]
    candidate_links, bits = links.of(rows), weight[rows]
    first = np.array(groups.first, dtype=np.int64)
    group = np.concatenate([candidate_links.a, candidate_links.b])
    partner = np.concatenate([candidate_links.b, candidate_links.a])
    partner_bits = np.concatenate([bits, bits])
    order = np.lexsort((partner, first[partner], -partner_bits, group))
    group, partner, partner_bits = group[order], partner[order], partner_bits[order]
    best = np.concatenate([[True], group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=np.bool_)
    best_partner = np.full(len(first), -1)
    best_partner[group[best]] = partner[best]
    mutual = best & (group < partner) & (best_partner[partner] == group)
    pairs = np.stack([group[mutual], partner[mutual]], axis=1)
    return pairs[~_are_rivalled(groups, links, pairs, partner_bits[mutual] - thresholds.margin, (group, partner, partner_bits))]


def _may_join(groups: _Groups, links: GroupLinks, weight: Bits, thresholds: Thresholds) -> Flags:
    tally = links.tally
    enough = weight >= np.where(tally[:, LINK] == 1, thresholds.merge, thresholds.group)
    may: Flags = enough & (tally[:, ALLOWED] > tally[:, AGAINST]) & (tally[:, FORBIDDEN] == 0)
    if groups.together:
        may |= _may_together(groups, links, enough & ~may)
    if groups.coded:
        for row in np.flatnonzero(may).tolist():
            a, b = int(links.a[row]), int(links.b[row])
            if a in groups.coded and b in groups.coded and codes_differ(groups.coded[a], groups.coded[b]):
                may[row] = False
    return may


def _lone_links(groups: _Groups, links: GroupLinks, weight: Bits, thresholds: Thresholds) -> Flags:
    """Links of two single units in doubt that weigh enough, or of which neither has a link to anybody else."""
    tally = links.tally
    is_lone: Flags = _in_doubt(tally) & (tally[:, FORBIDDEN] == 0)
    if not is_lone.any():
        return is_lone
    link_counts = np.bincount(np.concatenate([links.a, links.b]))
    is_lone &= (weight >= thresholds.merge) | ((link_counts[links.a] == 1) & (link_counts[links.b] == 1))
    rows = np.flatnonzero(is_lone)
    is_lone[rows] = (_sizes(groups, links.a[rows]) == 1) & (_sizes(groups, links.b[rows]) == 1)
    return is_lone


def _in_doubt(tally: Integers) -> Flags:
    return np.asarray((tally[:, LINK] == 1) & (tally[:, ALLOWED] >= DOUBT), dtype=np.bool_)


def _undisputed_links(links: GroupLinks, rows: Integers) -> Flags:
    """Which of these links stay when those in doubt need both ends for themselves."""
    lone = _in_doubt(links.tally[rows])
    if not lone.any():
        return ~lone
    a, b = links.a[rows], links.b[rows]
    link_counts = np.bincount(np.concatenate([a, b]))
    return np.asarray(~lone | ((link_counts[a] == 1) & (link_counts[b] == 1)), dtype=np.bool_)


def _may_together(groups: _Groups, links: GroupLinks, enough: Flags) -> Flags:
    """Of links that weigh enough those whose groups may join by all they say together, though no pair of theirs joins them."""
    assert groups.together is not None  # noqa: S101  # Only called where there is someone to ask.
    tally, may = links.tally, np.zeros(len(links), dtype=np.bool_)
    sizes = _sizes(groups, links.a) * _sizes(groups, links.b)
    is_worth_asking = enough & (sizes > 1) & (sizes <= BLOCK_PAIRS_MAX) & (tally[:, AGAINST] == 0) & (tally[:, FORBIDDEN] == 0)
    for row in np.flatnonzero(is_worth_asking).tolist():
        ends = int(links.a[row]), int(links.b[row])
        if ends not in groups.together_answers:
            groups.together_answers[ends] = groups.together(*(groups.members[at] for at in ends))
        may[row] = groups.together_answers[ends]
    return may


def _are_rivalled(
    groups: _Groups, links: GroupLinks, pairs: Integers, least: Bits, directed: tuple[Integers, Integers, Bits]
) -> Flags:
    """For each pair, whether one of the two has another partner nearly as good that contradicts this one: then neither joins."""
    group, partner, bits = directed
    waits = np.zeros(len(pairs), dtype=np.bool_)
    rivalries: list[tuple[int, int, int]] = []
    for side, opposite in ((0, 1), (1, 0)):
        begin, end = np.searchsorted(group, pairs[:, side], "left"), np.searchsorted(group, pairs[:, side], "right")
        for at in np.flatnonzero(end - begin > 1).tolist():
            own_partner = int(pairs[at, opposite])
            for row in range(int(begin[at]), int(end[at])):
                if bits[row] < least[at]:
                    break
                if partner[row] != own_partner:
                    rivalries.append((at, *_ordered(own_partner, int(partner[row]))))
    _learn_contradictions(groups, links, sorted({(a, b) for _, a, b in rivalries} - groups.contradicted.keys()))
    for at, a, b in rivalries:
        waits[at] |= groups.contradicted[a, b]
    return waits


def _ordered(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)


def _learn_contradictions(groups: _Groups, links: GroupLinks, blocks: list[tuple[int, int]]) -> None:
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
    small = [(a, b) for a, b in unknown if len(groups.members[a]) * len(groups.members[b]) <= BLOCK_PAIRS_MAX]
    if groups.weigh_pairs is not None and small:
        block_links = _weigh_blocks(groups, small)
        for a, b, tally in zip(block_links.a.tolist(), block_links.b.tolist(), block_links.tally, strict=True):
            groups.contradicted[a, b] = _contradicts(tally)


def _contradicts(tally: Integers) -> bool:
    return bool(tally[FORBIDDEN] or tally[AGAINST] > tally[ALLOWED])


# --- joining -------------------------------------------------------------------------------------------------------
def _join(groups: _Groups, links: GroupLinks, merges: Integers) -> GroupLinks:
    """Make one group of each pair; links of the two become links of the one, and pairs not known yet are asked for."""
    new_number = np.arange(len(groups.first) + len(merges), dtype=np.int64)
    halves: dict[int, tuple[int, int]] = {}
    for a, b in merges.tolist():
        number = len(groups.first)
        groups.first.append(min(groups.first[a], groups.first[b]))
        groups.members[number] = sorted(groups.members[a] + groups.members[b])
        groups.sizes.append(len(groups.members[number]))
        if a in groups.coded or b in groups.coded:
            groups.coded[number] = union_codes(groups.coded.pop(a, {}), groups.coded.pop(b, {}))
        new_number[[a, b]] = number
        halves[number] = (a, b)
    a, b = new_number[links.a], new_number[links.b]
    is_renumbered = (a != links.a) | (b != links.b)
    rows = links.of(is_renumbered & (a != b))
    changed_links = concatenate_links(rows, _weigh_missing_blocks(groups, links, rows, new_number, halves))
    for group in (number for pair in halves.values() for number in pair):
        del groups.members[group]
    a, b = new_number[changed_links.a], new_number[changed_links.b]
    renumbered = GroupLinks(
        np.minimum(a, b), np.maximum(a, b), changed_links.sums, changed_links.counts, changed_links.tally, changed_links.best
    )
    all_links = concatenate_links(links.of(~is_renumbered), merge_rows(renumbered))
    return all_links.of(np.lexsort((all_links.b, all_links.a)))


def _weigh_missing_blocks(
    groups: _Groups, links: GroupLinks, rows: GroupLinks, new_number: Integers, halves: dict[int, tuple[int, int]]
) -> GroupLinks:
    """The blocks between old groups whose new groups are neighbours while they themselves are not, asked for."""
    if groups.weigh_pairs is None or not len(rows):
        return rows.of(np.zeros(0, dtype=np.int64))
    base = len(new_number)  # Two numbers as one: sets of pairs take four times the memory.
    known_blocks = set((rows.a * base + rows.b).tolist())
    a, b = new_number[rows.a], new_number[rows.b]
    neighbours = np.unique(np.minimum(a, b) * base + np.maximum(a, b)).tolist()
    neighbour_blocks = (
        _ordered(left, right)
        for left_new, right_new in (divmod(code, base) for code in neighbours)
        for left in halves.get(left_new, (left_new,))
        for right in halves.get(right_new, (right_new,))
    )
    blocks = {
        (left, right)
        for left, right in neighbour_blocks
        if left * base + right not in known_blocks and len(groups.members[left]) * len(groups.members[right]) <= BLOCK_PAIRS_MAX
    }
    return _weigh_blocks(groups, sorted(blocks)) if blocks else rows.of(np.zeros(0, dtype=np.int64))
