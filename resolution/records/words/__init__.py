"""Word lists as data (SOURCES.md says where each is from), and the one reader of them."""

import csv
from functools import cache
from importlib.resources import files


@cache
def pairs(name: str) -> dict[str, str]:
    """First column -> second column of a list with a header line."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a list, without its header line."""
    return tuple(tuple(row) for row in csv.reader(_text(name).splitlines()))[1:]


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of a plain list."""
    return tuple(line for line in _text(name).splitlines() if line)


def _text(name: str) -> str:
    return files("resolution.records.words").joinpath(name).read_text("utf-8")
