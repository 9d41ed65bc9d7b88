"""Watch lists, events and webhooks over HTTP, on both engines: what is made, changed, refused, and whose it is."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from api.watching.deliveries import deliver_due
from api.watching.worker import sender_of
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.api.watching.town import FIRST_DAY, Town

OPERATOR = "operator-key-of-kith"
HOUSE = bearer(OPERATOR)
NDJSON = {"content-type": "application/x-ndjson"} | HOUSE
HOOK = {"url": "https://erp.example.org/hooks/kith"}


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    made = Town(store, tmp_path, "A", "B")
    made.tie("DIRECTS", "P", "A", began_on="2026-01-01")
    return made.run()


@pytest.fixture
def caller(town: Town) -> Caller:
    settings = Settings(today=FIRST_DAY, api_key=SecretStr(OPERATOR), id_key_file=town.folder / "id.key")
    return Caller(create_app(AppState(settings, town.store, default_rulebook(), "0")))


@pytest.fixture
def list_id(caller: Caller) -> str:
    made = caller.post("/v1/watchlists", json={"name": "Suppliers"}, headers=HOUSE)
    assert made.status_code == 201
    return str(made.json()["id"])


def add(caller: Caller, list_id: str, *entries: dict[str, str]):  # type: ignore[no-untyped-def]
    return caller.post(f"/v1/watchlists/{list_id}/entries", json={"entries": entries}, headers=HOUSE)


def test_a_list_is_made_shown_changed_and_removed(caller: Caller, list_id: str) -> None:
    path = f"/v1/watchlists/{list_id}"
    changed = caller.ask("PATCH", path, json={"note": "steel", "active_until": "2026-06-30"}, headers=HOUSE).json()
    assert (changed["name"], changed["note"], changed["active"]) == ("Suppliers", "steel", False)
    cleared = caller.ask("PATCH", path, json={"note": None}, headers=HOUSE).json()
    assert (cleared["note"], cleared["active_until"]) == (None, "2026-06-30")
    assert caller.ask("PATCH", path, json={"name": None}, headers=HOUSE).status_code == 400
    assert [one["id"] for one in caller.get("/v1/watchlists", headers=HOUSE).json()["watchlists"]] == [list_id]
    assert caller.ask("DELETE", path, headers=HOUSE).json()["id"] == list_id
    gone = caller.get(path, headers=HOUSE)
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:kith:problem:watchlist-unknown")


def test_entries_come_as_json_lines_or_a_table_and_each_stands_by_itself(caller: Caller, list_id: str) -> None:
    answer = add(caller, list_id, {"entity_id": "A", "reference": "S-1"}, {"entity_id": "nobody"}, {"country": "cn"}).json()
    assert (answer["added"], [refusal["row"] for refusal in answer["refused"]]) == (1, [2, 3])
    path = f"/v1/watchlists/{list_id}/entries"
    lines = caller.post(
        path, content='{"entity_id": "B"}\n{"name": \n{"name": "Nowhere Ltd", "country": "China"}\n', headers=NDJSON
    )
    assert (lines.json()["added"], [refusal["row"] for refusal in lines.json()["refused"]]) == (1, [2, 3])
    table = "entity_id;名称;reference;国家\nB;;S-9;CN\n;;;\n;Unheard Of GmbH;S-10;Germany\n".encode()
    rows = caller.post(path, content=table, headers=HOUSE | {"content-type": "text/csv"}).json()
    assert (rows["added"], rows["waiting"]) == (2, 1)
    shown = caller.get(path, headers=HOUSE).json()["entries"]
    assert [(entry["party"], entry["reference"], entry["waiting"]) for entry in shown] == [
        ("A Trading Ltd", "S-1", False),
        ("B Trading Ltd", None, False),
        ("B Trading Ltd", "S-9", False),
        (None, "S-10", True),
    ]
    assert caller.ask("DELETE", f"{path}/{shown[0]['id']}", headers=HOUSE).json()["id"] == shown[0]["id"]
    missing = caller.ask("DELETE", f"{path}/{shown[0]['id']}", headers=HOUSE)
    assert missing.json()["type"] == "urn:kith:problem:entry-unknown"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff\xfe\x00", b'{"entries": 3}', b"[[[[1]]]]", b'{"entries": [{"name": "a\\u0000"}]}']
)
def test_what_is_no_list_of_entries_is_refused_and_nothing_is_added(caller: Caller, list_id: str, body: bytes) -> None:
    for kind in ("application/json", "application/x-ndjson", "text/csv"):
        answer = caller.post(f"/v1/watchlists/{list_id}/entries", content=body, headers=HOUSE | {"content-type": kind})
        assert answer.status_code in (200, 400, 422), answer.text
        assert answer.json().get("added", 0) == 0
        assert not any(word in answer.text for word in ("pydantic", "Traceback", "sqlite", "codec"))


def test_pages_lead_over_all_lists_and_entries(caller: Caller, list_id: str) -> None:
    add(caller, list_id, *({"entity_id": "A", "reference": f"S-{number}"} for number in range(5)))
    found, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = caller.get(f"/v1/watchlists/{list_id}/entries", params=params, headers=HOUSE).json()
        found += [entry["reference"] for entry in page["entries"]]
        if not (cursor := page["next"]):
            break
    assert found == [f"S-{number}" for number in range(5)]


def test_the_feed_goes_on_behind_its_cursor_and_takes_filters(caller: Caller, town: Town, list_id: str) -> None:
    add(caller, list_id, {"entity_id": "A"}, {"entity_id": "B"})
    start = caller.get("/v1/events", headers=HOUSE).json()
    assert (start["events"], start["more"]) == ([], False)
    town.change_party("A", name="A2")
    town.change_party("B", name="B2")
    town.list_party("B")
    town.run()
    first = caller.get("/v1/events", params={"after": start["next"], "limit": 2}, headers=HOUSE).json()
    rest = caller.get("/v1/events", params={"after": first["next"]}, headers=HOUSE).json()
    assert first["more"]
    assert not rest["more"]
    again = caller.get("/v1/events", params={"after": start["next"], "limit": 2}, headers=HOUSE).json()
    assert again == first
    of_kind = caller.get("/v1/events", params={"kind": ["name.changed"], "entity": "B"}, headers=HOUSE).json()["events"]
    assert [event["after"] for event in of_kind] == ["B2"]
    of_list = caller.get(f"/v1/watchlists/{list_id}/events", headers=HOUSE | {"accept-language": "zh"}).json()["events"]
    assert len(of_list) == len(first["events"]) + len(rest["events"])
    assert any("列入" in event["sentence"] for event in of_list)
    for params in ({"after": "nonsense"}, {"after": "WyJ4Il0"}):
        assert caller.get("/v1/events", params=params, headers=HOUSE).status_code == 400
    assert caller.get("/v1/events", params={"kind": "no.kind"}, headers=HOUSE).status_code == 422


def test_what_a_key_makes_is_its_own_and_the_operator_sees_all(caller: Caller, town: Town) -> None:
    partner = bearer(make_key(town.store, "partner", partner="Harbour Bank", purpose="supplier credit"))
    other = bearer(make_key(town.store, "reader"))
    own = caller.post("/v1/watchlists", json={"name": "mine"}, headers=partner).json()["id"]
    assert caller.get(f"/v1/watchlists/{own}", headers=partner).status_code == 200
    assert caller.get(f"/v1/watchlists/{own}", headers=other).status_code == 404
    assert caller.get(f"/v1/watchlists/{own}/events", headers=other).status_code == 404
    assert caller.get(f"/v1/watchlists/{own}", headers=HOUSE).status_code == 200
    assert caller.get("/v1/watchlists", headers=other).json()["watchlists"] == []
    refused = caller.post(f"/v1/watchlists/{own}/entries", json={"entries": [{"entity_id": "P"}]}, headers=partner).json()
    assert refused["refused"][0]["problem"] == "a person is watched by the operator alone"
    caller.post(f"/v1/watchlists/{own}/entries", json={"entries": [{"entity_id": "A"}]}, headers=partner)
    town.change_party("A", name="A2")
    town.run()
    assert len(caller.get("/v1/events", headers=partner).json()["events"]) == 1
    assert caller.get("/v1/events", headers=other).json()["events"] == []
    hook = caller.post("/v1/webhooks", json=HOOK, headers=partner).json()
    assert caller.get(f"/v1/webhooks/{hook['id']}", headers=other).status_code == 404
    assert caller.post("/v1/webhooks", json=HOOK | {"watchlist_id": own}, headers=other).status_code == 404


def test_a_subscription_is_made_shown_without_its_secret_changed_and_removed(caller: Caller, list_id: str) -> None:
    made = caller.post("/v1/webhooks", json=HOOK | {"watchlist_id": list_id, "kinds": ["listing.new"]}, headers=HOUSE)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert made.headers["cache-control"] == "no-store"
    path = f"/v1/webhooks/{made.json()['id']}"
    shown = caller.get(path, headers=HOUSE).json()
    assert "secret" not in shown
    assert "salt" not in str(caller.get("/v1/webhooks", headers=HOUSE).json())
    assert caller.ask("PATCH", path, json={"active": False}, headers=HOUSE).json()["state"] == "paused"
    rotated = caller.post(f"{path}/rotate", headers=HOUSE)
    assert rotated.json()["secret"] != made.json()["secret"]
    assert rotated.headers["cache-control"] == "no-store"
    assert caller.post(f"{path}/replay", headers=HOUSE).json()["state"] == "active"
    assert caller.post(f"{path}/ping", headers=HOUSE).json()["delivered"] is False
    assert caller.get(f"{path}/failures", headers=HOUSE).json()["failures"] == []
    caller.ask("DELETE", f"/v1/watchlists/{list_id}", headers=HOUSE)
    assert caller.get(path, headers=HOUSE).json()["reason"] == "its watch list was removed"
    caller.ask("DELETE", path, headers=HOUSE)
    assert caller.get(path, headers=HOUSE).json()["type"] == "urn:kith:problem:webhook-unknown"


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.example.org/",
        "https://user:pw@erp.example.org/",
        "gopher://x.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
    ],
)
def test_an_address_that_is_not_safe_is_refused_when_it_is_given(caller: Caller, url: str) -> None:
    answer = caller.post("/v1/webhooks", json={"url": url}, headers=HOUSE)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:kith:problem:webhook-refused")


def test_a_cursor_of_events_that_are_still_to_come_is_no_place_to_replay_from(caller: Caller, town: Town, list_id: str) -> None:
    made = caller.post("/v1/webhooks", json=HOOK, headers=HOUSE).json()
    add(caller, list_id, {"entity_id": "A"})
    town.change_party("A", name="A2")
    town.run()
    cursor = caller.get("/v1/events", headers=HOUSE).json()["next"]
    assert caller.post(f"/v1/webhooks/{made['id']}/replay", params={"after": cursor}, headers=HOUSE).status_code == 200
    from api.watching.events import cursor_of

    answer = caller.post(f"/v1/webhooks/{made['id']}/replay", params={"after": cursor_of(99)}, headers=HOUSE)
    assert answer.status_code == 400


def test_a_key_that_is_revoked_is_sent_nothing_more(caller: Caller, town: Town) -> None:
    text = make_key(town.store, "reader")
    key_id = text.split("_")[1]
    own = caller.post("/v1/watchlists", json={"name": "mine"}, headers=bearer(text)).json()["id"]
    caller.post(f"/v1/watchlists/{own}/entries", json={"entries": [{"entity_id": "A"}]}, headers=bearer(text))
    hook = caller.post("/v1/webhooks", json=HOOK, headers=bearer(text)).json()["id"]
    town.change_party("A", name="A2")
    town.run()
    assert caller.ask("DELETE", f"/v1/keys/{key_id}", headers=HOUSE).status_code == 200
    sender = sender_of(town.store, settings=town.settings, rules=default_rulebook())
    assert deliver_due(sender).delivered == 0
    shown = caller.get(f"/v1/webhooks/{hook}", headers=HOUSE).json()
    assert (shown["state"], shown["reason"]) == ("ended", "the key that made it has ended")
