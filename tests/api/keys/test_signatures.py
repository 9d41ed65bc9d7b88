"""What a key writes is signed with the key's name; whoever shows the operator's own key says who signs."""

import pytest
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.api.parties.test_consents import AGREED, spread, town
from tests.graph.world import TODAY

KEY = "operator-key-of-the-signatures"
PATH = "/v1/entities/P/consents"


@pytest.fixture
def caller(sqlite_store: Store) -> Caller:
    spread(sqlite_store, town())
    return Caller(create_app(AppState(Settings(today=TODAY, api_key=SecretStr(KEY)), sqlite_store, default_rulebook(), "0")))


def test_a_key_signs_with_its_own_name_and_no_other(caller: Caller, sqlite_store: Store) -> None:
    own = bearer(make_key(sqlite_store, "operator", name="王芳"))
    for more in ({}, {"by": "王芳"}):
        given = caller.post(PATH, json={**AGREED, **more}, headers=own).json()
        assert given["consent"]["recorded_by"] == "王芳"
    refused = caller.post(PATH, json={**AGREED, "by": "li.na"}, headers=own)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:kith:problem:signs-as-another")
    assert caller.ask("DELETE", "/v1/consents/C-000001?by=li.na", headers=own).status_code == 403
    assert caller.get("/v1/judgements/queue", params={"by": "li.na"}, headers=own).status_code == 403


def test_the_operators_own_key_says_who_signs(caller: Caller) -> None:
    given = caller.post(PATH, json={**AGREED, "by": "li.na"}, headers=bearer(KEY)).json()
    assert given["consent"]["recorded_by"] == "li.na"


def test_a_key_that_is_made_under_an_idempotency_key_is_kept_nowhere(caller: Caller, sqlite_store: Store) -> None:
    sent = {"headers": {**bearer(KEY), "idempotency-key": "make-it-once"}, "json": {"name": "till", "role": "reader"}}
    made = caller.post("/v1/keys", **sent)
    assert made.status_code == 201
    again = caller.post("/v1/keys", **sent)
    assert (again.status_code, again.json()["type"]) == (409, "urn:kith:problem:write-answer-lost")
    side = sqlite_store.open_side_store()
    kept = b"".join(file.read_bytes() for file in sqlite_store.kept_folders[0].parent.iterdir() if file.is_file())
    side.close()
    assert made.json()["key"]["id"].encode() in kept
    assert made.json()["secret_text"].rpartition("_")[2].encode() not in kept
    assert len(caller.get("/v1/keys", headers=bearer(KEY)).json()["keys"]) == 1


def test_a_key_that_makes_a_key_is_named_in_it(caller: Caller, sqlite_store: Store) -> None:
    own = bearer(make_key(sqlite_store, "operator", name="王芳"))
    made = caller.post("/v1/keys", json={"name": "till", "role": "reader"}, headers=own)
    assert made.status_code == 201
    assert made.json()["key"]["created_by"] == "王芳"
    assert made.headers["cache-control"] == "no-store"
    assert caller.get("/v1/about", headers=bearer(made.json()["secret_text"])).status_code == 200
    key_id = made.json()["key"]["id"]
    rotated = caller.post(f"/v1/keys/{key_id}/rotate", json={"overlap_hours": 0}, headers=own).json()
    assert caller.get("/v1/about", headers=bearer(made.json()["secret_text"])).status_code == 401
    assert caller.ask("DELETE", f"/v1/keys/{key_id}", headers=own).json()["revoked_by"] == "王芳"
    refused = caller.get("/v1/about", headers=bearer(rotated["secret_text"]))
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:kith:problem:key-revoked")
