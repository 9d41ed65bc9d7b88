"""First records of an id: its records before anything was joined into it. An un-merge gives them their id back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter

from ontology.entity import EntityEvent, EventKind
from store.port import Store
from store.rows import from_row

Parts = Iterable[Collection[str]]
BEGINNINGS = (EventKind.CREATED, EventKind.SPLIT, EventKind.RETURNED)
ORDER = (*BEGINNINGS, EventKind.MERGED, EventKind.LED, EventKind.GREW, EventKind.SHRANK)
"""Order of events of one run, which all bear its time."""


def parted_ids(parts: Parts, before: Mapping[str, str], redirects: Mapping[str, str]) -> frozenset[str]:
    """Ids that others redirect to and whose records are now in several parts, with the ids that redirect to them."""
    if not redirects:
        return frozenset()
    survivors = set(redirects.values())
    parts_of_id: dict[str, set[int]] = defaultdict(set)
    for at, part in enumerate(parts):
        for record in part:
            if (entity_id := before.get(record)) in survivors and entity_id is not None:
                parts_of_id[entity_id].add(at)
    parted_entities = {entity_id for entity_id, parts_held in parts_of_id.items() if len(parts_held) > 1}
    return frozenset(parted_entities | {old for old, new in redirects.items() if new in parted_entities})


def first_records(store: Store, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """First records by id, from the events of these ids; an id without events is left out."""
    if not ids:
        return {}
    events_by_id: dict[str, list[EntityEvent]] = defaultdict(list)
    for row in store.read("entities/events_of_ids", ids=sorted(ids)):
        event = from_row(EntityEvent, row)
        events_by_id[event.entity_id].append(event)
    return {entity_id: records for entity_id, events in events_by_id.items() if (records := _replayed(events))}


def _replayed(events: Iterable[EntityEvent]) -> frozenset[str]:
    records: set[str] = set()
    for event in sorted(sorted(events, key=lambda event: ORDER.index(event.kind)), key=attrgetter("happened_at")):
        match event.kind:
            case EventKind.MERGED:
                break
            case kind if kind in BEGINNINGS:
                records = set(event.record_ids)
            case EventKind.GREW:
                records |= set(event.record_ids)
            case EventKind.SHRANK:
                records -= set(event.record_ids)
    return frozenset(records)
