"""Long work in the background: begun here, watched, cancelled, and its result fetched."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData, UploadFile

from api.context.pages import PageRequest
from api.http.access import refuse_beyond_group
from api.http.dependencies import InContext
from api.http.openapi import body_schema
from api.http.origins import FORM
from api.http.pages import asks_page
from api.jobs.circumstances import JobCircumstances
from api.jobs.desk import JobDesk
from api.jobs.events import has_ended_before, job_events
from api.jobs.uploads import Uploads
from api.jobs.work import JOB_REQUEST
from api.routes.results import screening_response
from api.schemas.jobs import Job, JobKind, Jobs, JobState
from api.schemas.screenings import Screening
from api.screenings.given_lists import columns_of_text
from api.text.json_documents import read_json
from ontology.errors import WrongCall
from ontology.limits import YAML_BYTES_MAX
from ontology.rulebook_parts import Language

router = APIRouter(tags=["jobs"], prefix="/jobs")
JobId = Annotated[str, Path(description="Id of the job.", examples=["20261122T080000123456-5f1c2a90"])]
CHANGING = "records"  # The group of routes that change the store.
FILES_MAX, FIELDS_MAX = 100, 20
JSON_FIELDS = ("names", "rows", "seeds", "paths")
"""Fields of a form whose value is JSON; the others are plain text."""
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": body_schema(JOB_REQUEST),
                "example": {"kind": "screening", "names": ["Harbour Light Trading"]},
            },
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {
                        "kind": {"type": "string", "enum": [kind.value for kind in JobKind], "description": "What to do."},
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "Files to load, or one list to check.",
                        },
                        "mapping": {"type": "string", "format": "binary", "description": "A mapping of your own (YAML)."},
                    },
                    "additionalProperties": True,
                    "description": "Every other field of the JSON body may be a field of the form; lists and objects as JSON.",
                }
            },
        },
    }
}


@dataclass(frozen=True)
class JobCaller:
    """Who asks about jobs, in which language; a job is its caller's own."""

    desk: JobDesk
    owner: str
    lang: Language

    @property
    def words(self) -> dict[str, str]:
        """Owner and language, as the desk takes them."""
        return {"owner": self.owner, "lang": self.lang}


def job_caller(request: Request, context: InContext) -> JobCaller:
    """Who asks."""
    return JobCaller(request.app.state.jobs, request.state.caller.key_id, context.lang)


InCaller = Annotated[JobCaller, Depends(job_caller)]


@router.post("", summary="Begin long work in the background", openapi_extra=BODY, status_code=202)
async def create_job(request: Request, response: Response, context: InContext, caller: InCaller) -> Job:
    """Loads files, resolves, propagates, does all of it, or checks a long list. `Location` says where the job is looked after.

    Jobs that change the store are done one after the other; screenings go on beside them.
    """
    day = context.as_of if "as_of" in request.query_params else None
    under = JobCircumstances(caller=context.caller, lang=caller.lang, as_of=day)
    async with _read_body(request) as (fields, uploads):
        if fields.get("kind") != JobKind.SCREENING:
            refuse_beyond_group(request.state.caller, CHANGING)
        job = await run_in_threadpool(caller.desk.begin, fields, under, uploads, owner=caller.owner)
    response.headers["location"] = f"/v1/jobs/{job.id}"
    return job


@router.get("", summary="Which jobs are there?")
def read_jobs(
    page: Annotated[PageRequest, asks_page(default=50, most=200)],
    caller: InCaller,
    state: Annotated[
        list[JobState] | None, Query(description="Only jobs in this state; may be given several times.", examples=[["running"]])
    ] = None,
    kind: Annotated[
        list[JobKind] | None, Query(description="Only jobs of this kind; may be given several times.", examples=[["ingest"]])
    ] = None,
) -> Jobs:
    """Your own, the latest first."""
    return caller.desk.jobs(page, **caller.words, states=state or (), kinds=kind or ())


@router.get("/{job_id}", summary="How far is this job?")
def read_job(job_id: JobId, caller: InCaller) -> Job:
    """waiting, running, succeeded, failed or cancelled, with its stage, and its report or problem once it has ended."""
    return caller.desk.job(job_id, **caller.words)


EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events of the type `job`, each the job as `GET /v1/jobs/{job_id}` tells it.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    204: {"description": "The job has ended and its end was seen: there is nothing to come back for."},
}


@router.get("/{job_id}/events", summary="What happens to this job?", response_class=StreamingResponse, responses=EVENTS)
async def read_events(
    request: Request,
    job_id: JobId,
    caller: InCaller,
    last_event_id: Annotated[
        int | None, Header(ge=0, description="Id of the last event you saw; only later ones are sent.", examples=[7])
    ] = None,
) -> Response:
    """Server-sent events, with a sign of life every ten seconds. The stream ends with the job, or before the time of a request
    is over: browsers come back by themselves with the id of the last event, and miss nothing of what counts."""
    version = last_event_id or 0
    if await run_in_threadpool(has_ended_before, caller.desk, job_id, owner=caller.owner, version_seen=version):
        return Response(status_code=204)
    request_s = caller.desk.settings.request_timeout_s
    stream = job_events(caller.desk, job_id, **caller.words, version_seen=version, request_s=request_s)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store"})


@router.get("/{job_id}/result", summary="What came out of this job?", response_model=Screening)
def read_result(
    request: Request,
    job_id: JobId,
    caller: InCaller,
    format: Annotated[str | None, Query(description="json, csv, xlsx or html; else by Accept.", examples=["xlsx"])] = None,  # noqa: A002
) -> Response:
    """The checked list in the form you ask for; of files that were loaded, their rejected rows. 409 where there is nothing."""
    row, content = caller.desk.result(job_id, owner=caller.owner)
    if row["kind"] == JobKind.SCREENING:
        return screening_response(request, content, lang=caller.lang, form=format)
    name = str(cast(dict[str, Any], read_json(row["report"].encode()))["result_name"])
    media_type = "application/zip" if name.endswith(".zip") else "text/csv; charset=utf-8"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition(name)})


@router.post("/{job_id}/cancel", summary="End this job")
def cancel_job(job_id: JobId, caller: InCaller) -> Job:
    """At its next safe point: what it has not committed by then is undone. One that has ended stays as it is."""
    return caller.desk.cancel(job_id, **caller.words)


@router.post("/{job_id}/restart", summary="Begin this job again", status_code=202)
def restart_job(response: Response, job_id: JobId, caller: InCaller) -> Job:
    """A new job that does the same with the same files; for one that has ended, most often because it was broken off."""
    job = caller.desk.restart(job_id, **caller.words)
    response.headers["location"] = f"/v1/jobs/{job.id}"
    return job


@router.delete("/{job_id}", summary="Leave this job")
def delete_job(job_id: JobId, caller: InCaller) -> Job:
    """Ends it where it still runs, and forgets it with its files and its result."""
    return caller.desk.forget(job_id, **caller.words)


def disposition(name: str) -> str:
    """Content-Disposition of a download; a name beyond ASCII is written as RFC 6266 says."""
    from urllib.parse import quote

    plain = "".join(letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@asynccontextmanager
async def _read_body(request: Request) -> AsyncIterator[tuple[dict[str, Any], Uploads | None]]:
    """What a body asks for, with its files, which are open while the block lasts. Raises WrongCall."""
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        yield _object_of(await request.body()), None
        return
    try:
        form = await request.form(max_files=FILES_MAX, max_fields=FIELDS_MAX)
    except HTTPException:  # Its words are those of the library.
        raise WrongCall(problem="the form cannot be read", remedy="Send multipart/form-data, as curl -F does.") from None
    try:
        yield _fields_of(form), await asyncio.to_thread(_uploads_of, form)
    finally:
        await form.close()


def _object_of(body: bytes) -> dict[str, Any]:
    try:
        content = read_json(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise WrongCall(field="body", problem="not a JSON object", remedy='Send {"kind": "resolve"}, or a form with files.')
    return content


def _fields_of(form: FormData) -> dict[str, Any]:
    """The text fields of a form; those that are lists or objects are read as JSON."""
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    fields = {name: _json_of(name, text) if name in JSON_FIELDS else text for name, text in texts.items()}
    return fields | ({"columns": columns_of_text(texts["columns"])} if "columns" in texts else {})


def _json_of(name: str, text: str) -> object:
    try:
        return read_json(text.encode("utf-8", "surrogatepass"))
    except ValueError:
        raise WrongCall(field=name, problem="not JSON", remedy=f"Write the field {name} as JSON.") from None


def _uploads_of(form: FormData) -> Uploads:
    uploads = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
    unknown = next((name for name, _ in uploads if name not in ("file", "mapping")), None)
    if unknown is not None:
        raise WrongCall(field=unknown[:50], problem="no such file", remedy="Files are `file`, one or more, and `mapping`.")
    mappings = [value.file.read(YAML_BYTES_MAX + 1) for name, value in uploads if name == "mapping"]
    files = tuple((value.filename or "file", cast(IO[bytes], value.file)) for name, value in uploads if name == "file")
    return Uploads(files, mappings[0] if mappings else None)
