"""Which header of a file stands for which column of a mapping: by spelling, or by a path into what the header holds."""

import re
from functools import lru_cache
from typing import NamedTuple

from resolution.sources.mappings.language import Mapping
from resolution.sources.statements.values import folded

_MARKS = re.compile(r"[\s_\-./()*:：（）【】]+")


class Place(NamedTuple):
    """Where a column stands in a file: the header, and the steps into the objects and lists its cells hold."""

    header: str
    column: str
    steps: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 12)
def squeezed(header: str) -> str:
    """A header as spellings are compared: width, case, blanks and punctuation do not count."""
    return _MARKS.sub("", folded(header).removeprefix("\ufeff"))


def spellings(mapping: Mapping) -> dict[str, str]:
    """Column by each squeezed spelling, its own name among them; the first column that claims a spelling has it."""
    known: dict[str, str] = {}
    for column in mapping.columns:
        known.setdefault(squeezed(column), column)
    for column, words in mapping.columns.items():
        for word in words:
            known.setdefault(squeezed(word), column)
    return known


def places(mapping: Mapping, headers: tuple[str, ...]) -> list[Place]:
    """Every column that stands in a file of these headers, those with a header of their own first."""
    known = spellings(mapping)
    found = [Place(header, column) for header in headers if (column := known.get(squeezed(header)))]
    by_name = {squeezed(header): header for header in reversed(headers)}
    return found + [one for column, words in mapping.columns.items() for word in words for one in _into(word, column, by_name)]


def steps_of(path: str) -> tuple[str, ...]:
    """Names of a path as they are compared: `data.name_elements.forename`."""
    return tuple(squeezed(step) for step in path.split("."))


def _into(path: str, column: str, by_name: dict[str, str]) -> list[Place]:
    """The header that a path with dots begins with, where it has one: the longest, for headers may have dots themselves."""
    steps = path.split(".")
    for cut in range(len(steps) - 1, 0, -1):
        if header := by_name.get(squeezed(".".join(steps[:cut]))):
            return [Place(header, column, steps_of(".".join(steps[cut:])))]
    return []
