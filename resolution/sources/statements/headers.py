"""Cells of a row to the columns of a mapping."""

from collections import defaultdict
from collections.abc import Collection

from resolution.sources.mappings.language import Mapping
from resolution.sources.statements.empty_cells import Empty, empties
from resolution.sources.statements.facts import Fields
from resolution.sources.statements.json_cells import opened, such, text_at
from resolution.sources.statements.spellings import Place, places
from resolution.sources.statements.texts import LONGEST_NOTHING, is_nothing, long_nothings, says_nothing

KEPT = 1 << 10  # Combinations of headers; objects of a JSON file leave out what they do not have.


class Headers:
    """Remembers which header stood for which column.

    only: the columns to look at; all of them where it is left out.
    """

    def __init__(self, mapping: Mapping, *, only: frozenset[str] | None = None) -> None:
        self._mapping, self._only = mapping, only
        self._empties, self._long = empties(mapping), long_nothings()
        self._places: dict[str, Place] = {}
        self._known: dict[tuple[str, ...], tuple[list[Place], dict[str, list[Place]]]] = {}
        self._standing: dict[tuple[str, ...], dict[str, set[str]]] = {}
        self._seen: tuple[str, ...] = ()
        self._columns: list[tuple[str, str, Empty | None]] = []
        self._inside: dict[str, list[Place]] = {}

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
        for header, inside in self._inside.items():
            self._open(values[header], inside, found)
        return found

    def of(self, column: str) -> list[str]:
        """Every header of the last row that stands for a column by itself."""
        return [header for header, name, _ in self._columns if name == column]

    def only_of(self, columns: Collection[str], values: dict[str, str]) -> frozenset[str]:
        """Headers of a row that stand for columns among these and for no other."""
        if (headers := tuple(values)) not in self._standing:
            found: dict[str, set[str]] = defaultdict(set)
            for one in places(self._mapping, headers):
                found[one.header].add(one.column)
            self._standing[headers] = found
        return frozenset(header for header, said in self._standing[headers].items() if said <= {*columns})

    def header(self, column: str) -> str | None:
        """The header that stands for a column, once a row with it was seen."""
        place = self._places.get(column)
        return place.header if place else None

    def cell(self, column: str, values: dict[str, str]) -> str:
        """The text of a column in a row as it stands in the file."""
        place = self._places.get(column)
        text = values.get(place.header, "") if place else ""
        if not place or not place.steps:
            return text
        return text_at(such(opened(text), place.only) if place.only else opened(text), place.steps)

    def _open(self, cell: str, inside: list[Place], found: Fields) -> None:
        """Add the columns that stand inside one cell; a part that is named goes before the whole cell under the same column."""
        value = opened(cell)
        if value is None:
            return
        whole = cell.strip()
        for _, column, steps, step in inside:
            text = text_at(such(value, step) if step else value, steps)
            if text and found.get(column, whole) == whole and not self._empties.get(column, says_nothing)(text):
                found[column] = text.strip()

    def _learn(self, headers: tuple[str, ...]) -> None:
        """Rows of a table share their headers, so they are looked up once; objects of a JSON file may change them."""
        if headers not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[headers] = self._looked_up(headers)
        found, self._inside = self._known[headers]
        self._seen = headers
        self._columns = [(one.header, one.column, self._empties.get(one.column)) for one in found]

    def _looked_up(self, headers: tuple[str, ...]) -> tuple[list[Place], dict[str, list[Place]]]:
        whole: list[Place] = []
        inside: dict[str, list[Place]] = defaultdict(list)
        for one in places(self._mapping, headers):
            if self._only is not None and one.column not in self._only:
                continue
            self._places.setdefault(one.column, one)
            if one.steps:
                inside[one.header].append(one)
            else:
                whole.append(one)
        return whole, dict(inside)
