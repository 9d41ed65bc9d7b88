"""One record is put, taken out or judged, and at once the parties it touches are what a full run would make of them.

Whatever the order of calls: once the queue is empty the store holds the parties that `resolution.matching.match` finds among all
its records with the same frozen weights (docs/decisions/0019). A call reads and writes only what stands near the records it
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
from resolution.live.components import cluster
from resolution.live.dirty import dirty_records
from resolution.live.edges import connect, turn
from resolution.live.live_session import LiveSession
from resolution.live.memory import Memories, follows, keep_note
from resolution.live.key_pairs import Turned
from resolution.live.queue import KEY, RECORD, PutOff, put_off_records, take, waiting
from resolution.live.rewriting import Rewritten, members_before, rewrite
from resolution.live.units import regroup
from resolution.records.sides import as_person, record_of
from store.changes import Change, note_change
from store.port import Store

AT_ONCE_MAX = 8  # Things from the queue that a call works off itself; what is left is for `settle`.
SETTLED_AT_ONCE = 32  # Things `settle` works off in one transaction, so that others get their turn in between.


class ChangedParty(BaseModel):
    """A party that is another now, with its records; none where it is no more."""

    model_config = ConfigDict(frozen=True)
    id: str
    record_ids: tuple[str, ...]


class Changed(BaseModel):
    """What one call did to the parties. Signals and scores are as of the last propagate."""

    model_config = ConfigDict(frozen=True)
    parties: tuple[ChangedParty, ...] = Field((), description="Parties that are new, of other records, or say something else.")
    redirects: dict[str, str] = Field({}, description="Ids that lead to another now.")
    events: tuple[EntityEvent, ...] = ()
    waiting: int = Field(0, description="Things put off: keys that crossed their cap, persons beside changed firms.")


@dataclass
class Live:
    """Live resolution over one store. Threads may share it: the store lets one write at a time."""

    store: Store
    _memories: Memories = field(default_factory=Memories)

    def put(self, record: Record, *, now: datetime) -> Changed:
        """Add a record, or say anew what it says. Raises NothingToDo where a full run is due, StoreTrouble."""
        return self.put_all([record], now=now)

    def put_all(self, records: Sequence[Record], *, now: datetime) -> Changed:
        """The same of many records in one transaction, at half the cost of each. Of one told twice the last word holds."""
        at_once = AT_ONCE_MAX * max(len(records), 1)
        return self._call(now, lambda call: _put(call, {record.id: record for record in records}), at_once=at_once)

    def delete(self, record_id: str, *, now: datetime) -> Changed:
        """Take a record out; what others state about it stays, and holds again when it is put again. Raises RecordUnknown."""
        return self._call(now, lambda call: [_delete(call, record_id)])

    def rejudge(self, record_ids: Collection[str], *, now: datetime) -> Changed:
        """People's verdicts on these records are others now: let the parties follow. Unknown ids are passed over."""
        return self._call(now, lambda call: [_change(call, {}, (), judged=record_ids)], kind=Change.FOLLOWED)

    def follows(self) -> bool:
        """Whether calls are taken now: a full run was written down and no file was loaded since."""
        return follows(self.store)

    def settle(self, *, now: datetime, progress: Callable[[int], None] | None = None) -> Changed:
        """Work off the queue, some things a transaction. progress: called with how many are left."""
        done = [self._call(now, lambda call: [], at_once=SETTLED_AT_ONCE)]
        while done[-1].waiting:
            if progress:
                progress(done[-1].waiting)
            done.append(self._call(now, lambda call: [], at_once=SETTLED_AT_ONCE))
        return _together(done)

    def waiting(self) -> int:
        """How much is put off."""
        return waiting(self.store)

    def _call(
        self,
        now: datetime,
        change: Callable[[LiveSession], list[Rewritten]],
        *,
        at_once: int = AT_ONCE_MAX,
        kind: Change = Change.RECORDS,
    ) -> Changed:
        with self.store.transaction():
            memory = self._memories.of(self.store)
            call = LiveSession(self.store, memory, now, memory.next_number)
            done = change(call)
            while at_once > 0 and (items := take(self.store, at_once)):
                at_once -= len(items)
                done.append(_work_off(call, items))
            keep_note(self.store, memory, call.next_number, now)
            if done or kind is Change.FOLLOWED:
                note_change(self.store, kind)
            return _told(done, 0 if at_once > 0 else waiting(self.store))


def _put(call: LiveSession, told: dict[str, Record]) -> list[Rewritten]:
    """What says the same as before changes nothing, and costs nothing."""
    call.parties.read_records(told)
    anew = {id_: record for id_, record in told.items() if call.parties.records.get(id_) != record}
    return [_change(call, anew, ())] if anew else []


def _delete(call: LiveSession, record_id: str) -> Rewritten:
    if not call.parties.numbers([record_id, as_person(record_id)]):
        raise RecordUnknown(record=record_id)
    return _change(call, {record_id: None}, ())


def _change(
    call: LiveSession,
    told: Mapping[str, Record | None],
    again: Collection[str],
    *,
    judged: Collection[str] = (),
    turned: Collection[Turned] = (),
) -> Rewritten:
    """Say what is told, look again at others, and let the parties follow. judged: records that people said something else of."""
    call.parties.read_records(told)
    kinds = {id_: call.parties.records[id_].kind for id_ in told if id_ in call.parties.records}
    had = members_before(call, told.keys())
    anew = call.connected_by_words({*told, *judged}) | set(judged)
    dirty = dirty_records(call, told, {*again, *anew})
    changed = regroup(call, dirty, anew=anew | set(map(as_person, anew)))
    seeds = connect(call, changed)
    for one in turned:
        seeds |= turn(call, one)
    clustered = cluster(call, seeds)
    concerned = {*map(record_of, dirty.ids.values()), *(one for part in clustered.parts for one in part)}
    before = members_before(call, concerned) | had
    done = rewrite(call, clustered, before, told.keys(), kinds)
    call.parties.write_known(dirty.known, dirty.new)
    _put_off_persons(call, told.keys(), done)
    return done


def _work_off(call: LiveSession, items: Collection[PutOff]) -> Rewritten:
    again = [one.item for one in items if one.kind == RECORD]
    turned = [Turned(one.item, one.holders) for one in items if one.kind == KEY]
    return _change(call, {}, again, turned=turned)


def _put_off_persons(call: LiveSession, told: Collection[str], done: Rewritten) -> None:
    """Persons beside a firm whose party begins with another record now are compared anew."""
    records = call.parties.records
    firms = [id_ for id_ in done.heads_changed if id_ in told or records[id_].kind is not PartyKind.PERSON]
    if firms:
        persons = {row["person_id"] for row in call.store.read("live/persons_of", firm_ids=sorted(firms))}
        put_off_records(call.store, persons)


def _told(done: Collection[Rewritten], left: int) -> Changed:
    parties: dict[str, tuple[str, ...]] = {}
    for one in done:
        parties |= one.entities | dict.fromkeys(one.removed, ())
    redirects = {old: new for one in done for old, new in one.redirects.items()}
    events = tuple(event for one in done for event in one.events)
    told = tuple(ChangedParty(id=own, record_ids=records) for own, records in sorted(parties.items()))
    return Changed(parties=told, redirects=redirects, events=events, waiting=left)


def _together(done: Collection[Changed]) -> Changed:
    parties = {party.id: party for one in done for party in one.parties}
    return Changed(
        parties=tuple(party for _, party in sorted(parties.items())),
        redirects={old: new for one in done for old, new in one.redirects.items()},
        events=tuple(event for one in done for event in one.events),
        waiting=0,
    )
