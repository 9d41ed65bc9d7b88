"""Rows of a Parquet file, a batch at a time, read by a process of its own whose memory is bounded.

A page of a few bytes can unpack to gigabytes, and a column name one long text a million times: what a file costs is known only
while it is read, by a library that does not ask. So another process reads it, which may fail without harm to this one.
"""

import math
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from ontology.limits import (
    PARQUET_COLUMNS_MAX,
    PARQUET_MEMORY_MAX,
    PARQUET_ROWS_FREE,
    PARQUET_ROWS_PER_BYTE,
    PARQUET_VALUES_PER_BYTE,
)
from resolution.processes import end_with_parent, start_helper
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.reading.rows import UNSPLIT, RawRow, Reading, Trouble
from resolution.sources.reading.workbooks import sheet_cell_text

BATCH_ROWS, BATCH_BYTES = 4096, 1 << 24
WRITE_AGAIN = "Write the file again."
AS_CSV = "Write it with smaller row groups, or send it as CSV."
Refusal = tuple[dict[str, object], str | None]
Message = list[RawRow] | Refusal | None
"""Rows; the facts and the remedy where there are no more to be had; nothing at the end."""


def parquet(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Rows by column name. Lists and structures become JSON text. Raises SourceUnreadable."""
    stat_regular_file(path)
    try:
        helper = start_helper(__name__, "serve_rows()", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        yield from _rows(path, reading)
        return
    request, reply = cast(IO[bytes], helper.stdin), cast(IO[bytes], helper.stdout)
    try:
        with suppress(BrokenPipeError):
            pickle.dump((path.absolute(), reading), request)
            request.flush()
        while (message := _next(reply, path)) is not None:
            if isinstance(message, tuple):
                raise SourceUnreadable(remedy=message[1], **message[0])
            yield from message
    finally:
        helper.kill()
        helper.wait()
        reply.close()
        with suppress(BrokenPipeError):
            request.close()


def _next(reply: IO[bytes], path: Path) -> Message:
    try:
        return cast(Message, pickle.load(reply))  # noqa: S301  # Our own process wrote it.
    except (EOFError, pickle.UnpicklingError) as cause:
        raise _too_large(path) from cause


def _too_large(path: Path) -> SourceUnreadable:
    problem = f"a damaged Parquet file, or one that takes more than {PARQUET_MEMORY_MAX} bytes of memory to read"
    return SourceUnreadable(file=path.name, problem=problem, remedy=AS_CSV)


def serve_rows() -> None:
    """What the other process does: one file, asked for on its input, batch after batch on its output."""
    path, reading = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
    end_with_parent(sys.stdin.buffer.read)
    out = sys.stdout.buffer
    rows: list[RawRow] = []
    size = 0
    try:
        for row in _rows(path, reading, bounded=True):
            rows.append(row)
            size += sum(map(len, row.values.values()))
            if len(rows) >= BATCH_ROWS or size > BATCH_BYTES:
                pickle.dump(rows, out, pickle.HIGHEST_PROTOCOL)
                out.flush()
                rows, size = [], 0
        pickle.dump(rows, out, pickle.HIGHEST_PROTOCOL)
        pickle.dump(None, out)
    except SourceUnreadable as cause:
        pickle.dump((cause.facts, cause.remedy), out)
    except MemoryError:
        refusal = _too_large(path)
        pickle.dump((refusal.facts, refusal.remedy), out)
    out.flush()
    os._exit(0)  # Not by the library's own end, which takes its time.


def _rows(path: Path, reading: Reading, *, bounded: bool = False) -> Iterator[RawRow]:
    from pyarrow import ArrowException, ArrowMemoryError
    from pyarrow.parquet import ParquetFile

    if bounded:
        _bound_memory()
    try:
        with ParquetFile(path) as file:
            rows_at_once = _check(file.metadata, path)
            number = 0
            for batch in file.iter_batches(batch_size=rows_at_once, use_threads=False):
                for values in batch.to_pylist():
                    number += 1
                    yield _row(number, values, reading)
    except ArrowMemoryError as cause:
        raise _too_large(path) from cause
    except (ArrowException, OSError, ValueError, OverflowError, RecursionError) as cause:
        raise SourceUnreadable(file=path.name, problem="not a Parquet file, or a damaged one", remedy=WRITE_AGAIN) from cause


def _bound_memory() -> None:
    """Bound what this process may take beyond what it has taken; not every system knows such a bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        bytes_taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bytes_taken + PARQUET_MEMORY_MAX, hard))


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


def _row(number: int, values: dict[str, Any], reading: Reading) -> RawRow:
    texts = {name: _text(value) for name, value in values.items()}
    if sum(map(len, texts.values())) > reading.line_bytes_max:
        trouble = Trouble(
            None, f"the row is longer than {reading.line_bytes_max} characters", "Shorten it, or allow longer lines."
        )
        return RawRow(number, {UNSPLIT: " ".join(text[:40] for text in texts.values())[:200]}, trouble)
    return RawRow(number, texts)


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
