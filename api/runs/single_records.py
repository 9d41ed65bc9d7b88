"""Single records into the store and out of it, from either door: what is put is resolved at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.context.change_marks import mark_changed
from api.errors import problem
from api.runs.source_control import LoadedSources, controlled_refusal, refuse_controlled
from api.settings import Settings
from api.text.json_documents import check_depth, json_of_line, put_values
from api.text.progress import Say, silent
from api.wiring import now_of, store_key, today_of
from ontology.errors import RecordInvalid, StoreTrouble, WrongCall
from ontology.personal_ids import PersonalIdKey, mask_number_with_hash, mask_with_hash
from ontology.record import Record
from resolution.live import Changed, Live
from resolution.sources.single_records import record_of, records_of_row
from store.port import Store

AT_ONCE = 32  # Records of one transaction: more of them gain little, and others wait a tenth of a second for their turn.


class Put(BaseModel):
    """What putting or deleting records did to the parties. Ties, signals and scores are as of the last propagate."""

    model_config = ConfigDict(frozen=True)
    record_ids: tuple[str, ...]
    changed: Changed
    left_out: int = Field(0, description="Links and other statements of a row, which only `kith ingest` brings in.")


class Line(BaseModel):
    """What became of one line: what happened to the party its record is in or was in, or the problem that kept it out."""

    model_config = ConfigDict(frozen=True)
    line: int
    id: str | None = None
    changed: Changed | None = None
    problem: dict[str, Any] | None = None


class Lines(BaseModel):
    """What became of every line sent, and what all together did to the parties."""

    model_config = ConfigDict(frozen=True)
    taken: int
    refused: int
    lines: tuple[Line, ...]
    changed: Changed = Changed()


def put_document(live: Live, told: object, *, settings: Settings, record_id: str | None = None) -> Put:
    """Put one record told as a document. record_id: where the address names it.

    Raises RecordInvalid, SourceControlled where a loaded file tells it, NothingToDo, StoreTrouble.
    """
    key = store_key(live.store, settings)
    try:
        check_depth(told)
    except ValueError as cause:
        raise RecordInvalid(problem=str(cause)) from None
    if record_id is not None and isinstance(told, dict):
        if mask_with_hash(str(told.get("id", record_id)), key) != mask_with_hash(record_id, key):
            raise RecordInvalid(field="id", problem="another id than the address names", remedy="Leave it out, or send the same.")
        told = told | {"id": record_id}
    record = record_of(told, id_key=key)
    if not settings.put_over_sources:
        refuse_controlled(LoadedSources(live.store).controlled([record]))
    return Put(record_ids=(record.id,), changed=_together(_put(live, [record], settings, silent)))


Told = list[tuple[list[Record], int]]
"""What the objects of a file are: the records of each, and how many other statements it makes."""


def read_told(store: Store, content: bytes, *, mapping: Path | None, settings: Settings) -> Told:
    """The records of a JSON file, or those its objects tell as rows of a mapping. Raises RecordInvalid, MappingInvalid."""
    key, today = store_key(store, settings), today_of(settings)
    told: Told = []
    for one in put_values(content):
        if mapping is not None and isinstance(one, dict):
            told.append(records_of_row(one, mapping=mapping, id_key=key, today=today))
        else:
            told.append(([record_of(one, id_key=key)], 0))
    return told


def put_told(live: Live, told: Told, *, settings: Settings, say: Say = silent) -> list[Put]:
    """Put what was read, whoever else tells it. Raises NothingToDo, StoreTrouble."""
    done = _put(live, [record for records, _ in told for record in records], settings, say)
    return [_told_of(records, left_out, done) for records, left_out in told]


def _told_of(records: list[Record], left_out: int, done: Mapping[str, Changed]) -> Put:
    ids = tuple(record.id for record in records)
    return Put(record_ids=ids, changed=_together({id_: _near(id_, done[id_]) for id_ in ids}), left_out=left_out)


def put_lines(live: Live, content: bytes, *, settings: Settings, lines_max: int) -> Lines:
    """Put one record a line; a line that is refused keeps none of the others out. Raises WrongCall on too many."""
    raw = [line for line in content.splitlines() if line.strip()]
    if len(raw) > lines_max:
        raise WrongCall(lines=len(raw), most=lines_max, remedy="Send them in several calls.")
    key = store_key(live.store, settings)
    read = [_read(number, line, key) for number, line in enumerate(raw, 1)]
    if not settings.put_over_sources:
        read = _without_controlled(live, read)
    done, trouble = _put_some(live, [one for one in read if isinstance(one, Record)], settings)
    lines = tuple(_line(number, one, done, trouble) for number, one in enumerate(read, 1))
    refused = sum(1 for line in lines if line.problem)
    return Lines(taken=len(lines) - refused, refused=refused, lines=lines, changed=_together(done))


def _without_controlled(live: Live, read: list[Record | WrongCall]) -> list[Record | WrongCall]:
    """What was read, with a refusal in place of each record that loaded files tell."""
    controlled = LoadedSources(live.store).controlled(one for one in read if isinstance(one, Record))
    return [
        controlled_refusal({one.id: controlled[one.id]}) if isinstance(one, Record) and one.id in controlled else one
        for one in read
    ]


def _put_some(live: Live, records: Sequence[Record], settings: Settings) -> tuple[dict[str, Changed], StoreTrouble | None]:
    """As `_put`; where the store fails after some transactions, what they did and the trouble. Raises it where none was kept."""
    done: dict[str, Changed] = {}
    for at in range(0, len(records), AT_ONCE):
        try:
            done |= _put(live, records[at : at + AT_ONCE], settings, silent)
        except StoreTrouble as trouble:
            if not done:
                raise
            return done, trouble
    return done, None


def _line(number: int, one: Record | WrongCall, done: Mapping[str, Changed], trouble: StoreTrouble | None) -> Line:
    if not isinstance(one, Record):
        return Line(line=number, problem=problem(one))
    if one.id in done:
        return Line(line=number, id=one.id, changed=_near(one.id, done[one.id]))
    return Line(line=number, id=one.id, problem=problem(trouble or StoreTrouble()))


def delete_record(live: Live, record_id: str, *, settings: Settings) -> Put:
    """Take one record out; putting it again brings everything back. Raises RecordUnknown, NothingToDo, StoreTrouble."""
    own = _kept_under(live.store, record_id, store_key(live.store, settings))
    changed = live.delete(own, now=now_of(settings))
    mark_changed(live.store)
    return Put(record_ids=(own,), changed=changed)


def _kept_under(store: Store, record_id: str, key: PersonalIdKey) -> str:
    """The id that a record told in clear is kept under; of a passport or the like only the store can say that it is one."""
    dataset, _, number = record_id.partition(":")
    whole = f"{dataset}:{mask_number_with_hash(number, key)}"
    known = {row["id"] for row in store.read("sources/known_records", ids=[record_id, whole])}
    return whole if whole in known and record_id not in known else mask_with_hash(record_id, key)


def settle(live: Live, *, settings: Settings, say: Say = silent) -> Changed:
    """Work off what earlier calls put off."""
    changed = live.settle(now=now_of(settings), progress=lambda left: say(f"Settling: {left} left"))
    if changed.parties:
        mark_changed(live.store)
    return changed


def _put(live: Live, records: Sequence[Record], settings: Settings, say: Say) -> dict[str, Changed]:
    """Put records, some in a transaction; for each what all of its transaction did."""
    now, found = now_of(settings), dict[str, Changed]()
    for at in range(0, len(records), AT_ONCE):
        own = records[at : at + AT_ONCE]
        changed = live.put_all(own, now=now)
        mark_changed(live.store)
        found |= {record.id: changed for record in own}
        say(f"Resolving: {at + len(own)} of {len(records)} done")
    return found


def _together(done: Mapping[str, Changed]) -> Changed:
    """What several transactions did, each told once."""
    every = list({id(one): one for one in done.values()}.values())
    parties = {party.id: party for one in every for party in one.parties}
    return Changed(
        parties=tuple(party for _, party in sorted(parties.items())),
        redirects={old: new for one in every for old, new in one.redirects.items()},
        events=tuple(event for one in every for event in one.events),
        waiting=every[-1].waiting if every else 0,
    )


def _near(record_id: str, changed: Changed) -> Changed:
    """Of what a transaction did, what happened to the party of this record, and to those it came from."""
    own = {party.id for party in changed.parties if record_id in party.record_ids}
    events = [event for event in changed.events if event.entity_id in own or record_id in event.record_ids]
    own |= {id_ for event in events for id_ in (event.entity_id, event.other_id) if id_}
    redirects = {old: new for old, new in changed.redirects.items() if old in own or new in own}
    parties = tuple(party for party in changed.parties if party.id in own or party.id in redirects)
    return Changed(parties=parties, redirects=redirects, events=tuple(events), waiting=changed.waiting)


def _read(number: int, line: bytes, key: PersonalIdKey) -> Record | WrongCall:
    try:
        return record_of(json_of_line(line, number), id_key=key)
    except WrongCall as error:
        return error
