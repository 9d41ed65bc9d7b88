"""Which links of a tie stand on a day, and the day the tie ended where none does."""

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Links, Whole

Flags = NDArray[np.bool_]


def standing(links: Links, starts: NDArray[np.int64], *, lasting: Flags, day: int) -> tuple[Flags, Whole]:
    """Per link whether it stands on `day`; per tie its last end, 0 while it stands: an end to come is not told.

    `lasting` links outlast their end. A link without an end is overruled by one that ended, told by a source at least
    as good, where nothing says that it began again: an old copy of a register does not bring a director back.
    """
    over = (links.ended > 0) & (links.ended <= day) & ~lasting
    stands = ~over
    groups = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    for group in np.unique(groups[over]).tolist():
        first, last = starts[group], starts[group + 1]
        if last - first > 1:
            stands[first:last] &= ~_overruled(links, over, int(first), int(last))
    return stands, _ends(links, starts, stands, day)


def _overruled(links: Links, over: Flags, first: int, last: int) -> Flags:
    found = np.zeros(last - first, np.bool_)
    for ended in (np.flatnonzero(over[first:last]) + first).tolist():
        part = slice(first, last)
        same = np.isnan(links.share[part]) | np.isnan(links.share[ended]) | (links.share[part] == links.share[ended])
        again = links.began[part] >= links.ended[ended]
        found |= same & ~again & (links.rank[part] <= links.rank[ended])
    return found


def _ends(links: Links, starts: NDArray[np.int64], stands: Flags, day: int) -> Whole:
    first = starts[:-1]
    if not len(first):
        return np.empty(0, np.int32)
    last_end = np.maximum.reduceat(links.ended, first)
    still = np.logical_or.reduceat(stands & (links.ended == 0), first)
    return np.where(still | (last_end > day), 0, last_end).astype(np.int32)
