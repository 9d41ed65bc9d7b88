"""Pages of other addresses: those the operator names may ask with a key; none may by a cookie, and the others not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.graph.world import TODAY

KEY = "key-of-the-house-of-cors"
DESK = "https://desk.example.org"
WITH_KEY = {"authorization": f"Bearer {KEY}"}
PREFLIGHT = {"access-control-request-method": "GET", "access-control-request-headers": "authorization"}
Ask = Callable[..., Caller]


@pytest.fixture
def caller_of(tmp_path: Path) -> Ask:
    def caller(origins: str, key: str | None = KEY) -> Caller:
        secret = SecretStr(key) if key else None
        settings = Settings(today=TODAY, id_key_file=tmp_path / "id.key", api_key=secret, cors_origins=origins)
        return Caller(create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0")))

    return caller


def test_a_named_page_asks_with_a_key_and_may_read_the_answer(caller_of: Ask) -> None:
    caller = caller_of(f"{DESK}, http://localhost:5173")
    asked = caller.ask("OPTIONS", "/v1/about", headers={"origin": DESK, **PREFLIGHT})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, DESK)
    assert "authorization" in asked.headers["access-control-allow-headers"]
    answer = caller.get("/v1/about", headers={"origin": DESK, "sec-fetch-site": "cross-site", **WITH_KEY})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, DESK)
    assert "etag" in answer.headers["access-control-expose-headers"]
    assert "origin" in answer.headers["vary"].lower()


def test_a_named_page_reads_why_it_was_refused(caller_of: Ask) -> None:
    refused = caller_of(DESK).get("/v1/about", headers={"origin": DESK})
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:kith:problem:key-needed")
    assert refused.headers["access-control-allow-origin"] == DESK


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://desk.example.org.evil.example", "http://desk.example.org", "null"]
)
def test_a_page_that_is_not_named_is_told_nothing(caller_of: Ask, origin: str) -> None:
    caller = caller_of(DESK)
    for method in ("OPTIONS", "GET"):
        answer = caller.ask(method, "/v1/about", headers={"origin": origin, **PREFLIGHT, **WITH_KEY})
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_no_page_is_ever_let_in_by_a_cookie(caller_of: Ask) -> None:
    caller = caller_of(DESK)
    session = caller.post("/v1/session", json={"key": KEY}, headers={"origin": "http://localhost", "x-kith-token": "x"})
    for headers in (PREFLIGHT, WITH_KEY, {"cookie": session.headers.get("set-cookie", "kith_session=x")}):
        answer = caller.ask("OPTIONS" if headers is PREFLIGHT else "GET", "/v1/about", headers={"origin": DESK, **headers})
        assert "access-control-allow-credentials" not in answer.headers


def test_without_any_key_a_named_page_is_refused_as_any_other(caller_of: Ask) -> None:
    headers = {"origin": DESK, "sec-fetch-site": "cross-site"}
    assert caller_of(DESK, key=None).get("/v1/about", headers=headers).status_code == 403


def test_by_itself_no_page_is_named(caller_of: Ask) -> None:
    answer = caller_of("").ask("OPTIONS", "/v1/about", headers={"origin": DESK, **PREFLIGHT})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origins", ["*", "https://*.example.org", "https://desk.example.org/", "desk.example.org", "null"])
def test_a_wildcard_or_what_is_no_origin_is_refused_at_the_start(origins: str) -> None:
    with pytest.raises(ValidationError):
        Settings(cors_origins=origins)
