"""Which header of a file stands for which column of a mapping: by spelling, or by a path into what the header holds."""

import re
from typing import NamedTuple

from resolution.sources.header_spelling import squeeze_header
from resolution.sources.mappings.language import Mapping
from resolution.sources.statements.texts import fold_text

__all__ = ["Place", "Step", "Steps", "places", "spellings", "squeeze_header", "steps_of"]

_PARTS = re.compile(r"[^.\[\]]+(?:\[[^\]]*\])?")


class Step(NamedTuple):
    """One step of a path: the part of that name, only where its own part `child` is one of `among`."""

    name: str
    child: str = ""
    among: frozenset[str] = frozenset()


Steps = tuple[Step, ...]


class Place(NamedTuple):
    """Where a column stands in a file: the header, and the steps into the objects and lists its cells hold."""

    header: str
    column: str
    steps: Steps = ()
    only: Step | None = None


def spellings(mapping: Mapping) -> dict[str, str]:
    """Column by each squeezed spelling, its own name among them; the first column that claims a spelling has it."""
    columns_by_spelling: dict[str, str] = {}
    for column in mapping.columns:
        columns_by_spelling.setdefault(squeeze_header(column), column)
    for column, words in mapping.columns.items():
        for word in words:
            columns_by_spelling.setdefault(squeeze_header(word), column)
    return columns_by_spelling


def places(mapping: Mapping, headers: tuple[str, ...]) -> list[Place]:
    """Every column that stands in a file of these headers, those with a header of their own first."""
    columns_by_spelling = spellings(mapping)
    own_places = [Place(header, column) for header in headers if (column := columns_by_spelling.get(squeeze_header(header)))]
    by_name = {squeeze_header(header): header for header in reversed(headers)}
    return own_places + [
        place for column, words in mapping.columns.items() for word in words for place in _into(word, column, by_name)
    ]


def steps_of(path: str) -> Steps:
    """The steps of a path: `data.name_elements.forename`, `documents[type=Passport|Travel document].number`."""
    return tuple(_step(part) for part in _PARTS.findall(path))


def _step(part: str) -> Step:
    name, _, test = part.rstrip("]").partition("[")
    child, _, among = test.partition("=")
    return Step(squeeze_header(name), squeeze_header(child), frozenset(map(fold_text, among.split("|"))) if test else frozenset())


def _into(path: str, column: str, by_name: dict[str, str]) -> list[Place]:
    """The header that a path begins with, where it has one: the longest, for headers may have dots themselves."""
    steps = steps_of(path)
    for cut in range(len(steps) - 1, 0, -1):
        if header := by_name.get("".join(step.name for step in steps[:cut])):
            return [Place(header, column, steps[cut:], steps[cut - 1])]
    return []
