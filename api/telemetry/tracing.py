"""Spans by OpenTelemetry's API alone: without an SDK in the process they come to nothing (docs/decisions/0093).

A span bears names of routes, queries and stages, counts and kinds of errors; no message of an error, no query, no id.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

AttributeValue = str | int | float | bool
INSTRUMENT = "kith"
_PARENT = TraceContextTextMapPropagator()


@contextmanager
def span(name: str, **attributes: AttributeValue) -> Iterator[Span]:
    """A span around the block, within the one at work. Attribute names are written with `_` for `.`."""
    with _started(name, _dotted(attributes), SpanKind.INTERNAL) as started:
        yield started


@contextmanager
def query_span(query: str, operation: str, engine: str) -> Iterator[None]:
    """A span around one call of a query, where the request or run at work is recorded: else nothing is made."""
    if not trace.get_current_span().is_recording():
        yield
        return
    attributes = {"db.system.name": engine, "db.operation.name": operation, "db.query.summary": query}
    with _started(f"{operation} {query}", attributes, SpanKind.CLIENT):
        yield


@contextmanager
def request_span(method: str, traceparent: Mapping[str, str]) -> Iterator[Span]:
    """The span of a request, within the caller's trace where its `traceparent` names one; named once the route is known."""
    parent = _PARENT.extract(traceparent)
    tracer = trace.get_tracer(INSTRUMENT)
    with tracer.start_as_current_span(
        method, parent, SpanKind.SERVER, {"http.request.method": method}, record_exception=False, set_status_on_exception=False
    ) as started:
        yield started


def name_request(started: Span, method: str, route: str, status: int | None) -> None:
    """Tell a request's span which route answered, and how."""
    if not started.is_recording():
        return
    started.update_name(f"{method} {route}")
    started.set_attribute("http.route", route)
    if status is not None:
        started.set_attribute("http.response.status_code", status)
    if status is None or status >= 500:
        started.set_status(Status(StatusCode.ERROR))


def trace_id() -> str | None:
    """The trace at work, 32 hexadecimal digits; None outside of one."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None


@contextmanager
def _started(name: str, attributes: Mapping[str, AttributeValue], kind: SpanKind) -> Iterator[Span]:
    tracer = trace.get_tracer(INSTRUMENT)
    with tracer.start_as_current_span(
        name, None, kind, dict(attributes), record_exception=False, set_status_on_exception=False
    ) as started:
        try:
            yield started
        except BaseException as error:
            started.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def _dotted(attributes: Mapping[str, AttributeValue]) -> dict[str, AttributeValue]:
    return {f"kith.{name}": value for name, value in attributes.items()}
