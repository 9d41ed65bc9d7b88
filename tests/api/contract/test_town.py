"""A few parties whose every fact is known, as the contract tells them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.app import create_app
from api.http.dependencies import AppState
from tests.api.callers import Caller
from tests.api.contract.small_town import RESIDENT

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(town: AppState) -> Ask:
    caller = Caller(create_app(town))
    return lambda path, **params: caller.get(path, params=params).json()


@pytest.fixture(scope="module")
def id_of(ask: Ask) -> Callable[[str], str]:
    return lambda name: str(ask("/search/default", q=name)["results"][0]["id"])


def told(answer: dict[str, Any], ids: dict[str, str]) -> str:
    """An answer with names in place of the ids of parties, which another store makes anew, and without the time of the load."""
    text = json.dumps({name: value for name, value in answer.items() if not name.endswith(("_seen", "_change"))}, indent=1)
    for id_, name in ids.items():
        text = text.replace(id_, name)
    return text


@pytest.mark.parametrize("name", ["Rongjiang Trading", "Volga Metals", "Boris Orlov", "Yi Lin", "Rongjiang Water"])
def test_a_whole_entity(ask: Ask, id_of: Callable[[str], str], golden: Callable[[str], None], town: AppState, name: str) -> None:
    ids = {row["id"]: f"K-{row['name'].replace(' ', '-')}" for row in town.store.read("entities/all")}
    answer = ask(f"/entities/{id_of(name)}")
    for properties in walk(answer):
        for key in ("first_seen", "last_seen", "last_change"):
            properties.pop(key, None)
    golden(told(answer, ids))


def walk(value: Any) -> list[dict[str, Any]]:
    """Every object within an answer, itself too."""
    if isinstance(value, list):
        return [inner for part in value for inner in walk(part)]
    if isinstance(value, dict):
        return [value, *(inner for part in value.values() for inner in walk(part))]
    return []


def test_words_of_a_person_may_come_in_any_order(ask: Ask, id_of: Callable[[str], str]) -> None:
    assert id_of("Orlov Boris") == id_of("Boris Orlov")
    assert id_of("LIN, Yi") == id_of("Yi Lin")


def test_a_word_in_the_middle_of_a_name_finds_it_where_no_index_does(ask: Ask, id_of: Callable[[str], str]) -> None:
    assert id_of("water bureau") == id_of("Rongjiang Water Bureau")


def test_a_listed_firm_has_the_topic_and_whoever_is_tied_to_it_has_none(ask: Ask) -> None:
    sanctioned = ask("/search/default", topics="sanction")["results"]
    assert [entity["caption"] for entity in sanctioned] == ["Volga Metals OOO"]
    assert [entity["caption"] for entity in ask("/search/default", target="true")["results"]] == ["Volga Metals OOO"]
    (mayor,) = ask("/search/default", topics="role.pep")["results"]
    assert mayor["properties"]["topics"] == ["role.pep"]
    assert not mayor["target"]


def test_a_listing_that_ended_gives_nothing(ask: Ask, id_of: Callable[[str], str]) -> None:
    bureau = ask(f"/entities/{id_of('Rongjiang Water')}")
    assert "sanctions" not in bureau["properties"]
    assert "topics" not in bureau["properties"]


def test_codes_of_firms_filter_and_no_number_of_a_person_is_anywhere(ask: Ask) -> None:
    assert ask("/search/default", filter="innCode:7707083893")["total"]["value"] == 1
    assert ask("/search/default", q="529900T8BM49AURSDO55")["results"][0]["caption"] == "Volga Metals OOO"
    everything = json.dumps(ask("/search/default", limit=500))
    assert RESIDENT not in everything
    assert "110***" not in everything
