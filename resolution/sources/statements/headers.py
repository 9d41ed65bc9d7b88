"""Headers of a file to the columns of a mapping."""

import re
from functools import lru_cache

from resolution.sources.mappings.language import Mapping
from resolution.sources.statements.empties import Empty, empties
from resolution.sources.statements.facts import Fields
from resolution.sources.statements.texts import LONGEST_NOTHING, folded, is_nothing, long_nothings

_MARKS = re.compile(r"[\s_\-./()*:：（）【】]+")


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


class Headers:
    """Remembers which header stood for which column.

    only: the columns to look at; all of them where it is left out.
    """

    def __init__(self, mapping: Mapping, *, only: frozenset[str] | None = None) -> None:
        self._spelled = {word: name for word, name in spellings(mapping).items() if only is None or name in only}
        self._empties, self._long = empties(mapping), long_nothings()
        self._headers: dict[str, str] = {}
        self._seen: tuple[str, ...] = ()
        self._columns: list[tuple[str, str, Empty | None]] = []

    def fields(self, values: dict[str, str]) -> Fields:
        """The filled cells by column; where two headers mean one column, the first filled one counts."""
        if (headers := tuple(values)) != self._seen:
            self._learn(headers)
        found: Fields = {}
        for header, column, empty in self._columns:
            text = values[header]
            if not text or column in found:
                continue
            if (not empty(text)) if empty else text not in self._long if len(text) > LONGEST_NOTHING else not is_nothing(text):
                found[column] = text.strip()
        return found

    def of(self, column: str) -> list[str]:
        """Every header of the last row that stands for a column."""
        return [header for header, name, _ in self._columns if name == column]

    def header(self, column: str) -> str | None:
        """The header that stands for a column, once a row with it was seen."""
        return self._headers.get(column)

    def _learn(self, headers: tuple[str, ...]) -> None:
        """Rows of a table share their headers, so they are looked up once; objects of a JSON file may change them."""
        self._seen = headers
        told = [(header, column) for header in headers if (column := self._spelled.get(squeezed(header)))]
        self._columns = [(header, column, self._empties.get(column)) for header, column in told]
        for header, column in told:
            self._headers.setdefault(column, header)
