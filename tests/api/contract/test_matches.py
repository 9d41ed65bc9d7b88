"""Matching by example, as the screening contract has it."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from yente_client import Client
from yente_client.entities import Company, Person

from api.app import create_app
from api.contract.algorithms import algorithm_documents
from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import rulebook, version
from ontology.entity import Entity
from store.port import Store
from store.rows import to_rows
from tests.api.callers import Caller
from tests.api.contract.matches import company, match, person, query_of
from tests.api.keys import bearer, make_key
from tests.api.regions import Region, resident_ids
from tests.resolution.parties import firm as a_firm

VALUES = st.text(max_size=40) | st.lists(st.text(max_size=40) | st.integers(), max_size=3)
ANSWER = {"id", "caption", "schema", "properties", "datasets", "referents", "target", "score", "match", "explanations"}


def parties(region: Region, kind: str) -> list[Entity]:
    documents = (Entity.model_validate_json(row["document"]) for row in region.store.read("entities/all"))
    return [party for party in documents if party.kind == kind]


def test_every_firm_is_the_best_answer_to_its_own_name(region: Region, caller: Caller) -> None:
    firms = parties(region, "firm")[:90]
    queries = {firm.id: company(firm.name) for firm in firms}
    answers = match(caller, queries)["responses"]
    best = {id_: [result["id"] for result in answer["results"] if result["match"]] for id_, answer in answers.items()}
    assert all(id_ in matches for id_, matches in best.items())


def test_a_result_is_an_entity_with_score_match_and_explanations(region: Region, caller: Caller) -> None:
    (firm, *_) = parties(region, "firm")
    answer = match(caller, {"q": company(firm.name)})
    assert answer["limit"] == 5
    assert set(answer["responses"]["q"]) == {"status", "results", "total", "query"}
    (first, *_) = answer["responses"]["q"]["results"]
    assert set(first) >= ANSWER
    assert first["explanations"]["names"]["query"] == firm.name
    assert {"score", "detail", "query", "candidate"} == set(first["explanations"]["names"])
    assert answer["responses"]["q"]["total"] == {"value": len(answer["responses"]["q"]["results"]), "relation": "eq"}


def test_results_stand_by_score_and_above_the_cutoff(region: Region, caller: Caller) -> None:
    (somebody, *_) = parties(region, "person")
    for cutoff in (0.0, 0.3, 0.9):
        results = match(caller, {"q": person(somebody.name)}, cutoff=cutoff, limit=50)["responses"]["q"]["results"]
        found = [result["score"] for result in results]
        assert found == sorted(found, reverse=True)
        assert all(score >= cutoff for score in found)
        assert [result["match"] for result in results] == [score >= 0.7 for score in found]


def test_filters_narrow_the_answer(region: Region, caller: Caller) -> None:
    (listed, *_) = parties(region, "firm")
    (source, *_) = listed.sources
    query = {"q": company(listed.name)}

    def ids(**parameters: Any) -> list[str]:
        return [result["id"] for result in match(caller, query, **parameters)["responses"]["q"]["results"]]

    assert listed.id in ids()
    assert listed.id in ids(dataset=source)
    assert listed.id in ids(include_dataset=source)
    assert listed.id not in ids(exclude_dataset=list(listed.sources))
    assert listed.id not in ids(exclude_schema="Company")
    assert listed.id not in ids(exclude_schema="LegalEntity")
    assert listed.id not in ids(exclude_entity_ids=listed.id)
    assert listed.id not in ids(exclude_entity_ids=listed.record_ids[0])
    assert listed.id not in ids(topics="role.pep")
    assert listed.id not in ids(changed_since="2999-01-01")
    assert listed.id in ids(changed_since="2000-01-01")
    assert ids(limit=0) == []


def test_a_topic_is_that_of_a_listing_in_force(region: Region, caller: Caller) -> None:
    queries = {party.id: company(party.name) for party in parties(region, "firm")[:90]}
    plain = match(caller, queries)["responses"]
    tagged = next(result for answer in plain.values() for result in answer["results"] if result["properties"].get("topics"))
    (topic, *_) = tagged["properties"]["topics"]
    with_topic = match(caller, queries, topics=topic)["responses"]
    results = [result for answer in with_topic.values() for result in answer["results"]]
    assert tagged["id"] in {result["id"] for result in results}
    assert all(topic in result["properties"]["topics"] for result in results)


def test_weights_and_settings_change_the_score(region: Region, caller: Caller) -> None:
    (firm, *_) = parties(region, "firm")

    def best(**more: Any) -> float:
        answer = match(caller, {"q": company(firm.name)}, cutoff=0.0, body=more)
        return next(result["score"] for result in answer["responses"]["q"]["results"] if result["id"] == firm.id)

    assert best(config={"shift": -2.0}) < best() < best(config={"shift": 2.0})
    assert best(config={"name_alone_max": 0.25}) <= 0.25
    assert best(weights={"names": 0.0}) == 0.5
    assert best(weights={"name_literal": 0.0}) == best()


WRONG = {
    "no queries": ({"queries": {}}, {}, 400),
    "too many queries": ({"queries": {str(number): company("A B") for number in range(101)}}, {}, 400),
    "an unknown schema": ({"queries": {"q": {"schema": "Spaceship", "properties": {"name": ["X"]}}}}, {}, 400),
    "a schema that cannot be matched": ({"queries": {"q": {"schema": "Ownership", "properties": {"role": ["X"]}}}}, {}, 400),
    "no values": ({"queries": {"q": {"schema": "Person", "properties": {}}}}, {}, 400),
    "an entity as a value": ({"queries": {"q": {"schema": "Person", "properties": {"name": [{"id": "x"}]}}}}, {}, 400),
    "an unknown setting": ({"queries": {"q": company("A B")}, "config": {"nm_number_mismatch": 0.4}}, {}, 400),
    "a setting out of range": ({"queries": {"q": company("A B")}, "config": {"candidates_max": 0}}, {}, 400),
    "an unknown algorithm": ({"queries": {"q": company("A B")}}, {"algorithm": "best-of-all"}, 400),
    "an unknown data set": ({"queries": {"q": company("A B")}}, {"dataset": "nowhere"}, 404),
    "no schema": ({"queries": {"q": {"properties": {"name": ["X"]}}}}, {}, 422),
    "a limit above 500": ({"queries": {"q": company("A B")}}, {"limit": 501}, 422),
    "a day that is none": ({"queries": {"q": company("A B")}}, {"changed_since": "yesterday"}, 422),
    "too many to leave out": ({"queries": {"q": company("A B")}}, {"exclude_entity_ids": ["x"] * 51}, 422),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_call_is_refused_in_the_form_of_the_contract(what: str, caller: Caller) -> None:
    body, parameters, status = WRONG[what]
    parameters = {**parameters}
    answer = caller.post(f"/match/{parameters.pop('dataset', 'default')}", json=body, params=parameters)
    assert answer.status_code == status, answer.text
    assert "detail" in answer.json()
    assert status != 400 or answer.json()["errors"]


def test_a_schema_that_kith_has_no_parties_of_has_no_results(caller: Caller) -> None:
    answer = match(caller, {"q": {"schema": "Vessel", "properties": {"name": ["Sea Star"]}}})
    assert answer["responses"]["q"]["results"] == []


def test_a_personal_number_finds_its_person_for_who_may_and_leaves_a_line_without_it(
    region: Region, caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = sorted(resident_ids(region))
    queries = {str(at): query_of("Person", idNumber=number) for at, number in enumerate(numbers[:60])}
    with caplog.at_level(logging.WARNING, "kith.contract"):
        answers = match(caller, queries)["responses"]
    assert sum(bool(answer["results"]) for answer in answers.values()) > 20
    text = json.dumps(answers) + caplog.text
    assert not any(number in text for number in numbers)
    assert f"{len(queries)} descriptions" in caplog.text
    assert answers["0"]["query"]["properties"]["idNumber"][0].count("*") > 5


@pytest.mark.parametrize("role", ["reader", "partner"])
def test_a_personal_number_is_not_compared_for(role: str, region: Region, caller: Caller) -> None:
    more = {"partner": "Bank", "purpose": "onboarding"} if role == "partner" else {}
    headers = bearer(make_key(region.store, role, **more))
    queries = {str(at): query_of("Person", idNumber=number) for at, number in enumerate(sorted(resident_ids(region))[:40])}
    answer = caller.post("/match/default", json={"queries": queries}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert not any(part["results"] for part in answer.json()["responses"].values())


def test_for_a_partner_a_birth_is_a_year(region: Region, caller: Caller) -> None:
    headers = bearer(make_key(region.store, "partner", partner="Bank", purpose="onboarding"))
    born = next(party for party in parties(region, "person") if party.born_on and len(party.born_on) == 10)
    body = {"queries": {"q": person(born.name, birthDate=born.born_on[:4])}}
    answer = caller.post("/match/default", json=body, headers=headers)
    assert born.born_on not in answer.text
    assert born.id in answer.text


def test_a_store_that_is_not_resolved_says_so_and_finds_nobody(sqlite_store: Store) -> None:
    with sqlite_store.transaction():
        sqlite_store.write("sources/put_records", rows=to_rows([a_firm("f1", "Rongjiang Trading")]))
    settings = Settings()
    state = AppState(settings, sqlite_store, rulebook(settings), version())
    answer = Caller(create_app(state)).post("/match/default", json={"queries": {"q": company("A B")}})
    assert answer.status_code == 503, answer.text
    assert "resolve" in answer.json()["remedy"]


def test_every_feature_and_setting_of_the_algorithm_is_documented(caller: Caller) -> None:
    answer = caller.get("/algorithms").json()
    assert answer["default"] == answer["best"] == "kith"
    (algorithm,) = answer["algorithms"]
    assert set(algorithm["docs"]["features"]) == set(algorithm["features"])
    assert all(feature["description"] for feature in algorithm["features"].values())
    assert all(variable["description"] for variable in algorithm["docs"]["config"].values())


def test_an_explanation_names_only_documented_features(region: Region, caller: Caller) -> None:
    documented = set(algorithm_documents().algorithms[0].docs.features)
    queries = {party.id: company(party.name, country=["cn"]) for party in parties(region, "firm")[:40]}
    answers = match(caller, queries, cutoff=0.0, limit=50)["responses"]
    told = {name for answer in answers.values() for result in answer["results"] for name in result["explanations"]}
    assert told <= documented


@pytest.fixture(scope="module")
def made_caller(made: Region) -> Caller:
    return Caller(create_app(made.state))


@examples(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.text(max_size=12), st.text(max_size=40) | st.lists(st.text(max_size=40) | st.integers(), max_size=3), max_size=4
    )
)
def test_no_description_is_too_odd_for_an_answer(made_caller: Caller, properties: dict[str, Any]) -> None:
    body = {"queries": {"q": {"schema": "Person", "properties": properties}}}
    assert made_caller.post("/match/default", json=body).status_code in (200, 400)


def test_the_clients_library_matches(made: Region, yente: Client) -> None:
    (firm, *_) = parties(made, "firm")
    answer = yente.match(Company(name=[firm.name]))
    assert answer.top is not None
    assert answer.top.id == firm.id
    assert answer.top.match
    assert yente.match(Person(name=["Hjalmar Brakstad"])).results == []


def test_the_clients_library_streams_many(made: Region, yente: Client) -> None:
    firms = parties(made, "firm")[:12]
    answers = dict(yente.match_iter([(firm.id, Company(name=[firm.name])) for firm in firms], workers=4))
    assert all(answers[firm.id].top.id == firm.id for firm in firms)


def test_the_clients_library_reads_the_algorithms(yente: Client) -> None:
    assert yente.algorithms().best == "kith"


def test_the_clients_command_screens_a_file(made: Region, yente_cli: Callable[..., str], tmp_path: Path) -> None:
    firms, file = parties(made, "firm")[:8], tmp_path / "suppliers.csv"
    file.write_text("no,supplier\n" + "".join(f'{at},"{firm.name}"\n' for at, firm in enumerate(firms)), "utf-8")
    yente_cli("screen", str(file), str(tmp_path / "hits.csv"), "-s", "Company", "-i", "supplier=name", "--match", "--explanation")
    text = (tmp_path / "hits.csv").read_text("utf-8")
    assert all(firm.id in text for firm in firms)
