"""Weighs very many pairs a slice at a time and keeps some: memory grows with the slice, not with the number of pairs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.evidence import Evidence, Pairs
from resolution.judgements.rules import Guards
from resolution.judgements.weighed_pairs import WeighedPairs

SLICE_PAIRS = 1 << 19  # Agreement and weight of half a million pairs take some 75 MB.
SLICES_AT_ONCE = 2

Mask = NDArray[np.bool_]
Positions = NDArray[np.int64] | NDArray[np.int32]
"""Positions of records: of very many pairs in 32 bits, which each slice widens for itself."""


def weigh_in_slices(
    weigh: Callable[[Pairs, Pairs], WeighedPairs], pairs: tuple[Positions, Positions], keep: Callable[[WeighedPairs], Mask]
) -> WeighedPairs:
    """Weigh all pairs; returns those that `keep` marks, in the order given."""
    left, right = pairs

    def weigh_slice(at: int) -> WeighedPairs:
        rows = slice(at, at + SLICE_PAIRS)
        weighed_pairs = weigh(left[rows].astype(np.int64), right[rows].astype(np.int64))
        return _select_rows(weighed_pairs, np.flatnonzero(keep(weighed_pairs)))

    starts = range(0, max(len(left), 1), SLICE_PAIRS)
    if len(starts) == 1:
        return weigh_slice(0)
    with ThreadPoolExecutor(SLICES_AT_ONCE) as threads:  # Kernels and whole columns leave the interpreter to the other thread.
        return _concatenate(list(threads.map(weigh_slice, starts)))


def _select_rows(weighed_pairs: WeighedPairs, rows: NDArray[np.intp]) -> WeighedPairs:
    evidence, flags = weighed_pairs.evidence, weighed_pairs.guards
    return WeighedPairs(
        Evidence(
            evidence.kind,
            evidence.left[rows],
            evidence.right[rows],
            {name: column[rows] for name, column in evidence.agreement.items()},
            evidence.names[rows],
            evidence.tied_by_source[rows],
        ),
        {name: column[rows] for name, column in weighed_pairs.fields.items()},
        weighed_pairs.total[rows],
        Guards(*(column[rows] for column in vars(flags).values())),
    )


def _concatenate(parts: Sequence[WeighedPairs]) -> WeighedPairs:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    return WeighedPairs(
        Evidence(
            first.evidence.kind,
            np.concatenate([part.evidence.left for part in parts]),
            np.concatenate([part.evidence.right for part in parts]),
            {name: np.concatenate([part.evidence.agreement[name] for part in parts]) for name in first.evidence.agreement},
            np.concatenate([part.evidence.names for part in parts]),
            np.concatenate([part.evidence.tied_by_source for part in parts]),
        ),
        {name: np.concatenate([part.fields[name] for part in parts]) for name in first.fields},
        np.concatenate([part.total for part in parts]),
        Guards(*(np.concatenate([getattr(part.guards, name) for part in parts]) for name in vars(first.guards))),
    )
