"""`resolve`: the records of a store become its entities, with ids that last, in one transaction."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter

from pydantic import BaseModel, ConfigDict, Field

from ontology.entity import Entity
from ontology.errors import NothingToDo
from ontology.judgement import Judgement, Verdict
from ontology.record import Record
from resolution.entities.assembly import assemble
from resolution.entities.ids import Named, name_parts
from resolution.entities.searchable import search_rows
from resolution.judgements.ledger import verdicts as standing_verdicts
from resolution.matching import Match, Matched, Progress, match
from store.port import Row, Store
from store.rows import to_row, to_rows


class Resolved(BaseModel):
    """What one run did."""

    model_config = ConfigDict(frozen=True)
    records: int
    entities: int
    pairs_compared: int
    merged: int = Field(description="Records that joined another: records less entities.")
    possible: int = Field(description="Pairs of parties that may be one, kept for a person to judge.")
    keys_dropped: int = Field(description="Keys that too many records hold to tell anything.")
    ids_changed: int = Field(description="Ids that now lead to another, because their parties joined.")
    seconds: dict[str, float] = Field(description="Wall time of each stage.")


def resolve(store: Store, *, now: datetime, progress: Progress | None = None) -> Resolved:
    """Find the parties among all records of the store and write them down; what was derived from the former ones goes.

    now:      the time of the run, told in events and judgements.
    progress: called with a stage, how much is done and how much there is.
    Raises NothingToDo in a store without records, StoreTrouble.
    A person's verdicts are respected; ids survive as far as their records do. Running it again changes nothing.
    """
    with _no_search_for_cycles():
        return _resolve(store, now, progress or (lambda stage, done, total: None))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Millions of small things are made and none refers back: looking through them for cycles took a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _resolve(store: Store, now: datetime, told: Progress) -> Resolved:
    clock = _Clock()
    told("load", 0, 0)
    records = _records(store)
    verdicts = standing_verdicts(store)
    firms_of = _firms_of(store)
    before, redirects = _before(store)
    clock.lap("load")
    matched = match(records, verdicts, firms_of=firms_of, progress=told)
    clock.lap("match")
    told("write", 0, len(matched.parts))
    named = name_parts(matched.parts, before=before, redirects=redirects, now=now)
    entities = _assembled(matched, named, records)
    clock.lap("assemble")
    with store.transaction():
        _write(store, matched, named, entities, now)
    clock.lap("write")
    told("write", len(entities), len(entities))
    return Resolved(
        records=len(records),
        entities=len(entities),
        pairs_compared=matched.pairs_compared,
        merged=len(records) - len(entities),
        possible=len(matched.possible),
        keys_dropped=matched.keys_dropped,
        ids_changed=sum(1 for old, new in named.redirects.items() if redirects.get(old) != new),
        seconds=clock.laps,
    )


class _Clock:
    """Wall time between laps, for the report only: nothing is decided by it."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.laps[stage] = round(now - self._since, 3)
        self._since = now


def _records(store: Store) -> list[Record]:
    documents = store.columns("entities/records")["document"]
    if not documents:
        raise NothingToDo(records=0, remedy="Load files first: kith ingest FILE.")
    return [Record.model_validate_json(document) for document in documents]


def _firms_of(store: Store) -> dict[str, list[str]]:
    columns = store.columns("entities/firms_of_persons")
    found: dict[str, list[str]] = {}
    for person, firm in zip(columns["person_id"], columns["firm_id"], strict=True):
        found.setdefault(person, []).append(firm)
    return found


def _before(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    members, redirects = store.columns("entities/members"), store.columns("entities/redirects")
    return (
        dict(zip(members["record_id"], members["entity_id"], strict=True)),
        dict(zip(redirects["old_id"], redirects["surviving_id"], strict=True)),
    )


def _assembled(matched: Matched, named: Named, records: list[Record]) -> list[Entity]:
    by_id = {record.id: record for record in records}
    return [assemble(own, [by_id[one] for one in part]) for own, part in zip(named.ids, matched.parts, strict=True)]


def _write(store: Store, matched: Matched, named: Named, entities: list[Entity], now: datetime) -> None:
    store.write("entities/clear")
    store.write("entities/clear_model_judgements")
    store.write("entities/put_entities", rows=to_rows(entities))
    store.write("entities/put_members", rows=_member_rows(matched, named))
    store.write("entities/put_names", rows=(row for entity in entities for row in search_rows(entity)))
    store.write(
        "entities/put_redirects", rows=({"old_id": old, "surviving_id": new} for old, new in sorted(named.redirects.items()))
    )
    store.write("entities/put_events", rows=to_rows(named.events))
    store.write("entities/put_judgements", rows=_judgement_rows(matched, now))


def _member_rows(matched: Matched, named: Named) -> Iterator[Row]:
    for own, part in zip(named.ids, matched.parts, strict=True):
        yield from ({"record_id": record, "entity_id": own} for record in part)


def _judgement_rows(matched: Matched, now: datetime) -> Iterator[Row]:
    """What the model said: `same` of pairs it joined, `unsure` of possible matches. Pairs it told apart are not kept."""
    for verdict, pairs in ((Verdict.SAME, matched.joined), (Verdict.UNSURE, matched.possible)):
        yield from (to_row(_judgement(pair, verdict, now)) for pair in pairs)


def _judgement(pair: Match, verdict: Verdict, now: datetime) -> Judgement:
    return Judgement(
        left_id=pair.left_id,
        right_id=pair.right_id,
        verdict=verdict,
        by=f"model:{pair.model}",
        reason=pair.reason,
        decided_at=now,
        match_weight=round(pair.bits, 6),
    )
