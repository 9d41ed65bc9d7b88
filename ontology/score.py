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

    kind: LineKind = Field(description="What the line stands for.")
    rule_id: str = Field(description="Rule of the rulebook that gave the points.")
    reason_code: str = Field(description="Code of the reason.")
    area: Area | None = Field(None, description="Area it belongs to; null where it belongs to none.")
    points: int = Field(description="Points it adds, negative where it lowers the score.")
    title: str = Field(description="What this is, in a few words of the asked language.")
    detail: str = Field("", description="What in particular, in words.")
    evidence_ids: tuple[Identity, ...] = Field((), description="Ids of listings, recognitions, experiences or links.")
    disputed: bool = Field(False, description="Whether the listing behind it is disputed.")


class Reason(ImmutableModel):
    """One of at most four principal reasons."""

    reason_code: str = Field(description="Code of the reason.")
    points: int = Field(description="Points it adds to the score, negative where it lowers it.")
    sentence: str = Field(description="The reason in words.")
    evidence_ids: tuple[Identity, ...] = Field((), description="Statements it rests on.")


class Counterfactual(ImmutableModel):
    """What the score would be, found by scoring again with one thing changed."""

    change: str = Field(description="What is changed, in words.")
    score: int = Field(description="What the score would be, in points, 350..950.")


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

    entity_id: Identity = Field(description="Id of the party.")
    kind: PartyKind = Field(description="What it is.")
    as_of: date = Field(description="The day that is answered for.")
    rulebook: str = Field(description="Id and version.")
    standing: Standing = Field(description="Where it stands by law and record.")
    value: int | None = Field(
        None, ge=350, le=950, description="The score in points, 350..950; null where there is a state instead."
    )
    state: str | None = Field(None, description="One of the rulebook's no_score_states where `value` is None.")
    state_sentence: str | None = Field(None, description="Why there is no score, in words.")
    band: str | None = Field(None, description="Band of the score, as an id of the rulebook.")
    areas: dict[Area, int] = Field(default_factory=dict, description="Points by area.")
    lines: tuple[ScoreLine, ...] = Field((), description="The lines that add up to the score.")
    reasons: tuple[Reason, ...] = Field((), max_length=4, description="At most four principal reasons, the weightiest first.")
    counterfactuals: tuple[Counterfactual, ...] = Field((), description="What the score would be with one thing changed.")
    exposures: tuple[Exposure, ...] = Field((), description="Exposure by propagation profile.")
    sentence: str = Field("", description="The whole answer in one sentence.")
