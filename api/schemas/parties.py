"""The shapes of the API's answers. OpenAPI, and with it the pages' types, are generated from here."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from graph.explanations.owners import Owners
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.listing import ListingState
from ontology.score import Score, Standing


class PartyRef(ImmutableModel):
    """A party, short: who it is and where it stands."""

    id: Identity
    name: str
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    kind: str = Field(description="firm, person or agency; in a network also address or phone.")
    place: str | None = None
    standing: Standing | None = Field(None, description="None for persons reached by a tie, addresses and phones.")
    score: int | None = Field(None, description="350..950; None where there is a state instead, and always for persons.")


class PartyLine(ImmutableModel):
    """A party as one line of a list."""

    id: Identity
    kind: PartyKind
    name: str
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    place: str | None = None
    standing: Standing
    score: int | None = Field(None, description="350..950, or None with a state.")
    state: str | None = Field(None, description="Why there is no score, as an id.")
    state_sentence: str | None = Field(None, description="Why there is no score, in words.")
    band: str | None = None
    why: str = Field("", description="Why a search found it: name, earlier name, other name, short name, code or sound.")
    sentence: str = ""
    listed_count: int = Field(0, description="Listings of its own in force on the day asked for.")
    disputed: bool = False
    ties: int = 0


class Search(ImmutableModel):
    """Parties that answer to a name or code, best first."""

    total: int
    results: tuple[PartyLine, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class Parties(ImmutableModel):
    """A ranked list of parties."""

    as_of: date
    results: tuple[PartyLine, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class End(ImmutableModel):
    """One end of a hop."""

    id: Identity
    name: str
    kind: str


class Hop(ImmutableModel):
    """One tie of a path, and the share of the risk that passes over it."""

    from_: End = Field(alias="from", serialization_alias="from")
    to: End
    kind: str
    label: str
    share: float | None = None
    amount: float | None = None
    tie_id: Identity
    via: End | None = Field(None, description="The person or shared value a derived tie runs through.")
    coefficient: float = Field(description="0..1")
    began_on: date | None = None
    ended_on: date | None = None
    row_ids: tuple[str, ...] = Field((), description="Source rows that state the tie.")


class PathLine(ImmutableModel):
    """One way from a listed party to the party asked about."""

    listed_id: Identity
    listed_name: str
    sentence: str
    strength: float = Field(description="Strength of the listing times the product of the coefficients, 0..1.")
    covered: float = Field(description="Part of the exposure this path explains, 0..1.")
    profile: str
    bears_points: bool
    hops: tuple[Hop, ...]


class Paths(ImmutableModel):
    """Ways between two parties, or to the nearest listed ones; `sentence` says so where there are none."""

    paths: tuple[PathLine, ...]
    sentence: str = ""
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownName(ImmutableModel):
    """A name and how the source uses it."""

    text: str
    role: str


class ShownIdentifier(ImmutableModel):
    """A code; personal ids are masked."""

    scheme: str
    shown: str
    valid: bool


class ShownListing(ImmutableModel):
    """One listing: by whom, why, until when, and how it can be contested."""

    id: Identity
    list_type: str
    title: str
    issuer: str = Field(description="In the language asked for, where the issuer is an agency of the store.")
    issuer_other: str | None = Field(None, description="The issuer as the source names it, where that differs.")
    programme: str | None = Field(None, description="Regime or list the issuer put it under, in its own words.")
    case_no: str | None = None
    listed_on: date | None = Field(description="None where the source does not tell the day.")
    ends_on: date | None = Field(None, description="First day it is no longer in force.")
    in_force: bool
    state: ListingState
    check: Literal["stop", "look"] = Field("stop", description="What a check says while it is in force and undisputed.")
    reason: str | None = None
    duty: str | None = None
    performance: str | None = None
    rule_basis: str = Field("", description="The law or order the list rests on.")
    reason_code: str = ""
    points: int = 0
    contest: str = Field("", description="How the party can contest it.")
    row_id: str
    newer_file: str | None = Field(None, description="A file of the same list that was loaded later and does not name it.")
    branch: str | None = Field(
        None, description="The branch or head office that the list names, where it is not the party itself."
    )


class ShownRecognition(ImmutableModel):
    """A good mark by a public body."""

    id: Identity
    mark: str
    title: str
    issuer: str = Field(description="In the language asked for, where the issuer is an agency of the store.")
    issuer_other: str | None = Field(None, description="The issuer as the source names it, where that differs.")
    given_on: date
    ends_on: date | None = None
    points: int = 0
    row_id: str


class Dealings(ImmutableModel):
    """What those who dealt with the party report."""

    total: int = 0
    on_time: int = 0
    late: int = 0
    defaulted: int = 0
    delivered: int = 0
    not_delivered: int = 0
    counterparties: int = 0
    sentence: str = ""


class DealingLine(ImmutableModel):
    """One dealing as the other side reports it."""

    id: Identity
    reporter: str = Field(description="Name of the one who reports.")
    reporter_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    dealing: str
    outcome: str
    rating: float | None = Field(None, description="-1..1; only where the outcome is a rating.")
    amount: float | None = None
    currency: str | None = None
    happened_on: date
    disputed: bool = False
    row_id: str


class DealingLines(ImmutableModel):
    """What those who dealt with a party report, the latest first."""

    total: int
    dealings: tuple[DealingLine, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class Case(ImmutableModel):
    """A question for a person, never a listing: what speaks for it and what against."""

    kind: str = Field(description="ring, succession, ownership, control or reports.")
    sentence: str
    parties: tuple[End, ...]
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()


class Band(ImmutableModel):
    """A named part of the ruler."""

    id: str
    label: str
    min: int
    max: int


class Ruler(ImmutableModel):
    """The scale a score is read on."""

    min: int
    max: int
    bands: tuple[Band, ...]


class Profile(ImmutableModel):
    """Everything known of one party, on one day, under one rulebook."""

    party: PartyLine
    names: tuple[ShownName, ...]
    identifiers: tuple[ShownIdentifier, ...]
    founded_on: str | None = None
    born_on: str | None = None
    ended_on: date | None = Field(None, description="First day it no longer exists, or a person's day of death.")
    registration_sentence: str = Field("", description="What became of its registration, where it is no longer in order.")
    place: str | None = None
    addresses: tuple[str, ...] = ()
    records: int
    sources: int
    score: Score
    ruler: Ruler
    listings: tuple[ShownListing, ...] = ()
    sealed: int = Field(0, description="Listings that were repaired: what they said is in the sealed history only.")
    recognitions: tuple[ShownRecognition, ...] = ()
    paths: tuple[PathLine, ...] = ()
    cases: tuple[Case, ...] = Field((), description="Questions for a person to settle; they bear no points by themselves.")
    owners: Owners
    association_sentence: str = ""
    sentence: str
    dealings: Dealings = Dealings()
    consent_hint: str = Field("", description="How a person or sole trader gives consent, where none is in force for the reader.")
    as_of: date
    rulebook: str
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownRecord(ImmutableModel):
    """One record of the party: what one source says of it, `row_id` first, in whatever rows and files it does."""

    id: Identity
    dataset: str
    source_class: str
    name: str
    kind: PartyKind
    row_id: str
    file: str
    row: int
    row_ids: tuple[str, ...] = Field((), description="The row of each file that tells it, that of `row_id` first.")
    publisher: str = Field("", description="Who publishes that file, where its pack or its mapping says so.")
    licence: str = Field("", description="The terms its data comes under, as its publisher states them.")
    loaded_on: date | None = Field(None, description="Day of its last load; None for a record put singly.")
    age_days: int | None = Field(None, ge=0, description="Whole days from then to the day asked about; 0 where it came later.")
    observed_on: date | None = None
    facts: dict[str, str] = Field(default_factory=dict)


class Records(ImmutableModel):
    """The records a party was put together from."""

    records: tuple[ShownRecord, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class Direction(StrEnum):
    """Which way a tie runs, seen from the party asked about."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


class PartyOwners(Owners):
    """Who stands behind a party on a day."""

    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownTie(ImmutableModel):
    """A tie seen from the party asked about."""

    id: Identity
    kind: str
    label: str
    direction: Direction
    other: PartyRef
    share: float | None = None
    amount: float | None = None
    currency: str | None = None
    role: str | None = None
    began_on: date | None = None
    ended_on: date | None = None
    flags: tuple[str, ...] = ()
    row_ids: tuple[str, ...] = ()


class Ties(ImmutableModel):
    """The ties of a party."""

    ties: tuple[ShownTie, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownRow(ImmutableModel):
    """A source row as it was loaded, personal ids masked."""

    row_id: str
    file: str
    dataset: str
    number: int = Field(description="As a spreadsheet or text editor counts.")
    values: dict[str, str]
    mapping: str
    loaded_at: datetime


class Problem(ImmutableModel):
    """RFC 9457 problem details; further members are the facts of the error."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str | None = None
    request_id: str | None = None
