"""Keys of many records -> the pairs that share one; keys held by too many are dropped.

Keys become 64-bit numbers at once, a batch of records at a time, so that no more than a batch of them is held as text. Sorted,
holders of one key stand side by side, and a pair is two of them: whole columns at a time, in bounded memory.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resolution.candidates.key_hashes import Hashes, Integers, KeyHashCache, KeyHashes, hash_key_texts, hash_keys
from resolution.candidates.keys import keys
from resolution.records.analysed import Analysed

HOLDERS_MAX = 50  # A key held by more records tells little, and its pairs grow with the square.
ID_HOLDERS_MAX = 20  # Beyond it each holder of an id is paired with the first of them only.
BATCH_RECORDS = 20_000  # Records whose keys are held as text at a time.
SLICE_PAIRS = 1 << 24  # Pairs made before those made twice are put together: 128 MB.

Positions = NDArray[np.int32]


@dataclass(frozen=True)
class Candidates:
    """Pairs of positions, left < right, sorted; and the keys that no pair came from because too many records hold them.

    The positions of 35 million pairs take 280 MB as they are, and twice that in 64 bits.

    key_holders: every key as a number (`hash_key_texts`), and the position of the record that holds it.
    """

    left: Positions
    right: Positions
    dropped_keys: tuple[str, ...]
    key_holders: tuple[Hashes, Positions]

    def without_pairs(self) -> "Candidates":
        """What is left when the pairs were handed on."""
        return replace(self, left=self.left[:0].copy(), right=self.right[:0].copy())

    def known_keys(self, records: Sequence[Analysed]) -> KeyHashCache:
        """The keys of the records that these pairs came from, for other records of the same contents."""
        hashes, nodes = self.key_holders
        known = KeyHashCache()
        counts = np.bincount(nodes, minlength=len(records)).astype(np.uint32)
        known.add(KeyHashes([record.content for record in records], counts, hashes))
        return known


@dataclass(frozen=True)
class _KeyHolders:
    """Keys with their holders, sorted: the hashes of keys, and for each the stretch of `nodes` that holds it, ascending.

    The lowest bit of a hash tells whether the key is an identifier's.
    """

    hashes: Hashes
    starts: Integers
    counts: Integers
    nodes: Positions

    @property
    def of_ids(self) -> NDArray[np.bool_]:
        return (self.hashes & np.uint64(1)).astype(np.bool_)


def candidates(records: Sequence[Analysed], *, stopped: Collection[str] = (), hashed: KeyHashCache | None = None) -> Candidates:
    """All pairs of records that share a key held by at most 50 records.

    An identifier held by more is not dropped: its holders are each paired with the first of them. Memory and time are
    bounded by 50 pairs a key and record, however often a key occurs. stopped: keys never used, held by many or by few.
    hashed: keys of records that were hashed before, these or others; emptied, for they are large.
    """
    hashes, nodes = _without_stopped(*_all_hashes(records, hashed or KeyHashCache()), stopped)
    holders = _sort_holders(hashes, nodes)
    holders_max = np.where(holders.of_ids, ID_HOLDERS_MAX, HOLDERS_MAX)
    shared_by_few, shared_by_many = np.flatnonzero(holders.counts <= holders_max), np.flatnonzero(holders.counts > holders_max)
    codes = _distinct([*_pairs_within(holders, shared_by_few), _pairs_with_first(holders, shared_by_many)])
    left, right = (codes >> 32).astype(np.int32), codes.astype(np.int32)  # The lower half is below 2^31.
    del codes
    dropped_keys = _key_texts(records, holders, np.flatnonzero((holders.counts > holders_max) & ~holders.of_ids))
    return Candidates(left, right, dropped_keys, (hashes, nodes))


def _all_hashes(records: Sequence[Analysed], hashed: KeyHashCache) -> tuple[Hashes, Positions]:
    """Hashes of the keys of all records, and the position of the record that holds each, ascending."""
    rows = hashed.rows(records)
    present, absent = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
    hashes, counts = hashed.gather(rows[present])
    hashed.clear()
    nodes = np.repeat(present.astype(np.int32), counts)
    if not len(absent):
        return hashes, nodes
    new_hashes, new_nodes = _hash_batches(records, absent.tolist())
    hashes, nodes = np.concatenate([hashes, new_hashes]), np.concatenate([nodes, new_nodes])
    order = np.argsort(nodes, kind="stable")
    return hashes[order], nodes[order]


def _hash_batches(records: Sequence[Analysed], positions: Sequence[int]) -> tuple[Hashes, Positions]:
    """Hashes of the keys of the records at these positions; no more than a batch of them is held as text."""
    batches = [positions[index : index + BATCH_RECORDS] for index in range(0, len(positions), BATCH_RECORDS)]
    batch_hashes = [hash_keys([records[place] for place in batch]) for batch in batches]
    counts = np.concatenate([batch.counts for batch in batch_hashes])
    return np.concatenate([batch.hashes for batch in batch_hashes]), np.repeat(np.array(positions, dtype=np.int32), counts)


def _without_stopped(hashes: Hashes, nodes: Positions, stopped: Collection[str]) -> tuple[Hashes, Positions]:
    if not stopped:
        return hashes, nodes
    is_kept = ~np.isin(hashes, hash_key_texts(sorted(stopped)))
    return hashes[is_kept], nodes[is_kept]


def _sort_holders(hashes: Hashes, nodes: Positions) -> _KeyHolders:
    """Keys that two records or more hold."""
    order = np.argsort(hashes)  # Not stable, and so in vectors: a third of the time.
    hashes, nodes = hashes[order], nodes[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(hashes)))
    several = counts > 1
    _sort_stretches(nodes, starts[several], counts[several])
    return _KeyHolders(hashes[starts[several]], starts[several], counts[several], nodes)


@njit(cache=True, nogil=True)
def _sort_stretches(nodes, starts, counts):  # type: ignore[no-untyped-def]
    """Sort each stretch by itself, in place."""
    for row in range(len(starts)):
        nodes[starts[row] : starts[row] + counts[row]].sort()


def _pairs_within(holders: _KeyHolders, key_rows: Integers) -> Iterator[Integers]:
    """Every pair of holders of these keys, as left * 2^32 + right; those of many keys at a time."""
    pair_counts = np.cumsum(holders.counts[key_rows] * (holders.counts[key_rows] - 1) // 2)
    number_of_slice = pair_counts // SLICE_PAIRS
    for part in np.split(key_rows, np.flatnonzero(number_of_slice[1:] != number_of_slice[:-1]) + 1):
        if len(part):
            yield _sort_distinct(_pairs(holders, part))


def _pairs(holders: _KeyHolders, key_rows: Integers) -> Integers:
    """Pairs of neighbours, then of every other holder, then of every third, until no key has so many holders."""
    starts, counts = holders.starts[key_rows], holders.counts[key_rows]
    order = np.argsort(-counts, kind="stable")
    starts, counts = starts[order], counts[order]
    pairs = []
    for distance in range(1, int(counts[0])):
        enough = int(np.searchsorted(-counts, -distance, side="left"))  # Keys with more holders than that.
        lengths = counts[:enough] - distance
        left = np.repeat(starts[:enough] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        pairs.append(_code(holders.nodes[left], holders.nodes[left + distance]))
    return np.concatenate(pairs)


def _pairs_with_first(holders: _KeyHolders, key_rows: Integers) -> Integers:
    """Of identifiers held by many: each holder with the first one."""
    key_rows = key_rows[holders.of_ids[key_rows]]
    lengths = holders.counts[key_rows] - 1
    right = np.repeat(holders.starts[key_rows] + 1 - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    return _code(np.repeat(holders.nodes[holders.starts[key_rows]], lengths), holders.nodes[right])


def _code(left: Positions, right: Positions) -> Integers:
    return (left.astype(np.int64) << 32) | right


def _distinct(parts: list[Integers]) -> Integers:
    if len(parts) == 1:
        return parts[0]
    whole = np.concatenate(parts)
    parts.clear()  # Hundreds of megabytes, and sorting takes as much again.
    return _sort_distinct(whole)


def _sort_distinct(codes: Integers) -> Integers:
    codes.sort()
    return codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes


def _key_texts(records: Sequence[Analysed], holders: _KeyHolders, key_rows: Integers) -> tuple[str, ...]:
    """These keys as text, sorted: found again among the keys of their first holders."""
    texts: set[str] = set()
    first_holders = np.unique(holders.nodes[holders.starts[key_rows]]).tolist()
    for index in range(0, len(first_holders), BATCH_RECORDS):
        key_texts = [key for node in first_holders[index : index + BATCH_RECORDS] for key in keys(records[node])]
        is_dropped = np.isin(hash_key_texts(key_texts), holders.hashes[key_rows])
        texts.update(key_texts[place] for place in np.flatnonzero(is_dropped).tolist())
    return tuple(sorted(texts))
