"""Statements that several files tell: each file's own words are kept, and the store shows what all of them say together.

Only such a statement has rows of its own in `file_statements`, one a file. What a single file tells stands in its table and
nowhere else, so that files that share nothing cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pydantic_core import from_json, to_json

from resolution.sources.statements.file_merge import in_order, joined_rows
from store.port import Row, Store

ASKED_AT_ONCE = 1000
TABLE_NAMES = ("records", "links", "listings", "recognitions", "experiences")
STORED = {
    "records": "entities/records_by_ids",
    "links": "network/links_by_ids",
    "listings": "network/listings_by_ids",
    "recognitions": "network/recognitions_by_ids",
    "experiences": "network/experiences_by_ids",
}
ByFile = dict[str, Row]


class SharedStatements:
    """What one file tells, beside what others told under the same ids.

    gathers: whether a record told again already says what this file said of it before. See `RowMapper.gathers`.
    """

    def __init__(self, store: Store, file_id: str, *, gathers: bool) -> None:
        self._store, self._file_id, self._gathers = store, file_id, gathers
        self._tables: dict[str, frozenset[str]] = {}
        self._own: set[int] = set()
        self.shared = 0
        self.other_amounts = 0

    def joined(self, table: str, rows: list[Row]) -> list[Row]:
        """The rows as the store is to hold them. What this file says itself is kept beside, where others said something too."""
        wanted = [row["id"] for row in rows if table in self._tables_of(row["dataset"])]
        known = self._known(table, wanted)
        rows = self._gathered(table, rows, known)
        told_by_others = {id_ for id_, by_file in known.items() if by_file.keys() - {self._file_id}}
        if not told_by_others:
            return rows
        self._keep(table, [row for row in rows if row["id"] in told_by_others], known)
        return [joined_rows(table, known[row["id"]]) if row["id"] in told_by_others else row for row in rows]

    def earlier(self, table: str, ids: list[str]) -> dict[str, Row]:
        """What this file has said so far under these ids, which must be its own."""
        return {id_: by_file[self._file_id] for id_, by_file in self._known(table, ids).items() if self._file_id in by_file}

    def _known(self, table: str, ids: list[str]) -> dict[str, ByFile]:
        """What each file says under these ids, whether one says something or several do."""
        stored = stored_rows(self._store, table, ids)
        known = statements_by_file(self._store, table, stored) if stored else {}
        return {id_: {file_of(row): row} for id_, row in stored.items()} | known

    def _gathered(self, table: str, rows: list[Row], known: dict[str, ByFile]) -> list[Row]:
        """Records as this file tells them over all its rows so far."""
        if self._gathers or table != "records":
            return rows
        again = [row["id"] for row in rows if hash(row["id"]) in self._own]
        before = {id_: known[id_][self._file_id] for id_ in again if self._file_id in known.get(id_, {})}
        before |= self.earlier(table, [id_ for id_ in again if id_ not in known]) if again else {}
        self._own.update(hash(row["id"]) for row in rows)
        return [in_order(before[row["id"]], row) if row["id"] in before else row for row in rows]

    def _keep(self, table: str, rows: list[Row], known: dict[str, ByFile]) -> None:
        """Note what this file says, and where it is the second one to say something, what the first one said."""
        for row in rows:
            others = [said for file, said in known[row["id"]].items() if file != self._file_id]
            self.shared += self._file_id not in known[row["id"]]
            self.other_amounts += any(_differ(row, said) for said in others)
            known[row["id"]][self._file_id] = row
        told = [statement(table, file, row) for own in rows for file, row in known[own["id"]].items()]
        self._store.write("sources/put_file_statements", rows=told)

    def _tables_of(self, dataset: str) -> frozenset[str]:
        """Tables that held statements of a dataset before this file told the first one."""
        if dataset not in self._tables:
            held = self._store.read("sources/dataset_held", dataset=dataset)[0]
            self._tables[dataset] = frozenset(table for table in TABLE_NAMES if held[table])
        return self._tables[dataset]


def forget_file(store: Store, file_id: str) -> None:
    """Take a file's statements out; what other files said under the same ids stands as they said it.

    The file counts as unfinished from the first step on: where an engine works in steps and is cut off, calling it again, or
    loading the file again, completes it.
    """
    for file in store.read("sources/file", id=file_id):
        store.write("sources/put_files", rows=[file | {"complete": False}])
    shared: dict[str, list[str]] = defaultdict(list)
    for row in store.read("sources/shared_ids", file_id=file_id):
        shared[row["kind"]].append(row["id"])
    for table, ids in shared.items():
        for some in _chunks(ids):
            rest = _without(statements_by_file(store, table, some), file_id)
            store.write(f"sources/put_{table}", rows=[joined_rows(table, by_file) for by_file in rest if by_file])
    store.write("sources/delete_file", file_id=file_id)


def statements_by_file(store: Store, table: str, ids: Iterable[str]) -> dict[str, ByFile]:
    """What each file says, by id and file; of the statements that several files tell."""
    found: dict[str, ByFile] = defaultdict(dict)
    for row in store.read("sources/file_statements", kind=table, ids=list(ids)):
        found[row["id"]][row["file_id"]] = from_json(row["document"])
    return dict(found)


def stored_rows(store: Store, table: str, ids: list[str]) -> dict[str, Row]:
    """Rows of a table by id, as `put_…` takes them."""
    rows = store.read(STORED[table], ids=ids) if ids else []
    return {row["id"]: _whole(row) if table == "records" else row for row in rows}


def file_of(row: Row) -> str:
    """The file a row came from, or another word for who told it."""
    return str(row["row_id"].rpartition("#")[0] or row["row_id"])


def _whole(row: Row) -> Row:
    """A record's row with the plain columns that only its document holds here."""
    told = from_json(row["document"])
    return row | {"release_id": told.get("release_id"), "observed_on": told.get("observed_on")}


def statement(table: str, file_id: str, row: Row) -> Row:
    """What a file says under one id, as a row of `put_file_statements`."""
    return {"kind": table, "id": row["id"], "file_id": file_id, "row_id": row["row_id"], "document": to_json(row).decode()}


def _differ(row: Row, said: Row) -> bool:
    amounts = row.get("amount"), said.get("amount")
    return None not in amounts and amounts[0] != amounts[1]


def _without(known: dict[str, ByFile], file_id: str) -> Iterator[ByFile]:
    for by_file in known.values():
        yield {file: row for file, row in by_file.items() if file != file_id}


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), ASKED_AT_ONCE):
        yield ids[start : start + ASKED_AT_ONCE]
