"""What happened to one party, and whom it is related to without being one with them."""

from fastapi import APIRouter

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.http.pages import InPage
from api.http.problems import MOVED
from api.parties.relations import relations
from api.reviews.histories import history
from api.routes.parties import EntityId, Present
from api.schemas.reviews import History, Relations

router = APIRouter(tags=["parties"], prefix="/entities", responses=MOVED)


@router.get("/{entity_id}/history", summary="How did this party come to be what it is?")
def read_history(entity_id: EntityId, context: InContext, page: InPage) -> History:
    """Created, joined, parted, grown, shrunk, and every verdict on its records. An id that was joined tells its redirect."""
    return with_freshness(context, history(context, entity_id, page))


@router.get("/{entity_id}/related", summary="Whom is this party related to, apart from what was joined?")
def read_relations(entity_id: Present, context: InContext, page: InPage) -> Relations:
    """Disclosed by a source, discovered by what is shared, or possibly one party; each with its evidence."""
    return with_freshness(context, relations(context, entity_id, page))
