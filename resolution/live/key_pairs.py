"""Finds the pairs of units that share a key, and how they change when units are added or removed.

A key with no more holders than its cap pairs all of them. Above the cap an identifier pairs each holder with the first, and any
other key none. candidates/pairs.py does the same for all units at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from resolution.candidates import keys as keys_of
from resolution.candidates import pairs as caps
from resolution.live.hashes import number_of
from resolution.live.live_session import LiveSession, Pair, is_id
from resolution.live.units import UnitChanges
from resolution.records.analysed import Analysed


@dataclass(frozen=True)
class ChangedKey:
    """A key whose pairs changed: its holders crossed the cap, or its first holder changed.

    holders: units that held it before and that the call does not change.
    """

    key: str
    holders: tuple[int, ...]


def rekey(session: LiveSession, unit_changes: UnitChanges) -> tuple[set[Pair], list[ChangedKey]]:
    """Write the keys of the changed units; returns the pairs of the new units, and the keys whose other pairs changed."""
    keys_before = {number: active_keys(session, form) for number, form in unit_changes.former_units.items()}
    keys_now = {number: active_keys(session, form) for number, form in unit_changes.new_units.items()}
    before = session.holders({key for keys in (*keys_before.values(), *keys_now.values()) for key in keys})
    additions = {(key, number) for number, keys in keys_now.items() for key in keys - keys_before.get(number, set())}
    removals = {(key, number) for number, keys in keys_before.items() for key in keys - keys_now.get(number, set())}
    session.memory.keys.apply_changes(session.store, _number_entries(additions), _number_entries(removals))
    after = _holders_after(before, additions, removals)
    units_changed = unit_changes.former_units.keys() | unit_changes.new_units.keys()
    ids = session.record_cache.ids_of(
        {number for key, holders in after.items() if is_id(key) for number in (*holders, *before[key])}
    )
    pairs = {
        _pair(number, partner)
        for number, keys in keys_now.items()
        for key in keys
        for partner in partners(key, number, after[key], ids)
    }
    return pairs, [
        changed_key for key in before if (changed_key := _find_changed_key(key, before[key], after[key], ids, units_changed))
    ]


def active_keys(session: LiveSession, form: Analysed) -> set[str]:
    """Keys of a record, without the stopped ones, from which no pair comes."""
    return keys_of(form) - session.basis(form.kind).stopped_keys


def cap_of(key: str) -> int:
    """Holders up to which a key pairs all of them."""
    return caps.ID_HOLDERS_MAX if is_id(key) else caps.HOLDERS_MAX


def partners(key: str, number: int, holders: Collection[int], ids: Mapping[int, str]) -> list[int]:
    """The holders that the key pairs with this one."""
    if len(holders) <= cap_of(key):
        return [holder for holder in holders if holder != number]
    if not is_id(key):
        return []
    first = min(holders, key=ids.__getitem__)
    return [holder for holder in holders if holder != number] if number == first else [first]


def pairs_of(key: str, holders: Collection[int], ids: Mapping[int, str]) -> Iterable[Pair]:
    """All pairs of the key. ids: record ids of the holders, needed where the key is an identifier."""
    if len(holders) <= cap_of(key):
        return (_pair(*pair) for pair in combinations(holders, 2))
    if not is_id(key):
        return ()
    first = min(holders, key=ids.__getitem__)
    return (_pair(first, holder) for holder in holders if holder != first)


def _find_changed_key(
    key: str, before: Collection[int], after: Collection[int], ids: Mapping[int, str], units_changed: Collection[int]
) -> ChangedKey | None:
    if _pairing_mode(key, before, ids) == _pairing_mode(key, after, ids):
        return None
    holders_that_stay = tuple(number for number in before if number not in units_changed)
    return ChangedKey(key, holders_that_stay) if len(holders_that_stay) > 1 else None


def _pairing_mode(key: str, holders: Collection[int], ids: Mapping[int, str]) -> int:
    """How the key pairs its holders: all (-1), none (-2), or each with this one."""
    if len(holders) <= cap_of(key):
        return -1
    return min(holders, key=ids.__getitem__) if is_id(key) else -2


def _holders_after(
    before: Mapping[str, Collection[int]], additions: Iterable[tuple[str, int]], removals: Iterable[tuple[str, int]]
) -> dict[str, set[int]]:
    after = {key: set(holders) for key, holders in before.items()}
    for key, number in removals:
        after[key].discard(number)
    for key, number in additions:
        after[key].add(number)
    return after


def _number_entries(entries: Iterable[tuple[str, int]]) -> Iterable[tuple[int, int]]:
    return ((number_of(key), number) for key, number in entries)


def _pair(first: int, second: int) -> Pair:
    return (first, second) if first < second else (second, first)
