"""One entity over HTTP: nested, by former ids, its neighbours page by page."""

import json
from dataclasses import replace
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from api.app import create_app
from tests.api.callers import Caller
from tests.api.regions import Region, resident_ids

OWNED = "ownershipAsset"


@pytest.fixture(scope="module")
def subsidiary_id(caller: Caller, region: Region) -> str:
    name = region.story("defaulters_subsidiary", "risky")[0]["name"]
    return str(caller.get("/v1/search", params={"q": name}).json()["results"][0]["id"])


def test_an_entity_is_nested_unless_it_is_not_wanted(caller: Caller, subsidiary_id: str) -> None:
    nested = caller.get(f"/entities/{subsidiary_id}").json()
    owner = nested["properties"][OWNED][0]["properties"]["owner"][0]
    assert owner["schema"] in ("Company", "Person")
    assert owner["properties"]["name"]
    plain = caller.get(f"/entities/{subsidiary_id}", params={"nested": False}).json()
    assert all(isinstance(value, str) for values in plain["properties"].values() for value in values)
    assert plain["id"] == nested["id"] == subsidiary_id


def test_times_have_nineteen_characters_and_no_zone(caller: Caller, subsidiary_id: str) -> None:
    found = caller.get(f"/entities/{subsidiary_id}").json()
    assert all(len(found[name]) == len("2026-11-22T20:41:49") for name in ("first_seen", "last_seen", "last_change"))


def test_the_id_of_a_record_leads_to_its_party_with_the_question_kept(caller: Caller, subsidiary_id: str, region: Region) -> None:
    record_id = quote(region.story("defaulters_subsidiary", "risky")[0]["record_id"], safe="")
    moved = caller.get(f"/entities/{record_id}", params={"nested": "false"})
    assert (moved.status_code, moved.headers["location"].rpartition("/entities/")[2]) == (308, f"{subsidiary_id}?nested=false")
    beside = caller.get(f"/entities/{record_id}/adjacent/{OWNED}")
    assert beside.headers["location"].endswith(f"/entities/{subsidiary_id}/adjacent/{OWNED}")


@pytest.mark.parametrize("path", ["/entities/K-none", "/entities/K-none/adjacent", "/entities/K-none/adjacent/ownershipOwner"])
def test_an_unknown_entity_is_not_found_in_the_form_of_the_contract(caller: Caller, path: str) -> None:
    answer = caller.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["detail"] == "No such party: entity K-none"


def test_neighbours_come_by_property_with_their_number(caller: Caller, subsidiary_id: str) -> None:
    found = caller.get(f"/entities/{subsidiary_id}/adjacent").json()
    assert found["entity"]["id"] == subsidiary_id
    page = found["adjacent"][OWNED]
    assert (page["limit"], page["offset"], page["total"]["relation"]) == (10, 0, "eq")
    alone = caller.get(f"/entities/{subsidiary_id}/adjacent/{OWNED}").json()
    assert alone == page


def test_pages_of_neighbours_together_are_all_of_them(caller: Caller, region: Region) -> None:
    ids = [row["id"] for row in region.store.read("entities/all")]
    busiest = max(ids, key=lambda id_: len(region.store.read("contract/stated_ties", ids=[id_], not_stated=[], limit=10000)))
    pages = caller.get(f"/entities/{busiest}/adjacent", params={"limit": 2}).json()["adjacent"]
    prop, page = max(pages.items(), key=lambda entry: entry[1]["total"]["value"])
    total = page["total"]["value"]
    assert total > 2
    seen = [
        edge["id"]
        for offset in range(0, total, 2)
        for edge in caller.get(f"/entities/{busiest}/adjacent/{prop}", params={"limit": 2, "offset": offset}).json()["results"]
    ]
    assert len(set(seen)) == len(seen) == total
    beyond = caller.get(f"/entities/{busiest}/adjacent/{prop}", params={"offset": 9000}).json()
    assert (beyond["results"], beyond["total"]["value"]) == ([], total)
    by_amount = caller.get(f"/entities/{busiest}/adjacent/{prop}", params={"sort": "id:desc", "limit": 500}).json()["results"]
    assert [edge["id"] for edge in by_amount] == sorted(seen, reverse=True)


def test_a_property_that_leads_nowhere_is_not_found(caller: Caller, subsidiary_id: str) -> None:
    assert caller.get(f"/entities/{subsidiary_id}/adjacent/colour").status_code == 404
    assert caller.get(f"/entities/{subsidiary_id}/adjacent/name").status_code == 404
    empty = caller.get(f"/entities/{subsidiary_id}/adjacent/addressEntity").json()
    assert (empty["total"], empty["results"]) == ({"value": 0, "relation": "eq"}, [])


def test_a_listing_is_a_neighbour_too(caller: Caller) -> None:
    listed = caller.get("/v1/risky").json()["results"][0]["id"]
    found = caller.get(f"/entities/{listed}/adjacent/sanctions").json()
    assert found["total"]["value"] == len(found["results"]) >= 1
    assert found["results"][0]["properties"]["authority"]


@pytest.mark.parametrize("params", [{"limit": 501}, {"offset": 9500}, {"limit": -1}])
def test_what_is_out_of_range_is_told_as_fastapi_does(caller: Caller, subsidiary_id: str, params: dict[str, int]) -> None:
    answer = caller.get(f"/entities/{subsidiary_id}/adjacent", params=params)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", *params]


def test_an_order_that_there_is_not_is_a_query_that_cannot_be_answered(caller: Caller, subsidiary_id: str) -> None:
    answer = caller.get(f"/entities/{subsidiary_id}/adjacent", params={"sort": "colour:up"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "Invalid query")
    assert answer.json()["errors"]


def test_no_number_of_a_person_finds_or_leaves(caller: Caller, region: Region) -> None:
    for number in resident_ids(region)[:10]:
        answer = caller.get(f"/entities/{number}")
        assert answer.status_code == 404
        assert number not in answer.text


def test_what_is_no_address_of_the_contract_is_never_a_page(caller: Caller) -> None:
    for path in ("/entities", "/entities/", "/match/x", "/search/", "/statements/x", "/catalog/x"):
        answer = caller.get(path)
        assert answer.status_code in (404, 405)
        assert "json" in answer.headers["content-type"]
        assert json.loads(answer.text)["detail"]


@pytest.mark.parametrize("path", ["/entities/K-1", "/catalog", "/statements", "/search/default"])
def test_with_a_key_the_contract_asks_for_it_too(region: Region, path: str) -> None:
    settings = region.settings.model_copy(update={"api_key": SecretStr("a-key-of-many-letters")})
    keyed = Caller(create_app(replace(region, settings=settings).state))
    assert keyed.get(path).status_code == 401
