"""Sheets of an Excel workbook. Formulas are never worked out: the value saved beside one is taken, or the row is not."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from ontology.errors import SourceUnreadable
from resolution.sources.reading.delimited import distinct
from resolution.sources.reading.heads import LOOKED_AT, header_place
from resolution.sources.reading.rows import RawRow, Reading, Trouble

_FORMULA = re.compile(rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|.*?</f>)\s*(<v>[^<]|<is>)?", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
ERROR_VALUES = ("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")


def workbook(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Rows of one sheet by header: `reading.header`, or the row found to be it. Row numbers are the sheet's own."""
    unsaved = _formulas_without_value(path, reading)
    sheet = sheet_of(path, reading)
    if sheet is None:
        return
    header = list(reading.header) or distinct(sheet.cells)
    for number, texts in sheet.rows:
        yield _row(number, texts, header, unsaved.get(number))


class Sheet(NamedTuple):
    """Where the table of a sheet starts: the row of its header (0 without one), its cells, and the rows below it."""

    header_line: int
    cells: list[str]
    rows: Iterator[tuple[int, list[str]]]


def sheet_of(path: Path, reading: Reading) -> Sheet | None:
    """The table of a sheet; None where it is empty. Raises SourceUnreadable where the row of the header is not there."""
    found = ((number, texts) for number, cells in _cells(path, reading) if any(texts := [text_of(cell) for cell in cells]))
    if reading.header_line:
        found = ((number, texts) for number, texts in found if number >= (reading.header_line or 0))
    head = list(islice(found, LOOKED_AT))
    if reading.header_line and (not head or head[0][0] != reading.header_line):
        problem = f"row {reading.header_line} is empty or not there"
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Name the row of the header (format: header_line).")
    if not head:
        return None
    if reading.header and not reading.header_line:
        return Sheet(0, list(reading.header), chain(head, found))
    place = 0 if reading.header_line else _header_place([texts for _, texts in head])
    return Sheet(*head[place], chain(head[place + 1 :], found))


def _header_place(rows: list[list[str]]) -> int:
    cut = [_trimmed(row) for row in rows]
    place = header_place(len(rows), lambda _: cut, lambda row, header: len(row) <= len(header))
    wide = (at for at, row in enumerate(rows) if sum(map(bool, row)) > 1 or len(row) == 1)
    return place or next(wide, 0)


def _trimmed(row: list[str]) -> list[str]:
    """A row up to its last filled cell."""
    return row[: max((place for place, text in enumerate(row, start=1) if text), default=0)]


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO 8601, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return (
        cell.isoformat() if isinstance(cell, date | time) else str(cell).strip() if not isinstance(cell, timedelta) else str(cell)
    )


def _row(number: int, texts: list[str], header: list[str], unsaved: str | None) -> RawRow:
    values = dict(zip(header, texts, strict=False))
    if unsaved:
        place = _place(unsaved, header)
        told = f"cell {unsaved}{number} holds a formula without a saved value"
        return RawRow(number, values, Trouble(place, told, "Open and save the file in a spreadsheet, or put the value there."))
    wrong = next((name for name, text in values.items() if text in ERROR_VALUES), None)
    if wrong:
        return RawRow(number, values, Trouble(wrong, f"the formula gave {values[wrong]}", "Put the value there."))
    return RawRow(number, values)


def _place(letters: str, header: list[str]) -> str | None:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return header[place - 1] if place <= len(header) else None


def _cells(path: Path, reading: Reading) -> Iterator[tuple[int, list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        name = _sheet(book.sheet_names, path, reading.sheet)
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, OSError) as cause:
        raise SourceUnreadable(file=path.name, problem="not a workbook", remedy="Save it as .xlsx, or as CSV.") from cause
    first = (sheet.start or (0, 0))[0]
    yield from enumerate(sheet.to_python(skip_empty_area=True), start=first + 1)


def _sheet(names: list[str], path: Path, wanted: str | None) -> str:
    if wanted and wanted not in names:
        raise SourceUnreadable(file=path.name, sheet=wanted, remedy=f"The sheets are: {', '.join(names)}.")
    if not names:
        raise SourceUnreadable(file=path.name, problem="no sheet inside", remedy="Send a workbook with one table.")
    return wanted or names[0]


def _formulas_without_value(path: Path, reading: Reading) -> dict[int, str]:
    """Column letters of the first formula without a saved value, by row number; of every sheet where none is named."""
    found: dict[int, str] = {}
    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > reading.document_bytes_max:
                raise SourceUnreadable(file=path.name, problem="too large unpacked", remedy="Send it as CSV.")
            sheets = sorted(name for name in packed.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            for name in sheets[:1] if not reading.sheet else sheets:
                found |= _unsaved(packed.read(name))
    except BadZipFile as cause:
        raise SourceUnreadable(file=path.name, problem="not a workbook", remedy="Save it as .xlsx, or as CSV.") from cause
    return found


def _unsaved(sheet: bytes) -> dict[int, str]:
    if b"<f" not in sheet:
        return {}
    places = (_PLACE.search(found.group(1)) for found in _FORMULA.finditer(sheet) if not found.group(2))
    return {int(place.group(2)): place.group(1).decode() for place in places if place}
