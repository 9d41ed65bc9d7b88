"""Why two records are one party, how a party came together, why two are not one."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.http.problems import MOVED, problems
from api.reviews.match_explanations import HowTold, WhyNotTold, WhyTold, explain_how, explain_why, explain_why_not
from api.routes.parties import Present

router = APIRouter(tags=["whys"])
NAME_HELP = "Record id, entity id, code, or a name with one clear answer."
LEFT = Annotated[str, Query(min_length=1, max_length=300, description=NAME_HELP)]
RIGHT = Annotated[str, Query(min_length=1, max_length=300, description="The other, told in the same ways.")]


@router.get("/why", summary="Why are these two records one party?", responses=problems(404))
def read_why(left: LEFT, right: RIGHT, context: InContext) -> WhyTold:
    """Every comparison with its level, weight in bits and values; the prior, the guards, and what people said."""
    return with_freshness(context, explain_why(context.store, left, right, context.lang))


@router.get("/entities/{entity_id}/how", summary="How did this party come together?", tags=["parties"], responses=MOVED)
def read_how(entity_id: Present, context: InContext) -> HowTold:
    """The clustering once more, step by step."""
    return with_freshness(context, explain_how(context.store, entity_id, context.lang))


@router.get("/why-not", summary="Why are these two parties not one, and what is missing?", responses=problems(404))
def read_why_not(left: LEFT, right: RIGHT, context: InContext) -> WhyNotTold:
    """Every obstacle, and the strongest pair of their records."""
    return with_freshness(context, explain_why_not(context.store, left, right, context.lang))
