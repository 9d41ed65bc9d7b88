"""Edges: pairs of units near enough that what becomes of one concerns the other. Kept, so that no part is searched for twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from ontology.base import PartyKind
from resolution.entities.components import connecting
from resolution.judgements.verdicts import pair_of
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.live.live_session import LiveSession, Pair
from resolution.live.key_pairs import Turned, active_keys, pairs_of, rekey
from resolution.live.queue import put_off
from resolution.live.units import Regrouped
from resolution.records.analysed import Analysed
from resolution.records.sides import as_person, record_of

AT_ONCE_MAX = 1  # Keys that turned and are worked off within the call; each costs up to fifty records read and 1,225 pairs.


def connect(call: LiveSession, changed: Regrouped) -> set[int]:
    """Weigh the new units, forget the edges of those that went; return every unit whose part may be another now."""
    pairs, turned = rekey(call, changed)
    moved = changed.gone.keys() | changed.come.keys()
    held = call.edges_of(moved)
    pairs |= _spoken(call, changed.come)
    near = set(_near(call, pairs))
    was = {(min(one, other), max(one, other)) for one, own in held.items() for other in own}
    call.change_edges(near - was, was - near)
    seeds = changed.seeds | changed.come.keys() | {end for pair in was | near for end in pair}
    for one in turned[:AT_ONCE_MAX]:
        seeds |= turn(call, one)
    put_off(call.store, ((one.key, one.holders) for one in turned[AT_ONCE_MAX:]))
    return seeds - (changed.gone.keys() - changed.come.keys())


def turn(call: LiveSession, turned: Turned) -> set[int]:
    """Pair the holders of a key as it pairs them now; return the units whose part may be another now."""
    holders = call.holders([turned.key])[turned.key]
    pairs = set(pairs_of(turned.key, holders, call.parties.named(holders)))
    held = call.edges_of({*holders, *turned.holders})
    edges = {(one, other) for one, own in held.items() for other in own if one < other}
    stayed = set(turned.holders)
    doubtful = {(one, other) for one, other in edges if one in stayed and other in stayed} - pairs
    lost = _unsupported(call, doubtful)
    come = set(_near(call, pairs - edges))
    call.change_edges(come, lost)
    return {end for pair in come | lost for end in pair}


def reached(call: LiveSession, seeds: Collection[int]) -> set[int]:
    """All units that edges connect with one of these, and these; of a record of unknown kind with what either side reaches."""
    found = frontier = set(seeds)
    while frontier:
        near = {other for own in call.edges_of(frontier).values() for other in own}
        frontier = (near | _other_sides(call, frontier)) - found
        found = found | frontier
    return found


def _other_sides(call: LiveSession, numbers: Collection[int]) -> set[int]:
    ids = call.parties.named(numbers).values()
    call.parties.read_records(map(record_of, ids))
    untold = {record_of(id_) for id_ in ids if call.parties.records[record_of(id_)].kind is PartyKind.UNKNOWN}
    return set(call.parties.numbers([side for id_ in untold for side in (id_, as_person(id_))]).values())


def edges_among(call: LiveSession, numbers: Collection[int]) -> set[Pair]:
    """Edges of these units, each once."""
    held = call.edges_of(numbers)
    return {(one, other) for one, own in held.items() for other in own if one < other}


def _near(call: LiveSession, pairs: Collection[Pair]) -> Iterable[Pair]:
    """Those of the pairs that connect."""
    forms = call.parties.forms({end for pair in pairs for end in pair})
    by_kind: dict[PartyKind, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs):
        by_kind[forms[pair[0]].kind].append(pair)
    for kind, own in by_kind.items():
        yield from _near_of_kind(call, kind, own, forms)


def _near_of_kind(call: LiveSession, kind: PartyKind, pairs: list[Pair], forms: dict[int, Analysed]) -> Iterable[Pair]:
    place = {number: at for at, number in enumerate(sorted({end for pair in pairs for end in pair}))}
    units = [forms[number] for number in place]
    ends = np.array([(place[one], place[other]) for one, other in pairs], dtype=np.int64)
    frozen = call.ground(kind).frozen
    weighed = weigh_pairs(kind, units, (ends[:, 0], ends[:, 1]), frozen)
    said = _said(call, units)
    flags = connecting(weighed, frozen)
    for pair, (left, right), connects in zip(pairs, ends.tolist(), flags.tolist(), strict=True):
        if connects or (said and pair_of(units[left].id, units[right].id) in said):
            yield pair


def _said(call: LiveSession, units: Iterable[Analysed]) -> frozenset[tuple[str, str]]:
    told = call.verdicts_of([unit.id for unit in units])
    return told.same | told.different


def _spoken(call: LiveSession, units: Collection[int]) -> set[Pair]:
    """Pairs a person spoke of with one of these units in them, where both are there."""
    if not units:
        return set()
    ids = call.parties.named(units)
    said = call.verdicts_of(ids.values())
    numbers = call.parties.numbers(said.touched)
    told = ((numbers.get(left), numbers.get(right)) for left, right in said.same | said.different)
    found = {(min(one, other), max(one, other)) for one, other in told if one is not None and other is not None}
    return {pair for pair in found if _one_kind(call, pair)}


def _one_kind(call: LiveSession, pair: Pair) -> bool:
    forms = call.parties.forms(pair)
    return forms[pair[0]].kind is forms[pair[1]].kind


def _unsupported(call: LiveSession, edges: Collection[Pair]) -> set[Pair]:
    """Edges that no key and no person's word brings together any more."""
    if not edges:
        return set()
    forms = call.parties.forms({end for pair in edges for end in pair})
    keys = {number: active_keys(call, form) for number, form in forms.items()}
    shared = {pair: keys[pair[0]] & keys[pair[1]] for pair in edges}
    holders = call.holders({key for own in shared.values() for key in own})
    ids = call.parties.named({number for own in holders.values() for number in own})
    said = _said(call, forms.values())
    return {
        pair
        for pair, own in shared.items()
        if pair_of(forms[pair[0]].id, forms[pair[1]].id) not in said
        and not any(pair in pairs_of(key, holders[key], ids) for key in own)
    }
