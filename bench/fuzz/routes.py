"""Every route of a real server, asked wrongly: odd paths, parameters, headers and bodies, for minutes.

A finding is an answer of 5xx that does not say why (503, 504, 507 do), a connection that breaks, a traceback in the log,
an answer after more than 30 s, or more than 1 GB of memory.
"""

import json
import random
import socket
import string
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from bench.serving import START_S, Region, RunningServer, region, serve

ANSWER_S_MAX = 30.0
MEMORY_MB_MAX = 1000.0
ADDRESSES_MAX = 3_000_000_000  # A server at rest has mapped some 1.5 GB, of which it uses a fifth.
EXPLAINED_STATUSES = (503, 504, 507)
LOOK_EVERY = 50
FINDINGS_MAX = 40
TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "..",
    "../../etc/passwd",
    "\u202e",
    "%",
    "%s%n{0}${x}",
    "a" * 301,
    "长" * 3000,
    "' OR 1=1 --",
    "\\",
    "#1",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "-1",
    "1e400",
    "9" * 400,
    "NaN",
    "null",
    "0001-01-01",
    "9999-12-31",
    "1900-01-01",
    "2024-02-30",
    "true",
    "[]",
    "{}",
    "same",
    "firm",
    "zh",
    "crm:1",
    "K-",
]
RAW_PATHS = ["%00", "%ff", "%ed%a0%80", "..%2f..", "%2e%2e/%2e%2e", "a" * 9000, "%25%30%30", "%0d%0aa: b", ";", "//", "%F0%9F"]
HEADERS = ["accept-language", "if-none-match", "x-request-id", "range", "cookie", "content-encoding", "expect", "authorization"]
ODD_REQUESTS = [
    b"GET /\xff HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/9.9\r\nhost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /v1/records HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
    b"POST /v1/records HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
    b"POST /v1/records HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 100_000 + b"\r\n\r\n",
]


@dataclass
class Report:
    """What came back. findings: what must not, with the request that brought it."""

    seed: int
    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest_s: float = 0.0
    memory_mb_max: float = 0.0
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Route:
    verb: str
    path: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any]


def run(minutes: float, seed: int) -> Report:
    """Ask for so many minutes; the same seed asks the same as long as the routes are the same."""
    with region(firms=120) as sample_region:
        return fuzz(sample_region, minutes * 60, seed)


def fuzz(region: Region, seconds: float, seed: int) -> Report:
    """The same over a region that is there; it is written to."""
    report = Report(seed)
    with serve(region, address_space_bytes=ADDRESSES_MAX) as server:
        _ask(server, report, seconds)
        _look(server, report)
        if "Traceback" in (log := server.log.read_text("utf-8", "replace")):
            report.findings.append(f"a traceback in the log: {log[log.index('Traceback') :][:400]}")
    return report


def _ask(server: RunningServer, report: Report, seconds: float) -> None:
    rng = random.Random(report.seed)
    with httpx.Client(base_url=server.url, timeout=ANSWER_S_MAX + 5) as client:
        contract = client.get("/openapi.json", timeout=START_S).json()
        routes = [*_routes(contract), _Route("GET", "/{page}", [], {}), _Route("POST", "/v1/session", [], {"key": "x"})]
        ids = [line["id"] for line in client.get("/v1/risky", params={"limit": 20}, timeout=START_S).json()["results"]]
        deadline = time.monotonic() + seconds
        while report.requests == 0 or (time.monotonic() < deadline and len(report.findings) < FINDINGS_MAX):
            if server.process.poll() is not None:
                return
            for route in rng.sample(routes, len(routes)):
                _try(client, report, _request(rng, route, ids))
                if report.requests % LOOK_EVERY == 0:
                    _look(server, report)
            _try_raw(server, report, rng.choice(ODD_REQUESTS))


def _routes(contract: dict[str, Any]) -> Iterator[_Route]:
    for path, verbs in contract["paths"].items():
        for verb, operation in verbs.items():
            yield _Route(
                verb.upper(), path, operation.get("parameters", []), _example(contract, operation.get("requestBody", {}))
            )


def _example(contract: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    resolved_schema = contract["components"]["schemas"].get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    return dict.fromkeys(resolved_schema.get("properties", {}), "x") or RECORD


RECORD = {"id": "crm:1", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Fuzzed Works"}]}


def _request(rng: random.Random, route: _Route, ids: list[str]) -> dict[str, Any]:
    path = route.path
    while "{" in path:
        before_brace, _, after_brace = path.partition("{")
        path = before_brace + _segment(rng, ids) + after_brace.partition("}")[2]
    names = [parameter["name"] for parameter in route.parameters if parameter["in"] == "query"]
    query = [(name, _text(rng, ids)) for name in names for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    request: dict[str, Any] = {"method": route.verb, "url": path, "params": query, "headers": _headers(rng)}
    if rng.random() < 0.1:
        request["method"] = rng.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "FOO"))
    if request["method"] in ("POST", "PUT", "PATCH", "DELETE"):
        request |= _body(rng, route.body, request["headers"])
    return request


def _segment(rng: random.Random, ids: list[str]) -> str:
    segment = rng.choice((quote(_text(rng, ids), safe=""), rng.choice(RAW_PATHS), rng.choice(ids)))
    return segment or "x"


def _text(rng: random.Random, ids: list[str]) -> str:
    if rng.random() < 0.3:
        return rng.choice(ids)
    if rng.random() < 0.2:
        return "".join(chr(rng.randrange(1, 0x2FFF)) for _ in range(rng.randrange(1, 40)))
    return rng.choice(TEXTS)


def _headers(rng: random.Random) -> dict[str, str]:
    printable = string.printable[:94]
    headers = {
        name: "".join(rng.choice(printable) for _ in range(rng.randrange(1, 60))) for name in HEADERS if rng.random() < 0.1
    }
    headers.pop("expect", None)
    return headers


def _body(rng: random.Random, example: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    if rng.random() < 0.15:
        return {"files": {"file": (rng.choice(TEXTS)[:200] or "f", _bytes(rng, example))}}
    headers["content-type"] = rng.choice(
        ("application/json", "application/json", "application/x-ndjson", "text/plain", "multipart/form-data")
    )
    return {"content": _bytes(rng, example)}


def _bytes(rng: random.Random, example: dict[str, Any]) -> bytes:
    choice = rng.randrange(8)
    if choice == 0:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(200)))
    if choice == 1:
        return rng.choice(
            (b"[" * 50_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"9" * 5000, b'"\\ud800"', b"", b"null", b"name\n\x00\n")
        )
    body = {name: _value(rng, value, 0) for name, value in example.items() if rng.random() < 0.9}
    if rng.random() < 0.2:
        body[rng.choice(TEXTS)] = _value(rng, "x", 0)
    text = json.dumps(body).encode()
    if choice == 2:
        position = rng.randrange(len(text))
        return text[:position] + bytes([rng.randrange(256)]) + text[position + 1 :]
    return text


def _value(rng: random.Random, value: Any, depth: int) -> Any:
    choice = rng.randrange(10)
    if choice < 4 or depth > 4:
        return value
    if choice == 4:
        return rng.choice((None, True, -1, 10**30, 1.5e308, 0, "\ud800", "1", []))
    if choice == 5:
        value = [value] * rng.randrange(4)
    if choice == 6:
        value = {rng.choice(TEXTS): value}
    if isinstance(value, list):
        return [_value(rng, element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {name: _value(rng, element, depth + 1) for name, element in value.items()}
    return rng.choice(TEXTS)


def _try(client: httpx.Client, report: Report, request: dict[str, Any]) -> None:
    started = time.monotonic()
    try:
        answer = client.request(**request)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return  # The client itself does not send that.
    except httpx.TransportError as error:
        report.findings.append(f"{type(error).__name__}: {_describe_request(request)}")
        return
    took_s = time.monotonic() - started
    report.requests += 1
    report.statuses[answer.status_code] += 1
    report.slowest_s = max(report.slowest_s, took_s)
    if answer.status_code >= 500 and answer.status_code not in EXPLAINED_STATUSES:
        report.findings.append(f"{answer.status_code}: {_describe_request(request)}")
    if took_s > ANSWER_S_MAX:
        report.findings.append(f"{took_s:.0f} s: {_describe_request(request)}")


def _try_raw(server: RunningServer, report: Report, request_bytes: bytes) -> None:
    """Bytes that are no request: an answer or an end, within the time."""
    address = urlsplit(server.url)
    report.requests += 1
    try:
        with socket.create_connection((address.hostname or "", address.port or 80), timeout=ANSWER_S_MAX) as connection:
            connection.sendall(request_bytes)
            connection.recv(1024)
    except TimeoutError:
        report.findings.append(f"no answer and no end: {request_bytes[:60]!r}")
    except OSError:
        return


def _look(server: RunningServer, report: Report) -> None:
    report.memory_mb_max = max(report.memory_mb_max, server.memory_mb)
    if server.process.poll() is not None:
        report.findings.append(f"the server ended with {server.process.returncode}")
    elif server.memory_mb > MEMORY_MB_MAX:
        report.findings.append(f"{server.memory_mb:.0f} MB of memory")


def _describe_request(request: dict[str, Any]) -> str:
    return repr(request)[:500]
