"""What a pair's weight is made of, and the steward's list of aliases."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from api.aliases import AliasesTold, AliasSaid, aliases, rule_on_alias
from api.models import Models, models_of, show_models
from api.requests import House, InAsked
from api.routes.judgements import signed
from ontology.words import PartyKind, Word
from resolution.aliases.kept import Ruling
from resolution.aliases.learning import PARTIES_MIN

router = APIRouter(tags=["models"], prefix="/models")


class AliasToRule(Word):
    """A person's word on two names."""

    one: str = Field(min_length=1, max_length=200)
    other: str = Field(min_length=1, max_length=200)
    ruling: Ruling
    reason: str = Field("", max_length=2000)
    kind: PartyKind | None = Field(None, description="Needed only where the pair is no proposal, or one of both kinds.")
    by: str | None = Field(None, min_length=1, max_length=100, description="Who signs; left out: the account of the server.")


@router.get("", summary="What does each sign of two records being one party weigh?")
def read_models(asked: InAsked, request: Request) -> Models:
    """Weights and thresholds that the next run would go by, and what the last one counted."""
    house: House = request.app.state.house
    return show_models(asked.store, models_of(house.settings))


@router.get("/aliases", summary="Which names are one another's, and which wait for a person's word?")
def read_aliases(
    asked: InAsked,
    parties_min: Annotated[int, Query(ge=1, le=1000, description="Seen in at least so many parties.")] = PARTIES_MIN,
) -> AliasesTold:
    """Accepted and refused ones, and proposals, the most frequent first."""
    return aliases(asked.store, parties_min=parties_min)


@router.post("/aliases", summary="Are these two names one another's?")
def create_alias(given: AliasToRule, asked: InAsked, request: Request) -> AliasSaid:
    """Accepts or refuses a pair of names. The next resolve applies it; a later word replaces it."""
    who = signed(request, given.by)
    return rule_on_alias(asked.store, given.one, given.other, given.ruling, reason=given.reason, signed=who, kind=given.kind)
