"""Check a list of suppliers, at once or in the background."""

from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.http.dependencies import AppState, InContext
from api.http.origins import FORM
from api.schemas.screenings import NamesToScreen, Screening
from api.screenings.jobs import ScreeningJob, ScreeningJobs
from api.screenings.results import screen
from api.screenings.supplier_lists import Supplier, read_suppliers, suppliers_from_names
from api.words import Words, words
from ontology.errors import WrongCall
from ontology.field_errors import describe_field_error
from ontology.personal_ids import mask

router = APIRouter(tags=["screenings"])
JobId = Annotated[str, Path(description="Id of the job.", examples=["q7Rz0aV3xkP2mN8d"])]
ROWS_AT_ONCE = 1000  # Some ten seconds: far within the time of a request.
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NamesToScreen.model_json_schema(), "example": {"names": ["Harbour Light Trading"]}},
            FORM: {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    }
}


def _jobs(request: Request) -> ScreeningJobs:
    jobs: ScreeningJobs = request.app.state.screening_jobs
    return jobs


def _owner(request: Request) -> str:
    """A partner's jobs are its own; those of the operator are of all who ask as the operator."""
    return request.state.partner or ""


InJobs = Annotated[ScreeningJobs, Depends(_jobs)]
InOwner = Annotated[str, Depends(_owner)]


@router.post("/screenings", summary="Which of these suppliers should I stop, look at, or not worry about?", openapi_extra=BODY)
async def create_screening(request: Request, context: InContext) -> Screening:
    """Up to 1,000 suppliers, answered at once: a CSV or Excel file (columns name, uscc, place; English or Chinese) or JSON
    `{"names": […]}`. Nothing of it is kept."""
    state: AppState = request.app.state.kith
    rows = await _rows(request, words(context.lang), state.settings.screening_rows_max)
    if len(rows) > ROWS_AT_ONCE:
        raise WrongCall(rows=len(rows), rows_max=ROWS_AT_ONCE, remedy="Send the list to POST /v1/screenings/jobs.")
    return await run_in_threadpool(screen, context, rows)


@router.post("/screenings/jobs", summary="Check a long list in the background", openapi_extra=BODY, status_code=202)
async def create_job(request: Request, context: InContext, jobs: InJobs, owner: InOwner) -> ScreeningJob:
    """The same for lists of up to 10,000. Its state tells how far it is; the result is kept for an hour, in memory alone."""
    state: AppState = request.app.state.kith
    rows = await _rows(request, words(context.lang), state.settings.screening_rows_max)
    return jobs.begin(context, rows, owner=owner)


@router.get("/screenings/jobs/{job_id}", summary="How far is this list checked?")
def read_job(job_id: JobId, jobs: InJobs, owner: InOwner) -> ScreeningJob:
    """waiting, running, done or failed, with the rows checked so far."""
    return jobs.state(job_id, owner=owner)


@router.get("/screenings/jobs/{job_id}/result", summary="What came out for this list?", response_model=Screening)
def read_result(job_id: JobId, jobs: InJobs, owner: InOwner) -> Response:
    """The screening, once the job is done; 409 before."""
    return Response(jobs.result(job_id, owner=owner), media_type="application/json")


@router.delete("/screenings/jobs/{job_id}", summary="Leave this list")
def delete_job(job_id: JobId, jobs: InJobs, owner: InOwner) -> ScreeningJob:
    """Ends the job where it still runs, and forgets its result."""
    return jobs.leave(job_id, owner=owner)


async def _rows(request: Request, say: Words, rows_max: int) -> list[Supplier]:
    if request.headers.get("content-type", "").lower().startswith(FORM):
        async with request.form(max_files=1, max_fields=5) as form:
            return await _rows_of_file(form.get("file"), say, rows_max)
    try:
        names = NamesToScreen.model_validate_json(await request.body()).names
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise WrongCall(
            field=field, problem=describe_field_error(first), remedy='Send {"names": ["…"]} or a file in the field `file`.'
        ) from None
    if len(names) > rows_max:
        raise WrongCall(rows=len(names), rows_max=rows_max, remedy="Split the list.")
    return suppliers_from_names(names, say)


async def _rows_of_file(upload: UploadFile | str | None, say: Words, rows_max: int) -> list[Supplier]:
    if upload is None or isinstance(upload, str):
        raise WrongCall(field="file", problem="no file was sent", remedy="Send the list in the field `file`.")
    content = await upload.read()
    name = mask(PurePath(upload.filename or "list").name)
    return await run_in_threadpool(read_suppliers, content, file=name, rows_max=rows_max, say=say)
