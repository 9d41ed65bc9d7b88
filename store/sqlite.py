"""The embedded engine: one SQLite file, many readers, one writer."""

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
from store.queries import Query, migrations, query

BUSY_WAIT_S = 5.0  # Long enough for another's small transaction, short enough to say so.
FETCH_ROWS = 500  # Handed on in chunks that stay in the processor's cache: no second copy of a long answer is held.
LOOKED_AT = 10_000  # Rows at the start that show which columns say few things.
SAID_AGAIN = 4  # Times on average from which on a text is held once.
PARAMETER = re.compile(r"('[^']*')|:(\w+)")  # What stands in quotes is none.
BESIDE = ("-wal", "-shm")  # What SQLite keeps beside the file.
APPLICATION_ID = 0x6B697468  # "kith" in the file's header: another program's database is left alone.
WRITER_CACHE = "PRAGMA cache_size = -131072"  # 128 MB: ids are spread at random over the trees.
READER_CACHE = "PRAGMA cache_size = -16384"  # 16 MB each: a server reads over as many as it has callers at a time.
ON_MEMORY = ("PRAGMA temp_store = MEMORY",)
PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # Readers go on while one writes.
    "PRAGMA synchronous = NORMAL",  # Survives kill -9; after a power cut the last commits may be missing, never half.
    *ON_MEMORY,
)
Looks = tuple[int, int, int]
"""By which a file is known again: number, size in bytes, time of the last change in nanoseconds."""


class SqliteStore:
    """A store in one file. Threads may share it: each read has a connection to itself, one at a time writes.

    Connections that read are kept for the next read, the last used first: there are as many as reads at a time, not as threads.

    A file that may only be read is read, and every write is StoreReadOnly. Where the folder may not be written to either, there
    is no log to read beside it, and the file is taken for unchanging as long as it looks the same.
    """

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: list[sqlite3.Connection] = []
        self._idle: list[tuple[sqlite3.Connection, Looks | None]] = []
        self._writing = threading.RLock()
        self._depth = 0
        self._doomed = False
        self._writer_thread: int | None = None
        self._guard_file()
        self._unchanging: Looks | None = None
        with self._told(query=None):
            self._writer = self._connect(WRITER_CACHE)
        self._migrate()

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        asked = query(name, self.engine)
        asked.check(parameters, None)
        with self._told(query=name), self._reader() as connection:
            cursor = connection.execute(asked.statements[0], _bound(parameters))
            rows = cursor.fetchall()
        if self._has_changed():
            return self.read(name, **parameters)
        given = _promised(asked, cursor)
        flags = [field.name for field in asked.gives if field.type == "BOOLEAN"]
        found = [dict(zip(given, row, strict=True)) for row in rows]
        for row in found if flags else ():
            row.update((name, bool(row[name])) for name in flags if row[name] is not None)
        return found

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        asked = query(name, self.engine)
        asked.check(parameters, None)
        columns: Columns = {field.name: [] for field in asked.gives}
        with self._told(query=name), self._reader() as connection:
            cursor = connection.execute(asked.statements[0], _bound(parameters))
            _promised(asked, cursor)
            chunk, once = cursor.fetchmany(LOOKED_AT), dict[str, dict[Any, Any]]()
            if len(chunk) == LOOKED_AT:
                once = {column: {} for column, *values in zip(columns, *chunk, strict=True) if _repeats(values)}
            while chunk:
                for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
                    columns[column].extend(map(once[column].setdefault, values, values) if column in once else values)
                chunk = cursor.fetchmany(FETCH_ROWS)
        if self._has_changed():
            return self.columns(name, **parameters)
        for field in asked.gives:
            if field.type == "BOOLEAN":
                columns[field.name] = [None if value is None else bool(value) for value in columns[field.name]]
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
                    text, values = _placed(statement)
                    self._writer.executemany(text, map(values, _checked(asked, rows)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`; a block within a block is part of the outer one, and takes it along when it fails."""
        if self._unchanging is not None:
            raise StoreReadOnly(store=self._path.name)
        if not self._writing.acquire(timeout=BUSY_WAIT_S):
            raise StoreBusy(store=self._path.name)
        try:
            self._begin()
            try:
                yield
            except BaseException:
                self._end(kept=False)
                raise
            self._end(kept=True)
        finally:
            self._writing.release()

    def close(self) -> None:
        """See `Store.close`."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._idle.clear()

    def _guard_file(self) -> None:
        """The file is its owner's alone, and a link is not followed. SQLite makes those beside it with the same rights."""
        if self._path.is_dir():
            raise StoreUnreachable(store=self._path.name, remedy="A folder stands there: name a file in it.")
        try:
            if not create_private(self._path):
                for file in (self._path, *(self._path.with_name(self._path.name + end) for end in BESIDE)):
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
        connection, looks = self._take_idle()
        try:
            yield connection
        finally:
            self._idle.append((connection, looks))

    def _take_idle(self) -> tuple[sqlite3.Connection, Looks | None]:
        while self._idle:
            try:
                connection, looks = self._idle.pop()
            except IndexError:  # Another thread was quicker.
                break
            if looks == self._unchanging:
                return connection, looks
            self._opened.remove(connection)
            connection.close()
        return self._connect(READER_CACHE), self._unchanging

    def _connect(self, cache: str) -> sqlite3.Connection:
        if self._unchanging is None:
            try:
                return self._tuned(_opened(str(self._path)), (*PRAGMAS, cache))
            except sqlite3.OperationalError:
                self._unchanging = _looks(self._path)
                if self._unchanging is None:
                    raise
        return self._tuned(_opened(f"{self._path.absolute().as_uri()}?immutable=1", uri=True), (*ON_MEMORY, cache))

    def _tuned(self, connection: sqlite3.Connection, pragmas: Sequence[str]) -> sqlite3.Connection:
        self._opened.append(connection)
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    def _has_changed(self) -> bool:
        """Whether a file taken for unchanging was changed by another: what was read since may be torn, and is read anew."""
        if self._unchanging is None or self._unchanging == _looks(self._path):
            return False
        with self._told(query=None):
            self._unchanging = None
            self._writer = self._connect(WRITER_CACHE)
        return True

    def _begin(self) -> None:
        if self._depth == 0:
            with self._told(query=None):
                self._writer.execute("BEGIN IMMEDIATE")
            self._writer_thread, self._doomed = threading.get_ident(), False
        self._depth += 1

    def _end(self, *, kept: bool) -> None:
        self._depth -= 1
        self._doomed = self._doomed or not kept
        if self._depth:
            return
        try:
            with self._told(query=None):
                self._commit() if kept and not self._doomed else self._undo()
        finally:
            self._writer_thread = None
        if kept and self._doomed:
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
        held = self._version(len(versions))
        if held == len(versions):
            return  # Readers may open it while another writes.
        try:
            self._bring_up_to_date(versions)
        except StoreReadOnly as cause:
            problem, remedy = "it is of an older kith", "Open it once, with any command, where it may be written to."
            raise StoreReadOnly(store=self._path.name, version=held, problem=problem, remedy=remedy) from cause

    def _bring_up_to_date(self, versions: Sequence[Sequence[str]]) -> None:
        with self.transaction(), self._told(query="schema"):
            for number in range(self._version(len(versions)), len(versions)):
                for statement in versions[number]:
                    self._writer.execute(statement)
                self._writer.execute(f"PRAGMA user_version = {number + 1}")
            self._writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _version(self, known: int) -> int:
        """The schema's version, 0 for an empty file. Raises StoreNewer; StoreUnreachable where it is another program's."""
        with self._told(query="schema"):
            held: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
            owner: int = self._writer.execute("PRAGMA application_id").fetchone()[0]
            tables: int = self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and owner != APPLICATION_ID:
            raise StoreUnreachable(
                store=self._path.name, remedy="Point --store at a kith store: this database is another program's."
            )
        if held > known:
            raise StoreNewer(store=self._path.name, version=held, known=known)
        return held

    @contextmanager
    def _told(self, **facts: object) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as cause:
            raise _trouble(cause, self._path, facts) from cause
        except UnicodeEncodeError:  # The last door: each before it names the field.
            raise WrongCall(problem=HALF_A_CHARACTER, remedy=REMEDY) from None
        except UnicodeDecodeError:  # Its words hold what was read.
            raise StoreDamaged(store=self._path.name, problem="a text that is none", query=facts.get("query")) from None


def _opened(database: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        database, timeout=BUSY_WAIT_S, isolation_level=None, check_same_thread=False, cached_statements=256, uri=uri
    )


def _looks(path: Path) -> Looks | None:
    """How a file looks that may be taken for unchanging; None where it may not be read, or has a log that belongs to it.

    With a log beside it the file alone is not what was last written. Such a log is read by the ordinary way, which needs its
    index (-shm) beside it, or a folder in which one can be made.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.is_file() or not os.access(path, os.R_OK) or (log.exists() and log.stat().st_size):
        return None
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


def _promised(asked: Query, cursor: sqlite3.Cursor) -> list[str]:
    """The columns of an answer, which must be those its header promises."""
    promised, given = [field.name for field in asked.gives], [column[0] for column in cursor.description or ()]
    if given != promised:
        raise StoreTrouble(query=asked.name, promised=promised, given=given)
    return given


def _repeats(values: list[object]) -> bool:
    """Whether a column says few things again and again: then each is held once, not once a row."""
    return isinstance(values[0], str | None) and len(set(values)) < len(values) // SAID_AGAIN


def _bound(parameters: dict[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in parameters.items()}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return to_json(list(value)).decode()
    return value.isoformat() if isinstance(value, date) else value


@cache
def _placed(statement: str) -> tuple[str, Callable[[Row], Sequence[object]]]:
    """A statement of a batch with its values by place, and what takes them from a row: by name takes a fifth longer."""
    names = [name for _, name in PARAMETER.findall(statement) if name]
    text = PARAMETER.sub(lambda found: found[1] or "?", statement)
    return text, itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)


def _checked(asked: Query, rows: Iterable[Row]) -> Iterator[Row]:
    wanted = asked.batch_names
    for row in rows:
        if row.keys() != wanted:
            raise ValueError(f"{asked.name} takes rows of {sorted(wanted)}, was given {sorted(row)}")
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


def _trouble(cause: sqlite3.Error, path: Path, facts: dict[str, Any]) -> StoreTrouble:
    for words, kind, remedy in TROUBLES:
        if words in str(cause):
            return kind(store=path.name, remedy=remedy, **facts)
    return StoreTrouble(store=path.name, problem=str(cause), **facts)
