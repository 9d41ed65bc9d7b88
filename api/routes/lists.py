"""Ranked lists of parties."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.parties.rankings import reliable_parties, risky_parties
from api.schemas.parties import Parties
from graph.explanations.rankings import PartyFilter

router = APIRouter(tags=["lists"])
LIMIT = Annotated[int, Query(ge=1, le=1000)]


@router.get("/risky", summary="Which firms and agencies are listed, or near listed parties?")
def read_risky(context: InContext, limit: LIMIT = 20) -> Parties:
    """Own listings in force first (by strength, then points), then by exposure. Never persons."""
    return with_freshness(context, risky_parties(context, limit))


@router.get("/reliable", summary="Which firms and agencies have a good record?")
def read_reliable(
    context: InContext,
    limit: LIMIT = 20,
    place: Annotated[str | None, Query(description="Words of its place or address.")] = None,
    trade: Annotated[str | None, Query(description="Words of its industry or scope of business.")] = None,
    volume_from: Annotated[float, Query(ge=0, description="Least trade told of it in two years, in yuan.")] = 0.0,
) -> Parties:
    """The highest score first, among those with nothing found against them."""
    return with_freshness(context, reliable_parties(context, limit, PartyFilter(place, trade, volume_from)))
