"""Models to rows and back, the same for both engines.

A row holds the model's fields under their own names: dates and times as ISO text, enums as their value, tuples and dicts
as JSON text. Records, entities and scores are nested, so their rows hold a few plain columns and the whole model as
JSON text in `document`; `DOCUMENTS` names the columns of each, as the `put_…` queries need them.
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


def to_row(model: BaseModel, **extra_columns: object) -> Row:
    """One model as a row of its table; `extra_columns` are columns the model lacks (`complete=True` of a file)."""
    fields = model.__dict__  # Of a model without private parts these are its fields; asking for each takes twice as long.
    names, converters = _plan(type(model))
    nested = type(model) in DOCUMENTS
    row = {name: fields[name] for name in names} if nested else fields.copy()
    for name, convert in converters:
        if (value := row[name]) is not None:
            row[name] = convert(value)
    if nested:
        row["document"] = model.model_dump_json(exclude_defaults=True)
    return row | extra_columns if extra_columns else row


def to_rows(models: Iterable[BaseModel]) -> Iterator[Row]:
    """Models as rows, one by one, so that no second copy of them all is held."""
    return map(to_row, models)


def from_row(kind: type[Model], row: Row) -> Model:
    """The model a row holds; columns that are no fields of it are left out. Raises pydantic.ValidationError."""
    if kind in DOCUMENTS:
        return kind.model_validate_json(row["document"])
    json_columns = _json_columns(kind)
    fields = {name: row[name] for name in kind.model_fields if name in row}
    return kind.model_validate({name: _parse_json(value) if name in json_columns else value for name, value in fields.items()})


def _parse_json(value: Any) -> Any:
    return pydantic_core.from_json(value) if isinstance(value, str) else value


@cache
def _plan(kind: type[BaseModel]) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """The columns of a model's rows, and a converter for each whose values are not plain."""
    names = DOCUMENTS.get(kind, tuple(kind.model_fields))
    converters = ((name, _converter(kind.model_fields[name].annotation)) for name in names)
    return names, tuple((name, converter) for name, converter in converters if converter)


def _converter(annotation: Any) -> Callable[[Any], Any] | None:
    """What makes the values of one field plain; None where they are already. Never called with None."""
    kinds = [get_origin(member) or member for member in _members(annotation)]
    if any(member in (tuple, list, dict) for member in kinds):
        return _to_json
    if any(isinstance(member, type) and issubclass(member, Enum) for member in kinds):
        return attrgetter("_value_")  # Plain attribute; `value` is looked up by code that takes five times as long.
    if date in kinds or datetime in kinds:
        return methodcaller("isoformat")
    return None


def _members(annotation: Any) -> list[Any]:
    inner = [part for part in get_args(annotation) if part is not type(None)]
    return inner if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType" else [annotation]


def _to_json(value: Any) -> str:
    return "[]" if value == () else pydantic_core.to_json(value).decode()


@cache
def _json_columns(kind: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in kind.model_fields.items() if _converter(field.annotation) is _to_json)
