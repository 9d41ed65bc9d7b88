"""A write sent again under its key is done once, and answered as it was."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.context.callers import OPERATOR as OPERATOR_CALLER
from api.http.dependencies import AppState
from api.http.idempotency import LIFE_S, UNSAFE, WRITE_KEY_PARAMETER, WRITES_NOTHING, PrintedBody, WriteKeys, key_id
from api.settings import Settings
from api.wiring import rulebook
from ontology.errors import WriteAnswerLost, WriteKeyBusy
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller
from tests.api.jobs.jobs_app import OPERATOR, jobs_app
from tests.api.keys import bearer, make_key
from tests.graph.world import TODAY
from tests.stores import wipe

KEY = {"idempotency-key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
FIRM = {"dataset": "till", "source_class": "1", "kind": "firm", "names": [{"text": "Ebbsfleet Pumps Ltd"}]}
ENGINES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=ENGINES)
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AppState]:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    settings, store = Settings(store=address, today=TODAY, id_key_file=tmp_path / "id.key"), open_store(address)
    yield AppState(settings, store, rulebook(settings), "0")
    store.close()


@pytest.fixture
def app(state: AppState, tmp_path: Path) -> Iterator[FastAPI]:
    with jobs_app(state, tmp_path) as app:
        yield app


@pytest.fixture
def caller(app: FastAPI) -> Caller:
    return Caller(app)


def put(caller: Caller, number: int, **headers: str) -> httpx.Response:
    return caller.ask("PUT", f"/v1/records/till:{number}", json=FIRM, headers=OPERATOR | KEY | headers)


def test_the_first_answer_is_given_again_and_nothing_is_done_twice(caller: Caller) -> None:
    first, again = put(caller, 1), put(caller, 1)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert again.json()["changed"], "a second put of the same record would tell that nothing changed"
    assert "idempotency-replayed" not in first.headers
    assert (again.headers["idempotency-replayed"], again.headers["content-type"]) == ("true", first.headers["content-type"])
    without_key = caller.ask("PUT", "/v1/records/till:1", json=FIRM, headers=OPERATOR)
    assert without_key.json() != first.json()


def test_another_request_under_the_key_is_refused(caller: Caller) -> None:
    put(caller, 1)
    for refused in (
        put(caller, 2),
        caller.ask("PUT", "/v1/records/till:1", json=FIRM | {"kind": "agency"}, headers=OPERATOR | KEY),
        caller.ask("DELETE", "/v1/records/till:1", headers=OPERATOR | KEY),
        caller.ask("PUT", "/v1/records/till:1?x=1", json=FIRM, headers=OPERATOR | KEY),
    ):
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:kith:problem:write-key-reused")


def test_a_key_is_its_callers_own(caller: Caller, state: AppState) -> None:
    partner = bearer(make_key(state.store, "partner", partner="Bank", purpose="credit"))
    body = {"kind": "screening", "names": ["a"]}
    own = caller.post("/v1/jobs", json=body, headers=OPERATOR | KEY)
    other = caller.post("/v1/jobs", json=body, headers=partner | KEY)
    again = caller.post("/v1/jobs", json=body, headers=OPERATOR | {"idempotency-key": f'"{KEY["idempotency-key"]}"'})
    assert own.status_code == other.status_code == again.status_code == 202
    assert own.json()["id"] == again.json()["id"] != other.json()["id"]
    assert again.headers["location"] == own.headers["location"]


def test_the_same_form_is_known_again_whatever_its_boundary(caller: Caller) -> None:
    files = {"file": ("a.csv", b"name\nEbbsfleet\n")}
    first, again = (caller.post("/v1/jobs", data={"kind": "screening"}, files=files, headers=OPERATOR | KEY) for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    other = {"file": ("a.csv", b"name\nThornfield\n")}
    assert caller.post("/v1/jobs", data={"kind": "screening"}, files=other, headers=OPERATOR | KEY).status_code == 422


def test_a_call_that_was_refused_leaves_its_key_free(caller: Caller) -> None:
    caller.ask("PUT", "/v1/records/till:2", json=FIRM, headers=OPERATOR)  # The first write of a store binds its id key.
    refused = caller.ask("PUT", "/v1/records/till:1", json={"kind": "planet"}, headers=OPERATOR | KEY)
    assert 400 <= refused.status_code < 500
    assert put(caller, 1).status_code == 200


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", '"a', "x" * 256])
def test_what_is_no_key_is_refused(caller: Caller, key: str) -> None:
    refused = caller.ask("PUT", "/v1/records/till:1", json=FIRM, headers={**OPERATOR, b"idempotency-key": key.encode()})  # type: ignore[dict-item]
    assert (refused.status_code, refused.json()["header"]) == (400, "Idempotency-Key")


def test_a_key_that_is_at_work_is_busy_and_is_free_once_its_process_is_gone(state: AppState) -> None:
    clock = Clock()
    keys = WriteKeys(state.store, clock, lease_s=90)
    assert keys.take("k") is None
    with pytest.raises(WriteKeyBusy):
        keys.take("k")
    clock.now += timedelta(seconds=91)
    assert keys.take("k") is None


def test_a_call_that_was_carried_out_and_not_answered_is_never_done_again(state: AppState) -> None:
    clock = Clock()
    keys = WriteKeys(state.store, clock, lease_s=90)
    keys.take("k")
    state.store.write("write_keys/mark", rows=[{"id": "k", "ends_at": keys.ends_at()}])
    clock.now += timedelta(seconds=91)
    with pytest.raises(WriteAnswerLost):
        keys.take("k")
    clock.now += timedelta(seconds=LIFE_S)
    keys.forget_old()
    assert keys.take("k") is None


def test_the_mark_is_kept_with_the_write_or_not_at_all(app: FastAPI, caller: Caller, state: AppState) -> None:
    put(caller, 1)
    id_ = key_id({"state": {"caller": OPERATOR_CALLER}}, KEY["idempotency-key"])
    assert state.store.read("write_keys/marks", id=id_)


def test_two_at_once_under_one_key_are_done_once(app: FastAPI, caller: Caller) -> None:
    async def both() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            calls = [client.put("/v1/records/till:1", json=FIRM, headers=OPERATOR | KEY) for _ in range(4)]
            return list(await asyncio.gather(*calls))

    answers = run_alone(both())
    assert {answer.status_code for answer in answers} <= {200, 409}
    done = [answer for answer in answers if answer.status_code == 200 and "idempotency-replayed" not in answer.headers]
    assert len(done) == 1
    busy = [answer for answer in answers if answer.status_code == 409]
    assert all(answer.headers["retry-after"] for answer in busy)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("contract")
    address = f"sqlite:///{folder / 'kith.db'}"
    settings, store = Settings(store=address, today=TODAY, id_key_file=folder / "id.key"), open_store(address)
    yield create_app(AppState(settings, store, rulebook(settings), "0")).openapi()
    store.close()


def test_no_write_route_forgets_the_key(contract: dict[str, Any]) -> None:
    writes = {
        (verb.upper(), path): operation
        for path, verbs in contract["paths"].items()
        for verb, operation in verbs.items()
        if verb.upper() in UNSAFE and path.startswith("/v1/")
    }
    without = {path for (_, path), operation in writes.items() if WRITE_KEY_PARAMETER not in operation.get("parameters", [])}
    assert without == WRITES_NOTHING - {"/v1/session"}
    assert len(writes) > 10


def test_a_route_that_reads_takes_no_key(contract: dict[str, Any]) -> None:
    reads = [operation for verbs in contract["paths"].values() for verb, operation in verbs.items() if verb == "get"]
    assert all(WRITE_KEY_PARAMETER not in operation.get("parameters", []) for operation in reads)


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=6), st.booleans())
def test_a_body_has_one_print_however_it_is_cut(body: bytes, cuts: list[int], is_form: bool) -> None:
    boundary = b"xYx"
    content = body + boundary + body + boundary
    kind = f"multipart/form-data; boundary={boundary.decode()}" if is_form else "application/json"
    assert printed(content, sorted(cuts), kind) == printed(content, [], kind)


def run_alone(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What it comes to, in a thread of its own: a browser that other tests opened keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def printed(content: bytes, cuts: list[int], kind: str) -> str:
    edges = [0, *[min(cut, len(content)) for cut in cuts], len(content)]
    pieces = [content[start:end] for start, end in pairwise(edges)]
    messages = [{"type": "http.request", "body": piece, "more_body": at < len(pieces) - 1} for at, piece in enumerate(pieces)]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    scope = {"method": "POST", "path": "/v1/x", "headers": [(b"content-type", kind.encode())], "query_string": b""}
    return run_alone(PrintedBody(scope, receive).whole_print())  # type: ignore[arg-type]


def test_what_is_kept_of_an_answer_can_be_read_by_no_one_without_the_store(app: FastAPI, caller: Caller, state: AppState) -> None:
    put(caller, 1)
    side: Store = state.store.open_side_store()
    row = side.read("write_keys/by_id", id=key_id({"state": {"caller": OPERATOR_CALLER}}, KEY["idempotency-key"]))[0]
    side.close()
    assert KEY["idempotency-key"] not in json.dumps(row)
