"""Check a list of suppliers at once; longer ones are jobs."""

from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.http.dependencies import AppState, InContext
from api.http.origins import FORM
from api.schemas.screenings import NamesToScreen, Screening
from api.screenings.results import screen
from api.screenings.supplier_lists import Supplier, read_suppliers, suppliers_from_names
from api.words import Words, words
from ontology.errors import WrongCall
from ontology.personal_ids import mask

router = APIRouter(tags=["screenings"])
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NamesToScreen.model_json_schema()},
            FORM: {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    }
}


@router.post("/screenings", summary="Which of these suppliers should I stop, look at, or not worry about?", openapi_extra=BODY)
async def create_screening(request: Request, context: InContext) -> Screening:
    """Up to 1,000 suppliers, answered at once: a CSV or Excel file (columns name, uscc, place; English or Chinese) or JSON
    `{"names": […]}`. Nothing of it is kept."""
    state: AppState = request.app.state.kith
    rows = await _rows(request, words(context.lang), state.settings.screening_rows_max)
    rows_max = state.settings.screening_rows_at_once
    if len(rows) > rows_max:
        raise WrongCall(rows=len(rows), rows_max=rows_max, remedy="Send the list to POST /v1/jobs with kind screening.")
    return await run_in_threadpool(screen, context, rows)


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
            field=field, problem=first["msg"], remedy='Send {"names": ["…"]} or a file in the field `file`.'
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
