"""The stake behind a tie of ownership: the same stake stated by several sources counts once."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graph.network.facts import FactColumns
from graph.network.links import Links, Real, day_number
from graph.network.parties import Parties

ALIKE = 0.01  # Sources round to whole percents: a smaller difference is none.


def tie_stakes(links: Links, starts: NDArray[np.int64], in_force: NDArray[np.bool_]) -> tuple[Real, set[int]]:
    """Stake per tie (0..1, NaN where unknown), and the ties whose sources differ.

    One fact per dataset and day of beginning. Facts of several days in one dataset are tranches and add up. The dataset of
    the best class gives the stake; among equal classes the one with the latest beginning.
    """
    first = starts[:-1]
    share = links.share[first].copy()
    if len(first):
        share[~in_force[first]] = np.nan
    several = np.flatnonzero((np.diff(starts) > 1) & _has_share(links, starts))
    differ = {tie for tie in several.tolist() if _write_stake(links, starts, in_force, tie, share)}
    return share, differ


def own_stock_from(links: FactColumns, parties: Parties, *, day: int) -> Mapping[int, tuple[tuple[str, float], ...]]:
    """By party, what each source states in force on a day (its number) of its stake in itself: dataset and share 0..1."""
    stakes_by_party: dict[int, list[tuple[str, float]]] = defaultdict(list)
    ends = zip(links["source_id"], links["target_id"], strict=True)
    for row in (row for row, (owner, owned) in enumerate(ends) if owner == owned):
        begun, ended = day_number(links["began_on"][row]), day_number(links["ended_on"][row])
        if links["kind"][row] == "OWNS" and links["share"][row] and begun <= day and (not ended or ended > day):
            party = parties.index.get(links["source_id"][row])
            if party is not None:
                stakes_by_party[party].append((links["dataset"][row], float(links["share"][row])))
    return {party: tuple(stakes) for party, stakes in stakes_by_party.items()}


def _has_share(links: Links, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.logical_or.reduceat(~np.isnan(links.share), starts[:-1]) if len(starts) > 1 else np.empty(0, np.bool_)


def _write_stake(links: Links, starts: NDArray[np.int64], in_force: NDArray[np.bool_], tie: int, share: Real) -> bool:
    """Write the stake of one tie into `share`; True where its sources differ."""
    tranches: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for link in range(int(starts[tie]), int(starts[tie + 1])):
        if in_force[link] and not np.isnan(links.share[link]):
            shares_by_day = tranches[int(links.rank[link]), int(links.dataset[link])]
            shares_by_day[int(links.began[link])] = max(float(links.share[link]), shares_by_day.get(int(links.began[link]), 0.0))
    if not tranches:
        share[tie] = np.nan
        return False
    sums = {source: min(1.0, sum(days.values())) for source, days in tranches.items()}
    best = max(tranches, key=lambda source: (source[0], max(tranches[source]), -source[1]))
    share[tie] = sums[best]
    return any(abs(total - sums[best]) > ALIKE for total in sums.values())
