"""What this store holds."""

from fastapi import APIRouter, Request

from api.abouts import about_store
from api.requests import InAsked
from api.store_answers import About

router = APIRouter(tags=["about"])


@router.get("/about", summary="What does this store hold, and by which rules is it judged?")
def read_about(request: Request, asked: InAsked) -> About:
    """Counts of parties by kind, records and listed parties, the loaded files, engine, rulebook and day."""
    return about_store(asked, request.app.state.house.version)
