"""The server engine: Neo4j 5 over Bolt, one database."""

import hashlib
import re
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
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
from store.queries import Field, Query, load_query, migrations
from store.user_cache import user_cache

BUSY_WAIT_S = 5.0  # As long as SQLite waits.
CONNECT_WAIT_S = 10.0
BATCH_ROWS = 5_000
BATCH_CHARACTERS = 8_000_000  # Documents and source rows are long; a batch stays far below the server's heap.
WHOLE_ROWS_MAX = 10_000  # A transaction of more rows is committed step by step.
COMMIT_ROWS = 5_000  # Rows of such a step: each waits for the disk once.
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

    def __init__(self, uri: str, *, user: str, password: str, database: str, lock: str = "writer") -> None:
        self._uri, self._database, self._lock_id = uri, database, lock
        self._open_side = partial(Neo4jStore, uri, user=user, password=password, database=database, lock="side")
        self._write_lock = threading.RLock()
        self._writer: _Writer | None = None
        self._writer_thread: int | None = None
        with self._translate_errors(query=None):
            self._driver = _driver(uri, user, password)
        try:
            self._migrate()
        except BaseException:
            self._driver.close()
            raise

    @property
    def kept_folders(self) -> tuple[Path, ...]:
        """See `Store.kept_folders`: in the user's cache."""
        digest = hashlib.blake2b(f"{self._uri}/{self._database}".encode(), digest_size=12).hexdigest()
        return (user_cache("networks", digest),)

    def open_side_store(self) -> "Neo4jStore":
        """See `Store.open_side_store`: the same database, under a lock of its own."""
        return self._open_side()

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        query = load_query(name, self.engine)
        query.check(parameters, None)
        column_names = [field.name for field in query.answer_fields]
        return [dict(zip(column_names, row, strict=True)) for row in self._fetch_values(query, query.statements[0], parameters)]

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        query = load_query(name, self.engine)
        query.check(parameters, None)
        column_values = self._fetch_values(query, _as_lists(query), parameters)[0]
        columns = {field.name: _restored(field, values) for field, values in zip(query.answer_fields, column_values, strict=True)}
        if len({len(values) for values in columns.values()}) > 1:
            raise StoreTrouble(query=name, problem="a column promised to be full has gaps")
        return columns

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        query = load_query(name, self.engine)
        query.check(parameters, rows)
        with self._only_writer() as writer:
            for batch in [None] if rows is None else _batches(query, rows):
                for statement in query.statements:
                    writer.run(name, statement, _plain_parameters(parameters) if batch is None else {"rows": batch})

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
            with self._translate_errors(query=None), self._driver.session(database=self._database) as lock, self._hold_lock(lock):
                session = self._driver.session(database=self._database, fetch_size=10_000)
                self._writer, self._writer_thread = _Writer(session, self._translate_errors), threading.get_ident()
                try:
                    yield self._writer
                    self._writer.commit()
                finally:
                    self._writer.close()
                    self._writer = self._writer_thread = None

    @contextmanager
    def _sole_thread(self) -> Iterator[None]:
        if not self._write_lock.acquire(timeout=BUSY_WAIT_S):
            raise StoreBusy(store=self._uri)
        try:
            yield
        finally:
            self._write_lock.release()

    def close(self) -> None:
        """See `Store.close`."""
        with suppress(BufferError):  # Where a thread still writes over a connection that says goodbye.
            self._driver.close()

    def _fetch_values(self, query: Query, text: str, parameters: dict[str, object]) -> list[list[Any]]:
        with self._translate_errors(query=query.name):
            if self._writer is not None and self._writer_thread == threading.get_ident():
                keys, values = _keys_and_values(self._writer.answer(text, _plain_parameters(parameters)))
            else:
                with self._driver.session(database=self._database, fetch_size=10_000) as session:
                    keys, values = _keys_and_values(session.run(text, _plain_parameters(parameters)))
        if keys != [field.name for field in query.answer_fields]:
            raise StoreTrouble(query=query.name, promised=[field.name for field in query.answer_fields], given=keys)
        return values

    @contextmanager
    def _hold_lock(self, session: Session) -> Iterator[None]:
        """Hold the lock node in an open transaction: it is freed when this process ends, however it ends."""
        holder = uuid.uuid4().hex
        with session.begin_transaction(timeout=BUSY_WAIT_S) as probe:  # The server ends it where another holds the lock.
            probe.run("MERGE (l:Lock {id: $id}) SET l.holder = $holder", id=self._lock_id, holder=holder).consume()
            probe.commit()
        with session.begin_transaction() as transaction:
            transaction.run("MATCH (l:Lock {id: $id}) SET l.holder = $holder", id=self._lock_id, holder=holder).consume()
            yield
            transaction.commit()

    def _migrate(self) -> None:
        versions = migrations(self.engine)
        with self._translate_errors(query="schema"), self._driver.session(database=self._database) as session:
            schema = session.run("OPTIONAL MATCH (s:Schema {id: 'kith'}) RETURN coalesce(max(s.version), 0)").single(strict=True)
            version = schema[0]
            if version > len(versions):
                raise StoreNewer(store=self._uri, version=version, known=len(versions))
            for number in range(version, len(versions)):
                for statement in versions[number]:
                    session.run(statement).consume()
                session.run("CALL db.awaitIndexes(300)").consume()
                session.run("MERGE (s:Schema {id: 'kith'}) SET s.version = $version", version=number + 1).consume()

    @contextmanager
    def _translate_errors(self, **facts: object) -> Iterator[None]:
        try:
            yield
        except (DriverError, Neo4jError) as cause:
            raise _store_error(cause, self._uri, facts) from cause
        except UnicodeEncodeError:  # The last door: each before it names the field.
            raise WrongCall(problem=HALF_A_CHARACTER, remedy=REMEDY) from None


class _Writer:
    """Statements in their order, sent by a thread of its own: the next rows are made while the server takes the ones before.

    One explicit transaction as long as all rows fit into it; after that one for every so many rows, for each commit waits for
    the disk. A query that commits by itself stands between two of them. Past a small transaction an error is raised by a later
    call, at the latest by `commit`; nothing is sent after it.
    """

    def __init__(self, session: Session, translate_errors: Callable[..., AbstractContextManager[None]]) -> None:
        self._session, self._translate_errors = session, translate_errors
        self._transaction: Transaction | None = session.begin_transaction()
        self._single_transaction = True
        self._rows = self._uncommitted_rows = 0
        self._sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kith-neo4j-writer")
        self._sent: deque[Future[None]] = deque()
        self._failed = False

    def run(self, name: str, statement: str, parameters: dict[str, Any]) -> None:
        """Have a query's statement sent; waits for it in a small transaction, later only where too many wait before it."""
        sent_max = 0 if self._single_transaction else SENT_MAX
        self._sent.append(self._sender.submit(self._send, name, statement, parameters))
        self._wait_for_sent(sent_max)

    def answer(self, statement: str, parameters: dict[str, Any]) -> Result:
        """Ask within the transaction, after all that was sent before."""
        self._wait_for_sent()
        return self._run_in_transaction(statement, parameters)

    def commit(self) -> None:
        """Wait for all that was sent, and keep it."""
        self._wait_for_sent()
        self._commit_open()
        if not self._single_transaction and self._rows > WHOLE_ROWS_MAX:
            self._session.run("CALL db.prepareForReplanning()").consume()  # Plans made for a small store mislead a large one.

    def close(self) -> None:
        """End it; what was not committed is rolled back."""
        self._failed = True  # Whatever still waits is not to be sent.
        self._sender.shutdown(cancel_futures=True)
        self._session.close()

    def _wait_for_sent(self, sent_max: int = 0) -> None:
        while len(self._sent) > sent_max:
            self._sent.popleft().result()

    def _send(self, name: str, statement: str, parameters: dict[str, Any]) -> None:
        if self._failed:
            return
        try:
            with self._translate_errors(query=name):
                self._execute(statement, parameters)
        except BaseException:
            self._failed = True
            raise

    def _execute(self, statement: str, parameters: dict[str, Any]) -> None:
        rows = len(parameters.get("rows", ()))
        self._rows += rows
        if self._single_transaction and self._fits_single_transaction(statement):
            self._run_in_transaction(IN_STEPS.sub("", statement), parameters).consume()
            return
        if self._single_transaction or IN_STEPS.search(statement) or self._uncommitted_rows + rows > COMMIT_ROWS:
            self._commit_open()
        self._single_transaction = False
        if IN_STEPS.search(statement):
            self._session.run(statement, parameters).consume()
            return
        self._uncommitted_rows += rows
        self._run_in_transaction(statement, parameters).consume()

    def _run_in_transaction(self, statement: str, parameters: dict[str, Any]) -> Result:
        if self._transaction is None:
            self._transaction = self._session.begin_transaction()
        return self._transaction.run(statement, parameters)

    def _commit_open(self) -> None:
        if self._transaction is not None:
            self._transaction.commit()
            self._transaction, self._uncommitted_rows = None, 0

    def _fits_single_transaction(self, statement: str) -> bool:
        if self._rows > WHOLE_ROWS_MAX:
            return False
        return IN_STEPS.search(statement) is None or self._store_size() <= WHOLE_STORE_MAX

    def _store_size(self) -> int:
        counts = ("MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)")  # Kept by the server, not counted anew.
        return sum(self._run_in_transaction(count, {}).single(strict=True)[0] for count in counts)


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


def _keys_and_values(answer: Result) -> tuple[list[str], list[list[Any]]]:
    return list(answer.keys()), answer.values()


def _batches(query: Query, rows: Iterable[Row]) -> Iterator[list[Row]]:
    expected = query.batch_names
    long_columns = [name for name in ("document", "content") if name in expected]
    batch: list[Row] = []
    characters = 0
    for row in rows:
        if row.keys() != expected:
            raise ValueError(f"{query.name} takes rows of {sorted(expected)}, was given {sorted(row)}")
        batch.append(row)
        characters += sum(len(row[name]) for name in long_columns)
        if len(batch) == BATCH_ROWS or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _plain_parameters(parameters: dict[str, object]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in parameters.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(element) for element in value]
    return value.isoformat() if isinstance(value, date) else value


def _as_lists(query: Query) -> str:
    """The query text that answers with one list a column, which travels several times faster than rows."""
    lists = ", ".join(f"collect({_never_null(field)}) AS {field.name}" for field in query.answer_fields)
    return f"CALL () {{\n{query.statements[0]}\n}}\nRETURN {lists}"


def _never_null(field: Field) -> str:
    return f"coalesce({field.name}, {ABSENT[field.type]})" if field.optional else field.name


def _restored(field: Field, values: list[Any]) -> list[Any]:
    if not field.optional:
        return values
    if field.type == "FLOAT":
        return [value if value == value else None for value in values]  # noqa: PLR0124 - only NaN differs from itself
    absent = "\u0000" if field.type == "STRING" else int(ABSENT[field.type])
    return [None if value == absent else value for value in values]


def _store_error(cause: DriverError | Neo4jError, uri: str, facts: dict[str, Any]) -> StoreTrouble:
    code = str(getattr(cause, "code", ""))
    for phrase, error_class, remedy in TROUBLES:
        if phrase in code:
            return error_class(store=uri, remedy=remedy, **facts)
    if isinstance(cause, ServiceUnavailable | SessionExpired | ConfigurationError):
        return StoreUnreachable(store=uri, remedy=NOT_THERE, **facts)
    return StoreTrouble(store=uri, problem=code or type(cause).__name__, **facts)
