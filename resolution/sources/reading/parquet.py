"""Rows of a Parquet file, a batch at a time, read by a process of its own whose memory is bounded.

A page of a few bytes can unpack to gigabytes, and a column name one long text a million times: what a file costs is known only
while it is read, by a library that does not ask. So another process reads it, which may fail without harm to this one.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import groupby, repeat
from pathlib import Path
from typing import Any, NamedTuple

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from ontology.limits import (
    PARQUET_COLUMNS_MAX,
    PARQUET_MEMORY_MAX,
    PARQUET_ROWS_FREE,
    PARQUET_ROWS_PER_BYTE,
    PARQUET_VALUES_PER_BYTE,
)
from resolution.sources.reading.bounded_memory import bound_memory, pieces_of, serve_pieces, start_reader
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.reading.rows import SKIPPED, UNSPLIT, RawRow, Reading, RowFilter, Trouble
from resolution.sources.reading.workbooks import sheet_cell_text

BATCH_ROWS, BATCH_BYTES = 4096, 1 << 24
WRITE_AGAIN = "Write the file again."
AS_CSV = "Write it with smaller row groups, or send it as CSV."


class RowRun(NamedTuple):
    """Rows that follow one another, column by column, or how many of them nobody wanted.

    number: of the first row. columns: the texts of each header's column, all of one length; none where `skipped` counts rows.
    """

    number: int
    headers: tuple[str, ...]
    columns: Sequence[Sequence[str]]
    skipped: int = 0


def parquet(path: Path, reading: Reading, is_wanted: RowFilter) -> Iterator[RawRow]:
    """Rows by column name. Lists and structures become JSON text. Raises SourceUnreadable. is_wanted: goes to another process."""
    stat_regular_file(path)
    try:
        reader = start_reader(__name__, "serve_rows()")
    except OSError:
        for run in _runs(path, is_wanted):
            yield from _rows(run, reading)
        return
    with closing(pieces_of(reader, path, is_wanted, _too_large)) as runs:
        for run in runs:
            yield from _rows(run, reading)


def _too_large(path: Path) -> SourceUnreadable:
    problem = f"a damaged Parquet file, or one that takes more than {PARQUET_MEMORY_MAX} bytes of memory to read"
    return SourceUnreadable(file=path.name, problem=problem, remedy=AS_CSV)


def serve_rows() -> None:
    """What the other process does: one file, run after run of rows."""
    serve_pieces(partial(_runs, bounded=True), _too_large)


def _runs(path: Path, is_wanted: RowFilter, *, bounded: bool = False) -> Iterator[RowRun]:
    from pyarrow import ArrowException, ArrowMemoryError
    from pyarrow.parquet import ParquetFile

    if bounded:
        bound_memory(PARQUET_MEMORY_MAX)
    try:
        with ParquetFile(path) as file:
            rows_at_once = _check(file.metadata, path)
            place = 0
            for batch in file.iter_batches(batch_size=rows_at_once, use_threads=False):
                first, place = place, place + batch.num_rows
                for wanted, group in groupby(range(first, place), is_wanted):
                    start, *others = group
                    run = batch.slice(start - first, 1 + len(others))
                    yield from _split_run(run, start + 1) if wanted else [RowRun(start + 1, (), (), run.num_rows)]
    except ArrowMemoryError as cause:
        raise _too_large(path) from cause
    except (ArrowException, OSError, ValueError, OverflowError, RecursionError) as cause:
        raise SourceUnreadable(file=path.name, problem="not a Parquet file, or a damaged one", remedy=WRITE_AGAIN) from cause


def _check(metadata: Any, path: Path) -> int:
    """How many rows to read at once. Raises SourceUnreadable where the file says that it holds more than one of its size can."""
    size = path.stat().st_size
    rows_max, values_max = PARQUET_ROWS_FREE + PARQUET_ROWS_PER_BYTE * size, PARQUET_ROWS_FREE + PARQUET_VALUES_PER_BYTE * size
    if metadata.num_columns > PARQUET_COLUMNS_MAX:
        raise _limit_error(path, f"{metadata.num_columns} columns; at most {PARQUET_COLUMNS_MAX} are read")
    if not 0 <= metadata.num_rows <= rows_max:
        raise _limit_error(path, f"{metadata.num_rows} rows in {size} bytes; at most {rows_max} are read of a file of this size")
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    for group in groups:
        values = max((group.column(place).num_values for place in range(group.num_columns)), default=0)
        if values > values_max:
            raise _limit_error(path, f"{values} values of a column in {size} bytes; at most {values_max} are read")
    row_bytes = max((group.total_byte_size // max(group.num_rows, 1) for group in groups), default=0)
    return max(1, min(BATCH_ROWS, BATCH_BYTES // max(row_bytes, 1)))


def _limit_error(path: Path, problem: str) -> SourceUnreadable:
    return SourceUnreadable(file=path.name, problem=problem, remedy="Send it as CSV, or check how it was written.")


def _split_run(batch: Any, number: int) -> Iterator[RowRun]:
    """Rows of a batch, as few at a time as keep a message small."""
    columns = [_column_texts(column) for column in batch.columns]
    size = sum(sum(map(len, texts)) for texts in columns)
    rows_at_once = max(1, batch.num_rows * BATCH_BYTES // max(size, BATCH_BYTES))
    for start in range(0, batch.num_rows, rows_at_once):
        yield RowRun(number + start, tuple(batch.schema.names), [texts[start : start + rows_at_once] for texts in columns])


def _column_texts(column: Any) -> list[str]:
    """The cells of a column as texts; what has a type of plain texts or whole numbers needs no look at each."""
    from pyarrow import types

    values = column.to_pylist()
    if types.is_string(column.type) or types.is_large_string(column.type):
        return [value or "" for value in values]
    if types.is_integer(column.type):
        return ["" if value is None else str(value) for value in values]
    return list(map(_text, values))


def _rows(run: RowRun, reading: Reading) -> Iterator[RawRow]:
    yield from repeat(SKIPPED, run.skipped)
    may_be_long = sum(max(map(len, texts), default=0) for texts in run.columns) > reading.line_bytes_max
    for number, cells in enumerate(zip(*run.columns, strict=True), start=run.number):
        row = RawRow(number, dict(zip(run.headers, cells, strict=True)))
        yield _cut_if_long(row, reading) if may_be_long else row


def _cut_if_long(row: RawRow, reading: Reading) -> RawRow:
    """The row, or where it is longer than a row may be, its beginning with the trouble."""
    if sum(map(len, row.values.values())) <= reading.line_bytes_max:
        return row
    trouble = Trouble(None, f"the row is longer than {reading.line_bytes_max} characters", "Shorten it, or allow longer lines.")
    return RawRow(row.number, {UNSPLIT: " ".join(text[:40] for text in row.values.values())[:200]}, trouble)


def _text(value: Any) -> str:
    if isinstance(value, float | datetime | date | time):
        return sheet_cell_text(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return cell_text(_plain(value)) if isinstance(value, dict | list) else cell_text(value) if _is_json(value) else str(value)


def _plain(value: Any) -> Any:
    """A value inside another as JSON knows it."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if _is_json(value) else _text(value)


def _is_json(value: Any) -> bool:
    return value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value))
