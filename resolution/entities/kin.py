"""Counts pairs in doubt and pairs of kin among all units: what a run freezes of them (`kin_counts.py`) and what it frees."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from resolution.comparisons.fields import CONTACT_ONE, OF_ALIKE
from resolution.comparisons.kin_counts import KinCounts
from resolution.comparisons.model import Model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.judgements.kin import kin
from resolution.judgements.weighed import Weighed
from resolution.records.analysed import Analysed

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Ends = tuple[Whole, Whole]
TOWNS_MAX = 20_000  # Pairs of kin up to which those that meet at one number of two towns are told; of more it does not matter.


@dataclass
class KinSeen:
    """Pairs of kin as they pass by, whatever they weigh, and whether more than a door is shared. Their order does not matter."""

    held: list[tuple[Whole, Whole, Flags]] = field(default_factory=list)

    def take(self, weighed: Weighed) -> None:
        """Remember the pairs of kin among these."""
        found = weighed.found
        rows = np.flatnonzero(kin(found, weighed.guards.of_home))
        if len(rows):
            self.held.append((found.left[rows], found.right[rows], _more_than_a_door(weighed, rows)))

    def ends(self, units: Sequence[Analysed]) -> Ends:
        """All of them but for those who share a number and a word of a street in two towns."""
        if not self.held:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        left, right, line = (np.concatenate(column) for column in zip(*self.held, strict=True))
        if len(left) > TOWNS_MAX:
            return left, right
        near = _near(left, right, line, units)
        return left[near], right[near]


def _more_than_a_door(weighed: Weighed, rows: Whole) -> Flags:
    if not len(rows):  # Firms are never kin, and have no such comparison.
        return np.zeros(0, dtype=np.bool_)
    agreement = weighed.found.agreement
    return np.asarray((agreement["contacts"][rows] >= CONTACT_ONE) | (agreement["of_firms"][rows] >= OF_ALIKE), dtype=np.bool_)


def _near(left: Whole, right: Whole, line: Flags, units: Sequence[Analysed]) -> Flags:
    """Which pairs share a line or a firm, or a town."""
    ends = zip(left.tolist(), right.tolist(), line.tolist(), strict=True)
    return np.fromiter((shared or _one_town(units[one], units[other]) for one, other, shared in ends), np.bool_, len(left))


def _one_town(left: Analysed, right: Analysed) -> bool:
    """Whether postcode or town is shared, or one of the two tells neither."""
    ones, others = ({told for place in one.places for told in (place.postcode, place.town) if told} for one in (left, right))
    return not ones or not others or bool(ones & others)


def counted(weighed: Weighed, seen: KinSeen, units: Sequence[Analysed], several: Flags, model: Model) -> KinCounts:
    """Count over all units. weighed: every pair of `possible_bits` and more; several: units that are several records.

    A pair that weighs less than joins two is in doubt all the same, and is lone where nothing else is near to either.
    """
    enough, possible = weighed.total >= model.merge_bits, weighed.total >= model.possible_bits
    joins, doubt = weighed.guards.allowed & enough, np.flatnonzero(weighed.guards.doubtful & possible)
    left, right = weighed.found.left, weighed.found.right
    near = np.bincount(np.concatenate([left[possible], right[possible]]), minlength=len(units))
    part = _parts(len(units), left[joins], right[joins])
    partnered = several.copy()
    partnered[left[joins]] = partnered[right[joins]] = True
    doubt = doubt[part[left[doubt]] != part[right[doubt]]]
    ones, others = left[doubt], right[doubt]
    lone = ~partnered[ones] & ~partnered[others]
    met = np.bincount(np.concatenate([ones[lone], others[lone]]), minlength=len(units))
    alone = lone & (met[ones] == 1) & (met[others] == 1) & (enough[doubt] | ((near[ones] == 1) & (near[others] == 1)))
    one, other = seen.ends(units)
    apart = part[one] != part[other]
    lone_kin = apart & ~partnered[one] & ~partnered[other]
    return KinCounts(
        units=len(units),
        partnered=int(partnered.sum()),
        lone=int(alone.sum()),
        crowded=int((lone & ~alone).sum()),
        beside=int((~lone).sum()),
        of_home=len(_of_home(weighed, doubt[enough[doubt]], units)),
        lone_kin=int(lone_kin.sum()),
        kin_beside=int((apart & ~lone_kin).sum()),
    )


def _parts(count: int, left: Whole, right: Whole) -> Whole:
    graph = coo_matrix((np.ones(len(left), dtype=np.bool_), (left, right)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def several(members: Sequence[Sequence[str]]) -> Flags:
    """Which units are several records."""
    return np.fromiter((len(own) > 1 for own in members), np.bool_, len(members))


def _of_home(weighed: Weighed, rows: Whole, units: Sequence[Analysed]) -> Whole:
    """Of these pairs those of one home in one town."""
    rows = rows[weighed.guards.of_home[rows]]
    return rows[_near(weighed.found.left[rows], weighed.found.right[rows], _more_than_a_door(weighed, rows), units)]


def freed(weighed: Weighed, units: Sequence[Analysed], frozen: RunStatistics) -> tuple[Flags, Flags]:
    """Which pairs in doubt may join as any other, and which further ones where neither of the two has anybody else.

    Those that weigh less than joins two are among the further ones: for them nothing else may be near to either.
    """
    home, lone = np.zeros((2, len(weighed)), dtype=np.bool_)
    if frozen.kin.frees_home or frozen.kin.frees_lone:
        rows = np.flatnonzero(weighed.guards.doubtful & (weighed.total >= frozen.model.possible_bits))
        lone[rows] = frozen.kin.frees_lone
        if frozen.kin.frees_home:
            rows = _of_home(weighed, rows[weighed.total[rows] >= frozen.model.merge_bits], units)
            home[rows], lone[rows] = True, False
    return home, lone
