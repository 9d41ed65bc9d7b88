"""A partner with a key of its own reads under its own name only, and never what is the operator's."""

from urllib.parse import quote

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import settings_of
from ontology.errors import WrongCall
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.api.parties.test_consents import AGREED, READER, spread, town
from tests.graph.world import TODAY

OPERATOR = "operator-key-of-kith"
HOUSE = bearer(OPERATOR)
Headers = dict[str, str]


def app_over(store: Store) -> FastAPI:
    return create_app(AppState(Settings(today=TODAY, api_key=SecretStr(OPERATOR)), store, default_rulebook(), "0"))


@pytest.fixture
def state(store: Store) -> Caller:
    spread(store, town())
    return Caller(app_over(store))


@pytest.fixture
def own(store: Store) -> Headers:
    return bearer(make_key(store, "partner", **READER))


@pytest.fixture
def other(store: Store) -> Headers:
    return bearer(make_key(store, "partner", partner="Other Bank", purpose=READER["purpose"]))


def test_a_partner_reads_the_score_that_was_consented_to_it_and_no_other_partner_can_name_it(
    state: Caller, own: Headers, other: Headers
) -> None:
    assert state.post("/v1/entities/P/consents", json=AGREED, headers=HOUSE).status_code == 200
    purpose = {"purpose": READER["purpose"]}
    assert state.get("/v1/entities/P", params=purpose, headers=own).json()["score"]["value"] is not None
    assert state.get("/v1/entities/P", params=READER, headers=own).json()["score"]["value"] is not None
    assert state.get("/v1/entities/P", params=purpose, headers=other).json()["score"]["value"] is None
    refused = state.get("/v1/entities/P", params=READER, headers=other)
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:kith:problem:not-for-partners"
    assert refused.json()["remedy"] == "Leave partner out, or name yourself."


def test_the_operator_reads_for_any_partner(state: Caller) -> None:
    assert state.post("/v1/entities/P/consents", json=AGREED, headers=HOUSE).status_code == 200
    assert state.get("/v1/entities/P", params=READER, headers=HOUSE).json()["score"]["value"] is not None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/rows/f1%231"),
        ("GET", "/v1/entities/P/records"),
        ("GET", "/v1/entities/P/consents"),
        ("GET", "/v1/consents"),
        ("POST", "/v1/entities/P/consents"),
        ("PUT", "/v1/records/x:1"),
        ("DELETE", "/v1/records/x:1"),
        ("GET", "/v1/rings"),
        ("GET", "/v1/judgements"),
        ("GET", "/v1/judgements/queue"),
        ("GET", "/v1/why"),
        ("GET", "/v1/entities/P/how"),
        ("GET", "/v1/entities/P/history"),
        ("GET", "/v1/models"),
        ("GET", "/v1/models/aliases"),
        ("POST", "/v1/models/aliases"),
    ],
)
def test_rows_records_consents_and_decisions_are_refused_to_partners(state: Caller, own: Headers, method: str, path: str) -> None:
    sent: dict[str, object] = {"json": {}} if method in ("POST", "PUT") else {}
    assert state.ask(method, path, headers=own, **sent).status_code == 403
    assert state.ask(method, path, headers={"authorization": "Bearer nobody-has-this-key"}).status_code == 401


def test_a_partner_is_told_the_year_of_birth_and_the_operator_the_day(store: Store) -> None:
    world = town()
    world.party("Q", "person", born_on="1979-06-13", name="方怡")
    spread(store, world)
    ask, own = Caller(app_over(store)), bearer(make_key(store, "partner", **READER))
    assert ask.get("/v1/entities/Q", headers=HOUSE).json()["born_on"] == "1979-06-13"
    assert ask.get("/v1/entities/Q", headers=own).json()["born_on"] == "1979"
    doors = ("/v1/entities/Q", "/v1/entities/Q/ties", "/v1/entities/Q/network", "/v1/entities/Q/owners", "/v1/search?q=方怡")
    assert not [door for door in doors if "06-13" in ask.get(door, headers=own).text]


def test_partners_find_and_read_firms(state: Caller, own: Headers) -> None:
    assert state.get("/v1/entities/Firm", headers=own).status_code == 200
    assert state.post("/v1/screenings", json={"names": ["Firm"]}, headers=own).status_code == 200


def test_a_purpose_is_stated_in_a_header_too_and_the_key_is_for_no_other(
    state: Caller, own: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    assert state.post("/v1/entities/P/consents", json=AGREED, headers=HOUSE).status_code == 200
    stated = {"kith-purpose": quote(READER["purpose"])}
    assert state.get("/v1/entities/P", headers={**own, **stated}).json()["score"]["value"] is not None
    assert state.get("/v1/entities/P", headers=own).json()["score"]["value"] is None
    for refused in (
        state.get("/v1/entities/P", headers={**own, "kith-purpose": "hiring"}),
        state.get("/v1/search", params={"q": "Firm"}, headers={**own, "kith-purpose": "hiring"}),
        state.get("/v1/entities/P", params={"purpose": "hiring"}, headers=own),
    ):
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:kith:problem:purpose-differs")
        assert "hiring" not in refused.text
    assert caplog.text.count("stated another purpose than its own") == 3
    assert "hiring" not in caplog.text


def test_keys_of_partners_in_the_environment_are_refused_with_the_way_to_make_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_PARTNER_KEYS", '{"Harbour Bank": "harbour-bank-key-1"}')
    with pytest.raises(WrongCall, match="KITH_PARTNER_KEYS") as refused:
        settings_of()
    assert "kith keys create" in str(refused.value.remedy)
    assert "harbour-bank" not in f"{refused.value} {refused.value.remedy}"


def test_the_operators_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_API_KEY", OPERATOR)
    settings = settings_of()
    assert settings.is_operator(OPERATOR)
    assert not settings.is_operator("nobody-has-this-key")
    assert OPERATOR not in repr(settings)
