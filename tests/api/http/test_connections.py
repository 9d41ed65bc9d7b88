"""Connections that say too little, never send what they promised or never read end; others are answered meanwhile."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request

from api.cli.servers import address_of, listening
from api.http import server as serving
from api.http.deadlines import DEADLINE
from api.http.server import server_of
from api.settings import Settings
from ontology.errors import WrongCall
from tests.api.http.guards import guard

PATIENCE_S = 30
POST = b"POST /length HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
MEGABYTES = b"x" * 20_000_000


class Served(NamedTuple):
    """Where it answers, and the server itself."""

    address: tuple[str, int]
    server: uvicorn.Server


@contextmanager
def served(request_s: float = 1.0, host: str = "127.0.0.1") -> Iterator[Served]:
    """A small app behind the real server, in a thread."""
    app = FastAPI()

    @app.get("/large")
    async def large() -> str:
        return MEGABYTES.decode()

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    @app.get("/kept")
    def kept() -> str:
        deadline = DEADLINE.get()
        assert deadline is not None
        deadline.begin_commit()
        time.sleep(4)
        return "kept"

    guard(app, Settings(request_timeout_s=request_s))
    server = server_of(app, request_s=request_s)
    with listening(host, 0) as bound:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])))
        thread.start()
        try:
            yield Served((host, bound.getsockname()[1]), server)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of a connection, in tenths of their seconds."""
    for name, limit_s in {"HEAD_S": 1.0, "CLOSING_S": 0.3, "GRACE_S": 0.5, "TICK_S": 0.1}.items():
        monkeypatch.setattr(serving, name, limit_s)


def ended_after_s(connection: socket.socket, drip: bytes = b"") -> float:
    """Seconds until the server ends the connection, which goes on saying `drip` now and then."""
    began = time.monotonic()
    connection.settimeout(0.2)
    while time.monotonic() < began + PATIENCE_S:
        try:
            if drip:
                connection.sendall(drip)
            if not connection.recv(65_536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("said", "drip"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"GET / HTTP/1.1\r\nhost: localhost\r\n", b"x-a: b\r\n"),
        (POST + b"content-length: 9999\r\n\r\n", b""),
        (POST + b"content-length: 9999\r\n\r\n", b"1"),
        (POST.replace(b"localhost", b"evil.example") + b"content-length: 9999\r\n\r\n", b"1"),
        (POST + b"transfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["nothing", "half a line", "headers drip", "no body", "body drips", "refused body drips", "chunks drip"],
)
def test_a_connection_that_says_too_little_ends(soon: None, said: bytes, drip: bytes) -> None:
    with served() as (address, _), socket.create_connection(address) as connection:
        connection.sendall(said)
        assert ended_after_s(connection, drip) < PATIENCE_S / 2
        assert httpx.post(f"http://127.0.0.1:{address[1]}/length", json={}).json() == 2


def test_an_answer_that_nobody_reads_is_not_kept_for_ever(soon: None) -> None:
    with served() as (address, server), socket.create_connection(address) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(b"GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n")
        ends = time.monotonic() + PATIENCE_S
        while server.server_state.total_requests == 0 or server.server_state.connections:
            assert time.monotonic() < ends
            time.sleep(0.1)


def test_a_write_that_is_waited_for_beyond_its_time_is_told(soon: None) -> None:
    with served(request_s=0.5) as (address, _):
        answer = httpx.get(f"http://127.0.0.1:{address[1]}/kept", timeout=PATIENCE_S)
    assert answer.json() == "kept"


def test_half_open_connections_keep_nobody_else_waiting() -> None:
    with served() as (address, _):
        opened = [socket.create_connection(address) for _ in range(100)]
        for one in opened:
            one.sendall(b"GET / HTTP/1.1\r\nhost: ")
        assert httpx.post(f"http://127.0.0.1:{address[1]}/length", json=[]).json() == 2
        for one in opened:
            one.close()


def test_a_head_beyond_all_measure_is_refused(soon: None) -> None:
    with served() as (address, _), socket.create_connection(address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n")
        for _ in range(200):
            try:
                connection.sendall(b"x-a: " + b"b" * 4000 + b"\r\n")
            except OSError:
                break
        assert ended_after_s(connection) < PATIENCE_S / 2


def test_the_sixth_version_of_the_protocol_is_served_and_printed_with_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with served(host="::1") as ((host, port), _):
        assert httpx.post(f"{address_of(host, port)}length", json=[]).json() == 2
    assert address_of("[::1]", 80) == "http://[::1]:80/"


@pytest.mark.parametrize("host", ["no such host", "a" * 300, "x\0y", "127.0.0.1:80"])
def test_an_address_that_is_none_is_a_wrong_call(host: str) -> None:
    with pytest.raises(WrongCall), listening(host, 0):
        pass
