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
from api.settings import Settings
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


def may_read_metrics(settings: Settings, headers: Headers) -> bool:
    """Whether a request shows the key that the metrics ask for: their own or the operator's; anybody where there is neither."""
    if settings.metrics_key is None and (settings.api_key is None or settings.metrics_bind is not None):
        return is_loopback_host(headers.get("host", ""))
    authorization = headers.get("authorization", "")
    own = f"Bearer {settings.metrics_key.get_secret_value()}" if settings.metrics_key else None
    shows_own = own is not None and hmac.compare_digest(authorization.encode(), own.encode())
    return shows_own or settings.is_operator(authorization)


def serve_metrics(app: FastAPI, state: AppState) -> None:
    """Record metrics from now on, where the settings say so, and answer for them."""
    if not state.settings.metrics:
        use_recorder(None)
        return
    recorder, collector = PrometheusRecorder(), ServerCollector(state)
    use_recorder(recorder)

    @app.get(PATH, include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if not may_read_metrics(state.settings, request.headers):
            body = {"type": "urn:kith:problem:key-needed", "title": "A key is needed", "status": 401}
            return JSONResponse(body, 401, {"www-authenticate": "Bearer"}, "application/problem+json")
        accept = request.headers.get("accept", "")
        content, content_type = await run_in_threadpool(exposition, recorder, (collector,), accept)
        return PlainTextResponse(content, headers={"content-type": content_type, "cache-control": "no-store"})


class OwnDoor:
    """Around the app where metrics have an address of their own: nothing else answers there, and they nowhere else."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app, self._port = app, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        at_own_door = (scope.get("server") or (None, None))[1] == self._port
        if scope["type"] == "http" and at_own_door != (scope["path"] == PATH):
            body = {"type": "about:blank", "title": "Not Found", "status": 404}
            await JSONResponse(body, 404, media_type="application/problem+json")(scope, receive, send)
            return
        await self._app(scope, receive, send)
