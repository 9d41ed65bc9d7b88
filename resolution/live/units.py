"""Records that say the same are one unit where that is enough to join two: which units go and which come by a call."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from resolution.judgements.weighed import weigh_pairs
from resolution.live.dirty import Dirty
from resolution.live.hashes import number_of
from resolution.live.live_session import LiveSession, content_key, id_key, touched_key
from resolution.records.analysed import Analysed

Units = dict[int, Analysed]


@dataclass
class Regrouped:
    """Units that go and units that come, by the number of their first record; and units whose part is to be looked at anew."""

    gone: Units = field(default_factory=dict)
    come: Units = field(default_factory=dict)
    seeds: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Group:
    """All records that say one thing, before the call or after it."""

    members: set[int]
    touched: set[int]


def regroup(call: LiveSession, dirty: Dirty, *, anew: Collection[str] = ()) -> Regrouped:
    """Put the records of a call under what they say now, and tell which units that changes.

    anew: ids of records whose units go and come even where they stay as they are, so that all their pairs are weighed anew.
    """
    contents = {form.content: form for form in (*dirty.before.values(), *dirty.after.values()) if form is not None}
    held = call.holders_of_all([content_key(content) for content in contents])
    before = {content: set(held[content_key(content)]) for content in contents}
    after = _moved(before, dirty)
    ids = call.parties.named(set().union(*before.values())) | dirty.ids
    touched = _touched_before(call, ids)
    now = touched - dirty.ids.keys() | _touched_now(call, dirty)
    found = Regrouped()
    for content, form in contents.items():
        was, will = _Group(before[content], touched), _Group(after[content], now)
        enough = max(len(was.members), len(will.members)) > 1 and enough_alone(call, form)
        again = {number for number, id_ in dirty.ids.items() if id_ in anew}
        _compare(found, _units(was, form, ids, enough=enough), _units(will, form, ids, enough=enough), again)
        found.seeds |= _seeds(was, will, form, ids, dirty.ids.keys(), enough=enough)
    _put(call, dirty, touched, now)
    return found


def enough_alone(call: LiveSession, form: Analysed) -> bool:
    """Whether two records that say exactly this are one party."""
    frozen = call.ground(form.kind).frozen
    itself = np.zeros(1, dtype=np.int64)
    weighed = weigh_pairs(form.kind, [form], (itself, itself), frozen.without_partners)
    return bool(weighed.guards.allowed[0] and weighed.total[0] >= frozen.model.merge_bits)


def touched_among(call: LiveSession, ids: Mapping[int, str]) -> set[int]:
    """Numbers of those a person spoke of."""
    held = call.holders_of_all([touched_key(id_) for id_ in ids.values()])
    return {number for own in held.values() for number in own}


def _touched_before(call: LiveSession, ids: Mapping[int, str]) -> set[int]:
    return touched_among(call, ids)


def _touched_now(call: LiveSession, dirty: Dirty) -> set[int]:
    spoken = call.verdicts_of(dirty.ids.values()).touched
    return {number for number, id_ in dirty.ids.items() if id_ in spoken and dirty.after[number] is not None}


def _moved(before: Mapping[str, set[int]], dirty: Dirty) -> dict[str, set[int]]:
    after = {content: set(members) for content, members in before.items()}
    for number, form in dirty.before.items():
        if form is not None:
            after[form.content].discard(number)
    for number, form in dirty.after.items():
        if form is not None:
            after[form.content].add(number)
    return after


def _units(group: _Group, form: Analysed, ids: Mapping[int, str], *, enough: bool) -> Units:
    """A group's units: one, of its first record, or each record."""
    whole = len(group.members) > 1 and enough and not group.members & group.touched
    chosen = [min(group.members, key=ids.__getitem__)] if whole else group.members
    return {number: replace(form, id=ids[number]) for number in chosen}


def _seeds(
    was: _Group, will: _Group, form: Analysed, ids: Mapping[int, str], dirty: Collection[int], *, enough: bool
) -> set[int]:
    """Units of the group whose part is looked at: all where one unit holds or held several records, else the changed ones."""
    units = set(_units(will, form, ids, enough=enough))
    whole = any(len(one.members) > 1 and enough and not one.members & one.touched for one in (was, will))
    return units if whole else units & set(dirty)


def _compare(found: Regrouped, was: Units, will: Units, again: Collection[int]) -> None:
    found.gone |= {number: form for number, form in was.items() if number not in will or number in again}
    found.come |= {number: form for number, form in will.items() if number not in was or number in again}


def _put(call: LiveSession, dirty: Dirty, touched: set[int], now: set[int]) -> None:
    """Write under which contents, ids and marks the records of the call lie."""
    put: dict[str, set[int]] = defaultdict(set)
    taken: dict[str, set[int]] = defaultdict(set)
    for number, id_ in dirty.ids.items():
        was, will = dirty.before[number], dirty.after[number]
        _move(put, taken, number, content_key(was.content) if was else None, content_key(will.content) if will else None)
        _move(put, taken, number, id_key(id_) if was else None, id_key(id_) if will else None)
        _move(
            put,
            taken,
            number,
            touched_key(id_) if number in touched else None,
            touched_key(id_) if number in now else None,
        )
    call.memory.keys.change(call.store, _entries(put), _entries(taken))


def _move(put: dict[str, set[int]], taken: dict[str, set[int]], number: int, was: str | None, will: str | None) -> None:
    if was != will:
        if was is not None:
            taken[was].add(number)
        if will is not None:
            put[will].add(number)


def _entries(told: Mapping[str, set[int]]) -> Iterable[tuple[int, int]]:
    return ((number_of(key), number) for key, own in told.items() for number in own)
