"""Compares watched parties with what was last seen of them, and keeps each difference as one event (docs/decisions/0090).

An event and the state that it leads to are kept in one transaction. So a comparison that is broken off or called again makes
no event twice and loses none: whoever comes next finds the former state, and the same differences.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.context.kept_networks import store_state
from api.parties.summaries import parties_by_id
from api.schemas.watching import EventParty, WatchEventKind
from api.watching.differences import Change, changes_between
from api.watching.party_states import NOBODY_YET, PartyState
from api.watching.records import (
    DAY_KEY,
    EVENTS_KEY,
    MATCHED_KEY,
    OBSERVED_KEY,
    StoredEntry,
    StoredEvent,
    StoredList,
    take_numbers,
)
from api.watching.row_matches import match_entries
from api.watching.state_inputs import owner_kinds, present_ids, surviving_ids
from api.watching.states import PartyStates, StateReader
from ontology.rulebook import Rulebook
from store.changes import Change as StoreChange
from store.port import Row, Store
from store.rows import from_row, to_row

PAGE_ENTRIES = 200  # Of one transaction: some 50 ms, and far fewer rows than Neo4j keeps in one piece.


@dataclass(frozen=True)
class Observer:
    """Looks at watched parties on a day. kept_days: days after which events are forgotten."""

    store: Store
    rulebook: Rulebook
    as_of: date
    now: datetime
    kept_days: int

    def observe_all(self) -> int:
        """Compare every watched party, where anything changed since the last time; the number of new events.

        Rows that wait for a party are matched once after each run: that takes longer than all comparisons. A day before the
        last one observed is a look back and makes no events. Raises StoreTrouble.
        """
        stamp = self._stamp()
        if not self._is_new(stamp):
            return 0
        self.store.write("watching/forget_events", before=(self.now - timedelta(days=self.kept_days)).isoformat())
        run = " ".join(str(self._meta(kind.key)) for kind in (StoreChange.PARTIES, StoreChange.PROPAGATED))
        matches_rows = self._meta(MATCHED_KEY) != run
        count = sum(self._observe(page, matches_rows=matches_rows) for page in self._pages())
        meta = {OBSERVED_KEY: stamp, DAY_KEY: self.as_of.isoformat(), MATCHED_KEY: run}
        self.store.write("meta/put", rows=[{"key": key, "value": value} for key, value in meta.items()])
        return count

    def observe_parties(self, entity_ids: Collection[str]) -> int:
        """The same for some parties alone, after a change that touched no others; the number of new events."""
        if self.as_of < self._last_day():
            return 0
        rows = self.store.read("watching/entries_of_parties", ids=sorted(entity_ids))
        ids = [row["id"] for row in rows]
        return sum(self._observe(ids[start : start + PAGE_ENTRIES]) for start in range(0, len(ids), PAGE_ENTRIES))

    def _is_new(self, stamp: str) -> bool:
        return self.as_of >= self._last_day() and self._meta(OBSERVED_KEY) != stamp

    def _last_day(self) -> date:
        day = self._meta(DAY_KEY)
        return date.fromisoformat(day) if day else date.min

    def _meta(self, key: str) -> str | None:
        rows = self.store.read("meta/get", key=key)
        return rows[0]["value"] if rows else None

    def _stamp(self) -> str:
        """A text that changes whenever a watched party may have: facts, runs, rules and the day."""
        return json.dumps([*store_state(self.store), self.rulebook.content_hash, self.as_of.isoformat()])

    def _pages(self) -> Iterator[list[str]]:
        after = ""
        while rows := self.store.read("watching/entries_after", after=after, limit=PAGE_ENTRIES):
            after = rows[-1]["id"]
            yield [row["id"] for row in rows]

    def _observe(self, entry_ids: Sequence[str], *, matches_rows: bool = False) -> int:
        """Compare some entries and keep what is new of them; the number of new events."""
        waiting = [entry for entry in self._active(entry_ids) if entry.entity_id is None] if matches_rows else []
        matches = match_entries(self.store, waiting)
        with self.store.transaction():
            entries = [entry_with_match(entry, matches) for entry in self._active(entry_ids)]
            comparison = Comparison.of(self.store, entries, StateReader(self.store, self.rulebook, self.as_of))
            events = list(comparison.events(self))
            numbers = take_numbers(self.store, EVENTS_KEY, len(events)) if events else range(0)
            rows = [event | {"number": number} for event, number in zip(events, numbers, strict=True)]
            self.store.write("watching/put_events", rows=rows)
            self.store.write("watching/put_entries", rows=[to_row(entry) for entry in comparison.changed_entries()])
        return len(events)

    def _active(self, entry_ids: Sequence[str]) -> list[StoredEntry]:
        """Entries that are watched on the day, as their lists are."""
        entries = [from_row(StoredEntry, row) for row in self.store.read("watching/entries_by_ids", ids=list(entry_ids))]
        lists = self.lists_of(entries)
        active_ids = {id_ for id_, watchlist in lists.items() if watchlist.is_active(self.as_of)}
        return [entry for entry in entries if entry.is_active(self.as_of) and entry.watchlist_id in active_ids]

    def lists_of(self, entries: Iterable[StoredEntry]) -> dict[str, StoredList]:
        """The lists of some entries, by id."""
        ids = sorted({entry.watchlist_id for entry in entries})
        return {row["id"]: from_row(StoredList, row) for row in self.store.read("watching/lists_by_ids", ids=ids)}


def entry_with_match(entry: StoredEntry, matches: Mapping[str, str]) -> StoredEntry:
    """The entry, meaning the party that answers to its row, where one does."""
    matched_id = matches.get(entry.id) if entry.entity_id is None else None
    return entry.model_copy(update={"entity_id": matched_id}) if matched_id else entry


@dataclass(frozen=True)
class Comparison:
    """Entries side by side with what their parties are now."""

    entries: Sequence[StoredEntry]
    present: Mapping[str, str]
    states: PartyStates
    survivors: Mapping[str, str]

    @classmethod
    def of(cls, store: Store, entries: Sequence[StoredEntry], reader: StateReader) -> "Comparison":
        """Read what is needed for all entries at once."""
        present = present_ids(store, [entry.entity_id for entry in entries if entry.entity_id])
        neighbour_ids = {tie.other_id for entry in entries for tie in entry.state.ties}
        return cls(entries, present, reader.read({*present.values()}), surviving_ids(store, neighbour_ids))

    def state(self, entry: StoredEntry) -> PartyState:
        """What the entry's party is now."""
        return self.states.state(self.present.get(entry.entity_id or ""), entry.state)

    def changed_entries(self) -> Iterator[StoredEntry]:
        """Entries with their new state, where it is another or they mean a party now."""
        for entry in self.entries:
            state = self.state(entry)
            if state.document != (entry.document or NOBODY_YET.document) or state.entity_id != entry.present_id:
                update = {"document": state.document, "present_id": state.entity_id, "version": entry.version + 1}
                yield entry.model_copy(update=update)

    def events(self, observer: Observer) -> Iterator[Row]:
        """Rows of `watching/put_events` without their numbers."""
        changes = [(entry, change) for entry in self.entries for change in self._changes(entry)]
        lists = observer.lists_of(entry for entry, _ in changes)
        other_ids = {change.other_id for _, change in changes if change.other_id}
        parties = parties_by_id(observer.store, sorted(other_ids)) if other_ids else {}
        for entry, change in changes:
            yield {
                "id": event_id(entry, change),
                "owner": lists[entry.watchlist_id].owner,
                "watchlist_id": entry.watchlist_id,
                "entry_id": entry.id,
                "entity_id": self.present.get(entry.entity_id or "", entry.entity_id or ""),
                "kind": change.kind.value,
                "observed_at": observer.now.isoformat(),
                "document": self._document(entry, change, parties).model_dump_json(exclude_defaults=True),
            }

    def _changes(self, entry: StoredEntry) -> tuple[Change, ...]:
        state = self.state(entry)
        if entry.version == 0 and state.entity_id:  # A row that means a party for the first time.
            return (Change(kind=WatchEventKind.MATCHED, subject_id=state.entity_id, after=state.standing or "not_scored"),)
        if entry.version == 0:
            return ()
        return changes_between(
            entry.state,
            state,
            owner_kinds=owner_kinds(self.states.rulebook),
            repaired=self.states.repaired(state.entity_id),
            survivors=self.survivors,
        )

    def _document(self, entry: StoredEntry, change: Change, parties: Mapping[str, Row]) -> StoredEvent:
        state = self.state(entry)
        watched = state if state.entity_id else entry.state
        facts = change.model_dump(include={"kind", "subject_id", "before", "after", "by_association"})
        return StoredEvent(
            **facts,
            reference=entry.reference,
            party=EventParty(id=watched.entity_id or "", name=watched.name, name_other=watched.name_other),
            listing=change.listing,
            other=_other_party(change.other_id, parties.get(change.other_id or "")),
            as_of=self.states.as_of,
            rulebook=self.states.rulebook.version,
        )


def _other_party(other_id: str | None, row: Row | None) -> EventParty | None:
    """The other party under its name; under its id where it is no more."""
    if other_id is None:
        return None
    return EventParty(id=other_id, name=row["name"] if row else other_id, name_other=row["name_other"] if row else None)


def event_id(entry: StoredEntry, change: Change) -> str:
    """The id of a change: the same for the same entry, kept state and change, whoever compares and however often."""
    parts = (entry.id, entry.version, change.kind.value, change.subject_id, change.before, change.after)
    return f"ev_{hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()}"
