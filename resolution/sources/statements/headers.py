"""Cells of a row to the columns of a mapping."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from resolution.sources.mappings.language import ItemsOf, Mapping
from resolution.sources.mappings.references import parts
from resolution.sources.statements.empty_cells import Empty, empty_tests_of
from resolution.sources.statements.json_cells import list_at, matching_parts, parse_json_cell, text_at
from resolution.sources.statements.spellings import Place, Steps, places
from resolution.sources.statements.texts import LONGEST_NOTHING, is_nothing, long_nothings, says_nothing
from resolution.sources.statements.value_readers import Fields

HEADER_SETS_MAX = 1 << 10  # Combinations of headers; objects of a JSON file leave out what they do not have.


class Headers:
    """Remembers which header stood for which column.

    only: the columns to look at; all of them where it is left out.
    """

    def __init__(self, mapping: Mapping, *, only: frozenset[str] | None = None) -> None:
        self._mapping, self._only = mapping, only
        self._lists = frozenset(part.column for _, part in parts(mapping) if isinstance(part, ItemsOf))
        self._empties, self._long = empty_tests_of(mapping), long_nothings()
        self._places: dict[str, Place] = {}
        self._places_by_headers: dict[tuple[str, ...], tuple[list[Place], dict[str, list[Place]]]] = {}
        self._standing: dict[tuple[str, ...], dict[str, set[str]]] = {}
        self._last_headers: tuple[str, ...] = ()
        self._columns: list[tuple[str, str, Empty | None]] = []
        self._inside: dict[str, list[Place]] = {}

    def fields(self, values: dict[str, str]) -> Fields:
        """The filled cells by column; where two headers mean one column, the first filled one counts."""
        if (headers := tuple(values)) != self._last_headers:
            self._learn_headers(headers)
        filled_cells: Fields = {}
        for header, column, empty in self._columns:
            text = values[header]
            if not text or column in filled_cells:
                continue
            if not self._is_empty(text, empty):
                filled_cells[column] = text.strip()
        for header, inside in self._inside.items():
            self._read_json_cell(values[header], inside, filled_cells)
        return filled_cells

    def fields_of_columns(self, headers: tuple[str, ...], columns: Sequence[Sequence[str]]) -> list[Fields] | None:
        """`fields` of many rows with these headers, given column by column: what a text says is looked at once a column.

        None where two headers mean one column, or columns stand inside a cell.
        """
        if headers != self._last_headers:
            self._learn_headers(headers)
        names = [column for _, column, _ in self._columns]
        if self._inside or len(set(names)) < len(names) or not names:
            return None
        texts_by_header = dict(zip(headers, columns, strict=True))
        filled_columns = [self._filled_texts(texts_by_header[header], empty) for header, _, empty in self._columns]
        return [
            {name: text for name, text in zip(names, cells, strict=True) if text is not None}
            for cells in zip(*filled_columns, strict=True)
        ]

    def _filled_texts(self, texts: Sequence[str], empty: Empty | None) -> list[str | None]:
        """Each text without blanks around it; None where it says nothing."""
        filled = {text: None if not text or self._is_empty(text, empty) else text.strip() for text in set(texts)}
        return list(map(filled.__getitem__, texts))

    def _is_empty(self, text: str, empty: Empty | None) -> bool:
        return empty(text) if empty else text in self._long if len(text) > LONGEST_NOTHING else is_nothing(text)

    def of(self, column: str) -> list[str]:
        """Every header of the last row that stands for a column by itself."""
        return [header for header, name, _ in self._columns if name == column]

    def only_of(self, columns: Collection[str], values: dict[str, str]) -> frozenset[str]:
        """Headers of a row that stand for columns among these and for no other."""
        if (headers := tuple(values)) not in self._standing:
            columns_by_header: dict[str, set[str]] = defaultdict(set)
            for place in places(self._mapping, headers):
                columns_by_header[place.header].add(place.column)
            self._standing[headers] = columns_by_header
        return frozenset(header for header, header_columns in self._standing[headers].items() if header_columns <= {*columns})

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
        value = parse_json_cell(text)
        return self._read_at(column)(matching_parts(value, place.only) if place.only else value, place.steps)

    def _read_at(self, column: str) -> Callable[[Any, Steps], str]:
        """How what stands at a path is read: lists that the mapping takes apart keep their objects."""
        return list_at if column in self._lists else text_at

    def _read_json_cell(self, cell: str, inside: list[Place], filled_cells: Fields) -> None:
        """Add the columns that stand inside one cell; a part that is named goes before the whole cell under the same column."""
        value = parse_json_cell(cell)
        if value is None:
            return
        whole = cell.strip()
        for _, column, steps, step in inside:
            text = self._read_at(column)(matching_parts(value, step) if step else value, steps)
            if text and filled_cells.get(column, whole) == whole and not self._empties.get(column, says_nothing)(text):
                filled_cells[column] = text.strip()

    def _learn_headers(self, headers: tuple[str, ...]) -> None:
        """Rows of a table share their headers, so they are looked up once; objects of a JSON file may change them."""
        if headers not in self._places_by_headers:
            if len(self._places_by_headers) >= HEADER_SETS_MAX:
                self._places_by_headers.clear()
            self._places_by_headers[headers] = self._look_up(headers)
        whole_places, self._inside = self._places_by_headers[headers]
        self._last_headers = headers
        self._columns = [(place.header, place.column, self._empties.get(place.column)) for place in whole_places]

    def _look_up(self, headers: tuple[str, ...]) -> tuple[list[Place], dict[str, list[Place]]]:
        whole: list[Place] = []
        inside: dict[str, list[Place]] = defaultdict(list)
        for place in places(self._mapping, headers):
            if self._only is not None and place.column not in self._only:
                continue
            self._places.setdefault(place.column, place)
            if place.steps:
                inside[place.header].append(place)
            else:
                whole.append(place)
        return whole, dict(inside)
