"""The search of the contract: words in any script, filters, facets, pages."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.contract.pages import Window
from api.contract.search import search
from api.contract.search_filters import SearchQuery
from api.schemas.contract_entities import FacetName, FilterOperator, SearchResults
from tests.api.callers import Caller
from tests.api.regions import Region, resident_ids

Find = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def find(caller: Caller) -> Find:
    def ask(q: str = "", dataset: str = "default", **params: object) -> dict[str, Any]:
        answer = caller.get(f"/search/{dataset}", params={"q": q, **params})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return ask


@pytest.fixture(scope="module")
def subsidiary(region: Region) -> dict[str, str]:
    return region.story("defaulters_subsidiary", "risky")[0]


def test_a_party_is_found_by_name_by_its_beginning_by_code_and_by_id(find: Find, subsidiary: dict[str, str]) -> None:
    code = subsidiary["record_id"].partition(":")[2]
    by_name = find(subsidiary["name"])["results"][0]
    assert subsidiary["name"] in by_name["properties"]["name"]
    for words in (code, by_name["id"], subsidiary["record_id"], subsidiary["name"][:-2], f'"{subsidiary["name"]}"'):
        assert find(words)["results"][0]["id"] == by_name["id"]


def test_a_chinese_name_is_found_by_its_sound(find: Find, region: Region) -> None:
    rows = [row for row in region.store.read("entities/all") if row["name_other"] and not row["name"].isascii()]
    for row in rows[:5]:
        assert row["id"] in [result["id"] for result in find(row["name_other"], limit=50)["results"]]


def test_nothing_that_is_not_there_is_found(find: Find) -> None:
    found = find("Zzyzx Unheard Of Holdings")
    assert (found["results"], found["total"]) == ([], {"value": 0, "relation": "eq"})


def test_no_number_of_a_person_finds_anything(find: Find, region: Region) -> None:
    for number in resident_ids(region)[:20]:
        assert find(number)["total"]["value"] == 0


def test_without_words_everything_is_browsed_page_by_page(find: Find, region: Region) -> None:
    total = find()["total"]
    assert total == {"value": region.counts["entities"], "relation": "eq"}
    pages = [find(limit=100, offset=offset)["results"] for offset in range(0, total["value"], 100)]
    ids = [result["id"] for page in pages for result in page]
    assert len(ids) == len(set(ids)) == total["value"]


def test_facets_count_what_answers(find: Find) -> None:
    found = find(facets=["schema", "countries", "topics", "datasets"], limit=500)
    schemas = Counter(result["schema"] for result in found["results"])
    assert {value["name"]: value["count"] for value in found["facets"]["schema"]["values"]} == schemas
    topics = Counter(topic for result in found["results"] for topic in result["properties"].get("topics", []))
    assert {value["name"]: value["count"] for value in found["facets"]["topics"]["values"]} == topics
    china = next(value for value in found["facets"]["countries"]["values"] if value["name"] == "cn")
    assert china["label"] == "China"
    assert found["facets"]["datasets"]["label"] == "Data sources"


def test_every_value_of_a_facet_is_a_filter_that_lets_as_many_through(find: Find) -> None:
    facets = find(facets=["schema", "countries", "topics", "datasets"])["facets"]
    for name, field in (("countries", "countries"), ("topics", "topics"), ("datasets", "datasets")):
        for value in facets[name]["values"][:4]:
            assert find(**{field: value["name"]})["total"]["value"] == value["count"]
    for value in facets["datasets"]["values"][:4]:
        assert find(dataset=value["name"])["total"]["value"] == value["count"]
        assert find(include_dataset=value["name"])["total"]["value"] == value["count"]


def test_a_schema_lets_its_descendants_through(find: Find) -> None:
    organizations = find(schema="Organization", limit=500)["results"]
    assert {result["schema"] for result in organizations} >= {"Company", "PublicBody"}
    assert "Person" not in {result["schema"] for result in organizations}
    without = find(schema="Organization", exclude_schema="PublicBody", limit=500)["results"]
    assert {result["schema"] for result in without} == {result["schema"] for result in organizations} - {"PublicBody"}
    assert find(schema="Vessel")["total"]["value"] == 0


def test_several_values_count_as_or_unless_and_is_said(find: Find) -> None:
    one, other = [value["name"] for value in find(facets=["datasets"])["facets"]["datasets"]["values"][:2]]
    either = find(datasets=[one, other])["total"]["value"]
    both = find(datasets=[one, other], filter_op="AND")["total"]["value"]
    counts = [find(datasets=name)["total"]["value"] for name in (one, other)]
    assert either + both == sum(counts)


def test_what_is_left_out_and_what_is_not_are_all(find: Find) -> None:
    name = find(facets=["datasets"])["facets"]["datasets"]["values"][0]["name"]
    only_there = find()["total"]["value"] - find(exclude_dataset=name)["total"]["value"]
    assert 0 < only_there <= find(dataset=name)["total"]["value"]


def test_properties_filter_by_value_and_days_also_by_year(find: Find) -> None:
    person = next(result for result in find(schema="Person", limit=500)["results"] if "birthDate" in result["properties"])
    day = person["properties"]["birthDate"][0]
    for text in (f"birthDate:{day}", f"properties.birthDate:{day[:4]}"):
        found = find(filter=text, limit=500)["results"]
        assert person["id"] in [result["id"] for result in found]
        assert all(any(born.startswith(day[:4]) for born in result["properties"]["birthDate"]) for result in found)
    assert find(filter=["birthDate:1985", "birthDate:1986"], filter_op="AND")["total"]["value"] == 0


def test_only_what_changed_since_a_day(find: Find) -> None:
    assert find(changed_since="2999-01-01")["total"]["value"] == 0
    assert find(changed_since="1999-01-01T00:00")["total"]["value"] == find()["total"]["value"]


def test_the_order_is_the_one_that_is_asked_for(find: Find) -> None:
    for field in ("caption", "id", "first_seen"):
        values = [result[field] for result in find(sort=f"{field}:desc", limit=50)["results"]]
        assert values == sorted(values, reverse=True)
    assert [result["id"] for result in find(sort="id:asc", offset=3, limit=2)["results"]] == [
        result["id"] for result in find(sort="id:asc", limit=5)["results"]
    ][3:]


@pytest.mark.parametrize(
    "params", [{"limit": 501}, {"offset": 9500}, {"filter_op": "XOR"}, {"facets": "colour"}, {"changed_since": "soon"}]
)
def test_parameters_out_of_range_are_told_as_fastapi_does(caller: Caller, params: dict[str, object]) -> None:
    answer = caller.get("/search/default", params=params)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    "params", [{"schema": "Firm"}, {"filter": "colour:red"}, {"filter": "name"}, {"sort": "colour"}, {"sort": "id:up"}]
)
def test_a_query_that_cannot_be_answered_says_why(caller: Caller, params: dict[str, str]) -> None:
    answer = caller.get("/search/default", params=params)
    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize("params", [{}, {"include_dataset": "no_such"}, {"exclude_dataset": "no_such"}])
def test_an_unknown_data_set_is_not_found(caller: Caller, params: dict[str, str]) -> None:
    path = "/search/default" if params else "/search/no_such"
    assert caller.get(path, params=params).status_code == 404


def test_results_beyond_those_looked_at_are_said_to_be_more(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.contract.candidates.LOOKED_AT_MAX", 20)
    found = search(region.context(), SearchQuery(dataset="default", window=Window(5)))
    assert (found.total.value, found.total.relation) == (20, "gte")
    further = search(region.context(), SearchQuery(dataset="default", window=Window(5, 40)))
    assert (len(further.results), further.total.relation) == (5, "gte")


FILTERS = {
    "schema": st.sampled_from(["Thing", "Person", "Company", "LegalEntity"]),
    "countries": st.lists(st.sampled_from(["cn", "us"]), max_size=2).map(tuple),
    "topics": st.lists(st.sampled_from(["sanction", "reg.action", "debarment"]), max_size=2).map(tuple),
    "target": st.sampled_from([None, True, False]),
    "operator": st.sampled_from(FilterOperator),
}


@given(filters=st.fixed_dictionaries(FILTERS))
def test_one_more_filter_never_lets_more_through(made: Region, filters: dict[str, Any]) -> None:
    def ids(**some: Any) -> set[str]:
        query = SearchQuery(dataset="default", window=Window(500), facets=(FacetName.TOPICS,), **some)
        found: SearchResults = search(made.context(), query)
        return {result.id for result in found.results}

    everything = ids()
    for name in filters:
        fewer = {other: value for other, value in filters.items() if other != name}
        assert ids(**filters) <= ids(**fewer) <= everything
