"""The shapes of watch lists, of their entries, and of the events that tell what changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from api.schemas.days import Day
from api.schemas.pages import Next
from ontology.base import Identity, ImmutableModel
from ontology.score import Standing

LISTS_ID, ENTRY_ID, PARTY_ID, EVENT_ID = ["W-000001"], ["E-000007"], ["K-4Q2MZ7TB3A"], ["ev_1f0c9a6d2b7e48a5c3d0f1b2"]
REFERENCE = "What the owner of the list calls it, such as a customer or supplier number."
UNTIL = "First day it is no longer watched, ISO 8601; left out: without an end."
Text = Annotated[str, Field(min_length=1, max_length=300)]
Note = Annotated[str, Field(max_length=2000)]


class WatchEventKind(StrEnum):
    """What may change about a watched party."""

    BAND = "score.band"
    STANDING = "standing.changed"
    LISTING_NEW = "listing.new"
    LISTING_CHANGED = "listing.changed"
    LISTING_ENDED = "listing.ended"
    LISTING_DISPUTED = "listing.disputed"
    LISTING_REPAIRED = "listing.repaired"
    RESTRICTION_NEW = "restriction.new"
    RESTRICTION_ENDED = "restriction.ended"
    OWNER_NEW = "owner.new"
    OWNER_ENDED = "owner.ended"
    OFFICER_NEW = "officer.new"
    OFFICER_ENDED = "officer.ended"
    STAKE = "stake.changed"
    NAME = "name.changed"
    REGISTRATION = "registration.changed"
    PARTY_JOINED = "party.merged"
    PARTY_SPLIT = "party.split"
    PARTY_GONE = "party.gone"
    PARTY_RETURNED = "party.returned"
    MATCHED = "row.matched"


class WatchlistToMake(ImmutableModel):
    """A new watch list."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: Text = Field(description="What the list is called.", examples=["Suppliers 2026"])
    note: Note | None = Field(None, description="What it is for.", examples=["Steel, all plants"])
    active_until: Day | None = Field(None, description=UNTIL, examples=["2027-01-01"])


class WatchlistChange(ImmutableModel):
    """What is to be another on a watch list; a field that is left out stays, null takes it away."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: Text | None = Field(None, description="What the list is called; it cannot be taken away.", examples=["Suppliers 2027"])
    note: Note | None = Field(None, description="What it is for.", examples=["Steel, all plants"])
    active_until: Day | None = Field(None, description=UNTIL, examples=["2027-01-01"])


class Watchlist(ImmutableModel):
    """A named list of parties and rows whose changes are told."""

    id: Identity = Field(description="Id of the list.", examples=LISTS_ID)
    name: str = Field(description="What the list is called.", examples=["Suppliers 2026"])
    note: str | None = Field(None, description="What it is for.", examples=["Steel, all plants"])
    active_until: date | None = Field(None, description=UNTIL, examples=["2027-01-01"])
    active: bool = Field(description="Whether it is watched today.", examples=[True])
    owner: str = Field(description="Id of the key that made it; `operator` for the operator.", examples=["operator"])
    created_at: datetime = Field(description="When it was made, UTC.", examples=["2026-12-01T08:00:00Z"])
    entries: int = Field(description="How many entries it has.", examples=[120])
    parties: int = Field(description="How many of them mean a party of the store; the others wait for one.", examples=[117])


class Watchlists(ImmutableModel):
    """Watch lists by id."""

    watchlists: tuple[Watchlist, ...] = Field(description="The lists of this page.")
    next: Next = None


class EntryToAdd(ImmutableModel):
    """A party by its id, or a row of a supplier list that is matched until it means a party."""

    model_config = ConfigDict(str_strip_whitespace=True)

    entity_id: Identity | None = Field(None, description="Id of a party; then no name or code is needed.", examples=PARTY_ID)
    name: Text | None = Field(
        None, description="Name of the supplier, in any script.", examples=["Linhai Harbour Trading Co., Ltd."]
    )
    code: Text | None = Field(None, description="A public code of it, such as a credit code.", examples=["91331082MA2AABCD5X"])
    place: Text | None = Field(None, description="Town or region.", examples=["Linhai"])
    country: str | None = Field(None, pattern="^[a-z]{2}$", description="ISO 3166-1 alpha-2, lower case.", examples=["cn"])
    reference: Text | None = Field(None, description=REFERENCE, examples=["S-1042"])
    note: Note | None = Field(None, description="Anything to keep beside it.", examples=["sole source of bearings"])
    active_until: Day | None = Field(None, description=UNTIL, examples=["2027-01-01"])

    @model_validator(mode="after")
    def _means_somebody(self) -> Self:
        if not (self.entity_id or self.name or self.code):
            raise ValueError("an entry needs entity_id, name or code")
        return self


class WatchEntry(ImmutableModel):
    """One watched party, or a row that waits for one."""

    id: Identity = Field(description="Id of the entry.", examples=ENTRY_ID)
    watchlist_id: Identity = Field(description="The list it stands on.", examples=LISTS_ID)
    entity_id: Identity | None = Field(None, description="The party it means today; null where none answers.", examples=PARTY_ID)
    party: str | None = Field(None, description="Name of that party.", examples=["临海港湾贸易有限公司"])
    standing: Standing | None = Field(None, description="Where it stands; null before a run has scored it.", examples=["listed"])
    band: str | None = Field(None, description="Named part of the scale that its score lies in.", examples=["good"])
    listings: int = Field(0, description="Listings of its own in force.", examples=[1])
    waiting: bool = Field(description="Whether no party answers to the row yet.", examples=[False])
    name: str | None = Field(None, description="Name as the row gave it.", examples=["Linhai Harbour Trading Co., Ltd."])
    code: str | None = Field(None, description="Code as the row gave it.", examples=["91331082MA2AABCD5X"])
    place: str | None = Field(None, description="Place as the row gave it.", examples=["Linhai"])
    country: str | None = Field(None, description="Country as the row gave it, ISO 3166-1 alpha-2.", examples=["cn"])
    reference: str | None = Field(None, description=REFERENCE, examples=["S-1042"])
    note: str | None = Field(None, description="What is kept beside it.", examples=["sole source of bearings"])
    active_until: date | None = Field(None, description=UNTIL, examples=["2027-01-01"])
    created_at: datetime = Field(description="When it was added, UTC.", examples=["2026-12-01T08:00:00Z"])


class WatchEntries(ImmutableModel):
    """Entries of a watch list by id."""

    entries: tuple[WatchEntry, ...] = Field(description="The entries of this page.")
    next: Next = None


class RefusedEntry(ImmutableModel):
    """A row that was not added, and what would do."""

    row: int = Field(description="Its place among those sent, counted from 1.", examples=[3])
    field: str | None = Field(None, description="The field that is meant.", examples=["entity_id"])
    problem: str = Field(description="What is wrong with it.", examples=["no such party"])


class EntriesAdded(ImmutableModel):
    """What became of the rows sent."""

    added: int = Field(description="Rows that stand on the list now.", examples=[118])
    waiting: int = Field(description="Those of them that no party answers to yet.", examples=[3])
    refused: tuple[RefusedEntry, ...] = Field((), description="Rows that were not added.")
    entries: tuple[WatchEntry, ...] = Field(description="What was added, in the order sent.")


class WatchedListing(ImmutableModel):
    """One official listing in force, as it is watched. It is that of the party itself, never of a neighbour."""

    id: Identity = Field(description="Id of the statement.", examples=["court:B-17"])
    list_type: str = Field(description="Id of the list type in the rulebook.", examples=["court_judgment_default"])
    issuer: str = Field(description="The body that listed the party, as the source names it.", examples=["Linhai People's Court"])
    case_no: str | None = Field(None, description="The issuer's number of the case.", examples=["(2025) 1082 no. 204"])
    listed_on: str | None = Field(None, description="Day of the listing, ISO 8601; null where not told.", examples=["2025-03-04"])
    ends_on: str | None = Field(None, description="First day it is no longer in force, ISO 8601.", examples=["2027-03-04"])
    performance: str | None = Field(None, description="How much of the duty is done, in the issuer's words.", examples=["partly"])
    disputed: bool = Field(False, description="Whether an appeal against it is open.", examples=[False])


class EventParty(ImmutableModel):
    """A party in an event, short."""

    id: Identity = Field(description="Id of the party.", examples=PARTY_ID)
    name: str = Field(description="Its name when the event was made.", examples=["临海港湾贸易有限公司"])
    name_other: str | None = Field(None, description="Its name in another script.", examples=["Linhai Harbour Trading"])


class WatchEvent(ImmutableModel):
    """One change about a watched party, told once."""

    id: str = Field(
        description="The same however often it is sent: the key by which a receiver knows it again.", examples=EVENT_ID
    )
    kind: WatchEventKind = Field(description="What changed.", examples=["listing.new"])
    watchlist_id: Identity = Field(description="The list it is told for.", examples=LISTS_ID)
    entry_id: Identity = Field(description="The entry it is told for.", examples=ENTRY_ID)
    reference: str | None = Field(None, description=REFERENCE, examples=["S-1042"])
    party: EventParty = Field(description="The watched party.")
    subject_id: str = Field(
        "", description="The listing, measure, tie or party that the change is about.", examples=["court:B-17"]
    )
    before: str | None = Field(None, description="What it was, as a code or a name; null for nothing.", examples=[None])
    after: str | None = Field(None, description="What it is now; null for nothing.", examples=["court_judgment_default"])
    listing: WatchedListing | None = Field(None, description="The listing, where one is meant.")
    other: EventParty | None = Field(None, description="The other party, such as an owner.")
    by_association: bool = Field(
        False, description="Reached by association alone: listings of others bear on it, none of its own.", examples=[False]
    )
    as_of: date = Field(description="The day that it was observed for.", examples=["2026-12-01"])
    observed_at: datetime = Field(description="When it was observed, UTC.", examples=["2026-12-01T08:00:00Z"])
    rulebook: str = Field(description="Id and version of the rulebook.", examples=["kith-default 11"])
    sentence: str = Field("", description="The change in one sentence.", examples=["Listed by Linhai People's Court."])


class WatchEvents(ImmutableModel):
    """Events in the order they were observed, and where to go on."""

    events: tuple[WatchEvent, ...] = Field(description="The events of this page, the earliest first.")
    next: str = Field(
        description="Cursor behind these events: ask with it next time, today or tomorrow.", examples=["WyI1ZjNhIiwxMl0"]
    )
    more: bool = Field(description="Whether more events are there already.", examples=[False])
