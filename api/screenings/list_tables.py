"""A supplier list as rows of cells: CSV in any encoding and with any separator, or one sheet of a workbook."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from ontology.errors import SourceUnreadable
from ontology.limits import LIST_BYTES_MAX, LIST_CELLS_MAX
from resolution.records.damage import SIGNIFICANT_DIGITS
from resolution.sources.reading.encodings import decode_text
from resolution.sources.reading.workbook_bounds import WorkbookLimits, check_workbook
from resolution.sources.reading.workbooks import COMPOUND_FILE, ERROR_VALUES, ZIP, open_workbook

SEPARATORS = ",;\t|"
LOOKED_AT = 60  # Lines from the start that show the separator.
END_OF_DATA = "end of data"  # Of the library's words for a quote that is open at the end.
OpenRows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class ListTable:
    """The rows of a list, each with its number as a spreadsheet or an editor counts. sheet: None for CSV."""

    rows: OpenRows
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def read_table(content: bytes, *, file: str, sheet: str | None = None) -> ListTable:
    """The rows of a list. Raises SourceUnreadable where it is no table, or has no such sheet."""
    if content.startswith(COMPOUND_FILE):
        remedy = "Save it as .xlsx, without a password, or as CSV."
        raise SourceUnreadable(file=file, problem="an old or a locked workbook", remedy=remedy)
    if content.startswith(ZIP):
        return _workbook(content, file, sheet)
    if sheet is not None:
        raise SourceUnreadable(file=file, sheet=sheet, problem="it has no sheets", remedy="Leave the sheet out.")
    return ListTable(list(_csv(decode_text(content, file), file)))


def _workbook(content: bytes, file: str, sheet: str | None) -> ListTable:
    check_workbook(io.BytesIO(content), file, WorkbookLimits(LIST_BYTES_MAX, LIST_CELLS_MAX))
    with open_workbook(file) as book:
        workbook = book(io.BytesIO(content))
        names = list(workbook.sheet_names)
        sheet_name = _choose_sheet(names, sheet, file)
        rows = workbook.get_sheet_by_name(sheet_name).iter_rows()
        table = [(number, [cell_text(value) for value in row]) for number, row in enumerate(rows, 1)]
    return ListTable(table, sheet_name, tuple(name for name in names if name != sheet_name))


def _choose_sheet(names: list[str], sheet: str | None, file: str) -> str:
    sheet_name = names[0] if sheet is None and names else sheet
    if sheet_name is None or sheet_name not in names:
        listed = ", ".join(names) or "none"
        raise SourceUnreadable(file=file, sheet=sheet, sheets=listed, remedy="Name one of its sheets, exactly as it is written.")
    return sheet_name


def cell_text(value: object) -> str:
    """A cell as text: a whole number without its fraction, of a long one the digits that a spreadsheet keeps, then zeros.

    >>> cell_text(91350100.0), cell_text(913301062745831234.0), cell_text(date(2026, 5, 1)), cell_text("#N/A")
    ('91350100', '913301062745831000', '2026-05-01', '')
    """
    if isinstance(value, float) and value.is_integer():
        return format(Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}"), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return "" if value is None or value in ERROR_VALUES else str(value).strip()


def _csv(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    separator = separator_of(text)
    _refuse_open_quote(text, separator, file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:  # Its words are those of the library.
        raise SourceUnreadable(
            file=file, row=reader.line_num, problem="a cell that is too long", remedy="Look whether a quote is not closed."
        ) from None


def _refuse_open_quote(text: str, separator: str, file: str) -> None:
    """Raise SourceUnreadable where a quote is never closed: everything behind it would be one cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    while True:
        begun = row + 1
        try:
            if next(reader, None) is None:
                return
        except csv.Error as cause:
            if END_OF_DATA in str(cause):  # Any other is a quote within a cell, which is read as it stands.
                problem, remedy = "a quote that is not closed", "Close or remove the quote in this row."
                raise SourceUnreadable(file=file, row=begun, problem=problem, remedy=remedy) from None
        row = reader.line_num


def separator_of(text: str) -> str:
    """The separator by which most of the first lines have the same number of cells, more than one; else the comma.

    >>> separator_of("List of 2026, by Ann\\n\\nName;Code\\nA, B GmbH;1\\nC;2\\n")
    ';'
    """
    return max(SEPARATORS, key=lambda separator: (_agreement(text, separator), -SEPARATORS.index(separator)))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    """Lines of the width that most have, and that width; nothing where that is one cell."""
    try:
        widths = [
            len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), LOOKED_AT) if any(row)
        ]
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    usual = max(sorted(set(wide), reverse=True), key=wide.count)
    return wide.count(usual), usual
