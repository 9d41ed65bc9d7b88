"""People sign in with an identity provider, and nothing that is forged, borrowed, ended or of somebody else lets anybody in."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.http.origins import CALLBACK, TOKEN_HEADER
from api.http.sessions import COOKIE
from api.settings import Settings
from api.wiring import settings_of
from ontology.errors import WrongCall
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.api.http.oidc_server import CLIENT_ID, CLIENT_SECRET, Provider, query_of, running
from tests.api.keys import bearer
from tests.graph.world import TODAY

LONG_AGO, FAR_AHEAD = 1_600_000_000, 4_000_000_000  # Seconds since 1970, the same in every process that collects these tests.

BEGIN = "/v1/session/oidc"
ROLES = {"kith-reviewers": "reviewer", "kith-auditors": "auditor", "kith-operators": "operator"}
WAITING = "kith_sign_in"


@pytest.fixture(scope="module")
def running_provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider: Provider) -> Provider:
    fresh = Provider(running_provider.issuer)
    running_provider.key, running_provider.person = fresh.key, fresh.person
    running_provider.faults, running_provider.asked = {}, []
    return running_provider


def app_with(folder: Path, provider: Provider, **more: Any) -> FastAPI:
    fields: dict[str, Any] = {
        **{"today": TODAY, "api_key": SecretStr("operator-key-of-the-house"), "id_key_file": folder / "id.key"},
        **{"public_url": "http://localhost", "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID},
        **{"oidc_client_secret": SecretStr(CLIENT_SECRET), "oidc_roles": ROLES, "oidc_audience": "kith-api"},
    }
    settings = Settings.model_validate(fields | more)
    return create_app(AppState(settings, open_store(f"sqlite:///{folder / 'kith.db'}"), default_rulebook(), "0"))


@pytest.fixture
def caller(tmp_path: Path, provider: Provider) -> Caller:
    return Caller(app_with(tmp_path, provider))


def begin(caller: Caller) -> tuple[dict[str, str], httpx.Response]:
    """The cookie of a sign-in that has begun, and the provider's answer, which leads back."""
    started = caller.get(BEGIN)
    assert started.status_code == 303, started.text
    cookie = {"cookie": f"{WAITING}={started.cookies[WAITING]}"}
    return cookie, httpx.get(started.headers["location"])


def come_back(caller: Caller, cookie: dict[str, str], query: dict[str, str]) -> httpx.Response:
    """As the browser does: sent by the provider's page."""
    return caller.get(CALLBACK, params=query, headers={**cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})


def sign_in(caller: Caller) -> httpx.Response:
    cookie, back = begin(caller)
    return come_back(caller, cookie, query_of(back.headers["location"]))


def assert_refused(answer: httpx.Response, reason: str = "refused") -> None:
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?sign_in={reason}")
    assert COOKIE not in answer.cookies


def test_who_signs_in_gets_a_session_with_the_name_and_role_that_the_provider_gives(caller: Caller) -> None:
    answer = sign_in(caller)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    said = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{COOKIE}="))
    assert all(part in said for part in ("HttpOnly", "SameSite=strict", "Path=/"))
    session = {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}
    state = caller.get("/v1/session", headers=session).json()
    assert (state["signed_in"], state["name"], state["role"], state["provider"]) == (True, "李娜", "reviewer", True)
    assert caller.get("/v1/judgements", headers=session).status_code == 200
    assert caller.get("/v1/keys", headers=session).status_code == 403
    own = {**session, "origin": "http://localhost", TOKEN_HEADER: state["token"]}
    out = caller.ask("DELETE", "/v1/session", headers=own)
    assert out.json()["signed_in"] is False
    assert caller.get("/v1/judgements", headers=session).status_code == 401


def test_the_provider_is_asked_with_state_nonce_and_a_challenge_and_no_secret(caller: Caller, provider: Provider) -> None:
    asked = [query_of(caller.get(BEGIN).headers["location"]) for _ in range(2)]
    for query in asked:
        assert query["code_challenge_method"] == "S256"
        assert query["redirect_uri"] == f"http://localhost{CALLBACK}"
        assert (query["response_type"], query["client_id"], query["scope"]) == ("code", CLIENT_ID, "openid profile")
        assert CLIENT_SECRET not in str(query)
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert provider.asked == ["discovery"]


def test_the_highest_role_counts_wherever_the_claim_lies(tmp_path: Path, provider: Provider) -> None:
    provider.person = {"sub": "u-18", "realm_access": {"roles": ["kith-auditors", "kith-operators"]}}
    caller = Caller(app_with(tmp_path, provider, oidc_role_claim="realm_access.roles"))
    session = {"cookie": f"{COOKIE}={sign_in(caller).cookies[COOKIE]}"}
    state = caller.get("/v1/session", headers=session).json()
    assert (state["role"], state["name"]) == ("operator", "u-18")


@pytest.mark.parametrize("claim", [{"roles": []}, {"roles": ["staff"]}, {"roles": "staff"}, {"roles": 7}, {"roles": None}])
def test_who_has_no_role_is_not_let_in(caller: Caller, provider: Provider, claim: dict[str, Any]) -> None:
    provider.faults["claims"] = claim
    assert_refused(sign_in(caller))


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of-another-sign-in"},
        {"nonce": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"nbf": FAR_AHEAD},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_lets_nobody_in(caller: Caller, provider: Provider, claims: dict[str, Any]) -> None:
    provider.faults["claims"] = claims
    assert_refused(sign_in(caller))


@pytest.mark.parametrize("signed", ["none", "shared secret", "stranger"])
def test_a_token_that_the_issuer_did_not_sign_lets_nobody_in(caller: Caller, provider: Provider, signed: str) -> None:
    provider.faults["signed"] = signed
    assert_refused(sign_in(caller))


def test_a_way_back_without_its_beginning_lets_nobody_in(caller: Caller) -> None:
    cookie, back = begin(caller)
    query = query_of(back.headers["location"])
    other_cookie, other_back = begin(caller)
    for wrong_cookie, wrong_query in (
        ({}, query),
        (other_cookie, query),
        ({"cookie": f"{WAITING}="}, query),
        (cookie, {**query, "state": query_of(other_back.headers["location"])["state"]}),
        (cookie, {**query, "state": ""}),
        (cookie, {"state": query["state"]}),
        (cookie, {**query, "code": "a-code-of-nobody"}),
        (cookie, {"error": "access_denied", "state": query["state"]}),
    ):
        assert_refused(come_back(caller, wrong_cookie, wrong_query))


def test_a_stolen_code_fits_no_other_browser_and_no_code_fits_twice(caller: Caller) -> None:
    _, back = begin(caller)
    thief, thiefs_back = begin(caller)
    stolen = {"code": query_of(back.headers["location"])["code"], "state": query_of(thiefs_back.headers["location"])["state"]}
    assert_refused(come_back(caller, thief, stolen))
    cookie, own_back = begin(caller)
    query = query_of(own_back.headers["location"])
    assert come_back(caller, cookie, query).headers["location"] == "/"
    assert_refused(come_back(caller, cookie, query))


def test_the_provider_may_change_its_key_and_strange_tokens_do_not_make_us_ask_it_each_time(
    tmp_path: Path, provider: Provider
) -> None:
    app = app_with(tmp_path, provider)
    caller, now = Caller(app), [time.time()]
    app.state.identity_provider._clock = lambda: now[0]
    assert sign_in(caller).headers["location"] == "/"
    provider.key = RSAKey.generate_key(2048, parameters={"kid": "k2"}, private=True)
    now[0] += 31
    assert sign_in(caller).headers["location"] == "/"
    before = provider.asked.count("keys")
    provider.faults["signed"] = "stranger"
    for _ in range(5):
        assert_refused(sign_in(caller))
    assert provider.asked.count("keys") == before


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://id.example/token"},
        {"token_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "http://127.0.0.1:9/keys"},
    ],
    ids=str,
)
def test_a_provider_that_is_not_safe_to_talk_to_is_not_talked_to(
    caller: Caller, provider: Provider, discovery: dict[str, str]
) -> None:
    provider.faults["discovery"] = discovery
    started = caller.get(BEGIN)
    if "issuer" in discovery:
        assert_refused(started, "unreachable")
    else:
        cookie = {"cookie": f"{WAITING}={started.cookies[WAITING]}"}
        query = query_of(httpx.get(started.headers["location"]).headers["location"])
        assert_refused(come_back(caller, cookie, query), "unreachable")


def test_a_provider_that_does_not_answer_is_told_and_the_key_opens_as_before(tmp_path: Path, provider: Provider) -> None:
    caller = Caller(app_with(tmp_path, provider, oidc_issuer="http://127.0.0.1:9"))
    assert_refused(caller.get(BEGIN), "unreachable")
    assert caller.get("/v1/about", headers=bearer("operator-key-of-the-house")).status_code == 200
    refused = caller.get("/v1/about", headers=bearer("a.b.c"))
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:kith:problem:provider-unreachable")


def test_over_tls_the_cookie_is_one_that_no_neighbour_can_set(tmp_path: Path, provider: Provider) -> None:
    caller = Caller(app_with(tmp_path, provider, public_url="https://kith.example"), base_url="https://kith.example")
    said = caller.get(BEGIN).headers["set-cookie"]
    assert said.startswith("__Host-kith_sign_in=")
    assert all(part in said for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"))


def test_no_page_of_another_address_begins_a_sign_in(caller: Caller) -> None:
    assert caller.get(BEGIN, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 403
    assert caller.get(BEGIN, headers={"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}).status_code == 303


def test_an_access_token_of_the_issuer_opens_the_api_in_its_role(caller: Caller, provider: Provider) -> None:
    token = provider.signed(provider.claims(aud="kith-api"))
    assert caller.get("/v1/judgements", headers=bearer(token)).status_code == 200
    assert caller.get("/v1/keys", headers=bearer(token)).status_code == 403


@pytest.mark.parametrize(
    ("claims", "signed"),
    [
        ({"aud": CLIENT_ID}, ""),
        ({"aud": None}, ""),
        ({"iss": "https://another.example"}, ""),
        ({"exp": LONG_AGO}, ""),
        ({"roles": ["staff"]}, ""),
        ({}, "none"),
        ({}, "shared secret"),
        ({}, "stranger"),
    ],
    ids=str,
)
def test_any_other_token_opens_nothing(caller: Caller, provider: Provider, claims: dict[str, Any], signed: str) -> None:
    provider.faults["signed"] = signed
    fields = provider.claims(aud="kith-api") | claims
    token = provider.signed({name: value for name, value in fields.items() if value is not None})
    refused = caller.get("/v1/about", headers=bearer(token))
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:kith:problem:key-wrong")


def test_without_an_audience_no_token_opens_the_api(tmp_path: Path, provider: Provider) -> None:
    caller = Caller(app_with(tmp_path, provider, oidc_audience=None))
    assert caller.get("/v1/about", headers=bearer(provider.signed(provider.claims(aud="kith-api")))).status_code == 401


def test_no_token_code_or_secret_is_logged(caller: Caller, provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    provider.faults["claims"] = {"aud": "another-client"}
    with caplog.at_level(logging.DEBUG, logger="kith"):
        cookie, back = begin(caller)
        query = query_of(back.headers["location"])
        assert_refused(come_back(caller, cookie, query))
    assert "a sign-in failed: The sign-in was refused" in caplog.text
    assert not any(word in caplog.text for word in (query["code"], query["state"], CLIENT_SECRET, cookie["cookie"]))


def test_without_a_provider_there_is_no_such_door(tmp_path: Path) -> None:
    settings = Settings(today=TODAY, api_key=SecretStr("operator-key-of-the-house"), id_key_file=tmp_path / "id.key")
    caller = Caller(create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0")))
    assert caller.get(BEGIN).status_code == 404
    assert caller.get("/v1/session").json()["provider"] is False


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"KITH_OIDC_ISSUER": "https://id.example"}, "needs KITH_OIDC_CLIENT_ID, KITH_PUBLIC_URL, KITH_OIDC_ROLES, KITH_API_KEY"),
        ({"KITH_OIDC_ISSUER": "http://id.example"}, "KITH_OIDC_ISSUER"),
        ({"KITH_OIDC_ROLES": "{secret"}, "not JSON"),
        ({"KITH_OIDC_ROLES": '{"staff": "partner"}'}, "KITH_OIDC_ROLES"),
        ({"KITH_PUBLIC_URL": "https://kith.example/path"}, "KITH_PUBLIC_URL"),
    ],
    ids=str,
)
def test_settings_that_do_not_fit_are_told(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], problem: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongCall) as refused:
        settings_of()
    assert problem in str(refused.value)
    assert "secret" not in str(refused.value)
