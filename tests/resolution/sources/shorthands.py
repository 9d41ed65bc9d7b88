"""Shorthands of the source tests: files with chosen content, and what is read from them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from ontology.base import Statement
from resolution.sources.choice import Choice, choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import Reading, read_rows
from resolution.sources.statements.row_results import RowResult
from store.port import Store

FILES = Path(__file__).parent / "files"
NAMED = {"otc_network.csv": "otc_ratings"}  # A file without headers cannot say what it is.
KEY = b"a key for tests"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RESIDENT = "11010519491231002X"  # The sample number of GB 11643-1999.
USCC = "91350100M000100Y43"  # The worked example of GB 32100-2015.
REGISTRY_HEADER = "统一社会信用代码,企业名称,法定代表人,成立日期"


def registry(folder: Path, *rows: str, name: str = "business_registry.csv", encoding: str = "utf-8") -> Path:
    """A small business registry."""
    path = folder / name
    path.write_text("\n".join([REGISTRY_HEADER, *rows]) + "\n", encoding)
    return path


def choice(path: Path, kind: str | None = None, index: CrossFileIndex | None = None) -> Choice:
    """How a file is read without naming anything but, perhaps, its kind."""
    return choose_reading(
        path,
        mapping=None,
        kind=kind,
        dataset=None,
        reading=Reading(),
        id_key=KEY,
        today=date(2026, 11, 22),
        index=index or CrossFileIndex(),
    )


def choice_by(path: Path, page: Path) -> Choice:
    """How a file is read by a page of one's own."""
    return choose_reading(
        path,
        mapping=page,
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=KEY,
        today=NOW.date(),
        index=CrossFileIndex(),
    )


def map_file(path: Path, kind: str | None = None) -> list[RowResult]:
    """Every row of a file, mapped; graph files are seen once before, as `ingest` does."""
    index = CrossFileIndex()
    how = choice(path, kind, index)
    for _ in range(2):
        mapper = how.make("f" * 16)
        rows = [mapper.map_row(row) for row in read_rows(path, how.reading)]
    return rows


def as_text(rows: list[RowResult]) -> str:
    """Rows, troubles and statements as JSON to compare."""
    return json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=1)


def _row(row: RowResult) -> dict[str, object]:
    trouble = {"trouble": list(row.trouble)} if row.trouble else {}
    ignored = {"ignored": True} if row.ignored else {}
    return {"row": row.number, **trouble, **ignored, "statements": [_statement(one) for one in row.statements]}


def _statement(one: Statement) -> dict[str, object]:
    return {"is": type(one).__name__, **one.model_dump(mode="json", exclude_defaults=True)}


def stated_ids(store: Store) -> dict[str, set[str]]:
    """Ids of all that the files in a store state, by table."""
    ids: dict[str, set[str]] = {}
    for file in store.read("sources/files"):
        columns = store.columns("sources/ids_of_file", file_id=file["id"])
        for table, id_ in zip(columns["kind"], columns["id"], strict=True):
            ids.setdefault(table, set()).add(id_)
    return ids
