"""Sheets of an Excel workbook. Formulas are never worked out: the value saved beside one is taken, or the row is not."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from ontology.limits import OTHER_WORKBOOK_BYTES_MAX
from resolution.sources.reading.delimited import distinct_headers
from resolution.sources.reading.header_detection import LOOKED_AT, header_place
from resolution.sources.reading.other_workbooks import rows_of_other, sheet_names_of_other
from resolution.sources.reading.rows import RawRow, Reading, Trouble
from resolution.sources.reading.workbook_bounds import Bounds, check_unpacked_size, check_workbook

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ZIPPED_XML = (".xlsx", ".xlsm")
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
ZIP, COMPOUND_FILE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WEB_PAGE_LOOKED_AT = 1 << 13  # Bytes, within which a web page says that it is one.
ERROR_VALUES = ("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")


def workbook(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Rows of one sheet by header: `reading.header`, or the row found to be it. Row numbers are the sheet's own."""
    unsaved = _formulas_without_value(path, reading)
    sheet = sheet_of(path, reading)
    if sheet is None:
        return
    header = list(reading.header) or distinct_headers(sheet.cells)
    for number, texts in sheet.rows:
        yield _row(number, texts, header, unsaved.get(number))


class Sheet(NamedTuple):
    """Where the table of a sheet starts: the row of its header (0 without one), its cells, and the rows below it."""

    header_line: int
    cells: list[str]
    rows: Iterator[tuple[int, list[str]]]


def sheet_of(path: Path, reading: Reading) -> Sheet | None:
    """The table of a sheet; None where it is empty. Raises SourceUnreadable where the row of the header is not there."""
    filled_rows = (
        (number, texts) for number, cells in _cells(path, reading) if any(texts := [sheet_cell_text(cell) for cell in cells])
    )
    if reading.header_line:
        filled_rows = ((number, texts) for number, texts in filled_rows if number >= (reading.header_line or 0))
    head = list(islice(filled_rows, LOOKED_AT))
    if reading.header_line and (not head or head[0][0] != reading.header_line):
        problem = f"row {reading.header_line} is empty or not there"
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Name the row of the header (format: header_line).")
    if not head:
        return None
    if reading.header and not reading.header_line:
        return Sheet(0, list(reading.header), chain(head, filled_rows))
    place = 0 if reading.header_line else _header_place([texts for _, texts in head])
    return Sheet(*head[place], chain(head[place + 1 :], filled_rows))


def sheet_lines(path: Path, reading: Reading) -> Iterator[str]:
    """The rows of a sheet as lines of text, one tab between cells."""
    return ("\t".join(map(sheet_cell_text, cells)) for _, cells in _cells(path, reading))


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets, in their order. Raises SourceUnreadable."""
    bounds_of(path)
    if not _is_zipped_xml(path):
        return sheet_names_of_other(path)
    with open_workbook(path.name) as book:
        return list(book(str(path)).sheet_names)


def _header_place(rows: list[list[str]]) -> int:
    cut = [_trimmed(row) for row in rows]
    place = header_place(len(rows), lambda _: cut, lambda row, header: len(row) <= len(header))
    wide = (at for at, row in enumerate(rows) if sum(map(bool, row)) > 1 or len(row) == 1)
    return place or next(wide, 0)


def _trimmed(row: list[str]) -> list[str]:
    """A row up to its last filled cell."""
    return row[: max((place for place, text in enumerate(row, start=1) if text), default=0)]


def sheet_cell_text(cell: Any) -> str:
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
        problem = f"cell {unsaved}{number} holds a formula without a saved value"
        return RawRow(number, values, Trouble(place, problem, "Open and save the file in a spreadsheet, or put the value there."))
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
    bounds_of(path)
    pick = partial(_sheet, path=path, wanted=reading.sheet)
    if not _is_zipped_xml(path):
        yield from enumerate(rows_of_other(path, pick), start=1)
        return
    with open_workbook(path.name) as book:
        workbook_file = book(str(path))
        rows = workbook_file.get_sheet_by_name(pick(workbook_file.sheet_names)).iter_rows()
    yield from enumerate(rows, start=1)


def _is_zipped_xml(path: Path) -> bool:
    return path.suffix.lower() in ZIPPED_XML


@contextmanager
def open_workbook(name: str) -> Iterator[Callable[[Any], Any]]:
    """The opener of workbooks, of a path or a file. Raises SourceUnreadable for whatever it cannot make sense of."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        yield CalamineWorkbook.from_object
    except (CalamineError, OSError, ValueError) as cause:
        raise SourceUnreadable(file=name, problem="not a workbook", remedy="Save it as .xlsx, or as CSV.") from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":  # How its compiled part says that it does not know further.
            raise
        raise SourceUnreadable(file=name, problem="a damaged workbook", remedy="Save it anew in a spreadsheet.") from None


def _sheet(names: list[str], path: Path, wanted: str | tuple[str | None, ...] | None) -> str:
    if not names:
        raise SourceUnreadable(file=path.name, problem="no sheet inside", remedy="Send a workbook with one table.")
    wanted_names = [name or names[0] for name in ((wanted,) if isinstance(wanted, str) or wanted is None else wanted)]
    sheet = next((name for name in wanted_names if name in names), None)
    if sheet is None:
        raise SourceUnreadable(file=path.name, sheet=" or ".join(wanted_names), remedy=f"The sheets are: {', '.join(names)}.")
    return sheet


def bounds_of(path: Path) -> dict[str, Bounds]:
    """The bounds of a workbook's sheets by part. Raises SourceUnreadable where it costs more than `ontology.limits` allows."""
    file_stat = stat_regular_file(path)
    _check_ending(path)
    if not _is_zipped_xml(path):
        if file_stat.st_size > OTHER_WORKBOOK_BYTES_MAX:
            problem = f"a workbook of this kind larger than {OTHER_WORKBOOK_BYTES_MAX >> 20} MB"
            raise SourceUnreadable(file=path.name, problem=problem, remedy="Save it as .xlsx, or as CSV.")
        check_unpacked_size(path)
        return {}
    return _bounds(path, file_stat.st_size, file_stat.st_mtime_ns)


def _check_ending(path: Path) -> None:
    """Raises SourceUnreadable where the file is something else than its ending says, as publishers' exports often are."""
    with path.open("rb") as file:
        start = file.read(WEB_PAGE_LOOKED_AT)
    if start.startswith(COMPOUND_FILE) and path.suffix.lower() != ".xls":
        problem = (
            "a workbook with a password" if ENCRYPTED in start else "an .xls workbook, or one with a password, by another ending"
        )
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Save it as .xlsx, without a password.")
    if start.startswith(ZIP) and not _is_zipped_xml(path) and _holds_xml_workbook(path):
        remedy = f"Rename it to {path.stem}.xlsx."
        raise SourceUnreadable(file=path.name, problem="an .xlsx workbook by another ending", remedy=remedy)
    if start.lstrip().startswith(b"<") and (b"<html" in start.lower() or b"<table" in start.lower()):
        problem = "a web page by the ending of a workbook"
        raise SourceUnreadable(
            file=path.name, problem=problem, remedy="Open it in a spreadsheet and save it as .xlsx, or as CSV."
        )


def _holds_xml_workbook(path: Path) -> bool:
    with suppress(BadZipFile, OSError, ValueError), ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()
    return False


@lru_cache(maxsize=1 << 4)
def _bounds(path: Path, size: int, changed_ns: int) -> dict[str, Bounds]:
    """One file is opened several times; size and time of change say whether it is still the same."""
    with path.open("rb") as file:
        return check_workbook(file, path.name)


def _formulas_without_value(path: Path, reading: Reading) -> dict[int, str]:
    """Column letters of the first formula without a saved value, by row number; of every sheet where none is named."""
    unsaved: dict[int, str] = {}
    bounds_by_part = bounds_of(path)
    sheets = sorted(part for part in bounds_by_part if SHEET.fullmatch(part))
    for part in sheets[:1] if not reading.sheet else sheets:
        unsaved |= bounds_by_part[part].unsaved
    return unsaved
