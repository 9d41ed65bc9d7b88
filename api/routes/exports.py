"""Everything at once: parties, ties and scores."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.context.freshness import with_freshness
from api.context.pages import PageRequest
from api.contract.ftm_export import exported_entities
from api.http.dependencies import InContext
from api.http.ndjson import FTM, LINES, line_answer, wants_lines
from api.http.pages import asks_page
from api.parties.exports import exported_parties, exported_scores, exported_ties
from api.schemas.exports import ExportedParties, ExportedScores, ExportedTies

router = APIRouter(tags=["exports"])
LINES_MAX = 10_000
InLongPage = Annotated[PageRequest, asks_page(default=1000, most=LINES_MAX)]


@router.get("/entities", summary="Which parties are there?", response_model=ExportedParties, responses=LINES)
def read_entities(request: Request, context: InContext, page: InLongPage) -> ExportedParties | Response:
    """All of them by id, page by page, each with the ids of its records; as JSON lines where the caller accepts those."""
    parties = exported_parties(context, page)
    return line_answer(request, parties.entities, parties.next) if wants_lines(request) else with_freshness(context, parties)


@router.get("/exports/ftm", summary="Which FollowTheMoney entities are there?", response_class=Response, responses=FTM)
def export_ftm(
    request: Request, context: InContext, page: Annotated[PageRequest, asks_page(default=1000, most=LINES_MAX)]
) -> Response:
    """One entity a line: a page of parties, their listings in force, and the ties that begin at them. `limit` counts parties."""
    entities = exported_entities(context, page)
    return line_answer(request, entities.entities, entities.next)


@router.get("/ties", summary="Which ties are there?", response_model=ExportedTies, responses=LINES)
def read_all_ties(
    request: Request, context: InContext, page: Annotated[PageRequest, asks_page(default=200)]
) -> ExportedTies | Response:
    """Those of the last run, each once. `limit` counts parties: a page holds all ties that begin at its parties."""
    ties = exported_ties(context, page)
    return line_answer(request, ties.ties, ties.next) if wants_lines(request) else with_freshness(context, ties)


@router.get("/scores", summary="Which scores are there?", response_model=ExportedScores, responses=LINES)
def read_scores(request: Request, context: InContext, page: InLongPage) -> ExportedScores | Response:
    """Those of firms and agencies at the last run, by party; never of persons. The lines of a score stand in the profile."""
    scores = exported_scores(context, page)
    return line_answer(request, scores.scores, scores.next) if wants_lines(request) else with_freshness(context, scores)
