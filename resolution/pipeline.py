"""`resolve`: the records of a store become its entities, with ids that last, in one transaction."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import NothingToDo
from resolution.aliases.kept import accepted
from resolution.aside import shared
from resolution.comparisons.chosen import Chosen
from resolution.comparisons.model import Model
from resolution.entities.chains import alarming
from resolution.entities.ids import Named, name_parts
from resolution.entities.told import Part, told
from resolution.fingerprints import fingerprint
from resolution.judgements.ledger import verdicts as standing_verdicts
from resolution.judgements.verdicts import Verdicts
from resolution.live.memory import remembers, still_holds
from resolution.live.remembering import Remembering
from resolution.matching import Matched, Progress, match_analysed, model_judgements
from resolution.records.analysed import Analysed
from resolution.records.documents import analysed_documents
from store.port import Row, Store
from store.rows import to_rows

LAST_RUN = "resolve.last"  # The fingerprint of the last run, and what it did.
BATCH_RECORDS = 4_000  # Records read, taken apart or written at a time.


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
    alarming: int = Field(0, description="Large parties that a person should look at: `kith chains`.")
    seconds: dict[str, float] = Field(description="Wall time of each stage.")


def resolve(store: Store, *, now: datetime, models: Sequence[Model] = (), progress: Progress | None = None) -> Resolved:
    """Find the parties among all records of the store and write them down; what was derived from the former ones goes.

    now:      the time of the run, told in events and judgements.
    models:   weights to use instead of the shipped ones, one of a kind at most.
    progress: called with a stage, how much is done and how much there is.
    Raises NothingToDo in a store without records, StoreTrouble.
    A person's verdicts are respected; ids survive as far as their records do. Running it again changes nothing, and takes
    only as long as reading the records: what is derived of the parties stays, too.
    """
    with _no_search_for_cycles():
        return _resolve(store, now, models, progress or (lambda stage, done, total: None))


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


def _resolve(store: Store, now: datetime, models: Sequence[Model], progress: Progress) -> Resolved:
    clock = _Clock()
    progress("load", 0, 0)
    given = _given(store, models)
    held = fingerprint(_documents(store), verdicts=given.verdicts, firms_of=given.firms_of, chosen=given.chosen)
    if (former := _former(store, held)) is not None and remembers(store):
        still_holds(store)
        clock.lap("load")
        return former.model_copy(update={"ids_changed": 0, "alarming": len(alarming(store)), "seconds": clock.laps})
    analysed = _analysed(store, progress)
    records = len(analysed)
    clock.lap("load")
    remembering = Remembering(given.verdicts, given.chosen)
    matched = match_analysed(
        analysed, given.verdicts, firms_of=given.firms_of, chosen=given.chosen, progress=progress, keep=remembering.add
    )
    analysed.clear()  # What comes now needs the memory.
    clock.lap("match")
    before, redirects = _before(store)
    named = name_parts(matched.parts, before=before, redirects=redirects, now=now)
    clock.lap("name")
    done = Resolved(
        records=records,
        entities=len(named.ids),
        pairs_compared=matched.pairs_compared,
        merged=records - len(named.ids),
        possible=len(matched.possible),
        keys_dropped=matched.keys_dropped,
        ids_changed=sum(1 for old, new in named.redirects.items() if redirects.get(old) != new),
        seconds={},
    )
    with store.transaction():
        _remember(store, "")  # Where a write in steps is cut off, the next run must not take it for done.
        _write(store, matched, named, now, progress)
        clock.lap("write")
        remembering.write(store, now)
        _remember(store, f"{held} {done.model_dump_json()}")
    clock.lap("remember")
    return done.model_copy(update={"alarming": len(alarming(store)), "seconds": clock.laps})


@dataclass(frozen=True)
class Given:
    """All that matching is given beside the records. Each part of it must be in the fingerprint, too."""

    verdicts: Verdicts
    firms_of: dict[str, list[str]]
    chosen: Chosen


def everything(store: Store, models: Sequence[Model], progress: Progress) -> tuple[list[Analysed], Given]:
    """All records of the store, taken apart, and all that matching is given beside them. Raises NothingToDo."""
    return _analysed(store, progress), _given(store, models)


def _given(store: Store, models: Sequence[Model]) -> Given:
    return Given(standing_verdicts(store), _firms_of(store), Chosen({one.kind: one for one in models}, accepted(store)))


def _former(store: Store, held: str) -> Resolved | None:
    """What the last run did, where it stood on just the same."""
    for row in store.read("meta/get", key=LAST_RUN):
        fingerprint_then, _, told_then = row["value"].partition(" ")
        return Resolved.model_validate_json(told_then) if fingerprint_then == held else None
    return None


def _remember(store: Store, value: str) -> None:
    store.write("meta/put", rows=[{"key": LAST_RUN, "value": value}])


class _Clock:
    """Wall time between laps, for the report only: nothing is decided by it."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.laps[stage] = round(now - self._since, 3)
        self._since = now


def _analysed(store: Store, progress: Progress) -> list[Analysed]:
    found: list[Analysed] = []
    for batch in shared(analysed_documents, _documents(store)):
        found += batch
        progress("load", len(found), 0)
    if not found:
        raise NothingToDo(records=0, remedy="Load files first: kith ingest FILE.")
    return found


def _documents(store: Store) -> Iterator[list[str]]:
    """All documents, page by page: they are never in memory together."""
    after = ""
    while (page := store.columns("entities/documents", after=after, limit=BATCH_RECORDS))["id"]:
        yield page["document"]
        after = page["id"][-1]


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


def _write(store: Store, matched: Matched, named: Named, now: datetime, progress: Progress) -> None:
    store.write("entities/clear")
    store.write("entities/clear_model_judgements")
    written = 0
    for entities, names in shared(told, _parts(store, matched, named)):
        store.write("entities/put_entities", rows=entities)
        store.write("entities/put_names", rows=names)
        written += len(entities)
        progress("write", written, len(named.ids))
    store.write("entities/put_members", rows=_member_rows(matched, named))
    store.write(
        "entities/put_redirects", rows=({"old_id": old, "surviving_id": new} for old, new in sorted(named.redirects.items()))
    )
    events = sorted(named.events, key=lambda event: event.entity_id)
    store.write("entities/put_events", rows=to_rows(events))
    store.write("entities/put_judgements", rows=to_rows(model_judgements(matched, now)))


def _parts(store: Store, matched: Matched, named: Named) -> Iterator[list[Part]]:
    """Every party with the documents of its records, about as many records at a time as a batch holds."""
    held: list[tuple[str, list[str]]] = []
    records = 0
    for own, part in zip(named.ids, matched.parts, strict=True):
        held.append((own, part))
        records += len(part)
        if records >= BATCH_RECORDS:
            yield _with_documents(store, held)
            held, records = [], 0
    if held:
        yield _with_documents(store, held)


def _with_documents(store: Store, parts: list[tuple[str, list[str]]]) -> list[Part]:
    page = store.columns("entities/documents_by_ids", ids=[record for _, part in parts for record in part])
    documents = dict(zip(page["id"], page["document"], strict=True))
    return [(own, [documents[record] for record in part]) for own, part in parts]


def _member_rows(matched: Matched, named: Named) -> Iterator[Row]:
    """In the order of the record ids: putting rows in the order of their key takes two thirds of the time."""
    owners = sorted((record, own) for own, part in zip(named.ids, matched.parts, strict=True) for record in part)
    return ({"record_id": record, "entity_id": own} for record, own in owners)
