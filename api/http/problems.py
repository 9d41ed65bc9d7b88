"""Problems in the API's document: which a route answers with, and the stable `type` of each."""

from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from api.errors import PROBLEM_TYPE, STATUS_TYPES, codes_of, slug, status_type
from api.http import known_callers, origins
from ontology.errors import KithError

PROBLEM_JSON = "application/problem+json"
PROBLEM_CONTENT = {"schema": {"$ref": "#/components/schemas/Problem"}}
Responses = dict[int | str, dict[str, Any]]
MOVED: Responses = {
    308: {
        "description": "The party was joined into another: the same question about that one.",
        "headers": {"Location": {"description": "Address of the answer.", "schema": {"type": "string"}}},
    }
}
"""For `responses=` of a route about one party."""


def problems(*statuses: int) -> Responses:
    """For `responses=` of a route: the problems it answers with beside those that `openapi.yaml` says of every route."""
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def problem_responses() -> dict[str, dict[str, Any]]:
    """Components of the document: the problem of each status, with its types."""
    return {
        f"Problem{status}": {
            "description": f"{HTTPStatus(status).phrase}. Types: {', '.join(f'`{name}`' for name in types)}.",
            "content": {PROBLEM_JSON: PROBLEM_CONTENT},
        }
        for status, types in problem_types().items()
    }


def problem_types() -> dict[int, list[str]]:
    """Stable types of problems by HTTP status, in order."""
    types: dict[int, set[str]] = defaultdict(set, {status: {status_type(status)} for status in STATUS_TYPES})
    for kind in _kinds(KithError):
        types[codes_of(kind).status].add(PROBLEM_TYPE + slug(kind.__name__))
    for refusal in (*vars(origins).values(), *vars(known_callers).values()):
        if isinstance(refusal, origins.Refusal) and refusal.type:
            types[refusal.status].add(refusal.type)
    return {status: sorted(names) for status, names in sorted(types.items())}


def _kinds(kind: type[KithError]) -> Iterator[type[KithError]]:
    """Errors of kinds that everything may raise; those that a command alone raises stand beside what raises them."""
    for inner in kind.__subclasses__():
        if inner.__module__ == KithError.__module__:
            yield inner
        yield from _kinds(inner)
