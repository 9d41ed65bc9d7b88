"""What a field refused, in words of our own: no text of the library that checks it reaches anybody."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from ontology.documents import read_yaml

OWN = "value_error"  # Raised by a check of ours, whose sentence is ours too.


class FieldSentences(BaseModel):
    """`field_errors.yaml`: a sentence by kind of error, and one for any other kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    sentences: dict[str, str]
    otherwise: str


@cache
def field_sentences() -> FieldSentences:
    """The sentences in use."""
    return FieldSentences.model_validate(read_yaml(files("ontology").joinpath("field_errors.yaml").read_text("utf-8")))


def describe_field_error(error: Mapping[str, Any]) -> str:
    """One entry of `ValidationError.errors()` as a sentence; the value itself is never repeated.

    >>> describe_field_error({"type": "greater_than_equal", "ctx": {"ge": 1}})
    'at least 1 is needed'
    """
    if error["type"] == OWN:
        return str(error["ctx"]["error"])
    table, bounds = field_sentences(), {name: bound for name, bound in error.get("ctx", {}).items() if name != "error"}
    try:
        return table.sentences[error["type"]].format_map(bounds)
    except KeyError:
        return table.otherwise
