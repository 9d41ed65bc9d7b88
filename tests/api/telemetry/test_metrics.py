"""What `GET /metrics` tells, to whom, and that nothing of the data is in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.app import create_app
from api.telemetry import prometheus
from api.telemetry.metrics import METRICS, MetricKind, count, is_recording, use_recorder
from api.telemetry.prometheus import OTHER, PrometheusRecorder
from store import queries
from tests.api.callers import Caller
from tests.api.regions import Region

OPERATOR, READER = "operator-key-of-the-house", "key-of-who-reads-metrics"


@pytest.fixture(autouse=True)
def nothing_recorded_afterwards() -> Iterator[None]:
    yield
    use_recorder(None)


def app_of(region: Region, **settings: object) -> FastAPI:
    return create_app(replace(region.state, settings=region.settings.model_copy(update={"metrics": True, **settings})))


def values_of(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Each sample's value by its name and labels."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}


def test_requests_are_counted_by_route_template_method_and_status(made: Region) -> None:
    caller = Caller(app_of(made))
    party = caller.get("/v1/risky").json()["results"][0]["id"]
    for path in (f"/v1/entities/{party}", f"/v1/entities/{party}", "/v1/entities/nobody"):
        caller.get(path)
    values = values_of(caller.get("/metrics").text)
    route = ("route", "/v1/entities/{entity_id}")
    assert values["kith_requests_total", (("method", "GET"), route, ("status", "200"))] == 2
    assert values["kith_requests_total", (("method", "GET"), route, ("status", "404"))] == 1
    assert values["kith_request_seconds_count", (("method", "GET"), route)] == 3
    assert values["kith_requests_in_flight", ()] == 1  # The one that asks.


def test_the_store_its_queries_and_the_networks_are_told(made: Region) -> None:
    caller = Caller(app_of(made))
    caller.get("/v1/risky")
    values = values_of(caller.get("/metrics").text)
    assert values["kith_store_up", ()] == 1
    assert values["kith_store_parties", ()] > 100
    assert values["kith_store_sources", ()] == len(made.sample.sources)
    assert values["kith_store_last_run_timestamp_seconds", ()] > 0
    assert values["kith_resident_memory_bytes", ()] > 10_000_000
    assert sum(value for (name, _), value in values.items() if name == "kith_network_loads_total") >= 1
    asked = {dict(labels)["query"] for name, labels in values if name == "kith_store_query_seconds_count"}
    assert asked <= set(queries.names())
    assert "meta/get" in asked


def test_nothing_of_the_data_is_a_label_and_labels_do_not_grow_with_what_is_asked(made: Region) -> None:
    caller = Caller(app_of(made))
    party = caller.get("/v1/risky").json()["results"][0]

    def ask(turn: int) -> str:
        for number in range(15):
            caller.get(f"/v1/entities/{party['id']}-{turn}-{number}")
            caller.get("/v1/search", params={"q": f"{party['name']} {turn} {number}"})
            caller.get(f"/page-{turn}-{number}")
            caller.ask(f"VERB{number}", "/v1/about", headers={"x-request-id": f"request-{turn}-{number}"})
        return caller.get("/metrics").text

    ask(0)
    first, second = ask(1), ask(2)
    counters = {"kith_requests_total", "kith_request_seconds_count"}
    assert {key for key in values_of(first) if key[0] in counters} == {key for key in values_of(second) if key[0] in counters}
    for private in (party["id"], party["name"], "page-1-", "request-1-", "VERB3"):
        assert private not in second


def test_past_the_bound_labels_are_counted_as_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prometheus, "SERIES_MAX", 3)
    recorder = PrometheusRecorder()
    use_recorder(recorder)
    for number in range(10):
        count("kith_jobs_total", kind=f"kind {number}", state="done")
    values = values_of(prometheus.exposition(recorder, (), "")[0].decode())
    assert values["kith_jobs_total", (("kind", OTHER), ("state", OTHER))] == 7


@pytest.mark.parametrize(
    ("authorization", "status"), [(None, 401), (f"Bearer {READER}", 200), (f"Bearer {OPERATOR}", 200), ("Bearer x", 401)]
)
def test_with_a_key_metrics_are_for_who_shows_one(made: Region, authorization: str | None, status: int) -> None:
    caller = Caller(app_of(made, api_key=SecretStr(OPERATOR), metrics_key=SecretStr(READER)))
    headers = {"authorization": authorization} if authorization else {}
    assert caller.get("/metrics", headers=headers).status_code == status


def test_the_key_of_the_metrics_opens_nothing_else(made: Region) -> None:
    caller = Caller(app_of(made, api_key=SecretStr(OPERATOR), metrics_key=SecretStr(READER)))
    assert caller.get("/v1/about", headers={"authorization": f"Bearer {READER}"}).status_code == 401


def test_metrics_are_off_unless_they_are_wanted(made: Region) -> None:
    caller = Caller(create_app(made.state))
    assert caller.get("/metrics").status_code == 404
    assert not is_recording()


def test_at_an_address_of_their_own_nothing_else_answers(made: Region) -> None:
    app = app_of(made, api_key=SecretStr(OPERATOR), metrics_bind="127.0.0.1:9464")
    own, main = Caller(app, "http://localhost:9464"), Caller(app, "http://localhost:8000")
    assert own.get("/metrics").status_code == 200
    assert own.get("/v1/about", headers={"authorization": f"Bearer {OPERATOR}"}).status_code == 404
    assert main.get("/metrics").status_code == 404
    assert main.get("/healthz").status_code == 200


def test_openmetrics_are_written_where_they_are_asked_for(made: Region) -> None:
    answer = Caller(app_of(made)).get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_named_as_prometheus_asks(name: str) -> None:
    metric = METRICS[name]
    assert re.fullmatch(r"kith_[a-z_]+", name)
    assert name.endswith("_total") == (metric.kind is MetricKind.COUNTER)
    assert bool(metric.buckets) == (metric.kind is MetricKind.HISTOGRAM)
    assert metric.help.endswith(".")
