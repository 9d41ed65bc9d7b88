"""Sets of what a file has named so far, at 8 bytes each: a million rows name millions of ids."""

from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Hashes = NDArray[np.int64]
GROWTH = 2  # A level is merged with the next one where that is not at least so many times as large.


class HashSet:
    """Values by Python's 64-bit hash of them, asked and added a block at a time.

    Kept as sorted arrays of about doubling size. Two values of one hash count as one, as likely as one in 2^64 a pair.
    """

    def __init__(self) -> None:
        self._levels: list[Hashes] = []

    def __len__(self) -> int:
        """How many values were added, each once."""
        return sum(map(len, self._levels))

    def contains(self, values: Iterable[Hashable]) -> Flags:
        """Whether each of these was added before; shape (values,)."""
        return self._contains(_hashes_of(values))

    def add(self, values: Iterable[Hashable]) -> Flags:
        """Add these, and say whether each is new, of those given twice the first; shape (values,)."""
        hashes = _hashes_of(values)
        unique, first_places = np.unique(hashes, return_index=True)
        is_known = self._contains(unique)
        is_new = np.zeros(len(hashes), np.bool_)
        is_new[first_places[~is_known]] = True
        self._add_level(unique[~is_known])
        return is_new

    def _contains(self, hashes: Hashes) -> Flags:
        is_known = np.zeros(len(hashes), np.bool_)
        for level in self._levels:
            places = np.minimum(np.searchsorted(level, hashes), len(level) - 1)
            is_known |= level[places] == hashes
        return is_known

    def _add_level(self, level: Hashes) -> None:
        if not len(level):
            return
        while self._levels and len(self._levels[-1]) < GROWTH * len(level):
            level = np.sort(np.concatenate((self._levels.pop(), level)), kind="stable")
        self._levels.append(level)


def _hashes_of(values: Iterable[Hashable]) -> Hashes:
    return np.fromiter(map(hash, values), np.int64)
