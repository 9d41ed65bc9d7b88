"""Statements that several files make: each file's own words are kept, and the store shows what all of them say together.

Only such a statement has rows of its own in `file_statements`, one a file. What a single file says stands in its table and
nowhere else, so that files that share nothing cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic_core import from_json, to_json

from resolution.sources.hash_sets import HashSet
from resolution.sources.statements.file_merge import merge_file_rows, merge_row_versions
from store.port import Row, Store

IDS_PER_READ = 1000
T = TypeVar("T")
TABLE_NAMES = ("records", "links", "listings", "recognitions", "experiences")
STORED = {
    "records": "entities/records_by_ids",
    "links": "network/links_by_ids",
    "listings": "network/listings_by_ids",
    "recognitions": "network/recognitions_by_ids",
    "experiences": "network/experiences_by_ids",
}
RowsByFile = dict[str, Row]


class SharedStatements:
    """What one file says, beside what others said under the same ids.

    gathers: whether a record that comes again already says what this file said of it before. See `RowMapper.gathers`.
    """

    def __init__(self, store: Store, file_id: str, *, gathers: bool) -> None:
        self._store, self._file_id, self._gathers = store, file_id, gathers
        self._tables: dict[str, frozenset[str]] = {}
        self._record_ids = HashSet()
        self._knows_all_ids = True
        self.shared_count = 0
        self.differing_amounts = 0

    def gather_in_store(self) -> None:
        """From now on a record may come again without what it said before: put it together with what the store holds of it."""
        self._knows_all_ids = self._knows_all_ids and not self._gathers
        self._gathers = False

    def start_anew(self) -> None:
        """From now on what a record says stands for all that this file has said of it."""
        self._gathers = True

    def merge_rows(self, table: str, rows: list[Row]) -> list[Row]:
        """The rows as the store is to hold them. What this file says itself is kept beside, where others said something too."""
        ids = [row["id"] for row in rows if table in self._tables_of(row["dataset"])]
        rows_by_id = self._rows_by_id_and_file(table, ids)
        rows = self._gather_records(table, rows, rows_by_id)
        shared_ids = {id_ for id_, rows_by_file in rows_by_id.items() if rows_by_file.keys() - {self._file_id}}
        if not shared_ids:
            return rows
        self._store_file_rows(table, [row for row in rows if row["id"] in shared_ids], rows_by_id)
        return [merge_file_rows(table, rows_by_id[row["id"]]) if row["id"] in shared_ids else row for row in rows]

    def rows_so_far(self, table: str, ids: list[str]) -> dict[str, Row]:
        """What this file has said so far under these ids, which must be its own."""
        return {
            id_: rows_by_file[self._file_id]
            for id_, rows_by_file in self._rows_by_id_and_file(table, ids).items()
            if self._file_id in rows_by_file
        }

    def _rows_by_id_and_file(self, table: str, ids: list[str]) -> dict[str, RowsByFile]:
        """What each file says under these ids, whether one says something or several do."""
        stored = stored_rows(self._store, table, ids)
        shared_rows = statements_by_file(self._store, table, stored) if stored else {}
        return {id_: {file_of(row): row} for id_, row in stored.items()} | shared_rows

    def _gather_records(self, table: str, rows: list[Row], rows_by_id: dict[str, RowsByFile]) -> list[Row]:
        """Records as this file describes them over all its rows so far."""
        if self._gathers or table != "records":
            return rows
        is_known = self._record_ids.contains(row["id"] for row in rows)
        repeated_ids = [row["id"] for row, known in zip(rows, is_known, strict=True) if known or not self._knows_all_ids]
        earlier_rows = {id_: rows_by_id[id_][self._file_id] for id_ in repeated_ids if self._file_id in rows_by_id.get(id_, {})}
        earlier_rows |= self.rows_so_far(table, [id_ for id_ in repeated_ids if id_ not in rows_by_id]) if repeated_ids else {}
        self._record_ids.add(row["id"] for row in rows)
        return [_with_earlier(earlier_rows[row["id"]], row) if row["id"] in earlier_rows else row for row in rows]

    def _store_file_rows(self, table: str, rows: list[Row], rows_by_id: dict[str, RowsByFile]) -> None:
        """Note what this file says, and where it is the second one to say something, what the first one said."""
        for row in rows:
            other_rows = [other_row for file, other_row in rows_by_id[row["id"]].items() if file != self._file_id]
            self.shared_count += self._file_id not in rows_by_id[row["id"]]
            self.differing_amounts += any(_amounts_differ(row, other_row) for other_row in other_rows)
            rows_by_id[row["id"]][self._file_id] = row
        statement_rows = [
            file_statement_row(table, file, row) for new_row in rows for file, row in rows_by_id[new_row["id"]].items()
        ]
        self._store.write("sources/put_file_statements", rows=statement_rows)

    def _tables_of(self, dataset: str) -> frozenset[str]:
        """Tables that held statements of a dataset before this file wrote its first one."""
        if dataset not in self._tables:
            holds_rows = self._store.read("sources/dataset_held", dataset=dataset)[0]
            self._tables[dataset] = frozenset(table for table in TABLE_NAMES if holds_rows[table])
        return self._tables[dataset]


def _with_earlier(earlier: Row, row: Row) -> Row:
    """A record together with what the file said of it before; the row as it is where that says no more."""
    merged = merge_row_versions(earlier, row)
    return row if says_the_same("records", merged, row) else merged


def says_the_same(table: str, row: Row, other: Row) -> bool:
    """Whether two rows of a table differ at most in the source row that they name."""
    if table == "records":
        placed = row["document"].replace(row_id_text(row["row_id"]), row_id_text(other["row_id"]), 1)
        return bool(placed == other["document"])
    return all(row.get(name) == value for name, value in other.items() if name != "row_id")


def row_id_text(row_id: str) -> str:
    """How a record's document spells its row."""
    return f'"row_id":"{row_id}"'


def forget_file(store: Store, file_id: str) -> None:
    """Take a file's statements out; what other files said under the same ids stands as they said it.

    The file counts as unfinished from the first step on: where an engine works in steps and is cut off, calling it again, or
    loading the file again, completes it.
    """
    for file in store.read("sources/file", id=file_id):
        store.write("sources/put_files", rows=[file | {"complete": False}])
    ids_by_table: dict[str, list[str]] = defaultdict(list)
    for row in store.read("sources/shared_ids", file_id=file_id):
        ids_by_table[row["kind"]].append(row["id"])
    for table, ids in ids_by_table.items():
        for chunk in chunks(ids):
            other_rows = _without_file(statements_by_file(store, table, chunk), file_id)
            store.write(
                f"sources/put_{table}", rows=[merge_file_rows(table, rows_by_file) for rows_by_file in other_rows if rows_by_file]
            )
    store.write("sources/delete_file", file_id=file_id)


def statements_by_file(store: Store, table: str, ids: Iterable[str]) -> dict[str, RowsByFile]:
    """What each file says, by id and file; of the statements that several files make."""
    rows_by_id: dict[str, RowsByFile] = defaultdict(dict)
    for row in store.read("sources/file_statements", kind=table, ids=list(ids)):
        rows_by_id[row["id"]][row["file_id"]] = from_json(row["document"])
    return dict(rows_by_id)


def stored_rows(store: Store, table: str, ids: list[str]) -> dict[str, Row]:
    """Rows of a table by id, as `put_…` takes them."""
    rows = store.read(STORED[table], ids=ids) if ids else []
    return {row["id"]: _whole_record(row) if table == "records" else row for row in rows}


def file_of(row: Row) -> str:
    """The file a row came from, or the whole row id where it names no file."""
    return str(row["row_id"].rpartition("#")[0] or row["row_id"])


def _whole_record(row: Row) -> Row:
    """A record's row with the plain columns that only its document holds here."""
    document = from_json(row["document"])
    return row | {"release_id": document.get("release_id"), "observed_on": document.get("observed_on")}


def file_statement_row(table: str, file_id: str, row: Row) -> Row:
    """What a file says under one id, as a row of `put_file_statements`."""
    return {"kind": table, "id": row["id"], "file_id": file_id, "row_id": row["row_id"], "document": to_json(row).decode()}


def _amounts_differ(row: Row, other_row: Row) -> bool:
    amounts = row.get("amount"), other_row.get("amount")
    return None not in amounts and amounts[0] != amounts[1]


def _without_file(rows_by_id: dict[str, RowsByFile], file_id: str) -> Iterator[RowsByFile]:
    for rows_by_file in rows_by_id.values():
        yield {file: row for file, row in rows_by_file.items() if file != file_id}


def chunks(items: list[T]) -> Iterator[list[T]]:
    """As many at a time as are read or written together."""
    for start in range(0, len(items), IDS_PER_READ):
        yield items[start : start + IDS_PER_READ]
