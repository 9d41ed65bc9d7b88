"""Entries of watch lists: parties by their ids, and rows that are matched until they mean a party."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.context.callers import note_reads
from api.context.pages import PageRequest, cut_page, read_cursor
from api.schemas.watching import EntriesAdded, EntryToAdd, RefusedEntry, WatchEntries, WatchEntry
from api.watching.lists import OPERATOR, list_of
from api.watching.records import MATCHED_KEY, OBSERVED_KEY, THINGS_KEY, StoredEntry, take_numbers
from api.watching.row_matches import match_entries
from api.watching.state_inputs import present_ids
from api.watching.states import StateReader
from ontology.base import PartyKind
from ontology.errors import EntryUnknown, WrongCall
from ontology.personal_ids import mask
from store.port import Store
from store.rows import from_row, to_row

MATCHED_AT_ONCE = 100  # Rows matched while the caller waits; more of them are matched by the next look.
ENTRIES_MAX = 50_000  # Of one list: all are compared after each change of facts, some seconds' work.
TEXTS = ("name", "place", "reference", "note")


@dataclass(frozen=True)
class Addition:
    """Who adds entries to which list, and when."""

    watchlist_id: str
    owner: str
    now: datetime


def add_entries(reader: StateReader, rows: Sequence[EntryToAdd | RefusedEntry], addition: Addition) -> EntriesAdded:
    """Add what can be added; each row stands by itself. What parties are now is kept, so that only later changes are told.

    rows: what was sent, with a refusal for each row that is none. Raises WatchlistUnknown, WrongCall for too many.
    """
    store = reader.store
    watchlist = list_of(store, addition.watchlist_id, owner=addition.owner)
    _refuse_many(store, watchlist.id, len(rows))
    to_add = [(number, row) for number, row in enumerate(rows, 1) if isinstance(row, EntryToAdd)]
    present = present_ids(store, [row.entity_id for _, row in to_add if row.entity_id])
    kinds = _kinds(store, present.values())
    refusals = [row for row in rows if isinstance(row, RefusedEntry)]
    entries = []
    for number, row in to_add:
        refusal = _refusal(number, row, present, kinds, for_operator=watchlist.owner == OPERATOR)
        if refusal:
            refusals.append(refusal)
        else:
            entries.append(_stored(row, watchlist.id, addition.now))
    waiting = [entry for entry in entries if entry.entity_id is None]
    matches = match_entries(store, waiting) if len(waiting) <= MATCHED_AT_ONCE else {}
    with store.transaction():
        numbers = take_numbers(store, THINGS_KEY, len(entries)) if entries else range(0)
        numbered = [
            entry.model_copy(update={"id": f"E-{number:06}", "entity_id": entry.entity_id or matches.get(entry.id)})
            for entry, number in zip(entries, numbers, strict=True)
        ]
        stored_entries = _with_states(reader, numbered)
        store.write("watching/put_entries", rows=[to_row(entry) for entry in stored_entries])
        if len(waiting) > MATCHED_AT_ONCE:
            store.write("meta/put", rows=[{"key": key, "value": ""} for key in (OBSERVED_KEY, MATCHED_KEY)])
    return EntriesAdded(
        added=len(stored_entries),
        waiting=sum(entry.entity_id is None for entry in stored_entries),
        refused=tuple(sorted(refusals, key=lambda refusal: refusal.row)),
        entries=tuple(map(shown_entry, stored_entries)),
    )


def show_entries(store: Store, watchlist_id: str, page: PageRequest, *, owner: str) -> WatchEntries:
    """Entries of a list by id, with what was last seen of each. Raises WatchlistUnknown, CursorInvalid."""
    list_of(store, watchlist_id, owner=owner)
    question = f"watch entries {watchlist_id}"
    place = read_cursor(page.cursor, question=question, types=(str,)) or ("",)
    rows = store.read("watching/entries_of_list", watchlist_id=watchlist_id, after=place[0], limit=page.limit + 1)
    cut = cut_page(rows, page, place=lambda row: (row["id"],), question=question)
    note_reads(row["present_id"] for row in cut.lines if row["present_id"])
    return WatchEntries(entries=tuple(shown_entry(from_row(StoredEntry, row)) for row in cut.lines), next=cut.next)


def remove_entry(store: Store, watchlist_id: str, entry_id: str, *, owner: str) -> WatchEntry:
    """Remove one entry; what it was. Its events stay. Raises WatchlistUnknown, EntryUnknown."""
    list_of(store, watchlist_id, owner=owner)
    with store.transaction():
        rows = store.read("watching/entries_by_ids", ids=[entry_id])
        if not rows or rows[0]["watchlist_id"] != watchlist_id:
            raise EntryUnknown(id=mask(entry_id), watchlist=watchlist_id)
        store.write("watching/remove_entries", rows=[{"id": entry_id}])
    return shown_entry(from_row(StoredEntry, rows[0]))


def shown_entry(entry: StoredEntry) -> WatchEntry:
    """An entry as it is shown."""
    state = entry.state
    copied = entry.model_dump(exclude={"entity_id", "present_id", "version", "document"})
    return WatchEntry(
        **copied,
        entity_id=entry.present_id,
        party=state.name or None,
        standing=state.standing,
        band=state.band,
        listings=len(state.listings),
        waiting=entry.present_id is None,
    )


def _refuse_many(store: Store, watchlist_id: str, rows: int) -> None:
    counts = store.read("watching/counts", ids=[watchlist_id])
    entries = counts[0]["entries"] if counts else 0
    if entries + rows > ENTRIES_MAX:
        raise WrongCall(entries=entries, rows=rows, most=ENTRIES_MAX, remedy="Make another watch list.")


def _refusal(
    number: int, row: EntryToAdd, present: Mapping[str, str], kinds: Mapping[str, str], *, for_operator: bool
) -> RefusedEntry | None:
    if row.entity_id is None:
        return None
    if row.entity_id not in present:
        return RefusedEntry(row=number, field="entity_id", problem="no such party: give its id, or name and code instead")
    if kinds.get(present[row.entity_id]) == PartyKind.PERSON and not for_operator:
        return RefusedEntry(row=number, field="entity_id", problem="a person is watched by the operator alone")
    return None


def _kinds(store: Store, entity_ids: Iterable[str]) -> dict[str, str]:
    return {row["id"]: row["kind"] for row in store.read("entities/entities_by_ids", ids=sorted(entity_ids))}


def _stored(row: EntryToAdd, watchlist_id: str, now: datetime) -> StoredEntry:
    """The row as it is kept, personal numbers masked, not numbered yet."""
    texts = {name: mask(text) for name in TEXTS if (text := getattr(row, name))}
    return StoredEntry(
        id=f"new-{id(row)}",
        watchlist_id=watchlist_id,
        entity_id=row.entity_id,
        code=mask(row.code, declared=True) if row.code else None,
        country=row.country,
        active_until=row.active_until,
        created_at=now,
        **texts,
    )


def _with_states(reader: StateReader, entries: Sequence[StoredEntry]) -> list[StoredEntry]:
    """Entries with what their parties are now; a row that waits has none."""
    present = present_ids(reader.store, [entry.entity_id for entry in entries if entry.entity_id])
    states = reader.read({*present.values()})
    with_states = []
    for entry in entries:
        present_id = present.get(entry.entity_id or "")
        update = {"present_id": present_id, "document": states.state(present_id).document, "version": 1} if present_id else {}
        with_states.append(entry.model_copy(update=update))
    return with_states
