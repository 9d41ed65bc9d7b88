"""Rows of a Parquet file, a batch at a time."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from ontology.errors import SourceUnreadable
from resolution.sources.reading.json_rows import flat
from resolution.sources.reading.rows import RawRow, Reading
from resolution.sources.reading.workbooks import text_of

BATCH_ROWS = 4096


def parquet(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Rows by column name. Lists and structures become JSON text."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for values in batch.to_pylist():
                    number += 1
                    yield RawRow(number, {name: _text(value) for name, value in values.items()})
    except (ArrowException, OSError) as cause:
        raise SourceUnreadable(file=path.name, problem="not a Parquet file", remedy="Write the file again.") from cause


def _text(value: Any) -> str:
    if isinstance(value, float | datetime | date | time):
        return text_of(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return flat(value)
