"""What this store holds."""

from fastapi import APIRouter, Request

from api.http.dependencies import InContext
from api.parties.store_summary import about_store
from api.schemas.store import About

router = APIRouter(tags=["about"])


@router.get("/about", summary="What does this store hold, and by which rules is it judged?")
def read_about(request: Request, context: InContext) -> About:
    """Counts of parties by kind, records and listed parties, the loaded files, engine, rulebook and day."""
    return about_store(context, request.app.state.kith.version)
