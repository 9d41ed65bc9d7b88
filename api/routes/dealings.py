"""Dealings of one party."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import DealingLines
from api.dealings import party_dealings
from api.freshness import with_freshness
from api.requests import InAskedBy
from api.routes.parties import Present

router = APIRouter(tags=["parties"], prefix="/entities")


@router.get("/{entity_id}/dealings", summary="What do those who dealt with this party report?")
def read_dealings(entity_id: Present, asked: InAskedBy, limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> DealingLines:
    """The latest first, each with the row that states it; what a person released only to whom the person agreed."""
    return with_freshness(asked, party_dealings(asked, entity_id, limit))
