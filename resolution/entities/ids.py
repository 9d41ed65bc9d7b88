"""Ids that last: a party keeps its id while its records come, go, join and part."""

from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

from ontology.entity import EntityEvent, EventKind

Parts = Sequence[Sequence[str]]
NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Named:
    """Parts with their ids, which old ids now lead to which new ones, which lead nowhere any more, and what changed."""

    ids: tuple[str, ...]
    redirects: dict[str, str]
    returned: tuple[str, ...]
    events: tuple[EntityEvent, ...]


@dataclass(frozen=True)
class _LastRun:
    """Record -> entity, and joined id -> the id it leads to."""

    before: Mapping[str, str]
    redirects: Mapping[str, str]


def name_parts(
    parts: Parts,
    *,
    before: Mapping[str, str],
    redirects: Mapping[str, str],
    now: datetime,
    in_use: Collection[str] = (),
    first: Mapping[str, Collection[str]] = NOTHING,
) -> Named:
    """Give every part an id.

    parts:     record ids of each party, sorted, every record once.
    before:    record -> entity of the last run.
    redirects: ids that were joined into others before; followed on, and given out again only to their first records.
    in_use:    further ids that are not given out, where `before` and `redirects` tell of some parties only.
    first:     first records of ids whose party is parted now and of those that lead to it; resolution/entities/returning_ids.py.
    An old id goes to the part that holds most of its records (of equals, the one with the first record); of several old
    ids in one part, the one that had most records stays and the others lead to it. Where a party is parted that others
    were joined into, their first records decide instead, and whoever has a part of its own again bears its id again.
    """
    heirs = _heirs(parts, before, redirects, first)
    taken = {*redirects, *before.values(), *in_use}
    ids = tuple(_own_id(part, heirs.get(at, ()), taken, before) for at, part in enumerate(parts))
    joined = {old: ids[at] for at, olds in heirs.items() for old in olds if old != ids[at]}
    returned = tuple(sorted(redirects.keys() & set(ids)))
    followed = {old: joined.get(new, new) for old, new in redirects.items() if old not in returned} | joined
    return Named(ids, followed, returned, tuple(_events(parts, ids, _LastRun(before, redirects), joined, now)))


def _heirs(
    parts: Parts, before: Mapping[str, str], redirects: Mapping[str, str], first: Mapping[str, Collection[str]]
) -> dict[int, tuple[str, ...]]:
    """Part -> old ids that go to it, those with the most records in it first."""
    shares: dict[str, Counter[int]] = defaultdict(Counter)
    for at, part in enumerate(parts):
        for record in part:
            if record in before:
                shares[before[record]][at] += 1
    shares |= _first_shares(parts, before, redirects, first)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for old, counts in shares.items():
        most = max(counts.values())
        found[min((at for at, n in counts.items() if n == most), key=lambda at: parts[at][0])].append((-most, old))
    return {at: tuple(old for _, old in sorted(olds)) for at, olds in found.items()}


def _first_shares(
    parts: Parts, before: Mapping[str, str], redirects: Mapping[str, str], first: Mapping[str, Collection[str]]
) -> dict[str, Counter[int]]:
    """Id -> parts by how many of its first records they hold, of those that its party had; ids that have none left are out."""
    places = {record: at for at, part in enumerate(parts) for record in part} if first else {}
    shares = {
        own: Counter(places[record] for record in records if record in places and before.get(record) == redirects.get(own, own))
        for own, records in first.items()
    }
    return {own: counts for own, counts in shares.items() if counts}


def _own_id(part: Sequence[str], olds: Sequence[str], taken: set[str], before: Mapping[str, str]) -> str:
    if olds:
        held = Counter(before[record] for record in part if record in before)
        return min(olds, key=lambda old: -held[old])
    own = next(new for new in fresh_ids(part[0]) if new not in taken)
    taken.add(own)
    return own


def fresh_ids(founding: str) -> Iterator[str]:
    """`K-` and ten characters from the founding record's id; further ones where the first is in use."""
    for attempt in range(1000):
        digest = blake2b(f"{founding}\x1f{attempt}".encode(), digest_size=8).digest()
        yield f"K-{b32encode(digest).decode()[:10]}"


def _events(parts: Parts, ids: Sequence[str], last: _LastRun, joined: Mapping[str, str], now: datetime) -> Iterable[EntityEvent]:
    had: dict[str, set[str]] = defaultdict(set)
    for record, old in last.before.items():
        had[old].add(record)
    for old, new in sorted(joined.items()):
        if last.redirects.get(old) != new:
            kind = EventKind.LED if old in last.redirects else EventKind.MERGED
            yield EntityEvent(entity_id=new, kind=kind, other_id=old, record_ids=tuple(sorted(had[old])), happened_at=now)
    for own, part in zip(ids, parts, strict=True):
        yield from _own_events(own, part, last, had.get(own), now)


def _own_events(own: str, part: Sequence[str], last: _LastRun, had: set[str] | None, now: datetime) -> Iterable[EntityEvent]:
    if had is None:
        origin = last.redirects.get(own) or min((last.before[record] for record in part if record in last.before), default=None)
        kind = EventKind.RETURNED if own in last.redirects else EventKind.SPLIT if origin else EventKind.CREATED
        yield EntityEvent(entity_id=own, kind=kind, other_id=origin, record_ids=tuple(part), happened_at=now)
        return
    new = tuple(record for record in part if record not in last.before)
    lost = tuple(sorted(had - set(part)))
    if new:
        yield EntityEvent(entity_id=own, kind=EventKind.GREW, record_ids=new, happened_at=now)
    if lost:
        yield EntityEvent(entity_id=own, kind=EventKind.SHRANK, record_ids=lost, happened_at=now)
