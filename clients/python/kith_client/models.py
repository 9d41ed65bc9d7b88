"""Shapes that kith's API takes and gives. Written by `python -m clients.generate` from the API's document: do not edit.

Fields that a newer server adds are passed over, and a word that this version does not know is a member of its enumeration too.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, JsonValue

from kith_client.shapes import OpenEnum, Shape


class Alarm(OpenEnum):
    """Why a party should be looked at."""

    SIZE = "size"
    BRIDGE = "bridge"


class Area(OpenEnum):
    """The four areas a party is assessed in (State Council, planning outline for a social credit system, 2014)."""

    ADMINISTRATIVE = "administrative"
    COMMERCIAL = "commercial"
    SOCIAL = "social"
    JUDICIAL = "judicial"


class Bar(OpenEnum):
    """What stands between two parties."""

    TOGETHER = "together"
    KINDS = "kinds"
    VERDICT = "verdict"
    CODES = "codes"
    FORBIDDEN = "forbidden"
    NEVER_MET = "never_met"
    WEIGHT = "weight"
    LISTED = "listed"
    GUARD = "guard"
    AGAINST = "against"
    PARTNERED = "partnered"
    GROUP = "group"
    WAITS = "waits"


class CodeDamage(OpenEnum):
    """What happened to a code."""

    SCIENTIFIC = "scientific"
    ROUNDED = "rounded"
    DECIMAL = "decimal"
    ZEROS = "zeros"
    CHECK = "check"


class Compared(OpenEnum):
    """How two records stand to each other in one field, as written."""

    EQUAL = "equal"
    DIFFERS = "differs"
    ONE_SIDE = "one_side"


class ConfigVarType(OpenEnum):
    """What a setting holds."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"


class ConflictKind(OpenEnum):
    """What stands against what."""

    PEOPLE = "people"
    CHAIN = "chain"
    IDENTIFIER = "identifier"


class ConsentState(OpenEnum):
    """Whether a consent lets its reader look on a day."""

    LIVE = "live"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Direction(OpenEnum):
    """Which way a tie runs, seen from the party asked about."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


class DuplicateKind(OpenEnum):
    """How rows are the same."""

    GIVEN_TWICE = "given_twice"
    SAME_PARTY = "same_party"


class EventKind(OpenEnum):
    """What happened to an entity between two runs of `kith resolve`."""

    CREATED = "created"
    MERGED = "merged"
    SPLIT = "split"
    GREW = "grew"
    SHRANK = "shrank"
    RETURNED = "returned"
    LED = "led"


class FacetName(OpenEnum):
    """What results may be counted by."""

    DATASETS = "datasets"
    SCHEMA = "schema"
    COUNTRIES = "countries"
    IDENTIFIERS = "identifiers"
    TOPICS = "topics"
    GENDERS = "genders"


class FilterOperator(OpenEnum):
    """How several values of one filter count together."""

    AND = "AND"
    OR = "OR"


class JobKind(OpenEnum):
    """What a job does."""

    INGEST = "ingest"
    RESOLVE = "resolve"
    PROPAGATE = "propagate"
    RUN = "run"
    SCREENING = "screening"


class JobState(OpenEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class KeyState(OpenEnum):
    """Whether a key opens anything today."""

    LIVE = "live"
    ENDED = "ended"
    REVOKED = "revoked"


class LineKind(OpenEnum):
    """What a line of the score stands for, in the order they are added up."""

    BASE = "base"
    POSITIVE = "positive"
    LISTING = "listing"
    TRUST = "trust"
    EVIDENCE = "evidence"
    EXPOSURE = "exposure"
    CAP = "cap"
    CEILING = "ceiling"
    FLOOR = "floor"


class ListingState(OpenEnum):
    """Where a listing stands on the day asked for."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    DISPUTED = "disputed"


class NetworkFormat(OpenEnum):
    """How a network is written."""

    JSON = "json"
    GRAPHML = "graphml"
    CSV = "csv"


class PartyKind(OpenEnum):
    """What a party is. An agency is a government body, scored like a firm; unknown where no source tells: never scored."""

    FIRM = "firm"
    PERSON = "person"
    AGENCY = "agency"
    UNKNOWN = "unknown"


class RelationKind(OpenEnum):
    """Where a relation comes from; none of them makes two parties one."""

    DISCLOSED = "disclosed"
    DISCOVERED = "discovered"
    POSSIBLE = "possible"


class Result(OpenEnum):
    """What a supplier check says of one row, in the order they are listed."""

    STOP = "stop"
    LOOK = "look"
    UNKNOWN = "unknown"
    FINE = "fine"


class RingVerdict(OpenEnum):
    """Confirmed: what it inflated does not count. Dismissed: it is no case. Reopened: as if nobody had ruled yet."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


class Role(OpenEnum):
    """What a caller is; `api/http/access_rules.yaml` says what each may do."""

    READER = "reader"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    SUBJECT = "subject"
    PARTNER = "partner"


class Ruling(OpenEnum):
    """A person's word on two names."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Standing(OpenEnum):
    """Where a party stands by law and record, before any number. `disputed` is told on top by the listing itself. `look` is
    about the party's own dealings (reports of those it dealt with, a group that trades with itself), with no listed party
    near: a question to a person, as association is.
    """

    LISTED = "listed"
    BY_ASSOCIATION = "by_association"
    LOOK = "look"
    NOTHING_FOUND = "nothing_found"


class StepKind(OpenEnum):
    """What joined: records that say the same; records sure to be one; two groups that weigh enough."""

    ALIKE = "alike"
    SURE = "sure"
    JOINED = "joined"


class Verdict(OpenEnum):
    """Same, different, or not to be told."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class WaitingKind(OpenEnum):
    """Why a pair waits: what it most of all waits for. The last is folded away."""

    LISTED = "listed"
    SIGNALLED = "signalled"
    RIVAL = "rival"
    NEARLY = "nearly"
    CONTRADICTION = "contradiction"
    HOUSEHOLD = "household"
    NAME_ONLY = "name_only"
    PLACE_ONLY = "place_only"
    LITTLE = "little"
    NAMESAKE = "namesake"


class WatchEventKind(OpenEnum):
    """What may change about a watched party."""

    SCORE_BAND = "score.band"
    STANDING_CHANGED = "standing.changed"
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
    STAKE_CHANGED = "stake.changed"
    NAME_CHANGED = "name.changed"
    REGISTRATION_CHANGED = "registration.changed"
    PARTY_MERGED = "party.merged"
    PARTY_SPLIT = "party.split"
    PARTY_GONE = "party.gone"
    PARTY_RETURNED = "party.returned"
    ROW_MATCHED = "row.matched"


class WebhookState(OpenEnum):
    """Whether events are sent: yes; not until somebody resumes it, for it failed too long; never again."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class About(Shape):
    """What this store holds, and by which rules it was judged."""

    version: str
    """Version of the program that answers."""

    rulebook: str
    """Version of the rulebook that scores are computed by."""

    as_of: dt.date
    """The day that is answered for."""

    parties: PartyCounts
    """Number of parties by kind."""

    records: int
    """Number of source records, before resolution."""

    files: list[LoadedFile]
    """The loaded files, the latest first."""

    listed: int
    """Parties with a listing of their own in force."""

    engine: str
    """Engine of the store: sqlite or neo4j."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Adjacent(Shape):
    """Neighbours of an entity under one property, page by page."""

    limit: int
    """Most results of a page, as asked for."""

    offset: int = 0
    """Results before the first of this page."""

    total: Total
    """Neighbours under this property in all."""

    results: list[FtmEntity] = Field(default_factory=list)
    """Ties or listings as entities; a tie holds the party at its other end."""


class Algorithm(Shape):
    """An algorithm that descriptions are matched with."""

    name: str
    """Name to give as `algorithm`."""

    description: str | None = None
    """What it does."""

    features: dict[str, FeatureDoc]
    """The same as in `docs`, for older clients."""

    docs: AlgorithmDocs
    """Settings and features."""


class AlgorithmDocs(Shape):
    """Settings and features of an algorithm."""

    name: str
    """Name of the algorithm."""

    description: str | None = None
    """What it does."""

    config: dict[str, ConfigVar]
    """Settings by name."""

    features: dict[str, FeatureDoc]
    """Features by name."""


class AlgorithmResponse(Shape):
    """All algorithms."""

    algorithms: list[Algorithm]
    """Algorithms that may be asked for."""

    default: str
    """The one that is taken where none is asked for."""

    best: str
    """The one that `best` stands for."""


class Alias(Shape):
    """Two names and what a person said of them."""

    kind: PartyKind
    """Kind of party that bears the names."""

    left: str
    """One name, as folded for comparison."""

    right: str
    """The other name."""

    ruling: Ruling
    """Whether the two count as names of one party."""

    by: str
    """Who decided."""

    reason: str = ""
    """Why, in the person's own words."""

    decided_at: dt.datetime
    """When it was decided, in UTC."""

    parties: int
    """Parties that showed it when it was decided; 0 where none did."""


class AliasSaid(Shape):
    """What was written down."""

    version: int
    """Number of rulings on the list so far."""

    alias: Alias
    """The ruling as it was written."""


class AliasToRule(Shape):
    """A person's word on two names."""

    one: str
    """One of the two names."""

    other: str
    """The other name."""

    ruling: Ruling
    """`accepted` where the two are one another's, `refused` where they are not."""

    reason: str = ""
    """Why, in your own words."""

    kind: PartyKind | None = None
    """Needed only where the pair is no proposal, or one of both kinds."""

    by: str | None = None
    """Who signs; left out: the account of the server."""


class AliasesTold(Shape):
    """The list, and what waits for a word."""

    version: int
    """Number of rulings on the list so far."""

    source: str
    """Where proposals come from."""

    aliases: list[Alias]
    """Accepted and refused."""

    proposals: list[Proposal]
    """Seen often enough, and nobody said a word; the most frequent first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class Band(Shape):
    """A named part of the ruler."""

    id: str
    """Id of the band in the rulebook."""

    label: str
    """Its name in the language asked for."""

    min: int
    """Lowest score of the band, in points."""

    max: int
    """Highest score of the band, in points."""


class Candidate(Shape):
    """A party that may be meant by a row. `result` is what it makes of the row, `doubt` what speaks against its being meant."""

    party: PartyLine
    """The party."""

    match_percent: int
    """How well the party fits what was given, in per cent, 0..100."""

    result: Result
    """What the party makes of the row."""

    doubt: str | None = None
    """What speaks against its being meant; null where nothing does."""


class Case(Shape):
    """A question for a person, never a listing: what speaks for it and what against."""

    kind: str
    """ring, succession, ownership, control or reports."""

    sentence: str
    """The question in words."""

    parties: list[End]
    """The parties it is about."""

    speaks_for: list[str] = Field(default_factory=list)
    """What speaks for it, in words."""

    speaks_against: list[str] = Field(default_factory=list)
    """What speaks against it, in words."""


class Catalog(Shape):
    """Every data set, and which of them the answers do not rest on yet."""

    datasets: list[Dataset]
    """`default` first, then collections, then sources by name."""

    current: list[str]
    """Data sets that answers rest on."""

    outdated: list[str]
    """Data sets with a load that waits for a run."""

    index_stale: bool = False
    """Whether some load waits for a run."""


class ChainTold(Shape):
    """One large party, what holds it together, and why to look at it."""

    party: PartyRef
    """The party."""

    records: int
    """Number of its records."""

    pieces: int
    """Groups it would fall into without its weak pairs."""

    alarms: list[Alarm]
    """Why to look at it; empty where there is no reason."""

    joints: list[JointTold]
    """The pairs of records that hold it together, the weakest first."""

    sentences: list[str]
    """The same in words."""


class Chained(Shape):
    """One joint of the chain that holds two records together: a pair that the model, or a person, called the same."""

    left_id: str
    """Id of one record."""

    right_id: str
    """Id of the other record."""

    by: str
    """`model:<version>`, or the person who called the two the same."""

    reason: str
    """What agrees, or the person's reason."""

    match_weight: float | None
    """Match weight of the pair in bits; null where a person decided."""


class Chains(Shape):
    """The largest parties, those to look at first, and values that too many bear."""

    alarming: int
    """How many of them to look at."""

    chains: list[ChainTold]
    """The parties with most records."""

    crowded: list[CrowdedValue] = Field(default_factory=list)
    """Most bearers first."""


class Changed(Shape):
    """What one call did to the parties. Signals and scores are as of the last propagate."""

    parties: list[ChangedParty] = Field(default_factory=list)
    """Parties that are new, of other records, or say something else."""

    redirects: dict[str, str] = Field(default_factory=dict)
    """Ids that lead to another now."""

    events: list[EntityEvent] = Field(default_factory=list)
    """What happened to the parties."""

    waiting: int = 0
    """Things put off: keys that crossed their cap, persons beside changed firms."""


class ChangedParty(Shape):
    """A party that is another now, with its records; none where it is no more."""

    id: str
    """Id of the party."""

    record_ids: list[str]
    """Ids of its records now."""


class ColumnRead(Shape):
    """Which column of a list was taken for a field."""

    field: str
    """id, name, code, place or country."""

    column: str
    """Letters of the column, as a spreadsheet has them."""

    heading: str
    """Its heading, as it is written; empty where it has none."""

    by: Literal["set", "heading", "content"]
    """How it was chosen: as you set it, by its heading, or by what stands in it."""

    doubt: str | None = None
    """Why it may be the wrong one, as a sentence; null where nothing speaks against it."""


class CommonName(Shape):
    """A name that several parties bear."""

    name: str
    """The name, as folded for comparison."""

    bearers: int
    """Number of parties that bear it."""


class ComparedFeature(Shape):
    """One comparison of a pair. level and bits are None where one of the two says nothing, or nothing that can be compared.
    bits: weight: log2 of how much likelier this is between records of one party than of two. share: share of parties that
    bear the commoner of the two names, where the weight follows it.
    """

    name: str
    """Name of the comparison."""

    level: str | None
    """Level of agreement; null where one side says nothing."""

    bits: float | None
    """Match weight of this comparison in bits: log2 of how much likelier it is between records of one party."""

    left: list[str]
    """Values of the one record, at most eight; personal ids masked."""

    right: list[str]
    """Values of the other record."""

    share: float | None = None
    """Share of parties that bear the commoner of the two names, 0..1; only where the weight follows it."""


class ComparedField(Shape):
    """One field of both records."""

    field: str
    """Name of the field."""

    left: str
    """What the one record says; empty where it says nothing."""

    right: str
    """What the other record says."""

    compared: Compared
    """How the two stand to each other, as written."""


class ComparisonShown(Shape):
    """One field of evidence, its levels from the highest agreement down."""

    name: str
    """Name of the comparison."""

    levels: list[LevelShown]
    """Its levels, from the highest agreement down."""


class ConfigVar(Shape):
    """A setting of an algorithm."""

    type: ConfigVarType = ConfigVarType.FLOAT
    """What it holds."""

    description: str | None = None
    """What it changes, with unit and bounds."""

    default: str | int | float | bool | None = 0
    """What holds where it is left out."""


class Conflicts(Shape):
    """Every contradiction among verdicts."""

    conflicts: list[ShownConflict]
    """The contradictions."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class Consent(Shape):
    """One person or sole trader lets `recipient` see a score for `purpose`, made of what the consent covers. It speaks about
    records, so that a merge of parties moves it with them; it is void while they are of two parties.
    """

    id: str
    """Id of the consent."""

    recipient: str
    """The partner who may look."""

    purpose: str
    """One purpose, by its name."""

    data_classes: list[str]
    """Kinds of statements that may be used, as the rulebook's person signals."""

    release_ids: list[str]
    """Releases of statements that may be used."""

    given_on: dt.date
    """First day it holds."""

    expires_on: dt.date
    """First day it no longer holds."""

    evidence: str
    """How the person said so, and where that is kept."""

    legal_basis: str
    """Article the operator relies on."""

    assessment: str
    """Number of the operator's impact assessment."""

    recorded_by: str
    """Who took it down."""

    recorded_at: dt.datetime
    """When it was taken down, in UTC."""

    withdrawn_at: dt.datetime | None = None
    """When it was withdrawn, in UTC; null while it was not."""

    withdrawn_by: str | None = None
    """Who took the withdrawal down."""


class ConsentToGive(Shape):
    """What a person agreed to, as whoever took it down tells it."""

    partner: str
    """Who may look."""

    purpose: str
    """The one purpose."""

    data_classes: list[str] | None = None
    """Kinds of statements; left out: all the rulebook knows."""

    release_ids: list[str] | None = None
    """Releases; left out: those loaded about the person."""

    given_on: dt.date | None = None
    """First day it holds; left out: today."""

    expires_on: dt.date | None = None
    """First day it no longer holds; left out: after the rulebook's term."""

    evidence: str
    """How the person said so, and where that is kept."""

    legal_basis: str
    """Article the operator relies on."""

    assessment: str
    """Number of the operator's impact assessment."""

    by: str | None = None
    """Who takes it down; left out: the server's account."""


class Consents(Shape):
    """Consents, the latest first."""

    consents: list[ShownConsent]
    """The consents, the latest first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class Contribution(Shape):
    """How much of the exposure one listed party brings; they add up to it within 1e-9."""

    listed_id: str
    """Id of the listed party."""

    listing_ids: list[str]
    """Ids of its listings that count."""

    value: float
    """Its part of the exposure, 0..1."""


class CountedShown(Shape):
    """What the last full run counted, and weighs rarity by until the next."""

    model: str
    """Version of the model that was used."""

    records: int
    """Number of records counted."""

    prior_bits: float
    """Match weight of two records drawn at random, in bits."""

    bearers: int
    """Parties told apart over all names."""

    names_shared: int
    """Names that more than one of them bears."""

    most_common: list[CommonName]
    """The names that most parties bear."""

    busy: int
    """Phones, mailboxes, sites and doors shared by so many that they tell little."""

    keys_stopped: int
    """Keys held by too many records."""

    aliases: list[tuple[str, str]]
    """Pairs of names that counted as one another's."""


class Counterfactual(Shape):
    """What the score would be, found by scoring again with one thing changed."""

    change: str
    """What is changed, in words."""

    score: int
    """What the score would be, in points, 350..950."""


class CreatedKey(Shape):
    """A key with its secret, which is shown this one time."""

    key: ShownKey
    """The key as it is kept."""

    secret_text: str
    """What its holder sends as `Authorization: Bearer …`; it is kept nowhere and never shown again."""


class CrowdedValue(Shape):
    """A value that far more parties bear than its kind allows: it carries nothing, for or against."""

    kind: PartyKind
    """Kind of the parties that bear it."""

    field: str
    """A scheme of identifiers, or phone, email, website, address, day."""

    shown: str
    """The value; of a person's number, a phone or a mailbox the ends alone."""

    parties: int
    """Differently named parties that bear it, at the last full run."""

    sentence: str
    """The same in words."""


class DamagedCode(Shape):
    """A code that cannot be compared as it stands."""

    row: int
    """Number of the row."""

    given: str
    """The code, as the list has it."""

    damage: CodeDamage
    """In scientific notation, rounded to zeros, kept as a decimal, without its zeros in front; or its check digit or length is
    wrong.
    """


class Dataset(Shape):
    """A source that is loaded, a named collection of some, or `default`, which is all."""

    name: str
    """As callers ask for it."""

    title: str
    """As people read it."""

    summary: str | None = None
    """What it is for, in a sentence."""

    license: str | None = None
    """Terms that its data comes under."""

    publisher: DatasetPublisher | None = None
    """Who publishes it."""

    coverage: DatasetCoverage | None = None
    """How often it is renewed."""

    category: str = "source"
    """source or collection."""

    updated_at: str | None = None
    """Last load. To the second, in UTC and without a zone."""

    last_export: str | None = None
    """As `updated_at`. To the second, in UTC and without a zone."""

    version: str | None = None
    """Of its last load."""

    entity_count: int | None = None
    """Parties it describes; null for a collection."""

    thing_count: int | None = None
    """As `entity_count`."""

    children: list[str] = Field(default_factory=list)
    """Of a collection, what it is made of."""

    tags: list[str] = Field(default_factory=list)
    """Marks; none are given here."""

    load: bool = True
    """Whether it is loaded here by itself; false for a collection."""

    index_version: str | None = None
    """Of the load that answers rest on; null where it was not resolved yet."""

    index_current: bool = True
    """Whether answers rest on its last load."""


class DatasetCoverage(Shape):
    """How often a data set is renewed."""

    frequency: str = "unknown"
    """daily, weekly, monthly, annually or unknown, by its pack."""


class DatasetPublisher(Shape):
    """Who publishes a data set."""

    name: str
    """As its pack, its mapping or whoever loaded it says."""


class DealingLine(Shape):
    """One dealing as the other side reports it."""

    id: str
    """Id of the dealing."""

    reporter: str
    """Name of the one who reports."""

    reporter_other: str | None = None
    """Its name in another script, as a source wrote it."""

    dealing: str
    """Kind of dealing: invoice, order, contract, declaration, loan, bill, rating or guarantee."""

    outcome: str
    """What came of it: paid_on_time, paid_late, defaulted, delivered, not_delivered, or a rating."""

    rating: float | None = None
    """-1..1; only where the outcome is a rating."""

    amount: float | None = None
    """Amount in `currency`; null where the source does not tell it."""

    currency: str | None = None
    """Currency by its ISO 4217 code."""

    happened_on: dt.date
    """Day of the dealing."""

    disputed: bool = False
    """Whether the party disputes it."""

    row_id: str
    """Source row that states it: `<file id>#<row>`."""


class DealingLines(Shape):
    """What those who dealt with a party report, the latest first."""

    total: int
    """Number of dealings, those of other pages among them."""

    dealings: list[DealingLine]
    """The dealings, the latest first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Dealings(Shape):
    """What those who dealt with the party report."""

    total: int = 0
    """Number of dealings."""

    on_time: int = 0
    """Number of payments made in time."""

    late: int = 0
    """Number of payments made late."""

    defaulted: int = 0
    """Number of payments that were not made."""

    delivered: int = 0
    """Number of deliveries made."""

    not_delivered: int = 0
    """Number of deliveries not made."""

    counterparties: int = 0
    """Number of parties that report them."""

    sentence: str = ""
    """The same in words."""


class Doubt(Shape):
    """A pair that only a contradiction keeps apart, and what the last full run counted of such pairs."""

    joins: bool
    """Whether the contradiction is passed over, because kin and look-alikes are rare."""

    at_home: bool
    """Whether the two meet at one place: then kin are what they may be else."""

    alone: bool
    """Whether that is so only where neither record has anybody else."""

    seen: int
    """Such pairs that were counted; at home all pairs that meet at one place."""

    sure: float
    """Chance that they are one person, 0..1; of pairs that do not meet the least chance."""

    sure_min: float
    """What it has to reach."""


class Duplicate(Shape):
    """Rows that are the same: they say the same, or mean the same party in other words."""

    kind: DuplicateKind
    """Whether they say the same, or mean the same party."""

    rows: list[int]
    """Numbers of the rows."""

    party: str | None = None
    """Id of the party they mean, where one was taken as found."""

    name: str
    """The name in the first of them, or the party's."""


class Edge(Shape):
    """One tie in the picture."""

    id: str
    """Id of the tie."""

    kind: str
    """Kind of tie, as the rulebook names it."""

    label: str
    """The tie in words, read from its source."""

    source: str
    """Id of the node the tie begins at."""

    target: str
    """Id of the node it ends at."""

    share: float | None = None
    """Votes held, 0..1; only for ties that have a share."""

    amount: float | None = None
    """Amount in `currency`; only for ties that have one."""

    currency: str | None = None
    """Currency by its ISO 4217 code."""

    began_on: dt.date | None = None
    """First day it holds; null where no source tells it."""

    ended_on: dt.date | None = None
    """First day it no longer holds; null while it holds."""

    ended: bool = False
    """Whether it no longer holds on the day asked for."""

    row_ids: list[str] = Field(default_factory=list)
    """Source rows that state it."""


class Effects(Shape):
    """What a verdict would change, in words and numbers. Nothing of it is written."""

    kept: PartyRef | None = None
    """The party that keeps its id, where two would be one."""

    gone: PartyRef | None = None
    """The party whose id would lead to the other's."""

    records: int = 0
    """Records that would join another party."""

    listings: int = 0
    """Listings in force that would be another party's, or come over another's records."""

    score_before: int | None = None
    """Score of the kept party today, 350..950."""

    score_after: int | None = None
    """What it would be; None where there is none, or it was not tried out."""

    second_person: bool = False
    """A listed party is concerned: a second person should look."""

    sentences: list[str] = Field(default_factory=list)
    """All of it in words."""

    conflicts: list[ShownConflict] = Field(default_factory=list)
    """What the verdict would contradict."""


class End(Shape):
    """One end of a hop."""

    id: str
    """Id of the party, or of the shared value."""

    name: str
    """Its name."""

    kind: str
    """firm, person, agency or unknown; for a shared value address, phone and the like."""


class EntityAdjacent(Shape):
    """An entity with its neighbours under each property that leads to some."""

    entity: FtmEntity
    """The entity asked for, without its neighbours."""

    adjacent: dict[str, Adjacent]
    """A page of neighbours by property."""


class EntityEvent(Shape):
    """One change in what an entity consists of."""

    entity_id: str
    """Id of the party it happened to."""

    kind: EventKind
    """What happened."""

    other_id: str | None = None
    """The entity it was joined from, split from or parted from; for `led` the id that leads here."""

    record_ids: list[str] = Field(default_factory=list)
    """Records that moved."""

    happened_at: dt.datetime
    """When it happened, in UTC."""


class EntityExample(Shape):
    """What is known of a party, as a FollowTheMoney entity."""

    id: str | None = None
    """Id of one's own, repeated in the answer."""

    schema_: str = Field(alias="schema")
    """Person, Company, Organization, PublicBody; LegalEntity where it is not known."""

    properties: dict[str, str | list[JsonValue]]
    """Values by property of the schema, a text or a list of texts. In an answer personal numbers are masked."""


class EntityMatchQuery(Shape):
    """Descriptions to match, at most 100 of them, under names of one's own."""

    weights: dict[str, float] = Field(default_factory=dict)
    """By feature of the algorithm, what its log odds are multiplied with; 1 where left out."""

    config: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    """Settings of the algorithm by name, as `/algorithms` lists them."""

    queries: dict[str, EntityExample]
    """What is known of each party, under a name that its answer bears."""


class EntityMatchResponse(Shape):
    """Answers to all descriptions of one call."""

    responses: dict[str, EntityMatches]
    """The answer to each description, under its name."""

    limit: int
    """Most results of one answer."""


class EntityMatches(Shape):
    """The answer to one description."""

    status: int = 200
    """HTTP status of this part of the answer."""

    results: list[ScoredEntity]
    """Parties that may be meant, the highest score first."""

    total: Total
    """How many reach the cutoff."""

    query: EntityExample
    """The description as it was read."""


class EntriesAdded(Shape):
    """What became of the rows sent."""

    added: int
    """Rows that stand on the list now."""

    waiting: int
    """Those of them that no party answers to yet."""

    refused: list[RefusedEntry] = Field(default_factory=list)
    """Rows that were not added."""

    entries: list[WatchEntry]
    """What was added, in the order sent."""


class EventParty(Shape):
    """A party in an event, short."""

    id: str
    """Id of the party."""

    name: str
    """Its name when the event was made."""

    name_other: str | None = None
    """Its name in another script."""


class ExplainedOwner(Shape):
    """A party behind the one asked about."""

    party: Party
    """The owner."""

    stake: float
    """Integrated stake 0..1, over chains and cycles."""

    direct: float | None = None
    """Share held directly, 0..1."""

    ultimate: bool
    """Nobody is known to own it."""

    controls: bool = False
    """Told to control the party directly, whatever its stake."""

    beneficial: bool
    """Ultimate, and at or above the rulebook's mark or in control."""

    by_source: dict[str, float]
    """Integrated stake by what one source alone tells; 0 where it knows none."""

    differs: bool
    """Sources that know owners of the party give it stakes that differ."""


class ExportedParties(Shape):
    """Parties by id."""

    entities: list[ExportedParty]
    """The parties of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class ExportedParty(Shape):
    """A party and the records it was put together from."""

    id: str
    """Id of the party."""

    kind: PartyKind
    """Whether it is a firm, a person or an agency."""

    name: str
    """Its name."""

    name_other: str | None = None
    """Its name in another script, as a source wrote it."""

    place: str | None = None
    """Its place, as a source wrote it."""

    record_ids: list[str]
    """Ids of its records, sorted."""


class ExportedScore(Shape):
    """The score of a firm or an agency, as the last run computed it."""

    entity_id: str
    """Id of the party."""

    kind: PartyKind
    """Whether it is a firm or an agency."""

    as_of: dt.date
    """The day of the run."""

    rulebook: str
    """Id and version of the rulebook."""

    standing: Standing
    """Its standing by law and record."""

    value: int | None = None
    """The score in points, 350..950; null where there is a state instead."""

    state: str | None = None
    """Why there is no score, as an id of the rulebook."""

    band: str | None = None
    """Band of the score, as an id of the rulebook."""


class ExportedScores(Shape):
    """Scores by party; never of persons."""

    scores: list[ExportedScore]
    """The scores of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class ExportedTie(Shape):
    """A tie between two parties, or of a party to a shared value, as the last run found it."""

    id: str
    """Id of the tie."""

    kind: str
    """Kind of tie, as the rulebook names it."""

    source_id: str
    """Id of the party it begins at."""

    target_id: str
    """Id of the party or shared value it ends at."""

    share: float | None = None
    """Votes held, 0..1; only for ties that have a share."""

    amount: float | None = None
    """Amount in `currency`; only for ties that have one."""

    currency: str | None = None
    """Currency by its ISO 4217 code."""

    role: str | None = None
    """The post or the stake, in the source's own words."""

    began_on: dt.date | None = None
    """First day it holds; null where no source tells it."""

    ended_on: dt.date | None = None
    """First day it no longer holds; null while it holds."""

    link_ids: list[str]
    """Statements behind it."""


class ExportedTies(Shape):
    """Ties by the party that they begin at: a page holds all ties of its parties."""

    as_of: dt.date | None
    """The day of the last run; null before the first."""

    ties: list[ExportedTie]
    """The ties, by id."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Exposure(Shape):
    """Risk that reaches a party in one propagation profile, its own listings left out."""

    profile: str
    """Propagation profile, as the rulebook names it."""

    value: float
    """Exposure in this profile, 0..1."""

    points: int = 0
    """Points it costs."""

    contributions: list[Contribution] = Field(default_factory=list)
    """Part of each listed party; they add up to `value`."""

    paths: list[Path] = Field(default_factory=list)
    """The strongest ways by which it reaches the party."""

    remainder: float = 0.0
    """Part of the exposure the printed paths do not cover, 0..1."""


class ExtendServices(Shape):
    """Services that add columns."""

    propose_properties: ServiceAddress
    """Proposes properties of a type."""

    propose_settings: list[dict[str, JsonValue]] = Field(default_factory=list)
    """Settings of a property: there are none."""


class Extension(Shape):
    """Values of the columns asked for."""

    meta: list[NamedId]
    """The columns."""

    rows: dict[str, dict[str, list[dict[str, str]]]]
    """By id of the party and by property its values."""


class FacetCounts(Shape):
    """The values of one facet, the most frequent first."""

    label: str
    """Name of the facet as people read it."""

    values: list[FacetValue] = Field(default_factory=list)
    """Values with their counts."""


class FacetValue(Shape):
    """One value that results share, and how many do."""

    name: str
    """Value as filters take it."""

    label: str
    """Value as people read it."""

    count: int = 1
    """Results that have it, of those counted."""


class FailedEvent(Shape):
    """An event that a receiver did not take after the last try."""

    event_id: str
    """Id of the event."""

    cursor: str
    """Cursor before it: replay from here to send it again."""

    attempts: int
    """How often it was tried."""

    status: int | None = None
    """HTTP status of the last answer; null where none came."""

    problem: str
    """Why it was not taken."""

    failed_at: dt.datetime
    """When it was given up, UTC."""


class FailedEvents(Shape):
    """Events that a receiver did not take, the earliest first."""

    failures: list[FailedEvent]
    """The events of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class FeatureDoc(Shape):
    """What a feature of an algorithm compares."""

    description: str | None
    """What is compared."""

    coefficient: float
    """What its log odds are multiplied with by default."""

    url: str
    """Where it is described."""


class FeatureResult(Shape):
    """What one feature says of a party and a description."""

    detail: str | None
    """How well the two agree, in words of the comparison."""

    score: float
    """Natural log odds: above 0 for one party, below 0 against, 0 nothing."""

    query: str | None = None
    """What was compared of the description."""

    candidate: str | None = None
    """What was compared of the party."""


class FeatureValue(Shape):
    """What one feature says."""

    id: str
    """Name of the feature, as `/algorithms` has it."""

    value: float
    """Natural log odds."""


class Freshness(Shape):
    """What was loaded or said and is not used yet. An answer without it rests on all there is."""

    not_used: list[UnusedSource] = Field(default_factory=list)
    """Files that the answer does not rest on yet."""

    taken_out: list[str] = Field(default_factory=list)
    """Files unloaded since the parties were last found."""

    waiting: list[str] = Field(default_factory=list)
    """What else waits for a run: judged, labelled, named, records, ruled, rulebook …"""

    sentences: list[str]
    """All of it in words, and what brings the store up to date."""


class FtmEntity(Shape):
    """A party, a tie between two, or an official listing, in the form that clients of the screening contract read."""

    id: str
    """Stable id; one that was joined into another leads there."""

    caption: str
    """The name to show."""

    schema_: str = Field(alias="schema")
    """Schema of the FollowTheMoney model."""

    properties: dict[str, list[str | FtmEntity]]
    """Lists of values by property of the schema; a value is a text, or in a nested answer an entity. No number of a person is
    ever among them.
    """

    datasets: list[str] = Field(default_factory=list)
    """Data sets that describe it, sorted."""

    referents: list[str] = Field(default_factory=list)
    """Other ids that lead here: of records, and of parties joined into it."""

    target: bool = False
    """Whether a listing of its own is in force today, one's association never."""

    first_seen: str | None = None
    """When kith first had it. To the second, in UTC and without a zone."""

    last_seen: str | None = None
    """Last load of a file that tells it. To the second, in UTC and without a zone."""

    last_change: str | None = None
    """When what it consists of, or says, last changed. To the second, in UTC and without a zone."""


class FtmStatement(Shape):
    """One fact as one record states it: who said what of whom, and when."""

    id: str
    """Stable id of this fact of this record."""

    entity_id: str
    """Record that states it."""

    canonical_id: str
    """Party that the record was found to be of."""

    prop: str
    """Property."""

    prop_type: str
    """Type of the property: name, date, country, identifier …"""

    schema_: str = Field(alias="schema")
    """Schema of what the record describes."""

    value: str
    """Value, as entities have it."""

    original_value: str | None = None
    """Value as the record keeps it, where it differs: with the issuer's place."""

    dataset: str
    """Data set of the record."""

    lang: str | None = None
    """Language of the value; never told here."""

    origin: str | None = None
    """Source row that states it, `<file id>#<row>`."""

    first_seen: str
    """Load of the delivery that first told it. To the second, in UTC and without a zone."""

    last_seen: str
    """Last load of a file that tells it. To the second, in UTC and without a zone."""


class Ground(Shape):
    """One reason for a result."""

    code: str
    """Code of the reason."""

    sentence: str
    """The reason in words."""

    points: int = 0
    """Points it adds to the score, negative where it lowers it."""


class History(Shape):
    """How a party came to be what it is, and what people said of its records."""

    entity_id: str
    """Present id of the party."""

    asked_id: str
    """The id or name that was asked for."""

    joined_ids: list[str] = Field(default_factory=list)
    """Ids that lead to it today."""

    sentence: str
    """Where the party stands now, in words."""

    events: list[HistoryEvent]
    """The latest first."""

    verdicts: list[ShownLine]
    """What people said of its records."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class HistoryEvent(Shape):
    """One change in what a party consists of."""

    kind: EventKind
    """What happened."""

    entity_id: str
    """The id it happened to: the party's own, or one that was joined into it later."""

    other_id: str | None = None
    """Id of the other party concerned."""

    record_ids: list[str] = Field(default_factory=list)
    """Records that moved."""

    happened_at: dt.datetime
    """When it happened, in UTC."""

    sentence: str
    """The same in words."""


class Hop(Shape):
    """One tie of a path, and the share of the risk that passes over it."""

    from_: End = Field(alias="from")
    """The party the tie is read from."""

    to: End
    """The party it leads to."""

    kind: str
    """Kind of tie, as the rulebook names it."""

    label: str
    """The tie in words."""

    share: float | None = None
    """Votes held, 0..1; only for ties that have a share."""

    amount: float | None = None
    """Amount of the tie; only for ties that have one."""

    tie_id: str
    """Id of the tie."""

    via: End | None = None
    """The person or shared value a derived tie runs through."""

    coefficient: float
    """0..1"""

    began_on: dt.date | None = None
    """First day it holds; null where no source tells it."""

    ended_on: dt.date | None = None
    """First day it no longer holds; null while it holds."""

    row_ids: list[str] = Field(default_factory=list)
    """Source rows that state the tie."""


class How(Shape):
    """A party's steps, in the order in which they happened; none where it is one record."""

    entity_id: str
    """Id of the party."""

    record_ids: list[str]
    """Ids of its records."""

    steps: list[JoinStep]
    """The steps, in the order in which they happened."""

    looked_at: int
    """Records of the connected part the party was found in, other parties' among them."""


class HowTold(Shape):
    """How a party came together; and in sentences."""

    how: How
    """The clustering, step by step."""

    sentences: list[str]
    """The same in words."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class IngestToStart(Shape):
    """Load files."""

    paths: list[str] = Field(default_factory=list)
    """Files in the inbox folder, where the operator set one."""

    file_kind: str | None = None
    """What the files are; else found out."""

    pack: str | None = None
    """Name of the pack whose files these are."""

    dataset: str | None = None
    """Name of the data set; else the kind's."""

    encoding: str | None = None
    """Encoding; else judged by its letters."""

    sheet: str | None = None
    """Sheet of a workbook; else the first."""

    part: bool = False
    """Of a pack: add the files to what is there; nothing ends."""

    drop_max: float | None = None
    """Share of a list's statements that its next state may be without, 0 to 1."""

    kind: Literal["ingest"]
    """`ingest`."""


class Job(Shape):
    """Long work in the background of a server."""

    id: str
    """Id of the job."""

    kind: JobKind
    """What it does."""

    state: JobState
    """Where it stands."""

    waits_for: str | None = None
    """Why it does not go on yet, as a sentence; left out where it does."""

    stage: str = ""
    """What it is doing, in words."""

    done: int = 0
    """How much of the stage is done: rows, records or steps."""

    total: int = 0
    """How much the stage has; 0 where that is not known."""

    leaving: bool = False
    """Whether it was told to end, and ends at its next safe point."""

    files: list[str] = Field(default_factory=list)
    """Names of the files it was given."""

    requested_at: dt.datetime
    """When it was asked for (UTC)."""

    started_at: dt.datetime | None = None
    """When it was begun (UTC)."""

    ended_at: dt.datetime | None = None
    """When it ended (UTC)."""

    expires_at: dt.datetime | None = None
    """When an ended job and its result are forgotten (UTC)."""

    report: dict[str, JsonValue] | None = None
    """What came of it: the answer of the command of the same name; of a screening its counts."""

    result: str | None = None
    """Where its result is fetched, once there is one."""

    problem: dict[str, JsonValue] | None = None
    """Why it failed, as a problem."""


class Jobs(Shape):
    """Jobs of the caller, the latest first."""

    jobs: list[Job]
    """The jobs of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class JoinStep(Shape):
    """One step. left and right: records of the two sides; for `alike` and `sure` all of them are on the left. bits: weight
    between the two groups, over all pairs between them. strongest: the pair between them that weighs most. spoken: whether
    a person's word was needed.
    """

    kind: StepKind
    """What joined."""

    left: list[str]
    """Ids of records on the one side; for `alike` and `sure` all of them."""

    right: list[str] = Field(default_factory=list)
    """Ids of records on the other side."""

    bits: float | None = None
    """Match weight between the two groups, in bits, over all pairs between them."""

    strongest: Weights | None = None
    """The pair between them that weighs most."""

    spoken: bool = False
    """Whether a person's word was needed."""


class Joint(Shape):
    """A pair of records on which one side of a party depends."""

    left_id: str
    """Id of the one record."""

    right_id: str
    """Id of the other record."""

    left_records: int
    """Records that stay on the left one's side without the pair."""

    right_records: int
    """Records that stay on the right one's side without the pair."""

    crossing: int
    """Pairs that join across the two sides; 1: this pair alone holds them together."""

    bits: float | None
    """What the pair weighs; none where a person called the two the same."""

    needed_bits: float
    """From here on a pair joins."""

    reason: str = ""
    """What agrees."""

    by: str
    """`model:<version>`, or the person who called them the same."""


class JointTold(Shape):
    """A pair of records on which one side of a party depends, and how to judge it."""

    joint: Joint
    """The pair and what it holds together."""

    left: RecordRef
    """The one record."""

    right: RecordRef
    """The other record."""

    sentence: str
    """The same in words."""


class Judged(Shape):
    """A verdict as it was written, or with `dry_run` as it would be."""

    dry_run: bool
    """Whether nothing was written."""

    verdict: Verdict
    """The verdict."""

    by: str
    """Who gave it."""

    lines: list[ShownLine]
    """The lines written, one a pair of records; with `dry_run` those that would be."""

    effects: Effects
    """What it changes."""

    holds: bool
    """Whether the parties are so already; else `kith resolve` makes them so."""

    sentence: str
    """Whether it holds already, in words."""

    others: list[ShownLine] = Field(default_factory=list)
    """What other people said of the same pairs; empty with `dry_run`."""


class Judgements(Shape):
    """The ledger, the latest line first."""

    total: int
    """Number of lines, those of other pages among them."""

    lines: list[ShownLine]
    """The lines, the latest first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class KeyToCreate(Shape):
    """What a new key is for."""

    name: str
    """Who or what will use it; signs what it writes."""

    role: Role
    """What it may do."""

    groups: list[str] = Field(default_factory=list)
    """Groups of routes it is confined to; none: all of its role."""

    datasets: list[str] = Field(default_factory=list)
    """Data sets it is confined to: it then reaches only routes that name one of them; none: all."""

    partner: str | None = None
    """The partner it reads for; needed for the role partner, and for no other."""

    purpose: str | None = None
    """The one purpose it reads for; needed for the role partner."""

    party: str | None = None
    """The person whose own key it is (id, record id, code or clear name); needed for the role subject."""

    ends_on: dt.date | None = None
    """First day it no longer holds (UTC); left out: after the days of the settings."""

    requests_per_minute: int | None = None
    """Its own limit, requests a minute; left out: that of the settings."""


class KeyToRotate(Shape):
    """How a key gets another secret."""

    overlap_hours: float = 24.0
    """Hours for which the secret before still holds."""

    ends_on: dt.date | None = None
    """First day the key no longer holds (UTC); left out: after the days of the settings."""


class Keys(Shape):
    """Every key, the latest first."""

    keys: list[ShownKey]
    """Keys of every state."""


class KindCount(Shape):
    """How many pairs of one kind wait."""

    kind: WaitingKind
    """Kind of why a pair waits."""

    pairs: int
    """Number of pairs."""

    sentence: str
    """Why such a pair waits."""


class LevelShown(Shape):
    """One level of a comparison."""

    label: str
    """Name of the level."""

    bits: float
    """log2(m / u): what it adds to a pair's weight."""

    m: float
    """Chance among records of one party that have the field."""

    u: float
    """Chance among records of two parties that have the field."""

    by_rarity: bool
    """Whether u follows how common the very name is."""


class Line(Shape):
    """What became of one line: what happened to the party its record is in or was in, or the problem that kept it out."""

    line: int
    """Number of the line that was sent, from 1 on."""

    id: str | None = None
    """Id of the record, where the line tells it."""

    changed: Changed | None = None
    """What it did to the parties; null where the line was refused."""

    problem: dict[str, JsonValue] | None = None
    """Why it was refused, as a problem; null where it was taken."""


class Lines(Shape):
    """What became of every line sent, and what all together did to the parties."""

    taken: int
    """Number of lines taken."""

    refused: int
    """Number of lines refused."""

    lines: list[Line]
    """What became of each line, in the order sent."""

    changed: Changed = Field(
        default_factory=lambda: Changed.model_validate({"parties": [], "redirects": {}, "events": [], "waiting": 0})
    )
    """What all lines together did to the parties."""


class ListReading(Shape):
    """How a list was read."""

    sheet: str | None = None
    """Sheet of the workbook; null for CSV."""

    other_sheets: list[str] = Field(default_factory=list)
    """Sheets that were not read."""

    header_row: int | None = None
    """Row of the header; null where the list has none."""

    columns: list[ColumnRead]
    """Which column was taken for which field."""

    unread: list[UnreadColumn] = Field(default_factory=list)
    """Columns that nothing was made of."""

    notes: list[str] = Field(default_factory=list)
    """What may have gone wrong in reading it, as sentences."""


class LoadedFile(Shape):
    """One loaded file."""

    name: str
    """Name of the file."""

    dataset: str
    """Data set the file belongs to."""

    rows_read: int
    """Rows that were read."""

    rows_rejected: int
    """Rows that were refused; they lie in the reject file."""

    loaded_at: dt.datetime
    """When it was loaded, in UTC."""

    waits_for: Literal["resolve", "propagate", "cut_off"] | None = None
    """The run that would use it; None where it is used."""

    pack: str = ""
    """The pack whose file it is; empty for a file of another kind."""

    publisher: str = ""
    """Who publishes it, where its pack or mapping says so."""

    licence: str = ""
    """The terms its data comes under, as its publisher states them."""

    state: int = 1
    """Number of the delivery, of a source whose deliveries each tell the whole of it."""

    age_days: int = 0
    """Whole days since it was loaded."""

    overdue: bool = False
    """Its publisher has renewed it since, by the rhythm its pack names."""


class Manifest(Shape):
    """What the service can do, and where."""

    versions: list[str]
    """Versions of the protocol that it speaks."""

    name: str
    """Name to show."""

    identifierSpace: str
    """What the ids of results are ids of."""

    schemaSpace: str
    """What the ids of types are ids of."""

    documentation: str
    """Where it is described."""

    batchSize: int
    """Most queries of one call."""

    view: ViewAddress

    preview: PreviewAddress
    """Where a small page about an entity is."""

    suggest: SuggestServices

    extend: ExtendServices

    defaultTypes: list[NamedId]
    """Types to choose from."""


class ModelShown(Shape):
    """One model, what it asks for, and what the last run counted beside it."""

    kind: PartyKind
    """Kind of party the model is for."""

    version: str
    """Version of the model."""

    made: str
    """How its weights came to be."""

    merge_bits: float
    """Match weight from which on two records join, in bits."""

    group_bits: float
    """Mean match weight from which on two groups join, in bits."""

    possible_bits: float
    """Match weight from which on a pair waits for a person, in bits."""

    prior_bits: float
    """Of two records drawn at random, with as many records as the last run had."""

    comparisons: list[ComparisonShown]
    """The comparisons, each with its levels."""

    counted: CountedShown | None
    """None before the first run."""


class Models(Shape):
    """The models that the next run would go by."""

    models: list[ModelShown]
    """One model a kind of party."""


class More(Shape):
    """How many neighbours of one node were left out."""

    id: str
    """Id of the node."""

    count: int
    """Number of its neighbours that are not shown."""


class NamedId(Shape):
    """A type or a property."""

    id: str
    """Name in the FollowTheMoney model."""

    name: str
    """Name to show."""

    description: str | None = None
    """What it is."""


class Network(Shape):
    """The surroundings of a party, as a picture and as a table."""

    focus: str
    """Id of the party in the middle."""

    nodes: list[Node]
    """Parties, addresses and phones, the party asked about first."""

    ties: list[Edge]
    """Ties between the nodes."""

    more: list[More] = Field(default_factory=list)
    """Nodes with neighbours that are not shown."""

    paths: list[PathLine] = Field(default_factory=list)
    """Ways from listed parties to the party."""

    shown: int
    """Number of nodes shown."""

    total: int
    """Parties, addresses and phones within the depth asked for."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Node(Shape):
    """One party, address or phone in the picture."""

    id: str
    """Id of the party, or of the shared value."""

    kind: str
    """firm, person, agency or unknown; for a shared value address, phone and the like."""

    name: str
    """Its name, or the shared value."""

    name_other: str | None = None
    """Its name in another script, as a source wrote it."""

    place: str | None = None
    """Its place, as a source wrote it."""

    score: int | None = None
    """Score in points, 350..950; null where there is a state instead, and always for persons."""

    state: str | None = None
    """Why there is no score, as an id of the rulebook."""

    standing: Standing | None = None
    """Where it stands; null for persons who are not listed, addresses and phones."""

    listed: bool = False
    """Whether it has a listing of its own in force."""

    exposure: float = 0.0
    """0..1; always 0 for persons."""

    ties: int = 0
    """Ties it has in all."""

    shown_ties: int = 0
    """Ties of it that are shown."""


class Obstacle(Shape):
    """One obstacle. missing_bits: weight that would be needed beside what there is."""

    bar: Bar
    """What stands between the two."""

    missing_bits: float | None = None
    """Match weight that would be needed beside what there is, in bits."""

    comparisons: list[str] = Field(default_factory=list)
    """Comparisons that contradict; schemes of codes that differ."""

    verdicts: list[Spoken] = Field(default_factory=list)
    """What people said of the pair."""


class Owners(Shape):
    """Who stands behind a party on a day."""

    party: Party
    """The party asked about."""

    as_of: dt.date
    """The day that is answered for."""

    owners: list[ExplainedOwner]
    """Everybody behind it, the greatest stake first."""

    holdings: list[Shareholding]
    """The direct stakes in it."""

    untold: float
    """Part of the party that no ultimate owner is told for, 0..1."""

    no_ultimate_owner: list[Party] = Field(default_factory=list)
    """Firms above it that wholly own each other: nobody is behind."""

    above_one: bool = False
    """Stakes told sum above one and are scaled to one; the 50 % rules take them as told."""


class Parties(Shape):
    """A ranked list of parties."""

    as_of: dt.date
    """The day that is answered for."""

    results: list[PartyLine]
    """The parties, in the order of the list."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Party(Shape):
    """A party in a path, short."""

    id: str
    """Id of the party."""

    name: str
    """Its name."""

    kind: PartyKind
    """What it is."""


class PartyCounts(Shape):
    """How many of each kind."""

    firm: int = 0
    """Number of firms."""

    person: int = 0
    """Number of persons."""

    agency: int = 0
    """Number of agencies."""

    unknown: int = 0
    """Number of parties whose kind no source tells."""


class PartyLine(Shape):
    """A party as one line of a list."""

    id: str
    """Id of the party."""

    kind: PartyKind
    """What it is."""

    name: str
    """Its name."""

    name_other: str | None = None
    """Its name in another script, as a source wrote it."""

    place: str | None = None
    """Its place, as a source wrote it."""

    standing: Standing
    """Where it stands by law and record."""

    score: int | None = None
    """350..950, or None with a state."""

    state: str | None = None
    """Why there is no score, as an id."""

    state_sentence: str | None = None
    """Why there is no score, in words."""

    band: str | None = None
    """Band of the score, as an id of the rulebook."""

    why: str = ""
    """Why it was found: name, earlier name, other name, short name, code, sound, address or phone."""

    sentence: str = ""
    """The whole answer in one sentence."""

    listed_count: int = 0
    """Listings of its own in force on the day asked for."""

    disputed: bool = False
    """Whether one of its listings is disputed."""

    ties: int = 0
    """Number of ties it has."""


class PartyOwners(Shape):
    """Who stands behind a party on a day."""

    party: Party
    """The party asked about."""

    as_of: dt.date
    """The day that is answered for."""

    owners: list[ExplainedOwner]
    """Everybody behind it, the greatest stake first."""

    holdings: list[Shareholding]
    """The direct stakes in it."""

    untold: float
    """Part of the party that no ultimate owner is told for, 0..1."""

    no_ultimate_owner: list[Party] = Field(default_factory=list)
    """Firms above it that wholly own each other: nobody is behind."""

    above_one: bool = False
    """Stakes told sum above one and are scaled to one; the 50 % rules take them as told."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class PartyRef(Shape):
    """A party, short: who it is and where it stands."""

    id: str
    """Id of the party, or of the shared value."""

    name: str
    """Its name, or the shared value."""

    name_other: str | None = None
    """Its name in another script, as a source wrote it."""

    kind: str
    """firm, person or agency; in a network also address or phone."""

    place: str | None = None
    """Its place, as a source wrote it."""

    standing: Standing | None = None
    """None for persons reached by a tie, addresses and phones."""

    score: int | None = None
    """350..950; None where there is a state instead, and always for persons."""


class Path(Shape):
    """A way from a listed party to the one explained."""

    listed_id: str
    """Id of the listed party."""

    steps: list[Step]
    """The ties it runs over, from the listed party on."""

    strength: float
    """Seed strength times the product of the coefficients."""

    covered: float
    """Part of the exposure this path explains, 0..1."""


class PathLine(Shape):
    """One way from a listed party to the party asked about."""

    listed_id: str
    """Id of the listed party."""

    listed_name: str
    """Its name."""

    sentence: str
    """The way in words."""

    strength: float
    """Strength of the listing times the product of the coefficients, 0..1."""

    covered: float
    """Part of the exposure this path explains, 0..1."""

    profile: str
    """Propagation profile, as the rulebook names it."""

    bears_points: bool
    """Whether the profile costs points."""

    hops: list[Hop]
    """The ties it runs over, from the listed party on."""


class Paths(Shape):
    """Ways between two parties, or to the nearest listed ones; `sentence` says so where there are none."""

    paths: list[PathLine]
    """The ways, at most five."""

    sentence: str = ""
    """Says so where there is none."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class PersonRead(Shape):
    """One read of a person."""

    read_at: dt.datetime
    """When, to the second (UTC)."""

    key_id: str
    """Whose key: its id, `operator` for the operator's own, `oidc:…` for a person who signed in."""

    name: str
    """The name of the key or person."""

    role: Role
    """The role it was read in."""

    partner: str | None
    """The partner it was read for."""

    purpose: str | None
    """The purpose that was given."""

    route: str
    """What was read: the route's template."""


class PersonReads(Shape):
    """Reads of one party's records, the latest first."""

    entity_id: str
    """The party as it is today."""

    name: str
    """Its name."""

    reads: list[PersonRead]
    """The latest first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class PhoneToFind(Shape):
    """A phone number: in a body, for an address is kept in histories and logs."""

    phone: str
    """The number, best with its area code."""


class PingResult(Shape):
    """What became of a test event, sent at once and once."""

    id: str
    """Id of the test event."""

    delivered: bool
    """Whether the receiver took it (2xx)."""

    status: int | None = None
    """HTTP status of the answer; null where none came."""

    took_ms: int
    """Milliseconds until the answer."""

    problem: str | None = None
    """Why it was not taken."""


class PreviewAddress(Shape):
    """Where a small page about an entity is, and its size."""

    url: str
    """Address with `{{id}}` for the entity's id."""

    width: int
    """Width of the page in pixels."""

    height: int
    """Height of the page in pixels."""


class Profile(Shape):
    """Everything known of one party, on one day, under one rulebook."""

    party: PartyLine
    """The party as a line of a list."""

    names: list[ShownName]
    """Its names."""

    identifiers: list[ShownIdentifier]
    """Its codes; personal ids masked."""

    founded_on: str | None = None
    """Day, month or year of its foundation."""

    born_on: str | None = None
    """Day, month or year of birth; for partners the year."""

    ended_on: dt.date | None = None
    """First day it no longer exists, or a person's day of death."""

    registration_sentence: str = ""
    """What became of its registration, where it is no longer in order."""

    place: str | None = None
    """Its place, as a source wrote it."""

    addresses: list[str] = Field(default_factory=list)
    """Its addresses, as sources wrote them."""

    records: int
    """Number of its source records."""

    sources: int
    """Number of independent sources that describe it."""

    score: Score
    """The score with every line, or the state where there is none."""

    ruler: Ruler
    """The scale the score is read on."""

    listings: list[ShownListing] = Field(default_factory=list)
    """Its own listings."""

    sealed: int = 0
    """Listings that were repaired: what they said is in the sealed history only."""

    recognitions: list[ShownRecognition] = Field(default_factory=list)
    """Its good marks."""

    paths: list[PathLine] = Field(default_factory=list)
    """Ways from listed parties to it."""

    cases: list[Case] = Field(default_factory=list)
    """Questions for a person to settle; they bear no points by themselves."""

    owners: Owners
    """Who stands behind it."""

    association_sentence: str = ""
    """How near it is to listed parties, in words; empty where it is not."""

    sentence: str
    """The whole answer in one sentence."""

    dealings: Dealings = Field(
        default_factory=lambda: Dealings.model_validate(
            {
                "total": 0,
                "on_time": 0,
                "late": 0,
                "defaulted": 0,
                "delivered": 0,
                "not_delivered": 0,
                "counterparties": 0,
                "sentence": "",
            }
        )
    )
    """What those who dealt with it report, as counts."""

    consent_hint: str = ""
    """How a person or sole trader gives consent, where none is in force for the reader."""

    as_of: dt.date
    """The day that is answered for."""

    rulebook: str
    """Version of the rulebook that the score is computed by."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class PropagateToStart(Shape):
    """Spread risk and trust and score every party."""

    kind: Literal["propagate"]
    """`propagate`."""

    seeds: list[str] = Field(default_factory=list)
    """Vetted parties by any name; none for the rulebook's."""


class Proposal(Shape):
    """Two names that several parties bear for one another."""

    kind: PartyKind
    """Kind of party that bears the names."""

    left: str
    """One name, as folded for comparison."""

    right: str
    """The other name."""

    parties: int
    """Parties whose records bear both under one exclusive identifier."""

    examples: list[str]
    """Some of them."""


class ProposedProperties(Shape):
    """Properties that a type has."""

    type: str
    """Name of the type."""

    limit: int
    """Most properties of one answer."""

    properties: list[NamedId]
    """By name."""


class Put(Shape):
    """What putting or deleting records did to the parties. Ties, signals and scores are as of the last propagate."""

    record_ids: list[str]
    """Ids of the records put or taken out."""

    changed: Changed
    """What it did to the parties."""

    left_out: int = 0
    """Links and other statements of a row, which only `kith ingest` brings in."""


class Queue(Shape):
    """What waits for a person: listed parties first, then by what would change, namesakes last; pairs of one party together."""

    reviewer: str
    """Whose queue it is; what they judged is not asked again."""

    blind: bool
    """Whether what others said is kept back."""

    total: int
    """Pairs that wait, of every kind."""

    pairs: list[WaitingPair]
    """The pairs of this page."""

    kinds: list[KindCount] = Field(default_factory=list)
    """How many pairs of each kind wait; none told in a blind review."""

    matching: int = 0
    """Pairs of the kinds asked for, on this page and others."""

    groups: int = 0
    """Parties among whose possible partners those pairs are."""

    folded: int = 0
    """Pairs that are counted and not shown unless asked for: namesakes."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    conflicts: list[ShownConflict] = Field(default_factory=list)
    """Contradictions to settle first; none told in a blind review."""


class Reason(Shape):
    """One of at most four principal reasons."""

    reason_code: str
    """Code of the reason."""

    points: int
    """Points it adds to the score, negative where it lowers it."""

    sentence: str
    """The reason in words."""

    evidence_ids: list[str] = Field(default_factory=list)
    """Statements it rests on."""


class ReconcileCandidate(Shape):
    """A party that a row may mean."""

    id: str
    """Id of the party."""

    name: str
    """Name to show."""

    description: str | None = None
    """Birth or founding, and countries."""

    type: list[NamedId]
    """Its type."""

    score: float
    """Chance that it is meant, 0..100 per cent."""

    match: bool
    """Whether it is the only one that reaches the threshold."""

    features: list[FeatureValue] = Field(default_factory=list)
    """What each feature contributes."""


class ReconcileResults(Shape):
    """Parties that one row may mean."""

    result: list[ReconcileCandidate]
    """The highest score first."""


class RecordRef(Shape):
    """A record a verdict speaks of, and the party it is part of today."""

    id: str
    """Id of the record."""

    name: str
    """Its name as the source wrote it; its id where the record is gone."""

    present: bool
    """False where the store no longer holds the record; the verdict is kept."""

    entity_id: str | None = None
    """Id of the party it is part of today."""

    entity_name: str | None = None
    """Name of that party."""


class Records(Shape):
    """The records a party was put together from."""

    records: list[ShownRecord]
    """The records."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class RefusedEntry(Shape):
    """A row that was not added, and what would do."""

    row: int
    """Its place among those sent, counted from 1."""

    field: str | None = None
    """The field that is meant."""

    problem: str
    """What is wrong with it."""


class Relation(Shape):
    """One relation of a party to another, with what it rests on."""

    kind: RelationKind
    """disclosed: a source says so; discovered: shared; possible: may be one party."""

    what: str
    """The tie's kind, or what is shared: address, phone, account, director …; `match` for a possible one."""

    label: str
    """The relation in words."""

    other: PartyRef
    """The other party."""

    evidence: str = ""
    """The shared value or person, or what agrees."""

    via: PartyRef | None = None
    """The person or the shared value it runs through."""

    sharers: int | None = None
    """Parties that share the value; None where nothing is shared."""

    carries_little: bool = False
    """So many share it that it tells next to nothing: an agent's phone, a registered agent."""

    bits: float | None = None
    """Match weight of a possible match."""

    ended: bool = False
    """Whether it no longer holds on the day asked for."""

    row_ids: list[str] = Field(default_factory=list)
    """Source rows that state it."""

    record_ids: list[str] = Field(default_factory=list)
    """The two records of a possible match."""


class Relations(Shape):
    """Whom a party is related to, apart from what was joined."""

    entity_id: str
    """Id of the party."""

    relations: list[Relation]
    """Its relations: disclosed, discovered, then possible ones."""

    left_out: int = 0
    """Sharers of very common values that are not listed one by one."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class ResolveToStart(Shape):
    """Find out which records are one party."""

    kind: Literal["resolve"]
    """`resolve`."""


class Restriction(Shape):
    """What a listing in force restricts for the party."""

    measure: str
    """What is restricted, as the rulebook names it."""

    effect: str
    """block, require_review or advise."""

    list_type: str
    """The type of list that says so."""


class RingLine(Shape):
    """One case, with what speaks for it and what against. Never a listing by itself."""

    id: str
    """Id of the case."""

    shape: str
    """mutual: trade both ways; circle: one way round."""

    parties: list[End]
    """The parties that trade with each other."""

    strength: float
    """How closed and how even the trade is, 0..1."""

    conjured_gain: float
    """Trust of its members divided by their trust without the inner trade."""

    speaks_for: list[str]
    """What speaks for it, in words."""

    speaks_against: list[str]
    """What speaks against it, in words."""

    verdict: RingVerdict | None = None
    """What a person said of it; None while nobody did."""

    by: str | None = None
    """Who said so."""

    reason: str | None = None
    """Why, in the person's own words."""

    decided_at: dt.datetime | None = None
    """When it was said, in UTC."""


class RingLines(Shape):
    """Cases, the strongest first."""

    as_of: dt.date
    """The day that is answered for."""

    rings: list[RingLine]
    """The cases, the strongest first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Ruler(Shape):
    """The scale a score is read on."""

    min: int
    """Lowest score, in points."""

    max: int
    """Highest score, in points."""

    bands: list[Band]
    """Its bands, the lowest first."""


class RunToStart(Shape):
    """Load files, where some are given, then resolve and propagate what is not used yet."""

    paths: list[str] = Field(default_factory=list)
    """Files in the inbox folder, where the operator set one."""

    file_kind: str | None = None
    """What the files are; else found out."""

    pack: str | None = None
    """Name of the pack whose files these are."""

    dataset: str | None = None
    """Name of the data set; else the kind's."""

    encoding: str | None = None
    """Encoding; else judged by its letters."""

    sheet: str | None = None
    """Sheet of a workbook; else the first."""

    part: bool = False
    """Of a pack: add the files to what is there; nothing ends."""

    drop_max: float | None = None
    """Share of a list's statements that its next state may be without, 0 to 1."""

    kind: Literal["run"]
    """`run`."""


class Score(Shape):
    """A score or, where there is no ground for one, a state. `base + sum of all other lines == value`."""

    entity_id: str
    """Id of the party."""

    kind: PartyKind
    """What it is."""

    as_of: dt.date
    """The day that is answered for."""

    rulebook: str
    """Id and version."""

    standing: Standing
    """Where it stands by law and record."""

    value: int | None = None
    """The score in points, 350..950; null where there is a state instead."""

    state: str | None = None
    """One of the rulebook's no_score_states where `value` is None."""

    state_sentence: str | None = None
    """Why there is no score, in words."""

    band: str | None = None
    """Band of the score, as an id of the rulebook."""

    areas: dict[Area, int] | None = None
    """Points by area."""

    lines: list[ScoreLine] = Field(default_factory=list)
    """The lines that add up to the score."""

    reasons: list[Reason] = Field(default_factory=list)
    """At most four principal reasons, the weightiest first."""

    counterfactuals: list[Counterfactual] = Field(default_factory=list)
    """What the score would be with one thing changed."""

    exposures: list[Exposure] = Field(default_factory=list)
    """Exposure by propagation profile."""

    sentence: str = ""
    """The whole answer in one sentence."""


class ScoreLine(Shape):
    """One line: points in whole numbers, the rule that gave them, and the statements they rest on."""

    kind: LineKind
    """What the line stands for."""

    rule_id: str
    """Rule of the rulebook that gave the points."""

    reason_code: str
    """Code of the reason."""

    area: Area | None = None
    """Area it belongs to; null where it belongs to none."""

    points: int
    """Points it adds, negative where it lowers the score."""

    title: str
    """What this is, in a few words of the asked language."""

    detail: str = ""
    """What in particular, in words."""

    evidence_ids: list[str] = Field(default_factory=list)
    """Ids of listings, recognitions, experiences or links."""

    disputed: bool = False
    """Whether the listing behind it is disputed."""


class ScoredEntity(Shape):
    """A party that a description may mean."""

    id: str
    """Stable id; one that was joined into another leads there."""

    caption: str
    """The name to show."""

    schema_: str = Field(alias="schema")
    """Schema of the FollowTheMoney model."""

    properties: dict[str, list[str | FtmEntity]]
    """Lists of values by property of the schema; a value is a text, or in a nested answer an entity. No number of a person is
    ever among them.
    """

    datasets: list[str] = Field(default_factory=list)
    """Data sets that describe it, sorted."""

    referents: list[str] = Field(default_factory=list)
    """Other ids that lead here: of records, and of parties joined into it."""

    target: bool = False
    """Whether a listing of its own is in force today, one's association never."""

    first_seen: str | None = None
    """When kith first had it. To the second, in UTC and without a zone."""

    last_seen: str | None = None
    """Last load of a file that tells it. To the second, in UTC and without a zone."""

    last_change: str | None = None
    """When what it consists of, or says, last changed. To the second, in UTC and without a zone."""

    score: float
    """Chance that the party is the one described, 0..1."""

    match: bool
    """Whether the score reaches the threshold."""

    explanations: dict[str, FeatureResult]
    """What each feature contributes. Their log odds and the starting odds make the score."""


class ScreenedRow(Shape):
    """One row of a supplier list and what was found. `party` is the one that decides, and only where it is taken as found.
    `candidates` are all that answer, where they are more than that one: parties that fit equally well, parties in doubt.
    """

    row: int
    """Number of the row, as a spreadsheet counts."""

    id: str | None = None
    """Your own id of it, as the list has it."""

    given: dict[str, str]
    """What the row says, by column."""

    result: Result
    """What to do: stop, look, unknown or fine."""

    party: PartyLine | None = None
    """The party that decides, where it is taken as found."""

    match_percent: int | None = None
    """How well the party fits what was given, 0..100."""

    candidates: list[Candidate] = Field(default_factory=list)
    """Parties that answer, where they are more than that one."""

    reasons: list[Ground] = Field(default_factory=list)
    """At most four reasons, the weightiest first."""

    restrictions: list[Restriction] = Field(default_factory=list)
    """What listings of the party restrict today: in force and not disputed."""

    nearest: PathLine | None = None
    """The way to the nearest listed party."""

    damage: CodeDamage | None = None
    """What happened to the code given; null where nothing did."""

    error: str | None = None
    """Why the row could not be read, and what would do."""


class Screening(Shape):
    """A checked supplier list: Stop, Look, Unknown, Fine, and file order within."""

    rows: list[ScreenedRow]
    """The rows: Stop, Look, Unknown, Fine, and file order within."""

    counts: dict[Result, int]
    """Number of rows by result."""

    rejected: list[ScreenedRow] = Field(default_factory=list)
    """Rows that could not be read."""

    sources: list[str] = Field(default_factory=list)
    """Data sets that the results rest on."""

    as_of: dt.date
    """The day that is answered for."""

    reading: ListReading | None = None
    """How the list was read; null where it was no file."""

    duplicates: list[Duplicate] = Field(default_factory=list)
    """Rows that are the same."""

    damaged_codes: list[DamagedCode] = Field(default_factory=list)
    """Codes that cannot be compared as they stand."""

    rulebook: str
    """Version of the rulebook that the results rest on."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class ScreeningToStart(Shape):
    """Check a list of suppliers."""

    kind: Literal["screening"]
    """`screening`."""

    names: list[str] = Field(default_factory=list)
    """Names to check, without a file."""

    rows: list[SupplierRow] = Field(default_factory=list)
    """Rows to check, without a file: any of name, code, place, country, id."""

    columns: dict[str, str] = Field(default_factory=dict)
    """Which column of the list holds which field."""

    sheet: str | None = None
    """Sheet of a workbook; else the first."""

    as_of: dt.date | None = None
    """The day to answer for; else that of the last run."""


class Search(Shape):
    """Parties that answer to a name or code, best first."""

    total: int
    """Number of parties found, those of other pages among them."""

    results: list[PartyLine]
    """The parties, best first."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class SearchResults(Shape):
    """Parties that answer to a search, page by page, with counts by facet."""

    limit: int
    """Most results of a page, as asked for."""

    offset: int = 0
    """Results before the first of this page."""

    total: Total
    """Parties that answer in all."""

    results: list[FtmEntity]
    """Parties, the best answer first."""

    facets: dict[str, FacetCounts]
    """Counts by facet, over the parties that were looked at."""


class ServiceAddress(Shape):
    """Where a further service answers."""

    service_url: str
    """Address of the server."""

    service_path: str
    """Path behind it."""


class Shareholding(Shape):
    """A direct stake: the share that counts, and every source's own word. `differs`: they tell different shares."""

    owner: Party
    """The owner."""

    share: float | None
    """The share that counts, 0..1; null where no source tells it."""

    tie_id: str
    """Id of the tie."""

    differs: bool
    """Whether the sources tell different shares."""

    told: list[StakeClaim]
    """What each source tells."""


class ShownConflict(Shape):
    """Words that cannot all hold, with who and when. Until settled, the records are kept apart."""

    kind: ConflictKind
    """Whether people contradict each other, a chain of words, or an identifier."""

    left: RecordRef
    """The one record."""

    right: RecordRef
    """The other record."""

    scheme: str | None = None
    """The identifier that stands against the word."""

    sentence: str
    """The contradiction in words."""

    lines: list[ShownLine]
    """The lines of the ledger concerned."""


class ShownConsent(Shape):
    """A consent and whether it holds today."""

    consent: Consent
    """The consent."""

    state: ConsentState
    """Whether it holds today."""

    void: bool = False
    """Its records are of two parties now: it has to be given anew."""

    entity_id: str | None = None
    """Id of the party that gave it; null where its records are of two."""

    name: str = ""
    """Name of that party."""

    looked_on: list[dt.date] = Field(default_factory=list)
    """Days on which the score was shown under it, the first one first."""


class ShownIdentifier(Shape):
    """A code; personal ids are masked."""

    scheme: str
    """Scheme of the code."""

    shown: str
    """The code; of a personal id what may be shown."""

    valid: bool
    """Whether its check digits hold."""


class ShownKey(Shape):
    """A key without its secret."""

    id: str
    """Id of the key: the middle part of its text."""

    name: str
    """Who or what uses it."""

    role: Role
    """What it may do."""

    state: KeyState
    """Whether it opens anything today."""

    groups: list[str]
    """Groups of routes it is confined to; none: all."""

    datasets: list[str]
    """Data sets it is confined to; none: all."""

    partner: str | None
    """The partner it reads for."""

    purpose: str | None
    """The one purpose it reads for."""

    record_id: str | None
    """A record of the person whose own key it is."""

    requests_per_minute: int | None
    """Its own limit, requests a minute."""

    created_at: dt.datetime
    """When it was made (UTC)."""

    created_by: str
    """Who made it."""

    ends_on: dt.date
    """First day it no longer holds (UTC)."""

    used_on: dt.date | None
    """Last day it was shown (UTC)."""

    previous_until: dt.datetime | None
    """Until when the secret before the last rotation holds (UTC)."""

    revoked_at: dt.datetime | None
    """When it was revoked (UTC)."""

    revoked_by: str | None
    """Who revoked it."""


class ShownLine(Shape):
    """One line of the ledger."""

    id: str
    """Id of the line."""

    occasion: str
    """Id shared by the lines of one call; undo takes either."""

    left: RecordRef
    """The one record."""

    right: RecordRef
    """The other record."""

    verdict: Verdict | None = None
    """None in a line that undoes another."""

    undoes: str | None = None
    """Id of the line that this one takes back."""

    by: str
    """Who gave it."""

    reason: str
    """Why, in the person's own words."""

    decided_at: dt.datetime
    """When it was given, in UTC."""

    stands: bool
    """Counts today: not undone, and not said anew by the same person."""

    holds: bool | None = None
    """Whether the parties are as it says; None where it does not stand or a record is gone."""


class ShownListing(Shape):
    """One listing: by whom, why, until when, and how it can be contested."""

    id: str
    """Id of the listing."""

    list_type: str
    """Type of list, as the rulebook names it."""

    title: str
    """The list in words."""

    issuer: str
    """In the language asked for, where the issuer is an agency of the store."""

    issuer_other: str | None = None
    """The issuer as the source names it, where that differs."""

    programme: str | None = None
    """Regime or list the issuer put it under, in its own words."""

    case_no: str | None = None
    """Number of the case or order."""

    listed_on: dt.date | None
    """None where the source does not tell the day."""

    ends_on: dt.date | None = None
    """First day it is no longer in force."""

    in_force: bool
    """Whether it is in force on the day asked for."""

    state: ListingState
    """Where it stands on the day asked for."""

    check: Literal["stop", "look"] = "stop"
    """What a check says while it is in force and undisputed."""

    reason: str | None = None
    """Why the party is listed, as the source says."""

    duty: str | None = None
    """What the party was to do, as the source says."""

    performance: str | None = None
    """How far it did, as the source says."""

    rule_basis: str = ""
    """The law or order the list rests on."""

    reason_code: str = ""
    """Code of the reason in a score."""

    points: int = 0
    """Points it adds to the score; negative."""

    contest: str = ""
    """How the party can contest it."""

    row_id: str
    """Source row that states it: `<file id>#<row>`."""

    newer_file: str | None = None
    """A file of the same list that was loaded later and does not name it."""

    branch: str | None = None
    """The branch or head office that the list names, where it is not the party itself."""


class ShownName(Shape):
    """A name and how the source uses it."""

    text: str
    """The name as the source wrote it."""

    role: str
    """How the source uses it: primary, previous, alias or weak."""


class ShownRecognition(Shape):
    """A good mark by a public body."""

    id: str
    """Id of the recognition."""

    mark: str
    """Kind of mark, as the rulebook names it."""

    title: str
    """The mark in words."""

    issuer: str
    """In the language asked for, where the issuer is an agency of the store."""

    issuer_other: str | None = None
    """The issuer as the source names it, where that differs."""

    given_on: dt.date
    """Day it was given."""

    ends_on: dt.date | None = None
    """First day it no longer holds; null where it has no end."""

    points: int = 0
    """Points it adds to the score."""

    row_id: str
    """Source row that states it: `<file id>#<row>`."""


class ShownRecord(Shape):
    """One record of the party: what one source says of it, `row_id` first, in whatever rows and files it does."""

    id: str
    """Id of the record."""

    dataset: str
    """Data set it comes from."""

    source_class: str
    """Class of the source, by how its statements may be used."""

    name: str
    """Its name, as the source wrote it."""

    kind: PartyKind
    """What it is."""

    row_id: str
    """Source row that states it: `<file id>#<row>`."""

    file: str
    """Name of the file."""

    row: int
    """Number of the row, as a spreadsheet counts."""

    row_ids: list[str] = Field(default_factory=list)
    """The row of each file that tells it, that of `row_id` first."""

    publisher: str = ""
    """Who publishes that file, where its pack or its mapping says so."""

    licence: str = ""
    """The terms its data comes under, as its publisher states them."""

    loaded_on: dt.date | None = None
    """Day of its last load; None for a record put singly."""

    age_days: int | None = None
    """Whole days from then to the day asked about; 0 where it came later."""

    observed_on: dt.date | None = None
    """Day the source observed it."""

    facts: dict[str, str] | None = None
    """Everything else it says, by name; personal ids masked."""


class ShownRow(Shape):
    """A source row as it was loaded, personal ids masked."""

    row_id: str
    """Id of the row: `<file id>#<row>`."""

    file: str
    """Name of the file."""

    dataset: str
    """Data set the file belongs to."""

    number: int
    """As a spreadsheet or text editor counts."""

    values: dict[str, str]
    """Its cells by column; personal ids masked."""

    mapping: str
    """Mapping that the file was read by."""

    loaded_at: dt.datetime
    """When the file was loaded, in UTC."""


class ShownTie(Shape):
    """A tie seen from the party asked about."""

    id: str
    """Id of the tie."""

    kind: str
    """Kind of tie, as the rulebook names it."""

    label: str
    """The tie in words, read from the party asked about."""

    direction: Direction
    """Which way it runs, seen from the party asked about."""

    other: PartyRef
    """The party or shared value at the other end."""

    share: float | None = None
    """Votes held, 0..1; only for ties that have a share."""

    amount: float | None = None
    """Amount in `currency`; only for ties that have one."""

    currency: str | None = None
    """Currency by its ISO 4217 code."""

    role: str | None = None
    """The post or the stake, in the source's own words."""

    began_on: dt.date | None = None
    """First day it holds; null where no source tells it."""

    ended_on: dt.date | None = None
    """First day it no longer holds; null while it holds."""

    flags: list[str] = Field(default_factory=list)
    """What is odd about it, as ids."""

    row_ids: list[str] = Field(default_factory=list)
    """Source rows that state it."""


class Side(Shape):
    """One of the two records of a pair, and its party."""

    record: ShownRecord
    """The record."""

    party: PartyRef
    """The party it is part of."""

    records: int
    """Records of the party."""


class Spoken(Shape):
    """What a person said of a pair."""

    left_id: str
    """Id of the one record."""

    right_id: str
    """Id of the other record."""

    verdict: Verdict
    """The verdict."""

    by: str
    """Who gave it."""

    reason: str
    """Why, in the person's own words."""

    decided_at: dt.datetime
    """When it was given, in UTC."""


class StakeClaim(Shape):
    """What one source tells of a direct stake, and the row that tells it. `share` 0..1, None where only that there is one."""

    dataset: str
    """Data set that tells it."""

    share: float | None
    """Share it tells, 0..1; null where it only tells that there is a stake."""

    row_id: str
    """Source row that states it: `<file id>#<row>`."""

    began_on: str | None = None
    """Day, month or year since when."""


class Statements(Shape):
    """Facts, page by page."""

    limit: int
    """Most results of a page, as asked for."""

    offset: int = 0
    """Results before the first of this page."""

    total: Total
    """Facts in all."""

    results: list[FtmStatement]
    """Facts, by party, property, record and value."""


class Status(Shape):
    """Whether it went well."""

    status: str = "ok"
    """Always `ok`; trouble has another status code."""


class Step(Shape):
    """One hop of a path: over `tie_id` of `kind` from one node to the next, carrying `coefficient` of the signal."""

    source_id: str
    """Id of the node the tie is read from."""

    target_id: str
    """Id of the node it leads to."""

    kind: str
    """Kind of tie, as the rulebook names it."""

    tie_id: str
    """Id of the tie."""

    coefficient: float
    """Share of the signal that passes over the tie, 0..1."""

    via: str | None = None
    """The person or shared value that a derived tie runs through."""


class SuggestServices(Shape):
    """Services that complete what somebody types."""

    entity: ServiceAddress
    """Completes names of parties."""

    type: ServiceAddress
    """Completes types."""

    property: ServiceAddress
    """Completes properties."""


class Suggestion(Shape):
    """Something that completes what was typed."""

    id: str
    """Name in the FollowTheMoney model."""

    name: str
    """Name to show."""

    description: str | None = None
    """What it is."""

    notable: list[NamedId] = Field(default_factory=list)
    """Types of a party."""


class Suggestions(Shape):
    """What completes what was typed."""

    result: list[Suggestion]
    """The best first."""


class SupplierRow(Shape):
    """One row to check: a name, a code, or both."""

    name: str = ""
    """Name, in any script."""

    code: str = ""
    """Credit code, registration or tax number, or LEI."""

    place: str = ""
    """City, region or address."""

    country: str = ""
    """Country, by code or name."""

    id: str = ""
    """Your own id of it, which is handed back."""


class Ties(Shape):
    """The ties of a party."""

    ties: list[ShownTie]
    """The ties: in force first, then by kind and name."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class Total(Shape):
    """How many results there are in all."""

    value: int
    """Results counted."""

    relation: Literal["eq", "gte"] = "eq"
    """`eq`: that many; `gte`: at least so many, counting stopped there."""


class Undone(Shape):
    """The lines an undo wrote."""

    lines: list[ShownLine]
    """The lines that were written."""

    sentence: str
    """Whether it holds already, in words."""


class UnreadColumn(Shape):
    """A column of a list that nothing was made of."""

    column: str
    """Letters of the column, as a spreadsheet has them."""

    heading: str
    """Its heading; empty where it has none."""

    cells: int
    """Filled cells in it, below the header."""


class UnusedSource(Shape):
    """A file that was loaded and is not used yet."""

    file_id: str
    """Id of the file."""

    file: str
    """Name of the file."""

    dataset: str
    """Data set the file belongs to."""

    waits_for: Literal["resolve", "propagate", "cut_off"]
    """The run that would use it; `cut_off`: its load or removal was broken off."""

    may_list: bool
    """Whether it states listings, or it cannot be told whether it does."""


class VerdictToGive(Shape):
    """A verdict on two records or parties."""

    left: str
    """Record id, entity id, code, or a name with one clear answer."""

    right: str
    """The other, told in the same ways."""

    verdict: Verdict
    """The verdict."""

    reason: str = ""
    """Why, in your own words."""

    by: str | None = None
    """Who says so; left out: the account of the server."""


class ViewAddress(Shape):
    """Where an entity is shown."""

    url: str
    """Address with `{{id}}` for the entity's id."""


class WaitingPair(Shape):
    """Two records that wait for a person's word."""

    left: Side
    """The one record."""

    right: Side
    """The other record."""

    kind: PartyKind
    """What both are."""

    judge_on: tuple[str, str]
    """What to give a verdict on: the two parties, or the two records where the parties as wholes cannot be one."""

    fields: list[ComparedField]
    """Every field that either record tells."""

    grounds: str = ""
    """What the model found to agree, in words; empty in a blind review."""

    bits: float | None = None
    """Match weight: log2 odds that the two are one; None where no model named the pair."""

    needed_bits: float | None = None
    """The weight from which on the two join by themselves."""

    listed: bool
    """One of the two parties is listed: a second person should look."""

    sentence: str
    """Why it waits, and why here."""

    waiting_kind: WaitingKind | None = None
    """Kind of why it waits; None in a blind review."""

    group_id: str
    """The party of whose possible partners this is one: pairs of a group stand together."""

    group_pairs: int
    """Pairs of the group; those of another page among them."""

    said: list[ShownLine] = Field(default_factory=list)
    """What others said of the pair; never told in a blind review."""


class WatchEntries(Shape):
    """Entries of a watch list by id."""

    entries: list[WatchEntry]
    """The entries of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class WatchEntry(Shape):
    """One watched party, or a row that waits for one."""

    id: str
    """Id of the entry."""

    watchlist_id: str
    """The list it stands on."""

    entity_id: str | None = None
    """The party it means today; null where none answers."""

    party: str | None = None
    """Name of that party."""

    standing: Standing | None = None
    """Where it stands; null before a run has scored it."""

    band: str | None = None
    """Named part of the scale that its score lies in."""

    listings: int = 0
    """Listings of its own in force."""

    waiting: bool
    """Whether no party answers to the row yet."""

    name: str | None = None
    """Name as the row gave it."""

    code: str | None = None
    """Code as the row gave it."""

    place: str | None = None
    """Place as the row gave it."""

    country: str | None = None
    """Country as the row gave it, ISO 3166-1 alpha-2."""

    reference: str | None = None
    """What the owner of the list calls it, such as a customer or supplier number."""

    note: str | None = None
    """What is kept beside it."""

    active_until: dt.date | None = None
    """First day it is no longer watched, ISO 8601; left out: without an end."""

    created_at: dt.datetime
    """When it was added, UTC."""


class WatchEvent(Shape):
    """One change about a watched party, told once."""

    id: str
    """The same however often it is sent: the key by which a receiver knows it again."""

    kind: WatchEventKind
    """What changed."""

    watchlist_id: str
    """The list it is told for."""

    entry_id: str
    """The entry it is told for."""

    reference: str | None = None
    """What the owner of the list calls it, such as a customer or supplier number."""

    party: EventParty
    """The watched party."""

    subject_id: str = ""
    """The listing, measure, tie or party that the change is about."""

    before: str | None = None
    """What it was, as a code or a name; null for nothing."""

    after: str | None = None
    """What it is now; null for nothing."""

    listing: WatchedListing | None = None
    """The listing, where one is meant."""

    other: EventParty | None = None
    """The other party, such as an owner."""

    by_association: bool = False
    """Reached by association alone: listings of others bear on it, none of its own."""

    as_of: dt.date
    """The day that it was observed for."""

    observed_at: dt.datetime
    """When it was observed, UTC."""

    rulebook: str
    """Id and version of the rulebook."""

    sentence: str = ""
    """The change in one sentence."""


class WatchEvents(Shape):
    """Events in the order they were observed, and where to go on."""

    events: list[WatchEvent]
    """The events of this page, the earliest first."""

    next: str
    """Cursor behind these events: ask with it next time, today or tomorrow."""

    more: bool
    """Whether more events are there already."""


class WatchedListing(Shape):
    """One official listing in force, as it is watched. It is that of the party itself, never of a neighbour."""

    id: str
    """Id of the statement."""

    list_type: str
    """Id of the list type in the rulebook."""

    issuer: str
    """The body that listed the party, as the source names it."""

    case_no: str | None = None
    """The issuer's number of the case."""

    listed_on: str | None = None
    """Day of the listing, ISO 8601; null where not told."""

    ends_on: str | None = None
    """First day it is no longer in force, ISO 8601."""

    performance: str | None = None
    """How much of the duty is done, in the issuer's words."""

    disputed: bool = False
    """Whether an appeal against it is open."""


class Watchlist(Shape):
    """A named list of parties and rows whose changes are told."""

    id: str
    """Id of the list."""

    name: str
    """What the list is called."""

    note: str | None = None
    """What it is for."""

    active_until: dt.date | None = None
    """First day it is no longer watched, ISO 8601; left out: without an end."""

    active: bool
    """Whether it is watched today."""

    owner: str
    """Id of the key that made it; `operator` for the operator."""

    created_at: dt.datetime
    """When it was made, UTC."""

    entries: int
    """How many entries it has."""

    parties: int
    """How many of them mean a party of the store; the others wait for one."""


class WatchlistChange(Shape):
    """What is to be another on a watch list; a field that is left out stays, null takes it away."""

    name: str | None = None
    """What the list is called; it cannot be taken away."""

    note: str | None = None
    """What it is for."""

    active_until: dt.date | None = None
    """First day it is no longer watched, ISO 8601; left out: without an end."""


class WatchlistToMake(Shape):
    """A new watch list."""

    name: str
    """What the list is called."""

    note: str | None = None
    """What it is for."""

    active_until: dt.date | None = None
    """First day it is no longer watched, ISO 8601; left out: without an end."""


class Watchlists(Shape):
    """Watch lists by id."""

    watchlists: list[Watchlist]
    """The lists of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class Webhook(Shape):
    """One subscription, without its secret."""

    id: str
    """Id of the subscription."""

    url: str
    """Where events are posted."""

    kinds: list[WatchEventKind]
    """Only events of these kinds; empty: of every kind."""

    watchlist_id: str | None = None
    """Only events of this watch list; null: of every list of the owner."""

    owner: str
    """Id of the key that made it; `operator` for the operator."""

    created_at: dt.datetime
    """When it was made, UTC."""

    state: WebhookState
    """Whether events are sent."""

    reason: str | None = None
    """Why none are sent."""

    next: str
    """Cursor behind the last event that is done with."""

    attempts: int
    """Tries of the event that is next."""

    due_at: dt.datetime | None = None
    """When it is tried again, UTC."""

    last_status: int | None = None
    """HTTP status of the last answer; null where none came."""

    last_at: dt.datetime | None = None
    """When it was last tried, UTC."""

    former_until: dt.datetime | None = None
    """Until then events are signed with the former secret too, UTC."""


class WebhookChange(Shape):
    """What is to be another on a subscription; a field that is left out stays."""

    url: str | None = None
    """Where events are posted from now on."""

    kinds: list[WatchEventKind] | None = None
    """Only events of these kinds; empty: of every kind."""

    active: bool | None = None
    """true resumes a paused one, false pauses it."""


class WebhookToMake(Shape):
    """A new subscription."""

    url: str
    """Where events are posted: https, a public address."""

    kinds: list[WatchEventKind] = Field(default_factory=list)
    """Only events of these kinds; empty: of every kind."""

    watchlist_id: str | None = None
    """Only events of this watch list; null: of every list of the owner."""


class WebhookWithSecret(Shape):
    """A subscription whose secret is told this once."""

    id: str
    """Id of the subscription."""

    url: str
    """Where events are posted."""

    kinds: list[WatchEventKind]
    """Only events of these kinds; empty: of every kind."""

    watchlist_id: str | None = None
    """Only events of this watch list; null: of every list of the owner."""

    owner: str
    """Id of the key that made it; `operator` for the operator."""

    created_at: dt.datetime
    """When it was made, UTC."""

    state: WebhookState
    """Whether events are sent."""

    reason: str | None = None
    """Why none are sent."""

    next: str
    """Cursor behind the last event that is done with."""

    attempts: int
    """Tries of the event that is next."""

    due_at: dt.datetime | None = None
    """When it is tried again, UTC."""

    last_status: int | None = None
    """HTTP status of the last answer; null where none came."""

    last_at: dt.datetime | None = None
    """When it was last tried, UTC."""

    former_until: dt.datetime | None = None
    """Until then events are signed with the former secret too, UTC."""

    secret: str
    """Key of the signatures; keep it: it is not shown again."""


class Webhooks(Shape):
    """Subscriptions by id."""

    webhooks: list[Webhook]
    """The subscriptions of this page."""

    next: str | None = None
    """Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last."""


class Weights(Shape):
    """Where two records stand: the prior and all comparisons, their sum, and what the sum has to reach. All in bits."""

    left_id: str
    """Id of the one record."""

    right_id: str
    """Id of the other record."""

    kind: PartyKind
    """What both are."""

    model: str
    """Version of the model."""

    prior_bits: float
    """Odds that two records drawn at random are one party."""

    compared: list[ComparedFeature]
    """The comparisons."""

    total_bits: float
    """Prior and comparisons together; what the ledger keeps of a pair."""

    merge_bits: float
    """From here on a pair may join."""

    possible_bits: float
    """From here on a pair is a possible match."""

    allowed: bool
    """Whether the evidence is of kinds that may join two records at all."""

    listed_bits: float | None = None
    """What the sum has to reach where joining would bring a listing over a record it does not name."""

    against: bool
    """Whether something contradicts that only an identifier could overrule."""

    forbidden: bool
    """Whether something keeps the two apart whatever else speaks for them."""

    doubt: Doubt | None = None
    """Of a pair that weighs enough and that only a contradiction keeps apart."""


class Why(Shape):
    """Two records, weighed; whether they are one party, and what holds them together."""

    weights: Weights
    """The comparisons and their sum."""

    left_entity: str | None
    """Id of the party of the one record."""

    right_entity: str | None
    """Id of the party of the other record."""

    together: bool
    """Whether the two are of one party."""

    alike: bool
    """Whether the two say exactly the same."""

    keys: list[str]
    """Keys both hold: what made them be compared; of identifiers only the scheme."""

    verdicts: list[Spoken]
    """What people said of this pair, the latest first."""

    chain: list[Chained]
    """Pairs that lead from the one to the other where they are together."""


class WhyNot(Shape):
    """Two parties, their strongest pair, the weight between all their records, and every obstacle, the hardest first."""

    left_records: list[str]
    """Ids of the records of the one."""

    right_records: list[str]
    """Ids of the records of the other."""

    strongest: Weights | None
    """The pair between them that weighs most."""

    group_bits: float | None
    """Mean weight between all records of the two, as clustering takes it."""

    group_bits_min: float | None
    """What the mean weight has to reach, in bits."""

    obstacles: list[Obstacle]
    """What stands between the two, the hardest first."""


class WhyNotTold(Shape):
    """What stands between two parties; and in sentences."""

    why_not: WhyNot
    """The two, their strongest pair and the obstacles."""

    sentences: list[str]
    """The same in words."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""


class WhyTold(Shape):
    """Why two records are one party, or how near they come to it; and in sentences."""

    why: Why
    """The two records, weighed."""

    sentences: list[str]
    """The same in words."""

    freshness: Freshness | None = None
    """What was loaded or said and is not used yet; None where the answer rests on all there is."""
