"""Files to rows, whatever the format: number and text by header, in bounded memory."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from resolution.sources.reading.delimited import delimited, table_of
from resolution.sources.reading.encodings import encoding_of
from resolution.sources.reading.json_paths import fields_by_path
from resolution.sources.reading.json_rows import documents, holds_json_lines, json_lines, json_list, text_lines
from resolution.sources.reading.lines import lines as lines_of
from resolution.sources.reading.parquet import parquet
from resolution.sources.reading.row_additions import (
    captured_texts,
    filled_down,
    joined_tables,
    rows_until,
    with_joined,
    with_preamble,
    without_cells,
)
from resolution.sources.reading.rows import SKIPPED, EveryNthBlock, RawRow, Reading, RowFilter, Trouble, read_every_row
from resolution.sources.reading.workbooks import WORKBOOKS, sheet_lines, sheet_names, sheet_of, workbook
from resolution.sources.reading.xml_rows import repeated_element, root_of, xml_rows

__all__ = [
    "ENDINGS",
    "FILTERING_READERS",
    "SKIPPED",
    "WORKBOOKS",
    "EveryNthBlock",
    "RawRow",
    "Reading",
    "RowFilter",
    "Trouble",
    "encoding_note",
    "header_of",
    "inner_lists",
    "lines_above",
    "preamble_of",
    "read_every_row",
    "read_rows",
    "repeated_element",
    "root_of",
    "sheet_names",
]

TABLES = (".csv", ".tsv", ".txt")
HEAD_LINES = 50  # Of a table without a header so many lines are looked at for what stands above it.
FilteringReader = Callable[[Path, Reading, RowFilter], Iterator[RawRow]]
LINE_READERS: dict[str, FilteringReader] = {
    ".csv": delimited,
    ".tsv": delimited,
    ".txt": text_lines,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
}
WHOLE_FILE_READERS: dict[str, Callable[[Path, Reading], Iterator[RawRow]]] = {
    ".json": json_list,
    ".xml": xml_rows,
    **dict.fromkeys(WORKBOOKS, workbook),
}
FILTERING_READERS: dict[str, FilteringReader] = {**LINE_READERS, ".parquet": parquet}
ENDINGS = (*LINE_READERS, *WHOLE_FILE_READERS, ".parquet")


def read_rows(path: Path, reading: Reading, is_wanted: RowFilter = read_every_row) -> Iterator[RawRow]:
    """Rows of one file by its ending; of lines and of Parquet rows, SKIPPED stands for those that are not wanted.

    Raises SourceUnreadable: unknown ending, absent, empty, or not what it claims to be.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise SourceUnreadable(file=path.name, problem=f"ending {path.suffix or 'none'}", remedy=f"Known: {', '.join(ENDINGS)}.")
    if stat_regular_file(path).st_size == 0:
        raise SourceUnreadable(file=path.name, problem="the file is empty", remedy="Send a file with a header and rows.")
    if not (reading.fill_down or reading.until):
        return _rows_of_kind(path, ending, reading, is_wanted)
    rows = _rows_of_kind(path, ending, reading, read_every_row)  # What a row says hangs on those above it.
    return filled_down(rows, reading.fill_down, is_wanted)


def _rows_of_kind(path: Path, ending: str, reading: Reading, is_wanted: RowFilter) -> Iterator[RawRow]:
    if ending in FILTERING_READERS:
        rows = FILTERING_READERS[ending](path, reading, is_wanted)
    else:
        rows = WHOLE_FILE_READERS[ending](path, reading)
    if reading.until:
        rows = rows_until(rows, reading.until)  # Of the rows as they stand: `drop` empties those that could not be split.
    if reading.drop:
        rows = without_cells(rows, reading.drop)
    if reading.join:
        rows = with_joined(rows, joined_tables(path, reading.join, lambda other: read_rows(other, Reading())))
    return with_preamble(rows, preamble_of(path, reading)) if reading.preamble else rows


def preamble_of(path: Path, reading: Reading) -> dict[str, str]:
    """What stands above the header of a table, by the names that `reading.preamble` gives it."""
    return captured_texts(lines_above(path, reading), reading.preamble)


def lines_above(path: Path, reading: Reading) -> list[str]:
    """The lines above the header of a table of text or of a sheet, its cells parted by tabs; none of other files."""
    header = header_of(path, reading)
    if header is None:
        return []
    lines = sheet_lines(path, reading) if path.suffix.lower() in WORKBOOKS else (line.text for line in lines_of(path, reading))
    return list(islice(lines, header[0] - 1 if header[0] else HEAD_LINES))


def encoding_note(path: Path, reading: Reading) -> str | None:
    """What to say of a text file whose encoding was judged by its letters alone: which it is, and a piece of its text."""
    if path.suffix.lower() not in (*LINE_READERS, ".json"):
        return None
    name, _, example = encoding_of(path, reading.encoding)
    return f"{name}: {example}" if example else None


def header_of(path: Path, reading: Reading) -> tuple[int, list[str]] | None:
    """Number and cells of the line that a table of text or of a sheet takes for its header; None for other files."""
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        sheet = sheet_of(path, reading)
        return sheet and (sheet.header_line, sheet.cells)
    is_table = ending in TABLES and not (ending == ".txt" and holds_json_lines(path, reading))
    table = table_of(path, reading) if is_table else None
    return table and (table.header_line, table.cells)


def inner_lists(path: Path, reading: Reading) -> dict[str, list[str]]:
    """Where inside a JSON file objects are listed, with the names of their fields; nothing for other files."""
    return fields_by_path(documents(path, reading)) if path.suffix.lower() in (".json", ".jsonl", ".ndjson") else {}
