"""Writes only the rows that differ from those in the store: a small change is a small write, and readers never see a gap."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from store.port import Columns, Row, Store

PAGE_ROWS = 20_000
RowValues = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """The queries over one table. `key`: columns that identify a row and that `remove_query` takes; `paged` by the first."""

    read_query: str
    put_query: str
    remove_query: str
    key: tuple[str, ...]
    paged: bool = False


HUBS = Table("network/hubs", "network/put_hubs", "network/remove_hubs", ("id",))
TIES = Table("network/ties", "network/put_ties", "network/remove_ties", ("id", "source_id", "target_id"))
SIGNALS = Table("signals/all", "signals/put", "signals/remove", ("entity_id", "name"))
SCORES = Table("scores/whole", "scores/put", "scores/remove", ("entity_id",), paged=True)


class TableDiff:
    """The difference between the rows a store keeps of a table and those it should keep, written as it is found.

    Of a stored row the hash is held, not the row: a million documents would fill the memory. Texts are hashed with a secret
    of the process, and that two rows that differ have one hash of 61 bits is not to be met with.
    """

    def __init__(self, store: Store, table: Table) -> None:
        self._store, self._table = store, table
        self._unmatched: dict[RowValues, int] = {}
        self._names: tuple[str, ...] = ()
        for columns in _pages(store, table):
            self._names = tuple(columns)
            self._unmatched.update(zip(_keys(columns, table), map(hash, zip(*columns.values(), strict=True)), strict=True))
        self.changed_rows = 0

    def put_rows(self, rows: Iterable[Row]) -> None:
        """Write the rows that are new or differ from those stored."""
        self._store.write(self._table.put_query, rows=self._differing_rows(rows))

    def remove_unmatched(self) -> None:
        """Remove every stored row whose key was not among those put."""
        leftover_keys = [dict(zip(self._table.key, key, strict=True)) for key in self._unmatched]
        self.changed_rows += len(leftover_keys)
        if leftover_keys:
            self._store.write(self._table.remove_query, rows=leftover_keys)

    def _differing_rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        key_of, values_of = _values_of(self._table.key), _values_of(self._names)
        for row in rows:
            stored = self._unmatched.pop(key_of(row), None)
            if stored is None or stored != hash(values_of(row)):
                self.changed_rows += 1
                yield row


def write_difference(store: Store, table: Table, rows: Iterable[Row]) -> int:
    """Bring a table to these rows and no others; each key once. Returns how many rows were put or removed."""
    difference = TableDiff(store, table)
    difference.put_rows(rows)
    difference.remove_unmatched()
    return difference.changed_rows


def _pages(store: Store, table: Table) -> Iterator[Columns]:
    """The stored rows of a table, as columns, page by page."""
    if not table.paged:
        yield store.columns(table.read_query)
        return
    after = ""
    while page := (columns := store.columns(table.read_query, after=after, limit=PAGE_ROWS))[table.key[0]]:
        yield columns
        after = page[-1]


def _keys(columns: Columns, table: Table) -> Iterator[RowValues]:
    return zip(*(columns[name] for name in table.key), strict=True)


def _values_of(names: tuple[str, ...]) -> Callable[[Row], RowValues]:
    """Gets the values of these columns, always as a tuple."""
    if len(names) > 1:
        getter: Callable[[Any], RowValues] = itemgetter(*names)
        return getter
    return lambda row: tuple(row[name] for name in names)
