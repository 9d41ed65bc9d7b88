"""Files to rows, whatever the format: number and text by header, in bounded memory."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ontology.errors import SourceUnreadable
from resolution.sources.reading.delimited import delimited
from resolution.sources.reading.json_rows import json_lines, json_list
from resolution.sources.reading.parquet import parquet
from resolution.sources.reading.rows import RawRow, Reading, Trouble
from resolution.sources.reading.workbooks import workbook

__all__ = ["READERS", "RawRow", "Reading", "Trouble", "read_rows"]

READERS: dict[str, Callable[[Path, Reading], Iterator[RawRow]]] = {
    ".csv": delimited,
    ".tsv": delimited,
    ".txt": delimited,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".json": json_list,
    ".xlsx": workbook,
    ".parquet": parquet,
}


def read_rows(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Rows of one file by its ending. Raises SourceUnreadable: unknown ending, absent, empty, or not what it claims to be."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceUnreadable(file=path.name, problem=f"ending {path.suffix or 'none'}", remedy=f"Known: {', '.join(READERS)}.")
    try:
        if path.stat().st_size == 0:
            raise SourceUnreadable(file=path.name, problem="the file is empty", remedy="Send a file with a header and rows.")
    except OSError as cause:
        raise SourceUnreadable(file=path.name, problem="not there, or not readable", remedy="Check the path.") from cause
    return reader(path, reading)
