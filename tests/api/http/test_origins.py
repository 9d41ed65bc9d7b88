"""No page of another address writes, whatever it tries: one guard before every route, and a walk over all routes there are."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.http.origins import CALLBACK, SAFE, TOKEN_HEADER, is_loopback_host
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.graph.world import TODAY

KEY = "key-of-the-house-of-origins"
FIRM = {"dataset": "till", "source_class": "1", "kind": "firm", "names": [{"text": "Ebbsfleet Pumps Ltd"}]}
JSON = {"content-type": "application/json"}
FOREIGN_PAGES = [
    {"origin": "http://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:3000", "sec-fetch-site": "same-site"},
    {"origin": "http://localhost:3000"},
    {"origin": "http://localhost@evil.example"},
    {"origin": "http://["},
    {"sec-fetch-site": "cross-site"},
]


def app_of(folder: Path, key: str | None = None) -> FastAPI:
    settings = Settings(today=TODAY, id_key_file=folder / "id.key", api_key=SecretStr(key) if key else None)
    return create_app(AppState(settings, open_store(f"sqlite:///{folder / 'kith.db'}"), default_rulebook(), "0"))


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return app_of(tmp_path)


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route, those of included routers among them; parameters are filled with an x."""
    for path, verbs in app.openapi()["paths"].items():
        yield from ((verb.upper(), filled(path)) for verb in verbs)
    for route in app.routes:
        for inner in getattr(route, "effective_candidates", lambda route=route: [route])():
            for verb in getattr(inner, "methods", None) or ():
                yield verb, filled(inner.path)


def filled(path: str) -> str:
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


def records_in(caller: Caller) -> int:
    records: int = caller.get("/v1/about").json()["records"]
    return records


def test_the_walk_finds_every_kind_of_route(app: FastAPI) -> None:
    found = set(routes_of(app))
    assert {("PUT", "/v1/records/x"), ("POST", "/v1/records"), ("POST", "/v1/session"), ("GET", "/x")} <= found
    assert sum(verb not in SAFE for verb, _ in found) >= 10


def test_no_route_is_written_through_by_a_page_of_another_address(app: FastAPI) -> None:
    caller = Caller(app)
    writes = [(verb, path) for verb, path in set(routes_of(app)) if verb not in SAFE]
    for (verb, path), page in itertools.product(writes, FOREIGN_PAGES):
        assert caller.ask(verb, path, json=FIRM, headers=page).status_code == 403, (verb, path, page)


def test_no_route_takes_what_a_form_or_a_page_that_did_not_ask_can_send(app: FastAPI) -> None:
    caller = Caller(app)
    kinds = [
        {"content-type": kind} for kind in ("text/plain", "application/x-www-form-urlencoded", "text/plain;application/json")
    ]
    for verb, path in {route for route in routes_of(app) if route[0] not in SAFE}:
        for kind in (*kinds, {}):
            refused = caller.ask(verb, path, content=b'{"a": 1}', headers=kind)
            expected = 403 if path == "/v1/session" else 415
            if path == "/reconcile/x" and kind == kinds[1]:
                expected = 404  # Programs for tables send their rows so; there is no such data set.
            assert refused.status_code == expected, (verb, path, kind)


def test_files_are_taken_where_lists_are_checked_and_nowhere_else(app: FastAPI) -> None:
    caller = Caller(app)
    for verb, path in {route for route in routes_of(app) if route[0] not in SAFE}:
        status = caller.ask(verb, path, files={"file": ("a.csv", b"name\nEbbsfleet\n")}).status_code
        assert (status != 415) == path.startswith(("/v1/screenings", "/v1/session")) or path == "/v1/jobs" or verb == "DELETE", (
            verb,
            path,
            status,
        )


def test_a_route_that_is_added_later_is_guarded_as_well(app: FastAPI) -> None:
    done: list[str] = []

    @app.put("/v1/records/{anything}")
    def anything() -> str:
        done.append("written")
        return "written"

    app.router.routes.insert(0, app.router.routes.pop())
    caller = Caller(app)
    assert caller.ask("PUT", "/v1/records/anything", json={}, headers=FOREIGN_PAGES[0]).status_code == 403
    assert caller.ask("PUT", "/v1/records/anything", content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    assert done == []
    assert caller.ask("PUT", "/v1/records/anything", json={}).status_code == 200


def test_a_page_of_another_address_reads_nothing_either(app: FastAPI) -> None:
    caller = Caller(app)
    for verb, path in {route for route in routes_of(app) if route[0] == "GET" and route[1].startswith(("/v1", "/openapi"))}:
        # An identity provider's page sends the browser back; without its provider this door is not there.
        status = 404 if path == CALLBACK else 403
        assert caller.ask(verb, path, headers={"sec-fetch-site": "cross-site"}).status_code == status, path
    assert caller.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code in (200, 404)


def test_a_page_of_this_address_shows_its_token_with_a_write(app: FastAPI) -> None:
    caller = Caller(app)
    own = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    without = caller.ask("PUT", "/v1/records/till:1", json=FIRM, headers=own)
    assert (without.status_code, without.json()["type"]) == (403, "urn:kith:problem:page-token")
    wrong = caller.ask("PUT", "/v1/records/till:1", json=FIRM, headers={**own, TOKEN_HEADER: "0" * 64})
    assert wrong.status_code == 403
    token = caller.get("/v1/session", headers=own).json()["token"]
    assert caller.ask("PUT", "/v1/records/till:1", json=FIRM, headers={**own, TOKEN_HEADER: token}).status_code == 200
    assert records_in(caller) == 1


def test_no_answer_lets_another_origin_read_or_ask_beforehand(app: FastAPI) -> None:
    caller = Caller(app)
    asks = {
        "origin": "http://evil.example",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "x-kith-token",
    }
    for answer in (
        caller.get("/v1/session", headers={"origin": "http://evil.example"}),
        caller.ask("OPTIONS", "/v1/records", headers=asks),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert answer.status_code == 403
    assert caller.ask("HEAD", "/v1/records/till:1", headers={"x-http-method-override": "DELETE"}).status_code in (404, 405)


def test_a_program_on_this_machine_goes_on_without_a_key(app: FastAPI) -> None:
    caller = Caller(app)
    assert caller.ask("PUT", "/v1/records/till:1", json=FIRM).status_code == 200
    assert caller.ask("DELETE", "/v1/records/till:1").status_code == 200


def test_a_program_with_the_key_goes_on_as_before(tmp_path: Path) -> None:
    caller = Caller(app_of(tmp_path, KEY))
    bearer = {"authorization": f"Bearer {KEY}"}
    for kind in (JSON, {"content-type": "application/x-www-form-urlencoded"}):
        line = b'{"id": "till:1", "dataset": "till", "source_class": "1", "kind": "firm", "names": [{"text": "Ebbsfleet"}]}'
        assert caller.post("/v1/records", content=line, headers={**bearer, **kind}).json()["taken"] == 1


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.9.9.9:8000", "[::1]:8000", "[0:0:0:0:0:0:0:1]"]
)
def test_this_machine_by_any_of_its_own_names(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil@127.0.0.1",
        "127.0.0.1:80:90",
        "999.1.1.1",
        "[::2]",
        "10.0.0.1",
        "127.1",
    ],
)
def test_a_name_that_somebody_else_may_point_here_is_not_this_machine(app: FastAPI, host: str) -> None:
    assert not is_loopback_host(host)
    assert Caller(app).ask("PUT", "/v1/records/till:1", json=FIRM, headers={"host": host or "x"}).status_code == 421


def test_a_form_of_another_page_is_refused_where_forms_are_taken(app: FastAPI) -> None:
    headers = {"origin": "https://elsewhere.example"}
    refused = Caller(app).post("/reconcile/default", data={"queries": "{}"}, headers=headers)
    assert refused.status_code == 403
