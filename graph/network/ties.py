"""Ties between parties: all links of one kind between two parties as one tie, the best-ranked source first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Links, Real, Whole
from graph.network.links_in_force import links_in_force
from graph.network.stakes import tie_stakes
from graph.network.trade_volumes import trade_volumes
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import TieClass

TRADE = frozenset({TieClass.TRADE, TieClass.AWARD})
SOURCES_DIFFER, STAKES_ABOVE_ONE = "sources_differ", "stakes_above_one"


@dataclass(frozen=True)
class Ties:
    """One row a tie, ordered by kind, source, target. Party columns are places in `Parties`.

    share:     stake 0..1, NaN where unknown
    indirect:  whether the sources state the stake only as held through others, and no chain of stakes to it
    amount:    yuan, over the window where the tie is trade; NaN where unknown
    carries:   whether it may carry a signal on the day (in force, not released, within the window)
    part_of_source, part_of_target: v, the tie's part of that party's whole trade volume, 0..1
    starts, links: `links[starts[i]:starts[i + 1]]` are the rows of `network/links` behind tie i, the best first
    """

    kinds: tuple[str, ...]
    kind: NDArray[np.int16]
    source: Whole
    target: Whole
    share: Real
    indirect: NDArray[np.bool_]
    amount: Real
    verified: NDArray[np.bool_]
    began: Whole
    ended: Whole
    carries: NDArray[np.bool_]
    part_of_source: Real
    part_of_target: Real
    starts: NDArray[np.int64]
    links: NDArray[np.int64]
    flags: Mapping[int, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.kind)

    def of_kind(self, *kinds: str) -> NDArray[np.int64]:
        """Places of the ties of these kinds that carry."""
        selected = np.array([kind in kinds for kind in self.kinds])
        return np.flatnonzero(selected[self.kind] & self.carries) if len(self) else np.empty(0, np.int64)


def ties_from(links: Links, *, parties: int, rulebook: Rulebook, as_of: date) -> Ties:
    """Fold links into ties. `parties` is how many parties there are."""
    links = links.select(np.lexsort((links.row, -links.rank, links.target, links.source, links.kind)))
    starts = _starts(links)
    classes = [kind.tie_class for kind in rulebook.ties.values()]
    trades = np.array([tie_class in TRADE for tie_class in classes])[links.kind]
    groups = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    lasting = np.array([kind.outlasts_end for kind in rulebook.ties.values()])[links.kind]
    in_force, ended = links_in_force(links, starts, lasting=lasting, day=as_of.toordinal())
    share, differ = tie_stakes(links, starts, in_force)
    trade = trade_volumes(links, groups, trades=trades, rulebook=rulebook, as_of=as_of)
    first = starts[:-1]
    traded = trades[first] if len(first) else np.empty(0, np.bool_)
    amount = np.where(traded, trade.amount, links.amount[first])
    carries = np.where(traded, trade.counts, np.logical_or.reduceat(in_force, first) if len(first) else traded)
    kind, source, target = links.kind[first], links.source[first], links.target[first]
    counted = np.array([tie_class is TieClass.TRADE for tie_class in classes])[kind]
    volume = _volume(source, target, np.where(counted & carries, amount, 0.0), parties)
    award = np.array([tie_class is TieClass.AWARD for tie_class in classes])[kind]
    awarded = np.bincount(target, np.where(award & carries, amount, 0.0), parties)
    carried_amount = np.where(carries & traded, np.nan_to_num(amount), 0.0)
    return Ties(
        kinds=tuple(rulebook.ties),
        kind=kind,
        source=source,
        target=target,
        share=share,
        indirect=~np.isnan(share) & ~_has_direct_share(links, starts, in_force),
        amount=amount,
        verified=np.logical_or.reduceat(links.verified, first) if len(first) else traded,
        began=links.began[first],
        ended=ended,
        carries=carries,
        part_of_source=_part(carried_amount, volume[source]),
        part_of_target=_part(carried_amount, np.where(award, awarded[target], volume[target])),
        starts=starts,
        links=links.row,
        flags=_flags(differ | trade.differ, kind, target, np.where(carries, share, 0.0), rulebook),
    )


def _has_direct_share(links: Links, starts: NDArray[np.int64], in_force: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Per tie whether a link that stands tells a share of it held directly."""
    direct_shares = in_force & ~links.indirect & ~np.isnan(links.share)
    return np.logical_or.reduceat(direct_shares, starts[:-1]) if len(starts) > 1 else np.empty(0, np.bool_)


def _starts(links: Links) -> NDArray[np.int64]:
    if not len(links):
        return np.zeros(1, np.int64)
    new = (np.diff(links.kind) != 0) | (np.diff(links.source) != 0) | (np.diff(links.target) != 0)
    return np.concatenate(([0], np.flatnonzero(new) + 1, [len(links)]))


def _volume(source: Whole, target: Whole, amount: Real, parties: int) -> Real:
    sold, bought = np.bincount(source, amount, parties), np.bincount(target, amount, parties)
    return np.asarray(sold + bought, np.float64)


def _part(amount: Real, whole: Real) -> Real:
    return np.divide(amount, whole, out=np.zeros_like(amount), where=whole > 0)


def _flags(
    differ: set[int], kind: NDArray[np.int16], target: Whole, share: Real, rulebook: Rulebook
) -> dict[int, tuple[str, ...]]:
    flags: dict[int, tuple[str, ...]] = dict.fromkeys(sorted(differ), (SOURCES_DIFFER,))
    owns = np.flatnonzero(kind == list(rulebook.ties).index("OWNS"))
    sums = np.bincount(target[owns], np.nan_to_num(share[owns]), target.max(initial=-1) + 1)
    for tie in owns[sums[target[owns]] > 1 + 1e-9].tolist():
        flags[tie] = (*flags.get(tie, ()), STAKES_ABOVE_ONE)
    return flags
