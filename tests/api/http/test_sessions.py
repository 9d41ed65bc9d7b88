"""The pages under a key: a session stands for the operator's key, for a while, and only for pages of this very address."""

import logging
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.context.callers import OPERATOR as OPERATOR_CALLER
from api.http.dependencies import AppState
from api.http.origins import TOKEN_HEADER
from api.http.sessions import COOKIE, LIFE_S, WRONG_MAX, WRONG_WITHIN_S, Sessions, WrongKeys
from api.routes import sessions as session_routes
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.graph.world import TODAY

OPERATOR = "operator-key-of-the-house"
OWN = {"origin": "http://localhost"}
FOREIGN = [
    {},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:9999"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://localhost"},
    {"sec-fetch-site": "none"},
]


@pytest.fixture(autouse=True)
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_routes, "WRONG_DELAY_S", 0.0)


def app_with(folder: Path, key: str | None = OPERATOR) -> FastAPI:
    settings = Settings(today=TODAY, api_key=SecretStr(key) if key else None)
    return create_app(AppState(settings, open_store(f"sqlite:///{folder / 'kith.db'}"), default_rulebook(), "0"))


def page(caller: Caller, cookie: dict[str, str] | None = None, origin: dict[str, str] = OWN) -> dict[str, str]:
    """What a page of this very address sends with a write."""
    token = caller.get("/v1/session", headers=cookie or {}).json()["token"]
    return {**(cookie or {}), **origin, TOKEN_HEADER: token}


def sign_in(caller: Caller, key: str = OPERATOR, origin: dict[str, str] = OWN) -> httpx.Response:
    return caller.post("/v1/session", json={"key": key}, headers=page(caller, origin=origin))


def cookie_of(answer: httpx.Response) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}


@pytest.fixture
def caller(tmp_path: Path) -> Caller:
    return Caller(app_with(tmp_path))


def test_the_key_opens_a_session_whose_cookie_shows_nothing_of_it(caller: Caller) -> None:
    answer = sign_in(caller)
    assert (answer.json()["key_needed"], answer.json()["signed_in"]) == (True, True)
    said = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/", f"Max-Age={LIFE_S}"):
        assert part in said
    assert "Secure" not in said
    assert OPERATOR not in said
    assert len(answer.cookies[COOKIE]) >= 43


def test_over_https_the_cookie_never_travels_in_the_open(tmp_path: Path) -> None:
    caller = Caller(app_with(tmp_path), base_url="https://kith.example")
    answer = sign_in(caller, origin={"sec-fetch-site": "same-origin"})
    assert "Secure" in answer.headers["set-cookie"]


def test_a_session_reads_and_writes_as_the_operator_does(caller: Caller) -> None:
    cookie = cookie_of(sign_in(caller))
    assert caller.get("/v1/about").status_code == 401
    read = caller.get("/v1/about", headers=cookie)
    assert read.status_code == 200
    assert read.headers["cache-control"] == "no-store"
    assert caller.get("/v1/judgements", headers=cookie).status_code == 200
    assert caller.get("/v1/session", headers=cookie).json()["signed_in"] is True
    written = caller.post("/v1/screenings", json={"names": ["Firm"]}, headers=page(caller, cookie))
    assert written.status_code == 200


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_other_page_writes_with_the_cookie_nor_signs_anybody_in(caller: Caller, headers: dict[str, str]) -> None:
    cookie = cookie_of(sign_in(caller))
    foreign = page(caller, cookie, origin=headers)
    assert caller.post("/v1/screenings", json={"names": ["F"]}, headers=foreign).status_code == 403
    assert caller.ask("DELETE", "/v1/records/x:1", headers=foreign).status_code == 403
    assert caller.ask("DELETE", "/v1/session", headers=foreign).status_code == 403
    assert sign_in(caller, origin=headers).status_code == 403
    assert caller.get("/v1/about", headers=cookie).status_code == 200


def test_a_session_writes_only_with_the_token_of_its_own_pages(caller: Caller) -> None:
    cookie, other = cookie_of(sign_in(caller)), cookie_of(sign_in(caller))
    assert caller.post("/v1/screenings", json={"names": ["F"]}, headers={**cookie, **OWN}).status_code == 403
    borrowed = {**page(caller, other), **cookie}
    refused = caller.post("/v1/screenings", json={"names": ["F"]}, headers=borrowed)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:kith:problem:page-token")


def test_a_session_writes_json_and_only_a_list_of_suppliers_as_a_file(caller: Caller) -> None:
    own = page(caller, cookie_of(sign_in(caller)))
    file = {"file": ("list.csv", b"name\nFirm\n")}
    assert caller.post("/v1/screenings", files=file, headers=own).status_code == 200
    assert caller.post("/v1/judgements", files=file, headers=own).status_code == 415
    assert caller.post("/v1/judgements", content=b"{}", headers={**own, "content-type": "text/plain"}).status_code == 415
    form = {**own, "content-type": "application/x-www-form-urlencoded"}
    assert caller.post("/v1/session", content=b"key=x", headers=form).status_code == 415


def test_after_signing_out_the_old_cookie_opens_nothing(caller: Caller) -> None:
    cookie, other = cookie_of(sign_in(caller)), cookie_of(sign_in(caller))
    out = caller.ask("DELETE", "/v1/session", headers=page(caller, cookie))
    assert out.json()["signed_in"] is False
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert caller.get("/v1/about", headers=cookie).status_code == 401
    assert caller.get("/v1/about", headers=other).status_code == 200


@pytest.mark.parametrize("key", ["", "wrong-key-of-the-house", OPERATOR[:-1], f"{OPERATOR} ", "钥匙"])
def test_any_other_key_is_refused_and_never_repeated(caller: Caller, key: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        refused = sign_in(caller, key)
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert not key or key not in refused.text + caplog.text


def test_after_ten_wrong_keys_even_the_right_one_waits(caller: Caller) -> None:
    for _ in range(WRONG_MAX):
        assert sign_in(caller, "wrong-key-of-the-house").status_code == 401
    refused = sign_in(caller)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= WRONG_WITHIN_S
    assert caller.get("/v1/about", headers={"authorization": f"Bearer {OPERATOR}"}).status_code == 200


def test_a_key_in_the_header_is_judged_by_itself(tmp_path: Path) -> None:
    app = app_with(tmp_path)
    caller, partner = Caller(app), make_key(app.state.kith.store, "partner", partner="Bank", purpose="credit")
    cookie = cookie_of(sign_in(caller))
    assert sign_in(caller, partner).status_code == 401
    assert caller.get("/v1/judgements", headers={**cookie, **bearer(partner)}).status_code == 403
    assert caller.get("/v1/about", headers={**cookie, "authorization": "Bearer nobody-has-this-key"}).status_code == 401
    bare = {"authorization": f"Bearer {OPERATOR}"}
    assert caller.post("/v1/screenings", json={"names": ["F"]}, headers=bare).status_code == 200


def test_without_a_key_nobody_needs_to_sign_in(tmp_path: Path) -> None:
    caller = Caller(app_with(tmp_path, key=None))
    told = caller.get("/v1/session").json()
    assert (told["key_needed"], told["signed_in"]) == (False, False)
    assert "set-cookie" not in sign_in(caller, "any key at all").headers


def test_a_session_ends_by_itself_and_guessed_tokens_open_nothing() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    token = sessions.begin(OPERATOR_CALLER)
    now[0] = LIFE_S - 1
    assert sessions.caller_of(token)
    assert not sessions.caller_of(token[:-1])
    assert not sessions.caller_of("")
    now[0] = LIFE_S
    assert not sessions.caller_of(token)


def test_wrong_keys_are_forgotten_after_a_minute_and_count_for_their_caller_alone() -> None:
    now = [0.0]
    wrong = WrongKeys(clock=lambda: now[0])
    for _ in range(WRONG_MAX):
        wrong.count("10.0.0.1")
    assert wrong.wait_s("10.0.0.1") == WRONG_WITHIN_S
    assert wrong.wait_s("10.0.0.2") == 0
    now[0] = WRONG_WITHIN_S
    assert wrong.wait_s("10.0.0.1") == 0
