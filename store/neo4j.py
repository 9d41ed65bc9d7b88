"""The server engine: Neo4j 5 over Bolt, one database."""

import re
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

from neo4j import Driver, GraphDatabase, Result, Session, Transaction
from neo4j.exceptions import (
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ontology.errors import StoreBusy, StoreFull, StoreNewer, StoreRefused, StoreTrouble, StoreUnreachable, WrongCall
from ontology.limits import HALF_A_CHARACTER, REMEDY
from store.port import Columns, Row
from store.queries import Field, Query, migrations, query

BUSY_WAIT_S = 5.0  # As long as SQLite waits.
CONNECT_WAIT_S = 10.0
BATCH_ROWS = 5_000
BATCH_CHARACTERS = 8_000_000  # Documents and source rows are long; a batch stays far below the server's heap.
WHOLE_ROWS_MAX = 10_000  # A transaction of more rows is committed step by step.
KEPT_ROWS = 5_000  # Rows of such a step: each waits for the disk once.
SENT_MAX = 4  # Statements on their way before the next rows are made.
WHOLE_STORE_MAX = 50_000  # Nodes and relationships that a query may remove within one transaction: some 100 MB of heap.
IN_STEPS = re.compile(r"\bIN TRANSACTIONS OF \d+ ROWS\b")
ABSENT = {"STRING": "'\u0000'", "FLOAT": "0.0 / 0.0", "INTEGER": "-9223372036854775807"}  # collect() would drop nulls.


NOT_THERE = "Check that the server runs, and its host and port."
TROUBLES: tuple[tuple[str, type[StoreTrouble], str | None], ...] = (
    (".Security.", StoreRefused, "Check the user and the password in the address."),
    ("DatabaseUnavailable", StoreUnreachable, NOT_THERE),
    ("ClientError.Database.", StoreUnreachable, "Check the database's name at the end of the address."),
    ("OutOfMemory", StoreFull, "Give the server more memory, or ask for less at once."),
    ("TransactionLogError", StoreFull, "Free space on the server's disk, then start the server again: it has stopped writing."),
    ("TransactionStartFailed", StoreUnreachable, "The database has stopped itself, most often on a full disk: read its log."),
    ("TransactionTimedOut", StoreBusy, None),
    ("LockClientStopped", StoreBusy, None),
    ("Deadlock", StoreBusy, None),
)
"""Words of the server's error codes, each seen on a real server, and what they come to."""


class Neo4jStore:
    """A store in one Neo4j database. Threads may share it: each read has its own session, one at a time writes."""

    engine = "neo4j"

    def __init__(self, uri: str, *, user: str, password: str, database: str) -> None:
        self._uri, self._database = uri, database
        self._writing = threading.RLock()
        self._writer: _Writer | None = None
        self._writer_thread: int | None = None
        with self._told(query=None):
            self._driver = _driver(uri, user, password)
        try:
            self._migrate()
        except BaseException:
            self._driver.close()
            raise

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        asked = query(name, self.engine)
        asked.check(parameters, None)
        titles = [field.name for field in asked.gives]
        return [dict(zip(titles, row, strict=True)) for row in self._values(asked, asked.statements[0], parameters)]

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        asked = query(name, self.engine)
        asked.check(parameters, None)
        found = self._values(asked, _turned(asked), parameters)[0]
        columns = {field.name: _restored(field, values) for field, values in zip(asked.gives, found, strict=True)}
        if len({len(values) for values in columns.values()}) > 1:
            raise StoreTrouble(query=name, problem="a column promised to be full has gaps")
        return columns

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        asked = query(name, self.engine)
        asked.check(parameters, rows)
        with self._only_writer() as writer:
            for batch in [None] if rows is None else _batches(asked, rows):
                for statement in asked.statements:
                    writer.run(name, statement, _plain(parameters) if batch is None else {"rows": batch})

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`; a block within a block is part of the outer one."""
        with self._only_writer():
            yield

    @contextmanager
    def _only_writer(self) -> Iterator["_Writer"]:
        with self._sole_thread():
            if self._writer is not None:
                yield self._writer
                return
            with self._told(query=None), self._driver.session(database=self._database) as lock, self._held(lock):
                session = self._driver.session(database=self._database, fetch_size=10_000)
                self._writer, self._writer_thread = _Writer(session, self._told), threading.get_ident()
                try:
                    yield self._writer
                    self._writer.commit()
                finally:
                    self._writer.close()
                    self._writer = self._writer_thread = None

    @contextmanager
    def _sole_thread(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=BUSY_WAIT_S):
            raise StoreBusy(store=self._uri)
        try:
            yield
        finally:
            self._writing.release()

    def close(self) -> None:
        """See `Store.close`."""
        self._driver.close()

    def _values(self, asked: Query, text: str, parameters: dict[str, object]) -> list[list[Any]]:
        with self._told(query=asked.name):
            if self._writer is not None and self._writer_thread == threading.get_ident():
                keys, values = _all(self._writer.answer(text, _plain(parameters)))
            else:
                with self._driver.session(database=self._database, fetch_size=10_000) as session:
                    keys, values = _all(session.run(text, _plain(parameters)))
        if keys != [field.name for field in asked.gives]:
            raise StoreTrouble(query=asked.name, promised=[field.name for field in asked.gives], given=keys)
        return values

    @contextmanager
    def _held(self, session: Session) -> Iterator[None]:
        """Hold the lock node in an open transaction: it is freed when this process ends, however it ends."""
        holder = uuid.uuid4().hex
        with session.begin_transaction(timeout=BUSY_WAIT_S) as probe:  # The server ends it where another holds the lock.
            probe.run("MERGE (l:Lock {id: 'writer'}) SET l.holder = $holder", holder=holder).consume()
            probe.commit()
        with session.begin_transaction() as held:
            held.run("MATCH (l:Lock {id: 'writer'}) SET l.holder = $holder", holder=holder).consume()
            yield
            held.commit()

    def _migrate(self) -> None:
        versions = migrations(self.engine)
        with self._told(query="schema"), self._driver.session(database=self._database) as session:
            found = session.run("OPTIONAL MATCH (s:Schema {id: 'kith'}) RETURN coalesce(max(s.version), 0)").single(strict=True)
            held = found[0]
            if held > len(versions):
                raise StoreNewer(store=self._uri, version=held, known=len(versions))
            for number in range(held, len(versions)):
                for statement in versions[number]:
                    session.run(statement).consume()
                session.run("CALL db.awaitIndexes(300)").consume()
                session.run("MERGE (s:Schema {id: 'kith'}) SET s.version = $version", version=number + 1).consume()

    @contextmanager
    def _told(self, **facts: object) -> Iterator[None]:
        try:
            yield
        except (DriverError, Neo4jError) as cause:
            raise _trouble(cause, self._uri, facts) from cause
        except UnicodeEncodeError:  # The last door: each before it names the field.
            raise WrongCall(problem=HALF_A_CHARACTER, remedy=REMEDY) from None


class _Writer:
    """Statements in their order, sent by a thread of its own: the next rows are made while the server takes the ones before.

    One explicit transaction as long as all rows fit into it; after that one for every so many rows, for each commit waits for
    the disk. A query that commits by itself stands between two of them. Past a small transaction an error is raised by a later
    call, at the latest by `commit`; nothing is sent after it.
    """

    def __init__(self, session: Session, told: Callable[..., AbstractContextManager[None]]) -> None:
        self._session, self._told = session, told
        self._open: Transaction | None = session.begin_transaction()
        self._whole = True
        self._rows = self._rows_open = 0
        self._sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kith-neo4j-writer")
        self._sent: deque[Future[None]] = deque()
        self._failed = False

    def run(self, name: str, statement: str, parameters: dict[str, Any]) -> None:
        """Have a query's statement sent; waits for it in a small transaction, later only where too many wait before it."""
        waits_for = 0 if self._whole else SENT_MAX
        self._sent.append(self._sender.submit(self._send, name, statement, parameters))
        self._settle(waits_for)

    def answer(self, statement: str, parameters: dict[str, Any]) -> Result:
        """Ask within the transaction, after all that was sent before."""
        self._settle()
        return self._ask(statement, parameters)

    def commit(self) -> None:
        """Wait for all that was sent, and keep it."""
        self._settle()
        self._keep()
        if not self._whole and self._rows > WHOLE_ROWS_MAX:
            self._session.run("CALL db.prepareForReplanning()").consume()  # Plans made for a small store mislead a large one.

    def close(self) -> None:
        """End it; what was not committed is rolled back."""
        self._failed = True  # Whatever still waits is not to be sent.
        self._sender.shutdown(cancel_futures=True)
        self._session.close()

    def _settle(self, left: int = 0) -> None:
        while len(self._sent) > left:
            self._sent.popleft().result()

    def _send(self, name: str, statement: str, parameters: dict[str, Any]) -> None:
        if self._failed:
            return
        try:
            with self._told(query=name):
                self._put(statement, parameters)
        except BaseException:
            self._failed = True
            raise

    def _put(self, statement: str, parameters: dict[str, Any]) -> None:
        rows = len(parameters.get("rows", ()))
        self._rows += rows
        if self._whole and self._fits(statement):
            self._ask(IN_STEPS.sub("", statement), parameters).consume()
            return
        if self._whole or IN_STEPS.search(statement) or self._rows_open + rows > KEPT_ROWS:
            self._keep()
        self._whole = False
        if IN_STEPS.search(statement):
            self._session.run(statement, parameters).consume()
            return
        self._rows_open += rows
        self._ask(statement, parameters).consume()

    def _ask(self, statement: str, parameters: dict[str, Any]) -> Result:
        if self._open is None:
            self._open = self._session.begin_transaction()
        return self._open.run(statement, parameters)

    def _keep(self) -> None:
        if self._open is not None:
            self._open.commit()
            self._open, self._rows_open = None, 0

    def _fits(self, statement: str) -> bool:
        if self._rows > WHOLE_ROWS_MAX:
            return False
        return IN_STEPS.search(statement) is None or self._store_size() <= WHOLE_STORE_MAX

    def _store_size(self) -> int:
        counts = ("MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)")  # Kept by the server, not counted anew.
        return sum(self._ask(count, {}).single(strict=True)[0] for count in counts)


def _driver(uri: str, user: str, password: str) -> Driver:
    try:
        return GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=CONNECT_WAIT_S,
            connection_acquisition_timeout=CONNECT_WAIT_S,
            max_transaction_retry_time=0,
            notifications_min_severity="OFF",
            user_agent="kith",
        )
    except ValueError as cause:
        raise StoreUnreachable(store=uri, remedy="Check the host and the port.") from cause


def _all(found: Result) -> tuple[list[str], list[list[Any]]]:
    return list(found.keys()), found.values()


def _batches(asked: Query, rows: Iterable[Row]) -> Iterator[list[Row]]:
    wanted = asked.batch_names
    long = [name for name in ("document", "content") if name in wanted]
    batch: list[Row] = []
    characters = 0
    for row in rows:
        if row.keys() != wanted:
            raise ValueError(f"{asked.name} takes rows of {sorted(wanted)}, was given {sorted(row)}")
        batch.append(row)
        characters += sum(len(row[name]) for name in long)
        if len(batch) == BATCH_ROWS or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _plain(parameters: dict[str, object]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in parameters.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _turned(asked: Query) -> str:
    """The query with its answer as one list a column, which travels several times faster than rows."""
    lists = ", ".join(f"collect({_never_null(field)}) AS {field.name}" for field in asked.gives)
    return f"CALL () {{\n{asked.statements[0]}\n}}\nRETURN {lists}"


def _never_null(field: Field) -> str:
    return f"coalesce({field.name}, {ABSENT[field.type]})" if field.optional else field.name


def _restored(field: Field, values: list[Any]) -> list[Any]:
    if not field.optional:
        return values
    if field.type == "FLOAT":
        return [value if value == value else None for value in values]  # noqa: PLR0124 - only NaN differs from itself
    absent = "\u0000" if field.type == "STRING" else int(ABSENT[field.type])
    return [None if value == absent else value for value in values]


def _trouble(cause: DriverError | Neo4jError, uri: str, facts: dict[str, Any]) -> StoreTrouble:
    code = str(getattr(cause, "code", ""))
    for words, kind, remedy in TROUBLES:
        if words in code:
            return kind(store=uri, remedy=remedy, **facts)
    if isinstance(cause, ServiceUnavailable | SessionExpired | ConfigurationError):
        return StoreUnreachable(store=uri, remedy=NOT_THERE, **facts)
    return StoreTrouble(store=uri, problem=code or type(cause).__name__, **facts)
