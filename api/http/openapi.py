"""The API's document: what FastAPI makes of the routes, and what holds for all of them."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from types import MethodType
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, TypeAdapter

from api.http.field_examples import FieldExamples
from api.http.idempotency import WRITE_KEY_PARAMETER, takes_key
from api.http.problems import PROBLEM_CONTENT, PROBLEM_JSON, problem_responses, problems
from api.schemas.jobs import JobToStart
from api.schemas.parties import Problem
from api.schemas.screenings import ListToScreen
from ontology.documents import read_yaml

Document = dict[str, Any]
OWN = "/v1/"
HTML, JSON = "text/html", "application/json"
REFERENCE = "#/components/schemas/{model}"
BODIES_READ_BY_HAND: tuple[TypeAdapter[Any], ...] = (TypeAdapter(JobToStart), TypeAdapter(ListToScreen))
"""Of routes that take JSON or a form: the framework does not know their shapes."""
WRITES = ("post", "put", "patch", "delete")
NOT_MODIFIED: Document = {
    "description": "Nothing changed since the answer whose `ETag` was sent in `If-None-Match`.",
    "headers": {"ETag": {"description": "Tag of the answer.", "schema": {"type": "string"}}},
}
IF_NONE_MATCH: Document = {
    "name": "if-none-match",
    "in": "header",
    "required": False,
    "description": "ETag of an earlier answer; where it still holds, 304 without a body.",
    "schema": {"type": "string"},
    "example": 'W/"0c54c2f0a3a14a1f9b3c"',
}


class WholeDocument(BaseModel):
    """`openapi.yaml`: what the document says of the whole API."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    summary: str
    description: str
    contact: dict[str, str]
    license: dict[str, str]
    servers: list[dict[str, str]]
    security_schemes: dict[str, dict[str, str]]
    tags: dict[str, str]
    path_parameters: dict[str, str]
    statuses: dict[str, list[int]]
    links: dict[str, dict[str, tuple[str, str, str]]]


@cache
def whole_document() -> WholeDocument:
    """The page in use."""
    return WholeDocument.model_validate(read_yaml(files("api.http").joinpath("openapi.yaml").read_text("utf-8")))


def describe(app: FastAPI, public_url: str | None = None) -> None:
    """Let the document say all that holds of the routes; call it after the last one. public_url: where browsers reach the app."""
    page = whole_document()
    app.summary, app.description, app.contact, app.license_info = page.summary, page.description, page.contact, page.license
    app.servers = [{"url": public_url, "description": "Its public address."}] if public_url else [*page.servers]
    app.openapi_tags = [{"name": name, "description": text} for name, text in page.tags.items()]
    plain = app.openapi

    def openapi(self: FastAPI) -> Document:
        if self.openapi_schema is None:
            self.openapi_schema = _complete(plain())
        return self.openapi_schema

    app.openapi = MethodType(openapi, app)  # type: ignore[method-assign]


def _complete(document: Document) -> Document:
    schemas = document["components"]["schemas"]
    for body in BODIES_READ_BY_HAND:
        for name, schema in body.json_schema(ref_template=REFERENCE)["$defs"].items():
            schemas.setdefault(name, schema)
    schemas.setdefault("Problem", Problem.model_json_schema(ref_template=REFERENCE))
    document["components"] |= {"securitySchemes": whole_document().security_schemes, "responses": problem_responses()}
    for path, verb, operation in operations(document):
        if path.startswith(OWN):
            if takes_key(verb.upper(), path):
                operation.setdefault("parameters", []).append(WRITE_KEY_PARAMETER)
            _declare_statuses(operation, verb, path)
        elif operation["responses"].keys() - {"200"}:
            _declare(operation, whole_document().statuses["guarded"])
        operation["security"] = [{"bearer": []}, {"session": []}, {}]
    for _, _, operation in operations(document):
        _link(operation)
    for name in ("HTTPValidationError", "ValidationError"):
        if not _is_used(document, name):
            schemas.pop(name, None)
    examples = FieldExamples(schemas)
    examples.complete()
    for _, _, operation in operations(document):
        _give_examples(operation, examples)
    return document


def body_schema(body: TypeAdapter[Any]) -> Document:
    """For `openapi_extra` of a route that reads its body by hand; the shapes it refers to are those of BODIES_READ_BY_HAND."""
    return {name: part for name, part in body.json_schema(ref_template=REFERENCE).items() if name != "$defs"}


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Path, verb and operation of everything the document declares."""
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            yield path, verb, operation


def _declare_statuses(operation: Document, verb: str, path: str) -> None:
    statuses, responses = whole_document().statuses, operation["responses"]
    responses.pop("422", None)
    kinds = {
        "every": True,
        "parameters": bool(operation.get("parameters")),
        "body": "requestBody" in operation,
        "write": verb in WRITES,
        "path": "{" in path,
    }
    for kind, applies in kinds.items():
        _declare(operation, statuses[kind] if applies else [])
    if verb == "get" and any("application/json" in response.get("content", {}) for response in responses.values()):
        responses.setdefault("304", NOT_MODIFIED)
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"] = dict(sorted(responses.items()))


def _declare(operation: Document, statuses: list[int]) -> None:
    """Problems of these statuses, beside what the route itself says of them."""
    for status, response in problems(*statuses).items():
        declared = operation["responses"].setdefault(str(status), response)
        if "$ref" not in declared:
            contents = declared.setdefault("content", {})
            if HTML in contents:  # A page's own problems are JSON, whatever the page is.
                contents[JSON] = contents.pop(HTML)
            contents.setdefault(PROBLEM_JSON, PROBLEM_CONTENT)


def _link(operation: Document) -> None:
    """What an answer leads to: the operations that take an id, or the cursor, that stands in it."""
    links = whole_document().links.get(operation["operationId"], {})
    if links:
        operation["responses"]["200"]["links"] = {
            name: {"operationId": target, "parameters": {parameter: value}} for name, (target, parameter, value) in links.items()
        }


def _is_used(document: Document, schema: str) -> bool:
    """Whether any route answers with this shape: those of the screening contract have the framework's own."""
    reference = f"#/components/schemas/{schema}"
    contents = (
        content
        for _, _, operation in operations(document)
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
    )
    return any(content.get("schema", {}).get("$ref") == reference for content in contents) or (
        schema == "ValidationError" and _is_used(document, "HTTPValidationError")
    )


def _give_examples(operation: Document, examples: FieldExamples) -> None:
    """An example to every parameter, body and answer that has none; a description to parameters of the path."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and (text := whole_document().path_parameters.get(parameter["name"])):
            parameter.setdefault("description", text)
        if not {"example", "examples"} & parameter.keys():
            example = examples.of_field(parameter["schema"], operation["operationId"], parameter["name"])
            parameter.update({} if example is None else {"example": example})
    for body in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in body.get("content", {}).values():
            example = examples.of_field(content.get("schema", {}), operation["operationId"], "body")
            if example and not {"example", "examples"} & content.keys():
                content["example"] = example
