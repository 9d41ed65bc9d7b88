"""Models to rows and back, the same for both engines.

A row holds the model's fields under their own names: dates and times as ISO text, enums as their value, tuples and dicts
as JSON text. Records, entities and scores are nested, so their rows hold a few plain columns and the whole model as
JSON text in `document`; `row_of` tells the columns of each, as the `put_…` queries promise them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter, methodcaller
from typing import Any, TypeVar, Union, get_args, get_origin

import pydantic_core
from pydantic import BaseModel

from ontology.entity import Entity
from ontology.record import Record
from ontology.score import Score
from store.port import Row

DOCUMENTS: dict[type[BaseModel], tuple[str, ...]] = {
    Record: ("id", "dataset", "source_class", "row_id", "release_id", "kind", "observed_on"),
    Entity: ("id", "kind", "name", "name_other", "place"),
    Score: ("entity_id", "kind", "as_of", "rulebook", "standing", "value", "state", "band"),
}
"""Plain columns of the nested models; everything else is in `document` only."""

Model = TypeVar("Model", bound=BaseModel)


def to_row(model: BaseModel, **more: object) -> Row:
    """One model as a row of its table; `more` adds columns the model lacks (`complete=True` of a file)."""
    held = model.__dict__  # Of a model without private parts these are its fields; asking for each takes twice as long.
    names, turns = _plan(type(model))
    nested = type(model) in DOCUMENTS
    row = {name: held[name] for name in names} if nested else held.copy()
    for name, turn in turns:
        if (value := row[name]) is not None:
            row[name] = turn(value)
    if nested:
        row["document"] = model.model_dump_json(exclude_defaults=True)
    return row | more if more else row


def to_rows(models: Iterable[BaseModel]) -> Iterator[Row]:
    """Models as rows, one by one, so that no second copy of them all is held."""
    return map(to_row, models)


def from_row(kind: type[Model], row: Row) -> Model:
    """The model a row holds; columns that are no fields of it are left out. Raises pydantic.ValidationError."""
    if kind in DOCUMENTS:
        return kind.model_validate_json(row["document"])
    nested = _nested(kind)
    held = {name: row[name] for name in kind.model_fields if name in row}
    return kind.model_validate({name: _opened(value) if name in nested else value for name, value in held.items()})


def _opened(value: Any) -> Any:
    return pydantic_core.from_json(value) if isinstance(value, str) else value


@cache
def _plan(kind: type[BaseModel]) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """The columns of a model's rows, and how those become plain that are not."""
    names = DOCUMENTS.get(kind, tuple(kind.model_fields))
    turns = ((name, _turn(kind.model_fields[name].annotation)) for name in names)
    return names, tuple((name, turn) for name, turn in turns if turn)


def _turn(annotation: Any) -> Callable[[Any], Any] | None:
    """How values of one field become plain; None where they are already. Never asked about a value that is None."""
    kinds = [get_origin(one) or one for one in _members(annotation)]
    if any(one in (tuple, list, dict) for one in kinds):
        return _json
    if any(isinstance(one, type) and issubclass(one, Enum) for one in kinds):
        return attrgetter("_value_")  # Plain attribute; `value` is looked up by code that takes five times as long.
    if date in kinds or datetime in kinds:
        return methodcaller("isoformat")
    return None


def _members(annotation: Any) -> list[Any]:
    inner = [part for part in get_args(annotation) if part is not type(None)]
    return inner if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType" else [annotation]


def _json(value: Any) -> str:
    return "[]" if value == () else pydantic_core.to_json(value).decode()


@cache
def _nested(kind: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in kind.model_fields.items() if _turn(field.annotation) is _json)
