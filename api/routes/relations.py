"""What happened to one party, and whom it is related to without being one with them."""

from fastapi import APIRouter

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.parties.relations import relations
from api.reviews.histories import history
from api.routes.parties import Present
from api.schemas.reviews import History, Relations

router = APIRouter(tags=["parties"], prefix="/entities")


@router.get("/{entity_id}/history", summary="How did this party come to be what it is?")
def read_history(entity_id: str, context: InContext) -> History:
    """Created, joined, parted, grown, shrunk, and every verdict on its records. An id that was joined tells its redirect."""
    return with_freshness(context, history(context, entity_id))


@router.get("/{entity_id}/related", summary="Whom is this party related to, apart from what was joined?")
def read_relations(entity_id: Present, context: InContext) -> Relations:
    """Disclosed by a source, discovered by what is shared, or possibly one party; each with its evidence."""
    return with_freshness(context, relations(context, entity_id))
