"""Spans of requests, queries and stages, as OpenTelemetry's own SDK keeps them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from api.app import create_app
from api.runs.journey import load_files, propagate_signals, resolve_records
from api.settings import Settings
from api.telemetry.tracing import span
from store.open import open_store
from tests.api.callers import Caller
from tests.api.regions import Region

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """The SDK in this process for one test, which exports into memory."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    yield exporter
    provider.shutdown()


def named(exporter: InMemorySpanExporter, name: str) -> ReadableSpan:
    (match,) = [finished for finished in exporter.get_finished_spans() if finished.name == name]
    return match


def test_a_request_is_a_span_of_the_callers_trace_with_its_queries_within(made: Region, spans: InMemorySpanExporter) -> None:
    caller = Caller(create_app(made.state))
    party = caller.get("/v1/risky").json()["results"][0]["id"]
    spans.clear()
    caller.get(f"/v1/entities/{party}?lang=en", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    request = named(spans, "GET /v1/entities/{entity_id}")
    assert request.parent is not None
    assert (f"{request.context.trace_id:032x}", f"{request.parent.span_id:016x}") == (TRACE, PARENT)
    assert dict(request.attributes or {}) == {
        "http.request.method": "GET",
        "http.route": "/v1/entities/{entity_id}",
        "http.response.status_code": 200,
    }
    queries = [finished for finished in spans.get_finished_spans() if finished.name.startswith("read ")]
    assert queries
    assert {query.context.trace_id for query in queries} == {request.context.trace_id}
    whole = "".join(finished.to_json() for finished in spans.get_finished_spans())
    assert party not in whole
    assert {finished.instrumentation_scope.name for finished in spans.get_finished_spans() if finished.instrumentation_scope} == {
        "kith"
    }


def test_a_span_tells_of_an_error_its_kind_alone(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="somebody"), span("stage"):
        raise ValueError("somebody's name")
    failed = named(spans, "stage")
    assert (failed.status.status_code, failed.status.description, failed.events) == (StatusCode.ERROR, "ValueError", ())


def test_the_stages_of_a_run_are_spans(made: Region, spans: InMemorySpanExporter, tmp_path: Path) -> None:
    settings = Settings(id_key_file=tmp_path / "id.key", today=made.settings.today)
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    try:
        load_files(store, [made.sample.sources[0]], settings=settings)
        resolve_records(store, settings=settings)
        propagate_signals(store, settings=settings)
    finally:
        store.close()
    for stage in ("ingest", "resolve", "propagate"):
        assert named(spans, stage)
    assert (named(spans, "ingest").attributes or {})["kith.files"] == 1


def test_without_an_sdk_nothing_is_made(made: Region) -> None:
    assert Caller(create_app(made.state)).get("/v1/about", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"}).status_code == 200
    with span("stage") as nothing:
        assert not nothing.is_recording()
