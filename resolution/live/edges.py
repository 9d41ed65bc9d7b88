"""Edges: pairs of units whose clustering depends on each other. Stored, so that a component can be looked up."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from ontology.base import PartyKind
from resolution.entities.components import flag_connecting_pairs
from resolution.judgements.verdicts import pair_of
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.live.key_pairs import ChangedKey, active_keys, pairs_of, rekey
from resolution.live.live_session import LiveSession, Pair
from resolution.live.task_queue import queue_keys
from resolution.live.units import UnitChanges
from resolution.records.analysed import Analysed
from resolution.records.sides import as_person, record_of

AT_ONCE_MAX = 1  # Changed keys that are worked off within the call; each costs up to fifty records read and 1,225 pairs.


def connect(session: LiveSession, unit_changes: UnitChanges) -> set[int]:
    """Add the edges of new units and remove those of removed units; returns every unit whose component may have changed."""
    pairs, changed_keys = rekey(session, unit_changes)
    units_changed = unit_changes.former_units.keys() | unit_changes.new_units.keys()
    edges_before = session.edges_of(units_changed)
    pairs |= _judged_pairs_of_units(session, unit_changes.new_units)
    pairs_now = set(_near(session, pairs))
    pairs_before = {
        (min(unit, neighbour), max(unit, neighbour)) for unit, neighbours in edges_before.items() for neighbour in neighbours
    }
    session.change_edges(pairs_now - pairs_before, pairs_before - pairs_now)
    seeds = unit_changes.seeds | unit_changes.new_units.keys() | {end for pair in pairs_before | pairs_now for end in pair}
    for changed_key in changed_keys[:AT_ONCE_MAX]:
        seeds |= pair_holders_anew(session, changed_key)
    queue_keys(session.store, ((changed_key.key, changed_key.holders) for changed_key in changed_keys[AT_ONCE_MAX:]))
    return seeds - (unit_changes.former_units.keys() - unit_changes.new_units.keys())


def pair_holders_anew(session: LiveSession, changed_key: ChangedKey) -> set[int]:
    """Pair the holders of a key as the key pairs them now; returns the units whose component may have changed."""
    holders = session.holders([changed_key.key])[changed_key.key]
    pairs = set(pairs_of(changed_key.key, holders, session.record_cache.ids_of(holders)))
    neighbours_by_unit = session.edges_of({*holders, *changed_key.holders})
    edges = {(unit, neighbour) for unit, neighbours in neighbours_by_unit.items() for neighbour in neighbours if unit < neighbour}
    holders_that_stay = set(changed_key.holders)
    doubtful = {
        (unit, neighbour) for unit, neighbour in edges if unit in holders_that_stay and neighbour in holders_that_stay
    } - pairs
    lost_edges = _unsupported(session, doubtful)
    new_edges = set(_near(session, pairs - edges))
    session.change_edges(new_edges, lost_edges)
    return {end for pair in new_edges | lost_edges for end in pair}


def reachable_units(session: LiveSession, seeds: Collection[int]) -> set[int]:
    """These units and all that edges connect with them; a record of unknown kind connects the units of both its sides."""
    reachable = frontier = set(seeds)
    while frontier:
        neighbours = {neighbour for neighbours_of_unit in session.edges_of(frontier).values() for neighbour in neighbours_of_unit}
        frontier = (neighbours | _other_sides(session, frontier)) - reachable
        reachable = reachable | frontier
    return reachable


def _other_sides(session: LiveSession, numbers: Collection[int]) -> set[int]:
    ids = session.record_cache.ids_of(numbers).values()
    session.record_cache.read_records(map(record_of, ids))
    unknown_kind_ids = {record_of(id_) for id_ in ids if session.record_cache.records[record_of(id_)].kind is PartyKind.UNKNOWN}
    return set(session.record_cache.numbers_of([side for id_ in unknown_kind_ids for side in (id_, as_person(id_))]).values())


def edges_among(session: LiveSession, numbers: Collection[int]) -> set[Pair]:
    """The edges between these units, each once."""
    neighbours_by_unit = session.edges_of(numbers)
    return {(unit, neighbour) for unit, neighbours in neighbours_by_unit.items() for neighbour in neighbours if unit < neighbour}


def _near(session: LiveSession, pairs: Collection[Pair]) -> Iterable[Pair]:
    """Those of the pairs that connect."""
    forms = session.record_cache.forms({end for pair in pairs for end in pair})
    by_kind: dict[PartyKind, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs):
        by_kind[forms[pair[0]].kind].append(pair)
    for kind, kind_pairs in by_kind.items():
        yield from _near_of_kind(session, kind, kind_pairs, forms)


def _near_of_kind(session: LiveSession, kind: PartyKind, pairs: list[Pair], forms: dict[int, Analysed]) -> Iterable[Pair]:
    position_of = {number: at for at, number in enumerate(sorted({end for pair in pairs for end in pair}))}
    units = [forms[number] for number in position_of]
    ends = np.array([(position_of[left], position_of[right]) for left, right in pairs], dtype=np.int64)
    statistics = session.basis(kind).statistics
    weighed_pairs = weigh_pairs(kind, units, (ends[:, 0], ends[:, 1]), statistics)
    judged_pairs = _judged_pairs(session, units)
    is_connecting = flag_connecting_pairs(weighed_pairs, statistics)
    for pair, (left, right), connects in zip(pairs, ends.tolist(), is_connecting.tolist(), strict=True):
        if connects or (judged_pairs and pair_of(units[left].id, units[right].id) in judged_pairs):
            yield pair


def _judged_pairs(session: LiveSession, units: Iterable[Analysed]) -> frozenset[tuple[str, str]]:
    verdicts = session.verdicts_of([unit.id for unit in units])
    return verdicts.same | verdicts.different


def _judged_pairs_of_units(session: LiveSession, units: Collection[int]) -> set[Pair]:
    """Pairs a person spoke of with one of these units in them, where both are there."""
    if not units:
        return set()
    ids = session.record_cache.ids_of(units)
    verdicts = session.verdicts_of(ids.values())
    numbers = session.record_cache.numbers_of(verdicts.judged_records)
    number_pairs = ((numbers.get(left), numbers.get(right)) for left, right in verdicts.same | verdicts.different)
    pairs = {(min(left, right), max(left, right)) for left, right in number_pairs if left is not None and right is not None}
    return {pair for pair in pairs if _one_kind(session, pair)}


def _one_kind(session: LiveSession, pair: Pair) -> bool:
    forms = session.record_cache.forms(pair)
    return forms[pair[0]].kind is forms[pair[1]].kind


def _unsupported(session: LiveSession, edges: Collection[Pair]) -> set[Pair]:
    """Edges whose two units no key and no verdict pairs any more."""
    if not edges:
        return set()
    forms = session.record_cache.forms({end for pair in edges for end in pair})
    keys = {number: active_keys(session, form) for number, form in forms.items()}
    shared = {pair: keys[pair[0]] & keys[pair[1]] for pair in edges}
    holders = session.holders({key for keys_shared in shared.values() for key in keys_shared})
    ids = session.record_cache.ids_of({number for numbers in holders.values() for number in numbers})
    judged_pairs = _judged_pairs(session, forms.values())
    return {
        pair
        for pair, keys_shared in shared.items()
        if pair_of(forms[pair[0]].id, forms[pair[1]].id) not in judged_pairs
        and not any(pair in pairs_of(key, holders[key], ids) for key in keys_shared)
    }
