"""Keys of records as 64-bit hashes, made where records are analysed: by two processes, before anything is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.candidates.keys import keys
from resolution.records.analysed import Analysed
from resolution.records.documents import analysed_documents

Hashes = NDArray[np.uint64]
Integers = NDArray[np.int64]
ROWS = 100_000  # Records whose keys are gathered at a time.


@dataclass(frozen=True)
class KeyHashes:
    """Keys of some records: `counts[i]` of the hashes, which lie side by side, are of the record with `contents[i]`.

    Records of one content have the same keys, whichever source they are from.
    """

    contents: list[str]
    counts: NDArray[np.uint32]
    hashes: Hashes


def analyse_and_hash(documents: Sequence[str]) -> tuple[list[Analysed], dict[PartyKind, KeyHashes]]:
    """The records of these documents, each analysed, in their order; and the key hashes by kind."""
    records = analysed_documents(documents)
    kinds = {record.kind for record in records}
    return records, {kind: hash_keys([record for record in records if record.kind is kind]) for kind in kinds}


def hash_keys(records: Sequence[Analysed]) -> KeyHashes:
    """Hashes of the keys of these records."""
    key_sets = [keys(record) for record in records]
    counts = np.fromiter(map(len, key_sets), np.uint32, len(key_sets))
    return KeyHashes(
        [record.content for record in records], counts, hash_key_texts([key for record_keys in key_sets for key in record_keys])
    )


class KeyHashCache:
    """Keys hashed so far, in one array that grows: batches side by side would leave holes in the memory."""

    _contents: list[str]
    _counts: list[NDArray[np.uint32]]
    _hashes: Hashes
    _filled: int

    def __init__(self) -> None:
        self.clear()

    def add(self, batch: KeyHashes) -> None:
        """Add the keys of further records."""
        end = self._filled + len(batch.hashes)
        if end > len(self._hashes):
            self._hashes.resize(max(end, 2 * len(self._hashes)), refcheck=False)
        self._hashes[self._filled : end] = batch.hashes
        self._filled = end
        self._contents += batch.contents
        self._counts.append(batch.counts)

    def rows(self, records: Sequence[Analysed]) -> Integers:
        """Row of each of these records, -1 where its keys were not hashed."""
        row_of = {content: row for row, content in enumerate(self._contents)}
        return np.fromiter((row_of.get(record.content, -1) for record in records), np.int64, len(records))

    def gather(self, rows: Integers) -> tuple[Hashes, Integers]:
        """The hashes of these rows side by side, and how many are of each row."""
        all_counts = np.concatenate([np.empty(0, np.uint32), *self._counts])
        starts = np.cumsum(all_counts, dtype=np.int64) - all_counts
        counts = all_counts[rows].astype(np.int64)
        hashes, end = np.empty(counts.sum(), np.uint64), 0
        for index in range(0, len(rows), ROWS):
            page_counts, page_starts = counts[index : index + ROWS], starts[rows[index : index + ROWS]]
            begin, end = end, end + int(page_counts.sum())
            hashes[begin:end] = self._hashes[
                np.repeat(page_starts - np.cumsum(page_counts) + page_counts, page_counts) + np.arange(end - begin)
            ]
        return hashes, counts

    def clear(self) -> None:
        """Forget them: they are large."""
        self._contents, self._counts = [], []
        self._hashes, self._filled = np.empty(0, np.uint64), 0


def hash_key_texts(key_texts: Sequence[str]) -> Hashes:
    """Each key as 63 bits of its MD5 digest, and a bit for an identifier's. Two of 20 million keys meet once in 50,000 runs.

    The second half of the digest, from its last byte on: the same on every machine and in every version, as what is kept of it
    must be.
    """
    digests = np.frombuffer(b"".join([md5(key.encode(), usedforsecurity=False).digest() for key in key_texts]), dtype="<u8")
    of_id = np.fromiter(
        [key.startswith("id:", 2) for key in key_texts], np.uint64, len(key_texts)
    )  # Behind the letter of the kind.
    return np.asarray((digests[1::2] & ~np.uint64(1)) | of_id, dtype=np.uint64)
