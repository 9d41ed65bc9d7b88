"""The shapes of answers about judgements: the ledger, the queue, what a verdict would change, history, relations."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.pages import Next
from api.schemas.parties import PartyRef, ShownRecord
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.entity import EventKind
from ontology.judgement import Verdict
from resolution.judgements.conflicts import ConflictKind
from resolution.judgements.waiting_kinds import WaitingKind


class RecordRef(ImmutableModel):
    """A record a verdict speaks of, and the party it is part of today."""

    id: Identity = Field(description="Id of the record.")
    name: str = Field(description="Its name as the source wrote it; its id where the record is gone.")
    present: bool = Field(description="False where the store no longer holds the record; the verdict is kept.")
    entity_id: Identity | None = Field(None, description="Id of the party it is part of today.")
    entity_name: str | None = Field(None, description="Name of that party.")


class ShownLine(ImmutableModel):
    """One line of the ledger."""

    id: Identity = Field(description="Id of the line.")
    occasion: Identity = Field(description="Id shared by the lines of one call; undo takes either.")
    left: RecordRef = Field(description="The one record.")
    right: RecordRef = Field(description="The other record.")
    verdict: Verdict | None = Field(None, description="None in a line that undoes another.")
    undoes: Identity | None = Field(None, description="Id of the line that this one takes back.")
    by: str = Field(description="Who gave it.")
    reason: str = Field(description="Why, in the person's own words.")
    decided_at: datetime = Field(description="When it was given, in UTC.")
    stands: bool = Field(description="Counts today: not undone, and not said anew by the same person.")
    holds: bool | None = Field(
        None, description="Whether the parties are as it says; None where it does not stand or a record is gone."
    )


class ShownConflict(ImmutableModel):
    """Words that cannot all hold, with who and when. Until settled, the records are kept apart."""

    kind: ConflictKind = Field(description="Whether people contradict each other, a chain of words, or an identifier.")
    left: RecordRef = Field(description="The one record.")
    right: RecordRef = Field(description="The other record.")
    scheme: str | None = Field(None, description="The identifier that stands against the word.")
    sentence: str = Field(description="The contradiction in words.")
    lines: tuple[ShownLine, ...] = Field(description="The lines of the ledger concerned.")


class Effects(ImmutableModel):
    """What a verdict would change, in words and numbers. Nothing of it is written."""

    kept: PartyRef | None = Field(None, description="The party that keeps its id, where two would be one.")
    gone: PartyRef | None = Field(None, description="The party whose id would lead to the other's.")
    records: int = Field(0, description="Records that would join another party.")
    listings: int = Field(0, description="Listings in force that would be another party's, or come over another's records.")
    score_before: int | None = Field(None, description="Score of the kept party today, 350..950.")
    score_after: int | None = Field(None, description="What it would be; None where there is none, or it was not tried out.")
    second_person: bool = Field(False, description="A listed party is concerned: a second person should look.")
    sentences: tuple[str, ...] = Field((), description="All of it in words.")
    conflicts: tuple[ShownConflict, ...] = Field((), description="What the verdict would contradict.")


class VerdictToGive(ImmutableModel):
    """A verdict on two records or parties."""

    left: str = Field(min_length=1, max_length=300, description="Record id, entity id, code, or a name with one clear answer.")
    right: str = Field(min_length=1, max_length=300, description="The other, told in the same ways.")
    verdict: Verdict = Field(description="The verdict.")
    reason: str = Field("", max_length=2000, description="Why, in your own words.")
    by: str | None = Field(None, min_length=1, max_length=100, description="Who says so; left out: the account of the server.")


class Judged(ImmutableModel):
    """A verdict as it was written, or with `dry_run` as it would be."""

    dry_run: bool = Field(description="Whether nothing was written.")
    verdict: Verdict = Field(description="The verdict.")
    by: str = Field(description="Who gave it.")
    lines: tuple[ShownLine, ...] = Field(
        description="The lines written, one a pair of records; with `dry_run` those that would be."
    )
    effects: Effects = Field(description="What it changes.")
    holds: bool = Field(description="Whether the parties are so already; else `kith resolve` makes them so.")
    sentence: str = Field(description="Whether it holds already, in words.")
    others: tuple[ShownLine, ...] = Field((), description="What other people said of the same pairs; empty with `dry_run`.")


class Undone(ImmutableModel):
    """The lines an undo wrote."""

    lines: tuple[ShownLine, ...] = Field(description="The lines that were written.")
    sentence: str = Field(description="Whether it holds already, in words.")


class Judgements(ImmutableModel):
    """The ledger, the latest line first."""

    total: int = Field(description="Number of lines, those of other pages among them.")
    lines: tuple[ShownLine, ...] = Field(description="The lines, the latest first.")
    next: Next = None


class Conflicts(ImmutableModel):
    """Every contradiction among verdicts."""

    conflicts: tuple[ShownConflict, ...] = Field(description="The contradictions.")
    next: Next = None


class Side(ImmutableModel):
    """One of the two records of a pair, and its party."""

    record: ShownRecord = Field(description="The record.")
    party: PartyRef = Field(description="The party it is part of.")
    records: int = Field(description="Records of the party.")


class Compared(StrEnum):
    """How two records stand to each other in one field, as written."""

    EQUAL = "equal"
    DIFFERS = "differs"
    ONE_SIDE = "one_side"


class ComparedField(ImmutableModel):
    """One field of both records."""

    field: str = Field(description="Name of the field.")
    left: str = Field(description="What the one record says; empty where it says nothing.")
    right: str = Field(description="What the other record says.")
    compared: Compared = Field(description="How the two stand to each other, as written.")


class WaitingPair(ImmutableModel):
    """Two records that wait for a person's word."""

    left: Side = Field(description="The one record.")
    right: Side = Field(description="The other record.")
    kind: PartyKind = Field(description="What both are.")
    judge_on: tuple[Identity, Identity] = Field(
        description="What to give a verdict on: the two parties, or the two records where the parties as wholes cannot be one."
    )
    fields: tuple[ComparedField, ...] = Field(description="Every field that either record tells.")
    grounds: str = Field("", description="What the model found to agree, in words; empty in a blind review.")
    bits: float | None = Field(
        None, description="Match weight: log2 odds that the two are one; None where no model named the pair."
    )
    needed_bits: float | None = Field(None, description="The weight from which on the two join by themselves.")
    listed: bool = Field(description="One of the two parties is listed: a second person should look.")
    sentence: str = Field(description="Why it waits, and why here.")
    waiting_kind: WaitingKind | None = Field(None, description="Kind of why it waits; None in a blind review.")
    group_id: Identity = Field(description="The party of whose possible partners this is one: pairs of a group stand together.")
    group_pairs: int = Field(description="Pairs of the group; those of another page among them.")
    said: tuple[ShownLine, ...] = Field((), description="What others said of the pair; never told in a blind review.")


class KindCount(ImmutableModel):
    """How many pairs of one kind wait."""

    kind: WaitingKind = Field(description="Kind of why a pair waits.")
    pairs: int = Field(description="Number of pairs.")
    sentence: str = Field(description="Why such a pair waits.")


class Queue(ImmutableModel):
    """What waits for a person: listed parties first, then by what would change, namesakes last; pairs of one party together."""

    reviewer: str = Field(description="Whose queue it is; what they judged is not asked again.")
    blind: bool = Field(description="Whether what others said is kept back.")
    total: int = Field(description="Pairs that wait, of every kind.")
    pairs: tuple[WaitingPair, ...] = Field(description="The pairs of this page.")
    kinds: tuple[KindCount, ...] = Field((), description="How many pairs of each kind wait; none told in a blind review.")
    matching: int = Field(0, description="Pairs of the kinds asked for, on this page and others.")
    groups: int = Field(0, description="Parties among whose possible partners those pairs are.")
    folded: int = Field(0, description="Pairs that are counted and not shown unless asked for: namesakes.")
    next: Next = None
    conflicts: tuple[ShownConflict, ...] = Field((), description="Contradictions to settle first; none told in a blind review.")


class HistoryEvent(ImmutableModel):
    """One change in what a party consists of."""

    kind: EventKind = Field(description="What happened.")
    entity_id: Identity = Field(description="The id it happened to: the party's own, or one that was joined into it later.")
    other_id: Identity | None = Field(None, description="Id of the other party concerned.")
    record_ids: tuple[Identity, ...] = Field((), description="Records that moved.")
    happened_at: datetime = Field(description="When it happened, in UTC.")
    sentence: str = Field(description="The same in words.")


class History(ImmutableModel):
    """How a party came to be what it is, and what people said of its records."""

    entity_id: Identity = Field(description="Present id of the party.")
    asked_id: str = Field(description="The id or name that was asked for.")
    joined_ids: tuple[Identity, ...] = Field((), description="Ids that lead to it today.")
    sentence: str = Field(description="Where the party stands now, in words.")
    events: tuple[HistoryEvent, ...] = Field(description="The latest first.")
    verdicts: tuple[ShownLine, ...] = Field(description="What people said of its records.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class RelationKind(StrEnum):
    """Where a relation comes from; none of them makes two parties one."""

    DISCLOSED = "disclosed"
    DISCOVERED = "discovered"
    POSSIBLE = "possible"


class Relation(ImmutableModel):
    """One relation of a party to another, with what it rests on."""

    kind: RelationKind = Field(description="disclosed: a source says so; discovered: shared; possible: may be one party.")
    what: str = Field(
        description="The tie's kind, or what is shared: address, phone, account, director …; `match` for a possible one."
    )
    label: str = Field(description="The relation in words.")
    other: PartyRef = Field(description="The other party.")
    evidence: str = Field("", description="The shared value or person, or what agrees.")
    via: PartyRef | None = Field(None, description="The person or the shared value it runs through.")
    sharers: int | None = Field(None, description="Parties that share the value; None where nothing is shared.")
    carries_little: bool = Field(
        False, description="So many share it that it tells next to nothing: an agent's phone, a registered agent."
    )
    bits: float | None = Field(None, description="Match weight of a possible match.")
    ended: bool = Field(False, description="Whether it no longer holds on the day asked for.")
    row_ids: tuple[str, ...] = Field((), description="Source rows that state it.")
    record_ids: tuple[Identity, ...] = Field((), description="The two records of a possible match.")


class Relations(ImmutableModel):
    """Whom a party is related to, apart from what was joined."""

    entity_id: Identity = Field(description="Id of the party.")
    relations: tuple[Relation, ...] = Field(description="Its relations: disclosed, discovered, then possible ones.")
    left_out: int = Field(0, description="Sharers of very common values that are not listed one by one.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)
