"""Shelves of a store: whole numbers under a whole number. The last full run packed them into blocks; changes lie beside.

Twenty million entries of a million records are written in seconds so, on either engine, and looked up in microseconds.
"""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.live.hashes import BITS
from store.port import Row, Store

Whole = NDArray[np.int64]
Places = NDArray[np.uint32]
ALL = 10_000_000
BLOCK_ENTRIES = 256  # Three kilobytes: little to read for one key, few enough rows for all.


@dataclass(frozen=True)
class Shelf:
    """One shelf. shift: bits by which a key is cut down to the number of its block."""

    name: str
    shift: int

    def packed(self, keys: Whole, values: Places) -> Iterator[Row]:
        """Rows of `live/put_blocks` for all entries there are; entries in any order. Let go of them: there are millions."""
        order = np.lexsort((values, keys))
        keys, values = keys[order], values[order]
        del order
        starts = self._starts(keys)
        for start, end in zip(starts, [*starts, len(keys)][1:], strict=True):
            content = _text(keys[start:end], values[start:end])
            yield {"shelf": self.name, "block": int(keys[start]) >> self.shift, "content": content}

    def _starts(self, keys: Whole) -> list[int]:
        """Where blocks begin among sorted keys."""
        blocks, begins = keys >> self.shift, np.ones(len(keys), dtype=np.bool_)
        begins[1:] = blocks[1:] != blocks[:-1]
        return np.flatnonzero(begins).tolist()

    def held(self, store: Store, keys: Collection[int], most: int = ALL) -> dict[int, list[int]]:
        """Values under each key, sorted. most: changes of one key that are looked at; beyond them there are more values."""
        if not keys:
            return {}
        by_block: dict[int, list[int]] = defaultdict(list)
        for key in keys:
            by_block[key >> self.shift].append(key)
        rows = store.read("live/held", shelf=self.name, blocks=sorted(by_block), keys=sorted(keys), most=most)
        found: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if row["key"] < 0:
                _look_up(found, by_block[row["block"]], row["content"])
        for row in rows:
            if row["key"] >= 0:
                (found[row["key"]].add if row["held"] else found[row["key"]].discard)(row["value"])
        return {key: sorted(found[key]) if key in found else [] for key in keys}

    def change(self, store: Store, put: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> None:
        """Put entries (key, value), and take others away."""
        rows = [{"shelf": self.name, "key": key, "value": value, "held": False} for key, value in sorted(set(taken))]
        rows += [{"shelf": self.name, "key": key, "value": value, "held": True} for key, value in sorted(set(put))]
        if rows:
            store.write("live/put_changes", rows=rows)


def keys_shelf(entries: int) -> Shelf:
    """The shelf of keys spread over all numbers, for so many entries."""
    return Shelf("keys", BITS - max(entries // BLOCK_ENTRIES, 1).bit_length())


EDGES = Shelf("edges", 6)  # By the number of a record: those of 64 records in a block.


def _look_up(found: dict[int, set[int]], keys: list[int], content: str) -> None:
    """Add the values that a block has under these keys."""
    held, values = _opened(content)
    own = np.array(keys, dtype=np.int64)
    starts, ends = np.searchsorted(held, own).tolist(), np.searchsorted(held, own, "right").tolist()
    for key, start, end in zip(keys, starts, ends, strict=True):
        if start < end:
            found[key].update(values[start:end].tolist())


def _text(keys: Whole, values: Places) -> str:
    return b64encode(keys.tobytes() + values.tobytes()).decode()


def _opened(text: str) -> tuple[Whole, Places]:
    raw = b64decode(text)
    entries = len(raw) // 12
    return np.frombuffer(raw, np.int64, entries), np.frombuffer(raw, np.uint32, entries, entries * 8)
