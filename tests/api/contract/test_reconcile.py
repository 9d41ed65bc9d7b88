"""The reconciliation service, as OpenRefine asks it."""

import json
from typing import Any

import pytest

from ontology.entity import Entity
from tests.api.callers import Caller
from tests.api.regions import Region


class Refine:
    """A client shaped as OpenRefine: reads the manifest, and asks whatever addresses it names."""

    def __init__(self, caller: Caller, dataset: str = "default") -> None:
        self._caller = caller
        self.manifest = self._json(caller.get(f"/reconcile/{dataset}"))
        self._path = f"/reconcile/{dataset}"

    def reconcile(self, queries: dict[str, Any], *, how: str = "form") -> dict[str, Any]:
        """A batch of rows, sent in one of the ways that clients have."""
        text = json.dumps(queries)
        if how == "form":
            return self._json(self._caller.post(self._path, data={"queries": text}))
        if how == "json":
            return self._json(self._caller.post(self._path, json={"queries": queries}))
        return self._json(self._caller.get(self._path, params={"queries": text}))

    def suggest(self, noun: str, prefix: str) -> list[dict[str, Any]]:
        """What completes a prefix, by the service that the manifest names."""
        service = self.manifest["suggest"][noun]
        answer = self._caller.get(self._local(service["service_url"]) + service["service_path"], params={"prefix": prefix})
        found: list[dict[str, Any]] = self._json(answer)["result"]
        return found

    def proposed(self, type_name: str) -> dict[str, Any]:
        """Columns that a type offers."""
        service = self.manifest["extend"]["propose_properties"]
        address = self._local(service["service_url"]) + service["service_path"]
        return self._json(self._caller.get(address, params={"type": type_name}))

    def extend(self, ids: list[str], properties: list[str]) -> dict[str, Any]:
        """Columns of parties."""
        asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
        return self._json(self._caller.post(self._path, data={"extend": json.dumps(asked)}))

    def preview(self, entity_id: str) -> str:
        """The small page."""
        answer = self._caller.get(self._local(self.manifest["preview"]["url"].replace("{{id}}", entity_id)))
        assert answer.headers["content-type"].startswith("text/html")
        return answer.text

    def view(self, entity_id: str) -> dict[str, Any]:
        """The entity itself."""
        return self._json(self._caller.get(self._local(self.manifest["view"]["url"].replace("{{id}}", entity_id))))

    @staticmethod
    def _local(address: str) -> str:
        return address.removeprefix("http://localhost")

    @staticmethod
    def _json(answer: Any) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told


@pytest.fixture(scope="module")
def refine(caller: Caller) -> Refine:
    return Refine(caller)


@pytest.fixture(scope="module")
def firms(region: Region) -> list[Entity]:
    documents = (Entity.model_validate_json(row["document"]) for row in region.store.read("entities/all"))
    return [party for party in documents if party.kind == "firm"][:20]


def test_the_manifest_says_what_the_service_can_do(refine: Refine) -> None:
    assert refine.manifest["versions"] == ["0.2"]
    assert {one["id"] for one in refine.manifest["defaultTypes"]} >= {"Person", "Company"}
    assert refine.manifest["identifierSpace"].endswith("/entities/")
    assert refine.manifest["batchSize"] == 100


@pytest.mark.parametrize("how", ["form", "json", "get"])
def test_rows_are_reconciled_however_they_are_sent(how: str, refine: Refine, firms: list[Entity]) -> None:
    queries = {f"q{at}": {"query": firm.name, "type": "Company", "limit": 3} for at, firm in enumerate(firms[:8])}
    answer = refine.reconcile(queries, how=how)
    assert list(answer) == list(queries)
    for at, firm in enumerate(firms[:8]):
        result = answer[f"q{at}"]["result"]
        assert len(result) <= 3
        assert firm.id in {one["id"] for one in result}
        assert result[0]["type"] == [{"id": "Company", "name": "Company", "description": None}]
        assert result[0]["score"] > 70
        assert sum(one["match"] for one in result) <= 1


def test_types_come_in_any_form_and_properties_narrow(refine: Refine, firms: list[Entity]) -> None:
    firm = next(firm for firm in firms if any(code.scheme == "uscc" for code in firm.identifiers))
    code = next(code.value for code in firm.identifiers if code.scheme == "uscc")
    hint = {"pid": "uscCode", "v": code}
    for type_ in (
        "Company",
        {"id": "Company"},
        ["Organization"],
        ["https://followthemoney.tech/explorer/Company"],
        None,
        "Unheard",
    ):
        queries = {"q": {"query": "Entirely Other Words", "type": type_, "properties": [hint]}}
        assert refine.reconcile(queries)["q"]["result"][0]["id"] == firm.id
    named = {"q": {"query": firm.name, "properties": [{"pid": "country", "v": [{"id": "cn", "name": "cn"}]}]}}
    assert refine.reconcile(named)["q"]["result"]


def test_one_row_may_be_asked_alone(caller: Caller, firms: list[Entity]) -> None:
    for text in (firms[0].name, json.dumps({"query": firms[0].name, "type": "Company"})):
        answer = caller.get("/reconcile/default", params={"query": text}).json()
        assert firms[0].id in {one["id"] for one in answer["result"]}


def test_an_empty_row_has_no_result(refine: Refine) -> None:
    assert refine.reconcile({"q": {"query": ""}, "p": {"query": " ", "properties": []}}) == {
        "q": {"result": []},
        "p": {"result": []},
    }


def test_names_types_and_properties_are_completed(refine: Refine, firms: list[Entity]) -> None:
    assert firms[0].id in {one["id"] for one in refine.suggest("entity", firms[0].name)}
    assert [one["id"] for one in refine.suggest("type", "pers")] == ["Person"]
    assert "birthDate" in {one["id"] for one in refine.suggest("property", "birth")}
    assert refine.suggest("property", "no such") == []


def test_columns_are_proposed_and_added(refine: Refine, firms: list[Entity]) -> None:
    assert "birthDate" in {one["id"] for one in refine.proposed("Person")["properties"]}
    extension = refine.extend([firms[0].id, "K-none"], ["name", "incorporationDate"])
    assert [one["id"] for one in extension["meta"]] == ["name", "incorporationDate"]
    assert {"str": firms[0].name} in extension["rows"][firms[0].id]["name"]
    assert extension["rows"]["K-none"] == {"name": [], "incorporationDate": []}
    assert all(set(cell) == {"date"} for cell in extension["rows"][firms[0].id]["incorporationDate"])


def test_a_party_is_previewed_and_viewed(refine: Refine, firms: list[Entity]) -> None:
    page = refine.preview(firms[0].id)
    assert "<dl>" in page
    assert "<script" not in page
    assert refine.view(firms[0].id)["id"] == firms[0].id


WRONG: dict[str, tuple[dict[str, Any], int]] = {
    "no JSON": ({"queries": "{"}, 400),
    "a list": ({"queries": "[]"}, 400),
    "a row that is none": ({"queries": '{"q": 3}'}, 400),
    "a limit above 500": ({"queries": '{"q": {"query": "A", "limit": 501}}'}, 400),
    "too many rows": ({"queries": json.dumps({str(number): {"query": "A"} for number in range(101)})}, 400),
    "columns without ids": ({"extend": '{"properties": []}'}, 400),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_call_is_refused_in_the_form_of_the_contract(what: str, caller: Caller) -> None:
    sent, status = WRONG[what]
    answer = caller.post("/reconcile/default", data=sent)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"]


def test_an_unknown_data_set_is_not_found(caller: Caller) -> None:
    assert caller.get("/reconcile/nowhere").status_code == 404
    assert caller.get("/reconcile/nowhere/suggest/entity", params={"prefix": "a"}).status_code == 404
