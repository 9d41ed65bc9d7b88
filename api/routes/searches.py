"""Find a party."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.context.pages import PageRequest
from api.http.dependencies import InContext
from api.http.pages import asks_page
from api.parties.search import search_parties
from api.schemas.parties import Search
from ontology.base import PartyKind

router = APIRouter(tags=["search"])


@router.get("/search", summary="Which parties answer to this name or code?")
def read_search(
    context: InContext,
    page: Annotated[PageRequest, asks_page(default=20, most=100)],
    q: Annotated[str, Query(min_length=1, max_length=300, description="A name in any script, or a public code.")],
    kind: Annotated[list[PartyKind] | None, Query(description="Only these kinds.")] = None,
) -> Search:
    """Best first, each with the reason it was found. Numbers of persons find nothing."""
    return with_freshness(context, search_parties(context, q, page, kinds=kind or ()))
