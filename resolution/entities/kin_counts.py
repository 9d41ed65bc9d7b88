"""Counts pairs in doubt and pairs of kin among all units (comparisons/kin_counts.py), and finds which of them may join."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from resolution.comparisons.fields import CONTACT_ONE, OF_ALIKE
from resolution.comparisons.households import NEUTRAL_BITS_MIN, ONE_PERSON_BITS_MIN
from resolution.comparisons.kin_counts import KinCounts
from resolution.comparisons.model import Model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.judgements.household_counts import patterns_of
from resolution.judgements.kin_evidence import are_kin
from resolution.judgements.weighed_pairs import WeighedPairs
from resolution.records.analysed import Analysed

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Ends = tuple[Integers, Integers]
TOWNS_MAX = 20_000  # Pairs of kin up to which those that meet at one number of two towns are told; of more it does not matter.


@dataclass
class KinPairs:
    """Collects pairs of kin of any weight, and whether they share more than a door. The order of calls has no influence."""

    batches: list[tuple[Integers, Integers, Flags]] = field(default_factory=list)

    def add(self, weighed_pairs: WeighedPairs) -> None:
        """Add the pairs of kin among these pairs."""
        evidence = weighed_pairs.evidence
        rows = np.flatnonzero(are_kin(evidence, weighed_pairs.guards.of_home))
        if len(rows):
            self.batches.append((evidence.left[rows], evidence.right[rows], _more_than_a_door(weighed_pairs, rows)))

    def ends(self, units: Sequence[Analysed]) -> Ends:
        """Both ends of all pairs, but for those that share a house number and a word of a street in two towns."""
        if not self.batches:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        left, right, line = (np.concatenate(column) for column in zip(*self.batches, strict=True))
        if len(left) > TOWNS_MAX:
            return left, right
        is_near = _near(left, right, line, units)
        return left[is_near], right[is_near]


def _more_than_a_door(weighed_pairs: WeighedPairs, rows: Integers) -> Flags:
    if not len(rows):  # Firms are never kin, and have no such comparison.
        return np.zeros(0, dtype=np.bool_)
    agreement = weighed_pairs.evidence.agreement
    return np.asarray((agreement["contacts"][rows] >= CONTACT_ONE) | (agreement["of_firms"][rows] >= OF_ALIKE), dtype=np.bool_)


def _near(left: Integers, right: Integers, line: Flags, units: Sequence[Analysed]) -> Flags:
    """Which pairs share a line or a firm, or a town."""
    ends = zip(left.tolist(), right.tolist(), line.tolist(), strict=True)
    return np.fromiter((shared or _one_town(units[start], units[end]) for start, end, shared in ends), np.bool_, len(left))


def _one_town(left: Analysed, right: Analysed) -> bool:
    """Whether postcode or town is shared, or one of the two tells neither."""
    left_towns, right_towns = (
        {name for place in record.places for name in (place.postcode, place.town) if name} for record in (left, right)
    )
    return not left_towns or not right_towns or bool(left_towns & right_towns)


def count_kin_pairs(
    weighed_pairs: WeighedPairs, kin_pairs: KinPairs, units: Sequence[Analysed], multi_record: Flags, model: Model
) -> KinCounts:
    """Count over all units. weighed_pairs: every pair of `possible_bits` and more; multi_record: units that are several records.

    A pair that weighs less than joins two is in doubt all the same, and is lone where nothing else is near to either.
    """
    enough, possible = weighed_pairs.total >= model.merge_bits, weighed_pairs.total >= model.possible_bits
    joins, doubt = weighed_pairs.guards.allowed & enough, np.flatnonzero(weighed_pairs.guards.doubtful & possible)
    left, right = weighed_pairs.evidence.left, weighed_pairs.evidence.right
    near_counts = np.bincount(np.concatenate([left[possible], right[possible]]), minlength=len(units))
    part = _parts(len(units), left[joins], right[joins])
    partnered = multi_record.copy()
    partnered[left[joins]] = partnered[right[joins]] = True
    doubt = doubt[part[left[doubt]] != part[right[doubt]]]
    doubt_left, doubt_right = left[doubt], right[doubt]
    is_lone = ~partnered[doubt_left] & ~partnered[doubt_right]
    doubt_counts = np.bincount(np.concatenate([doubt_left[is_lone], doubt_right[is_lone]]), minlength=len(units))
    is_alone = (
        is_lone
        & (doubt_counts[doubt_left] == 1)
        & (doubt_counts[doubt_right] == 1)
        & (enough[doubt] | ((near_counts[doubt_left] == 1) & (near_counts[doubt_right] == 1)))
    )
    kin_left, kin_right = kin_pairs.ends(units)
    is_apart = part[kin_left] != part[kin_right]
    lone_kin = is_apart & ~partnered[kin_left] & ~partnered[kin_right]
    return KinCounts(
        units=len(units),
        partnered=int(partnered.sum()),
        lone=int(is_alone.sum()),
        crowded=int((is_lone & ~is_alone).sum()),
        beside=int((~is_lone).sum()),
        lone_kin=int(lone_kin.sum()),
        kin_beside=int((is_apart & ~lone_kin).sum()),
    )


def _parts(count: int, left: Integers, right: Integers) -> Integers:
    graph = coo_matrix((np.ones(len(left), dtype=np.bool_), (left, right)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def flag_multi_record(members: Sequence[Sequence[str]]) -> Flags:
    """Which units are several records."""
    return np.fromiter((len(record_ids) > 1 for record_ids in members), np.bool_, len(members))


def _meeting_in_one_town(weighed_pairs: WeighedPairs, rows: Integers, units: Sequence[Analysed]) -> Integers:
    """Of these pairs that meet those that do not share a house number and a word of a street in two towns alone."""
    ends = weighed_pairs.evidence.left[rows], weighed_pairs.evidence.right[rows]
    return rows[_near(*ends, _more_than_a_door(weighed_pairs, rows), units)]


def find_freed_pairs(weighed_pairs: WeighedPairs, units: Sequence[Analysed], statistics: RunStatistics) -> tuple[Flags, Flags]:
    """Which pairs that a guard bars may join like any other pair, and which only where neither unit has another neighbour.

    The first meet at one place, weigh enough, and are one person rather than two of a household (comparisons/households.py).
    The second are in doubt; pairs below the weight that joins two records are among them.
    """
    home, lone = np.zeros((2, len(weighed_pairs)), dtype=np.bool_)
    guards, model = weighed_pairs.guards, statistics.model
    is_barred = guards.meets & (~guards.allowed | guards.against) & ~guards.held
    rows = np.flatnonzero(is_barred & (weighed_pairs.total >= model.merge_bits))
    if len(rows):
        rows = rows[statistics.households.bits(patterns_of(weighed_pairs, rows)) >= ONE_PERSON_BITS_MIN]
        home[_meeting_in_one_town(weighed_pairs, rows, units)] = True
    if statistics.kin.frees_lone:
        lone = guards.doubtful & (weighed_pairs.total >= model.possible_bits) & ~home & ~guards.held
    return home, lone


def find_neutral_pairs(weighed_pairs: WeighedPairs, statistics: RunStatistics) -> Flags:
    """Which pairs that meet at one place speak neither for one person nor for two of a household, whatever contradicts."""
    neutral = weighed_pairs.guards.meets & weighed_pairs.guards.against
    if not neutral.any():  # Firms have no households.
        return neutral
    rows = np.flatnonzero(neutral)
    neutral[rows] = statistics.households.bits(patterns_of(weighed_pairs, rows)) >= NEUTRAL_BITS_MIN
    return neutral
