"""Partitions units into parties from weighed pairs: certain joins first, then the clustering of every connected component.

The result for a component depends only on its units, the edges of at least `possible_bits` between them, people's verdicts and
`statistics`. Pairs below that weight are not needed to find the component; clustering weighs those between two groups it reads.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from resolution.comparisons.evidence import Evidence, Prepared, prepare
from resolution.comparisons.fields import ID_EXCLUSIVE
from resolution.comparisons.person_names import OTHER_MIDDLE
from resolution.comparisons.person_screen import build_screen
from resolution.comparisons.run_statistics import RunStatistics
from resolution.entities.clusters import Thresholds, Watch, find_clusters
from resolution.entities.exclusive_codes import Codes, union_codes
from resolution.entities.group_links import Edges
from resolution.entities.kin_counts import KinPairs, count_kin_pairs, find_freed_pairs, find_neutral_pairs
from resolution.judgements.household_counts import MeetingPairs, learn_households
from resolution.judgements.slices import Positions, weigh_in_slices
from resolution.judgements.verdicts import Verdicts, codes_differ, pair_of
from resolution.judgements.weighed_pairs import WeighedPairs, best_of, forbid_pairs, weigh
from resolution.records.analysed import Analysed

Pair = tuple[int, int]
Floats = NDArray[np.float64]
ScorePairs = Callable[[Evidence], tuple[dict[str, Floats], Floats]]
"""Answers with the weight in bits of each field and pair, and of each pair in total, prior included."""
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
SCREENED_PAIRS_MIN = 1 << 17  # Fewer are compared sooner than a screen is made of all units.
ATOM_UNITS_MAX = 45  # Units that are surely one of which every pair is looked at once more.


@dataclass(frozen=True)
class Clustering:
    """The parties found among units.

    parts:          positions of the units of each party.
    weighed_pairs:  the proposed pairs that clustering reads, verdicts applied: those of at least `possible_bits`, those with
                    an exclusive identifier in common, and those that a person judged.
    pairs_compared: how many pairs were weighed.
    statistics:     the statistics they were weighed with, with the counts of kin where `count_kin` was set.
    """

    parts: list[list[int]]
    weighed_pairs: WeighedPairs
    pairs_compared: int
    statistics: RunStatistics


def cluster_units(
    units: Sequence[Analysed],
    pairs: tuple[Positions, Positions],
    verdicts: Verdicts,
    statistics: RunStatistics,
    *,
    multi_record: Flags | None = None,
    prepared: Prepared | None = None,
    watch: Watch | None = None,
    count_kin: bool = False,
    score_pairs: ScorePairs | None = None,
) -> Clustering:
    """Find the parties among units of one kind, from the pairs their keys propose (left < right).

    Each connected component is clustered independently: neither the order of units nor other components have any influence,
    unless kin are counted.

    multi_record: which units are several records.
    prepared:     the units prepared for comparison, where that was done before.
    score_pairs:  adds up the weights of the pairs that are kept, instead of the sum by level that others are weighed with.
    """
    same_pairs = list(find_judged_pairs(units, verdicts.same))
    different_pairs = list(find_judged_pairs(units, verdicts.different))
    inputs = _ClusteringInputs(
        prepared or prepare(statistics.kind, units, statistics), verdicts, _flags(multi_record, len(units))
    )
    kin_pairs, meeting_pairs = KinPairs(), MeetingPairs()
    all_pairs = _merge_pairs(pairs, [*same_pairs, *different_pairs])

    def keep(weighed_pairs: WeighedPairs) -> Flags:
        if count_kin:
            kin_pairs.add(weighed_pairs)
            meeting_pairs.add(weighed_pairs)
        return flag_connecting_pairs(weighed_pairs, statistics) | _flag_listed_pairs(
            weighed_pairs, [*same_pairs, *different_pairs]
        )

    pairs_compared = len(all_pairs[0])
    open_pairs = _screen_pairs(inputs.prepared, all_pairs, [*same_pairs, *different_pairs])
    del pairs, all_pairs  # Weighing and clustering need the memory.
    weighed_pairs = weigh_in_slices(inputs.weigh, open_pairs, keep=keep)
    if score_pairs:
        fields, total = score_pairs(weighed_pairs.evidence)
        weighed_pairs = replace(weighed_pairs, fields=fields, total=total)
    if count_kin:
        kin_counts = count_kin_pairs(weighed_pairs, kin_pairs, units, inputs.multi_record, statistics.model)
        households = learn_households(statistics.households, meeting_pairs.counts())
        statistics = statistics.model_copy(update={"kin": kin_counts, "households": households})
        inputs = replace(inputs, prepared=replace(inputs.prepared, frozen=statistics))
    return Clustering(_parts(inputs, weighed_pairs, same_pairs, watch), weighed_pairs, pairs_compared, statistics)


def _flags(multi_record: Flags | None, count: int) -> Flags:
    return np.zeros(count, dtype=np.bool_) if multi_record is None else multi_record


def cluster_at_shifts(
    units: Sequence[Analysed],
    weighed_pairs: WeighedPairs,
    verdicts: Verdicts,
    statistics: RunStatistics,
    *,
    multi_record: Flags,
    shifts_bits: Iterable[float],
) -> Iterator[list[list[int]]]:
    """The parts found from the same weighed pairs with all thresholds shifted, for each of the shifts.

    weighed_pairs: as `cluster_units` found them: of `possible_bits` and more, so that a shift below it finds no more pairs.
    """
    same_pairs = list(find_judged_pairs(units, verdicts.same))
    prepared = prepare(statistics.kind, units, statistics)
    for shift in shifts_bits:
        yield _parts(
            _ClusteringInputs(replace(prepared, frozen=statistics.with_thresholds_moved(shift)), verdicts, multi_record),
            weighed_pairs,
            same_pairs,
            None,
        )


def find_judged_pairs(units: Sequence[Analysed], verdict_pairs: Iterable[tuple[str, str]]) -> Iterable[Pair]:
    """Positions, the smaller first, of the pairs of record ids that a person judged."""
    record_ids = {record_id for pair in verdict_pairs for record_id in pair}
    if not record_ids:
        return
    position_of = {unit.id: position for position, unit in enumerate(units) if unit.id in record_ids}
    for left, right in sorted(verdict_pairs):
        if left in position_of and right in position_of:
            yield min(position_of[left], position_of[right]), max(position_of[left], position_of[right])


def flag_connecting_pairs(weighed_pairs: WeighedPairs, statistics: RunStatistics) -> NDArray[np.bool_]:
    """Which pairs put two units into one connected component; pairs that a person judged do, whatever they weigh."""
    return _flag_near_pairs(weighed_pairs, statistics) | _flag_sure_pairs(weighed_pairs)


def _flag_near_pairs(weighed_pairs: WeighedPairs, statistics: RunStatistics) -> NDArray[np.bool_]:
    return np.asarray(weighed_pairs.total >= statistics.model.possible_bits, dtype=np.bool_)


def _flag_sure_pairs(weighed_pairs: WeighedPairs) -> NDArray[np.bool_]:
    guards = weighed_pairs.guards
    exclusive = weighed_pairs.evidence.agreement["ids"] == ID_EXCLUSIVE
    return np.asarray(exclusive & guards.allowed & ~guards.against & ~guards.forbidden, dtype=np.bool_)


def _screen_pairs(
    prepared: Prepared, pairs: tuple[Positions, Positions], judged_pairs: list[Pair]
) -> tuple[Positions, Positions]:
    """The pairs without those that reach no cut and are not counted either; of few pairs all."""
    if prepared.person_columns is None or len(pairs[0]) < SCREENED_PAIRS_MIN:
        return pairs
    is_open = build_screen(prepared, prepared.person_columns).flag_open_pairs(*pairs)
    if judged_pairs:
        is_open |= _are_listed(pairs, judged_pairs)
    return pairs[0][is_open], pairs[1][is_open]


def _flag_listed_pairs(weighed_pairs: WeighedPairs, pairs: list[Pair]) -> NDArray[np.bool_]:
    if not pairs:
        return np.zeros(len(weighed_pairs), dtype=np.bool_)
    return _are_listed((weighed_pairs.evidence.left, weighed_pairs.evidence.right), pairs)


def _are_listed(ends: tuple[Positions, Positions], pairs: list[Pair]) -> NDArray[np.bool_]:
    listed = np.array(pairs, dtype=np.int64)
    return np.isin(ends[0].astype(np.int64) << 32 | ends[1], listed[:, 0] << 32 | listed[:, 1])


def _merge_pairs(pairs: tuple[Positions, Positions], further_pairs: list[Pair]) -> tuple[Positions, Positions]:
    """Both lists of pairs as one, sorted, each pair once."""
    if not further_pairs:
        return pairs
    unique = np.unique(np.concatenate([np.stack(pairs, axis=1), np.array(further_pairs, dtype=np.int64)]), axis=0)
    return unique[:, 0], unique[:, 1]


@dataclass(frozen=True)
class _ClusteringInputs:
    """The inputs of one clustering: the prepared units, people's verdicts, and which units are several records."""

    prepared: Prepared
    verdicts: Verdicts
    multi_record: Flags

    @property
    def units(self) -> Sequence[Analysed]:
        return self.prepared.records

    @property
    def possible_bits(self) -> float:
        return self.prepared.frozen.model.possible_bits

    @property
    def thresholds(self) -> Thresholds:
        model = self.prepared.frozen.model
        return Thresholds(self.prepared.frozen.prior_bits, model.merge_bits, model.group_bits, best=model.group_best_share)

    def weigh(self, left: Integers, right: Integers) -> WeighedPairs:
        """Weighed pairs, those that a person called different forbidden."""
        weighed_pairs = weigh(self.prepared, (left, right))
        if not self.verdicts.different:
            return weighed_pairs
        ends = zip(left.tolist(), right.tolist(), strict=True)
        is_forbidden = (
            pair_of(self.units[left_unit].id, self.units[right_unit].id) in self.verdicts.different
            for left_unit, right_unit in ends
        )
        return forbid_pairs(weighed_pairs, np.fromiter(is_forbidden, np.bool_, len(weighed_pairs)))

    def weigh_edges(self, left: Integers, right: Integers) -> Edges:
        """Weigh pairs that no key proposed, when clustering needs them."""
        return self.edges(self.weigh(left, right), np.arange(len(left)))

    def may_join(self, left_group: Sequence[int], right_group: Sequence[int]) -> bool:
        """Whether the best of each field, of all pairs between two groups, may join them.

        Kin share all but a given name, so that another one must be overruled by a pair that tells it all.
        """
        ends = np.array([(min(a, b), max(a, b)) for a in left_group for b in right_group], dtype=np.int64)
        pooled = best_of(self.prepared, self.weigh(ends[:, 0], ends[:, 1]))
        flags = pooled.guards
        names_agree = pooled.evidence.names[0] > OTHER_MIDDLE
        return bool(names_agree and flags.allowed[0] and not flags.against[0] and pooled.total[0] >= self.thresholds.merge)

    def edges(self, weighed_pairs: WeighedPairs, rows: Integers) -> Edges:
        """The weighed pairs at these rows as edges for clustering."""
        flags, statistics = weighed_pairs.guards, self.prepared.frozen
        enough = weighed_pairs.total >= statistics.model.merge_bits
        free, lone = find_freed_pairs(weighed_pairs, self.units, statistics)
        left, right = weighed_pairs.evidence.left[rows], weighed_pairs.evidence.right[rows]
        return Edges(
            left,
            right,
            np.stack([column[rows] for column in weighed_pairs.fields.values()], axis=1),
            ((flags.allowed & enough) | free)[rows],
            (flags.against & ~free & ~find_neutral_pairs(weighed_pairs, statistics))[rows],
            flags.forbidden[rows],
            lone[rows] & ~self.multi_record[left] & ~self.multi_record[right],
        )


def _parts(
    inputs: _ClusteringInputs, weighed_pairs: WeighedPairs, same_pairs: list[Pair], watch: Watch | None
) -> list[list[int]]:
    """Partition the units; pairs below `possible_bits` count only where a person spoke of them."""
    is_near = _flag_near_pairs(weighed_pairs, inputs.prepared.frozen)
    if inputs.verdicts.different:
        separated_pairs = set(find_judged_pairs(inputs.units, inputs.verdicts.different))
        ends = zip(weighed_pairs.evidence.left.tolist(), weighed_pairs.evidence.right.tolist(), strict=True)
        is_near = is_near | np.fromiter((pair in separated_pairs for pair in ends), np.bool_, len(is_near))
    return find_clusters(
        [unit.content + unit.id for unit in inputs.units],
        inputs.edges(weighed_pairs, np.flatnonzero(is_near)),
        thresholds=inputs.thresholds,
        codes={at: unit.exclusive for at, unit in enumerate(inputs.units) if unit.ids and unit.exclusive},
        start=_atoms(inputs, weighed_pairs, same_pairs),
        weigh_pairs=inputs.weigh_edges,
        together=inputs.may_join if inputs.thresholds.best else None,
        watch=watch,
    )


def _atoms(inputs: _ClusteringInputs, weighed_pairs: WeighedPairs, forced: list[Pair]) -> list[int]:
    """First unit of those each is sure to be one with: the same exclusive identifier, or a person's word.

    Where being sure of each pair would bring two exclusive identifiers of a scheme together, only people's word counts.
    """
    is_sure, units = _flag_sure_pairs(weighed_pairs), inputs.units
    left = [*weighed_pairs.evidence.left[is_sure].tolist(), *(first for first, _ in forced)]
    right = [*weighed_pairs.evidence.right[is_sure].tolist(), *(second for _, second in forced)]
    if not left:
        return list(range(len(units)))
    heads = connected_heads(len(units), left, right)
    spoken_heads = connected_heads(len(units), *zip(*forced, strict=True)) if forced else list(range(len(units)))
    rejected_heads = _heads_with_mixed_codes(units, heads) | _heads_with_forbidden_pairs(inputs, heads, weighed_pairs)
    return [spoken_heads[at] if head in rejected_heads else head for at, head in enumerate(heads)]


def _heads_with_mixed_codes(units: Sequence[Analysed], heads: Sequence[int]) -> set[int]:
    """Heads whose units hold different exclusive identifiers of one scheme."""
    codes_of_head: dict[int, Codes] = {}
    mixed_heads = set()
    for at, head in enumerate(heads):
        if not units[at].ids:
            continue
        unit_codes = units[at].exclusive
        if codes_differ(codes_of_head.get(head, {}), unit_codes):
            mixed_heads.add(head)
        codes_of_head[head] = union_codes(codes_of_head.get(head, {}), unit_codes)
    return mixed_heads


def _heads_with_forbidden_pairs(inputs: _ClusteringInputs, heads: list[int], weighed_pairs: WeighedPairs) -> set[int]:
    """Heads of units of which two are forbidden to be one; of very many units only pairs worth a look are asked for."""
    units_of_head: dict[int, list[int]] = defaultdict(list)
    for at, head in enumerate(heads):
        units_of_head[head].append(at)
    pairs = [
        pair for members in units_of_head.values() if 2 < len(members) <= ATOM_UNITS_MAX for pair in combinations(members, 2)
    ]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    atom_pairs = inputs.weigh(ends[:, 0], ends[:, 1])
    is_near = _flag_near_pairs(weighed_pairs, inputs.prepared.frozen)
    return {
        heads[left]
        for left, right in (*_forbidden(atom_pairs), *_forbidden(weighed_pairs, is_near))
        if heads[left] == heads[right]
    }


def _forbidden(weighed_pairs: WeighedPairs, among: NDArray[np.bool_] | None = None) -> Iterable[Pair]:
    flags = weighed_pairs.guards.forbidden if among is None else weighed_pairs.guards.forbidden & among
    return zip(weighed_pairs.evidence.left[flags].tolist(), weighed_pairs.evidence.right[flags].tolist(), strict=True)


def connected_heads(count: int, left: Iterable[int], right: Iterable[int]) -> list[int]:
    """For each of `count` units the first unit of its connected component."""
    ends = [np.fromiter(side, np.int64) for side in (left, right)]
    graph = coo_matrix((np.ones(len(ends[0]), dtype=np.bool_), ends), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    first = np.full(count, count, dtype=np.int64)
    np.minimum.at(first, label, np.arange(count))
    heads: list[int] = first[label].tolist()
    return heads
