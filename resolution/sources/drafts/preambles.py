"""Whom the lines above the header of a table name: an account statement names its holder there, an export its firm."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import re2

from ontology.base import PartyKind
from resolution.records.kinds import kind_by_name
from resolution.sources.drafts.header_words import NAME, header_meaning
from resolution.sources.reading import Reading, lines_above

NAME_ABOVE = "name_above"
_MARKS = r"\[\]【】|\t,，;；:："
_LABELLED = re.compile(rf"([^\s{_MARKS}][^{_MARKS}]{{0,39}}?)\s*[:：\t,，]\s*[\[【]?\s*([^{_MARKS}]{{2,80}})")

_TITLE = re.compile(rf"\s*([^{_MARKS}]{{4,80}}?)\s*((?:[-—–_]|的|\s-\s)[^{_MARKS}]{{2,40}})[\s,;]*$")


class NameAbove(NamedTuple):
    """What stands around a name above a table, and the pattern that takes the name."""

    line: str
    pattern: str


def name_above(path: Path, reading: Reading) -> NameAbove | None:
    """The first name above the header of a table behind a word for names, else a firm's that begins a title; None without any."""
    lines = lines_above(path, reading)
    for label, text in _labelled_texts(lines):
        meaning = header_meaning(label)
        if meaning.topic == NAME and not meaning.variant and kind_by_name(text.strip()) is not PartyKind.UNKNOWN:
            return NameAbove(label, rf"{re2.escape(label)}\s*[:：\t,，]\s*[\[【]?\s*([^{_MARKS}]{{2,80}})")
    titles = ((line, match) for line in lines if (match := _TITLE.match(line)))
    return next((_of_title(line, match[2]) for line, match in titles if kind_by_name(match[1]) is PartyKind.FIRM), None)


def _of_title(line: str, rest: str) -> NameAbove:
    return NameAbove(line.strip(), rf"^\s*([^{_MARKS}]{{4,80}}?)\s*{re2.escape(rest.strip())}")


def _labelled_texts(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        yield from ((match[1].strip(), match[2]) for match in _LABELLED.finditer(line))
