"""Assigns lasting ids: a party keeps its id while records are added, removed, joined and parted."""

from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

from ontology.base import build_unchecked
from ontology.entity import EntityEvent, EventKind

Parts = Sequence[Sequence[str]]
NO_RECORDS: Mapping[str, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True)
class IdAssignment:
    """Ids of the parts, redirects from old ids to new ones, redirects that ended, and the events of the change."""

    ids: tuple[str, ...]
    redirects: dict[str, str]
    returned: tuple[str, ...]
    events: tuple[EntityEvent, ...]


@dataclass(frozen=True)
class _LastRun:
    """Record -> entity, and joined id -> the id it leads to."""

    before: Mapping[str, str]
    redirects: Mapping[str, str]


def assign_ids(
    parts: Parts,
    *,
    before: Mapping[str, str],
    redirects: Mapping[str, str],
    now: datetime,
    in_use: Collection[str] = (),
    first: Mapping[str, Collection[str]] = NO_RECORDS,
) -> IdAssignment:
    """Give every part an id.

    parts:     record ids of each party, sorted, every record once.
    before:    record -> entity of the last run.
    redirects: new id by old id, of parties joined before; an old id is given out again only to its first records.
    in_use:    further ids that must not be given out, where `before` and `redirects` cover only some parties.
    first:     first records of ids whose party is parted now, and of ids that redirect to it (entities/returning_ids.py).

    An old id goes to the part that holds most of its records (of equals, the one with the first record). Of several old ids
    in one part the one with most records stays and the others redirect to it. Where a party is parted into which others had
    been joined, the first records decide instead: a part that is on its own again gets its former id back.
    """
    heirs = _heirs(parts, before, redirects, first)
    ids_in_use = {*redirects, *before.values(), *in_use}
    ids = tuple(_id_of_part(part, heirs.get(at, ()), ids_in_use, before) for at, part in enumerate(parts))
    merged_into = {old: ids[at] for at, olds in heirs.items() for old in olds if old != ids[at]}
    returned = tuple(sorted(redirects.keys() & set(ids)))
    all_redirects = {old: merged_into.get(new, new) for old, new in redirects.items() if old not in returned} | merged_into
    return IdAssignment(ids, all_redirects, returned, tuple(_events(parts, ids, _LastRun(before, redirects), merged_into, now)))


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
    share_by_old_id: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for old, counts in shares.items():
        share_max = max(counts.values())
        share_by_old_id[min((at for at, n in counts.items() if n == share_max), key=lambda at: parts[at][0])].append(
            (-share_max, old)
        )
    return {at: tuple(old for _, old in sorted(olds)) for at, olds in share_by_old_id.items()}


def _first_shares(
    parts: Parts, before: Mapping[str, str], redirects: Mapping[str, str], first: Mapping[str, Collection[str]]
) -> dict[str, Counter[int]]:
    """Id -> parts by how many of its first records they hold, of those that its party had; ids that have none left are out."""
    part_of_record = {record: at for at, part in enumerate(parts) for record in part} if first else {}
    shares = {
        entity_id: Counter(
            part_of_record[record]
            for record in records
            if record in part_of_record and before.get(record) == redirects.get(entity_id, entity_id)
        )
        for entity_id, records in first.items()
    }
    return {entity_id: counts for entity_id, counts in shares.items() if counts}


def _id_of_part(part: Sequence[str], olds: Sequence[str], ids_in_use: set[str], before: Mapping[str, str]) -> str:
    if olds:
        record_counts = Counter(before[record] for record in part if record in before)
        return min(olds, key=lambda old: -record_counts[old])
    fresh_id = next(new for new in fresh_ids(part[0]) if new not in ids_in_use)
    ids_in_use.add(fresh_id)
    return fresh_id


def fresh_ids(founding: str) -> Iterator[str]:
    """`K-` and ten characters from the founding record's id; further ones where the first is in use."""
    for attempt in range(1000):
        digest = blake2b(f"{founding}\x1f{attempt}".encode(), digest_size=8).digest()
        yield f"K-{b32encode(digest).decode()[:10]}"


def _events(
    parts: Parts, ids: Sequence[str], last: _LastRun, merged_into: Mapping[str, str], now: datetime
) -> Iterable[EntityEvent]:
    records_before: dict[str, set[str]] = defaultdict(set)
    for record, old in last.before.items():
        records_before[old].add(record)
    for old, new in sorted(merged_into.items()):
        if last.redirects.get(old) != new:
            kind = EventKind.LED if old in last.redirects else EventKind.MERGED
            yield _event(new, kind, sorted(records_before[old]), now, other_id=old)
    for entity_id, part in zip(ids, parts, strict=True):
        yield from _events_of_part(entity_id, part, last, records_before.get(entity_id), now)


def _events_of_part(
    entity_id: str, part: Sequence[str], last: _LastRun, records_before: set[str] | None, now: datetime
) -> Iterable[EntityEvent]:
    if records_before is None:
        origin = last.redirects.get(entity_id) or min(
            (last.before[record] for record in part if record in last.before), default=None
        )
        kind = EventKind.RETURNED if entity_id in last.redirects else EventKind.SPLIT if origin else EventKind.CREATED
        yield _event(entity_id, kind, part, now, other_id=origin)
        return
    new_records = tuple(record for record in part if record not in last.before)
    lost_records = tuple(sorted(records_before - set(part)))
    if new_records:
        yield _event(entity_id, EventKind.GREW, new_records, now)
    if lost_records:
        yield _event(entity_id, EventKind.SHRANK, lost_records, now)


def _event(entity_id: str, kind: EventKind, record_ids: Sequence[str], now: datetime, other_id: str | None = None) -> EntityEvent:
    return build_unchecked(
        EntityEvent,
        {"entity_id": entity_id, "kind": kind, "other_id": other_id, "record_ids": tuple(record_ids), "happened_at": now},
    )
