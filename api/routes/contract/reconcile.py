"""The reconciliation service: OpenRefine and programs like it find the parties of a table's rows, and add columns of them."""

import json
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from api.context.request_context import RequestContext
from api.contract.descriptions import QUERIES_MAX
from api.contract.reconciling import (
    extend,
    manifest,
    preview,
    propose_properties,
    reconcile,
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.routes.contract.matches import key_of_caller
from api.schemas.contract_reconcile import (
    ExtendQuery,
    Extension,
    Manifest,
    ProposedProperties,
    ReconcileQuery,
    ReconcileResults,
    Suggestions,
)
from api.text.json_documents import check_depth
from ontology.documents import read_json
from ontology.errors import ContractInvalid
from ontology.field_errors import describe_field_error

router = APIRouter(tags=["screening contract"], prefix="/reconcile/{dataset}", route_class=ContractRoute, responses=REFUSALS)
Dataset = Annotated[str, Path(max_length=300, description="A source, a collection, or `default` for all.", examples=["default"])]
Prefix = Annotated[str, Query(max_length=300, description="What was typed.", examples=["Ron"])]
QueryText = Annotated[str | None, Query(description="One row, a name or a JSON object.", examples=["Maria Ortega"])]
QueriesText = Annotated[
    str | None,
    Query(description="JSON object of rows by name.", examples=['{"q0": {"query": "Maria Ortega", "type": "Person"}}']),
]
ExtendText = Annotated[
    str | None, Query(description="JSON object: ids, and the properties that become columns.", examples=[None])
]
Answer = Manifest | ReconcileResults | dict[str, ReconcileResults] | Extension
SENT = ("query", "queries", "extend")
M = TypeVar("M", bound=BaseModel)
BODY = {
    "requestBody": {
        "description": "The same words in a form, each a JSON text, or as one JSON object.",
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {word: {"type": "string"} for word in SENT}},
                "example": {"queries": '{"q0": {"query": "Maria Ortega"}}'},
            },
            "application/json": {
                "schema": {"type": "object", "properties": {word: {} for word in SENT}},
                "example": {"queries": {"q0": {"query": "Maria Ortega"}}},
            },
        },
    }
}


@router.get("", summary="What the service can do, or the parties that rows may mean")
def read_reconciliation(
    request: Request,
    context: InContext,
    dataset: Dataset,
    query: QueryText = None,
    queries: QueriesText = None,
    *,
    extend: ExtendText = None,
) -> Answer:
    """Without a word behind the address the manifest; with `query` or `queries` the answers to them, with `extend` columns."""
    return _answer(request, context, dataset, {"query": query, "queries": queries, "extend": extend})


@router.post("", summary="Which parties may these rows mean?", openapi_extra=BODY)
async def post_reconciliation(request: Request, context: InContext, dataset: Dataset) -> Answer:
    """`query`, `queries` or `extend` in a form or in JSON. Scores are per cent."""
    words = await _words_of(request)
    return await run_in_threadpool(_answer, request, context, dataset, words)


@router.get("/suggest/entity", summary="Which parties begin so?")
def suggest_entity(context: InContext, dataset: Dataset, prefix: Prefix = "") -> Suggestions:
    """Parties whose name holds what was typed, those that begin with it first."""
    return suggest_entities(context, dataset, prefix)


@router.get("/suggest/type", summary="Which types begin so?")
def suggest_type(dataset: Dataset, prefix: Prefix = "") -> Suggestions:
    """Types of the FollowTheMoney model that parties have."""
    return suggest_types(prefix)


@router.get("/suggest/property", summary="Which properties begin so?")
def suggest_property(dataset: Dataset, prefix: Prefix = "") -> Suggestions:
    """Properties that a row may hold beside its name."""
    return suggest_properties(prefix)


@router.get("/extend/property", summary="Which columns can be added?")
def propose_property(
    dataset: Dataset,
    type: Annotated[str | None, Query(description="Name of a type.", examples=["Person"])] = None,  # noqa: A002
) -> ProposedProperties:
    """Properties of a type, by name."""
    return propose_properties(type)


@router.get("/preview", summary="A small page about a party", response_class=HTMLResponse)
def read_preview(
    context: InContext,
    dataset: Dataset,
    id: Annotated[str, Query(min_length=1, max_length=1000, description="Id of a party.", examples=["K-7MZQ4T0WXA"])],  # noqa: A002
) -> HTMLResponse:
    """Names, days, countries and topics, to be shown in a small window."""
    return HTMLResponse(preview(context, id))


async def _words_of(request: Request) -> dict[str, Any]:
    """What was sent, by its word."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return _object(await request.body(), "body")
    form = await request.form(max_files=0, max_fields=len(SENT))
    return {word: str(form[word]) for word in SENT if word in form}


def _answer(request: Request, context: RequestContext, dataset: str, words: dict[str, Any]) -> Answer:
    get_key = key_of_caller(request)
    if words.get("extend") is not None:
        return extend(context, _model(ExtendQuery, _opened(words["extend"]), "extend"))
    if words.get("queries") is not None:
        rows = _object(words["queries"], "queries")
        if len(rows) > QUERIES_MAX:
            raise ContractInvalid(errors=[f"queries: at most {QUERIES_MAX}"])
        queries = {name: _model(ReconcileQuery, row, f"queries.{name}") for name, row in rows.items()}
        return reconcile(context, dataset, queries, get_key=get_key)
    if words.get("query") is not None:
        row = _opened(words["query"])
        query = _model(ReconcileQuery, row if isinstance(row, dict) else {"query": row}, "query")
        return reconcile(context, dataset, {"query": query}, get_key=get_key)["query"]
    return manifest(context, dataset, address=str(request.base_url).rstrip("/"))


def _opened(sent: Any) -> Any:
    """A JSON object in a text as such; any other text is a name."""
    return _object(sent, "query") if isinstance(sent, str) and sent.lstrip().startswith("{") else sent


def _object(sent: Any, field: str) -> dict[str, Any]:
    """A JSON object, given as such or as a text. Raises ContractInvalid."""
    try:
        opened = read_json(sent.decode() if isinstance(sent, bytes) else sent) if isinstance(sent, str | bytes) else sent
        check_depth(opened)
    except (json.JSONDecodeError, ValueError, RecursionError):
        raise ContractInvalid(errors=[f"{field}: not JSON"]) from None
    if not isinstance(opened, dict):
        raise ContractInvalid(errors=[f"{field}: a JSON object is expected"])
    return opened


def _model(kind: type[M], sent: Any, field: str) -> M:
    try:
        return kind.model_validate(sent)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        place = ".".join([field, *map(str, first["loc"])])
        raise ContractInvalid(errors=[f"{place}: {describe_field_error(first)}"]) from None
