"""Writes the parties of a call as a full run would: entities, members, names, redirects, events, model judgements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ontology.base import PartyKind
from ontology.entity import EntityEvent
from ontology.judgement import Judgement
from resolution.entities.assembly import assemble
from resolution.entities.ids import IdAssignment, assign_ids, fresh_ids
from resolution.entities.returning_ids import first_records, parted_ids
from resolution.entities.searchable import search_rows
from resolution.live.components import LiveClustering
from resolution.live.live_session import LiveSession
from resolution.match_results import model_judgements
from store.port import Row
from store.rows import to_row, to_rows

FRESH_TRIED = 3  # Ids of a new party that are looked up; that three of them are in use has a chance of one in 10^40.


@dataclass(frozen=True)
class PartyRewrite:
    """The changes of a call to the parties. heads_changed: records whose party has another first record now."""

    entities: dict[str, tuple[str, ...]]
    removed: tuple[str, ...]
    redirects: dict[str, str]
    events: tuple[EntityEvent, ...]
    heads_changed: frozenset[str]


def read_members_before(session: LiveSession, record_ids: Collection[str]) -> dict[str, str]:
    """Party by record id, for all records of the parties that these records belong to."""
    if not record_ids:
        return {}
    rows = session.store.read("live/members_beside", record_ids=sorted(record_ids))
    return {row["record_id"]: row["entity_id"] for row in rows}


def rewrite(
    session: LiveSession,
    clustered: LiveClustering,
    before: Mapping[str, str],
    changed_ids: Collection[str],
    kinds: Mapping[str, PartyKind],
) -> PartyRewrite:
    """Write the clustered parts as parties.

    before:      party by record id before the call, for all records of the parties concerned, also for deleted ones.
    changed_ids: records whose content changed, so that their party has to be assembled anew.
    kinds:       kind of each changed record before the call; new records are left out.
    """
    assignment = _assign_ids(session, clustered, before)
    parts_before = _by_entity(before)
    parts = {entity_id: tuple(part) for entity_id, part in zip(assignment.ids, clustered.parts, strict=True)}
    changed_parts = {
        entity_id: part
        for entity_id, part in parts.items()
        if parts_before.get(entity_id) != part or not changed_ids.isdisjoint(part)  # type: ignore[attr-defined]
    }
    removed = tuple(sorted(parts_before.keys() - parts.keys()))
    _write(session, changed_parts, removed, assignment, parts_before)
    _write_judgements(session, clustered, {*before, *(record_id for part in clustered.parts for record_id in part)})
    unknown_kind_ids = _ids_of_unknown_kind(session, {*before, *(record_id for part in clustered.parts for record_id in part)})
    persons = {
        id_
        for id_ in changed_ids
        if id_ in session.record_cache.records and session.record_cache.records[id_].kind is PartyKind.PERSON
    }
    were_none = {
        id_ for id_, kind in kinds.items() if kind is PartyKind.UNKNOWN or (kind is PartyKind.PERSON and id_ not in persons)
    }
    are_none = {id_ for id_ in persons if kinds.get(id_, PartyKind.PERSON) is not PartyKind.PERSON}
    heads = _heads_changed(
        _parts_of_known_kind(parts_before, (unknown_kind_ids - {*changed_ids}) | were_none),
        _parts_of_known_kind(parts, unknown_kind_ids | are_none),
    )
    return PartyRewrite(changed_parts, removed, dict(assignment.redirects), assignment.events, heads)


def _assign_ids(session: LiveSession, clustered: LiveClustering, before: Mapping[str, str]) -> IdAssignment:
    """Give the parts their ids; redirects and ids in use are only read where they can matter, not where one party stayed one."""
    old_ids, parts = set(before.values()), clustered.parts
    redirects = _redirects_to(session, old_ids) if len(old_ids) > 1 or len(parts) > 1 else {}
    in_use = _in_use(session, parts) if len(parts) > 1 or not old_ids else []
    first = first_records(session.store, parted_ids(parts, before, redirects))
    return assign_ids(parts, before=before, redirects=redirects, now=session.now, in_use=in_use, first=first)


def _redirects_to(session: LiveSession, ids: Collection[str]) -> dict[str, str]:
    return {row["old_id"]: row["surviving_id"] for row in session.store.read("live/redirects_to", ids=sorted(ids))}


def _in_use(session: LiveSession, parts: list[list[str]]) -> list[str]:
    fresh = [id_ for part in parts for id_ in islice(fresh_ids(part[0]), FRESH_TRIED)]
    return [row["id"] for row in session.store.read("live/ids_taken", ids=sorted(fresh))]


def _by_entity(before: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    records_by_entity: dict[str, list[str]] = defaultdict(list)
    for record, entity in sorted(before.items()):
        records_by_entity[entity].append(record)
    return {entity: tuple(records) for entity, records in records_by_entity.items()}


def _write(
    session: LiveSession,
    changed_parts: Mapping[str, tuple[str, ...]],
    removed: Collection[str],
    assignment: IdAssignment,
    parts_before: Mapping[str, tuple[str, ...]],
) -> None:
    store = session.store
    session.record_cache.read_records(record_id for part in changed_parts.values() for record_id in part)
    records = session.record_cache.records
    entities = [assemble(entity_id, [records[record_id] for record_id in part]) for entity_id, part in changed_parts.items()]
    if removed:
        store.write("entities/remove", ids=list(removed))
    renewed = sorted(changed_parts.keys() & parts_before.keys())
    if renewed:
        store.write("live/clear_names", entity_ids=renewed)
        # The score was of another party: it is made anew when it is looked at.
        store.write("scores/remove", rows=[{"entity_id": entity_id} for entity_id in renewed])
    if entities:
        store.write("entities/put_entities", rows=to_rows(entities))
        store.write("entities/put_members", rows=_member_rows(changed_parts))
        store.write("entities/put_names", rows=(row for entity in entities for row in search_rows(entity)))
    if assignment.returned:
        store.write("entities/remove_redirects", ids=list(assignment.returned))
    if assignment.redirects:
        store.write(
            "entities/put_redirects", rows=[{"old_id": o, "surviving_id": n} for o, n in sorted(assignment.redirects.items())]
        )
    if assignment.events:
        store.write("entities/put_events", rows=to_rows(assignment.events))


def _member_rows(changed_parts: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    for entity_id, part in changed_parts.items():
        yield from ({"record_id": record, "entity_id": entity_id} for record in part)


def _write_judgements(session: LiveSession, clustered: LiveClustering, region: Collection[str]) -> None:
    """What the model said of these records, as it says now; a judgement that still holds keeps its time."""
    rows_before = {_judgement_key(row): row for row in session.store.read("live/model_judgements_of", record_ids=sorted(region))}
    rows_now = {_judgement_key(row): row for row in map(to_row, _judgements(session, clustered))}
    rows_to_remove = [rows_before[key] for key in sorted(rows_before.keys() - rows_now.keys(), key=str)]
    if rows_to_remove:
        key_columns = ("left_id", "right_id", "by", "decided_at")
        session.store.write("live/remove_judgements", rows=[{name: row[name] for name in key_columns} for row in rows_to_remove])
    if rows_to_add := [rows_now[key] for key in sorted(rows_now.keys() - rows_before.keys(), key=str)]:
        session.store.write("entities/put_judgements", rows=rows_to_add)


def _judgements(session: LiveSession, clustered: LiveClustering) -> Iterator[Judgement]:
    for matched in clustered.judged:
        yield from model_judgements(matched, session.now)


def _judgement_key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("left_id", "right_id", "by", "verdict", "reason", "match_weight"))


def _ids_of_unknown_kind(session: LiveSession, record_ids: Collection[str]) -> set[str]:
    """Those of these records that do not tell their kind; none are read where none can be."""
    records = session.record_cache.records
    if any(record.kind is PartyKind.UNKNOWN for record in records.values()):
        session.record_cache.read_records(record_ids)
    return {id_ for id_ in record_ids if id_ in records and records[id_].kind is PartyKind.UNKNOWN}


def _parts_of_known_kind(parts: Mapping[str, tuple[str, ...]], unknown_kind_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of each party the records that tell its kind; parties without one are left out."""
    known_parts = {
        entity_id: tuple(record_id for record_id in part if record_id not in unknown_kind_ids)
        for entity_id, part in parts.items()
    }
    return {entity_id: part for entity_id, part in known_parts.items() if part}


def _heads_changed(parts_before: Mapping[str, tuple[str, ...]], parts: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    head_before = {record: part[0] for part in parts_before.values() for record in part}
    head_now = {record: part[0] for part in parts.values() for record in part}
    return frozenset(record for record in head_before.keys() | head_now.keys() if head_before.get(record) != head_now.get(record))
