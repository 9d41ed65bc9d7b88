"""A supplier list as people keep them: CSV or Excel, in the encoding its letters tell, headings in English or Chinese."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from api.words import Words
from ontology.documents import read_yaml
from ontology.errors import SourceUnreadable
from ontology.limits import LIST_BYTES_MAX, LIST_CELLS_MAX, unstorable
from ontology.personal_ids import mask
from resolution.records.damage import SIGNIFICANT_DIGITS
from resolution.sources.reading.encodings import decode_text
from resolution.sources.reading.workbook_bounds import WorkbookLimits, check_workbook
from resolution.sources.reading.workbooks import open_workbook

FIELDS = ("name", "uscc", "place")
VALUE_LENGTH_MAX = 300
ZIP_SIGNATURE = b"PK\x03\x04"


@dataclass(frozen=True)
class Supplier:
    """One row: what was given, under our own headings, or why it cannot be used. `row` counts as a spreadsheet does."""

    row: int
    name: str = ""
    uscc: str = ""
    place: str = ""
    error: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What the file says, without empty fields."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}


def read_suppliers(content: bytes, *, file: str, rows_max: int, say: Words) -> list[Supplier]:
    """Read a supplier list. Raises SourceUnreadable where it is no table, has no name or code column, or too many rows."""
    rows = iter(_excel(content, file) if content.startswith(ZIP_SIGNATURE) else _csv(content, file))
    head_row, headings = next(((number, row) for number, row in rows if any(row)), (0, []))
    columns = columns_of(headings)
    if not {"name", "uscc"} & columns.keys():
        remedy = "Name one column `name` (名称) or `uscc` (统一社会信用代码)."
        raise SourceUnreadable(file=file, row=head_row, headings=", ".join(map(mask, headings)) or "none", remedy=remedy)
    supplier_rows = [_supplier(number, row, columns, say) for number, row in rows if any(cell.strip() for cell in row)]
    if len(supplier_rows) > rows_max:
        raise SourceUnreadable(file=file, rows=len(supplier_rows), rows_max=rows_max, remedy="Split the list.")
    return supplier_rows


def suppliers_from_names(names: Iterable[str], say: Words) -> list[Supplier]:
    """The same for names without a file, counted from 1."""
    return [_supplier(number, [name], {"name": 0}, say) for number, name in enumerate(names, 1)]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds which of our fields; the first that fits."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = _fields().get(re.sub(r"[\W_]", "", heading).lower())
        if field:
            columns.setdefault(field, place)
    return columns


def _supplier(row: int, cells: Sequence[str], columns: dict[str, int], say: Words) -> Supplier:
    cells_by_field = {field: cells[place].strip() for field, place in columns.items() if place < len(cells)}
    values = {field: mask(text, declared=field == "uscc") for field, text in cells_by_field.items()}
    long_field = next((field for field, value in values.items() if len(value) > VALUE_LENGTH_MAX), None)
    if long_field:
        return Supplier(row, error=say("check.row_long", field=long_field, max=VALUE_LENGTH_MAX))
    if unstorable_field := next((field for field, value in values.items() if unstorable(value)), None):
        return Supplier(row, error=say("check.row_text", field=unstorable_field))
    empty = not (values.get("name") or values.get("uscc"))
    return Supplier(row, **values, error=say("check.row_empty") if empty else None)


def _csv(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    text = decode_text(content, file)
    heading = text.partition("\n")[0]
    comma = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as cause:
        raise SourceUnreadable(file=file, row=reader.line_num, problem=str(cause)) from cause


def _excel(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    check_workbook(io.BytesIO(content), file, WorkbookLimits(LIST_BYTES_MAX, LIST_CELLS_MAX))
    with open_workbook(file) as book:
        rows = book(io.BytesIO(content)).get_sheet_by_index(0).iter_rows()
    for number, row in enumerate(rows, 1):
        yield number, [_cell(value) for value in row]


def _cell(value: object) -> str:
    """A whole number without its fraction; of a long one the digits that a spreadsheet keeps, then zeros."""
    whole = isinstance(value, float) and value.is_integer()
    return format(Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}"), "f") if whole else str(value)


@cache
def _fields() -> dict[str, str]:
    headers = read_yaml(files("api.screenings").joinpath("headers.yaml").read_text("utf-8"))
    return {heading: field for field in FIELDS for heading in headers[field]}
