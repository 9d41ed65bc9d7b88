"""A request that takes too long is undone, or waited for and told; never done behind the caller's back."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request

from api.http.deadlines import Deadline, WatchedStore
from api.settings import Settings
from ontology.errors import GivenUp
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller
from tests.api.conftest import ENGINES
from tests.api.http.guards import guard
from tests.stores import wipe

PATIENCE_S = 20


class Steps:
    """A write that goes on where the test says, over a real store."""

    def __init__(self, address: str) -> None:
        self.store: Store = WatchedStore(open_store(address))
        self.go_on, self.ended = threading.Event(), threading.Event()

    def put(self, key: str) -> None:
        self.store.write("meta/put", rows=[{"key": key, "value": "kept"}])

    def kept(self, key: str) -> bool:
        return bool(self.store.read("meta/get", key=key))

    def slow_write(self) -> str:
        try:
            with self.store.transaction():
                self.put("one")
                assert self.go_on.wait(PATIENCE_S)
            return "done"
        finally:
            self.ended.set()

    def write_then_slow(self) -> str:
        self.put("one")
        time.sleep(2.5)
        self.put("two")
        return "done"

    def slow_read(self) -> str:
        try:
            assert self.go_on.wait(PATIENCE_S)
            return str(self.kept("one"))
        finally:
            self.ended.set()


@pytest.fixture(params=ENGINES)
def steps(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Steps]:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    made = Steps(address)
    yield made
    made.store.close()


def caller_of(steps: Steps, timeout_s: float) -> Caller:
    app = FastAPI()
    for work in (steps.slow_write, steps.write_then_slow, steps.slow_read):
        app.post(f"/v1/{work.__name__}")(work)

    @app.post("/v1/body")
    async def body(request: Request) -> int:
        return len(await request.body())

    guard(app, Settings(request_timeout_s=timeout_s))
    return Caller(app)


def test_a_write_that_is_answered_with_503_is_undone(steps: Steps) -> None:
    answer = caller_of(steps, 0.2).post("/v1/slow_write")
    assert (answer.status_code, answer.json()["detail"]) == (503, "Stopped after 0.2 seconds; nothing of it was kept.")
    steps.go_on.set()
    assert steps.ended.wait(PATIENCE_S)
    assert not steps.kept("one")
    steps.put("other")
    assert steps.kept("other")


def test_a_write_that_has_begun_to_be_kept_is_waited_for_and_told(steps: Steps) -> None:
    answer = caller_of(steps, 2.0).post("/v1/write_then_slow")
    assert (answer.status_code, answer.json()) == (200, "done")
    assert steps.kept("one")
    assert steps.kept("two")


def test_what_reads_for_nobody_ends_at_its_next_question(steps: Steps) -> None:
    assert caller_of(steps, 0.2).post("/v1/slow_read").status_code == 503
    steps.go_on.set()
    assert steps.ended.wait(PATIENCE_S)


def test_a_request_is_either_given_up_or_kept_whoever_comes_first() -> None:
    late, early = Deadline(), Deadline()
    assert late.give_up()
    with pytest.raises(GivenUp):
        late.begin_commit()
    early.begin_commit()
    assert not early.give_up()
    early.check()


def test_a_body_that_never_comes_is_told_so(steps: Steps) -> None:
    caller = caller_of(steps, 0.3)

    async def drips() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(PATIENCE_S)

    answer: httpx.Response = caller.post("/v1/body", content=drips(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
