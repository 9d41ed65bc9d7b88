"""The part of a rulebook that protects natural persons."""

from typing import Literal

from pydantic import Field

from ontology.base import ImmutableModel
from ontology.rulebook_parts import PositiveSignal, Text


class PersonScore(ImmutableModel):
    """Persons get a score only where all of this holds."""

    default: Literal["off"]
    enable_requires: tuple[str | dict[str, list[str]], ...] = Field(min_length=1)


class SocialScore(ImmutableModel):
    """A score of social behaviour is refused unless the operator signs the article that allows it."""

    default: Literal["forbidden"]
    law_allows: str | None
    note: str


class Consent(ImmutableModel):
    """What a person's consent holds and how it ends."""

    fields: tuple[str, ...]
    default_expiry_months: int = Field(ge=1)
    withdrawal_effect: Literal["at_once"]
    purpose_mismatch: Literal["refuse"]


class PersonSignal(PositiveSignal):
    """A counted record of a person; `data_class` is what the consent has to name."""

    data_class: Literal["loans", "bills", "contracts", "guarantees", "payments", "assets", "charity"]


class NaturalPersons(ImmutableModel):
    """What may be done with natural persons."""

    score: PersonScore
    social_behaviour_score: SocialScore
    data_allowed: tuple[str, ...]
    data_forbidden: tuple[str, ...]
    minors: Literal["never"]
    adult_years: int = Field(ge=18)
    consent: Consent
    masking: dict[str, str]
    propagation_to_person: Literal["none"]
    public_search_by_id_number: Literal[False]

    def scored_under(self, jurisdiction: str) -> bool:
        """Whether a rulebook for this jurisdiction (`CN-base`) may score a consenting person at all."""
        excluded = [
            name
            for requirement in self.score.enable_requires
            if isinstance(requirement, dict)
            for name in requirement.get("jurisdiction_not_in", ())
        ]
        return jurisdiction.partition("-")[0] not in excluded


class SoleTraders(ImmutableModel):
    """How a sole trader is recognised; never by the ending of a name."""

    uscc_prefixes: tuple[str, ...]
    registered_types: tuple[str, ...]
    treatment: Text
