"""Trade between nodes as the ring detectors read it: who sold how much to whom, without trade inside a known group."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Real
from graph.network.network import Network

DIRECTED, UNDIRECTED = "SUPPLIES", "TRADES_WITH"
GROUP = ("OWNS", "CONTROLS", "BRANCH_OF", "SUCCEEDS")

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Trades:
    """One row a pair of seller and buyer, ordered by both: yuan over the window; `starts` are the rows of each seller.

    `tie` is a place in `Ties` behind the row. `sold`, `bought` and `volume` are yuan per node over all its trade, that
    inside its group and trade without a told direction (in `volume` only) included.
    """

    starts: Places
    seller: Places
    buyer: Places
    amount: Real
    tie: Places
    sold: Real
    bought: Real
    volume: Real

    def within(self, members: tuple[int, ...]) -> Places:
        """Rows between two members."""
        member_nodes = np.array(members)
        rows = np.concatenate([np.arange(self.starts[member], self.starts[member + 1]) for member in members])
        return np.asarray(rows[np.isin(self.buyer[rows], member_nodes)], np.int64)


def trades_of(network: Network) -> Trades:
    """Trade between different nodes that are not of one known group. Trade of unknown direction counts as volume only."""
    ties, nodes, count = network.ties, network.nodes, len(network)
    places = ties.of_kind(DIRECTED)
    seller, buyer = nodes[ties.source[places]].astype(np.int64), nodes[ties.target[places]].astype(np.int64)
    amount = np.nan_to_num(ties.amount[places])
    sold = np.asarray(np.bincount(seller, amount, count), np.float64)
    bought = np.asarray(np.bincount(buyer, amount, count), np.float64)
    apart = ~_same_group(network, seller, buyer) & (seller != buyer) & (amount > 0)
    seller, buyer, amount, places = seller[apart], buyer[apart], amount[apart], places[apart]
    key, first, place = np.unique(seller * count + buyer, return_index=True, return_inverse=True)
    return Trades(
        starts=np.concatenate(([0], np.cumsum(np.bincount(key // max(count, 1), minlength=count)))).astype(np.int64),
        seller=key // max(count, 1),
        buyer=key % max(count, 1),
        amount=np.asarray(np.bincount(place, amount, len(key)), np.float64),
        tie=places[first],
        sold=sold,
        bought=bought,
        volume=sold + bought + _undirected(network),
    )


def connected_sets(left: Places, right: Places) -> Iterator[tuple[int, ...]]:
    """Connected sets of these pairs, each ordered."""
    nodes, place = np.unique(np.concatenate((left, right)), return_inverse=True)
    if not len(nodes):
        return
    label = components(place[: len(left)], place[len(left) :], len(nodes))
    members_by_set: dict[int, list[int]] = defaultdict(list)
    for node, group in zip(nodes.tolist(), label.tolist(), strict=True):
        members_by_set[group].append(node)
    yield from (tuple(members) for members in members_by_set.values())


def components(left: NDArray[np.integer], right: NDArray[np.integer], count: int) -> NDArray[np.int32]:
    """The connected set of each of `count` nodes, as a number."""
    if not len(left):
        return np.arange(count, dtype=np.int32)
    from scipy.sparse import csr_matrix  # Half a second to load, where nothing is connected for nothing.
    from scipy.sparse.csgraph import connected_components

    graph = csr_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels


def _undirected(network: Network) -> Real:
    ties, nodes, count = network.ties, network.nodes, len(network)
    places = ties.of_kind(UNDIRECTED)
    amount = np.nan_to_num(ties.amount[places])
    ends = np.bincount(nodes[ties.source[places]], amount, count) + np.bincount(nodes[ties.target[places]], amount, count)
    return np.asarray(ends, np.float64)


def _same_group(network: Network, seller: Places, buyer: Places) -> NDArray[np.bool_]:
    """Whether both are of one known group: trade inside a group is no sign."""
    ties, count = network.ties, len(network)
    places = ties.of_kind(*GROUP)
    stake = np.array([ties.kinds[kind] == "OWNS" for kind in ties.kind[places]], np.bool_)
    strong = ~stake | (np.nan_to_num(ties.share[places]) >= 0.5)
    left, right = network.nodes[ties.source[places[strong]]], network.nodes[ties.target[places[strong]]]
    firms = network.receives[left] & network.receives[right]
    group = components(left[firms], right[firms], count)
    same_group: NDArray[np.bool_] = group[seller] == group[buyer]
    return same_group
