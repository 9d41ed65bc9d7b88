"""The embedded engine: one SQLite file, many readers, one writer."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ontology.errors import StoreBusy, StoreFull, StoreNewer, StoreTrouble, StoreUnreachable
from store.port import Columns, Row
from store.queries import Query, migrations, query

BUSY_WAIT_S = 5.0  # Long enough for another's small transaction, short enough to say so.
PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # Readers go on while one writes.
    "PRAGMA synchronous = NORMAL",  # Survives kill -9; after a power cut the last commits may be missing, never half.
    "PRAGMA cache_size = -131072",  # 128 MB: ids are spread at random over the trees.
    "PRAGMA temp_store = MEMORY",
)


class SqliteStore:
    """A store in one file. Threads may share it: each reads over its own connection, one at a time writes."""

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: list[sqlite3.Connection] = []
        self._mine = threading.local()
        self._writing = threading.RLock()
        self._depth = 0
        self._writer_thread: int | None = None
        with self._told(query=None):
            self._writer = self._connect()
        self._migrate()

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        asked, found = self._ask(name, parameters)
        titles = [field.name for field in asked.gives]
        rows = [dict(zip(titles, row, strict=True)) for row in found]
        for title in _booleans(asked):
            for row in rows:
                row[title] = None if row[title] is None else bool(row[title])
        return rows

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        asked, found = self._ask(name, parameters)
        turned: list[Any] = list(zip(*found, strict=True)) or [()] * len(asked.gives)
        columns = {field.name: list(values) for field, values in zip(asked.gives, turned, strict=True)}
        for title in _booleans(asked):
            columns[title] = [None if value is None else bool(value) for value in columns[title]]
        return columns

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        asked = query(name, self.engine)
        asked.check(parameters, rows)
        with self.transaction(), self._told(query=name):
            for statement in asked.statements:
                if rows is None:
                    self._writer.execute(statement, _bound(parameters))
                else:
                    self._writer.executemany(statement, _checked(asked, rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`; a block within a block is part of the outer one."""
        with self._writing:
            self._begin()
            try:
                yield
            except BaseException:
                self._end("ROLLBACK")
                raise
            self._end("COMMIT")

    def close(self) -> None:
        """See `Store.close`."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()

    def _ask(self, name: str, parameters: dict[str, object]) -> tuple[Query, list[tuple[Any, ...]]]:
        asked = query(name, self.engine)
        asked.check(parameters, None)
        with self._told(query=name):
            cursor = self._reader().execute(asked.statements[0], _bound(parameters))
            titles = [column[0] for column in cursor.description or ()]
            if titles != [field.name for field in asked.gives]:
                raise StoreTrouble(query=name, promised=[field.name for field in asked.gives], given=titles)
            return asked, cursor.fetchall()

    def _reader(self) -> sqlite3.Connection:
        if self._writer_thread == threading.get_ident():
            return self._writer  # Within a transaction its own changes are seen.
        if not hasattr(self._mine, "connection"):
            self._mine.connection = self._connect()
        connection: sqlite3.Connection = self._mine.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_WAIT_S, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self._opened.append(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def _begin(self) -> None:
        if self._depth == 0:
            with self._told(query=None):
                self._writer.execute("BEGIN IMMEDIATE")
            self._writer_thread = threading.get_ident()
        self._depth += 1

    def _end(self, word: str) -> None:
        self._depth -= 1
        if self._depth:
            return
        try:
            with self._told(query=None):
                self._finish(word)
        finally:
            self._writer_thread = None

    def _finish(self, word: str) -> None:
        try:
            if self._writer.in_transaction:  # A full disk has already rolled it back.
                self._writer.execute(word)
        except sqlite3.Error:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def _migrate(self) -> None:
        versions = migrations(self.engine)
        with self.transaction(), self._told(query="schema"):
            held = self._writer.execute("PRAGMA user_version").fetchone()[0]
            if held > len(versions):
                raise StoreNewer(store=self._path.name, version=held, known=len(versions))
            for number in range(held, len(versions)):
                for statement in versions[number]:
                    self._writer.execute(statement)
                self._writer.execute(f"PRAGMA user_version = {number + 1}")

    @contextmanager
    def _told(self, **facts: object) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as cause:
            raise _trouble(cause, self._path, facts) from cause


def _booleans(asked: Query) -> list[str]:
    return [field.name for field in asked.gives if field.type == "BOOLEAN"]


def _bound(parameters: dict[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in parameters.items()}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return json.dumps([_plain(one) for one in value], ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _checked(asked: Query, rows: Iterable[Row]) -> Iterator[Row]:
    wanted = asked.batch_names
    for row in rows:
        if row.keys() != wanted:
            raise ValueError(f"{asked.name} takes rows of {sorted(wanted)}, was given {sorted(row)}")
        yield row


TROUBLES: tuple[tuple[str, Callable[..., StoreTrouble], str | None], ...] = (
    ("disk is full", StoreFull, None),
    ("locked", StoreBusy, None),
    ("unable to open", StoreUnreachable, "Check that the folder exists and may be written to."),
    ("readonly", StoreUnreachable, "Check that the file and its folder may be written to."),
    ("not a database", StoreUnreachable, "Point --store at a kith store: this file is something else."),
    ("malformed", StoreUnreachable, "The file is damaged: take it from a backup, or load the sources again into a new one."),
    ("no such table", StoreUnreachable, "Point --store at a kith store: this database is another program's."),
    ("already exists", StoreUnreachable, "Point --store at a kith store: this database is another program's."),
)


def _trouble(cause: sqlite3.Error, path: Path, facts: dict[str, Any]) -> StoreTrouble:
    for words, kind, remedy in TROUBLES:
        if words in str(cause):
            return kind(store=path.name, remedy=remedy, **facts)
    return StoreTrouble(store=path.name, problem=str(cause), **facts)
