"""Puts, deletes and judges single records, and updates at once the parties that a call affects.

Whatever the order of calls: once the queue is empty the store holds the parties that `resolution.matching.match` finds among all
its records with the same statistics (docs/decisions/0019). A call reads and writes only the neighbourhood of the records it
changes, in one transaction. Ties, signals and scores stay as of the last propagate.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.entity import EntityEvent
from ontology.errors import RecordUnknown
from ontology.record import Record
from resolution.live.components import cluster_parts
from resolution.live.dirty import dirty_records
from resolution.live.edges import connect, pair_holders_anew
from resolution.live.key_pairs import ChangedKey
from resolution.live.live_session import LiveSession
from resolution.live.memory import Memories, Memory, accepts_changes, write_note
from resolution.live.rewriting import PartyRewrite, read_members_before, rewrite
from resolution.live.task_queue import KEY, RECORD, QueuedTask, queue_length, queue_records, take_tasks
from resolution.live.units import regroup
from resolution.records.sides import as_person, record_of
from store.changes import Change, note_change
from store.port import Store

AT_ONCE_MAX = 8  # Things from the queue that a call works off itself; what is left is for `settle`.
SETTLED_AT_ONCE = 32  # Things `settle` works off in one transaction, so that others get their turn in between.


class ChangedParty(BaseModel):
    """A party that is another now, with its records; none where it is no more."""

    model_config = ConfigDict(frozen=True)
    id: str = Field(description="Id of the party.")
    record_ids: tuple[str, ...] = Field(description="Ids of its records now.")


class Changed(BaseModel):
    """What one call did to the parties. Signals and scores are as of the last propagate."""

    model_config = ConfigDict(frozen=True)
    parties: tuple[ChangedParty, ...] = Field((), description="Parties that are new, of other records, or say something else.")
    redirects: dict[str, str] = Field({}, description="Ids that lead to another now.")
    events: tuple[EntityEvent, ...] = Field((), description="What happened to the parties.")
    waiting: int = Field(0, description="Things put off: keys that crossed their cap, persons beside changed firms.")


@dataclass
class Live:
    """Live resolution over one store. Threads may share it: the store lets one write at a time."""

    store: Store
    _memories: Memories = field(default_factory=Memories)

    def put(self, record: Record, *, now: datetime) -> Changed:
        """Add a record, or replace the one with its id. Raises NothingToDo where a full run is due, and StoreTrouble."""
        return self.put_all([record], now=now)

    def put_all(self, records: Sequence[Record], *, now: datetime) -> Changed:
        """Put many records in one transaction, at half the cost of single calls. Of several with one id the last one holds."""
        at_once = AT_ONCE_MAX * max(len(records), 1)
        return self._call(now, lambda session: _put_records(session, {record.id: record for record in records}), at_once=at_once)

    def delete(self, record_id: str, *, now: datetime) -> Changed:
        """Delete a record. Statements of others about it stay and count again when it is put again. Raises RecordUnknown."""
        return self._call(now, lambda session: [_delete(session, record_id)])

    def rejudge(self, record_ids: Collection[str], *, now: datetime) -> Changed:
        """Update the parties after people's verdicts on these records changed. Unknown ids are ignored."""
        return self._call(now, lambda session: [_change(session, {}, (), judged=record_ids)], kind=Change.FOLLOWED)

    def last_run(self) -> Memory:
        """The memory of the last full run, for a look that changes nothing, whatever was loaded since.

        Raises NothingToDo where there was none, or another release made it.
        """
        return self._memories.of(self.store, outdated=True)

    def accepts_changes(self) -> bool:
        """Whether changes are accepted now: there is a full run, and no file was loaded since."""
        return accepts_changes(self.store)

    def settle(self, *, now: datetime, progress: Callable[[int], None] | None = None) -> Changed:
        """Process the queue, a few tasks a transaction. progress: called with the number of tasks left."""
        changes = [self._call(now, lambda session: [], at_once=SETTLED_AT_ONCE)]
        while changes[-1].waiting:
            if progress:
                progress(changes[-1].waiting)
            changes.append(self._call(now, lambda session: [], at_once=SETTLED_AT_ONCE))
        return _merge_changes(changes)

    def queue_length(self) -> int:
        """Number of queued tasks."""
        return queue_length(self.store)

    def _call(
        self,
        now: datetime,
        change: Callable[[LiveSession], list[PartyRewrite]],
        *,
        at_once: int = AT_ONCE_MAX,
        kind: Change = Change.RECORDS,
    ) -> Changed:
        with self.store.transaction():
            memory = self._memories.of(self.store)
            session = LiveSession(self.store, memory, now, memory.next_number)
            rewrites = change(session)
            while at_once > 0 and (tasks := take_tasks(self.store, at_once)):
                at_once -= len(tasks)
                rewrites.append(_work_off(session, tasks))
            write_note(self.store, memory, session.next_number, now)
            if rewrites or kind is Change.FOLLOWED:
                note_change(self.store, kind)
            return _summarise(rewrites, 0 if at_once > 0 else queue_length(self.store))


def _put_records(session: LiveSession, changed_records: dict[str, Record]) -> list[PartyRewrite]:
    """What says the same as before changes nothing, and costs nothing."""
    session.record_cache.read_records(changed_records)
    new_records = {id_: record for id_, record in changed_records.items() if session.record_cache.records.get(id_) != record}
    return [_change(session, new_records, ())] if new_records else []


def _delete(session: LiveSession, record_id: str) -> PartyRewrite:
    if not session.record_cache.numbers_of([record_id, as_person(record_id)]):
        raise RecordUnknown(record=record_id)
    return _change(session, {record_id: None}, ())


def _change(
    session: LiveSession,
    changed_records: Mapping[str, Record | None],
    again: Collection[str],
    *,
    judged: Collection[str] = (),
    changed_keys: Collection[ChangedKey] = (),
) -> PartyRewrite:
    """Write the changed records, look again at others, and let the parties follow. judged: records that got another verdict."""
    session.record_cache.read_records(changed_records)
    kinds_before = {id_: session.record_cache.records[id_].kind for id_ in changed_records if id_ in session.record_cache.records}
    members_had = read_members_before(session, changed_records.keys())
    anew = session.connected_by_words({*changed_records, *judged}) | set(judged)
    dirty = dirty_records(session, changed_records, {*again, *anew})
    unit_changes = regroup(session, dirty, anew=anew | set(map(as_person, anew)))
    seeds = connect(session, unit_changes)
    for changed_key in changed_keys:
        seeds |= pair_holders_anew(session, changed_key)
    clustered = cluster_parts(session, seeds)
    records_concerned = {*map(record_of, dirty.ids.values()), *(record_id for part in clustered.parts for record_id in part)}
    members_before_call = read_members_before(session, records_concerned) | members_had
    party_rewrite = rewrite(session, clustered, members_before_call, changed_records.keys(), kinds_before)
    session.record_cache.write_contexts(dirty.contexts, dirty.new)
    _queue_persons(session, changed_records.keys(), party_rewrite)
    return party_rewrite


def _work_off(session: LiveSession, tasks: Collection[QueuedTask]) -> PartyRewrite:
    again = [task.subject for task in tasks if task.kind == RECORD]
    changed_keys = [ChangedKey(task.subject, task.holders) for task in tasks if task.kind == KEY]
    return _change(session, {}, again, changed_keys=changed_keys)


def _queue_persons(session: LiveSession, changed_records: Collection[str], party_rewrite: PartyRewrite) -> None:
    """Persons beside a firm whose party begins with another record now are compared anew."""
    records = session.record_cache.records
    firms = [id_ for id_ in party_rewrite.heads_changed if id_ in changed_records or records[id_].kind is not PartyKind.PERSON]
    if firms:
        persons = {row["person_id"] for row in session.store.read("live/persons_of", firm_ids=sorted(firms))}
        queue_records(session.store, persons)


def _summarise(rewrites: Collection[PartyRewrite], waiting: int) -> Changed:
    parties: dict[str, tuple[str, ...]] = {}
    for party_rewrite in rewrites:
        parties |= party_rewrite.entities | dict.fromkeys(party_rewrite.removed, ())
    redirects = {old: new for party_rewrite in rewrites for old, new in party_rewrite.redirects.items()}
    events = tuple(event for party_rewrite in rewrites for event in party_rewrite.events)
    changed_parties = tuple(ChangedParty(id=entity_id, record_ids=records) for entity_id, records in sorted(parties.items()))
    return Changed(parties=changed_parties, redirects=redirects, events=events, waiting=waiting)


def _merge_changes(changes: Collection[Changed]) -> Changed:
    parties = {party.id: party for change in changes for party in change.parties}
    return Changed(
        parties=tuple(party for _, party in sorted(parties.items())),
        redirects={old: new for change in changes for old, new in change.redirects.items()},
        events=tuple(event for change in changes for event in change.events),
        waiting=0,
    )
