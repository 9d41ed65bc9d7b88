"""Inverted indexes kept in a store: for each key, an integer, a posting list of integers.

A full run packs them into blocks of neighbouring keys. Later changes are rows of their own, applied on top of the blocks.

Twenty million postings of a million records are written in seconds so, on either engine, and looked up in microseconds.
"""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.live.hashes import BITS
from store.port import Row, Store

Integers = NDArray[np.int64]
RecordNumbers = NDArray[np.uint32]
CHANGES_UNLIMITED = 10_000_000
BLOCK_POSTINGS = 256  # Three kilobytes: little to read for one key, few enough rows for all.


@dataclass(frozen=True)
class InvertedIndex:
    """One index. shift: bits by which a key is shifted right to give the number of its block."""

    name: str
    shift: int

    def block_rows(self, keys: Integers, values: RecordNumbers) -> Iterator[Row]:
        """Rows of `live/put_blocks` for all postings, given in any order. The caller should keep no copy: there are millions."""
        order = np.lexsort((values, keys))
        keys, values = keys[order], values[order]
        del order
        starts = self._starts(keys)
        for start, end in zip(starts, [*starts, len(keys)][1:], strict=True):
            content = _encode_block(keys[start:end], values[start:end])
            yield {"shelf": self.name, "block": int(keys[start]) >> self.shift, "content": content}

    def _starts(self, keys: Integers) -> list[int]:
        """Positions at which blocks begin among sorted keys."""
        blocks, begins = keys >> self.shift, np.ones(len(keys), dtype=np.bool_)
        begins[1:] = blocks[1:] != blocks[:-1]
        return np.flatnonzero(begins).tolist()

    def read_postings(self, store: Store, keys: Collection[int], changes_max: int = CHANGES_UNLIMITED) -> dict[int, list[int]]:
        """The posting list of each key, sorted. changes_max: changes of one key that are read; beyond them there are more."""
        if not keys:
            return {}
        by_block: dict[int, list[int]] = defaultdict(list)
        for key in keys:
            by_block[key >> self.shift].append(key)
        rows = store.read("live/held", shelf=self.name, blocks=sorted(by_block), keys=sorted(keys), most=changes_max)
        values_by_key: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if row["key"] < 0:
                _add_postings(values_by_key, by_block[row["block"]], row["content"])
        for row in rows:
            if row["key"] >= 0:
                (values_by_key[row["key"]].add if row["held"] else values_by_key[row["key"]].discard)(row["value"])
        return {key: sorted(values_by_key[key]) if key in values_by_key else [] for key in keys}

    def apply_changes(self, store: Store, additions: Iterable[tuple[int, int]], removals: Iterable[tuple[int, int]]) -> None:
        """Add postings (key, value), and remove others."""
        rows = [{"shelf": self.name, "key": key, "value": value, "held": False} for key, value in sorted(set(removals))]
        rows += [{"shelf": self.name, "key": key, "value": value, "held": True} for key, value in sorted(set(additions))]
        if rows:
            store.write("live/put_changes", rows=rows)


def size_key_index(postings: int) -> InvertedIndex:
    """The index of keys, whose hashes are evenly spread, with blocks sized for so many postings."""
    return InvertedIndex("keys", BITS - max(postings // BLOCK_POSTINGS, 1).bit_length())


EDGE_INDEX = InvertedIndex("edges", 6)  # By the number of a record: those of 64 records in a block.


def _add_postings(values_by_key: dict[int, set[int]], keys: list[int], content: str) -> None:
    """Add the postings that a block has for these keys."""
    block_keys, values = _decode_block(content)
    keys_to_find = np.array(keys, dtype=np.int64)
    starts, ends = np.searchsorted(block_keys, keys_to_find).tolist(), np.searchsorted(block_keys, keys_to_find, "right").tolist()
    for key, start, end in zip(keys, starts, ends, strict=True):
        if start < end:
            values_by_key[key].update(values[start:end].tolist())


def _encode_block(keys: Integers, values: RecordNumbers) -> str:
    return b64encode(keys.tobytes() + values.tobytes()).decode()


def _decode_block(text: str) -> tuple[Integers, RecordNumbers]:
    raw = b64decode(text)
    postings = len(raw) // 12
    return np.frombuffer(raw, np.int64, postings), np.frombuffer(raw, np.uint32, postings, postings * 8)
