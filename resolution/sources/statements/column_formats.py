"""How the columns of one file are written, judged over all of its rows: in those ways in which every text can be read.

The file is passed over once, and only where a text is met that can be read in several ways and the mapping does not say how.
Two processes that map one file judge alike, as both see all of it.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ontology.errors import SourceUnreadable
from resolution.sources.mappings.language import Mapping, Party
from resolution.sources.mappings.references import columns_read, parts
from resolution.sources.mappings.value_formats import AmountValue, DayValue, FormattedValue, ShareValue, Ways
from resolution.sources.reading import WORKBOOKS, RawRow, Reading, read_rows
from resolution.sources.rejects import ERROR, ROW, restore_rejected_rows
from resolution.sources.statements import amounts, days, shares
from resolution.sources.statements.ambiguity import narrow_ways
from resolution.sources.statements.cell_items import Items, items_of
from resolution.sources.statements.empty_cells import empty_tests_of
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.months import month_languages
from resolution.sources.statements.texts import ValueRefused
from resolution.sources.statements.value_readers import Fields, TextReader, text_reader

NUMBERS_OF_THEIR_OWN = (".json", ".jsonl", ".ndjson", *WORKBOOKS, ".parquet")  # There a point in a number is a decimal one.
TEXTS_KEPT = 1 << 16
POINT = {".": 0.0}
PERCENT_WORDS = ("%", "％", "percent", "pct", "百分", "prozent", "pourcent", "porcent", "процент")


class ColumnFormats:
    """The columns of one file that hold days, amounts and shares."""

    def __init__(self, path: Path, reading: Reading, mapping: Mapping) -> None:
        self._path, self._reading, self._mapping = path, reading, mapping
        self._ways: dict[str, Ways] | None = None
        self._rejects = False

    def mapping_for_file(self) -> Mapping:
        """The mapping as it holds for this file alone."""
        mapping = self._mapping.model_copy(deep=True)
        for _, part in parts(mapping):
            if isinstance(part, FormattedValue):
                part.settle(mapping.written, self._ways_of(_key(part)))
        return mapping

    @property
    def was_asked(self) -> bool:
        """Whether a text was met that only the whole column can tell."""
        return self._ways is not None

    def _ways_of(self, key: str) -> Callable[[], Ways]:
        return lambda: self.ways().get(key, frozenset())  # A fixed text has no column.

    def ways(self) -> dict[str, Ways]:
        """The ways that each value's texts leave; the file is read when this is asked first."""
        if self._ways is None:
            judges = [_Judge(value, text_reader(value)) for value in _shaped(self._mapping)]
            with suppress(SourceUnreadable):  # A row of no file stands alone; of any other the error comes when it is loaded.
                self._read_through(judges)
            own_numbers = self._path.suffix.lower() in NUMBERS_OF_THEIR_OWN
            self._ways = {judge.key: judge.ways(own_numbers=own_numbers, in_doubt=self._rejects) for judge in judges}
        return self._ways

    def _rows(self) -> Iterator[RawRow]:
        """Rows as they are mapped. Those of a mended reject file were torn from their column: that is kept in mind."""
        rows = iter(read_rows(self._path, self._reading))
        first = [row for row in (next(rows, None),) if row]
        self._rejects = any({ROW, ERROR} <= row.values.keys() for row in first)
        return iter(restore_rejected_rows(chain(first, rows)))

    def _read_through(self, judges: list["_Judge"]) -> None:
        plain = [judge for judge in judges if judge.column]
        scopes = [scope for scope in _scopes(self._mapping, judges) if scope.judges]
        columns_needed = {
            name
            for judge in judges
            for _, part in parts(judge.value)
            for column in columns_read(part)
            for name in (column, column.partition(".")[0])
        }
        headers = Headers(self._mapping, only=frozenset(columns_needed))
        direct: list[tuple[str, _Judge]] = []
        for row in self._rows():
            if row.trouble is not None:
                continue
            values = row.values
            if scopes or not direct or any(header not in values for header, _ in direct):
                fields = headers.fields(values)
                direct = [(header, judge) for judge in plain for header in headers.of(judge.column)]
                for scope in scopes:
                    scope.take_row(fields)
            for header, judge in direct:
                if (text := values.get(header)) and text not in judge.seen_texts:
                    judge.take_text(text)
        for judge in judges:
            names = {name for column in columns_read(judge.value) for name in (column, column.partition(".")[0])}
            judge.header = " ".join(filter(None, map(headers.header, sorted(names))))


class _Judge:
    """What the texts of one value leave of the ways in which it may be written."""

    def __init__(self, value: FormattedValue, text: TextReader) -> None:
        self.value, self.text, self.key, self.header = value, text, _key(value), ""
        self.column = value.column if value.column and "." not in value.column and value.is_plain else ""
        self.seen_texts: set[str] = set()
        self._left: dict[Ways, Ways | None] = {}
        self._signed = self._comma = False
        self._amount = isinstance(value, AmountValue)

    def take_row(self, fields: Fields) -> None:
        """Take one row's text into account."""
        try:
            text = self.text(fields)
        except ValueRefused:
            return  # Told when the row's own turn comes.
        if text is not None and text not in self.seen_texts:
            self.take_text(text)

    def take_text(self, text: str) -> None:
        """Take a text into account that was not seen before."""
        if self._amount and text.isascii() and amounts.is_plain(text):
            if "." in text:
                self._narrow_family(POINT, amounts.MARKS)
            return
        if len(self.seen_texts) >= TEXTS_KEPT:
            self.seen_texts.clear()
        self.seen_texts.add(text)
        self._narrow(text.strip())

    def ways(self, *, own_numbers: bool, in_doubt: bool) -> Ways:
        """What is left when all rows were seen; of shares that nothing speaks against, parts of one.

        own_numbers: the file has numbers as programs write them.
        in_doubt:    the rows are too few of their column to go by what usually is.
        """
        left = {family: ways for family, ways in self._left.items() if ways is not None}
        if isinstance(self.value, ShareValue):
            units = left.get(shares.UNITS, shares.UNITS)
            in_doubt = in_doubt or self._signed or any(word in self.header.lower() for word in PERCENT_WORDS)
            return units if units != shares.UNITS else frozenset() if in_doubt else frozenset({"part"})
        marks = left.get(amounts.MARKS)
        if isinstance(self.value, AmountValue) and marks == amounts.MARKS and own_numbers and not self._comma:
            return frozenset(".")
        return frozenset().union(*left.values())

    def _narrow(self, text: str) -> None:
        if isinstance(self.value, DayValue):
            by_way = days.readings(text).by_way
            self._narrow_family(by_way, days.ORDERS)
            self._narrow_family(by_way, month_languages())
        elif isinstance(self.value, AmountValue):
            by_mark = amounts.readings(text).by_mark
            if len(set(by_mark.values())) != 1 or len(by_mark) == 1:
                self._narrow_family(by_mark, amounts.MARKS)
                self._comma = self._comma or "," in text
        elif shares.is_signed(text):
            self._signed = True
        else:
            self._narrow_family(shares.readings(text), shares.UNITS)

    def _narrow_family(self, by_way: dict[str, float] | dict[str, str], family: Ways) -> None:
        self._left[family] = narrow_ways(self._left.get(family), by_way, family)


class _Scope(NamedTuple):
    """Judges whose columns stand in the row itself, or in the items of one of its cells."""

    items: Items | None
    judges: list[_Judge]

    def take_row(self, fields: Fields) -> None:
        """Take one row into account, or each of the parties in one of its cells."""
        with suppress(ValueRefused):
            for scope in [fields] if self.items is None else self.items(fields):
                for judge in self.judges:
                    judge.take_row(scope)


def _scopes(mapping: Mapping, judges: list[_Judge]) -> Iterator[_Scope]:
    lists = {part.each.column: part.each for _, part in parts(mapping) if isinstance(part, Party) and part.each}
    inside = {column: [judge for judge in judges if _inside(judge, column)] for column in lists}
    yield _Scope(None, [judge for judge in judges if not judge.column and not any(_inside(judge, column) for column in lists)])
    empty = empty_tests_of(mapping)
    yield from (_Scope(items_of(items_spec, empty), inside[column]) for column, items_spec in lists.items() if inside[column])


def _inside(judge: _Judge, column: str) -> bool:
    return any(name.startswith(f"{column}.") for name in columns_read(judge.value))


def _shaped(mapping: Mapping) -> list[FormattedValue]:
    """The values that a column may have to judge, each once."""
    return list(
        {_key(part): part for _, part in parts(mapping) if isinstance(part, FormattedValue) and columns_read(part)}.values()
    )


def _key(value: FormattedValue) -> str:
    return f"{value.QUANTITY} {value.model_dump_json()}"
