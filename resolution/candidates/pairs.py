"""Keys of many records -> the pairs that share one; keys held by too many are dropped.

Keys become 64-bit numbers at once, a batch of records at a time, so that no more than a batch of them is held as text. Sorted,
holders of one key stand side by side, and a pair is two of them: whole columns at a time, in bounded memory.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from resolution.candidates.keys import keys
from resolution.candidates.numbers import Keys, Known, Whole, numbered, numbers_of
from resolution.records.analysed import Analysed

HOLDERS_MAX = 50  # A key held by more records tells little, and its pairs grow with the square.
ID_HOLDERS_MAX = 20  # Beyond it each holder of an id is paired with the first of them only.
BATCH_RECORDS = 20_000  # Records whose keys are held as text at a time.
SLICE_PAIRS = 1 << 24  # Pairs made before those made twice are put together: 128 MB.

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Candidates:
    """Pairs of positions, left < right, sorted; and the keys that no pair came from because too many records hold them.

    The positions of 35 million pairs take 280 MB as they are, and twice that in 64 bits.

    held: every key as a number (`numbers_of`), and the position of the record that holds it.
    """

    left: Places
    right: Places
    dropped: tuple[str, ...]
    held: tuple[Keys, Places]

    def without_pairs(self) -> "Candidates":
        """What is left when the pairs were handed on."""
        return replace(self, left=self.left[:0].copy(), right=self.right[:0].copy())


@dataclass(frozen=True)
class _Held:
    """Keys with their holders, sorted: the numbers of keys, and for each the stretch of `nodes` that holds it, ascending.

    The lowest bit of a number tells whether the key is an identifier's.
    """

    keys: Keys
    starts: Whole
    counts: Whole
    nodes: Places

    @property
    def of_ids(self) -> NDArray[np.bool_]:
        return (self.keys & np.uint64(1)).astype(np.bool_)


def candidates(records: Sequence[Analysed], *, stopped: Collection[str] = (), known: Known | None = None) -> Candidates:
    """All pairs of records that share a key held by at most 50 records.

    An identifier held by more is not dropped: its holders are each paired with the first of them. Memory and time are
    bounded by 50 pairs a key and record, however often a key occurs. stopped: keys never used, held by many or by few.
    known: keys of records that were told before, these or others; emptied, for they are large.
    """
    numbers, nodes = _without(*_all_numbers(records, known or Known()), stopped)
    held = _held(numbers, nodes)
    most = np.where(held.of_ids, ID_HOLDERS_MAX, HOLDERS_MAX)
    codes = _once([*_within(held, np.flatnonzero(held.counts <= most)), _with_first(held, np.flatnonzero(held.counts > most))])
    left, right = (codes >> 32).astype(np.int32), codes.astype(np.int32)  # The lower half is below 2^31.
    del codes
    dropped = _texts(records, held, np.flatnonzero((held.counts > most) & ~held.of_ids))
    return Candidates(left, right, dropped, (numbers, nodes))


def _all_numbers(records: Sequence[Analysed], known: Known) -> tuple[Keys, Places]:
    """Keys of all records as numbers, and the position of each one's holder, ascending."""
    rows = known.rows(records)
    there, missing = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
    numbers, counts = known.gathered(rows[there])
    known.clear()
    nodes = np.repeat(there.astype(np.int32), counts)
    if not len(missing):
        return numbers, nodes
    more, more_nodes = _numbered(records, missing.tolist())
    numbers, nodes = np.concatenate([numbers, more]), np.concatenate([nodes, more_nodes])
    order = np.argsort(nodes, kind="stable")
    return numbers[order], nodes[order]


def _numbered(records: Sequence[Analysed], places: Sequence[int]) -> tuple[Keys, Places]:
    """Keys of the records at these places; no more than a batch of them is held as text."""
    batches = [places[at : at + BATCH_RECORDS] for at in range(0, len(places), BATCH_RECORDS)]
    told = [numbered([records[place] for place in own]) for own in batches]
    counts = np.concatenate([one.counts for one in told])
    return np.concatenate([one.numbers for one in told]), np.repeat(np.array(places, dtype=np.int32), counts)


def _without(numbers: Keys, nodes: Places, stopped: Collection[str]) -> tuple[Keys, Places]:
    if not stopped:
        return numbers, nodes
    kept = ~np.isin(numbers, numbers_of(sorted(stopped)))
    return numbers[kept], nodes[kept]


def _held(numbers: Keys, nodes: Places) -> _Held:
    """Keys that two records or more hold."""
    order = np.argsort(numbers, kind="stable")
    numbers, nodes = numbers[order], nodes[order]
    starts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]])) if len(numbers) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(numbers)))
    several = counts > 1
    return _Held(numbers[starts[several]], starts[several], counts[several], nodes)


def _within(held: _Held, chosen: Whole) -> Iterator[Whole]:
    """Every pair of holders of these keys, as left * 2^32 + right; those of many keys at a time."""
    made = np.cumsum(held.counts[chosen] * (held.counts[chosen] - 1) // 2)
    number_of_slice = made // SLICE_PAIRS
    for part in np.split(chosen, np.flatnonzero(number_of_slice[1:] != number_of_slice[:-1]) + 1):
        if len(part):
            yield _sorted_once(_pairs(held, part))


def _pairs(held: _Held, chosen: Whole) -> Whole:
    """Pairs of neighbours, then of every other holder, then of every third, until no key has so many holders."""
    starts, counts = held.starts[chosen], held.counts[chosen]
    order = np.argsort(-counts, kind="stable")
    starts, counts = starts[order], counts[order]
    found = []
    for apart in range(1, int(counts[0])):
        enough = int(np.searchsorted(-counts, -apart, side="left"))  # Keys with more holders than that.
        lengths = counts[:enough] - apart
        left = np.repeat(starts[:enough] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        found.append(_code(held.nodes[left], held.nodes[left + apart]))
    return np.concatenate(found)


def _with_first(held: _Held, chosen: Whole) -> Whole:
    """Of identifiers held by many: each holder with the first one."""
    chosen = chosen[held.of_ids[chosen]]
    lengths = held.counts[chosen] - 1
    right = np.repeat(held.starts[chosen] + 1 - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    return _code(np.repeat(held.nodes[held.starts[chosen]], lengths), held.nodes[right])


def _code(left: Places, right: Places) -> Whole:
    return (left.astype(np.int64) << 32) | right


def _once(parts: list[Whole]) -> Whole:
    if len(parts) == 1:
        return parts[0]
    whole = np.concatenate(parts)
    parts.clear()  # Hundreds of megabytes, and sorting takes as much again.
    return _sorted_once(whole)


def _sorted_once(codes: Whole) -> Whole:
    codes.sort()
    return codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes


def _texts(records: Sequence[Analysed], held: _Held, chosen: Whole) -> tuple[str, ...]:
    """These keys as text, sorted: found again among the keys of their first holders."""
    found: set[str] = set()
    holders = np.unique(held.nodes[held.starts[chosen]]).tolist()
    for at in range(0, len(holders), BATCH_RECORDS):
        told = [key for node in holders[at : at + BATCH_RECORDS] for key in keys(records[node])]
        asked = np.isin(numbers_of(told), held.keys[chosen])
        found.update(told[place] for place in np.flatnonzero(asked).tolist())
    return tuple(sorted(found))
