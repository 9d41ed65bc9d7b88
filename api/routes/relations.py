"""What happened to one party, and whom it is related to without being one with them."""

from fastapi import APIRouter

from api.freshness import with_freshness
from api.histories import history
from api.relations import relations
from api.requests import OPERATOR, InAsked
from api.review_answers import History, Relations
from api.routes.parties import Present

router = APIRouter(tags=["parties"], prefix="/entities")


@router.get("/{entity_id}/history", summary="How did this party come to be what it is?", dependencies=[OPERATOR])
def read_history(entity_id: str, asked: InAsked) -> History:
    """Created, joined, parted, grown, shrunk, and every verdict on its records. An id that was joined tells its redirect."""
    return with_freshness(asked, history(asked, entity_id))


@router.get("/{entity_id}/related", summary="Whom is this party related to, apart from what was joined?")
def read_relations(entity_id: Present, asked: InAsked) -> Relations:
    """Disclosed by a source, discovered by what is shared, or possibly one party; each with its evidence."""
    return with_freshness(asked, relations(asked, entity_id))
