"""`resolve`: makes entities with lasting ids from the records of a store, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
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
from resolution.entities.chains import find_alarming_chains
from resolution.entities.entity_rows import build_entity_rows
from resolution.entities.ids import assign_ids
from resolution.entities.returning_ids import first_records, parted_ids
from resolution.entities.side_assignment import both_sides
from resolution.entity_writes import Pages, part_batches, write_entities
from resolution.fingerprints import Fingerprint
from resolution.judgements.ledger import standing_verdicts
from resolution.judgements.verdicts import Verdicts
from resolution.live.memory import confirm_note, has_full_run, last_statistics
from resolution.live.snapshot import SnapshotWriter
from resolution.matching import Progress, match_analysed
from resolution.records.analysed import Analysed
from resolution.records.sides import COMPARED_KINDS
from resolution.training.run_weights import learn_run_weights
from resolution.worker import PendingResult, Worker
from store.changes import Change, changes_so_far, note_change, progress_row
from store.garbage_collection import collector_paused
from store.port import Columns, Store

LAST_RUN = "resolve.last"  # The fingerprint of the last run, and what it did.
BATCH_RECORDS = 4_000  # Records read, taken apart or written at a time.
REST_RECORDS = 500_000  # From so many on the second process ends while this one compares.
OPENING_BATCHES = 12  # Of parties, for the second process while this one writes to whom each record belongs.
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
    weights: dict[PartyKind, str] = Field({}, description="Version of the weights of each kind.")
    learned_from: dict[PartyKind, int] = Field(
        {}, description="Records that the weights of a kind were learned from; left out: shipped or chosen."
    )
    seconds: dict[str, float] = Field(description="Wall time of each stage.")


def resolve(
    store: Store,
    *,
    now: datetime,
    models: Sequence[Model] = (),
    learns: bool = True,
    progress: Progress | None = None,
    worker: Worker | None = None,
) -> Resolved:
    """Find the parties among all records of the store and write them; rows derived from the former parties are removed.

    now:      the time of the run, written into events and judgements.
    models:   models to use instead of the shipped ones, at most one a kind.
    learns:   whether weights of persons are learned from the records, where they are enough and no model is given.
    progress: called with a stage, how much is done and how much there is.
    worker:   a second process that the caller ends; without it the run starts one of its own where there is enough work.
    Raises NothingToDo in a store without records, and StoreTrouble.
    People's verdicts are respected. An id survives as long as its records do. Running it again on the same inputs changes
    nothing, keeps ties, signals and scores, and takes only as long as reading the records.
    """
    with collector_paused(), ExitStack() as stack:
        second = worker or stack.enter_context(Worker())
        choices = ModelChoice({model.kind: model for model in models}, accepted_aliases(store), learns)
        return _resolve(store, now, choices, progress or (lambda stage, done, total: None), second)


def _resolve(store: Store, now: datetime, choices: ModelChoice, progress: Progress, worker: Worker) -> Resolved:
    clock = _Clock()
    progress("load", 0, 0)
    changes_seen = changes_so_far(store)  # What comes in from now on may be missed by what is read.
    inputs = _read_matching_inputs(store, choices)
    if (unchanged_run := _find_unchanged_run(store, inputs)) is not None:
        with store.transaction():
            confirm_note(store)
            store.write("meta/put", rows=[progress_row(Change.RESOLVED, changes_seen)])
        clock.lap("load")
        return unchanged_run.model_copy(
            update={"ids_changed": 0, "alarming": len(find_alarming_chains(store)), "seconds": clock.laps}
        )
    loaded = _LoadedRecords()
    _load(store, loaded, worker, progress)
    fingerprint = inputs.fingerprint(loaded.fingerprint)
    clock.lap("load")
    snapshot = SnapshotWriter(both_sides(inputs.verdicts), inputs.choices)
    matched = match_analysed(
        loaded.analysed,
        inputs.verdicts,
        firms_of=inputs.firms_of,
        listings=inputs.listings,
        choices=inputs.choices,
        progress=progress,
        on_kind_compared=snapshot.add,
        load_persons=partial(loaded.load_persons, worker),
        known_keys=loaded.known_keys,
        learn=partial(learn_run_weights, kept=last_statistics(store, PartyKind.PERSON)) if choices.learns else None,
    )
    loaded.analysed.clear()  # What comes now needs the memory.
    clock.lap("match")
    before, redirects = _read_last_entities(store)
    first = first_records(store, parted_ids(matched.parts, before, redirects))
    assignment = assign_ids(matched.parts, before=before, redirects=redirects, now=now, first=first)
    clock.lap("name")
    resolved = Resolved(
        records=loaded.records,
        entities=len(assignment.ids),
        pairs_compared=matched.pairs_compared,
        merged=loaded.records - len(assignment.ids),
        possible=len(matched.possible_pairs),
        keys_dropped=matched.keys_dropped,
        ids_changed=len(assignment.returned) + sum(1 for old, new in assignment.redirects.items() if redirects.get(old) != new),
        weights={kind: statistics.model.version for kind, statistics in sorted(matched.statistics.items())},
        learned_from={kind: basis.learned_from for kind, basis in sorted(matched.statistics.items()) if basis.learned_from},
        seconds={},
    )
    with store.transaction():
        _remember(store, "")  # Where a write in steps is cut off, the next run must not take it for done.
        # The second process begins while this one writes the rest.
        pages = worker.map_batches(
            build_entity_rows, part_batches(store, matched, assignment, BATCH_RECORDS), opening=OPENING_BATCHES
        )
        write_entities(store, matched, assignment, now, _report_progress(pages, progress, len(assignment.ids)))
        clock.lap("write")
        loaded.release_worker(worker)
        snapshot.write(store, now)
        note_change(store, Change.PARTIES)
        store.write("meta/put", rows=[progress_row(Change.RESOLVED, changes_seen)])
        _remember(store, f"{fingerprint} {resolved.model_dump_json()}")
    clock.lap("remember")
    return resolved.model_copy(update={"alarming": len(find_alarming_chains(store)), "seconds": clock.laps})


@dataclass(frozen=True)
class MatchingInputs:
    """The inputs of matching other than the records. Each field must be part of the fingerprint."""

    verdicts: Verdicts
    firms_of: dict[str, list[str]]
    listings: dict[str, list[str]]
    choices: ModelChoice

    def fingerprint(self, record_fingerprint: Fingerprint) -> str:
        """Hash of these inputs and of `record_fingerprint`, the hash of the records."""
        return record_fingerprint.digest(
            verdicts=self.verdicts, firms_of=self.firms_of, listings=self.listings, choices=self.choices
        )


def load_matching_inputs(store: Store, models: Sequence[Model], progress: Progress) -> tuple[list[Analysed], MatchingInputs]:
    """All records of the store, analysed, and the other inputs of matching. Raises NothingToDo."""
    loaded = _LoadedRecords()
    with Worker() as worker:
        _load(store, loaded, worker, progress)
        analysed = sorted([*loaded.analysed, *loaded.load_persons(worker)], key=lambda record: record.id)
    choices = ModelChoice({model.kind: model for model in models}, accepted_aliases(store))
    return analysed, _read_matching_inputs(store, choices)


def _read_matching_inputs(store: Store, choices: ModelChoice) -> MatchingInputs:
    return MatchingInputs(standing_verdicts(store), _firms_of(store), read_listings(store), choices)


def _find_unchanged_run(store: Store, inputs: MatchingInputs) -> Resolved | None:
    """The result of the last run if its inputs were the same and it was written completely; else None."""
    notes = [row["value"] for row in store.read("meta/get", key=LAST_RUN) if row["value"]]
    if not notes or not has_full_run(store):
        return None
    fingerprint = Fingerprint()
    for page in _documents(store):
        fingerprint.add_page(page["document"])
    fingerprint_then, _, resolved_json = notes[0].partition(" ")
    return Resolved.model_validate_json(resolved_json) if fingerprint_then == inputs.fingerprint(fingerprint) else None


def _remember(store: Store, value: str) -> None:
    store.write("meta/put", rows=[{"key": LAST_RUN, "value": value}])


class _Clock:
    """Wall time between laps, only for the report."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.laps[stage] = round(now - self._since, 3)
        self._since = now


@dataclass
class _LoadedRecords:
    """Analysed records with their keys, batches of persons that the second process is analysing, and the fingerprint."""

    analysed: list[Analysed] = field(default_factory=list)
    known_keys: dict[PartyKind, KeyHashCache] = field(default_factory=lambda: {kind: KeyHashCache() for kind in COMPARED_KINDS})
    pending_persons: list[PendingResult[list[str], tuple[list[Analysed], dict[PartyKind, KeyHashes]]]] = field(
        default_factory=list
    )
    records: int = 0
    fingerprint: Fingerprint = field(default_factory=Fingerprint)

    def add_keys(self, numbered: Mapping[PartyKind, KeyHashes]) -> None:
        """Add the numbered keys of a batch of records."""
        for kind, batch_keys in numbered.items():
            self.known_keys[kind].add(batch_keys)

    def load_persons(self, worker: Worker) -> Iterator[Analysed]:
        """The records of persons that the second process analysed; their keys are added."""
        while self.pending_persons:
            records, numbered = self.pending_persons.pop(0).result()
            self.add_keys(numbered)
            yield from records
        self.release_worker(worker)

    def release_worker(self, worker: Worker) -> None:
        """End the second process when there are very many records: a new start costs less than the memory it holds."""
        if self.records > REST_RECORDS:
            worker.pause()


def _load(store: Store, loaded: _LoadedRecords, worker: Worker, progress: Progress) -> None:
    """Load firms first: while they are compared, the second process analyses persons."""
    persons: list[list[str]] = []
    for batch, numbered in worker.map_batches(analyse_and_hash, _batches(store, loaded, persons)):
        loaded.analysed += batch
        loaded.add_keys(numbered)
        progress("load", len(loaded.analysed), 0)
    loaded.pending_persons = [worker.submit(analyse_and_hash, batch) for batch in persons]
    if not loaded.records:
        raise NothingToDo(records=0, remedy="Load files first: kith ingest FILE.")


def _batches(store: Store, loaded: _LoadedRecords, persons: list[list[str]]) -> Iterator[list[str]]:
    """Documents to be analysed now. Batches of persons are put aside as long as there are few."""
    firms, other_persons = list[str](), list[str]()
    for page in _documents(store):
        loaded.records += len(page["id"])
        loaded.fingerprint.add_page(page["document"])
        for kind, document in zip(page["kind"], page["document"], strict=True):
            (other_persons if kind == PartyKind.PERSON.value else firms).append(document)
        if len(firms) >= BATCH_RECORDS:
            yield firms
            firms = []
        if len(other_persons) >= BATCH_RECORDS and len(persons) < AHEAD_MAX:
            persons.append(other_persons)
            other_persons = []
        elif len(other_persons) >= BATCH_RECORDS:
            yield other_persons
            other_persons = []
    yield from (batch for batch in (firms, other_persons) if batch)


def _documents(store: Store) -> Iterator[Columns]:
    """All documents with their kinds, page by page: they are never in memory together."""
    after = ""
    while (page := store.columns("entities/documents", after=after, limit=BATCH_RECORDS))["id"]:
        yield page
        after = page["id"][-1]


def _firms_of(store: Store) -> dict[str, list[str]]:
    """Ids of firm records by record id: for a person the firms it is linked with, for a firm those it is tied to."""
    firms_of: dict[str, list[str]] = {}
    for name, record_column, firm_column in (
        ("firms_of_persons", "person_id", "firm_id"),
        ("tied_firms", "record_id", "other_id"),
    ):
        columns = store.columns(f"entities/{name}")
        for record, firm in zip(columns[record_column], columns[firm_column], strict=True):
            firms_of.setdefault(record, []).append(firm)
    return firms_of


def read_listings(store: Store) -> dict[str, list[str]]:
    """Marks of the listings that name a record and were not taken off, by record id."""
    listings: dict[str, list[str]] = {}
    columns = store.columns("entities/listing_marks")
    for record, mark in zip(columns["record_id"], columns["mark"], strict=True):
        listings.setdefault(record, []).append(mark)
    return listings


def _read_last_entities(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    members, redirects = store.columns("entities/members"), store.columns("entities/redirects")
    return (
        dict(zip(members["record_id"], members["entity_id"], strict=True)),
        dict(zip(redirects["old_id"], redirects["surviving_id"], strict=True)),
    )


def _report_progress(pages: Pages, progress: Progress, total: int) -> Pages:
    written = 0
    for entities, names in pages:
        yield entities, names
        written += len(entities)
        progress("write", written, total)
