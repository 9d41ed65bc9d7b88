"""The parts a rulebook is made of, each a closed model: no field that is not declared."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from ontology.base import ImmutableModel, PartyKind, SourceClass
from ontology.score import Area

Language = Literal["en", "zh"]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Reason = Annotated[str, Field(pattern=r"^[A-Z]\d{2}$")]


class BilingualText(ImmutableModel):
    """One thing in both languages."""

    en: Text
    zh: Text

    def in_language(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language == "en" else self.zh


class ChangeControl(ImmutableModel):
    """How a new version comes into force."""

    four_eyes: bool
    notice_days: int = Field(ge=0)
    retroactive: bool


class Identification(ImmutableModel):
    """Which rulebook this is, and where its rules come from."""

    id: Text
    version: Text
    valid_from: date
    supersedes: str | None
    languages: tuple[Language, ...]
    jurisdiction_profile: Text
    published: bool
    source: Text
    change_control: ChangeControl


class Severity(ImmutableModel):
    """What a severity allows: the strength of the seed, the range of points, the months of publication."""

    strength: float = Field(ge=0.0, le=1.0)
    points_min: int
    points_max: int
    publish_months_min: int = Field(ge=0)
    publish_months_max: int = Field(ge=0)


class ValidityKind(StrEnum):
    """What ends a listing."""

    FIXED = "fixed"
    SOURCE_CONTROLLED = "source_controlled"
    UNTIL_REPAIRED = "until_repaired"


class Validity(ImmutableModel):
    """How long a listing stands. Months count from the day of listing and clip to the end of a month."""

    kind: ValidityKind
    min_months: int | None = Field(None, ge=0)
    default_months: int | None = Field(None, ge=1)
    max_months: int | None = Field(None, ge=1)
    extend_months_max: int | None = Field(None, ge=1)
    early_removal_after_months: int | None = Field(None, ge=0)
    recheck_days: int | None = Field(None, ge=1)
    indefinite_ground: str | None = None


class Removal(ImmutableModel):
    """Who takes a listing off, on which grounds, within how many working days."""

    by: Text
    grounds: tuple[str, ...] = Field(min_length=1)
    deadline_workdays: int | None = Field(None, ge=0)


class Appeal(ImmutableModel):
    """The duties of whoever answers an appeal."""

    open_to: tuple[str, ...]
    window_days: int | None
    acknowledge_workdays: int
    mark_within_workdays: int
    forward_to_source_workdays: int
    decide_days: int
    extend_days: int
    correct_workdays: int
    unverifiable_at_deadline: Literal["suppress", "delete"]
    second_review_window_days: int
    second_review_decide_days: int
    reviewer_independent: bool
    free_of_charge: bool
    written_reasons: bool
    effect_during_appeal: Literal["keep_marked", "suspend"]


class ListName(ImmutableModel):
    """A list's title, and what a party on it is: the end of the sentence "listed by … as"."""

    title: Text
    party_as: Text


class ListType(ImmutableModel):
    """One published list: whom it binds, for how long, what it costs, where its effect spreads."""

    id: Text
    en: ListName
    zh: ListName
    area: Area
    source_class: SourceClass
    issuer_kind: Text
    applies_to: tuple[PartyKind, ...] = Field(min_length=1)
    points_apply_to: tuple[PartyKind, ...] | None = None
    severity: str
    points: int = Field(le=0)
    reason: Reason
    band_exempt: str | None = Field(None, description="Ground on which points or months leave the severity's band.")
    publish: bool = True
    check: Literal["stop", "look"] = Field("stop", description="What a check says of a party with it in force and undisputed.")
    requires_authorised_release: bool = False
    evidence_min: int = Field(1, ge=1)
    four_eyes: bool = False
    discount_affected_signals: bool = False
    subject_notice_days_before: int = Field(0, ge=0)
    requires: tuple[str, ...] = ()
    validity: Validity
    restrictions: dict[str, str]
    propagation: tuple[str, ...] = Field(min_length=1)
    removal: Removal
    appeal: str
    basis: Text
    basis_status: Text
    note: str | None = None

    def name_in(self, language: Language) -> ListName:
        """Title and noun in one language."""
        return self.en if language == "en" else self.zh

    def binds(self, kind: PartyKind) -> bool:
        """Whether the list binds a party of this kind; one of unknown kind only where it binds firms and persons alike."""
        return _covers(self.applies_to, kind)

    def points_for(self, kind: PartyKind) -> int:
        """Points of this list for a party of this kind: 0 where they do not apply."""
        return self.points if _covers(self.points_apply_to or self.applies_to, kind) else 0


def _covers(kinds: tuple[PartyKind, ...], kind: PartyKind) -> bool:
    required_kinds = (PartyKind.FIRM, PartyKind.PERSON) if kind is PartyKind.UNKNOWN else (kind,)
    return all(party_kind in kinds for party_kind in required_kinds)


class PositiveSignal(BilingualText):
    """A good mark or a counted good record. One of `points`, `points_per_unit` and `expression` gives the points."""

    id: Text
    area: Area
    source_class: SourceClass
    reason: Reason
    points: int | None = None
    points_per_unit: int | None = None
    unit: str | None = None
    expression: str | None = None
    cap: int | None = None
    validity_months: int | None = Field(None, ge=1)
    exclusive_group: str | None = None
    requires_authorised_release: bool = False
    applies_to: tuple[PartyKind, ...] = (PartyKind.FIRM, PartyKind.AGENCY)
    counterparty_max_share: float | None = Field(None, gt=0.0, le=1.0)
    count_min: int | None = None
    counterparties_min: int | None = None
    after: str | None = None
    requires: tuple[str, ...] = ()
    decay: bool = True
    source: str | None = None
    note: str | None = None


class TieClass(StrEnum):
    """What decides when a tie stops to carry."""

    CONTROL = "control"
    GUARANTEE = "guarantee"
    TRADE = "trade"
    AWARD = "award"
    PERSONAL = "personal"
    SAME_PARTY = "same_party"
    DERIVED = "derived"


class Directions(ImmutableModel):
    """How a tie is told from its source (`out`) and from its target (`in`)."""

    out: Text
    into: Text = Field(alias="in")


class TieKind(ImmutableModel):
    """One kind of tie."""

    tie_class: TieClass = Field(alias="class")
    share: bool = False
    amount: bool = False
    symmetric: bool = False
    outlasts_end: bool = False
    review: bool = Field(False, description="A derived tie that is only put before a person.")
    en: Directions
    zh: Directions

    def label(self, language: Language, *, outward: bool = True) -> str:
        """The words for this tie, read from its source, or from its target."""
        directions = self.en if language == "en" else self.zh
        return directions.out if outward else directions.into


class ProfileTie(ImmutableModel):
    """A kind of tie that carries a signal, towards one end or both, with its coefficient in 0..1."""

    kind: str
    to: Literal["source", "target", "both", "person"]
    coefficient: str
    only_if: Literal["both_legs_own_control_or_represent", "co_controlled_or_shared_contact"] | None = None


class Profile(BilingualText):
    """Where the effect of a listing spreads."""

    mode: Literal["none", "exposure", "fixed_point", "legal_extension"]
    max_hops: int | None = Field(None, ge=1, le=6)
    cap_points: int = Field(0, le=0)
    ties: tuple[ProfileTie, ...] = ()
    union_of: tuple[str, ...] = ()
    receiver_cap: float | None = Field(None, gt=0.0, lt=1.0)
    never_to: tuple[Literal["creditor_or_complainant_of_the_case"], ...] = ()
    restriction_carried: str | None = None
    human_review_required: bool = False
    rule: Literal["aggregate_ge", "single_gt"] | None = None
    threshold: float | None = Field(None, gt=0.0, le=1.0)
    control_review: bool = False
    jurisdiction: str | None = None
    note: str | None = None


class Legs(ImmutableModel):
    """Which of a person's ties make two firms a pair, and whose coefficients their legs take."""

    own_control_or_represent: tuple[str, ...]
    any: tuple[str, ...]
    coefficients_of: tuple[str, ...]
    n_max: int = Field(ge=2)
    note: str | None = None


class TrustTie(ImmutableModel):
    """A tie that carries trust from its sender, with damping `a`."""

    kind: str
    a: float = Field(ge=0.0, lt=1.0)
    to: Literal["source", "target", "both"]
    weight: str


class Trust(ImmutableModel):
    """How trust flows."""

    a: float = Field(gt=0.0, lt=1.0)
    seeds: tuple[str, ...]
    ties: tuple[TrustTie, ...]


class Outcome(BilingualText):
    """How a dealing ended; weight -1..1, None where the experience brings its own."""

    weight: float | None = Field(ge=-1.0, le=1.0)


class Tau(ImmutableModel):
    """The weight of a reporter: the formula to the given power."""

    expression: str
    power: float
    note: str | None = None


class Evidence(ImmutableModel):
    """How reports of dealings are weighed."""

    kappa: float = Field(gt=0.0)
    tau: Tau
    reporters: tuple[PartyKind, ...]
    outcomes: dict[str, Outcome]


class Rings(ImmutableModel):
    """Marks of the detectors of trade that conjures credit; parts are 0..1."""

    k_min: int = Field(ge=1, description="Mutual partners each member has within the set.")
    size_min: int = Field(ge=2)
    size_max: int
    reciprocity_min: float = Field(description="Of two amounts that go both ways, the less by the greater.")
    core_min: float = Field(description="Part of its trade a member of a mutual case does mutually with the others.")
    part_min: float = Field(description="Part of the seller's sales and the buyer's purchases from which on a sale is a hop.")
    like_min: float = Field(description="Least by greatest amount along a circle.")
    cycle_max: int = Field(ge=3, le=10, description="Parties of the longest circle.")
    circle_weight: float = Field(gt=0.0)
    circle_min: float = Field(description="Strength from which on a circle joins its parties into a case.")
    inner_share_min: float = Field(description="Part of the members' trade that stays among them, for a case.")
    balance_min: float = Field(description="How evenly inside trade goes in and out, for a case.")


class Ownership(ImmutableModel):
    """What stands beside the 50 % rules."""

    control_kinds: tuple[str, ...]
    ultimate_owner_from: float = Field(gt=0.0, le=1.0)


class Look(ImmutableModel):
    """From which marks on a party by association is put before a person."""

    points_from: int = Field(ge=1)
    exposure_from: dict[str, float]
    path_from: float = Field(ge=0.0, description="Weakest path worth a reader's attention.")
    evidence_to: float = Field(le=0.0)
    reporters_min: int = Field(ge=1)
    ring_size_min: int


class PossibleSuccession(ImmutableModel):
    """Signs that make one firm the possible successor of another."""

    founded_within_months: int
    founded_before_months: int
    persons_in_common_min: int
    signs_min: int
    sharers_max: int


class Currencies(ImmutableModel):
    """Yuan for one unit of a currency."""

    source: Text
    yuan: dict[str, float]
