"""Which links of a tie are in force on a day, and the day the tie ended where none is."""

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Links, Whole

Flags = NDArray[np.bool_]


def links_in_force(links: Links, starts: NDArray[np.int64], *, lasting: Flags, day: int) -> tuple[Flags, Whole]:
    """Per link whether it is in force on `day`; per tie the day number of its last end, 0 while it is in force.

    `lasting` links stay in force after their end. A link without an end is overruled by one that ended, from a source at
    least as good, where nothing says that it began again: an old copy of a register does not bring a director back.
    """
    over = (links.ended > 0) & (links.ended <= day) & ~lasting
    in_force = ~over
    groups = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    for group in np.unique(groups[over]).tolist():
        first, last = starts[group], starts[group + 1]
        if last - first > 1:
            in_force[first:last] &= ~_overruled(links, over, int(first), int(last))
    return in_force, _ends(links, starts, in_force, day)


def _overruled(links: Links, over: Flags, first: int, last: int) -> Flags:
    overruled = np.zeros(last - first, np.bool_)
    for ended_link in (np.flatnonzero(over[first:last]) + first).tolist():
        part = slice(first, last)
        same_share = (
            np.isnan(links.share[part]) | np.isnan(links.share[ended_link]) | (links.share[part] == links.share[ended_link])
        )
        restarted = links.began[part] >= links.ended[ended_link]
        overruled |= same_share & ~restarted & (links.rank[part] <= links.rank[ended_link])
    return overruled


def _ends(links: Links, starts: NDArray[np.int64], in_force: Flags, day: int) -> Whole:
    first = starts[:-1]
    if not len(first):
        return np.empty(0, np.int32)
    last_end = np.maximum.reduceat(links.ended, first)
    still = np.logical_or.reduceat(in_force & (links.ended == 0), first)
    return np.where(still | (last_end > day), 0, last_end).astype(np.int32)
