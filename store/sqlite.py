"""The embedded engine: one SQLite file, many readers, one writer."""

import hashlib
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from ontology.errors import (
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
    StoreTrouble,
    StoreUnreachable,
    WrongCall,
)
from ontology.limits import HALF_A_CHARACTER, REMEDY
from store.port import Columns, Row
from store.private_files import create_private, tighten
from store.queries import Query, load_query, migrations
from store.user_cache import user_cache

BUSY_WAIT_S = 5.0  # Long enough for another's small transaction, short enough to say so.
FETCH_ROWS = 500  # Handed on in chunks that stay in the processor's cache: no second copy of a long answer is held.
SAMPLE_ROWS = 10_000  # Rows at the start that show which columns say few things.
REPEATS_MIN = 4  # Times on average from which on a text is held once.
PARAMETER = re.compile(r"('[^']*')|:(\w+)")  # What stands in quotes is none.
COMPANION_SUFFIXES = ("-wal", "-shm")  # What SQLite keeps beside the file.
SIDE_SUFFIX = "-side"  # The file of what must be written while a long transaction holds this one.
APPLICATION_ID = 0x6B697468  # "kith" in the file's header: another program's database is left alone.
WRITER_CACHE = "PRAGMA cache_size = -131072"  # 128 MB: ids are spread at random over the trees.
READER_CACHE = "PRAGMA cache_size = -16384"  # 16 MB each: a server reads over as many as it has callers at a time.
MEMORY_PRAGMAS = ("PRAGMA temp_store = MEMORY",)
PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # Readers go on while one writes.
    "PRAGMA synchronous = NORMAL",  # Survives kill -9; after a power cut the last commits may be missing, never half.
    *MEMORY_PRAGMAS,
)
FilePlace = tuple[int, int]
"""Numbers of the file system and of the file: they tell whether the same file still stands there."""
NOWHERE: FilePlace = (-1, -1)
FileFingerprint = tuple[int, int, int]
"""Inode number, size in bytes and time of the last change in nanoseconds: while they are the same, so is the file."""


class SqliteStore:
    """A store in one file. Threads may share it: each read has a connection to itself, one at a time writes.

    Connections that read are kept for the next read, the last used first: there are as many as reads at a time, not as threads.

    A file that may only be read is read, and every write is StoreReadOnly. Where the folder may not be written to either, there
    is no log to read beside it, and the file is taken for unchanging as long as it looks the same.

    A file that is moved away is StoreUnreachable until one stands there again; none is made in its place.
    """

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connections: list[sqlite3.Connection] = []
        self._idle: list[tuple[sqlite3.Connection, tuple[FilePlace | None, FileFingerprint | None]]] = []
        self._moved_away: list[sqlite3.Connection] = []
        self._write_lock = threading.RLock()
        self._depth = 0
        self._doomed = False
        self._writer_thread: int | None = None
        self._guard_file()
        self._unchanging: FileFingerprint | None = None
        self._place = _place(self._path)
        with self._translate_errors(query=None):
            self._writer = self._connect(WRITER_CACHE)
        self._migrate()

    @property
    def kept_folders(self) -> tuple[Path, ...]:
        """See `Store.kept_folders`: beside the file, else in the user's cache where nothing can be written there."""
        whole_path = self._path.resolve()
        digest = hashlib.blake2b(str(whole_path).encode(), digest_size=12).hexdigest()
        return whole_path.with_name(f"{whole_path.name}-kept"), user_cache("networks", digest)

    def open_side_store(self) -> "SqliteStore":
        """See `Store.open_side_store`: a file beside this one, with a writer of its own."""
        return SqliteStore(self._path.with_name(self._path.name + SIDE_SUFFIX))

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        query = load_query(name, self.engine)
        query.check(parameters, None)
        with self._translate_errors(query=name), self._reader() as connection:
            cursor = connection.execute(query.statements[0], _bind(parameters))
            rows = cursor.fetchall()
        if self._has_changed():
            return self.read(name, **parameters)
        column_names = _check_columns(query, cursor)
        boolean_columns = [field.name for field in query.answer_fields if field.type == "BOOLEAN"]
        answer_rows = [dict(zip(column_names, row, strict=True)) for row in rows]
        for row in answer_rows if boolean_columns else ():
            row.update((name, bool(row[name])) for name in boolean_columns if row[name] is not None)
        return answer_rows

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        query = load_query(name, self.engine)
        query.check(parameters, None)
        columns: Columns = {field.name: [] for field in query.answer_fields}
        with self._translate_errors(query=name), self._reader() as connection:
            cursor = connection.execute(query.statements[0], _bind(parameters))
            _check_columns(query, cursor)
            chunk, interned = cursor.fetchmany(SAMPLE_ROWS), dict[str, dict[Any, Any]]()
            if len(chunk) == SAMPLE_ROWS:
                interned = {column: {} for column, *values in zip(columns, *chunk, strict=True) if _is_repetitive(values)}
            while chunk:
                for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
                    columns[column].extend(map(interned[column].setdefault, values, values) if column in interned else values)
                chunk = cursor.fetchmany(FETCH_ROWS)
        if self._has_changed():
            return self.columns(name, **parameters)
        for field in query.answer_fields:
            if field.type == "BOOLEAN":
                columns[field.name] = [None if value is None else bool(value) for value in columns[field.name]]
        return columns

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        query = load_query(name, self.engine)
        query.check(parameters, rows)
        with self.transaction(), self._translate_errors(query=name):
            for statement in query.statements:
                if rows is None:
                    self._writer.execute(statement, _bind(parameters))
                else:
                    text, values = _positional(statement)
                    self._writer.executemany(text, map(values, _check_rows(query, rows)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`; a block within a block is part of the outer one, and takes it along when it fails."""
        if self._unchanging is not None:
            raise StoreReadOnly(store=self._path.name)
        if not self._write_lock.acquire(timeout=BUSY_WAIT_S):
            raise StoreBusy(store=self._path.name)
        try:
            self._check_place()
            self._begin()
            try:
                yield
            except BaseException:
                self._end(commit=False)
                raise
            self._end(commit=True)
        finally:
            self._write_lock.release()

    def close(self) -> None:
        """See `Store.close`."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._idle.clear()

    def _guard_file(self) -> None:
        """The file is its owner's alone, and a link is not followed. SQLite makes those beside it with the same rights."""
        if self._path.is_dir():
            raise StoreUnreachable(store=self._path.name, remedy="A folder stands there: name a file in it.")
        try:
            if not create_private(self._path):
                for file in (self._path, *(self._path.with_name(self._path.name + suffix) for suffix in COMPANION_SUFFIXES)):
                    tighten(file)
        except OSError as cause:
            remedy = "Check that the folder exists and may be written to."
            raise StoreUnreachable(store=self._path.name, remedy=remedy) from cause

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else reads over meanwhile; within a transaction the writer's, which sees its own changes."""
        if self._writer_thread == threading.get_ident():
            yield self._writer
            return
        self._check_place()
        connection, state = self._take_idle()
        try:
            yield connection
        finally:
            self._idle.append((connection, state))

    def _take_idle(self) -> tuple[sqlite3.Connection, tuple[FilePlace | None, FileFingerprint | None]]:
        state = self._place, self._unchanging
        while self._idle:
            try:
                connection, opened_state = self._idle.pop()
            except IndexError:  # Another thread was quicker.
                break
            if opened_state == state:
                return connection, state
            self._connections.remove(connection)
            self._drop(connection, opened_state[0])
        return self._connect(READER_CACHE), state

    def _check_place(self) -> None:
        """Hold that the file that was opened still stands there; take up another that does. Raises StoreUnreachable for none."""
        place = _place(self._path)
        if place == self._place:
            return
        if place is None:
            raise StoreUnreachable(store=self._path.name, remedy="The file is gone: put it back where it was.")
        if not self._write_lock.acquire(timeout=BUSY_WAIT_S):
            raise StoreBusy(store=self._path.name)
        try:
            if self._depth == 0 and place != self._place:
                self._take_up(place)
        finally:
            self._write_lock.release()

    def _take_up(self, place: FilePlace) -> None:
        former_place, self._place = self._place, place
        if former_place != NOWHERE:
            self._connections.remove(self._writer)
            self._drop(self._writer, former_place)
        try:
            with self._translate_errors(query=None):
                self._writer = self._connect(WRITER_CACHE)
            self._migrate()
        except BaseException:
            self._place = NOWHERE  # The next call tries again.
            raise

    def _drop(self, connection: sqlite3.Connection, place: FilePlace | None) -> None:
        """Use a connection no more. One to a file that was moved stays open: closing it would remove the log of its successor."""
        if place == self._place:
            connection.close()
        else:
            self._moved_away.append(connection)

    def _connect(self, cache: str) -> sqlite3.Connection:
        if self._unchanging is None:
            try:
                # Never made anew here: a file that was moved away a moment ago is missed, not replaced by an empty one.
                return self._tune(_open_connection(f"{self._path.absolute().as_uri()}?mode=rw", uri=True), (*PRAGMAS, cache))
            except sqlite3.OperationalError:
                self._unchanging = _fingerprint(self._path)
                if self._unchanging is None:
                    raise
        return self._tune(_open_connection(f"{self._path.absolute().as_uri()}?immutable=1", uri=True), (*MEMORY_PRAGMAS, cache))

    def _tune(self, connection: sqlite3.Connection, pragmas: Sequence[str]) -> sqlite3.Connection:
        self._connections.append(connection)
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    def _has_changed(self) -> bool:
        """Whether a file taken for unchanging was changed by another: what was read since may be torn, and is read anew."""
        if self._unchanging is None or self._unchanging == _fingerprint(self._path):
            return False
        with self._translate_errors(query=None):
            self._unchanging = None
            self._writer = self._connect(WRITER_CACHE)
        return True

    def _begin(self) -> None:
        if self._depth == 0:
            with self._translate_errors(query=None):
                self._writer.execute("BEGIN IMMEDIATE")
            self._writer_thread, self._doomed = threading.get_ident(), False
        self._depth += 1

    def _end(self, *, commit: bool) -> None:
        self._depth -= 1
        self._doomed = self._doomed or not commit
        if self._depth:
            return
        try:
            with self._translate_errors(query=None):
                self._commit() if commit and not self._doomed else self._undo()
        finally:
            self._writer_thread = None
        if commit and self._doomed:
            raise StoreTrouble(store=self._path.name, problem="a step of the transaction failed: nothing of it was kept")

    def _commit(self) -> None:
        try:
            self._writer.execute("COMMIT")
        except sqlite3.Error:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._writer.in_transaction:  # A full disk has rolled it back already.
            self._writer.execute("ROLLBACK")

    def _migrate(self) -> None:
        versions = migrations(self.engine)
        version = self._schema_version(len(versions))
        if version == len(versions):
            return  # Readers may open it while another writes.
        try:
            self._run_migrations(versions)
        except StoreReadOnly as cause:
            problem, remedy = "it is of an older kith", "Open it once, with any command, where it may be written to."
            raise StoreReadOnly(store=self._path.name, version=version, problem=problem, remedy=remedy) from cause

    def _run_migrations(self, versions: Sequence[Sequence[str]]) -> None:
        with self.transaction(), self._translate_errors(query="schema"):
            for number in range(self._schema_version(len(versions)), len(versions)):
                for statement in versions[number]:
                    self._writer.execute(statement)
                self._writer.execute(f"PRAGMA user_version = {number + 1}")
            self._writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _schema_version(self, newest: int) -> int:
        """The schema's version, 0 for an empty file. Raises StoreNewer; StoreUnreachable where it is another program's."""
        with self._translate_errors(query="schema"):
            version: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
            owner: int = self._writer.execute("PRAGMA application_id").fetchone()[0]
            tables: int = self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and owner != APPLICATION_ID:
            raise StoreUnreachable(
                store=self._path.name, remedy="Point --store at a kith store: this database is another program's."
            )
        if version > newest:
            raise StoreNewer(store=self._path.name, version=version, known=newest)
        return version

    @contextmanager
    def _translate_errors(self, **facts: object) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as cause:
            raise _store_error(cause, self._path, facts) from cause
        except UnicodeEncodeError:  # The last door: each before it names the field.
            raise WrongCall(problem=HALF_A_CHARACTER, remedy=REMEDY) from None
        except UnicodeDecodeError:  # Its words hold what was read.
            raise StoreDamaged(store=self._path.name, problem="a text that is none", query=facts.get("query")) from None


def _open_connection(database: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        database, timeout=BUSY_WAIT_S, isolation_level=None, check_same_thread=False, cached_statements=256, uri=uri
    )


def _fingerprint(path: Path) -> FileFingerprint | None:
    """The fingerprint of a file that may be taken for unchanging; None where it may not be read, or has a log beside it.

    With a log beside it the file alone is not what was last written. Such a log is read by the ordinary way, which needs its
    index (-shm) beside it, or a folder in which one can be made.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.is_file() or not os.access(path, os.R_OK) or (log.exists() and log.stat().st_size):
        return None
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _place(path: Path) -> FilePlace | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _check_columns(query: Query, cursor: sqlite3.Cursor) -> list[str]:
    """The column names of an answer, in order. Raises StoreTrouble where they are not those the query's header promises."""
    promised, answered = [field.name for field in query.answer_fields], [column[0] for column in cursor.description or ()]
    if answered != promised:
        raise StoreTrouble(query=query.name, promised=promised, given=answered)
    return answered


def _is_repetitive(values: list[object]) -> bool:
    """Whether a column repeats few texts many times: then each text is held once, not once a row."""
    return isinstance(values[0], str | None) and len(set(values)) < len(values) // REPEATS_MIN


def _bind(parameters: dict[str, object]) -> dict[str, object]:
    return {name: _plain_value(value) for name, value in parameters.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return to_json(list(value)).decode()
    return value.isoformat() if isinstance(value, date) else value


@cache
def _positional(statement: str) -> tuple[str, Callable[[Row], Sequence[object]]]:
    """A batch statement with `?` for each parameter, and what takes their values from a row: by name takes a fifth longer."""
    names = [name for _, name in PARAMETER.findall(statement) if name]
    text = PARAMETER.sub(lambda match: match[1] or "?", statement)
    return text, itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)


def _check_rows(query: Query, rows: Iterable[Row]) -> Iterator[Row]:
    expected = query.batch_names
    for row in rows:
        if row.keys() != expected:
            raise ValueError(f"{query.name} takes rows of {sorted(expected)}, was given {sorted(row)}")
        yield row


TROUBLES: tuple[tuple[str, Callable[..., StoreTrouble], str | None], ...] = (
    ("disk is full", StoreFull, None),
    ("locked", StoreBusy, None),
    (
        "unable to open",
        StoreUnreachable,
        "Check that the folder exists and the file may be read; with a -wal beside it, that the folder may be written to.",
    ),
    ("readonly", StoreReadOnly, None),
    ("disk I/O error", StoreTrouble, "Check the disk: whether it is there, whole, and has room. Then call again."),
    ("not a database", StoreUnreachable, "Point --store at a kith store: this file is something else."),
    ("malformed", StoreDamaged, None),
    ("Could not decode", StoreDamaged, None),
)


def _store_error(cause: sqlite3.Error, path: Path, facts: dict[str, Any]) -> StoreTrouble:
    for phrase, error_class, remedy in TROUBLES:
        if phrase in str(cause):
            return error_class(store=path.name, remedy=remedy, **facts)
    return StoreTrouble(store=path.name, problem=str(cause), **facts)
