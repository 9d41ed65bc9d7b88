"""`resolve`: the records of a store become its entities, with ids that last, in one transaction."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import perf_counter

from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.errors import NothingToDo
from resolution.aliases.steward_list import accepted_aliases
from resolution.candidates.key_hashes import KeyHashCache, KeyHashes, analyse_and_hash
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import ModelChoice
from resolution.entities.chains import alarming
from resolution.entities.entity_rows import Part, told
from resolution.entities.ids import Named, name_parts
from resolution.entities.returns import first_records, parted_ids
from resolution.entities.settled_sides import both_sides
from resolution.fingerprints import Fingerprint
from resolution.judgements.ledger import verdicts as standing_verdicts
from resolution.judgements.verdicts import Verdicts
from resolution.live.memory import remembers, still_holds
from resolution.live.snapshot import Remembering
from resolution.matching import Matched, Progress, match_analysed, model_judgements
from resolution.records.analysed import Analysed
from resolution.records.sides import COMPARED_KINDS
from resolution.worker import PendingResult, Worker
from store.changes import Change, changes_so_far, note_change, seen_row
from store.port import Columns, Row, Store
from store.rows import to_rows

LAST_RUN = "resolve.last"  # The fingerprint of the last run, and what it did.
BATCH_RECORDS = 4_000  # Records read, taken apart or written at a time.
REST_RECORDS = 500_000  # From so many on the second process ends while this one compares.
AHEAD_MAX = 16  # Batches of persons that wait, as documents, while firms are compared.


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


def resolve(
    store: Store,
    *,
    now: datetime,
    models: Sequence[Model] = (),
    progress: Progress | None = None,
    worker: Worker | None = None,
) -> Resolved:
    """Find the parties among all records of the store and write them down; what was derived from the former ones goes.

    now:      the time of the run, told in events and judgements.
    models:   weights to use instead of the shipped ones, one of a kind at most.
    progress: called with a stage, how much is done and how much there is.
    worker:   a second process that its owner ends; else this run has its own where there is much to do.
    Raises NothingToDo in a store without records, StoreTrouble.
    A person's verdicts are respected; ids survive as far as their records do. Running it again changes nothing, and takes
    only as long as reading the records: what is derived of the parties stays, too.
    """
    with _no_search_for_cycles(), ExitStack() as own:
        helper = worker or own.enter_context(Worker())
        return _resolve(store, now, models, progress or (lambda stage, done, total: None), helper)


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


def _resolve(store: Store, now: datetime, models: Sequence[Model], progress: Progress, aside: Worker) -> Resolved:
    clock = _Clock()
    progress("load", 0, 0)
    seen = changes_so_far(store)  # What comes in from now on may be missed by what is read.
    given = _given(store, models)
    if (former := _former(store, given)) is not None:
        with store.transaction():
            still_holds(store)
            store.write("meta/put", rows=[seen_row(Change.RESOLVED, seen)])
        clock.lap("load")
        return former.model_copy(update={"ids_changed": 0, "alarming": len(alarming(store)), "seconds": clock.laps})
    loaded = _Loaded()
    _load(store, loaded, aside, progress)
    held = given.fingerprint(loaded.seen)
    clock.lap("load")
    remembering = Remembering(both_sides(given.verdicts), given.chosen)
    matched = match_analysed(
        loaded.analysed,
        given.verdicts,
        firms_of=given.firms_of,
        chosen=given.chosen,
        progress=progress,
        keep=remembering.add,
        later=partial(loaded.later, aside),
        known=loaded.known,
    )
    loaded.analysed.clear()  # What comes now needs the memory.
    clock.lap("match")
    before, redirects = _before(store)
    first = first_records(store, parted_ids(matched.parts, before, redirects))
    named = name_parts(matched.parts, before=before, redirects=redirects, now=now, first=first)
    clock.lap("name")
    done = Resolved(
        records=loaded.records,
        entities=len(named.ids),
        pairs_compared=matched.pairs_compared,
        merged=loaded.records - len(named.ids),
        possible=len(matched.possible),
        keys_dropped=matched.keys_dropped,
        ids_changed=len(named.returned) + sum(1 for old, new in named.redirects.items() if redirects.get(old) != new),
        seconds={},
    )
    with store.transaction():
        _remember(store, "")  # Where a write in steps is cut off, the next run must not take it for done.
        pages = aside.shared(told, _parts(store, matched, named))  # The second process begins while this one writes the rest.
        _write(store, matched, named, now, _watched(pages, progress, len(named.ids)))
        clock.lap("write")
        loaded.rest(aside)
        remembering.write(store, now)
        note_change(store, Change.PARTIES)
        store.write("meta/put", rows=[seen_row(Change.RESOLVED, seen)])
        _remember(store, f"{held} {done.model_dump_json()}")
    clock.lap("remember")
    return done.model_copy(update={"alarming": len(alarming(store)), "seconds": clock.laps})


@dataclass(frozen=True)
class Given:
    """All that matching is given beside the records. Each part of it must be in the fingerprint, too."""

    verdicts: Verdicts
    firms_of: dict[str, list[str]]
    chosen: ModelChoice

    def fingerprint(self, seen: Fingerprint) -> str:
        """Of the records seen, and of all this."""
        return seen.told(verdicts=self.verdicts, firms_of=self.firms_of, chosen=self.chosen)


def everything(store: Store, models: Sequence[Model], progress: Progress) -> tuple[list[Analysed], Given]:
    """All records of the store, taken apart, and all that matching is given beside them. Raises NothingToDo."""
    loaded = _Loaded()
    with Worker() as aside:
        _load(store, loaded, aside, progress)
        analysed = sorted([*loaded.analysed, *loaded.later(aside)], key=lambda one: one.id)
    return analysed, _given(store, models)


def _given(store: Store, models: Sequence[Model]) -> Given:
    return Given(
        standing_verdicts(store), _firms_of(store), ModelChoice({one.kind: one for one in models}, accepted_aliases(store))
    )


def _former(store: Store, given: Given) -> Resolved | None:
    """What the last run did, where it stood on just the same and is remembered whole."""
    told = [row["value"] for row in store.read("meta/get", key=LAST_RUN) if row["value"]]
    if not told or not remembers(store):
        return None
    seen = Fingerprint()
    for page in _documents(store):
        seen.take(page["document"])
    fingerprint_then, _, told_then = told[0].partition(" ")
    return Resolved.model_validate_json(told_then) if fingerprint_then == given.fingerprint(seen) else None


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


@dataclass
class _Loaded:
    """Records taken apart with their keys, those of persons that will be while firms are compared, and all their fingerprint."""

    analysed: list[Analysed] = field(default_factory=list)
    known: dict[PartyKind, KeyHashCache] = field(default_factory=lambda: {kind: KeyHashCache() for kind in COMPARED_KINDS})
    ahead: list[PendingResult[list[str], tuple[list[Analysed], dict[PartyKind, KeyHashes]]]] = field(default_factory=list)
    records: int = 0
    seen: Fingerprint = field(default_factory=Fingerprint)

    def take(self, numbered: Mapping[PartyKind, KeyHashes]) -> None:
        """Add the keys of a batch."""
        for kind, own in numbered.items():
            self.known[kind].add(own)

    def later(self, aside: Worker) -> Iterator[Analysed]:
        """The persons that were left."""
        while self.ahead:
            records, numbered = self.ahead.pop(0).made()
            self.take(numbered)
            yield from records
        self.rest(aside)

    def rest(self, aside: Worker) -> None:
        """Of very many records what comes next takes longer, and more memory, than a process its start."""
        if self.records > REST_RECORDS:
            aside.rest()


def _load(store: Store, loaded: _Loaded, aside: Worker, progress: Progress) -> None:
    """Firms first: while they are compared, the second process takes persons apart."""
    persons: list[list[str]] = []
    for batch, numbered in aside.shared(analyse_and_hash, _batches(store, loaded, persons)):
        loaded.analysed += batch
        loaded.take(numbered)
        progress("load", len(loaded.analysed), 0)
    loaded.ahead = [aside.later(analyse_and_hash, batch) for batch in persons]
    if not loaded.records:
        raise NothingToDo(records=0, remedy="Load files first: kith ingest FILE.")


def _batches(store: Store, loaded: _Loaded, persons: list[list[str]]) -> Iterator[list[str]]:
    """Documents to be taken apart now. Batches of persons are put aside as long as there are few."""
    firms, others = list[str](), list[str]()
    for page in _documents(store):
        loaded.records += len(page["id"])
        loaded.seen.take(page["document"])
        for kind, document in zip(page["kind"], page["document"], strict=True):
            (others if kind == PartyKind.PERSON.value else firms).append(document)
        if len(firms) >= BATCH_RECORDS:
            yield firms
            firms = []
        if len(others) >= BATCH_RECORDS and len(persons) < AHEAD_MAX:
            persons.append(others)
            others = []
        elif len(others) >= BATCH_RECORDS:
            yield others
            others = []
    yield from (held for held in (firms, others) if held)


def _documents(store: Store) -> Iterator[Columns]:
    """All documents with their kinds, page by page: they are never in memory together."""
    after = ""
    while (page := store.columns("entities/documents", after=after, limit=BATCH_RECORDS))["id"]:
        yield page
        after = page["id"][-1]


def _firms_of(store: Store) -> dict[str, list[str]]:
    """Firms that persons stand beside, and records that records of firms are tied to."""
    found: dict[str, list[str]] = {}
    for name, key, other in (("firms_of_persons", "person_id", "firm_id"), ("tied_firms", "record_id", "other_id")):
        columns = store.columns(f"entities/{name}")
        for record, beside in zip(columns[key], columns[other], strict=True):
            found.setdefault(record, []).append(beside)
    return found


def _before(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    members, redirects = store.columns("entities/members"), store.columns("entities/redirects")
    return (
        dict(zip(members["record_id"], members["entity_id"], strict=True)),
        dict(zip(redirects["old_id"], redirects["surviving_id"], strict=True)),
    )


Pages = Iterator[tuple[list[Row], list[Row]]]
"""Rows of entities and of their names, page by page."""


def _write(store: Store, matched: Matched, named: Named, now: datetime, pages: Pages) -> None:
    store.write("entities/clear")
    store.write("entities/clear_model_judgements")
    store.write("entities/put_members", rows=_member_rows(matched, named))
    if named.returned:
        store.write("entities/remove_redirects", ids=list(named.returned))
    store.write(
        "entities/put_redirects", rows=({"old_id": old, "surviving_id": new} for old, new in sorted(named.redirects.items()))
    )
    events = sorted(named.events, key=lambda event: event.entity_id)
    store.write("entities/put_events", rows=to_rows(events))
    store.write("entities/put_judgements", rows=to_rows(model_judgements(matched, now)))
    for entities, names in pages:
        store.write("entities/put_entities", rows=entities)
        store.write("entities/put_names", rows=names)


def _watched(pages: Pages, progress: Progress, total: int) -> Pages:
    written = 0
    for entities, names in pages:
        yield entities, names
        written += len(entities)
        progress("write", written, total)


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
