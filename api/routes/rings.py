"""Cases of trade that may conjure credit."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.http.pages import InPage
from api.parties.rings import RingLines, ring_cases

router = APIRouter(tags=["lists"])


@router.get("/rings", summary="Which groups trade in a circle among themselves?")
def read_rings(
    context: InContext,
    page: InPage,
    dismissed: Annotated[bool, Query(description="Also the cases a person dismissed.")] = False,
) -> RingLines:
    """Cases for review by a person, the strongest first, with what speaks for and against each; never a listing."""
    return with_freshness(context, ring_cases(context, dismissed=dismissed, page=page))
