"""What every other package may ask of a store; the engines are in `store.sqlite` and `store.neo4j`."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

Row = dict[str, Any]
"""Plain values: str, int, float, bool, None. Dates and times are ISO 8601 text, nested things JSON text."""

Columns = dict[str, list[Any]]
"""The same answer turned on its side: one list a column, all of one length."""


class Store(Protocol):
    """Named questions in, plain rows out; both engines hand out identical rows in the same order."""

    @property
    def engine(self) -> str:
        """`sqlite` or `neo4j`."""
        ...

    @property
    def kept_folders(self) -> tuple[Path, ...]:
        """Folders for files that are derived from this store and can be derived again, the best first."""
        ...

    def open_side_store(self) -> "Store":
        """Open the store beside this one; the caller closes it.

        It holds small rows of the service itself (jobs, keys of writes) and has a writer of its own: a transaction of this
        store, however long, does not hold it up. On Neo4j it is the same database under another lock.
        """
        ...

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """Answer the query `name` (`network/ties_of`). Raises StoreTrouble; ValueError where parameters break its promise."""
        ...

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """The answer as one list a column: the fast path for queries whose header says `columns:`."""
        ...

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """Run a query that changes the store, once or (header `batch:`) for every row, any number of rows.

        The rows are the store's from then on: it may still be sending them when the call returns within a block.
        Outside `transaction()` a call is all or nothing on SQLite; on Neo4j each batch of rows is, and putting the
        same rows again completes what was cut off.
        """
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Be the only writer until the block ends. Raises StoreBusy where another writer holds the store.

        SQLite: all or nothing, whatever its size; readers see the former state until the block ends well.
        Neo4j: all or nothing while the block has put no more than 10,000 rows and clears nothing in a store of more
        than 50,000 nodes and relationships; beyond that it commits step by step, and a block that fails leaves the
        steps before behind. Every step is written so that running it again completes or replaces them.
        """
        ...

    def close(self) -> None:
        """Give back connections. The store can not be used afterwards."""
        ...
