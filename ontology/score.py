"""The number 350..950, and every line it is made of."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.signal import Exposure


class Area(StrEnum):
    """The four areas a party is assessed in (State Council, planning outline for a social credit system, 2014)."""

    ADMINISTRATIVE = "administrative"
    COMMERCIAL = "commercial"
    SOCIAL = "social"
    JUDICIAL = "judicial"


class LineKind(StrEnum):
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


class ScoreLine(ImmutableModel):
    """One line: points in whole numbers, the rule that gave them, and the statements they rest on."""

    kind: LineKind
    rule_id: str
    reason_code: str
    area: Area | None = None
    points: int
    title: str = Field(description="What this is, in a few words of the asked language.")
    detail: str = ""
    evidence_ids: tuple[Identity, ...] = Field((), description="Ids of listings, recognitions, experiences or links.")
    disputed: bool = False


class Reason(ImmutableModel):
    """One of at most four principal reasons."""

    reason_code: str
    points: int
    sentence: str
    evidence_ids: tuple[Identity, ...] = ()


class Counterfactual(ImmutableModel):
    """What the score would be, found by scoring again with one thing changed."""

    change: str
    score: int


class Standing(StrEnum):
    """Where a party stands by law and record, before any number. `disputed` is told on top by the listing itself.

    `look` is about the party's own dealings (reports of those it dealt with, a group that trades with itself), with no listed
    party near: a question to a person, as association is.
    """

    LISTED = "listed"
    BY_ASSOCIATION = "by_association"
    LOOK = "look"
    NOTHING_FOUND = "nothing_found"


class Score(ImmutableModel):
    """A score or, where there is no ground for one, a state. `base + sum of all other lines == value`."""

    entity_id: Identity
    kind: PartyKind
    as_of: date
    rulebook: str = Field(description="Id and version.")
    standing: Standing
    value: int | None = Field(None, ge=350, le=950)
    state: str | None = Field(None, description="One of the rulebook's no_score_states where `value` is None.")
    state_sentence: str | None = None
    band: str | None = None
    areas: dict[Area, int] = Field(default_factory=dict)
    lines: tuple[ScoreLine, ...] = ()
    reasons: tuple[Reason, ...] = Field((), max_length=4)
    counterfactuals: tuple[Counterfactual, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    sentence: str = Field("", description="The whole answer in one sentence.")
