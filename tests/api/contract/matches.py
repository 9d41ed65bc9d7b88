"""Calls of matching, in one line each."""

from typing import Any

from tests.api.callers import Caller


def query_of(schema: str, **properties: Any) -> dict[str, Any]:
    """A description; values may be texts or lists."""
    return {
        "schema": schema,
        "properties": {name: value if isinstance(value, list) else [value] for name, value in properties.items()},
    }


def person(name: str, **properties: Any) -> dict[str, Any]:
    """A description of a person."""
    return query_of("Person", name=name, **properties)


def company(name: str, **properties: Any) -> dict[str, Any]:
    """A description of a firm."""
    return query_of("Company", name=name, **properties)


def match(
    caller: Caller, queries: dict[str, Any], *, dataset: str = "default", body: dict[str, Any] | None = None, **parameters: Any
) -> dict[str, Any]:
    """The answer, which must be one."""
    answer = caller.post(f"/match/{dataset}", json={"queries": queries, **(body or {})}, params=parameters)
    assert answer.status_code == 200, answer.text
    answered: dict[str, Any] = answer.json()
    return answered
