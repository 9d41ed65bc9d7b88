"""The table of metrics, and the one place where each is recorded.

`count` and `observe` do nothing until a recorder is in use (`api.telemetry.prometheus`): commands load no library for them. The
values of a label are few by nature: route templates, names of queries, states. Never a name, an id, a path or a key.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class MetricKind(StrEnum):
    """How values of a metric add up."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


REQUEST_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.08, 0.15, 0.3, 0.6, 1.5, 5.0, 15.0, 60.0)
QUERY_SECONDS = (0.0002, 0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0)


@dataclass(frozen=True)
class Metric:
    """One metric: its unit stands last in its name; buckets are upper bounds in seconds."""

    kind: MetricKind
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


METRICS = {
    "kith_requests_total": Metric(
        MetricKind.COUNTER,
        "Requests answered, by route template; status is `aborted` where none was sent.",
        ("method", "route", "status"),
    ),
    "kith_request_seconds": Metric(
        MetricKind.HISTOGRAM, "Seconds from a request's head to the end of its answer.", ("method", "route"), REQUEST_SECONDS
    ),
    "kith_requests_in_flight": Metric(MetricKind.GAUGE, "Requests at work now."),
    "kith_network_loads_total": Metric(
        MetricKind.COUNTER, "Networks handed to requests: from memory, opened as a run kept them, or derived anew.", ("source",)
    ),
    "kith_store_query_seconds": Metric(
        MetricKind.HISTOGRAM, "Seconds of one call of a named query.", ("query", "operation"), QUERY_SECONDS
    ),
    "kith_jobs_total": Metric(MetricKind.COUNTER, "Jobs that came into a state.", ("kind", "state")),
    "kith_webhook_deliveries_total": Metric(MetricKind.COUNTER, "Deliveries of webhooks by how they ended.", ("outcome",)),
}


class Recorder(Protocol):
    """Keeps the values."""

    def add(self, name: str, amount: float, labels: dict[str, str]) -> None:
        """Add to a counter or gauge."""
        ...

    def observe(self, name: str, value: float, labels: dict[str, str]) -> None:
        """Take down one value of a histogram."""
        ...


class _InUse:
    recorder: Recorder | None = None


def use_recorder(recorder: Recorder | None) -> None:
    """From now on metrics of this process are kept there; None: nowhere."""
    _InUse.recorder = recorder


def is_recording() -> bool:
    """Whether metrics are kept."""
    return _InUse.recorder is not None


def count(name: str, amount: float = 1.0, **labels: str) -> None:
    """Add to a counter, or to a gauge (also below 0)."""
    if _InUse.recorder is not None:
        _InUse.recorder.add(name, amount, labels)


def observe(name: str, value: float, **labels: str) -> None:
    """Take down one value of a histogram, in the unit its name ends with."""
    if _InUse.recorder is not None:
        _InUse.recorder.observe(name, value, labels)
