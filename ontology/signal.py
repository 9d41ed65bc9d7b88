"""What spreads through the network, kept apart by what it answers."""

from pydantic import Field

from ontology.base import Identity, ImmutableModel


class Seed(ImmutableModel):
    """One listing as a source of risk in one profile."""

    entity_id: Identity
    listing_id: Identity
    strength: float = Field(ge=0.0, le=1.0)


class Step(ImmutableModel):
    """One hop of a path: over `tie_id` of `kind` from one node to the next, carrying `coefficient` of the signal."""

    source_id: Identity = Field(description="Id of the node the tie is read from.")
    target_id: Identity = Field(description="Id of the node it leads to.")
    kind: str = Field(description="Kind of tie, as the rulebook names it.")
    tie_id: Identity = Field(description="Id of the tie.")
    coefficient: float = Field(ge=0.0, le=1.0, description="Share of the signal that passes over the tie, 0..1.")
    via: str | None = Field(None, description="The person or shared value that a derived tie runs through.")


class Path(ImmutableModel):
    """A way from a listed party to the one explained."""

    listed_id: Identity = Field(description="Id of the listed party.")
    steps: tuple[Step, ...] = Field(description="The ties it runs over, from the listed party on.")
    strength: float = Field(description="Seed strength times the product of the coefficients.")
    covered: float = Field(description="Part of the exposure this path explains, 0..1.")


class Contribution(ImmutableModel):
    """How much of the exposure one listed party brings; they add up to it within 1e-9."""

    listed_id: Identity = Field(description="Id of the listed party.")
    listing_ids: tuple[Identity, ...] = Field(description="Ids of its listings that count.")
    value: float = Field(description="Its part of the exposure, 0..1.")


class Exposure(ImmutableModel):
    """Risk that reaches a party in one propagation profile, its own listings left out."""

    profile: str = Field(description="Propagation profile, as the rulebook names it.")
    value: float = Field(description="Exposure in this profile, 0..1.")
    points: int = Field(0, description="Points it costs.")
    contributions: tuple[Contribution, ...] = Field((), description="Part of each listed party; they add up to `value`.")
    paths: tuple[Path, ...] = Field((), description="The strongest ways by which it reaches the party.")
    remainder: float = Field(0.0, description="Part of the exposure the printed paths do not cover, 0..1.")


class Signal(ImmutableModel):
    """One number about one entity, at one date, under one rulebook. Signals are never summed with each other.

    `name` is `risk:<profile>` (own strength and exposure), `association`, `trust`, `evidence` (-1..1), `circulation`
    (part of its trade that goes round), `ring` (strength of a case for review), or `ownership:<profile>`.
    """

    entity_id: Identity
    name: str
    value: float
    own: float = Field(0.0, description="Part that stems from the party's own listings (risk only).")
    exposure: float = Field(0.0, description="Part that stems from others (risk only).")
