"""Writes rows as files that are the same to the byte whenever the rows are the same."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from store.private_files import private_file, private_text, write_private

ZIP_DAY = (2026, 11, 22, 0, 0, 0)
_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "utf-8") -> None:
    """Comma-separated values; characters that the encoding lacks stop the run, they are never dropped."""
    with private_text(path, encoding=encoding) as file:
        writer = csv.writer(file, lineterminator="\r\n" if encoding == "gb18030" else "\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_json_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    with private_text(path) as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_json(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One array of objects."""
    write_private(path, json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")


def write_xlsx(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One sheet; the times that the format wants are fixed."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    workbook_bytes = io.BytesIO()
    workbook.save(workbook_bytes)
    _write_without_times(workbook_bytes, path)


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    """One table, compressed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with private_file(path) as file:
        pq.write_table(pa.Table.from_pylist(rows), file, compression="zstd")


def _write_without_times(workbook_bytes: io.BytesIO, path: Path) -> None:
    with zipfile.ZipFile(workbook_bytes) as source, private_file(path) as file, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = _CREATED.sub(rb"\g<1>2026-11-22T00:00:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, ZIP_DAY), content, zipfile.ZIP_DEFLATED)
