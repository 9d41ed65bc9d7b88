"""Weighed pairs -> parts of one party each: what is sure first, then the clustering of every connected part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.fields import ID_EXCLUSIVE
from resolution.entities.clusters import Codes, Cut, Edges, clusters, codes_differ, components, union_codes
from resolution.judgements.weighed import Weighed
from resolution.records.analysed import Analysed

Pair = tuple[int, int]
Whole = NDArray[np.int64]


def parts_of(units: Sequence[Analysed], weighed: Weighed, *, cut: Cut, possible: float, same: Iterable[Pair]) -> list[list[int]]:
    """Partition the units. possible: weight in bits from which two are looked at together at all.

    same: pairs a person called the same; they join whatever their weight. The order of units has no influence.
    """
    atom = _atoms(units, weighed, list(same))
    members: dict[int, list[int]] = defaultdict(list)
    for at, own in enumerate(atom.tolist()):
        members[own].append(at)
    left, right = atom[weighed.found.left], atom[weighed.found.right]
    near = weighed.total >= possible
    head = np.array(components(len(units), left[near].tolist(), right[near].tolist()))
    ground = _Ground(units, members, _edges(weighed, left, right, cut), cut)
    rows = _rows_by_component(head, left, right)
    parts: list[list[int]] = []
    for at, atoms in _by_head(head[atom], atom).items():
        joined = _cluster(ground, atoms, rows[at]) if at in rows else [[own] for own in atoms]
        parts += [sorted(one for own in group for one in members[own]) for group in joined]
    return sorted(parts)


@dataclass(frozen=True)
class _Ground:
    """What the clustering of every connected part stands on; edges run between atoms."""

    units: Sequence[Analysed]
    members: dict[int, list[int]]
    edges: Edges
    cut: Cut


def _edges(weighed: Weighed, left: Whole, right: Whole, cut: Cut) -> Edges:
    flags = weighed.guards
    bits = np.stack(list(weighed.fields.values()), axis=1)
    return Edges(left, right, bits, flags.allowed & (weighed.total >= cut.merge), flags.against, flags.forbidden)


def _atoms(units: Sequence[Analysed], weighed: Weighed, forced: list[Pair]) -> Whole:
    """First unit of those each is sure to be one with: the same exclusive identifier, or a person's word.

    Where being sure of each pair would bring two exclusive identifiers of a scheme together, only people's word counts.
    """
    guards = weighed.guards
    sure = (weighed.found.agreement["ids"] == ID_EXCLUSIVE) & guards.allowed & ~guards.against & ~guards.forbidden
    left = [*weighed.found.left[sure].tolist(), *(one for one, _ in forced)]
    right = [*weighed.found.right[sure].tolist(), *(other for _, other in forced)]
    whole = components(len(units), left, right)
    said = components(len(units), *zip(*forced, strict=True)) if forced else list(range(len(units)))
    mixed = _mixed(units, whole) | _torn(whole, weighed)
    return np.array([said[at] if head in mixed else head for at, head in enumerate(whole)], dtype=np.int64)


def _mixed(units: Sequence[Analysed], heads: Sequence[int]) -> set[int]:
    """Heads whose units hold different exclusive identifiers of one scheme."""
    seen: dict[int, Codes] = {}
    mixed = set()
    for at, head in enumerate(heads):
        own = units[at].exclusive
        if codes_differ(seen.get(head, {}), own):
            mixed.add(head)
        seen[head] = union_codes(seen.get(head, {}), own)
    return mixed


def _torn(heads: Sequence[int], weighed: Weighed) -> set[int]:
    """Heads that hold both ends of a forbidden pair."""
    forbidden = weighed.guards.forbidden
    ends = zip(weighed.found.left[forbidden].tolist(), weighed.found.right[forbidden].tolist(), strict=True)
    return {heads[left] for left, right in ends if heads[left] == heads[right]}


def _rows_by_component(head: Whole, left: Whole, right: Whole) -> dict[int, Whole]:
    """Pairs within each connected part, those inside one atom left out."""
    inside = np.flatnonzero((head[left] == head[right]) & (left != right))
    if not len(inside):
        return {}
    order = inside[np.argsort(head[left[inside]], kind="stable")]
    heads = head[left[order]]
    starts = np.flatnonzero(heads[1:] != heads[:-1]) + 1
    return {int(head[left[rows[0]]]): rows for rows in np.split(order, starts)}


def _by_head(heads: Whole, atom: Whole) -> dict[int, list[int]]:
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for head, own in zip(heads.tolist(), atom.tolist(), strict=True):
        found[head][own] = None
    return {head: list(atoms) for head, atoms in found.items()}


def _cluster(ground: _Ground, atoms: list[int], rows: Whole) -> list[list[int]]:
    """Cluster one connected part; atoms are numbered 0..n-1 within it."""
    place = {own: at for at, own in enumerate(atoms)}
    left, right = (np.array([place[own] for own in side[rows].tolist()]) for side in (ground.edges.left, ground.edges.right))
    edges = ground.edges
    local = Edges(left, right, edges.bits[rows], edges.allowed[rows], edges.against[rows], edges.forbidden[rows])
    told = [[ground.units[one] for one in ground.members[own]] for own in atoms]
    texts = [min(unit.content + unit.id for unit in held) for held in told]
    codes = {at: union_codes(*(unit.exclusive for unit in held)) for at, held in enumerate(told)}
    return [[atoms[at] for at in group] for group in clusters(texts, local, cut=ground.cut, codes=codes)]
