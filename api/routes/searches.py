"""Find a party."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import Search
from api.freshness import with_freshness
from api.lookups import search_parties
from api.requests import InAsked
from ontology.words import PartyKind

router = APIRouter(tags=["search"])


@router.get("/search", summary="Which parties answer to this name or code?")
def read_search(
    asked: InAsked,
    q: Annotated[str, Query(min_length=1, max_length=300, description="A name in any script, or a public code.")],
    kind: Annotated[list[PartyKind] | None, Query(description="Only these kinds.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Search:
    """Best first, each with the reason it was found. Numbers of persons find nothing."""
    return with_freshness(asked, search_parties(asked, q, kinds=kind or (), limit=limit))
