"""What a source says a party is."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from ontology.base import ImmutableModel, PartialDate, PartyKind, Statement
from ontology.limits import NAME_LENGTH_MAX


class NameRole(StrEnum):
    """How a source uses a name. Only `weak` names (initials, acronyms) never identify on their own."""

    PRIMARY = "primary"
    PREVIOUS = "previous"
    ALIAS = "alias"
    WEAK = "weak"


class Name(ImmutableModel):
    """One name as written by the source; `given` and `family` only where the source tells them apart."""

    text: str = Field(min_length=1, max_length=NAME_LENGTH_MAX)
    role: NameRole = NameRole.PRIMARY
    given: str | None = None
    family: str | None = None


class Identifier(ImmutableModel):
    """A code an issuer gave to the party.

    `scheme` is one of the schemes of `resolution/records/identifiers.yaml` (uscc, lei, reg_no, tax_no, resident_id, passport …).
    `value` of a resident id is a keyed hash, never the number. `valid` is False where a check digit contradicts: then the
    value is kept as text and never joins records.
    """

    scheme: str = Field(min_length=1, max_length=40)
    value: str = Field(min_length=1, max_length=200)
    valid: bool = True
    masked: str | None = Field(None, description="What may be shown of a personal id: first 3, stars, last 2.")


class Address(ImmutableModel):
    """A postal address as written, with the parts the source gave."""

    text: str = Field(min_length=1, max_length=NAME_LENGTH_MAX)
    country: str | None = Field(None, description="ISO 3166-1 alpha-2, lower case.")
    region: str | None = None
    city: str | None = None
    postcode: str | None = None


class Contact(ImmutableModel):
    """A phone number, e-mail address, website, payment account or device: a value that parties may share."""

    kind: str = Field(pattern="^(phone|email|website|account|device)$")
    value: str = Field(min_length=1, max_length=300)


class Record(Statement):
    """One party as one source describes it. Entities are derived from records; nothing is stated about an entity."""

    kind: PartyKind
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    born_on: PartialDate | None = Field(None, description="Persons only; as exact as the source is.")
    founded_on: PartialDate | None = Field(None, description="Firms and agencies; as exact as the source is.")
    ended_on: date | None = Field(None, description="First day the party no longer exists (struck off, dissolved, died).")
    countries: tuple[str, ...] = Field((), description="ISO 3166-1 alpha-2, lower case.")
    attributes: dict[str, str] = Field(default_factory=dict, description="Further facts by name: registered_type, industry …")
    observed_on: date | None = Field(None, description="The day the source describes; None where it does not say.")

    @property
    def name(self) -> str:
        """The name to show: the first primary one, else the first, else the id."""
        primary = next((n.text for n in self.names if n.role is NameRole.PRIMARY), None)
        return primary or next((n.text for n in self.names), self.id)
