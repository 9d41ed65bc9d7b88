"""The shapes of the API's answers. OpenAPI, and with it the pages' types, are generated from here."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.pages import Next
from graph.explanations.owners import Owners
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.listing import ListingState
from ontology.score import Score, Standing


class PartyRef(ImmutableModel):
    """A party, short: who it is and where it stands."""

    id: Identity = Field(description="Id of the party, or of the shared value.")
    name: str = Field(description="Its name, or the shared value.")
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    kind: str = Field(description="firm, person or agency; in a network also address or phone.")
    place: str | None = Field(None, description="Its place, as a source wrote it.")
    standing: Standing | None = Field(None, description="None for persons reached by a tie, addresses and phones.")
    score: int | None = Field(None, description="350..950; None where there is a state instead, and always for persons.")


class PartyLine(ImmutableModel):
    """A party as one line of a list."""

    id: Identity = Field(description="Id of the party.")
    kind: PartyKind = Field(description="What it is.")
    name: str = Field(description="Its name.")
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    place: str | None = Field(None, description="Its place, as a source wrote it.")
    standing: Standing = Field(description="Where it stands by law and record.")
    score: int | None = Field(None, description="350..950, or None with a state.")
    state: str | None = Field(None, description="Why there is no score, as an id.")
    state_sentence: str | None = Field(None, description="Why there is no score, in words.")
    band: str | None = Field(None, description="Band of the score, as an id of the rulebook.")
    why: str = Field(
        "", description="Why it was found: name, earlier name, other name, short name, code, sound, address or phone."
    )
    sentence: str = Field("", description="The whole answer in one sentence.")
    listed_count: int = Field(0, description="Listings of its own in force on the day asked for.")
    disputed: bool = Field(False, description="Whether one of its listings is disputed.")
    ties: int = Field(0, description="Number of ties it has.")


class Search(ImmutableModel):
    """Parties that answer to a name or code, best first."""

    total: int = Field(description="Number of parties found, those of other pages among them.")
    results: tuple[PartyLine, ...] = Field(description="The parties, best first.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class Parties(ImmutableModel):
    """A ranked list of parties."""

    as_of: date = Field(description="The day that is answered for.")
    results: tuple[PartyLine, ...] = Field(description="The parties, in the order of the list.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class End(ImmutableModel):
    """One end of a hop."""

    id: Identity = Field(description="Id of the party, or of the shared value.")
    name: str = Field(description="Its name.")
    kind: str = Field(description="firm, person, agency or unknown; for a shared value address, phone and the like.")


class Hop(ImmutableModel):
    """One tie of a path, and the share of the risk that passes over it."""

    from_: End = Field(alias="from", serialization_alias="from", description="The party the tie is read from.")
    to: End = Field(description="The party it leads to.")
    kind: str = Field(description="Kind of tie, as the rulebook names it.")
    label: str = Field(description="The tie in words.")
    share: float | None = Field(None, description="Votes held, 0..1; only for ties that have a share.")
    amount: float | None = Field(None, description="Amount of the tie; only for ties that have one.")
    tie_id: Identity = Field(description="Id of the tie.")
    via: End | None = Field(None, description="The person or shared value a derived tie runs through.")
    coefficient: float = Field(description="0..1")
    began_on: date | None = Field(None, description="First day it holds; null where no source tells it.")
    ended_on: date | None = Field(None, description="First day it no longer holds; null while it holds.")
    row_ids: tuple[str, ...] = Field((), description="Source rows that state the tie.")


class PathLine(ImmutableModel):
    """One way from a listed party to the party asked about."""

    listed_id: Identity = Field(description="Id of the listed party.")
    listed_name: str = Field(description="Its name.")
    sentence: str = Field(description="The way in words.")
    strength: float = Field(description="Strength of the listing times the product of the coefficients, 0..1.")
    covered: float = Field(description="Part of the exposure this path explains, 0..1.")
    profile: str = Field(description="Propagation profile, as the rulebook names it.")
    bears_points: bool = Field(description="Whether the profile costs points.")
    hops: tuple[Hop, ...] = Field(description="The ties it runs over, from the listed party on.")


class Paths(ImmutableModel):
    """Ways between two parties, or to the nearest listed ones; `sentence` says so where there are none."""

    paths: tuple[PathLine, ...] = Field(description="The ways, at most five.")
    sentence: str = Field("", description="Says so where there is none.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownName(ImmutableModel):
    """A name and how the source uses it."""

    text: str = Field(description="The name as the source wrote it.")
    role: str = Field(description="How the source uses it: primary, previous, alias or weak.")


class ShownIdentifier(ImmutableModel):
    """A code; personal ids are masked."""

    scheme: str = Field(description="Scheme of the code.")
    shown: str = Field(description="The code; of a personal id what may be shown.")
    valid: bool = Field(description="Whether its check digits hold.")


class ShownListing(ImmutableModel):
    """One listing: by whom, why, until when, and how it can be contested."""

    id: Identity = Field(description="Id of the listing.")
    list_type: str = Field(description="Type of list, as the rulebook names it.")
    title: str = Field(description="The list in words.")
    issuer: str = Field(description="In the language asked for, where the issuer is an agency of the store.")
    issuer_other: str | None = Field(None, description="The issuer as the source names it, where that differs.")
    programme: str | None = Field(None, description="Regime or list the issuer put it under, in its own words.")
    case_no: str | None = Field(None, description="Number of the case or order.")
    listed_on: date | None = Field(description="None where the source does not tell the day.")
    ends_on: date | None = Field(None, description="First day it is no longer in force.")
    in_force: bool = Field(description="Whether it is in force on the day asked for.")
    state: ListingState = Field(description="Where it stands on the day asked for.")
    check: Literal["stop", "look"] = Field("stop", description="What a check says while it is in force and undisputed.")
    reason: str | None = Field(None, description="Why the party is listed, as the source says.")
    duty: str | None = Field(None, description="What the party was to do, as the source says.")
    performance: str | None = Field(None, description="How far it did, as the source says.")
    rule_basis: str = Field("", description="The law or order the list rests on.")
    reason_code: str = Field("", description="Code of the reason in a score.")
    points: int = Field(0, description="Points it adds to the score; negative.")
    contest: str = Field("", description="How the party can contest it.")
    row_id: str = Field(description="Source row that states it: `<file id>#<row>`.")
    newer_file: str | None = Field(None, description="A file of the same list that was loaded later and does not name it.")
    branch: str | None = Field(
        None, description="The branch or head office that the list names, where it is not the party itself."
    )


class ShownRecognition(ImmutableModel):
    """A good mark by a public body."""

    id: Identity = Field(description="Id of the recognition.")
    mark: str = Field(description="Kind of mark, as the rulebook names it.")
    title: str = Field(description="The mark in words.")
    issuer: str = Field(description="In the language asked for, where the issuer is an agency of the store.")
    issuer_other: str | None = Field(None, description="The issuer as the source names it, where that differs.")
    given_on: date = Field(description="Day it was given.")
    ends_on: date | None = Field(None, description="First day it no longer holds; null where it has no end.")
    points: int = Field(0, description="Points it adds to the score.")
    row_id: str = Field(description="Source row that states it: `<file id>#<row>`.")


class Dealings(ImmutableModel):
    """What those who dealt with the party report."""

    total: int = Field(0, description="Number of dealings.")
    on_time: int = Field(0, description="Number of payments made in time.")
    late: int = Field(0, description="Number of payments made late.")
    defaulted: int = Field(0, description="Number of payments that were not made.")
    delivered: int = Field(0, description="Number of deliveries made.")
    not_delivered: int = Field(0, description="Number of deliveries not made.")
    counterparties: int = Field(0, description="Number of parties that report them.")
    sentence: str = Field("", description="The same in words.")


class DealingLine(ImmutableModel):
    """One dealing as the other side reports it."""

    id: Identity = Field(description="Id of the dealing.")
    reporter: str = Field(description="Name of the one who reports.")
    reporter_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    dealing: str = Field(description="Kind of dealing: invoice, order, contract, declaration, loan, bill, rating or guarantee.")
    outcome: str = Field(
        description="What came of it: paid_on_time, paid_late, defaulted, delivered, not_delivered, or a rating."
    )
    rating: float | None = Field(None, description="-1..1; only where the outcome is a rating.")
    amount: float | None = Field(None, description="Amount in `currency`; null where the source does not tell it.")
    currency: str | None = Field(None, description="Currency by its ISO 4217 code.")
    happened_on: date = Field(description="Day of the dealing.")
    disputed: bool = Field(False, description="Whether the party disputes it.")
    row_id: str = Field(description="Source row that states it: `<file id>#<row>`.")


class DealingLines(ImmutableModel):
    """What those who dealt with a party report, the latest first."""

    total: int = Field(description="Number of dealings, those of other pages among them.")
    dealings: tuple[DealingLine, ...] = Field(description="The dealings, the latest first.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class Case(ImmutableModel):
    """A question for a person, never a listing: what speaks for it and what against."""

    kind: str = Field(description="ring, succession, ownership, control or reports.")
    sentence: str = Field(description="The question in words.")
    parties: tuple[End, ...] = Field(description="The parties it is about.")
    speaks_for: tuple[str, ...] = Field((), description="What speaks for it, in words.")
    speaks_against: tuple[str, ...] = Field((), description="What speaks against it, in words.")


class Band(ImmutableModel):
    """A named part of the ruler."""

    id: str = Field(description="Id of the band in the rulebook.")
    label: str = Field(description="Its name in the language asked for.")
    min: int = Field(description="Lowest score of the band, in points.")
    max: int = Field(description="Highest score of the band, in points.")


class Ruler(ImmutableModel):
    """The scale a score is read on."""

    min: int = Field(description="Lowest score, in points.")
    max: int = Field(description="Highest score, in points.")
    bands: tuple[Band, ...] = Field(description="Its bands, the lowest first.")


class Profile(ImmutableModel):
    """Everything known of one party, on one day, under one rulebook."""

    party: PartyLine = Field(description="The party as a line of a list.")
    names: tuple[ShownName, ...] = Field(description="Its names.")
    identifiers: tuple[ShownIdentifier, ...] = Field(description="Its codes; personal ids masked.")
    founded_on: str | None = Field(None, description="Day, month or year of its foundation.")
    born_on: str | None = Field(None, description="Day, month or year of birth; for partners the year.")
    ended_on: date | None = Field(None, description="First day it no longer exists, or a person's day of death.")
    registration_sentence: str = Field("", description="What became of its registration, where it is no longer in order.")
    place: str | None = Field(None, description="Its place, as a source wrote it.")
    addresses: tuple[str, ...] = Field((), description="Its addresses, as sources wrote them.")
    records: int = Field(description="Number of its source records.")
    sources: int = Field(description="Number of independent sources that describe it.")
    score: Score = Field(description="The score with every line, or the state where there is none.")
    ruler: Ruler = Field(description="The scale the score is read on.")
    listings: tuple[ShownListing, ...] = Field((), description="Its own listings.")
    sealed: int = Field(0, description="Listings that were repaired: what they said is in the sealed history only.")
    recognitions: tuple[ShownRecognition, ...] = Field((), description="Its good marks.")
    paths: tuple[PathLine, ...] = Field((), description="Ways from listed parties to it.")
    cases: tuple[Case, ...] = Field((), description="Questions for a person to settle; they bear no points by themselves.")
    owners: Owners = Field(description="Who stands behind it.")
    association_sentence: str = Field("", description="How near it is to listed parties, in words; empty where it is not.")
    sentence: str = Field(description="The whole answer in one sentence.")
    dealings: Dealings = Field(Dealings(), description="What those who dealt with it report, as counts.")
    consent_hint: str = Field("", description="How a person or sole trader gives consent, where none is in force for the reader.")
    as_of: date = Field(description="The day that is answered for.")
    rulebook: str = Field(description="Version of the rulebook that the score is computed by.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownRecord(ImmutableModel):
    """One record of the party: what one source says of it, `row_id` first, in whatever rows and files it does."""

    id: Identity = Field(description="Id of the record.")
    dataset: str = Field(description="Data set it comes from.")
    source_class: str = Field(description="Class of the source, by how its statements may be used.")
    name: str = Field(description="Its name, as the source wrote it.")
    kind: PartyKind = Field(description="What it is.")
    row_id: str = Field(description="Source row that states it: `<file id>#<row>`.")
    file: str = Field(description="Name of the file.")
    row: int = Field(description="Number of the row, as a spreadsheet counts.")
    row_ids: tuple[str, ...] = Field((), description="The row of each file that tells it, that of `row_id` first.")
    publisher: str = Field("", description="Who publishes that file, where its pack or its mapping says so.")
    licence: str = Field("", description="The terms its data comes under, as its publisher states them.")
    loaded_on: date | None = Field(None, description="Day of its last load; None for a record put singly.")
    age_days: int | None = Field(None, ge=0, description="Whole days from then to the day asked about; 0 where it came later.")
    observed_on: date | None = Field(None, description="Day the source observed it.")
    facts: dict[str, str] = Field(default_factory=dict, description="Everything else it says, by name; personal ids masked.")


class Records(ImmutableModel):
    """The records a party was put together from."""

    records: tuple[ShownRecord, ...] = Field(description="The records.")
    next: Next = None
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

    id: Identity = Field(description="Id of the tie.")
    kind: str = Field(description="Kind of tie, as the rulebook names it.")
    label: str = Field(description="The tie in words, read from the party asked about.")
    direction: Direction = Field(description="Which way it runs, seen from the party asked about.")
    other: PartyRef = Field(description="The party or shared value at the other end.")
    share: float | None = Field(None, description="Votes held, 0..1; only for ties that have a share.")
    amount: float | None = Field(None, description="Amount in `currency`; only for ties that have one.")
    currency: str | None = Field(None, description="Currency by its ISO 4217 code.")
    role: str | None = Field(None, description="The post or the stake, in the source's own words.")
    began_on: date | None = Field(None, description="First day it holds; null where no source tells it.")
    ended_on: date | None = Field(None, description="First day it no longer holds; null while it holds.")
    flags: tuple[str, ...] = Field((), description="What is odd about it, as ids.")
    row_ids: tuple[str, ...] = Field((), description="Source rows that state it.")


class Ties(ImmutableModel):
    """The ties of a party."""

    ties: tuple[ShownTie, ...] = Field(description="The ties: in force first, then by kind and name.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ShownRow(ImmutableModel):
    """A source row as it was loaded, personal ids masked."""

    row_id: str = Field(description="Id of the row: `<file id>#<row>`.")
    file: str = Field(description="Name of the file.")
    dataset: str = Field(description="Data set the file belongs to.")
    number: int = Field(description="As a spreadsheet or text editor counts.")
    values: dict[str, str] = Field(description="Its cells by column; personal ids masked.")
    mapping: str = Field(description="Mapping that the file was read by.")
    loaded_at: datetime = Field(description="When the file was loaded, in UTC.")


class Problem(ImmutableModel):
    """RFC 9457 problem details; further members are the facts of the error."""

    model_config = ConfigDict(frozen=True, extra="allow")
    type: str = Field(description="Stable name of the kind of problem.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="HTTP status of the answer.")
    detail: str = Field(description="What was wrong this time.")
    remedy: str | None = Field(None, description="What would help, where that is known.")
    request_id: str | None = Field(None, description="Id of the request, as in the header `x-request-id`.")
