"""Check a list of suppliers."""

from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.requests import House, InAsked
from api.screenings.answers import NamesToScreen, Screening
from api.screenings.lists import Supplier, named, suppliers
from api.screenings.results import screen
from api.words import Words, words
from ontology.errors import WrongCall
from resolution.sources.seals import mask

router = APIRouter(tags=["screenings"])
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NamesToScreen.model_json_schema()},
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    }
}


@router.post("/screenings", summary="Which of these suppliers should I stop, look at, or not worry about?", openapi_extra=BODY)
async def create_screening(request: Request, asked: InAsked) -> Screening:
    """A CSV or Excel file (columns name, uscc, place; English or Chinese) or JSON `{"names": […]}`. Nothing of it is kept."""
    house: House = request.app.state.house
    rows = await _rows(request, words(asked.lang), house.settings.screening_rows_max)
    return await run_in_threadpool(screen, asked, rows)


async def _rows(request: Request, say: Words, rows_max: int) -> list[Supplier]:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=5) as form:
            return await _rows_of_file(form.get("file"), say, rows_max)
    try:
        return named(NamesToScreen.model_validate_json(await request.body()).names, say)
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise WrongCall(
            field=field, problem=first["msg"], remedy='Send {"names": ["…"]} or a file in the field `file`.'
        ) from None


async def _rows_of_file(sent: UploadFile | str | None, say: Words, rows_max: int) -> list[Supplier]:
    if sent is None or isinstance(sent, str):
        raise WrongCall(field="file", problem="no file was sent", remedy="Send the list in the field `file`.")
    content = await sent.read()
    name = mask(PurePath(sent.filename or "list").name)
    return await run_in_threadpool(suppliers, content, file=name, rows_max=rows_max, say=say)
