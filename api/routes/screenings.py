"""Check a list of suppliers at once; longer ones are jobs."""

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import TypeAdapter
from starlette.datastructures import FormData, UploadFile

from api.context.request_context import RequestContext
from api.http.dependencies import AppState, InContext
from api.http.openapi import body_schema
from api.http.origins import FORM
from api.routes.results import form_of, screening_response
from api.schemas.screenings import ListToScreen, Screening
from api.screenings.given_lists import columns_of_text, list_of_file, list_of_json
from api.screenings.results import screen
from api.screenings.supplier_lists import ListOptions, SupplierList
from api.words import words
from ontology.errors import WrongCall
from ontology.personal_ids import mask

router = APIRouter(tags=["screenings"])
COLUMNS = Query(
    max_length=2000,
    description='Which column holds which field, as `{"name": "Lieferant"}` or `name=Lieferant,code=B`; else found out.',
    examples=["name=Lieferant"],
)
SHEET = Query(max_length=300, description="Sheet of a workbook; else the first.", examples=["Lieferanten"])
FORMAT = Query(description="json, csv, xlsx, html or rejects; else by Accept.", examples=["xlsx"])
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": body_schema(TypeAdapter(ListToScreen)),
                "example": {"names": ["Harbour Light Trading"]},
            },
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "CSV or .xlsx."},
                        "columns": {"type": "string", "description": "As the parameter of this name."},
                        "sheet": {"type": "string", "description": "As the parameter of this name."},
                    },
                }
            },
        },
    }
}


@router.post(
    "/screenings",
    summary="Which of these suppliers should I stop, look at, or not worry about?",
    openapi_extra=BODY,
    response_model=Screening,
)
async def create_screening(
    request: Request,
    context: InContext,
    columns: Annotated[str | None, COLUMNS] = None,
    sheet: Annotated[str | None, SHEET] = None,
    format: Annotated[str | None, FORMAT] = None,  # noqa: A002
) -> Response:
    """A list of suppliers, answered at once: a CSV or Excel file, or JSON with `names` or `rows`.

    The answer is JSON, a page to print, CSV or a workbook, as you ask. Nothing of the list is kept.
    """
    form = form_of(request, format)
    suppliers, file = await _given_list(request, context, columns=columns, sheet=sheet)
    state: AppState = request.app.state.kith
    rows_max = state.settings.screening_rows_at_once
    if len(suppliers) > rows_max:
        raise WrongCall(rows=len(suppliers), rows_max=rows_max, remedy="Send the list to POST /v1/jobs with kind screening.")
    content = await run_in_threadpool(lambda: screen(context, suppliers).model_dump_json(by_alias=True).encode())
    return await run_in_threadpool(screening_response, request, content, lang=context.lang, form=form, file=file)


async def _given_list(
    request: Request, context: RequestContext, *, columns: str | None, sheet: str | None
) -> tuple[SupplierList, str]:
    """The list of the body, and its name."""
    state: AppState = request.app.state.kith
    say, rows_max = words(context.lang), state.settings.screening_rows_max
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        return list_of_json(await request.body(), options=ListOptions(rows_max), say=say), "list"
    try:
        form = await request.form(max_files=1, max_fields=5)
    except HTTPException:  # Its words are those of the library.
        raise WrongCall(problem="the form cannot be read", remedy="Send one file in the field `file`, as curl -F does.") from None
    try:
        upload = _upload_of(form)
        options = ListOptions(rows_max, columns_of_text(columns or _text(form, "columns")), sheet or _text(form, "sheet"))
        content, name = await upload.read(), mask(PurePath(upload.filename or "list").name)
        return await run_in_threadpool(list_of_file, content, file=name, options=options, say=say), name
    finally:
        await form.close()


def _upload_of(form: FormData) -> UploadFile:
    upload: Any = form.get("file")
    if not isinstance(upload, UploadFile):
        raise WrongCall(field="file", problem="no file was sent", remedy="Send the list in the field `file`.")
    return upload


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value if isinstance(value, str) and value else None
