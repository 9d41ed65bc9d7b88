"""The part of a rulebook that turns facts and signals into points."""

from typing import Literal

from pydantic import Field

from ontology.base import ImmutableModel, PartyKind
from ontology.rulebook_parts import BilingualText, Reason


class ExposurePoints(ImmutableModel):
    """Points of an exposure, a profile at a time; `cap_points` bounds them together."""

    expression: str
    cap_points: int = Field(le=0)
    reason: Reason


class SignalPoints(ImmutableModel):
    """Points of a signal within `floor`..`cap`."""

    expression: str
    floor: int
    cap: int
    reason: Reason
    t_ref_quantile: float | None = Field(None, gt=0.0, lt=1.0)


class Coverage(ImmutableModel):
    """Least number of sources, and of classes of source, that speak about a party before it is scored."""

    independent_sources: int = Field(ge=1)
    source_classes: int = Field(ge=1)


class Ceiling(BilingualText):
    """The highest score while something holds; the strictest wins."""

    when: Literal["active_severity_serious", "active_severity_general", "sanctioned_or_confirmed_blocked"]
    max: int
    reason: Reason


class Band(BilingualText):
    """A stretch of scores, both ends within it."""

    id: str
    min: int
    max: int
    grade: str


class LineName(BilingualText):
    """Code and title of a line that no list type or good mark names."""

    reason: Reason


class Lines(ImmutableModel):
    """Names of the lines that stand for themselves."""

    base: LineName
    trust: LineName
    evidence_good: LineName
    evidence_bad: LineName
    exposure: LineName
    positive_cap: LineName
    exposure_cap: LineName
    floor: LineName
    top: LineName


KIND_UNKNOWN = "kind_unknown"  # Of a party of which no source tells whether it is a firm, a person or an agency.
STATES_OF_NO_RULE = {
    KIND_UNKNOWN: BilingualText(
        en="No score: no source tells whether this is a firm, an agency or a person. "
        "Tell it in the mapping (`kind`), or load a source that does.",
        zh="暂不评分：没有来源说明该主体是企业、机关还是个人。请在映射文件的 kind 中注明，或载入注明其类型的来源。",
    )
}


class Scoring(ImmutableModel):
    """Base, caps, ceilings, bands and states."""

    min: int
    max: int
    base: int
    applies_to: dict[PartyKind, bool]
    positive_cap_points: int = Field(ge=0)
    positive_half_life_months: int = Field(ge=1)
    dealings_window_months: int = Field(ge=1)
    exposure: ExposurePoints
    trust: SignalPoints
    evidence: SignalPoints
    min_coverage: dict[PartyKind, Coverage]
    ceilings: tuple[Ceiling, ...]
    bands: tuple[Band, ...] = Field(min_length=1)
    states: dict[str, BilingualText]
    lines: Lines

    def state(self, name: str) -> BilingualText:
        """A state in words: the rulebook's own, or the program's for what no rule decides."""
        return self.states.get(name) or STATES_OF_NO_RULE[name]

    def band(self, value: int) -> Band:
        """The band of a score. Raises StopIteration outside `min`..`max`: the lint keeps bands without gaps."""
        return next(band for band in self.bands if band.min <= value <= band.max)
