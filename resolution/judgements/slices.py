"""Very many pairs weighed a slice at a time, of which those worth keeping are kept: memory follows the slice, not the pairs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.evidence import Evidence, Pairs
from resolution.judgements.rules import Guards
from resolution.judgements.weighed import Weighed

SLICE_PAIRS = 1 << 19  # Agreement and weight of half a million pairs take some 75 MB.
SLICES_AT_ONCE = 2

Mask = NDArray[np.bool_]
Places = NDArray[np.int64] | NDArray[np.int32]
"""Positions of records: of very many pairs in 32 bits, which each slice widens for itself."""


def in_slices(weigh: Callable[[Pairs, Pairs], Weighed], pairs: tuple[Places, Places], keep: Callable[[Weighed], Mask]) -> Weighed:
    """Weigh all pairs; the answer holds those that `keep` marks, in the order given."""
    left, right = pairs

    def kept(at: int) -> Weighed:
        own = slice(at, at + SLICE_PAIRS)
        weighed = weigh(left[own].astype(np.int64), right[own].astype(np.int64))
        return _rows(weighed, np.flatnonzero(keep(weighed)))

    starts = range(0, max(len(left), 1), SLICE_PAIRS)
    if len(starts) == 1:
        return kept(0)
    with ThreadPoolExecutor(SLICES_AT_ONCE) as threads:  # Kernels and whole columns leave the interpreter to the other thread.
        return _together(list(threads.map(kept, starts)))


def _rows(weighed: Weighed, rows: NDArray[np.intp]) -> Weighed:
    found, flags = weighed.found, weighed.guards
    return Weighed(
        Evidence(
            found.kind,
            found.left[rows],
            found.right[rows],
            {name: column[rows] for name, column in found.agreement.items()},
            found.names[rows],
            found.tied_by_source[rows],
        ),
        {name: column[rows] for name, column in weighed.fields.items()},
        weighed.total[rows],
        Guards(*(column[rows] for column in vars(flags).values())),
    )


def _together(parts: Sequence[Weighed]) -> Weighed:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    return Weighed(
        Evidence(
            first.found.kind,
            np.concatenate([one.found.left for one in parts]),
            np.concatenate([one.found.right for one in parts]),
            {name: np.concatenate([one.found.agreement[name] for one in parts]) for name in first.found.agreement},
            np.concatenate([one.found.names for one in parts]),
            np.concatenate([one.found.tied_by_source for one in parts]),
        ),
        {name: np.concatenate([one.fields[name] for one in parts]) for name in first.fields},
        np.concatenate([one.total for one in parts]),
        Guards(*(np.concatenate([getattr(one.guards, name) for one in parts]) for name in vars(first.guards))),
    )
