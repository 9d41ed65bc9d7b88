"""Files to rows, whatever the format: number and text by header, in bounded memory."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from resolution.sources.reading.delimited import delimited, table_of
from resolution.sources.reading.encodings import encoding_of
from resolution.sources.reading.json_paths import fields_by_path
from resolution.sources.reading.json_rows import documents, json_lines, json_list
from resolution.sources.reading.parquet import parquet
from resolution.sources.reading.rows import SKIPPED, EveryNthBlock, RawRow, Reading, RowFilter, Trouble, read_every_row
from resolution.sources.reading.workbooks import sheet_of, workbook
from resolution.sources.reading.xml_rows import repeated_element, root_of, xml_rows

__all__ = [
    "ENDINGS",
    "SKIPPED",
    "EveryNthBlock",
    "RawRow",
    "Reading",
    "RowFilter",
    "Trouble",
    "encoding_note",
    "header_of",
    "inner_lists",
    "read_every_row",
    "read_rows",
    "repeated_element",
    "root_of",
]

FilteringReader = Callable[[Path, Reading, RowFilter], Iterator[RawRow]]
LINE_READERS: dict[str, FilteringReader] = {
    ".csv": delimited,
    ".tsv": delimited,
    ".txt": delimited,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
}
WHOLE_FILE_READERS: dict[str, Callable[[Path, Reading], Iterator[RawRow]]] = {
    ".json": json_list,
    ".xml": xml_rows,
    ".xlsx": workbook,
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
    if ending in FILTERING_READERS:
        return FILTERING_READERS[ending](path, reading, is_wanted)
    return WHOLE_FILE_READERS[ending](path, reading)


def encoding_note(path: Path, reading: Reading) -> str | None:
    """What to say of a text file whose encoding was judged by its letters alone: which it is, and a piece of its text."""
    if path.suffix.lower() not in (*LINE_READERS, ".json"):
        return None
    name, _, example = encoding_of(path, reading.encoding)
    return f"{name}: {example}" if example else None


def header_of(path: Path, reading: Reading) -> tuple[int, list[str]] | None:
    """Number and cells of the line that a table of text or of a sheet takes for its header; None for other files."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        sheet = sheet_of(path, reading)
        return sheet and (sheet.header_line, sheet.cells)
    table = table_of(path, reading) if LINE_READERS.get(ending) is delimited else None
    return table and (table.header_line, table.cells)


def inner_lists(path: Path, reading: Reading) -> dict[str, list[str]]:
    """Where inside a JSON file objects are listed, with the names of their fields; nothing for other files."""
    return fields_by_path(documents(path, reading)) if path.suffix.lower() in (".json", ".jsonl", ".ndjson") else {}
