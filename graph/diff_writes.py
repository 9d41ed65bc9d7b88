"""A run writes only what differs from what the store keeps: a small change is a small write, and readers meet no gap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from store.port import Columns, Row, Store

PAGE_ROWS = 20_000
TEXT_MAX = 64  # Of a longer text a digest is kept: a million documents would fill the memory.
Told = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """The queries over one table. `key` names what a row is known by and `remove` takes; `paged`: by the first of it."""

    kept: str
    put: str
    remove: str
    key: tuple[str, ...]
    paged: bool = False


HUBS = Table("network/hubs", "network/put_hubs", "network/remove_hubs", ("id",))
TIES = Table("network/ties", "network/put_ties", "network/remove_ties", ("id", "source_id", "target_id"))
SIGNALS = Table("signals/all", "signals/put", "signals/remove", ("entity_id", "name"))
SCORES = Table("scores/whole", "scores/put", "scores/remove", ("entity_id",), paged=True)


class Renewal:
    """A table on its way from the rows it keeps to those it should."""

    def __init__(self, store: Store, table: Table) -> None:
        self._store, self._table = store, table
        self._left: dict[Told, Told] = {}
        self._names: tuple[str, ...] = ()
        for columns in _pages(store, table):
            self._names = tuple(columns)
            self._left.update(zip(_keys(columns, table), map(_short, zip(*columns.values(), strict=True)), strict=True))
        self.changed = 0

    def put(self, rows: Iterable[Row]) -> None:
        """Write the rows that are new or say something else."""
        self._store.write(self._table.put, rows=self._differing(rows))

    def remove(self) -> None:
        """Remove every row that was not among those put."""
        gone = [dict(zip(self._table.key, key, strict=True)) for key in self._left]
        self.changed += len(gone)
        if gone:
            self._store.write(self._table.remove, rows=gone)

    def _differing(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            was = self._left.pop(tuple(row[name] for name in self._table.key), None)
            if was is None or was != _short(row[name] for name in self._names):
                self.changed += 1
                yield row


def renew(store: Store, table: Table, rows: Iterable[Row]) -> int:
    """Bring a table to these rows and no others; each key once. Returns how many rows were put or removed."""
    renewal = Renewal(store, table)
    renewal.put(rows)
    renewal.remove()
    return renewal.changed


def _pages(store: Store, table: Table) -> Iterator[Columns]:
    """What the store keeps of a table."""
    if not table.paged:
        yield store.columns(table.kept)
        return
    after = ""
    while page := (columns := store.columns(table.kept, after=after, limit=PAGE_ROWS))[table.key[0]]:
        yield columns
        after = page[-1]


def _keys(columns: Columns, table: Table) -> Iterator[Told]:
    return zip(*(columns[name] for name in table.key), strict=True)


def _short(values: Iterable[object]) -> Told:
    return tuple(_digest(one) if isinstance(one, str) and len(one) > TEXT_MAX else one for one in values)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
