"""Watch lists, entries and events as the store keeps them, and the numbers they are counted by."""

from datetime import date, datetime

from pydantic import Field

from api.schemas.watching import EventParty, WatchedListing, WatchEventKind
from api.watching.party_states import PartyState
from ontology.base import Identity, ImmutableModel
from store.port import Row, Store

THINGS_KEY, EVENTS_KEY = "watching.things", "watching.events"
"""Keys of `meta`: the last number of a list, entry or subscription, and that of an event."""
OBSERVED_KEY, DAY_KEY, MATCHED_KEY = "watching.observed", "watching.day", "watching.matched"
"""Keys of `meta`: the state of the store last compared, its day, and the run after which waiting rows were matched."""


class StoredList(ImmutableModel):
    """A row of `watchlists`."""

    id: Identity
    owner: str
    name: str
    note: str | None = None
    active_until: date | None = None
    created_at: datetime

    def is_active(self, today: date) -> bool:
        """Whether it is watched on a day."""
        return self.active_until is None or today < self.active_until


class StoredEntry(ImmutableModel):
    """A row of `watch_entries`. `version` counts the states kept so far; `document` is the last one."""

    id: Identity
    watchlist_id: Identity
    entity_id: Identity | None = None
    name: str | None = None
    code: str | None = None
    place: str | None = None
    country: str | None = None
    reference: str | None = None
    note: str | None = None
    active_until: date | None = None
    created_at: datetime
    present_id: Identity | None = None
    version: int = Field(0, ge=0)
    document: str = ""

    @property
    def state(self) -> PartyState:
        """The state last seen."""
        return PartyState.model_validate_json(self.document or "{}")

    def is_active(self, today: date) -> bool:
        """Whether it is watched on a day, its list aside."""
        return self.active_until is None or today < self.active_until


class StoredEvent(ImmutableModel):
    """What `watch_events` keeps of an event beside the columns it is asked by: facts, no sentences."""

    reference: str | None = None
    party: EventParty
    subject_id: str = ""
    before: str | None = None
    after: str | None = None
    listing: WatchedListing | None = None
    other: EventParty | None = None
    by_association: bool = False
    as_of: date
    rulebook: str
    kind: WatchEventKind


def take_numbers(store: Store, key: str, count: int) -> range:
    """The next numbers of a counter, in the transaction of what they are for; none is ever given twice."""
    last = last_number(store, key)
    store.write("meta/put", rows=[{"key": key, "value": str(last + count)}])
    return range(last + 1, last + count + 1)


def last_number(store: Store, key: str) -> int:
    """The last number that was given; 0 before the first."""
    rows: list[Row] = store.read("meta/get", key=key)
    return int(rows[0]["value"]) if rows else 0
