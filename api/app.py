"""The HTTP app: routes under /v1, health, the pages, and one form of error."""

import json
from dataclasses import replace

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from api.context.record_names import RecordNames
from api.errors import problem
from api.http.deadlines import WatchedStore
from api.http.dependencies import OPERATOR, AppState
from api.http.idempotency import GRACE_S, IdempotentWrites, WriteKeys, declare_keys
from api.http.middleware import Guards
from api.http.origins import PageTokens
from api.http.sessions import Sessions, WrongKeys
from api.http.static import serve_pages
from api.jobs.desk import JobDesk
from api.jobs.supervisor import JobSupervisor
from api.routes import (
    about,
    consents,
    dealings,
    health,
    jobs,
    judgements,
    lists,
    match_explanations,
    models,
    parties,
    paths,
    records,
    relations,
    rings,
    rows,
    screenings,
    searches,
    sessions,
)
from api.schemas.parties import Problem
from api.wiring import clock
from ontology.errors import KithError, TooManyAtOnce
from resolution.live import Live

RETRY_AFTER_S = "5"
GZIP_BYTES_MIN = 500


class ProblemResponse(JSONResponse):
    """A problem; half a surrogate that a caller sent comes back as the JSON escape it came in."""

    media_type = "application/problem+json"

    def render(self, content: object) -> bytes:
        """Bytes of the body."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def create_app(state: AppState) -> FastAPI:
    """The app over one opened store; the caller closes the store."""
    keys = WriteKeys(state.store, clock, state.settings.request_timeout_s + GRACE_S)
    state = replace(state, store=WatchedStore(state.store))
    app = FastAPI(title="kith", version=state.version, docs_url=None, redoc_url=None, responses={"default": {"model": Problem}})
    app.state.kith = state
    app.state.live = Live(state.store)
    app.state.sessions, app.state.wrong_keys, app.state.tokens = Sessions(), WrongKeys(), PageTokens()
    app.state.jobs = JobDesk(JobSupervisor(state.store, state.settings), state.settings)
    for noun in (about, searches, lists, parties, dealings, relations, paths, screenings, jobs):
        app.include_router(noun.router, prefix="/v1")
    for noun in (consents, rows, judgements, models, records, rings, match_explanations):
        app.include_router(noun.router, prefix="/v1", dependencies=[OPERATOR])
    app.include_router(sessions.router, prefix="/v1")
    app.include_router(health.router)
    _add_error_handlers(app)
    serve_pages(app)
    declare_keys(app)
    app.add_middleware(IdempotentWrites, keys=keys)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_BYTES_MIN)
    app.add_middleware(RecordNames, settings=state.settings)
    app.add_middleware(Guards, settings=state.settings, sessions=app.state.sessions, tokens=app.state.tokens)
    return app


def _add_error_handlers(app: FastAPI) -> None:
    """Every error leaves as problem+json; what we did not foresee is answered by the guards."""

    @app.exception_handler(KithError)
    def foreseen(request: Request, error: KithError) -> Response:
        busy = isinstance(error, TooManyAtOnce)
        return _problem_response(problem(error, _id(request)), {"retry-after": RETRY_AFTER_S} if busy else None)

    app.add_exception_handler(parties.PartyMoved, parties.redirect_to_survivor)  # type: ignore[arg-type]

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"][1:])
        body = {"type": "urn:kith:problem:invalid-request", "title": "The request is not valid", "status": 422}
        return _problem_response({**body, "detail": f"{field}: {first['msg']}", "field": field, "request_id": _id(request)})

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        body = {"type": "about:blank", "title": str(error.detail), "status": error.status_code, "detail": str(error.detail)}
        return _problem_response({**body, "request_id": _id(request)}, error.headers)


def _id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


def _problem_response(body: dict[str, object], headers: object = None) -> JSONResponse:
    status = int(str(body["status"]))
    return ProblemResponse(body, status, dict(headers) if isinstance(headers, dict) else None)
