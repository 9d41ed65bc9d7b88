"""The snapshot of a full run for live resolution: inverted indexes of the keys and edges of all units, and the statistics."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.judgements.verdicts import Verdicts
from resolution.live.hashes import numbers_of
from resolution.live.live_session import content_key, id_key, judged_key
from resolution.live.memory import NOTE, Memory, read_load_mark, version_of, write_statistics
from resolution.live.postings import EDGE_INDEX, Integers, RecordNumbers, size_key_index
from resolution.live.record_cache import NO_CONTEXT, RecordContext, record_block_rows
from resolution.live.spellings import name_words, rest_postings, size_index, word_block_rows
from resolution.matching import KindComparison
from resolution.records.analysed import Analysed
from resolution.records.sides import COMPARED_KINDS
from store.port import Store

CHUNK = 100_000  # Texts held at a time.
LAST_BITS = 20  # A table of a megabyte: it stays in the processor's cache.


class SnapshotWriter:
    """Collects what a full run compared, kind by kind, and writes it as one snapshot."""

    def __init__(self, verdicts: Verdicts, choices: ModelChoice) -> None:
        self._choices = choices
        self._judged_records = verdicts.judged_records
        self._statistics: dict[PartyKind, RunStatistics] = {}
        self._records: list[tuple[str, RecordContext]] = []
        self._keys: list[Integers] = []
        self._holders: list[RecordNumbers] = []
        self._edges: list[RecordNumbers] = []
        self._words: set[str] = set()

    def add(self, compared: KindComparison) -> None:
        """Add the comparison of one kind."""
        first = len(self._records)
        number_of = {record.id: first + at for at, record in enumerate(compared.records)}
        self._statistics[compared.statistics.kind] = compared.statistics
        self._records += _contexts(compared)
        for unit in compared.units:
            self._words |= name_words(unit)
        units = np.array([number_of[unit.id] for unit in compared.units], dtype=np.uint32)
        self._edges.append(np.stack([units[compared.edges[0]], units[compared.edges[1]]]))
        stopped = numbers_of(compared.statistics.stopped_keys)
        numbers = (compared.key_holders[0] >> np.uint64(1)).astype(np.int64)
        is_kept = ~_among(numbers, stopped)
        self._keys.append(numbers[is_kept])
        self._holders.append(units[compared.key_holders[1][is_kept]])
        self._add_record_keys(compared.records, first)

    def write(self, store: Store, now: datetime) -> None:
        """Write the snapshot in place of the former one."""
        statistics = {kind: self._statistics.get(kind) or freeze(kind, [], self._choices) for kind in COMPARED_KINDS}
        key_index = size_key_index(sum(map(len, self._keys)))
        words = sorted(self._words)
        self._words.clear()
        rests, words_of_rests = rest_postings(words)
        rest_index = size_index(len(rests))
        memory = Memory(
            version_of(now, statistics.values()),
            key_index.shift,
            len(self._records),
            read_load_mark(store),
            {},
            rests_shift=rest_index.shift,
        )
        store.write("live/clear")
        store.write("live/put_blocks", rows=word_block_rows(words))
        store.write("live/put_blocks", rows=rest_index.block_rows(rests, words_of_rests))
        del words, rests, words_of_rests
        store.write("live/put_blocks", rows=record_block_rows(self._records))
        store.write("live/put_blocks", rows=key_index.block_rows(*self._key_postings()))
        store.write("live/put_blocks", rows=EDGE_INDEX.block_rows(*self._edge_postings()))
        write_statistics(store, statistics)
        store.write("meta/put", rows=[{"key": NOTE, "value": memory.note()}])

    def _key_postings(self) -> tuple[Integers, RecordNumbers]:
        """Keys and the unit that holds each, released here: sorting some twenty million of them needs the memory."""
        keys = np.concatenate([np.empty(0, np.int64), *self._keys])
        self._keys.clear()
        holders = np.concatenate([np.empty(0, np.uint32), *self._holders])
        self._holders.clear()
        return keys, holders

    def _edge_postings(self) -> tuple[Integers, RecordNumbers]:
        """Both ends of every edge, each with the other."""
        left, right = np.concatenate([np.empty((2, 0), np.uint32), *self._edges], axis=1)
        return np.concatenate([left, right]).astype(np.int64), np.concatenate([right, left])

    def _add_record_keys(self, records: Sequence[Analysed], first: int) -> None:
        """Add the keys by which each record is found: its id, its content, and a mark if a person judged it."""
        numbers_here = range(first, first + len(records))
        entries = [(id_key(record.id), at) for record, at in zip(records, numbers_here, strict=True)]
        entries += [(content_key(record.content), at) for record, at in zip(records, numbers_here, strict=True)]
        entries += [
            (judged_key(record.id), at)
            for record, at in zip(records, numbers_here, strict=True)
            if record.id in self._judged_records
        ]
        for start in range(0, len(entries), CHUNK):
            keys, numbers = zip(*entries[start : start + CHUNK], strict=True)
            self._keys.append(numbers_of(keys))
            self._holders.append(np.array(numbers, dtype=np.uint32))


def _contexts(compared: KindComparison) -> Iterator[tuple[str, RecordContext]]:
    for plain, full in zip(compared.plain, compared.records, strict=True):
        firms = tuple(sorted(firm for firm in full.of_firms - plain.of_firms))
        names = tuple(name.text for name in full.firms[len(plain.firms) :])
        is_alone = not firms and not names and not full.listings
        yield full.id, NO_CONTEXT if is_alone else RecordContext(firms, names, tuple(sorted(full.listings)))


def _among(numbers: Integers, few_numbers: Integers) -> NDArray[np.bool_]:
    """Which of very many numbers are among a few: looked for only where their last bits are, which takes a tenth of the time."""
    bits = (1 << LAST_BITS) - 1
    is_possible = np.zeros(bits + 1, dtype=np.bool_)
    is_possible[few_numbers & bits] = True
    is_among: NDArray[np.bool_] = is_possible[numbers & bits]
    rows = np.flatnonzero(is_among)
    is_among[rows] = np.isin(numbers[rows], few_numbers)
    return is_among
