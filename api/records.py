"""Single records into the store and out of it, from either door: what is put is resolved at once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.changes import mark_changed
from api.errors import problem
from api.journey import Say, silent
from api.settings import Settings
from api.wiring import id_key, now_of, today_of
from ontology.errors import RecordInvalid, WrongCall
from ontology.record import Record
from resolution.live import Changed, Live
from resolution.sources.single import record_of, records_of_row


class Put(BaseModel):
    """What putting or deleting records did to the parties. Ties, signals and scores are as of the last propagate."""

    model_config = ConfigDict(frozen=True)
    record_ids: tuple[str, ...]
    changed: Changed
    left_out: int = Field(0, description="Links and other statements of a row, which only `kith ingest` brings in.")


class Line(BaseModel):
    """What became of one line: what it changed, or the problem that kept it out."""

    model_config = ConfigDict(frozen=True)
    line: int
    id: str | None = None
    changed: Changed | None = None
    problem: dict[str, Any] | None = None


class Lines(BaseModel):
    """What became of every line sent."""

    model_config = ConfigDict(frozen=True)
    taken: int
    refused: int
    lines: tuple[Line, ...]


def put_document(live: Live, told: object, *, settings: Settings, record_id: str | None = None) -> Put:
    """Put one record told as a document. record_id: where the address names it.

    Raises RecordInvalid, NothingToDo, StoreTrouble.
    """
    if record_id is not None and isinstance(told, dict):
        if told.get("id", record_id) != record_id:
            raise RecordInvalid(field="id", problem="another id than the address names", remedy="Leave it out, or send the same.")
        told = told | {"id": record_id}
    record = record_of(told, id_key=id_key(settings))
    return _put(live, [record], settings)


def put_row(live: Live, values: dict[str, str], *, mapping: Path, settings: Settings) -> Put:
    """Put the records that one row tells by a mapping. Raises RecordInvalid, MappingInvalid, NothingToDo, StoreTrouble."""
    records, left_out = records_of_row(values, mapping=mapping, id_key=id_key(settings), today=today_of(settings))
    return _put(live, records, settings).model_copy(update={"left_out": left_out})


def put_lines(live: Live, content: bytes, *, settings: Settings, lines_max: int) -> Lines:
    """Put one record a line; a line that is refused keeps none of the others out. Raises WrongCall on too many."""
    raw = [line for line in content.splitlines() if line.strip()]
    if len(raw) > lines_max:
        raise WrongCall(lines=len(raw), most=lines_max, remedy="Send them in several calls.")
    done = tuple(_line(live, number, line, settings) for number, line in enumerate(raw, 1))
    taken = sum(1 for one in done if one.problem is None)
    return Lines(taken=taken, refused=len(done) - taken, lines=done)


def delete_record(live: Live, record_id: str, *, settings: Settings) -> Put:
    """Take one record out; putting it again brings everything back. Raises RecordUnknown, NothingToDo, StoreTrouble."""
    changed = live.delete(record_id, now=now_of(settings))
    mark_changed(live.store)
    return Put(record_ids=(record_id,), changed=changed)


def settle(live: Live, *, settings: Settings, say: Say = silent) -> Changed:
    """Work off what earlier calls put off."""
    changed = live.settle(now=now_of(settings), progress=lambda left: say(f"Settling: {left} left"))
    if changed.parties:
        mark_changed(live.store)
    return changed


def told_in(content: bytes) -> Iterator[object]:
    """The JSON values of a file: one, the elements of a list, or one a line. Raises RecordInvalid."""
    try:
        whole = json.loads(content)
        yield from whole if isinstance(whole, list) else [whole]
    except (json.JSONDecodeError, UnicodeDecodeError):
        yield from (_json(line, number) for number, line in enumerate(content.splitlines(), 1) if line.strip())


def _put(live: Live, records: list[Record], settings: Settings) -> Put:
    now = now_of(settings)
    done = [live.put(record, now=now) for record in records]
    mark_changed(live.store)
    parties = {party.id: party for one in done for party in one.parties}
    changed = Changed(
        parties=tuple(party for _, party in sorted(parties.items())),
        redirects={old: new for one in done for old, new in one.redirects.items()},
        events=tuple(event for one in done for event in one.events),
        waiting=done[-1].waiting,
    )
    return Put(record_ids=tuple(record.id for record in records), changed=changed)


def _line(live: Live, number: int, line: bytes, settings: Settings) -> Line:
    try:
        done = put_document(live, _json(line, number), settings=settings)
    except WrongCall as error:
        return Line(line=number, problem=problem(error))
    return Line(line=number, id=done.record_ids[0], changed=done.changed)


def _json(line: bytes, number: int) -> object:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise RecordInvalid(line=number, problem="not JSON", remedy="Send one JSON object a line.") from None
