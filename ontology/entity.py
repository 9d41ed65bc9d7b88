"""A party in the world: what records taken together describe. Always derived, never stated."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel, PartialDate, PartyKind
from ontology.record import Address, Contact, Identifier, Name


class Entity(ImmutableModel):
    """One firm, person or agency, or a party of unknown kind, with everything its records say about it."""

    id: Identity = Field(description="`K-` and 10 characters; survives re-runs, merges (the older stays) and splits.")
    kind: PartyKind
    may_be_person: bool = Field(False, description="Of unknown kind, and called as people are: spared what persons are spared.")
    name: str = Field(description="The name to show.")
    name_other: str | None = Field(None, description="A name in another script, as a source wrote it: Latin where there is one.")
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    born_on: PartialDate | None = None
    founded_on: PartialDate | None = None
    ended_on: date | None = None
    countries: tuple[str, ...] = ()
    place: str | None = Field(None, description="Town or region to show beside the name.")
    attributes: dict[str, str] = Field(default_factory=dict)
    record_ids: tuple[Identity, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field((), description="Datasets of the records, sorted.")


class EventKind(StrEnum):
    """What happened to an entity between two runs of `kith resolve`."""

    CREATED = "created"
    MERGED = "merged"
    SPLIT = "split"
    GREW = "grew"
    SHRANK = "shrank"
    RETURNED = "returned"
    """A joined id bears a party of its own again: what it was joined into was parted."""
    LED = "led"
    """A joined id leads to this party now, which holds most of its first records."""


class EntityEvent(ImmutableModel):
    """One change in what an entity consists of."""

    entity_id: Identity = Field(description="Id of the party it happened to.")
    kind: EventKind = Field(description="What happened.")
    other_id: Identity | None = Field(
        None, description="The entity it was joined from, split from or parted from; for `led` the id that leads here."
    )
    record_ids: tuple[Identity, ...] = Field((), description="Records that moved.")
    happened_at: datetime = Field(description="When it happened, in UTC.")


class Tie(ImmutableModel):
    """Links of one kind between two entities, as one tie; `link_ids` are the statements behind it.

    A shared address or phone is a tie from the entity to a hub (`target_id` starts with `hub:`).
    """

    id: Identity
    kind: str
    source_id: Identity
    target_id: Identity
    share: float | None = None
    amount: float | None = None
    currency: str | None = None
    verified: bool = False
    role: str | None = None
    began_on: date | None = None
    ended_on: date | None = None
    link_ids: tuple[Identity, ...] = ()
    flags: tuple[str, ...] = Field((), description="What needs a look: sources_differ, stakes_above_one …")
