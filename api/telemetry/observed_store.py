"""A store whose calls are counted and traced by the name of the query."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import perf_counter

from api.telemetry.metrics import observe
from api.telemetry.tracing import query_span
from store.port import Columns, Row, Store


class ObservedStore:
    """A store like the one it is made of; see `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def engine(self) -> str:
        """See `Store.engine`."""
        return self._store.engine

    @property
    def kept_folders(self) -> tuple[Path, ...]:
        """See `Store.kept_folders`."""
        return self._store.kept_folders

    def open_side_store(self) -> Store:
        """See `Store.open_side_store`; not observed: its rows are those of the server itself."""
        return self._store.open_side_store()

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        with self._observed(name, "read"):
            return self._store.read(name, **parameters)

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        with self._observed(name, "columns"):
            return self._store.columns(name, **parameters)

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        with self._observed(name, "write"):
            self._store.write(name, rows=rows, **parameters)

    def transaction(self) -> AbstractContextManager[None]:
        """See `Store.transaction`."""
        return self._store.transaction()

    def close(self) -> None:
        """See `Store.close`."""
        self._store.close()

    @contextmanager
    def _observed(self, query: str, operation: str) -> Iterator[None]:
        started = perf_counter()
        with query_span(query, operation, self._store.engine):
            try:
                yield
            finally:
                observe("kith_store_query_seconds", perf_counter() - started, query=query, operation=operation)
