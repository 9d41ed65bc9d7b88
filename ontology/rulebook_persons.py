"""The part of a rulebook that protects natural persons."""

from typing import Literal

from pydantic import Field

from ontology.words import Word


class PersonScore(Word):
    """Persons get a score only where all of this holds."""

    default: Literal["off"]
    enable_requires: tuple[str | dict[str, list[str]], ...] = Field(min_length=1)


class SocialScore(Word):
    """A score of social behaviour is refused unless the operator signs the article that allows it."""

    default: Literal["forbidden"]
    law_allows: str | None
    note: str


class Consent(Word):
    """What a person's consent holds and how it ends."""

    fields: tuple[str, ...]
    default_expiry_months: int = Field(ge=1)
    withdrawal_effect: Literal["at_once"]
    purpose_mismatch: Literal["refuse"]


class NaturalPersons(Word):
    """What may be done with natural persons."""

    score: PersonScore
    social_behaviour_score: SocialScore
    data_allowed: tuple[str, ...]
    data_forbidden: tuple[str, ...]
    minors: Literal["never"]
    consent: Consent
    masking: dict[str, str]
    propagation_to_person: Literal["none"]
    public_search_by_id_number: Literal[False]
