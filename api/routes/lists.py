"""Ranked lists of parties."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.context.pages import PageRequest
from api.http.dependencies import InContext
from api.http.pages import asks_page
from api.parties.rankings import reliable_parties, risky_parties
from api.schemas.parties import Parties
from graph.explanations.rankings import PartyFilter

router = APIRouter(tags=["lists"])
InPage = Annotated[PageRequest, asks_page(default=20)]


@router.get("/risky", summary="Which firms and agencies are listed, or near listed parties?")
def read_risky(context: InContext, page: InPage) -> Parties:
    """Own listings in force first (by strength, then points), then by exposure. Never persons."""
    return with_freshness(context, risky_parties(context, page))


@router.get("/reliable", summary="Which firms and agencies have a good record?")
def read_reliable(
    context: InContext,
    page: InPage,
    place: Annotated[str | None, Query(description="Words of its place or address.")] = None,
    trade: Annotated[str | None, Query(description="Words of its industry or scope of business.")] = None,
    volume_from: Annotated[float, Query(ge=0, description="Least trade told of it in two years, in yuan.")] = 0.0,
) -> Parties:
    """The highest score first, among those with nothing found against them."""
    return with_freshness(context, reliable_parties(context, page, PartyFilter(place, trade, volume_from)))
