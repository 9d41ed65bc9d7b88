"""Scalars and the base model shared by all words."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ontology.kinds import PartyKind, SourceClass
from ontology.limits import ID_LENGTH_MAX

__all__ = [
    "Identity",
    "ImmutableModel",
    "PartialDate",
    "PartyKind",
    "Share",
    "SourceClass",
    "Statement",
    "breaches_of",
    "build_unchecked",
]

M = TypeVar("M", bound=BaseModel)
_set: Callable[[Any, str, Any], None] = object.__setattr__  # The models are frozen.


class ImmutableModel(BaseModel):
    """A fact that cannot be changed after it was stated, with no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def build_unchecked(kind: type[M], fields: dict[str, Any]) -> M:
    """A model of all its fields, which were checked where they come from; as `model_construct`, in a fraction of its time.

    fields: every field of the model in its order and nothing else; the model's own from now on.
    """
    model = kind.__new__(kind)
    _set(model, "__dict__", fields)
    _set(model, "__pydantic_fields_set__", _names_of(kind))
    _set(model, "__pydantic_extra__", None)
    _set(model, "__pydantic_private__", None)
    return model


@cache
def _names_of(kind: type[BaseModel]) -> frozenset[str]:
    return frozenset(kind.model_fields)


def breaches_of(cause: ValidationError, content: Any) -> tuple[str, ...]:
    """What a page lacks or has too much of, field by field; a part of a list is named by its id where it has one."""
    return tuple(f"{_place_in(content, error['loc'])}: {error['msg']}" for error in cause.errors())


def _place_in(content: Any, steps: tuple[int | str, ...]) -> str:
    names, part = [], content
    for step in steps:
        try:
            part = part[step]
        except (LookupError, TypeError):
            part = None
        names.append(str(part["id"]) if isinstance(step, int) and isinstance(part, dict) and "id" in part else str(step))
    return ".".join(names)


Identity = Annotated[str, StringConstraints(min_length=1, max_length=ID_LENGTH_MAX)]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Statement(ImmutableModel):
    """What one source row says. `row_id` is `<file id>#<row number>`, the row as a person would count it."""

    id: Identity
    dataset: Identity
    source_class: SourceClass
    row_id: Identity
    release_id: str | None = Field(None, description="Authorised release that lets this class-2 statement be used.")
