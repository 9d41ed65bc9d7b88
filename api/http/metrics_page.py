"""`GET /metrics`: who may read it, where it answers, and what is looked up for it.

It holds no personal data, but tells how much a kith is used: with a key it is asked for, on an address of its own
(`KITH_METRICS_BIND`) it leaves the port of the API altogether.
"""

import hmac
import time
from collections.abc import Iterator

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.dependencies import AppState
from api.http.origins import is_loopback_host
from api.parties.store_gauges import StoreGauges, store_gauges
from api.telemetry.metrics import use_recorder
from api.telemetry.processes import server_usage
from api.telemetry.prometheus import PrometheusRecorder, exposition
from api.wiring import today_of
from ontology.errors import KithError

PATH = "/metrics"
STATE_KEPT_S = 15.0  # Between two looks at the store, however often somebody asks.


class ServerCollector(Collector):
    """Memory, processor time and the state of the store, looked up when the metrics are asked for."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._looked_at = -STATE_KEPT_S
        self._gauges: StoreGauges | None = None

    def collect(self) -> Iterator[Family]:
        """The families; those of the store are left out while it does not answer."""
        usage = server_usage()
        yield GaugeMetricFamily("kith_processes", "Processes of this server.", usage.processes)
        yield GaugeMetricFamily("kith_resident_memory_bytes", "Memory of all its processes.", usage.resident_bytes)
        yield CounterMetricFamily("kith_cpu_seconds", "Processor time of the processes that run now.", usage.cpu_s)
        gauges = self._store_gauges()
        yield GaugeMetricFamily("kith_store_up", "1 where the store answers, else 0.", gauges is not None)
        if gauges is not None:
            yield from _store_families(gauges)

    def _store_gauges(self) -> StoreGauges | None:
        if time.monotonic() - self._looked_at >= STATE_KEPT_S or self._gauges is None:
            try:
                self._gauges = store_gauges(self._state.store, today_of(self._state.settings))
            except KithError:
                self._gauges = None
            self._looked_at = time.monotonic()
        return self._gauges


def _store_families(gauges: StoreGauges) -> Iterator[Family]:
    figures = {
        "kith_store_rows_loaded": ("Rows read of all loaded files.", gauges.rows_loaded),
        "kith_store_parties": ("Parties as of the last run.", gauges.parties),
        "kith_store_ties": ("Ties as of the last run.", gauges.ties),
        "kith_store_sources": ("Loaded files.", gauges.sources),
        "kith_store_sources_overdue": ("Loaded files whose publisher has renewed them since.", gauges.sources_overdue),
        "kith_store_overdue_days": ("Days since the oldest overdue file was loaded.", gauges.overdue_days_max),
        "kith_store_files_waiting": ("Loaded files that no run has used yet.", gauges.files_waiting),
    }
    for name, (text, value) in figures.items():
        yield GaugeMetricFamily(name, text, value)
    if gauges.last_run_at is not None:
        yield GaugeMetricFamily(
            "kith_store_last_run_timestamp_seconds", "When the last run ended.", gauges.last_run_at.timestamp()
        )


class MetricsDoor:
    """Outside of what guards the API: answers who shows the metrics' own key, and whoever reaches their own address.

    At that address nothing else answers. Operator and auditor read them at the API's port, as the table of access says.
    """

    def __init__(self, app: ASGIApp, state: AppState) -> None:
        self._app, self._settings = app, state.settings
        self._page = MetricsPage(state) if state.settings.metrics else None
        use_recorder(self._page.recorder if self._page else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._page is None or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        address = self._settings.metrics_address
        at_own_address = address is not None and (scope.get("server") or ("", 0))[1] == address[1]
        scope.setdefault("state", {})["metrics_page"] = self._page
        if (answer := self._answer(scope, at_own_address=at_own_address)) is not None:
            await answer(scope, receive, send)
        elif at_own_address or (scope["path"] == PATH and self._shows_key(Headers(scope=scope))):
            scope["route"] = _MetricsRoute()
            await (await self._page.response(Request(scope)))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _answer(self, scope: Scope, *, at_own_address: bool) -> Response | None:
        """What is refused here, None for the rest."""
        if at_own_address != (scope["path"] == PATH) and self._settings.metrics_address is not None:
            return _problem(404, "Not Found") if at_own_address or scope["path"] == PATH else None
        headers = Headers(scope=scope)
        if at_own_address and not self._shows_key(headers):
            if self._settings.metrics_key is not None:
                return _problem(401, "A key is needed", {"www-authenticate": "Bearer"})
            return None if is_loopback_host(headers.get("host", "")) else _problem(421, "Wrong host")
        return None

    def _shows_key(self, headers: Headers) -> bool:
        if self._settings.metrics_key is None:
            return False
        own = f"Bearer {self._settings.metrics_key.get_secret_value()}"
        return hmac.compare_digest(headers.get("authorization", "").encode(), own.encode())


class _MetricsRoute:
    path = PATH


class MetricsPage:
    """The metrics of this server as they are now."""

    def __init__(self, state: AppState) -> None:
        self.recorder = PrometheusRecorder()
        self._collectors = (ServerCollector(state),)

    async def response(self, request: Request) -> Response:
        """The page, in the format that the reader asks for."""
        accept = request.headers.get("accept", "")
        content, content_type = await run_in_threadpool(exposition, self.recorder, self._collectors, accept)
        return PlainTextResponse(content, headers={"content-type": content_type, "cache-control": "no-store"})


def serve_metrics(app: FastAPI, state: AppState) -> None:
    """The route for those whom the table of access lets in; none where metrics are off or have an address of their own."""
    if not state.settings.metrics or state.settings.metrics_address is not None:
        return

    @app.get(PATH, include_in_schema=False)
    async def metrics(request: Request) -> Response:
        page: MetricsPage = request.state.metrics_page
        return await page.response(request)


def _problem(status: int, title: str, headers: dict[str, str] | None = None) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": title}
    return JSONResponse(body, status, headers, "application/problem+json")
