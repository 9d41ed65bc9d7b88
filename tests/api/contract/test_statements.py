"""Facts as single records state them."""

from datetime import datetime
from typing import Any

import pytest

from tests.api.callers import Caller
from tests.api.regions import Region, resident_ids


@pytest.fixture(scope="module")
def largest_id(region: Region) -> str:
    rows = region.store.columns("entities/members")
    ids = rows["entity_id"]
    return str(max(set(ids), key=ids.count))


def ask(caller: Caller, path: str = "/statements", **params: object) -> dict[str, Any]:
    answer = caller.get(path, params=params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_every_value_of_an_entity_is_stated_by_one_of_its_records(caller: Caller, largest_id: str) -> None:
    entity = caller.get(f"/entities/{largest_id}", params={"nested": False}).json()
    facts = ask(caller, canonical_id=largest_id, limit=5000)["results"]
    assert {fact["canonical_id"] for fact in facts} == {largest_id}
    assert {fact["dataset"] for fact in facts} == set(entity["datasets"])
    stated = {(fact["prop"], fact["value"]) for fact in facts}
    told = {(prop, value) for prop, values in entity["properties"].items() for value in values if prop not in ("topics", "notes")}
    assert {pair for pair in told if pair[0] in ("name", "uscCode", "birthDate")} <= stated
    for fact in facts:
        assert datetime.fromisoformat(fact["first_seen"]) <= datetime.fromisoformat(fact["last_seen"])
        assert fact["origin"].count("#") == 1


def test_the_address_of_an_entity_has_the_same_facts(caller: Caller, largest_id: str) -> None:
    assert ask(caller, f"/entities/{largest_id}/statements") == ask(caller, canonical_id=largest_id)


def test_filters_let_through_what_they_name(caller: Caller, largest_id: str) -> None:
    facts = ask(caller, canonical_id=largest_id, limit=5000)["results"]
    first = facts[0]
    for name in ("prop", "dataset", "value", "schema", "entity_id"):
        some = ask(caller, canonical_id=largest_id, limit=5000, **{name: first[name]})["results"]
        assert some == [fact for fact in facts if fact[name] == first[name]]
    by_record = ask(caller, entity_id=first["entity_id"], limit=5000)["results"]
    assert by_record == [fact for fact in facts if fact["entity_id"] == first["entity_id"]]


def test_a_name_is_looked_up_without_naming_anybody(caller: Caller, largest_id: str) -> None:
    name = ask(caller, canonical_id=largest_id, prop="name")["results"][0]["value"]
    assert largest_id in {fact["canonical_id"] for fact in ask(caller, prop="name", value=name)["results"]}


def test_pages_together_are_all_facts(caller: Caller, largest_id: str) -> None:
    total = ask(caller, canonical_id=largest_id)["total"]
    assert total["relation"] == "eq"
    ids = [
        fact["id"]
        for offset in range(0, total["value"], 7)
        for fact in ask(caller, canonical_id=largest_id, limit=7, offset=offset)["results"]
    ]
    assert len(ids) == total["value"] == len(set(ids))


def test_without_anybody_named_the_first_are_looked_at_and_it_says_so(caller: Caller) -> None:
    found = ask(caller)
    assert (len(found["results"]), found["total"]["relation"]) == (50, "gte")


def test_nobody_has_no_facts(caller: Caller) -> None:
    assert ask(caller, canonical_id="K-none")["total"] == {"value": 0, "relation": "eq"}
    assert ask(caller, entity_id="registry:none")["total"]["value"] == 0
    assert caller.get("/entities/K-none/statements").status_code == 404
    assert caller.get("/statements", params={"dataset": "none"}).status_code == 404
    assert caller.get("/statements", params={"sort": "colour"}).status_code == 400
    assert caller.get("/statements", params={"limit": 5001}).status_code == 422


def test_no_number_of_a_person_is_stated(caller: Caller, region: Region) -> None:
    numbers = resident_ids(region)
    text = caller.get("/statements", params={"schema": "Person", "limit": 5000}).text
    assert not any(number in text for number in numbers)
    assert not any(
        fact["prop"] in ("idNumber", "taxNumber", "phone") for fact in ask(caller, schema="Person", limit=5000)["results"]
    )
