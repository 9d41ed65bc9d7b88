"""Ids that last: a party keeps its id while its records come, go, join and part."""

from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from ontology.entity import EntityEvent, EventKind

Parts = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Named:
    """Parts with their ids, which old ids now lead to which new ones, and what changed."""

    ids: tuple[str, ...]
    redirects: dict[str, str]
    events: tuple[EntityEvent, ...]


def name_parts(
    parts: Parts,
    *,
    before: Mapping[str, str],
    redirects: Mapping[str, str],
    now: datetime,
    in_use: Collection[str] = (),
) -> Named:
    """Give every part an id.

    parts:     record ids of each party, sorted, every record once.
    before:    record -> entity of the last run.
    redirects: ids that were joined into others before; followed on, never given out again.
    in_use:    further ids that are not given out, where `before` and `redirects` tell of some parties only.
    An old id goes to the part that holds most of its records (of equals, the one with the first record); of several old
    ids in one part, the one that had most records stays and the others lead to it.
    """
    heirs = _heirs(parts, before)
    taken = {*redirects, *before.values(), *in_use}
    ids = tuple(_own_id(part, heirs.get(at, ()), taken, before) for at, part in enumerate(parts))
    joined = {old: ids[at] for at, olds in heirs.items() for old in olds if old != ids[at]}
    followed = {old: joined.get(new, new) for old, new in redirects.items()} | joined
    return Named(ids, followed, tuple(_events(parts, ids, before, joined, now)))


def _heirs(parts: Parts, before: Mapping[str, str]) -> dict[int, tuple[str, ...]]:
    """Part -> old ids that go to it."""
    shares: dict[str, Counter[int]] = defaultdict(Counter)
    for at, part in enumerate(parts):
        for record in part:
            if record in before:
                shares[before[record]][at] += 1
    found: dict[int, list[str]] = defaultdict(list)
    for old in sorted(shares):
        most = max(shares[old].values())
        found[min((at for at, n in shares[old].items() if n == most), key=lambda at: parts[at][0])].append(old)
    return {at: tuple(olds) for at, olds in found.items()}


def _own_id(part: Sequence[str], olds: Sequence[str], taken: set[str], before: Mapping[str, str]) -> str:
    if olds:
        held = Counter(before[record] for record in part if record in before)
        return min(olds, key=lambda old: (-held[old], old))
    own = next(new for new in fresh_ids(part[0]) if new not in taken)
    taken.add(own)
    return own


def fresh_ids(founding: str) -> Iterator[str]:
    """`K-` and ten characters from the founding record's id; further ones where the first is in use."""
    for attempt in range(1000):
        digest = blake2b(f"{founding}\x1f{attempt}".encode(), digest_size=8).digest()
        yield f"K-{b32encode(digest).decode()[:10]}"


def _events(
    parts: Parts, ids: Sequence[str], before: Mapping[str, str], joined: Mapping[str, str], now: datetime
) -> Iterable[EntityEvent]:
    had: dict[str, set[str]] = defaultdict(set)
    for record, old in before.items():
        had[old].add(record)
    for old, new in sorted(joined.items()):
        yield EntityEvent(entity_id=new, kind=EventKind.MERGED, other_id=old, record_ids=tuple(sorted(had[old])), happened_at=now)
    for own, part in zip(ids, parts, strict=True):
        yield from _own_events(own, part, before, had, now)


def _own_events(
    own: str, part: Sequence[str], before: Mapping[str, str], had: Mapping[str, set[str]], now: datetime
) -> Iterable[EntityEvent]:
    if own not in had:
        origin = min((before[record] for record in part if record in before), default=None)
        kind = EventKind.SPLIT if origin else EventKind.CREATED
        yield EntityEvent(entity_id=own, kind=kind, other_id=origin, record_ids=tuple(part), happened_at=now)
        return
    new = tuple(record for record in part if record not in before)
    lost = tuple(sorted(had[own] - set(part)))
    if new:
        yield EntityEvent(entity_id=own, kind=EventKind.GREW, record_ids=new, happened_at=now)
    if lost:
        yield EntityEvent(entity_id=own, kind=EventKind.SHRANK, record_ids=lost, happened_at=now)
