"""Which pairs of units a key brings together, and what becomes of them when units come and go.

A key held by no more than its cap pairs all its holders, an identifier beyond it each with the first: as candidates/pairs.py does
for all at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from resolution.candidates import keys as keys_of
from resolution.candidates import pairs as caps
from resolution.live.hashes import number_of
from resolution.live.live_session import LiveSession, Pair, is_id
from resolution.live.units import Regrouped
from resolution.records.analysed import Analysed


@dataclass(frozen=True)
class Turned:
    """A key that pairs its holders otherwise than before: it crossed its cap, or another holder is its first.

    holders: units that held it before and that the call left alone.
    """

    key: str
    holders: tuple[int, ...]


def rekey(call: LiveSession, changed: Regrouped) -> tuple[set[Pair], list[Turned]]:
    """Write which keys the units hold now; return the pairs that the new units are in, and the keys that turned."""
    was = {number: active_keys(call, form) for number, form in changed.gone.items()}
    will = {number: active_keys(call, form) for number, form in changed.come.items()}
    before = call.holders({key for own in (*was.values(), *will.values()) for key in own})
    put = {(key, number) for number, own in will.items() for key in own - was.get(number, set())}
    taken = {(key, number) for number, own in was.items() for key in own - will.get(number, set())}
    call.memory.keys.change(call.store, _hashed(put), _hashed(taken))
    after = _after(before, put, taken)
    moved = changed.gone.keys() | changed.come.keys()
    ids = call.parties.named({number for key, own in after.items() if is_id(key) for number in (*own, *before[key])})
    pairs = {
        _pair(number, other) for number, own in will.items() for key in own for other in partners(key, number, after[key], ids)
    }
    return pairs, [one for key in before if (one := _turned(key, before[key], after[key], ids, moved))]


def active_keys(call: LiveSession, form: Analysed) -> set[str]:
    """Keys of a record, without those no pair comes from."""
    return keys_of(form) - call.ground(form.kind).stopped


def cap_of(key: str) -> int:
    """Holders up to which a key pairs all of them."""
    return caps.ID_HOLDERS_MAX if is_id(key) else caps.HOLDERS_MAX


def partners(key: str, number: int, holders: Collection[int], ids: Mapping[int, str]) -> list[int]:
    """With whom the key pairs one of its holders."""
    if len(holders) <= cap_of(key):
        return [other for other in holders if other != number]
    if not is_id(key):
        return []
    first = min(holders, key=ids.__getitem__)
    return [other for other in holders if other != number] if number == first else [first]


def pairs_of(key: str, holders: Collection[int], ids: Mapping[int, str]) -> Iterable[Pair]:
    """All pairs the key brings together. ids: of the holders, where the key is an identifier."""
    if len(holders) <= cap_of(key):
        return (_pair(*pair) for pair in combinations(holders, 2))
    if not is_id(key):
        return ()
    first = min(holders, key=ids.__getitem__)
    return (_pair(first, other) for other in holders if other != first)


def _turned(
    key: str, before: Collection[int], after: Collection[int], ids: Mapping[int, str], moved: Collection[int]
) -> Turned | None:
    if _way(key, before, ids) == _way(key, after, ids):
        return None
    stayed = tuple(number for number in before if number not in moved)
    return Turned(key, stayed) if len(stayed) > 1 else None


def _way(key: str, holders: Collection[int], ids: Mapping[int, str]) -> int:
    """How the key pairs its holders: all (-1), none (-2), or each with this one."""
    if len(holders) <= cap_of(key):
        return -1
    return min(holders, key=ids.__getitem__) if is_id(key) else -2


def _after(
    before: Mapping[str, Collection[int]], put: Iterable[tuple[str, int]], taken: Iterable[tuple[str, int]]
) -> dict[str, set[int]]:
    after = {key: set(own) for key, own in before.items()}
    for key, number in taken:
        after[key].discard(number)
    for key, number in put:
        after[key].add(number)
    return after


def _hashed(told: Iterable[tuple[str, int]]) -> Iterable[tuple[int, int]]:
    return ((number_of(key), number) for key, number in told)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
