"""Counts, times and traces every request, whatever becomes of it, by the template of its route."""

import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.access_rules import route_template
from api.telemetry.metrics import count, observe
from api.telemetry.tracing import name_request, request_span

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "OTHER"
ABORTED = "aborted"


class Telemetry:
    """The outermost of what stands around the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status: int | None = None

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
        started = time.perf_counter()
        count("kith_requests_in_flight")
        with request_span(method, Headers(scope=scope)) as span:
            try:
                await self._app(scope, receive, send_watched)
            finally:
                route = route_template(scope)
                name_request(span, method, route, status)
                count("kith_requests_in_flight", -1)
                count("kith_requests_total", method=method, route=route, status=str(status or ABORTED))
                observe("kith_request_seconds", time.perf_counter() - started, method=method, route=route)
