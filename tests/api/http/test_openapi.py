"""The document of the API: every field and parameter is described and has an example, every answer an example that fits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.app import create_app
from api.http.dependencies import AppState
from api.http.openapi import operations, whole_document
from api.http.problems import problem_types
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'kith.db'}")
    contract: Document = create_app(AppState(Settings(), store, default_rulebook(), "0")).openapi()
    store.close()
    return contract


def own(document: Document) -> Iterator[tuple[str, Document]]:
    return ((f"{verb} {path}", held) for path, verb, held in operations(document) if path.startswith("/v1/"))


def models_of_own(document: Document) -> set[str]:
    """Models that the routes under /v1 take or give, and those within them."""
    found: set[str] = set()

    def follow(part: Any) -> None:
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/schemas/")[2]
            if name in document["components"]["schemas"] and name not in found:
                found.add(name)
                follow(document["components"]["schemas"][name])
            for inner in part.values():
                follow(inner)
        elif isinstance(part, list):
            for inner in part:
                follow(inner)

    for _, operation in own(document):
        follow(operation)
    return found


def test_every_field_is_described_and_has_an_example(document: Document) -> None:
    lacking = [
        f"{model}.{field}"
        for model in sorted(models_of_own(document))
        for field, held in document["components"]["schemas"][model].get("properties", {}).items()
        if not held.get("description") or "examples" not in held
    ]
    assert not lacking, "say what it is in its Field, and give an example there or in api/schemas/examples.yaml"


def test_every_parameter_is_described_and_has_an_example(document: Document) -> None:
    lacking = [
        f"{name}: {held['name']}"
        for name, operation in own(document)
        for held in operation.get("parameters", ())
        if not held.get("description") or not ({"example", "examples"} & {*held, *held["schema"]})
    ]
    assert not lacking


def contents(document: Document) -> Iterator[tuple[str, Document]]:
    """What the operations take and give as JSON."""
    for name, operation in own(document):
        for status, held in operation["responses"].items():
            content = held.get("content", {})
            if status.startswith("2") and "application/json" in content:
                yield f"{name} {status}", content["application/json"]
        if "application/json" in (body := operation.get("requestBody", {}).get("content", {})):
            yield f"{name} body", body["application/json"]


def test_every_answer_and_body_has_an_example_that_fits_its_schema(document: Document) -> None:
    broken = []
    for name, content in contents(document):
        schema = {**content["schema"], "components": document["components"]}
        example = content.get("example")
        faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(example)] if example else ["no example"]
        broken += [f"{name}: {fault}" for fault in faults]
    assert not broken


def test_every_operation_reads_well_in_a_client(document: Document) -> None:
    ids = [operation["operationId"] for _, operation in own(document)]
    assert len(set(ids)) == len(ids)
    assert all(id_.replace("_", "").isalpha() and id_.count("_") <= 3 for id_ in ids), ids
    assert all(operation["summary"] and operation["description"] for _, operation in own(document))
    tags = {tag for _, operation in own(document) for tag in operation["tags"]}
    assert tags <= whole_document().tags.keys()


def test_problems_are_declared_as_such_with_their_types(document: Document) -> None:
    for name, operation in own(document):
        problems = {status for status in operation["responses"] if status >= "400"}
        assert problems >= {"400", "401", "403", "409", "421", "429", "500", "503"}, name
        if "requestBody" in operation:
            assert problems >= {"408", "413", "415", "422"}, name
    responses = document["components"]["responses"]
    for status, types in problem_types().items():
        assert [*responses[f"Problem{status}"]["content"]] == ["application/problem+json"]
        assert all(type_ in responses[f"Problem{status}"]["description"] for type_ in types)
    assert "urn:kith:problem:entity-unknown" in problem_types()[404]


def test_keys_servers_and_licence_are_named(document: Document) -> None:
    assert set(document["components"]["securitySchemes"]) == {"bearer", "session"}
    assert all(operation["security"] for _, operation in own(document))
    assert document["servers"]
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert document["info"]["contact"]


def test_the_document_is_the_one_the_server_gives(tmp_path: Path, document: Document) -> None:
    from tests.api.callers import Caller

    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    given = Caller(create_app(AppState(Settings(), store, default_rulebook(), "0"))).get("/openapi.json").json()
    store.close()
    assert given == document


def test_no_two_models_share_a_name(document: Document) -> None:
    assert not [name for name in document["components"]["schemas"] if "__" in name or name.endswith(("-Input", "-Output"))]
