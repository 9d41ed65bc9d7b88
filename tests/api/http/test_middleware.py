"""Size, time, key, host and headers, on a small app with nothing behind it."""

import asyncio
import time
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request

from api.settings import Settings
from tests.api.callers import Caller
from tests.api.http.guards import guard

JSON = {"content-type": "application/json"}


def client(**settings: object) -> Caller:
    app = FastAPI()

    @app.post("/v1/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.get("/v1/slow")
    async def slow() -> str:
        await asyncio.sleep(5)
        return "late"

    @app.get("/")
    def page() -> str:
        return "page"

    guard(app, Settings.model_validate(settings))
    return Caller(app)


async def pieces() -> AsyncIterator[bytes]:
    yield b"x" * 6
    yield b"x" * 6


def test_a_body_over_the_limit_is_refused_whether_or_not_its_length_is_told() -> None:
    small = client(body_bytes_max=10)
    assert small.post("/v1/size", content=b"12345", headers=JSON).json() == 5
    assert small.post("/v1/size", content=b"x" * 11, headers=JSON).status_code == 413
    refused = small.post("/v1/size", content=pieces(), headers=JSON)
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"


def test_what_takes_too_long_is_answered_with_503() -> None:
    began = time.monotonic()
    assert client(request_timeout_s=0.05).get("/v1/slow").status_code == 503
    assert time.monotonic() - began < 4


def test_every_answer_has_a_request_id_and_the_security_headers() -> None:
    answer = client().get("/", headers={"x-request-id": "abcd-1234"})
    assert answer.headers["x-request-id"] == "abcd-1234"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_request_id_that_could_break_a_log_line_is_replaced() -> None:
    assert client().get("/", headers={"x-request-id": "a b;c=d!"}).headers["x-request-id"].isalnum()


def test_with_a_key_the_api_asks_for_it_and_the_pages_do_not() -> None:
    keyed = client(api_key="k" * 20)
    assert keyed.get("/").status_code == 200
    assert keyed.post("/v1/size").status_code == 401
    assert keyed.post("/v1/size", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert keyed.post("/v1/size", headers={"authorization": f"Bearer {'k' * 20}"}).status_code == 200


def test_without_a_key_only_this_machine_is_answered_by_name() -> None:
    assert client().get("/", headers={"host": "evil.example"}).status_code == 421
    assert client().get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert client().get("/", headers={"host": "[::1]:8000"}).status_code == 200
