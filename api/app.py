"""The HTTP app: routes under /v1, health, the pages, and one form of error."""

import json
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from api.context.collections import load_collections
from api.context.record_names import RecordNames
from api.errors import problem, status_type
from api.http.access import AUTHORIZED
from api.http.cors import Cors
from api.http.deadlines import WatchedStore
from api.http.dependencies import AppState
from api.http.etags import Etags
from api.http.idempotency import GRACE_S, IdempotentWrites, WriteKeys
from api.http.known_callers import KnownCallers
from api.http.methods import Methods
from api.http.metrics_page import MetricsDoor, serve_metrics
from api.http.middleware import Guards
from api.http.openapi import describe
from api.http.origins import PageTokens
from api.http.sessions import EndedSessions, Sessions, WrongKeys
from api.http.static import serve_pages
from api.http.telemetry import Telemetry
from api.jobs.desk import JobDesk
from api.jobs.supervisor import JobSupervisor
from api.keys.readers_log import ReadersLog
from api.routes import (
    about,
    consents,
    contract,
    dealings,
    exports,
    health,
    jobs,
    judgements,
    keys,
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
    sign_in,
    watchlists,
    webhooks,
)
from api.settings import Settings
from api.telemetry.observed_store import ObservedStore
from api.wiring import wall_clock
from ontology.errors import KithError, TooManyAtOnce
from ontology.field_errors import describe_field_error
from resolution.live import Live

if TYPE_CHECKING:
    from api.http.identity_provider import IdentityProvider

NOUNS = (
    about,
    exports,
    searches,
    lists,
    parties,
    dealings,
    relations,
    paths,
    screenings,
    jobs,
    consents,
    rows,
    judgements,
    models,
    records,
    rings,
    match_explanations,
    watchlists,
    webhooks,
    keys,
)
"""Routes under /v1, in the order of the contract; api/http/access_rules.yaml says who may call which."""
RETRY_AFTER_S = "5"
BODY_UNREADABLE = "The body cannot be read"
GZIP_BYTES_MIN = 500
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own tells paths, wrong values and messages of errors, which hold ids and names: kith's stands in its place."""


class ProblemResponse(JSONResponse):
    """A problem; half a surrogate that a caller sent comes back as the JSON escape it came in."""

    media_type = "application/problem+json"

    def render(self, content: object) -> bytes:
        """Bytes of the body."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def create_app(state: AppState) -> FastAPI:
    """The app over one opened store; the caller closes the store."""
    keys = WriteKeys(state.store, wall_clock, state.settings.request_timeout_s + GRACE_S)
    state = replace(state, store=WatchedStore(ObservedStore(state.store)))
    load_collections(state.settings.collections)  # A page that cannot be read is told at the start, not to callers.
    app = FastAPI(
        title="kith",
        version=state.version,
        openapi_url=None,  # A route of its own, so that the table of access covers it.
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        generate_unique_id_function=lambda route: route.name,
        dependencies=[AUTHORIZED],
    )
    app.state.kith = state
    app.state.live = Live(state.store)
    app.state.sessions = Sessions(state.secret, EndedSessions(state.ended_sessions))
    app.state.wrong_keys, app.state.tokens = WrongKeys(), PageTokens(state.secret)
    app.state.stopping = Event()
    app.state.identity_provider = _identity_provider(state.settings)
    app.state.jobs = JobDesk(JobSupervisor(state.store, state.settings), state.settings)
    app.state.readers_log = ReadersLog(state.store)
    for noun in NOUNS:
        app.include_router(noun.router, prefix="/v1")
    app.include_router(sessions.router, prefix="/v1")
    app.include_router(sign_in.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(contract.router)
    _serve_contract(app)
    _add_error_handlers(app)
    serve_metrics(app, state)
    serve_pages(app)
    describe(app, state.settings.public_url)
    app.add_middleware(IdempotentWrites, keys=keys)
    app.add_middleware(Etags)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_BYTES_MIN)
    app.add_middleware(Methods, router=app.router)
    app.add_middleware(RecordNames, settings=state.settings)
    _add_guards(app, state)
    app.add_middleware(MetricsDoor, state=state)
    app.add_middleware(Telemetry)
    return app


def _identity_provider(settings: Settings) -> "IdentityProvider | None":
    if settings.oidc_issuer is None:
        return None
    from api.http.identity_provider import IdentityProvider  # Its libraries are loaded where there is one.

    return IdentityProvider(settings)


def _add_guards(app: FastAPI, state: AppState) -> None:
    log = app.state.readers_log
    provider = app.state.identity_provider
    callers = KnownCallers(state.settings, app.state.sessions, app.state.wrong_keys, state.store, log, provider=provider)
    app.add_middleware(Guards, settings=state.settings, callers=callers, tokens=app.state.tokens, readers_log=log)
    if state.settings.cors_origins:
        app.add_middleware(Cors, origins=state.settings.cors_origins)


def _serve_contract(app: FastAPI) -> None:
    @app.get("/openapi.json", include_in_schema=False)
    def contract() -> JSONResponse:
        return JSONResponse(app.openapi())


def _add_error_handlers(app: FastAPI) -> None:
    """Every error leaves as problem+json; what we did not foresee is answered by the guards."""

    @app.exception_handler(KithError)
    def foreseen(request: Request, error: KithError) -> Response:
        body = problem(error, _id(request))
        may_try_again = isinstance(error, TooManyAtOnce) or body["status"] == 503
        return _problem_response(body, {"retry-after": RETRY_AFTER_S} if may_try_again else None)

    app.add_exception_handler(parties.PartyMoved, parties.redirect_to_survivor)  # type: ignore[arg-type]

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"][1:])
        body = {"type": status_type(422), "title": "The request is not valid", "status": 422}
        detail = f"{field}: {describe_field_error(first)}"
        return _problem_response({**body, "detail": detail, "field": field, "request_id": _id(request)})

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        detail = BODY_UNREADABLE if error.status_code == 400 else str(error.detail)  # The framework's own word on a body.
        body = {"type": status_type(error.status_code), "title": detail, "status": error.status_code, "detail": detail}
        return _problem_response({**body, "request_id": _id(request)}, error.headers)


def _id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


def _problem_response(body: dict[str, object], headers: object = None) -> JSONResponse:
    status = int(str(body["status"]))
    return ProblemResponse(body, status, dict(headers) if isinstance(headers, dict) else None)
