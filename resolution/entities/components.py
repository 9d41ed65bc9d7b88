"""Weighed pairs -> parts of one party each: what is sure first, then the clustering of every connected part.

A part depends on its own units, the edges of at least `possible_bits` between them, what people said, and `frozen`; on nothing
else. Pairs below that weight are never needed to find the part: clustering asks for those between two groups it looks at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from resolution.comparisons.evidence import Prepared, prepare
from resolution.comparisons.fields import ID_EXCLUSIVE
from resolution.comparisons.person_names import OTHER_MIDDLE
from resolution.comparisons.run_statistics import RunStatistics
from resolution.entities.clusters import Cut, Watch, clusters
from resolution.entities.codes import Codes, codes_differ, union_codes
from resolution.entities.group_links import Edges
from resolution.entities.kin import KinSeen, counted, freed
from resolution.judgements.slices import Places, in_slices
from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.judgements.weighed import Weighed, best_of, kept_apart, weigh
from resolution.records.analysed import Analysed

Pair = tuple[int, int]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
ATOM_ASKED_MAX = 45  # Units that are surely one of which every pair is looked at once more.


@dataclass(frozen=True)
class Joined:
    """parts: positions of the units of each party.

    weighed:  of the pairs that were proposed those that clustering looks at, verdicts respected: of `possible_bits` and more,
              of one exclusive identifier, or spoken of by a person.
    compared: how many pairs were weighed for it.
    frozen:   what they were weighed with; kin counted, where that was asked for.
    """

    parts: list[list[int]]
    weighed: Weighed
    compared: int
    frozen: RunStatistics


def join(
    units: Sequence[Analysed],
    pairs: tuple[Places, Places],
    verdicts: Verdicts,
    frozen: RunStatistics,
    *,
    several: Flags | None = None,
    prepared: Prepared | None = None,
    watch: Watch | None = None,
    count_kin: bool = False,
) -> Joined:
    """Find the parties among units of one kind, from the pairs their keys propose (left < right).

    For the units and pairs of one connected part the answer is the part of the answer for all units: neither their order
    nor what lies outside has any influence, unless kin are counted among them. several: units that are several records.
    prepared: the units made ready to be compared, where that was done before.
    """
    same = list(spoken(units, verdicts.same))
    different = list(spoken(units, verdicts.different))
    ground = _Ground(prepared or prepare(frozen.kind, units, frozen), verdicts, _flags(several, len(units)))
    seen = KinSeen()
    every = _with(pairs, [*same, *different])

    def keep(weighed: Weighed) -> Flags:
        if count_kin:
            seen.take(weighed)
        return connecting(weighed, frozen) | _among(weighed, [*same, *different])

    weighed = in_slices(ground.weigh, every, keep=keep)
    compared = len(every[0])
    del pairs, every  # Clustering needs the memory.
    if count_kin:
        kin = counted(weighed, seen, units, ground.several, frozen.model)
        frozen = frozen.model_copy(update={"kin": kin})
        ground = replace(ground, prepared=replace(ground.prepared, frozen=frozen))
    return Joined(_parts(ground, weighed, same, watch), weighed, compared, frozen)


def _flags(several: Flags | None, count: int) -> Flags:
    return np.zeros(count, dtype=np.bool_) if several is None else several


def joined_at(
    units: Sequence[Analysed],
    weighed: Weighed,
    verdicts: Verdicts,
    frozen: RunStatistics,
    *,
    several: Flags,
    shifts_bits: Iterable[float],
) -> Iterator[list[list[int]]]:
    """The parts that come of the same weighed pairs with the thresholds moved, for each of the shifts.

    weighed: as `join` found it: of `possible_bits` and more, so that a shift that goes below it finds no more pairs.
    """
    same = list(spoken(units, verdicts.same))
    prepared = prepare(frozen.kind, units, frozen)
    for shift in shifts_bits:
        yield _parts(
            _Ground(replace(prepared, frozen=frozen.with_thresholds_moved(shift)), verdicts, several), weighed, same, None
        )


def spoken(units: Sequence[Analysed], said: Iterable[tuple[str, str]]) -> Iterable[Pair]:
    """Positions, the first before the second, of the pairs of record ids that a person spoke of."""
    named = {one for pair in said for one in pair}
    at = {unit.id: position for position, unit in enumerate(units) if unit.id in named}
    for one, other in sorted(said):
        if one in at and other in at:
            yield min(at[one], at[other]), max(at[one], at[other])


def connecting(weighed: Weighed, frozen: RunStatistics) -> NDArray[np.bool_]:
    """Which pairs put two units into one connected part; those a person spoke of do so too, whatever they weigh."""
    return _near(weighed, frozen) | _sure(weighed)


def _near(weighed: Weighed, frozen: RunStatistics) -> NDArray[np.bool_]:
    return np.asarray(weighed.total >= frozen.model.possible_bits, dtype=np.bool_)


def _sure(weighed: Weighed) -> NDArray[np.bool_]:
    guards = weighed.guards
    exclusive = weighed.found.agreement["ids"] == ID_EXCLUSIVE
    return np.asarray(exclusive & guards.allowed & ~guards.against & ~guards.forbidden, dtype=np.bool_)


def _among(weighed: Weighed, pairs: list[Pair]) -> NDArray[np.bool_]:
    if not pairs:
        return np.zeros(len(weighed), dtype=np.bool_)
    asked = np.array(pairs, dtype=np.int64)
    return np.isin(weighed.found.left << 32 | weighed.found.right, asked[:, 0] << 32 | asked[:, 1])


def _with(pairs: tuple[Places, Places], more: list[Pair]) -> tuple[Places, Places]:
    """The pairs and these, sorted."""
    if not more:
        return pairs
    unique = np.unique(np.concatenate([np.stack(pairs, axis=1), np.array(more, dtype=np.int64)]), axis=0)
    return unique[:, 0], unique[:, 1]


@dataclass(frozen=True)
class _Ground:
    prepared: Prepared
    verdicts: Verdicts
    several: Flags

    @property
    def units(self) -> Sequence[Analysed]:
        return self.prepared.records

    @property
    def possible_bits(self) -> float:
        return self.prepared.frozen.model.possible_bits

    @property
    def cut(self) -> Cut:
        model = self.prepared.frozen.model
        return Cut(self.prepared.frozen.prior_bits, model.merge_bits, model.group_bits, best=model.group_best_share)

    def weigh(self, left: Whole, right: Whole) -> Weighed:
        """Weighed pairs, those that a person called different forbidden."""
        weighed = weigh(self.prepared, (left, right))
        if not self.verdicts.different:
            return weighed
        ends = zip(left.tolist(), right.tolist(), strict=True)
        apart = (pair_of(self.units[one].id, self.units[other].id) in self.verdicts.different for one, other in ends)
        return kept_apart(weighed, np.fromiter(apart, np.bool_, len(weighed)))

    def ask(self, left: Whole, right: Whole) -> Edges:
        """What clustering asks of pairs that nothing proposed."""
        return self.edges(self.weigh(left, right), np.arange(len(left)))

    def together(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """What clustering asks of two groups: whether the best of each field, of all pairs between them, may join them.

        Kin share all but a given name, so that another one must be overruled by a pair that tells it all.
        """
        ends = np.array([(min(a, b), max(a, b)) for a in one for b in other], dtype=np.int64)
        pooled = best_of(self.prepared, self.weigh(ends[:, 0], ends[:, 1]))
        flags = pooled.guards
        named = pooled.found.names[0] > OTHER_MIDDLE
        return bool(named and flags.allowed[0] and not flags.against[0] and pooled.total[0] >= self.cut.merge)

    def edges(self, weighed: Weighed, rows: Whole) -> Edges:
        """Some of the weighed pairs, as clustering takes them."""
        flags, frozen = weighed.guards, self.prepared.frozen
        enough, (free, lone) = weighed.total >= frozen.model.merge_bits, freed(weighed, self.units, frozen)
        left, right = weighed.found.left[rows], weighed.found.right[rows]
        return Edges(
            left,
            right,
            np.stack([column[rows] for column in weighed.fields.values()], axis=1),
            ((flags.allowed & enough) | free)[rows],
            (flags.against & ~free)[rows],
            flags.forbidden[rows],
            lone[rows] & ~self.several[left] & ~self.several[right],
        )


def _parts(ground: _Ground, weighed: Weighed, same: list[Pair], watch: Watch | None) -> list[list[int]]:
    """Partition the units; pairs below `possible_bits` count only where a person spoke of them."""
    near = _near(weighed, ground.prepared.frozen)
    if ground.verdicts.different:
        told = set(spoken(ground.units, ground.verdicts.different))
        ends = zip(weighed.found.left.tolist(), weighed.found.right.tolist(), strict=True)
        near = near | np.fromiter((pair in told for pair in ends), np.bool_, len(near))
    return clusters(
        [unit.content + unit.id for unit in ground.units],
        ground.edges(weighed, np.flatnonzero(near)),
        cut=ground.cut,
        codes={at: unit.exclusive for at, unit in enumerate(ground.units) if unit.ids and unit.exclusive},
        start=_atoms(ground, weighed, same),
        ask=ground.ask,
        together=ground.together if ground.cut.best else None,
        watch=watch,
    )


def _atoms(ground: _Ground, weighed: Weighed, forced: list[Pair]) -> list[int]:
    """First unit of those each is sure to be one with: the same exclusive identifier, or a person's word.

    Where being sure of each pair would bring two exclusive identifiers of a scheme together, only people's word counts.
    """
    sure, units = _sure(weighed), ground.units
    left = [*weighed.found.left[sure].tolist(), *(one for one, _ in forced)]
    right = [*weighed.found.right[sure].tolist(), *(other for _, other in forced)]
    if not left:
        return list(range(len(units)))
    whole = components(len(units), left, right)
    said = components(len(units), *zip(*forced, strict=True)) if forced else list(range(len(units)))
    mixed = _mixed(units, whole) | _torn(ground, whole, weighed)
    return [said[at] if head in mixed else head for at, head in enumerate(whole)]


def _mixed(units: Sequence[Analysed], heads: Sequence[int]) -> set[int]:
    """Heads whose units hold different exclusive identifiers of one scheme."""
    seen: dict[int, Codes] = {}
    mixed = set()
    for at, head in enumerate(heads):
        if not units[at].ids:
            continue
        own = units[at].exclusive
        if codes_differ(seen.get(head, {}), own):
            mixed.add(head)
        seen[head] = union_codes(seen.get(head, {}), own)
    return mixed


def _torn(ground: _Ground, heads: list[int], weighed: Weighed) -> set[int]:
    """Heads of units of which two are forbidden to be one; of very many units only pairs worth a look are asked for."""
    held: dict[int, list[int]] = defaultdict(list)
    for at, head in enumerate(heads):
        held[head].append(at)
    pairs = [pair for own in held.values() if 2 < len(own) <= ATOM_ASKED_MAX for pair in combinations(own, 2)]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found = ground.weigh(ends[:, 0], ends[:, 1])
    near = _near(weighed, ground.prepared.frozen)
    return {heads[left] for left, right in (*_forbidden(found), *_forbidden(weighed, near)) if heads[left] == heads[right]}


def _forbidden(weighed: Weighed, among: NDArray[np.bool_] | None = None) -> Iterable[Pair]:
    flags = weighed.guards.forbidden if among is None else weighed.guards.forbidden & among
    return zip(weighed.found.left[flags].tolist(), weighed.found.right[flags].tolist(), strict=True)


def components(count: int, left: Iterable[int], right: Iterable[int]) -> list[int]:
    """For each of `count` units the first unit it is connected with over any number of pairs."""
    ends = [np.fromiter(side, np.int64) for side in (left, right)]
    graph = coo_matrix((np.ones(len(ends[0]), dtype=np.bool_), ends), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    first = np.full(count, count, dtype=np.int64)
    np.minimum.at(first, label, np.arange(count))
    found: list[int] = first[label].tolist()
    return found
