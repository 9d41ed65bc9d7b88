"""A partner with a key of its own reads under its own name only, and never what is the operator's."""

import json

import pytest
from pydantic import SecretStr, ValidationError

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import settings_of
from ontology.errors import WrongCall
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.api.callers import Caller
from tests.api.parties.test_consents import AGREED, READER, spread, town
from tests.graph.world import TODAY

KEYS = {"Harbour Bank": "harbour-bank-key-1", "Other Bank": "other-bank-key-22"}
OPERATOR = "operator-key-of-kith"
OWN = {"authorization": f"Bearer {KEYS['Harbour Bank']}"}
OTHER = {"authorization": f"Bearer {KEYS['Other Bank']}"}
HOUSE = {"authorization": f"Bearer {OPERATOR}"}


@pytest.fixture
def state(store: Store) -> Caller:
    spread(store, town())
    settings = Settings(
        today=TODAY, api_key=SecretStr(OPERATOR), partner_keys={name: SecretStr(key) for name, key in KEYS.items()}
    )
    return Caller(create_app(AppState(settings, store, default_rulebook(), "0")))


def test_a_partner_reads_the_score_that_was_consented_to_it_and_no_other_partner_can_name_it(state: Caller) -> None:
    assert state.post("/v1/entities/P/consents", json=AGREED, headers=HOUSE).status_code == 200
    purpose = {"purpose": READER["purpose"]}
    assert state.get("/v1/entities/P", params=purpose, headers=OWN).json()["score"]["value"] is not None
    assert state.get("/v1/entities/P", params=READER, headers=OWN).json()["score"]["value"] is not None
    assert state.get("/v1/entities/P", params=purpose, headers=OTHER).json()["score"]["value"] is None
    refused = state.get("/v1/entities/P", params=READER, headers=OTHER)
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
def test_rows_records_consents_and_decisions_are_refused_to_partners(state: Caller, method: str, path: str) -> None:
    sent: dict[str, object] = {"json": {}} if method in ("POST", "PUT") else {}
    assert state.ask(method, path, headers=OWN, **sent).status_code == 403
    assert state.ask(method, path, headers={"authorization": "Bearer nobody-has-this-key"}).status_code == 401


def test_a_partner_is_told_the_year_of_birth_and_the_operator_the_day(store: Store) -> None:
    world = town()
    world.party("Q", "person", born_on="1979-06-13", name="方怡")
    spread(store, world)
    settings = Settings(
        today=TODAY, api_key=SecretStr(OPERATOR), partner_keys={name: SecretStr(key) for name, key in KEYS.items()}
    )
    ask = Caller(create_app(AppState(settings, store, default_rulebook(), "0")))
    assert ask.get("/v1/entities/Q", headers=HOUSE).json()["born_on"] == "1979-06-13"
    assert ask.get("/v1/entities/Q", headers=OWN).json()["born_on"] == "1979"
    doors = ("/v1/entities/Q", "/v1/entities/Q/ties", "/v1/entities/Q/network", "/v1/entities/Q/owners", "/v1/search?q=方怡")
    assert not [door for door in doors if "06-13" in ask.get(door, headers=OWN).text]


def test_partners_find_and_read_firms(state: Caller) -> None:
    assert state.get("/v1/entities/Firm", headers=OWN).status_code == 200
    assert state.post("/v1/screenings", json={"names": ["Firm"]}, headers=OWN).status_code == 200


def test_partner_keys_need_an_operator_and_are_each_its_own() -> None:
    with pytest.raises(ValidationError, match="need KITH_API_KEY"):
        Settings(partner_keys={"A": SecretStr("k" * 16)})
    with pytest.raises(ValidationError, match="a key of its own"):
        Settings(api_key=SecretStr("k" * 16), partner_keys={"A": SecretStr("k" * 16)})
    with pytest.raises(ValidationError, match="at least 16"):
        Settings(api_key=SecretStr("k" * 16), partner_keys={"A": SecretStr("short")})


def test_keys_come_from_the_environment_and_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_API_KEY", OPERATOR)
    monkeypatch.setenv("KITH_PARTNER_KEYS", json.dumps(KEYS))
    settings = settings_of()
    assert settings.partner_of(OWN["authorization"]) == "Harbour Bank"
    assert not settings.partner_of("Bearer nobody-has-this-key")
    assert not any(key in repr(settings) for key in (OPERATOR, *KEYS.values()))


def test_keys_that_are_not_json_are_told_without_showing_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_PARTNER_KEYS", "harbour-bank-key-1")
    with pytest.raises(WrongCall) as refused:
        settings_of()
    assert "KITH_PARTNER_KEYS" in str(refused.value)
    assert "harbour-bank" not in str(refused.value)
