"""Cases of trade that may conjure credit."""

from fastapi import APIRouter

from api.freshness import with_freshness
from api.requests import InAsked
from api.rings import RingLines, ring_cases

router = APIRouter(tags=["lists"])


@router.get("/rings", summary="Which groups trade in a circle among themselves?")
def read_rings(asked: InAsked, dismissed: bool = False) -> RingLines:
    """Cases for review by a person, the strongest first, with what speaks for and against each; never a listing."""
    return with_freshness(asked, ring_cases(asked, dismissed=dismissed))
