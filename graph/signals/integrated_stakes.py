"""Integrated stakes over chains and cycles of ownership, from all sources together and from each source alone."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Real, day_number
from graph.network.network import Network

WHOLE = 1 - 1e-9
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Owner:
    """A party with a stake in another, directly or through others.

    direct:   share held directly, 0..1; None where it holds none, or no source states its direct share
    stake:    integrated stake, 0..1: what would reach it of one yuan paid out by the party asked about
    ultimate: whether no owner of it is known
    """

    party: int
    direct: float | None
    stake: float
    ultimate: bool


@dataclass(frozen=True)
class OwnerStakes:
    """Owners of one party, the greatest stake first. `closed`: firms that wholly own each other and lead to no owner."""

    owners: tuple[Owner, ...]
    closed: tuple[int, ...]


@dataclass(frozen=True)
class SourceStake:
    """A stake as one source states it: its dataset, the share (None where it gives none), and the row of `network/links`."""

    dataset: str
    share: float | None
    row: int


@dataclass(frozen=True)
class Ownership:
    """Computes owners and stakes over one network; stakes in one party that sum above one are scaled to one, as for risk."""

    network: Network

    def owners_of(self, party: int, *, dataset: str | None = None) -> OwnerStakes:
        """All direct and indirect owners of a party; with `dataset` from the stakes that this one source states."""
        parties, stakes = self._above(party, dataset)
        integrated = integrate_stakes(parties.index(party), len(parties), stakes).for_parties(parties)
        ties = self.network.ties
        through = {int(ties.source[tie]) for tie in self._into(party).tolist() if ties.indirect[tie]}
        return OwnerStakes(
            tuple(replace(owner, direct=None) if owner.party in through else owner for owner in integrated.owners),
            integrated.closed,
        )

    def holdings(self, party: int) -> list[int]:
        """Ties of ownership into a party that are in force, the greatest share first."""
        ties = self.network.ties
        return sorted(self._into(party).tolist(), key=lambda tie: (-np.nan_to_num(ties.share[tie]), int(ties.source[tie])))

    def stakes_by_source(self, tie: int) -> tuple[SourceStake, ...]:
        """The latest statement of each source on a stake in force, the best source first."""
        links, day, latest_by_dataset = self.network.facts.links, self.network.as_of.toordinal(), dict[str, SourceStake]()
        for row in sorted(self.network.link_rows(tie).tolist(), key=lambda row: -day_number(links["began_on"][row])):
            ended = day_number(links["ended_on"][row])
            if not ended or ended > day:
                latest_by_dataset.setdefault(links["dataset"][row], SourceStake(links["dataset"][row], links["share"][row], row))
        ranks = {row: place for place, row in enumerate(self.network.link_rows(tie).tolist())}
        return tuple(sorted(latest_by_dataset.values(), key=lambda stake: ranks[stake.row]))

    def datasets(self, party: int) -> tuple[str, ...]:
        """Datasets that state a stake anywhere in the chains of ownership above a party."""
        parties, _ = self._above(party, None)
        return tuple(
            sorted(
                {stake.dataset for holder in parties for tie in self._into(holder) for stake in self.stakes_by_source(int(tie))}
            )
        )

    def _above(self, party: int, dataset: str | None) -> tuple[list[int], dict[tuple[int, int], float]]:
        """Parties from which stakes lead to one, itself first, and the stakes between them by their places in that list."""
        place, waiting, stakes = {party: 0}, deque([party]), dict[tuple[int, int], float]()
        while waiting:
            owned = waiting.popleft()
            for tie, share in self._shares(owned, dataset):
                owner = int(self.network.ties.source[tie])
                if owner not in place:
                    place[owner] = len(place)
                    waiting.append(owner)
                stakes[place[owner], place[owned]] = share
            if own_stock := self._held_in_itself(owned, dataset):
                held_by_others = sum(share for (_, into), share in stakes.items() if into == place[owned])
                stakes[place[owned], place[owned]] = min(own_stock, max(1.0 - held_by_others, 0.0))
        return list(place), stakes

    def _held_in_itself(self, party: int, dataset: str | None) -> float:
        """Share of its own stock that a party holds, 0..1: it belongs to its other holders in proportion."""
        shares = [share for source, share in self.network.own_stock.get(party, ()) if dataset in (None, source)]
        return max(shares, default=0.0)

    def _shares(self, party: int, dataset: str | None) -> Iterable[tuple[int, float]]:
        ties = self._into(party).tolist()
        if dataset is None:
            return [(tie, float(self.network.shares[tie])) for tie in ties if self.network.shares[tie] > 0]
        stakes = [
            (tie, stake.share) for tie in ties for stake in self.stakes_by_source(tie) if stake.dataset == dataset and stake.share
        ]
        whole = max(1.0, sum(share for _, share in stakes))
        return [(tie, share / whole) for tie, share in stakes]

    def _into(self, party: int) -> Places:
        """Ties of ownership in force that lead into a party, in order."""
        ties, around = self.network.ties, self.network.ties_at(party)
        owned = (ties.target[around] == party) & ties.carries[around]
        into: Places = around[owned & (ties.kind[around] == ties.kinds.index("OWNS"))]
        return into


@dataclass(frozen=True)
class IntegratedStakes:
    """Stakes in one party by place: `stake` 0..1, `direct` not-a-number where none, `ultimate`, and places of closed sets."""

    stake: Real
    direct: Real
    ultimate: NDArray[np.bool_]
    closed: tuple[int, ...]

    def for_parties(self, parties: list[int]) -> OwnerStakes:
        """The same with the parties at those places."""
        owners = [
            Owner(
                party=parties[place],
                direct=None if np.isnan(self.direct[place]) else float(self.direct[place]),
                stake=float(self.stake[place]),
                ultimate=bool(self.ultimate[place]),
            )
            for place in np.flatnonzero(self.stake > 0).tolist()
        ]
        ordered = sorted(owners, key=lambda owner: (-owner.stake, owner.party))
        return OwnerStakes(tuple(ordered), tuple(parties[place] for place in self.closed))


def integrate_stakes(party: int, count: int, stakes: Mapping[tuple[int, int], float]) -> IntegratedStakes:
    """The integrated stakes in `party` of all other places, over chains and cycles.

    stakes: (owner, owned) -> share 0..1, what is held of one party sums to at most 1; count: places 0..count-1.
    With A the matrix of stakes and M = (I - A)^-1, owner i has M[i, party] / M[i, i]: walks that come back to i are what i
    holds in itself and count once (Baldone, Brioschi, Paleari 1998). For an owner nobody owns that is its row of
    (I - A)^-1 A, and such owners' stakes sum to what is told (Chapelle, Szafarz 2005). Firms that wholly own each other make
    I - A singular: they have no ultimate owner, are named in `closed`, and no stake is led through them.

    >>> integrated = integrate_stakes(0, 3, {(1, 0): 0.6, (2, 1): 0.5, (0, 1): 0.5})
    >>> [round(float(stake), 6) for stake in integrated.stake], integrated.closed
    ([0.0, 0.6, 0.428571], ())
    """
    direct = np.full(count, np.nan)
    for (owner, owned), share in stakes.items():
        if owned == party:
            direct[owner] = share
    if not stakes:
        return IntegratedStakes(np.zeros(count), direct, np.ones(count, np.bool_), ())
    owned_by_others = np.zeros(count, np.bool_)
    owned_by_others[[owned for owner, owned in stakes if owner != owned]] = True
    chained = _walks_without_cycles(party, count, stakes)
    if chained is not None:
        return IntegratedStakes(chained, direct, ~owned_by_others, ())
    rows, columns = (np.array([pair[side] for pair in stakes], np.int64) for side in (0, 1))
    shares = np.array(list(stakes.values()), np.float64)
    from scipy.sparse import csc_matrix, identity  # Loaded where stakes go in circles: it takes half a second.
    from scipy.sparse.linalg import splu

    cyclic, closed = _cycles(rows, columns, shares, count)
    open_ = ~np.isin(rows, closed) | ~np.isin(columns, closed)
    matrix = csc_matrix((shares[open_], (rows[open_], columns[open_])), shape=(count, count))
    solver = splu(identity(count, format="csc") - matrix)
    walks = solver.solve(_unit(party, count))
    for node in cyclic:
        if node not in closed:
            walks[node] /= solver.solve(_unit(node, count))[node]
    walks[party] = 0.0
    return IntegratedStakes(
        np.maximum(walks, 0.0), direct, ~owned_by_others, closed
    )  # Rounding leaves less than nothing here and there.


def _walks_without_cycles(party: int, count: int, stakes: Mapping[tuple[int, int], float]) -> Real | None:
    """What reaches each place but the party itself, led from owned to owner; None where stakes go in circles."""
    owners: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    holdings_left = [0] * count
    for (owner, owned), share in stakes.items():
        owners[owned].append((owner, share))
        holdings_left[owner] += 1
    walks = _unit(party, count)
    ready = [place for place in range(count) if not holdings_left[place]]
    for owned in ready:  # Grows while it is walked: an owner is ready once all it holds has been led on.
        for owner, share in owners[owned]:
            walks[owner] += share * walks[owned]
            holdings_left[owner] -= 1
            if not holdings_left[owner]:
                ready.append(owner)
    walks[party] = 0.0
    return walks if len(ready) == count else None


def _cycles(rows: Places, columns: Places, shares: Real, count: int) -> tuple[list[int], tuple[int, ...]]:
    """Places that lie on a cycle, and those in sets that wholly own each other."""
    from scipy.sparse import csc_matrix
    from scipy.sparse.csgraph import connected_components

    graph = csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    label = connected_components(graph, directed=True, connection="strong")[1]
    inner = label[rows] == label[columns]
    inner_shares = np.bincount(columns[inner], shares[inner], count)
    least = np.full(count, np.inf)
    np.minimum.at(least, label, inner_shares)
    on_cycle = np.isin(np.arange(count), columns[inner])
    return np.flatnonzero(on_cycle).tolist(), tuple(np.flatnonzero(on_cycle & (least[label] >= WHOLE)).tolist())


def _unit(place: int, count: int) -> Real:
    unit = np.zeros(count)
    unit[place] = 1.0
    return unit
