"""Keys of records as numbers. They are told where records are taken apart: by two processes, before anything is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.candidates.keys import keys
from resolution.records.analysed import Analysed
from resolution.records.documents import analysed_documents

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]
ROWS = 100_000  # Records whose keys are gathered at a time.


@dataclass(frozen=True)
class Numbered:
    """Keys of some records: `counts[i]` of the numbers, which lie side by side, are of the record with `contents[i]`.

    Records of one content have the same keys, whoever tells them.
    """

    contents: list[str]
    counts: NDArray[np.uint32]
    numbers: Keys


def analysed_and_numbered(documents: Sequence[str]) -> tuple[list[Analysed], dict[PartyKind, Numbered]]:
    """The records that documents hold, each taken apart, in their order; and by kind their keys."""
    records = analysed_documents(documents)
    kinds = {record.kind for record in records}
    return records, {kind: numbered([record for record in records if record.kind is kind]) for kind in kinds}


def numbered(records: Sequence[Analysed]) -> Numbered:
    """Keys of these records."""
    held = [keys(record) for record in records]
    counts = np.fromiter(map(len, held), np.uint32, len(held))
    return Numbered([record.content for record in records], counts, numbers_of([key for own in held for key in own]))


class Known:
    """Keys that were told so far, in one place that grows: batches side by side would leave holes in the memory."""

    _contents: list[str]
    _counts: list[NDArray[np.uint32]]
    _numbers: Keys
    _filled: int

    def __init__(self) -> None:
        self.clear()

    def take(self, told: Numbered) -> None:
        """Add the keys of further records."""
        end = self._filled + len(told.numbers)
        if end > len(self._numbers):
            self._numbers.resize(max(end, 2 * len(self._numbers)), refcheck=False)
        self._numbers[self._filled : end] = told.numbers
        self._filled = end
        self._contents += told.contents
        self._counts.append(told.counts)

    def rows(self, records: Sequence[Analysed]) -> Whole:
        """Where the keys of each of these records stand, -1 where they were not told."""
        row_of = {content: row for row, content in enumerate(self._contents)}
        return np.fromiter((row_of.get(record.content, -1) for record in records), np.int64, len(records))

    def gathered(self, rows: Whole) -> tuple[Keys, Whole]:
        """The keys of these rows side by side, and how many are of each."""
        every = np.concatenate([np.empty(0, np.uint32), *self._counts])
        starts = np.cumsum(every, dtype=np.int64) - every
        counts = every[rows].astype(np.int64)
        found, end = np.empty(counts.sum(), np.uint64), 0
        for at in range(0, len(rows), ROWS):
            own, first = counts[at : at + ROWS], starts[rows[at : at + ROWS]]
            begin, end = end, end + int(own.sum())
            found[begin:end] = self._numbers[np.repeat(first - np.cumsum(own) + own, own) + np.arange(end - begin)]
        return found, counts

    def clear(self) -> None:
        """Forget them: they are large."""
        self._contents, self._counts = [], []
        self._numbers, self._filled = np.empty(0, np.uint64), 0


def numbers_of(told: Sequence[str]) -> Keys:
    """Each key as 63 bits of its MD5 digest, and a bit for an identifier's. Two of 20 million keys meet once in 50,000 runs.

    The second half of the digest, from its last byte on: the same on every machine and in every version, as what is kept of it
    must be.
    """
    digests = np.frombuffer(b"".join([md5(key.encode(), usedforsecurity=False).digest() for key in told]), dtype="<u8")
    of_id = np.fromiter([key.startswith("id:", 2) for key in told], np.uint64, len(told))  # Behind the letter of the kind.
    return np.asarray((digests[1::2] & ~np.uint64(1)) | of_id, dtype=np.uint64)
