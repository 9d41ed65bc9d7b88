"""Statements made by the hundred thousand: what repeats is checked by the model once, what differs by its length."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeVar

from ontology.base import Statement

COMBINATIONS_KEPT = 1 << 10  # Kinds times currencies; a file has a handful.
SHARED = ("dataset", "source_class")  # Of what the statements of one file share, the fields that have bounds.
S = TypeVar("S", bound=Statement)
_set: Callable[[Any, str, Any], None] = object.__setattr__  # The models are frozen.


def statement_maker(kind: type[S], *, repeated: tuple[str, ...], lengths: dict[str, int]) -> Callable[[dict[str, Any]], S]:
    """What makes a statement of all its fields, and raises ValidationError as the model does.

    repeated: fields with few values: the model checks every combination of them once.
    lengths:  the longest text of the fields that differ from row to row.
    The other fields must be right by their making: days, amounts, and ids that are not empty.
    """
    checked: set[tuple[Any, ...]] = set()
    pick_repeated, limits = itemgetter(*repeated), tuple(lengths.items())
    names = frozenset(kind.model_fields)

    def make_statement(fields: dict[str, Any]) -> S:
        combination = pick_repeated(fields)
        if combination in checked:
            for name, limit in limits:
                if len(fields[name] or "") > limit:
                    break
            else:
                return _unchecked(kind, fields, names)
        statement = kind(**fields)
        if len(checked) < COMBINATIONS_KEPT:
            checked.add(combination)
        return statement

    return make_statement


def updated_copy(statement: S, update: dict[str, Any]) -> S:
    """A copy with fields of another statement, which were checked there."""
    kind = type(statement)
    return _unchecked(kind, statement.__dict__ | update, frozenset(kind.model_fields))


def _unchecked(kind: type[S], fields: dict[str, Any], names: frozenset[str]) -> S:
    """As `model_construct` of a full set of fields, which takes several times as long."""
    statement = kind.__new__(kind)
    _set(statement, "__dict__", fields)
    _set(statement, "__pydantic_fields_set__", names)
    _set(statement, "__pydantic_extra__", None)
    _set(statement, "__pydantic_private__", None)
    return statement
