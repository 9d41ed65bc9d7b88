"""The parties of a call as a full run would write them: entities, members, names, redirects, events, what the model said."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ontology.base import PartyKind
from ontology.entity import EntityEvent
from ontology.judgement import Judgement
from resolution.entities.assembly import assemble
from resolution.entities.ids import Named, fresh_ids, name_parts
from resolution.entities.returning_ids import first_records, parted_ids
from resolution.entities.searchable import search_rows
from resolution.live.components import Clustered
from resolution.live.live_session import LiveSession
from resolution.matching import model_judgements
from store.port import Row
from store.rows import to_row, to_rows

FRESH_TRIED = 3  # Ids of a new party that are looked up; that three of them are in use has a chance of one in 10^40.


@dataclass(frozen=True)
class Rewritten:
    """What a call did to the parties. heads: for each record the first of its party, where that is another now."""

    entities: dict[str, tuple[str, ...]]
    removed: tuple[str, ...]
    redirects: dict[str, str]
    events: tuple[EntityEvent, ...]
    heads_changed: frozenset[str]


def members_before(call: LiveSession, record_ids: Collection[str]) -> dict[str, str]:
    """Every record of the parties these records belong to, with its party."""
    if not record_ids:
        return {}
    rows = call.store.read("live/members_beside", record_ids=sorted(record_ids))
    return {row["record_id"]: row["entity_id"] for row in rows}


def rewrite(
    call: LiveSession, clustered: Clustered, before: Mapping[str, str], told: Collection[str], kinds: Mapping[str, PartyKind]
) -> Rewritten:
    """Write what became of the parts.

    before: all records of the parties concerned with their party, records that are gone among them.
    told:   records that say something else now, so that their party does.
    kinds:  those that the told ones were of before, as far as there were any.
    """
    named = _named(call, clustered, before)
    had = _by_entity(before)
    parts = {own: tuple(part) for own, part in zip(named.ids, clustered.parts, strict=True)}
    changed = {own: part for own, part in parts.items() if had.get(own) != part or not told.isdisjoint(part)}  # type: ignore[attr-defined]
    removed = tuple(sorted(had.keys() - parts.keys()))
    _write(call, changed, removed, named, had)
    _write_judgements(call, clustered, {*before, *(one for part in clustered.parts for one in part)})
    untold = _untold(call, {*before, *(one for part in clustered.parts for one in part)})
    persons = {id_ for id_ in told if id_ in call.parties.records and call.parties.records[id_].kind is PartyKind.PERSON}
    were_none = {
        id_ for id_, kind in kinds.items() if kind is PartyKind.UNKNOWN or (kind is PartyKind.PERSON and id_ not in persons)
    }
    are_none = {id_ for id_ in persons if kinds.get(id_, PartyKind.PERSON) is not PartyKind.PERSON}
    heads = _heads_changed(_that_tell(had, (untold - {*told}) | were_none), _that_tell(parts, untold | are_none))
    return Rewritten(changed, removed, dict(named.redirects), named.events, heads)


def _named(call: LiveSession, clustered: Clustered, before: Mapping[str, str]) -> Named:
    """The parts with ids. What cannot matter is not looked up: where one party went on as one, no id is new and none is left."""
    olds, parts = set(before.values()), clustered.parts
    redirects = _redirects_to(call, olds) if len(olds) > 1 or len(parts) > 1 else {}
    in_use = _in_use(call, parts) if len(parts) > 1 or not olds else []
    first = first_records(call.store, parted_ids(parts, before, redirects))
    return name_parts(parts, before=before, redirects=redirects, now=call.now, in_use=in_use, first=first)


def _redirects_to(call: LiveSession, ids: Collection[str]) -> dict[str, str]:
    return {row["old_id"]: row["surviving_id"] for row in call.store.read("live/redirects_to", ids=sorted(ids))}


def _in_use(call: LiveSession, parts: list[list[str]]) -> list[str]:
    fresh = [id_ for part in parts for id_ in islice(fresh_ids(part[0]), FRESH_TRIED)]
    return [row["id"] for row in call.store.read("live/ids_taken", ids=sorted(fresh))]


def _by_entity(before: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record, entity in sorted(before.items()):
        found[entity].append(record)
    return {entity: tuple(records) for entity, records in found.items()}


def _write(
    call: LiveSession,
    changed: Mapping[str, tuple[str, ...]],
    removed: Collection[str],
    named: Named,
    had: Mapping[str, tuple[str, ...]],
) -> None:
    store = call.store
    call.parties.read_records(one for part in changed.values() for one in part)
    records = call.parties.records
    entities = [assemble(own, [records[one] for one in part]) for own, part in changed.items()]
    if removed:
        store.write("entities/remove", ids=list(removed))
    renewed = sorted(changed.keys() & had.keys())
    if renewed:
        store.write("live/clear_names", entity_ids=renewed)
        store.write("scores/remove", rows=[{"entity_id": own} for own in renewed])  # It was of another party: made at the look.
    if entities:
        store.write("entities/put_entities", rows=to_rows(entities))
        store.write("entities/put_members", rows=_member_rows(changed))
        store.write("entities/put_names", rows=(row for entity in entities for row in search_rows(entity)))
    if named.returned:
        store.write("entities/remove_redirects", ids=list(named.returned))
    if named.redirects:
        store.write("entities/put_redirects", rows=[{"old_id": o, "surviving_id": n} for o, n in sorted(named.redirects.items())])
    if named.events:
        store.write("entities/put_events", rows=to_rows(named.events))


def _member_rows(changed: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    for own, part in changed.items():
        yield from ({"record_id": record, "entity_id": own} for record in part)


def _write_judgements(call: LiveSession, clustered: Clustered, region: Collection[str]) -> None:
    """What the model said of these records, as it says now; a judgement that still holds keeps its time."""
    held = {_said(row): row for row in call.store.read("live/model_judgements_of", record_ids=sorted(region))}
    now = {_said(row): row for row in map(to_row, _judgements(call, clustered))}
    gone = [held[said] for said in sorted(held.keys() - now.keys(), key=str)]
    if gone:
        keyed = ("left_id", "right_id", "by", "decided_at")
        call.store.write("live/remove_judgements", rows=[{name: row[name] for name in keyed} for row in gone])
    if new := [now[said] for said in sorted(now.keys() - held.keys(), key=str)]:
        call.store.write("entities/put_judgements", rows=new)


def _judgements(call: LiveSession, clustered: Clustered) -> Iterator[Judgement]:
    for matched in clustered.judged:
        yield from model_judgements(matched, call.now)


def _said(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("left_id", "right_id", "by", "verdict", "reason", "match_weight"))


def _untold(call: LiveSession, record_ids: Collection[str]) -> set[str]:
    """Those of these records that do not tell their kind; none are read where none can be."""
    records = call.parties.records
    if any(record.kind is PartyKind.UNKNOWN for record in records.values()):
        call.parties.read_records(record_ids)
    return {id_ for id_ in record_ids if id_ in records and records[id_].kind is PartyKind.UNKNOWN}


def _that_tell(parts: Mapping[str, tuple[str, ...]], untold: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of each party the records that tell its kind; parties without one are left out."""
    told = {own: tuple(one for one in part if one not in untold) for own, part in parts.items()}
    return {own: part for own, part in told.items() if part}


def _heads_changed(had: Mapping[str, tuple[str, ...]], parts: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    was = {record: own[0] for own in had.values() for record in own}
    will = {record: own[0] for own in parts.values() for record in own}
    return frozenset(record for record in was.keys() | will.keys() if was.get(record) != will.get(record))
