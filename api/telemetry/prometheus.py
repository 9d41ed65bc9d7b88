"""Metrics kept by the Prometheus client in a registry of kith's own, and written in its text format.

Several workers share a folder of mapped files (`PROMETHEUS_MULTIPROC_DIR`, set by their supervisor before they start): whichever
of them is asked adds up all.
"""

import os
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from api.telemetry.metrics import METRICS, Metric, MetricKind

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SERIES_MAX = 4_000  # Of one metric: more than there are routes, methods and statuses, or queries.
OTHER = "other"


class PrometheusRecorder:
    """Keeps the metrics of the table; past SERIES_MAX sets of labels of one metric all further ones count as `other`."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._metrics = {name: _made(name, metric, self.registry) for name, metric in METRICS.items()}
        self._series: dict[str, dict[tuple[str, ...], Counter | Gauge | Histogram]] = {name: {} for name in METRICS}

    def add(self, name: str, amount: float, labels: dict[str, str]) -> None:
        """See `Recorder.add`."""
        series = self._child(name, labels)
        assert not isinstance(series, Histogram)  # noqa: S101 - the table says so
        series.inc(amount)

    def observe(self, name: str, value: float, labels: dict[str, str]) -> None:
        """See `Recorder.observe`."""
        series = self._child(name, labels)
        assert isinstance(series, Histogram)  # noqa: S101 - the table says so
        series.observe(value)

    def _child(self, name: str, labels: dict[str, str]) -> Counter | Gauge | Histogram:
        known, key = self._series[name], tuple(labels[label] for label in METRICS[name].labels)
        if key not in known:
            key = key if len(known) < SERIES_MAX else (OTHER,) * len(key)
            known[key] = self._metrics[name].labels(*key) if key else self._metrics[name]
        return known[key]


def _made(name: str, metric: Metric, registry: CollectorRegistry) -> Counter | Gauge | Histogram:
    if metric.kind is MetricKind.COUNTER:
        return Counter(name, metric.help, metric.labels, registry=registry)
    if metric.kind is MetricKind.GAUGE:
        return Gauge(name, metric.help, metric.labels, registry=registry, multiprocess_mode="livesum")
    return Histogram(name, metric.help, metric.labels, registry=registry, buckets=metric.buckets)


class _Together(Collector):
    def __init__(self, collectors: Iterable[Collector]) -> None:
        self._collectors = tuple(collectors)

    def collect(self) -> Iterator[Family]:
        """The families of all collectors, one after the other."""
        for collector in self._collectors:
            yield from collector.collect()


def exposition(recorder: PrometheusRecorder, collectors: Iterable[Collector], accept: str) -> tuple[bytes, str]:
    """All metrics as text, and its content type: OpenMetrics where `accept` asks for it. collectors: what is looked up now."""
    several = bool(os.environ.get(FOLDER_VARIABLE))
    own = MultiProcessCollector(None) if several else recorder.registry  # type: ignore[no-untyped-call]
    encode, content_type = choose_encoder(accept)
    return encode(_Together((own, *collectors))), content_type
