"""An official adverse listing, and an official good mark, of one record."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, Statement


class ListingState(StrEnum):
    """Where a listing stands on the day asked for."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    DISPUTED = "disputed"


class Listing(Statement):
    """A named issuer put the party of `record_id` on a published list, under one rule, until a day.

    In force from `listed_on` up to (not including) the earliest of `ends_on`, `removed_on` and the rule's own end. A term of
    the rule counts from `listed_on`: without that day only the source ends the listing.
    """

    list_type: str = Field(min_length=1, max_length=80, description="Id of a list type of the rulebook.")
    record_id: Identity
    issuer: str = Field(min_length=1, max_length=300, description="The body that listed the party, as the source names it.")
    programme: str | None = Field(None, max_length=300, description="Regime or list the issuer put it under, in its own words.")
    case_no: str | None = Field(None, max_length=200)
    listed_on: date | None = Field(None, description="None where the source does not tell the day: none is made up.")
    ends_on: date | None = Field(None, description="First day it is no longer in force, where the source says so.")
    removed_on: date | None = Field(None, description="Day the issuer took it off (repaired, performed, annulled).")
    removal_ground: str | None = Field(None, max_length=200)
    reason: str | None = Field(None, max_length=2000, description="Why, in the issuer's words.")
    duty: str | None = Field(None, max_length=2000, description="What the party was ordered to do.")
    performance: str | None = Field(None, max_length=200, description="How much of the duty is done, in the issuer's words.")
    amount: float | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    creditor_ids: tuple[Identity, ...] = Field((), description="Records of creditors or complainants: never exposed by it.")
    disputed_since: date | None = Field(None, description="Day an appeal was filed that is still open.")
    decision_due_on: date | None = None


class Recognition(Statement):
    """A good mark by a public body: a tax grade, a customs tier, a patent, a performed public contract.

    `mark` is the id of a positive signal of the rulebook (tax_a, aeo_advanced, ip_holder …) or of `licensed_bank`.
    """

    mark: str = Field(min_length=1, max_length=80)
    record_id: Identity
    issuer: str = Field(min_length=1, max_length=300)
    given_on: date
    ends_on: date | None = Field(None, description="First day it no longer holds, where the source says so.")
    reference: str | None = Field(None, max_length=200, description="Certificate, patent or contract number.")
    amount: float | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
