"""Several processes at one address: what one writes the others read, one that ends is replaced, and all end together."""

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.http.origins import TOKEN_HEADER
from tests.api.regions import Region
from tests.api.serving.servers import Served, answers, copy_of, served, until

OPERATOR = "operator-key-of-the-house"
KEY = {"authorization": f"Bearer {OPERATOR}"}


@pytest.fixture(scope="module")
def two(made: Region, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers over a copy of the region, with metrics and a key."""
    folder = tmp_path_factory.mktemp("two")
    settings = {"KITH_API_KEY": OPERATOR, "KITH_METRICS": "true", "KITH_LOG": "info", "KITH_LOG_FORMAT": "json"}
    with served(copy_of(made, folder), made.settings.id_key_file, folder, "--workers", "2", **settings) as server:
        until(lambda: len(server.workers) == 2)
        yield server


def ask_often(server: Served, times: int) -> list[int]:
    with ThreadPoolExecutor(8) as callers:
        return list(callers.map(lambda _: server.get("/v1/about", headers=KEY).status_code, range(times)))


def test_all_workers_answer_and_whichever_is_asked_counts_for_all(two: Served) -> None:
    assert set(ask_often(two, 60)) == {200}
    lines = two.get("/metrics", headers=KEY).text.splitlines()
    (counted,) = [line for line in lines if line.startswith("kith_requests_total") and "/v1/about" in line and '"200"' in line]
    assert float(counted.split()[-1]) == 60
    (processes,) = [line for line in lines if line.startswith("kith_processes ")]
    assert processes == "kith_processes 3.0"


def test_what_one_worker_writes_every_worker_reads(two: Served) -> None:
    record = {
        "dataset": "crm",
        "source_class": "1",
        "kind": "firm",
        "names": [{"text": "Quaystone Harbour Works"}],
    }
    put = httpx.put(f"{two.url}/v1/records/crm:made-0001", json=record, headers=KEY, timeout=60)
    assert put.status_code < 300, put.text
    with ThreadPoolExecutor(8) as callers:
        answered = callers.map(lambda _: two.get("/v1/search", params={"q": "Quaystone Harbour Works"}, headers=KEY), range(24))
        assert {answer.json()["total"] for answer in answered} == {1}


def test_a_session_and_its_page_token_hold_in_every_worker_until_it_is_ended(two: Served) -> None:
    origin = {"origin": two.url}
    token = two.get("/v1/session").json()["token"]
    begun = httpx.post(f"{two.url}/v1/session", json={"key": OPERATOR}, headers={**origin, TOKEN_HEADER: token}, timeout=60)
    assert begun.status_code == 200, begun.text
    cookie = {"cookie": begun.headers["set-cookie"].partition(";")[0]}
    with ThreadPoolExecutor(8) as callers:
        statuses = set(callers.map(lambda _: two.get("/v1/about", headers=cookie).status_code, range(24)))
        tokens = set(callers.map(lambda _: two.get("/v1/session", headers=cookie).json()["token"], range(24)))
    assert (statuses, tokens) == ({200}, {begun.json()["token"]})
    ended = httpx.delete(f"{two.url}/v1/session", headers={**cookie, **origin, TOKEN_HEADER: begun.json()["token"]}, timeout=60)
    assert ended.status_code == 200
    with ThreadPoolExecutor(8) as callers:
        assert set(callers.map(lambda _: two.get("/v1/about", headers=cookie).status_code, range(24))) == {401}


def test_a_worker_that_is_killed_is_replaced_and_nobody_waits_for_it(two: Served) -> None:
    before = two.workers
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(two.workers) == 2 and two.workers != before)
    until(lambda: set(ask_often(two, 16)) == {200})
    assert two.process.poll() is None


def test_sighup_renews_the_workers_while_requests_are_answered(two: Served) -> None:
    before = two.workers
    two.process.send_signal(signal.SIGHUP)
    statuses: set[int] = set()

    def renewed() -> bool:
        statuses.update(ask_often(two, 8))
        return len(two.workers) == 2 and not two.workers & before

    until(renewed, within_s=120)
    assert statuses == {200}


def test_lines_of_the_log_are_objects_with_the_request_and_nothing_of_the_data(two: Served) -> None:
    two.get("/v1/search", params={"q": "Quaystone Harbour Works"}, headers={**KEY, "x-request-id": "looked-for-0001"})

    def lines_of_the_request() -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in two.log.read_text().splitlines()]
        return [line for line in lines if line["request"] == "looked-for-0001" and "route" in line]

    until(lines_of_the_request)
    (line,) = lines_of_the_request()
    assert (line["level"], line["route"], line["status"], line["method"]) == ("info", "/v1/search", 200, "GET")
    assert line["ms"] > 0
    assert "Quaystone" not in two.log.read_text()
    assert OPERATOR not in two.log.read_text()


def test_sigterm_ends_all_workers(made: Region, tmp_path: Path) -> None:
    with served(copy_of(made, tmp_path), made.settings.id_key_file, tmp_path, "--workers", "2") as server:
        until(lambda: len(server.workers) == 2)
        workers = server.workers
        assert server.stop() == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
        assert not answers(server.url)


def test_workers_end_with_a_supervisor_that_is_killed(made: Region, tmp_path: Path) -> None:
    with served(copy_of(made, tmp_path), made.settings.id_key_file, tmp_path, "--workers", "2") as server:
        until(lambda: len(server.workers) == 2)
        workers = server.workers
        server.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_a_draining_server_is_not_ready_but_answers(made: Region, tmp_path: Path) -> None:
    address = copy_of(made, tmp_path)
    with served(address, made.settings.id_key_file, tmp_path, KITH_DRAIN_S="3") as server:
        assert server.get("/readyz").status_code == 200
        server.process.send_signal(signal.SIGTERM)
        until(lambda: server.get("/readyz").status_code == 503, within_s=2)
        assert server.get("/readyz").json()["type"] == "urn:kith:problem:server-stopping"
        assert server.get("/readyz").headers["retry-after"]
        assert server.get("/v1/about").status_code == 200
        began = time.monotonic()
        assert server.process.wait(30) == 0
        assert time.monotonic() - began < 15
