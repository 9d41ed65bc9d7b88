"""A supplier list as people keep it: CSV or Excel, in the encoding its letters tell, headings in the languages of business."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.schemas.screenings import ColumnRead, ListReading, UnreadColumn
from api.screenings.columns import FIELDS, Header, find_header, folded_heading, heading_words, letters_of, place_of, read_columns
from api.screenings.list_tables import ListTable, OpenRows, read_table
from api.words import Words
from ontology.errors import SourceUnreadable
from ontology.limits import unstorable, visible
from ontology.personal_ids import mask

VALUE_LENGTH_MAX = 300
HEADINGS_LENGTH_MAX = 1000
ROW_ALIASES = {"uscc": "code"}


@dataclass(frozen=True)
class Supplier:
    """One row: what was given, under our own headings, or why it cannot be used. `row` counts as a spreadsheet does.

    id: the caller's own for it, only handed back.
    """

    row: int
    name: str = ""
    code: str = ""
    place: str = ""
    country: str = ""
    id: str = ""
    error: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What the file says, without empty fields."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}

    @property
    def place_texts(self) -> tuple[str, ...]:
        """The places given, the narrower one first."""
        return tuple(filter(None, (self.place, self.country)))


@dataclass(frozen=True)
class SupplierList:
    """The rows of a list, and how it was read. reading: None where there was nothing to be read: names, or rows as JSON."""

    rows: tuple[Supplier, ...]
    reading: ListReading | None = None

    def __iter__(self) -> Iterator[Supplier]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class ListOptions:
    """How a list is read. columns: heading or letter of a column by field; sheet: of a workbook, else its first."""

    rows_max: int
    columns: Mapping[str, str] | None = None
    sheet: str | None = None


def read_suppliers(content: bytes, *, file: str, options: ListOptions, say: Words) -> SupplierList:
    """Read a supplier list. Raises SourceUnreadable where it is no table, has no name or code column, or too many rows."""
    table = read_table(content, file=file, sheet=options.sheet)
    filled = [(number, cells) for number, cells in table.rows if any(cells)]
    cells = [row for _, row in filled]
    header = find_header(cells, columns_set=options.columns or {})
    columns = read_columns(header, cells, columns_set=options.columns or {}, say=say)
    if not {"name", "code"} & columns.keys():
        raise _no_column(file, header, filled)
    below = [(number, row) for number, row in filled[header.below :] if not _is_header_again(row, header)]
    if len(below) > options.rows_max:
        raise SourceUnreadable(file=file, rows=len(below), rows_max=options.rows_max, remedy="Split the list.")
    reading = _reading(table, header, filled, columns, say)
    places = {field: place_of(column) for field, column in columns.items()}
    return SupplierList(tuple(_supplier(number, _cells_by_field(row, places), say) for number, row in below), reading)


def suppliers_from_names(names: Iterable[str], say: Words) -> SupplierList:
    """The same for names without a file, counted from 1."""
    return SupplierList(tuple(_supplier(number, {"name": name.strip()}, say) for number, name in enumerate(names, 1)))


def suppliers_from_rows(rows: Iterable[Mapping[str, object]], say: Words) -> SupplierList:
    """The same for rows of name, code, place, country and id, counted from 1."""
    plain = ({ROW_ALIASES.get(name, name): _text(value) for name, value in row.items()} for row in rows)
    return SupplierList(tuple(_supplier(number, row, say) for number, row in enumerate(plain, 1)))


def _no_column(file: str, header: Header, filled: OpenRows) -> SourceUnreadable:
    headings = ", ".join(mask(heading) for heading in header.headings if heading)[:HEADINGS_LENGTH_MAX]
    remedy = "Head a column `name` (名称) or `code` (统一社会信用代码), or name it: columns name=…, by heading or letter."
    row = filled[header.at][0] if header.at >= 0 else None
    return SourceUnreadable(
        file=file, row=row, headings=headings or "none", problem="no column of names or codes was recognised", remedy=remedy
    )


def _reading(table: ListTable, header: Header, filled: OpenRows, columns: Mapping[str, ColumnRead], say: Words) -> ListReading:
    """How the list was read, with a sentence for what may have gone wrong."""
    taken_places = {place_of(column) for column in columns.values()}
    unread = tuple(_unread_columns(header, [row for _, row in filled[header.below :]], taken_places))
    notes = [column.doubt for column in columns.values() if column.doubt]
    if header.at < 0:
        notes.insert(0, say("check.list.no_header"))
    if header.below - header.at > 1:
        notes.append(say("check.list.second_header", row=filled[header.below - 1][0]))
    if table.other_sheets:
        notes.append(say("check.list.sheets", sheet=mask(table.sheet or ""), count=len(table.other_sheets)))
    return ListReading(
        sheet=table.sheet,
        other_sheets=tuple(map(mask, table.other_sheets)),
        header_row=filled[header.at][0] if header.at >= 0 else None,
        columns=tuple(columns.values()),
        unread=unread,
        notes=tuple(notes),
    )


def _unread_columns(header: Header, rows: Sequence[Sequence[str]], taken_places: set[int]) -> Iterator[UnreadColumn]:
    counts = Counter(place for row in rows for place, cell in enumerate(row) if cell)
    for place in sorted(counts.keys() - taken_places):
        heading = header.headings[place] if place < len(header.headings) else ""
        yield UnreadColumn(column=letters_of(place), heading=mask(heading)[:VALUE_LENGTH_MAX], cells=counts[place])


def _is_header_again(row: Sequence[str], header: Header) -> bool:
    """Whether a row repeats the header, as printed lists do on each page."""
    if header.at < 0:
        return False
    texts = [folded_heading(cell) for cell in row if cell]
    return len(texts) > 1 and texts == [folded_heading(cell) for cell in header.headings if cell]


def _cells_by_field(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {field: cells[place] for field, place in places.items() if place < len(cells)}


def _supplier(row: int, values: Mapping[str, str], say: Words) -> Supplier:
    masked = {field: mask(values.get(field, ""), declared=field == "code") for field in FIELDS}
    supplier = Supplier(row, **masked)
    if long_field := next((field for field, value in masked.items() if len(value) > VALUE_LENGTH_MAX), None):
        return _refuse_row(supplier, say("check.row_long", field=long_field, max=VALUE_LENGTH_MAX))
    if unstorable_field := next((field for field, value in masked.items() if unstorable(value)), None):
        return _refuse_row(supplier, say("check.row_text", field=unstorable_field))
    if not supplier.name and not supplier.code:
        return _refuse_row(supplier, say("check.row_empty"))
    is_total = not supplier.code and folded_heading(supplier.name) in heading_words().totals
    return _refuse_row(supplier, say("check.row_total")) if is_total else supplier


def _refuse_row(supplier: Supplier, error: str) -> Supplier:
    """The row with its error; what it says is cut to what can be shown."""
    shown_values = {field: visible(value[:VALUE_LENGTH_MAX]) for field, value in supplier.given.items()}
    return Supplier(supplier.row, **shown_values, error=error)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
