"""A full run as live resolution remembers it: keys and edges of all units packed on shelves, and what the weights stood on."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

import numpy as np

from ontology.words import PartyKind
from resolution.candidates import keys as keys_of
from resolution.comparisons.frozen import Frozen, freeze
from resolution.judgements.verdicts import Verdicts
from resolution.live.called import content_key, id_key, touched_key
from resolution.live.hashes import numbers_of
from resolution.live.memory import NOTE, Memory, keep_grounds, loaded, version_of
from resolution.live.parties import Known, packed_records
from resolution.live.shelves import EDGES, Whole, keys_shelf
from resolution.matching import Compared
from resolution.records.analysed import Analysed
from store.port import Store

Tell = Callable[[Analysed], Collection[str]]
CHUNK = 50_000  # Records whose keys are held as texts at a time.


class Remembering:
    """Takes what a full run compared, kind by kind, and writes it down as one memory."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._touched = verdicts.touched
        self._frozen: dict[PartyKind, Frozen] = {}
        self._records: list[tuple[str, Known]] = []
        self._keys: list[Whole] = []
        self._holders: list[Whole] = []
        self._edges: list[Whole] = []

    def add(self, compared: Compared) -> None:
        """Take one kind."""
        first = len(self._records)
        place = {one.id: first + at for at, one in enumerate(compared.records)}
        self._frozen[compared.frozen.kind] = compared.frozen
        self._records += _known(compared)
        units = np.array([place[unit.id] for unit in compared.units], dtype=np.int64)
        self._edges.append(np.stack([units[compared.edges[0]], units[compared.edges[1]]]))
        stopped = frozenset(compared.frozen.stopped_keys)
        self._take(compared.records, range(first, first + len(compared.records)), self._marks)
        self._take(compared.units, units.tolist(), lambda unit: keys_of(unit) - stopped)

    def write(self, store: Store, now: datetime) -> None:
        """Write it down in place of what was remembered before."""
        frozen = {kind: self._frozen.get(kind) or freeze(kind, []) for kind in PartyKind}
        keys, holders = _joined(self._keys), _joined(self._holders)
        left, right = np.concatenate([np.empty((2, 0), dtype=np.int64), *self._edges], axis=1)
        shelf = keys_shelf(len(keys))
        memory = Memory(version_of(now, frozen.values()), shelf.shift, len(self._records), loaded(store), {})
        store.write("live/clear")
        store.write("live/put_blocks", rows=packed_records(self._records))
        store.write("live/put_blocks", rows=shelf.packed(keys, holders))
        store.write("live/put_blocks", rows=EDGES.packed(np.concatenate([left, right]), np.concatenate([right, left])))
        keep_grounds(store, frozen)
        store.write("meta/put", rows=[{"key": NOTE, "value": memory.note()}])

    def _marks(self, record: Analysed) -> Collection[str]:
        marks = [id_key(record.id), content_key(record.content)]
        return [*marks, touched_key(record.id)] if record.id in self._touched else marks

    def _take(self, records: Sequence[Analysed], numbers: Sequence[int], tell: Tell) -> None:
        for start in range(0, len(records), CHUNK):
            own = [tell(record) for record in records[start : start + CHUNK]]
            holders = np.array(numbers[start : start + CHUNK], dtype=np.int64)
            self._keys.append(numbers_of([key for keys in own for key in keys]))
            self._holders.append(np.repeat(holders, [len(keys) for keys in own]))


def _known(compared: Compared) -> Iterator[tuple[str, Known]]:
    for plain, full in zip(compared.plain, compared.records, strict=True):
        firms = tuple(sorted(one for one in full.of_firms - plain.of_firms))
        names = tuple(name.text for name in full.firms[len(plain.firms) :])
        yield full.id, Known(firms, names)


def _joined(columns: Iterable[Whole]) -> Whole:
    return np.concatenate([np.empty(0, dtype=np.int64), *columns])
