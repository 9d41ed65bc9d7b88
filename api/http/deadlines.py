"""A request that took too long has either changed nothing, or is waited for and told (docs/decisions/0054).

What runs in a thread cannot be stopped from outside. So the store itself asks, at every question and before every commit, whether
anybody still waits: a request given up before its first commit commits nothing any more.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import GivenUp
from store.port import Columns, Row, Store


class Deadline:
    """Whether a request may still change the store. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given_up = self._commits = False

    def check(self) -> None:
        """Raises GivenUp where nobody waits any more."""
        if self._given_up:
            raise GivenUp

    def begin_commit(self) -> None:
        """From here on the request cannot be given up. Raises GivenUp where it was before."""
        with self._lock:
            self.check()
            self._commits = True

    def give_up(self) -> bool:
        """Whether the request changed nothing; from then on it does not."""
        with self._lock:
            self._given_up = not self._commits
            return self._given_up


DEADLINE: ContextVar[Deadline | None] = ContextVar("DEADLINE", default=None)
"""That of the request at work; threads of the request see it too. None outside of requests."""


@dataclass
class WriteKey:
    """The key of the write at work. has_written: whether a transaction of it was marked, most often one that was kept."""

    id: str
    ends_at: str
    has_written: bool = False


WRITE_KEY: ContextVar[WriteKey | None] = ContextVar("WRITE_KEY", default=None)
"""That of the request at work, as DEADLINE; None where the caller sent no key."""


class WatchedStore:
    """A store that ends the work of a request that was given up, and marks the key of one that writes; see `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mine = threading.local()

    @property
    def engine(self) -> str:
        """See `Store.engine`."""
        return self._store.engine

    @property
    def kept_folders(self) -> tuple[Path, ...]:
        """See `Store.kept_folders`."""
        return self._store.kept_folders

    def open_side_store(self) -> Store:
        """See `Store.open_side_store`; watched as this one is."""
        return WatchedStore(self._store.open_side_store())

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        """See `Store.read`."""
        _check()
        return self._store.read(name, **parameters)

    def columns(self, name: str, /, **parameters: object) -> Columns:
        """See `Store.columns`."""
        _check()
        return self._store.columns(name, **parameters)

    def write(self, name: str, /, *, rows: Iterable[Row] | None = None, **parameters: object) -> None:
        """See `Store.write`."""
        with self.transaction():
            self._store.write(name, rows=rows, **parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`."""
        _check()
        depth = getattr(self._mine, "depth", 0)
        with self._store.transaction():
            self._mine.depth = depth + 1
            try:
                yield
            finally:
                self._mine.depth = depth
            if depth == 0:
                self._begin_commit()

    def _begin_commit(self) -> None:
        """Mark the key of the write within what it writes; from then on it cannot be given up."""
        write_key, deadline = WRITE_KEY.get(), DEADLINE.get()
        if write_key is not None:
            self._store.write("write_keys/mark", rows=[{"id": write_key.id, "ends_at": write_key.ends_at}])
        if deadline is not None:
            deadline.begin_commit()
        if write_key is not None:
            write_key.has_written = True

    def close(self) -> None:
        """See `Store.close`."""
        self._store.close()


def _check() -> None:
    deadline = DEADLINE.get()
    if deadline is not None:
        deadline.check()
