"""A party that was joined into another, and a store that goes away, over HTTP on both engines."""

from pathlib import Path

import pytest

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller
from tests.cypher.world import load


@pytest.fixture
def caller(store: Store) -> Caller:
    load(store)
    return Caller(create_app(AppState(Settings(), store, default_rulebook(), "test")))


def test_an_id_that_was_joined_leads_to_the_surviving_party_wherever_it_is_asked(caller: Caller) -> None:
    for tail in ("", "/records", "/ties?as_of=2024-05-01", "/network?depth=2&kinds=OWNS"):
        moved = caller.get(f"/v1/entities/K-4{tail}")
        assert moved.status_code == 308
        assert moved.headers["location"] == f"/v1/entities/K-1{tail}"
        assert caller.get(moved.headers["location"]).status_code == 200


def test_a_joined_id_is_understood_as_either_end_of_a_path(caller: Caller) -> None:
    assert caller.get("/v1/paths", params={"from": "K-4", "to": "K-3"}).json()["paths"]


def test_an_earlier_name_or_a_sound_is_said_to_be_why(caller: Caller) -> None:
    found = caller.get("/v1/search", params={"q": "鹏程贸易"}).json()["results"]
    assert [one["id"] for one in found] == ["K-1"]
    assert found[0]["why"] in ("name", "sound")


def test_readiness_follows_the_store_and_liveness_does_not(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'k.db'}")
    caller = Caller(create_app(AppState(Settings(), store, default_rulebook(), "test")))
    for file in tmp_path.iterdir():
        file.unlink()
    assert caller.get("/readyz").status_code == 503
    assert caller.get("/healthz").status_code == 200
    store.close()
