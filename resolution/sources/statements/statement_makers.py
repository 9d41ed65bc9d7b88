"""Statements made by the hundred thousand: what repeats is checked by the model once, what differs by its length."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeVar

from ontology.base import Statement, build_unchecked

COMBINATIONS_KEPT = 1 << 10  # Kinds times currencies; a file has a handful.
SHARED = ("dataset", "source_class")  # Of what the statements of one file share, the fields that have bounds.
S = TypeVar("S", bound=Statement)


def statement_maker(kind: type[S], *, repeated: tuple[str, ...], lengths: dict[str, int]) -> Callable[[dict[str, Any]], S]:
    """What makes a statement of all its fields, and raises ValidationError as the model does.

    repeated: fields with few values: the model checks every combination of them once.
    lengths:  the longest text of the fields that differ from row to row.
    The other fields must be right by their making: days, amounts, and ids that are not empty.
    """
    checked: set[tuple[Any, ...]] = set()
    pick_repeated, limits = itemgetter(*repeated), tuple(lengths.items())

    def make_statement(fields: dict[str, Any]) -> S:
        combination = pick_repeated(fields)
        if combination in checked:
            for name, limit in limits:
                if len(fields[name] or "") > limit:
                    break
            else:
                return build_unchecked(kind, fields)
        statement = kind(**fields)
        if len(checked) < COMBINATIONS_KEPT:
            checked.add(combination)
        return statement

    return make_statement


def updated_copy(statement: S, update: dict[str, Any]) -> S:
    """A copy with fields of another statement, which were checked there."""
    return build_unchecked(type(statement), statement.__dict__ | update)
