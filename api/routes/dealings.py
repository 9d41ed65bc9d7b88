"""Dealings of one party."""

from fastapi import APIRouter

from api.context.freshness import with_freshness
from api.http.dependencies import InReaderContext
from api.http.pages import InPage
from api.http.problems import MOVED
from api.parties.dealings import party_dealings
from api.routes.parties import Present
from api.schemas.parties import DealingLines

router = APIRouter(tags=["parties"], prefix="/entities", responses=MOVED)


@router.get("/{entity_id}/dealings", summary="What do those who dealt with this party report?")
def read_dealings(entity_id: Present, context: InReaderContext, page: InPage) -> DealingLines:
    """The latest first, each with the row that states it; what a person released only to whom the person agreed."""
    return with_freshness(context, party_dealings(context, entity_id, page))
