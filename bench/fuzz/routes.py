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

from bench.serving import Region, Served, region, served

ANSWER_S_MAX = 30.0
MEMORY_MB_MAX = 1000.0
ADDRESSES_MAX = 3_000_000_000  # A server at rest has mapped some 1.5 GB, of which it uses a fifth.
TOLD = (503, 504, 507)
LOOKED_EVERY = 50
SHOWN = 40
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
    with region(firms=120) as made:
        return fuzz(made, minutes * 60, seed)


def fuzz(region: Region, seconds: float, seed: int) -> Report:
    """The same over a region that is there; it is written to."""
    report = Report(seed)
    with served(region, address_space_bytes=ADDRESSES_MAX) as server:
        _ask(server, report, seconds)
        _look(server, report)
        if "Traceback" in (log := server.log.read_text("utf-8", "replace")):
            report.findings.append(f"a traceback in the log: {log[log.index('Traceback') :][:400]}")
    return report


def _ask(server: Served, report: Report, seconds: float) -> None:
    draw = random.Random(report.seed)
    with httpx.Client(base_url=server.url, timeout=ANSWER_S_MAX + 5) as client:
        contract = client.get("/openapi.json").json()
        routes = [*_routes(contract), _Route("GET", "/{page}", [], {}), _Route("POST", "/v1/session", [], {"key": "x"})]
        ids = [line["id"] for line in client.get("/v1/risky", params={"limit": 20}).json()["results"]]
        ends = time.monotonic() + seconds
        while report.requests == 0 or (time.monotonic() < ends and len(report.findings) < SHOWN):
            if server.process.poll() is not None:
                return
            for route in draw.sample(routes, len(routes)):
                _try(client, report, _request(draw, route, ids))
                if report.requests % LOOKED_EVERY == 0:
                    _look(server, report)
            _try_raw(server, report, draw.choice(ODD_REQUESTS))


def _routes(contract: dict[str, Any]) -> Iterator[_Route]:
    for path, verbs in contract["paths"].items():
        for verb, told in verbs.items():
            yield _Route(verb.upper(), path, told.get("parameters", []), _example(contract, told.get("requestBody", {})))


def _example(contract: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    known = contract["components"]["schemas"].get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    return dict.fromkeys(known.get("properties", {}), "x") or RECORD


RECORD = {"id": "crm:1", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Fuzzed Works"}]}


def _request(draw: random.Random, route: _Route, ids: list[str]) -> dict[str, Any]:
    path = route.path
    while "{" in path:
        head, _, rest = path.partition("{")
        path = head + _segment(draw, ids) + rest.partition("}")[2]
    names = [told["name"] for told in route.parameters if told["in"] == "query"]
    query = [(name, _text(draw, ids)) for name in names for _ in range(draw.choice((0, 0, 1, 1, 2)))]
    request: dict[str, Any] = {"method": route.verb, "url": path, "params": query, "headers": _headers(draw)}
    if draw.random() < 0.1:
        request["method"] = draw.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "FOO"))
    if request["method"] in ("POST", "PUT", "PATCH", "DELETE"):
        request |= _body(draw, route.body, request["headers"])
    return request


def _segment(draw: random.Random, ids: list[str]) -> str:
    chosen = draw.choice((quote(_text(draw, ids), safe=""), draw.choice(RAW_PATHS), draw.choice(ids)))
    return chosen or "x"


def _text(draw: random.Random, ids: list[str]) -> str:
    if draw.random() < 0.3:
        return draw.choice(ids)
    if draw.random() < 0.2:
        return "".join(chr(draw.randrange(1, 0x2FFF)) for _ in range(draw.randrange(1, 40)))
    return draw.choice(TEXTS)


def _headers(draw: random.Random) -> dict[str, str]:
    printable = string.printable[:94]
    found = {
        name: "".join(draw.choice(printable) for _ in range(draw.randrange(1, 60))) for name in HEADERS if draw.random() < 0.1
    }
    found.pop("expect", None)
    return found


def _body(draw: random.Random, example: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    if draw.random() < 0.15:
        return {"files": {"file": (draw.choice(TEXTS)[:200] or "f", _bytes(draw, example))}}
    headers["content-type"] = draw.choice(
        ("application/json", "application/json", "application/x-ndjson", "text/plain", "multipart/form-data")
    )
    return {"content": _bytes(draw, example)}


def _bytes(draw: random.Random, example: dict[str, Any]) -> bytes:
    choice = draw.randrange(8)
    if choice == 0:
        return bytes(draw.randrange(256) for _ in range(draw.randrange(200)))
    if choice == 1:
        return draw.choice(
            (b"[" * 50_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"9" * 5000, b'"\\ud800"', b"", b"null", b"name\n\x00\n")
        )
    told = {name: _value(draw, value, 0) for name, value in example.items() if draw.random() < 0.9}
    if draw.random() < 0.2:
        told[draw.choice(TEXTS)] = _value(draw, "x", 0)
    text = json.dumps(told).encode()
    if choice == 2:
        at = draw.randrange(len(text))
        return text[:at] + bytes([draw.randrange(256)]) + text[at + 1 :]
    return text


def _value(draw: random.Random, value: Any, depth: int) -> Any:
    choice = draw.randrange(10)
    if choice < 4 or depth > 4:
        return value
    if choice == 4:
        return draw.choice((None, True, -1, 10**30, 1.5e308, 0, "\ud800", "1", []))
    if choice == 5:
        value = [value] * draw.randrange(4)
    if choice == 6:
        value = {draw.choice(TEXTS): value}
    if isinstance(value, list):
        return [_value(draw, one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {name: _value(draw, one, depth + 1) for name, one in value.items()}
    return draw.choice(TEXTS)


def _try(client: httpx.Client, report: Report, request: dict[str, Any]) -> None:
    began = time.monotonic()
    try:
        answer = client.request(**request)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return  # The client itself does not send that.
    except httpx.TransportError as error:
        report.findings.append(f"{type(error).__name__}: {_shown(request)}")
        return
    took_s = time.monotonic() - began
    report.requests += 1
    report.statuses[answer.status_code] += 1
    report.slowest_s = max(report.slowest_s, took_s)
    if answer.status_code >= 500 and answer.status_code not in TOLD:
        report.findings.append(f"{answer.status_code}: {_shown(request)}")
    if took_s > ANSWER_S_MAX:
        report.findings.append(f"{took_s:.0f} s: {_shown(request)}")


def _try_raw(server: Served, report: Report, sent: bytes) -> None:
    """Bytes that are no request: an answer or an end, within the time."""
    place = urlsplit(server.url)
    report.requests += 1
    try:
        with socket.create_connection((place.hostname or "", place.port or 80), timeout=ANSWER_S_MAX) as connection:
            connection.sendall(sent)
            connection.recv(1024)
    except TimeoutError:
        report.findings.append(f"no answer and no end: {sent[:60]!r}")
    except OSError:
        return


def _look(server: Served, report: Report) -> None:
    report.memory_mb_max = max(report.memory_mb_max, server.memory_mb)
    if server.process.poll() is not None:
        report.findings.append(f"the server ended with {server.process.returncode}")
    elif server.memory_mb > MEMORY_MB_MAX:
        report.findings.append(f"{server.memory_mb:.0f} MB of memory")


def _shown(request: dict[str, Any]) -> str:
    return repr(request)[:500]
