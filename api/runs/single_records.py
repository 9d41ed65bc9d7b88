"""Puts and deletes single records, for the command line and HTTP, and resolves them at once."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.context.change_marks import mark_changed
from api.errors import problem
from api.runs.source_control import LoadedSources, controlled_refusal, refuse_controlled
from api.settings import Settings
from api.text.json_documents import check_depth, json_of_line, json_values
from api.text.progress import ReportProgress, no_progress
from api.watching.looks import look_at_parties
from api.wiring import now_of, store_key, today_of
from ontology.errors import RecordInvalid, StoreTrouble, WrongCall
from ontology.personal_ids import PersonalIdKey, mask_number_with_hash, mask_with_hash
from ontology.record import Record
from resolution.live import Changed, Live
from resolution.sources.single_records import record_of, records_of_row
from store.port import Store

LOG = logging.getLogger("kith.runs")
BATCH_SIZE = 32  # Records of one transaction: more of them gain little, and others wait a tenth of a second for their turn.


class Put(BaseModel):
    """What putting or deleting records did to the parties. Ties, signals and scores are as of the last propagate."""

    model_config = ConfigDict(frozen=True)
    record_ids: tuple[str, ...] = Field(description="Ids of the records put or taken out.")
    changed: Changed = Field(description="What it did to the parties.")
    left_out: int = Field(0, description="Links and other statements of a row, which only `kith ingest` brings in.")


class Line(BaseModel):
    """What became of one line: what happened to the party its record is in or was in, or the problem that kept it out."""

    model_config = ConfigDict(frozen=True)
    line: int = Field(description="Number of the line that was sent, from 1 on.")
    id: str | None = Field(None, description="Id of the record, where the line tells it.")
    changed: Changed | None = Field(None, description="What it did to the parties; null where the line was refused.")
    problem: dict[str, Any] | None = Field(None, description="Why it was refused, as a problem; null where it was taken.")


class Lines(BaseModel):
    """What became of every line sent, and what all together did to the parties."""

    model_config = ConfigDict(frozen=True)
    taken: int = Field(description="Number of lines taken.")
    refused: int = Field(description="Number of lines refused.")
    lines: tuple[Line, ...] = Field(description="What became of each line, in the order sent.")
    changed: Changed = Field(Changed(), description="What all lines together did to the parties.")


def put_document(live: Live, document: object, *, settings: Settings, record_id: str | None = None) -> Put:
    """Put one record given as a JSON object. record_id: the id in the address of the request, where it has one.

    Raises RecordInvalid, SourceControlled where a loaded file states the record, NothingToDo, StoreTrouble.
    """
    key = store_key(live.store, settings)
    try:
        check_depth(document)
    except ValueError as cause:
        raise RecordInvalid(problem=str(cause)) from None
    if record_id is not None and isinstance(document, dict):
        if mask_with_hash(str(document.get("id", record_id)), key) != mask_with_hash(record_id, key):
            raise RecordInvalid(field="id", problem="another id than the address names", remedy="Leave it out, or send the same.")
        document = document | {"id": record_id}
    record = record_of(document, id_key=key)
    if not settings.put_over_sources:
        refuse_controlled(LoadedSources(live.store).controlled([record]))
    return Put(record_ids=(record.id,), changed=_merge_changes(_put_in_batches(live, [record], settings, no_progress)))


RecordsByObject = list[tuple[list[Record], int]]
"""For each object of a file its records, and how many other statements it makes (they are left out)."""


def read_records_file(store: Store, content: bytes, *, mapping: Path | None, settings: Settings) -> RecordsByObject:
    """The records of a JSON file; with a mapping, of its objects read as rows. Raises RecordInvalid, MappingInvalid."""
    key, today = store_key(store, settings), today_of(settings)
    by_object: RecordsByObject = []
    for json_value in json_values(content):
        if mapping is not None and isinstance(json_value, dict):
            by_object.append(records_of_row(json_value, mapping=mapping, id_key=key, today=today))
        else:
            by_object.append(([record_of(json_value, id_key=key)], 0))
    return by_object


def put_records(live: Live, by_object: RecordsByObject, *, settings: Settings, report: ReportProgress = no_progress) -> list[Put]:
    """Put the records, replacing also records of loaded files. Raises NothingToDo, StoreTrouble."""
    changes_by_record = _put_in_batches(live, [record for records, _ in by_object for record in records], settings, report)
    return [_put_of_object(records, left_out, changes_by_record) for records, left_out in by_object]


def _put_of_object(records: list[Record], left_out: int, changes_by_record: Mapping[str, Changed]) -> Put:
    ids = tuple(record.id for record in records)
    return Put(
        record_ids=ids,
        changed=_merge_changes({id_: _changes_around(id_, changes_by_record[id_]) for id_ in ids}),
        left_out=left_out,
    )


def put_lines(live: Live, content: bytes, *, settings: Settings, lines_max: int) -> Lines:
    """Put one record a line; a refused line does not affect the others. Raises WrongCall for too many lines."""
    raw = [line for line in content.splitlines() if line.strip()]
    if len(raw) > lines_max:
        raise WrongCall(lines=len(raw), most=lines_max, remedy="Send them in several calls.")
    key = store_key(live.store, settings)
    records_or_refusals = [_read_line(number, line, key) for number, line in enumerate(raw, 1)]
    if not settings.put_over_sources:
        records_or_refusals = _without_controlled(live, records_or_refusals)
    changes_by_record, trouble = _put_until_trouble(
        live, [entry for entry in records_or_refusals if isinstance(entry, Record)], settings
    )
    lines = tuple(_line_result(number, entry, changes_by_record, trouble) for number, entry in enumerate(records_or_refusals, 1))
    refused_count = sum(1 for line in lines if line.problem)
    return Lines(taken=len(lines) - refused_count, refused=refused_count, lines=lines, changed=_merge_changes(changes_by_record))


def _without_controlled(live: Live, records_or_refusals: list[Record | WrongCall]) -> list[Record | WrongCall]:
    """What was read, with a refusal in place of each record that comes from loaded files."""
    controlled = LoadedSources(live.store).controlled(entry for entry in records_or_refusals if isinstance(entry, Record))
    return [
        controlled_refusal({entry.id: controlled[entry.id]}) if isinstance(entry, Record) and entry.id in controlled else entry
        for entry in records_or_refusals
    ]


def _put_until_trouble(
    live: Live, records: Sequence[Record], settings: Settings
) -> tuple[dict[str, Changed], StoreTrouble | None]:
    """The changes of each record, and the StoreTrouble that ended the work after some transactions. Raises it after none."""
    changes_by_record: dict[str, Changed] = {}
    for start in range(0, len(records), BATCH_SIZE):
        try:
            changes_by_record |= _put_in_batches(live, records[start : start + BATCH_SIZE], settings, no_progress)
        except StoreTrouble as trouble:
            if not changes_by_record:
                raise
            return changes_by_record, trouble
    return changes_by_record, None


def _line_result(
    number: int, entry: Record | WrongCall, changes_by_record: Mapping[str, Changed], trouble: StoreTrouble | None
) -> Line:
    if not isinstance(entry, Record):
        return Line(line=number, problem=problem(entry))
    if entry.id in changes_by_record:
        return Line(line=number, id=entry.id, changed=_changes_around(entry.id, changes_by_record[entry.id]))
    return Line(line=number, id=entry.id, problem=problem(trouble or StoreTrouble()))


def delete_record(live: Live, record_id: str, *, settings: Settings) -> Put:
    """Delete one record; putting it again restores everything. Raises RecordUnknown, NothingToDo, StoreTrouble."""
    stored_id = _stored_id(live.store, record_id, store_key(live.store, settings))
    changes = live.delete(stored_id, now=now_of(settings))
    mark_changed(live.store)
    _look(live.store, changes, settings)
    return Put(record_ids=(stored_id,), changed=changes)


def _stored_id(store: Store, record_id: str, key: PersonalIdKey) -> str:
    """The id under which the store keeps a record named in clear; whether a number is a passport only the store can say."""
    dataset, _, number = record_id.partition(":")
    whole = f"{dataset}:{mask_number_with_hash(number, key)}"
    stored_ids = {row["id"] for row in store.read("sources/known_records", ids=[record_id, whole])}
    return whole if whole in stored_ids and record_id not in stored_ids else mask_with_hash(record_id, key)


def settle(live: Live, *, settings: Settings, report: ReportProgress = no_progress) -> Changed:
    """Process the tasks that earlier calls postponed."""
    changes = live.settle(now=now_of(settings), progress=lambda left: report(f"Settling: {left} left"))
    if changes.parties:
        mark_changed(live.store)
        _look(live.store, changes, settings)
    return changes


def _look(store: Store, changes: Changed, settings: Settings) -> None:
    """What changed about watched parties becomes events."""
    look_at_parties(store, {*(party.id for party in changes.parties), *changes.redirects}, settings=settings)


def _put_in_batches(live: Live, records: Sequence[Record], settings: Settings, report: ReportProgress) -> dict[str, Changed]:
    """Put records, BATCH_SIZE a transaction; by record id what its whole transaction changed."""
    now, changes_by_record = now_of(settings), dict[str, Changed]()
    for start in range(0, len(records), BATCH_SIZE):
        batch = records[start : start + BATCH_SIZE]
        started = perf_counter()
        changes = live.put_all(batch, now=now)
        mark_changed(live.store)
        _look(live.store, changes, settings)
        took_ms = 1000 * (perf_counter() - started)
        LOG.info("put %d records, %d parties changed, in %.0f ms", len(batch), len(changes.parties), took_ms)
        changes_by_record |= {record.id: changes for record in batch}
        report(f"Resolving: {start + len(batch)} of {len(records)} done")
    return changes_by_record


def _merge_changes(changes_by_record: Mapping[str, Changed]) -> Changed:
    """What several transactions did, as one; a transaction that several records share counts once."""
    distinct = list({id(changes): changes for changes in changes_by_record.values()}.values())
    parties = {party.id: party for changes in distinct for party in changes.parties}
    return Changed(
        parties=tuple(party for _, party in sorted(parties.items())),
        redirects={old: new for changes in distinct for old, new in changes.redirects.items()},
        events=tuple(event for changes in distinct for event in changes.events),
        waiting=distinct[-1].waiting if distinct else 0,
    )


def _changes_around(record_id: str, changes: Changed) -> Changed:
    """Of what a transaction did, what happened to the party of this record, and to those it came from."""
    party_ids = {party.id for party in changes.parties if record_id in party.record_ids}
    events = [event for event in changes.events if event.entity_id in party_ids or record_id in event.record_ids]
    party_ids |= {id_ for event in events for id_ in (event.entity_id, event.other_id) if id_}
    redirects = {old: new for old, new in changes.redirects.items() if old in party_ids or new in party_ids}
    parties = tuple(party for party in changes.parties if party.id in party_ids or party.id in redirects)
    return Changed(parties=parties, redirects=redirects, events=tuple(events), waiting=changes.waiting)


def _read_line(number: int, line: bytes, key: PersonalIdKey) -> Record | WrongCall:
    try:
        return record_of(json_of_line(line, number), id_key=key)
    except WrongCall as error:
        return error
