"""A full run as live resolution remembers it: keys and edges of all units packed on shelves, and what the weights stood on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.judgements.verdicts import Verdicts
from resolution.live.hashes import numbers_of
from resolution.live.live_session import content_key, id_key, touched_key
from resolution.live.memory import NOTE, Memory, keep_grounds, loaded, version_of
from resolution.live.parties import NOTHING, Known, packed_records
from resolution.live.postings import EDGES, Places, Whole, keys_shelf
from resolution.matching import Compared
from resolution.records.analysed import Analysed
from resolution.records.sides import COMPARED_KINDS
from store.port import Store

CHUNK = 100_000  # Texts held at a time.
LAST_BITS = 20  # A table of a megabyte: it stays in the processor's cache.


class Remembering:
    """Takes what a full run compared, kind by kind, and writes it down as one memory."""

    def __init__(self, verdicts: Verdicts, chosen: ModelChoice) -> None:
        self._chosen = chosen
        self._touched = verdicts.touched
        self._frozen: dict[PartyKind, RunStatistics] = {}
        self._records: list[tuple[str, Known]] = []
        self._keys: list[Whole] = []
        self._holders: list[Places] = []
        self._edges: list[Places] = []

    def add(self, compared: Compared) -> None:
        """Take one kind."""
        first = len(self._records)
        place = {one.id: first + at for at, one in enumerate(compared.records)}
        self._frozen[compared.frozen.kind] = compared.frozen
        self._records += _known(compared)
        units = np.array([place[unit.id] for unit in compared.units], dtype=np.uint32)
        self._edges.append(np.stack([units[compared.edges[0]], units[compared.edges[1]]]))
        stopped = numbers_of(compared.frozen.stopped_keys)
        numbers = (compared.held[0] >> np.uint64(1)).astype(np.int64)
        kept = ~_among(numbers, stopped)
        self._keys.append(numbers[kept])
        self._holders.append(units[compared.held[1][kept]])
        self._mark(compared.records, first)

    def write(self, store: Store, now: datetime) -> None:
        """Write it down in place of what was remembered before."""
        frozen = {kind: self._frozen.get(kind) or freeze(kind, [], self._chosen) for kind in COMPARED_KINDS}
        shelf = keys_shelf(sum(map(len, self._keys)))
        memory = Memory(version_of(now, frozen.values()), shelf.shift, len(self._records), loaded(store), {})
        store.write("live/clear")
        store.write("live/put_blocks", rows=packed_records(self._records))
        store.write("live/put_blocks", rows=shelf.packed(*self._entries()))
        store.write("live/put_blocks", rows=EDGES.packed(*self._ends()))
        keep_grounds(store, frozen)
        store.write("meta/put", rows=[{"key": NOTE, "value": memory.note()}])

    def _entries(self) -> tuple[Whole, Places]:
        """Keys and who holds each, handed over: sorting some twenty million of them needs the memory."""
        keys = np.concatenate([np.empty(0, np.int64), *self._keys])
        self._keys.clear()
        holders = np.concatenate([np.empty(0, np.uint32), *self._holders])
        self._holders.clear()
        return keys, holders

    def _ends(self) -> tuple[Whole, Places]:
        """Both ends of every edge, each with the other."""
        left, right = np.concatenate([np.empty((2, 0), np.uint32), *self._edges], axis=1)
        return np.concatenate([left, right]).astype(np.int64), np.concatenate([right, left])

    def _mark(self, records: Sequence[Analysed], first: int) -> None:
        """Where each record is found: by its id, by what it says, and whether a person spoke of it."""
        here = range(first, first + len(records))
        told = [(id_key(one.id), at) for one, at in zip(records, here, strict=True)]
        told += [(content_key(one.content), at) for one, at in zip(records, here, strict=True)]
        told += [(touched_key(one.id), at) for one, at in zip(records, here, strict=True) if one.id in self._touched]
        for start in range(0, len(told), CHUNK):
            keys, numbers = zip(*told[start : start + CHUNK], strict=True)
            self._keys.append(numbers_of(keys))
            self._holders.append(np.array(numbers, dtype=np.uint32))


def _known(compared: Compared) -> Iterator[tuple[str, Known]]:
    for plain, full in zip(compared.plain, compared.records, strict=True):
        firms = tuple(sorted(one for one in full.of_firms - plain.of_firms))
        names = tuple(name.text for name in full.firms[len(plain.firms) :])
        yield full.id, Known(firms, names) if firms or names else NOTHING


def _among(numbers: Whole, few: Whole) -> NDArray[np.bool_]:
    """Which of very many numbers are among a few: looked for only where their last bits are, which takes a tenth of the time."""
    bits = (1 << LAST_BITS) - 1
    seen = np.zeros(bits + 1, dtype=np.bool_)
    seen[few & bits] = True
    found: NDArray[np.bool_] = seen[numbers & bits]
    rows = np.flatnonzero(found)
    found[rows] = np.isin(numbers[rows], few)
    return found
