"""A store that goes away and comes back, callers that leave: the server says so, and goes on without a new start."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from store import local_neo4j
from store.open import open_store
from tests.api.regions import Region
from tests.api.serving.servers import Served, copy_of, served, until

FAR_ABOVE = 60


def says_unavailable(server: Served, path: str) -> bool:
    """Whether the answer is 503, as a problem that says when to try again and nothing of the inside."""
    answer = server.get(path)
    if answer.status_code != 503:
        return False
    assert answer.headers["retry-after"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].startswith("urn:kith:problem:store-")
    for word in ("sqlite3", "Traceback", "ServiceUnavailable", "/home", "/tmp"):
        assert word not in answer.text, answer.text
    return True


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_file_that_is_moved_away_and_back_is_told_and_used_again(made: Region, tmp_path: Path, workers: str) -> None:
    address = copy_of(made, tmp_path)
    with served(address, made.settings.id_key_file, tmp_path, "--workers", workers) as server:
        until(lambda: server.get("/readyz").status_code == 200)
        file, away = tmp_path / "kith.db", tmp_path / "away.db"
        file.rename(away)
        until(lambda: all(says_unavailable(server, "/readyz") for _ in range(6)), within_s=30)
        assert all(says_unavailable(server, "/v1/about") for _ in range(6))
        assert server.get("/healthz").status_code == 200
        assert not file.exists(), "no empty store is made in its place"
        away.rename(file)
        until(lambda: all(server.get("/readyz").status_code == 200 for _ in range(6)), within_s=30)
        assert server.get("/v1/about").json()["records"] > FAR_ABOVE


def test_another_file_in_its_place_is_read_from_then_on(made: Region, tmp_path: Path) -> None:
    address = copy_of(made, tmp_path)
    with served(address, made.settings.id_key_file, tmp_path) as server:
        before = server.get("/v1/about").json()["records"]
        (tmp_path / "kith.db").rename(tmp_path / "former.db")
        for suffix in ("-wal", "-shm"):
            (tmp_path / f"kith.db{suffix}").unlink(missing_ok=True)
        open_store(address).close()
        until(lambda: server.get("/v1/about").json().get("records") == 0, within_s=30)
        assert before > FAR_ABOVE


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_neo4j_that_is_stopped_and_started_is_told_and_used_again(neo4j_address: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    database = local_neo4j.start(home, heap_mb=512)
    try:
        open_store(database.address).close()
        with served(database.address, tmp_path / "id.key", tmp_path, "--workers", "2") as server:
            until(lambda: all(server.get("/readyz").status_code == 200 for _ in range(6)))
            local_neo4j.stop(home)
            until(lambda: says_unavailable(server, "/readyz"), within_s=60)
            assert says_unavailable(server, "/v1/about")
            local_neo4j.start(home, heap_mb=512)
            until(lambda: all(server.get("/readyz").status_code == 200 for _ in range(6)), within_s=60)
            assert server.get("/v1/about").json()["records"] == 0
    finally:
        local_neo4j.stop(home)


def test_callers_who_leave_before_their_answer_leave_nothing_behind(made: Region, tmp_path: Path) -> None:
    address = copy_of(made, tmp_path)
    with served(address, made.settings.id_key_file, tmp_path, KITH_METRICS="true") as server:
        host, port = urlsplit(server.url).hostname, urlsplit(server.url).port

        def leave(number: int) -> None:
            with socket.create_connection((host, port)) as connection:
                connection.sendall(f"GET /v1/search?q={number} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
                time.sleep(0.01 * (number % 4))

        with ThreadPoolExecutor(20) as callers:
            list(callers.map(leave, range(200)))
        until(lambda: "kith_requests_in_flight 1.0" in server.get("/metrics").text)  # The one that asks.
        assert server.get("/v1/about").status_code == 200
        assert server.stop() == 0
