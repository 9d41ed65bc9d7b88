"""What a pair's weight is made of, and the steward's list of aliases."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from api.http.dependencies import AppState, InContext
from api.http.pages import InPage
from api.models.weights_report import Models, models_of, show_models
from api.reviews.aliases import AliasesTold, AliasSaid, aliases, rule_on_alias
from api.routes.judgements import signature_of
from ontology.base import ImmutableModel, PartyKind
from resolution.aliases.alias_proposals import PARTIES_MIN
from resolution.aliases.steward_list import Ruling

router = APIRouter(tags=["models"], prefix="/models")


class AliasToRule(ImmutableModel):
    """A person's word on two names."""

    one: str = Field(min_length=1, max_length=200, description="One of the two names.")
    other: str = Field(min_length=1, max_length=200, description="The other name.")
    ruling: Ruling = Field(description="`accepted` where the two are one another's, `refused` where they are not.")
    reason: str = Field("", max_length=2000, description="Why, in your own words.")
    kind: PartyKind | None = Field(None, description="Needed only where the pair is no proposal, or one of both kinds.")
    by: str | None = Field(None, min_length=1, max_length=100, description="Who signs; left out: the account of the server.")


@router.get("", summary="What does each sign of two records being one party weigh?")
def read_models(context: InContext, request: Request) -> Models:
    """Weights and thresholds that the next run would go by, and what the last one counted."""
    state: AppState = request.app.state.kith
    return show_models(context.store, models_of(state.settings))


@router.get("/aliases", summary="Which names are one another's, and which wait for a person's word?")
def read_aliases(
    context: InContext,
    page: InPage,
    parties_min: Annotated[int, Query(ge=1, le=1000, description="Seen in at least so many parties.")] = PARTIES_MIN,
) -> AliasesTold:
    """Accepted and refused ones, and proposals, the most frequent first."""
    return aliases(context.store, page, parties_min=parties_min)


@router.post("/aliases", summary="Are these two names one another's?")
def create_alias(to_rule: AliasToRule, context: InContext, request: Request) -> AliasSaid:
    """Accepts or refuses a pair of names. The next resolve applies it; a later word replaces it."""
    signature = signature_of(request, to_rule.by)
    return rule_on_alias(
        context.store, to_rule.one, to_rule.other, to_rule.ruling, reason=to_rule.reason, signature=signature, kind=to_rule.kind
    )
