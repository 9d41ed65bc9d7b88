"""Rings that conjure credit by trading among themselves: cases for review with evidence for and against, never listings.

Two shapes are looked for in the trade of the window: parties that trade both ways in equal measure (peeled to a
k-core), and one-way circles whose members pass on about what they receive. Not found: rings whose inner trade is
small beside their outer trade, and chains that do not close.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from graph.network.links import Real
from graph.network.network import Network
from graph.signals.trust import Trust

TRADE = ("SUPPLIES", "TRADES_WITH")
GROUP = ("OWNS", "CONTROLS", "BRANCH_OF", "SUCCEEDS")


@dataclass(frozen=True)
class Ring:
    """A case: its members in order, its shape, and the figures that speak for and against it.

    inner_share: part of the members' trade that stays among them, 0..1
    balance:     how evenly inside trade goes in and out of the members, 0..1
    verified:    part of the inner trade that tax, customs or a court confirmed, 0..1
    gain:        trust of the members divided by their trust without the inner trade; 1 = nothing conjured
    shared:      what two or more members have in common: (`address`, kind of contact or `person`, the value or name)
    """

    members: tuple[int, ...]
    shape: str
    inner_share: float
    balance: float
    verified: float
    gain: float
    shared: tuple[tuple[str, str], ...]
    ties: tuple[int, ...]

    @property
    def strength(self) -> float:
        """What orders the cases, 0..1: how closed and how even the trade is."""
        return self.inner_share * self.balance


@dataclass(frozen=True)
class _Trade:
    """Directed trade between nodes over the window, groups left out: sender, receiver, yuan, place of the tie."""

    sender: NDArray[np.int64]
    receiver: NDArray[np.int64]
    amount: Real
    tie: NDArray[np.int64]
    volume: Real


def rings(network: Network, trust: Trust) -> tuple[Ring, ...]:
    """Every case, the strongest first."""
    trade = _trade(network)
    found = dict.fromkeys(_mutual(network, trade), "mutual")
    for members in _circles(network, trade):
        found.setdefault(members, "circle")
    cases = [_case(network, trust, trade, members, shape) for members, shape in found.items()]
    rule = network.rulebook.rings
    closed = [case for case in cases if case.inner_share >= rule.inner_share_min and case.balance >= rule.balance_min]
    return tuple(sorted(closed, key=lambda case: (-case.strength, case.members)))


def _trade(network: Network) -> _Trade:
    """Trade between unlike parties; a symmetric tie counts half each way."""
    ties, nodes = network.ties, network.nodes
    places = ties.of_kind(*TRADE)
    sender, receiver = nodes[ties.source[places]].astype(np.int64), nodes[ties.target[places]].astype(np.int64)
    both = np.array([ties.kinds[kind] == "TRADES_WITH" for kind in ties.kind[places]], np.bool_)
    amount = np.nan_to_num(ties.amount[places]) * np.where(both, 0.5, 1.0)
    volume = np.asarray(np.bincount(sender, amount, len(network)) + np.bincount(receiver, amount, len(network)), np.float64)
    volume += np.bincount(sender[both], amount[both], len(network)) + np.bincount(receiver[both], amount[both], len(network))
    apart = ~_same_group(network, sender, receiver) & (sender != receiver) & (amount > 0)
    turned = apart & both
    return _Trade(
        np.concatenate((sender[apart], receiver[turned])),
        np.concatenate((receiver[apart], sender[turned])),
        np.concatenate((amount[apart], amount[turned])),
        np.concatenate((places[apart], places[turned])),
        volume,
    )


def _same_group(network: Network, sender: NDArray[np.int64], receiver: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether both are of one known group: trade inside a group is no sign."""
    ties, count = network.ties, len(network)
    places = ties.of_kind(*GROUP)
    stake = np.array([ties.kinds[kind] == "OWNS" for kind in ties.kind[places]], np.bool_)
    strong = ~stake | (np.nan_to_num(ties.share[places]) >= 0.5)
    one, two = network.nodes[ties.source[places[strong]]], network.nodes[ties.target[places[strong]]]
    firms = network.receives[one] & network.receives[two]
    group = _components(one[firms], two[firms], count)
    same: NDArray[np.bool_] = group[sender] == group[receiver]
    return same


def _mutual(network: Network, trade: _Trade) -> Iterable[tuple[int, ...]]:
    """Sets that remain when every party with fewer than k mutual partners is peeled off."""
    flow: dict[tuple[int, int], float] = defaultdict(float)
    for sender, receiver, amount in zip(trade.sender.tolist(), trade.receiver.tolist(), trade.amount.tolist(), strict=True):
        flow[sender, receiver] += amount
    rule = network.rulebook.rings
    partners: dict[int, set[int]] = defaultdict(set)
    for (one, two), amount in flow.items():
        back = flow.get((two, one), 0.0)
        close = (amount + back) >= rule.inner_share_min / 5 * min(trade.volume[one], trade.volume[two])
        if back and close and min(amount, back) / max(amount, back) >= rule.reciprocity_min:
            partners[one].add(two)
    return _within(network, _cores(partners, rule.k_min))


def _cores(partners: dict[int, set[int]], least: int) -> list[tuple[int, ...]]:
    weak = [party for party, others in partners.items() if len(others) < least]
    while weak:
        party = weak.pop()
        for other in partners.pop(party, set()):
            if other in partners:
                partners[other].discard(party)
                if len(partners[other]) == least - 1:
                    weak.append(other)
    one = [party for party, others in partners.items() for _ in others]
    two = [other for others in partners.values() for other in others]
    return _sets(one, two)


def _circles(network: Network, trade: _Trade) -> Iterable[tuple[int, ...]]:
    """Circles of main trade: an edge counts where it is a main part of what its sender sells and its receiver buys."""
    count, rule = len(network), network.rulebook.rings
    sold = np.bincount(trade.sender, trade.amount, count)
    bought = np.bincount(trade.receiver, trade.amount, count)
    main = trade.amount / np.maximum(sold[trade.sender], bought[trade.receiver]) >= rule.inner_share_min / 2
    graph = csr_matrix((np.ones(main.sum()), (trade.sender[main], trade.receiver[main])), shape=(count, count))
    label = connected_components(graph, directed=True, connection="strong")[1]
    inside = main.nonzero()[0][label[trade.sender[main]] == label[trade.receiver[main]]]
    return _within(network, _sets(trade.sender[inside].tolist(), trade.receiver[inside].tolist()))


def _within(network: Network, sets: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    rule = network.rulebook.rings
    return [members for members in sets if rule.size_min <= len(members) <= rule.size_max]


def _sets(one: Sequence[int], two: Sequence[int]) -> list[tuple[int, ...]]:
    """Connected sets, each ordered."""
    known = sorted({*one, *two})
    place = {party: number for number, party in enumerate(known)}
    ends = [np.array([place[party] for party in side], np.int64) for side in (one, two)]
    label = _components(ends[0], ends[1], len(known))
    found: dict[int, list[int]] = defaultdict(list)
    for party, group in zip(known, label.tolist(), strict=True):
        found[group].append(party)
    return [tuple(members) for members in found.values()]


def _components(one: NDArray[np.integer], two: NDArray[np.integer], count: int) -> NDArray[np.int32]:
    graph = csr_matrix((np.ones(len(one)), (one, two)), shape=(count, count))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels


def _case(network: Network, trust: Trust, trade: _Trade, members: tuple[int, ...], shape: str) -> Ring:
    inside = np.isin(trade.sender, members) & np.isin(trade.receiver, members)
    sold = np.bincount(trade.sender[inside], trade.amount[inside], len(network))[list(members)]
    bought = np.bincount(trade.receiver[inside], trade.amount[inside], len(network))[list(members)]
    amount = trade.amount[inside]
    confirmed = amount[network.ties.verified[trade.tie[inside]]].sum() / max(amount.sum(), 1e-9)
    return Ring(
        members=members,
        shape=shape,
        inner_share=float(2 * amount.sum() / max(trade.volume[list(members)].sum(), 1e-9)),
        balance=float((np.minimum(sold, bought) / np.maximum(np.maximum(sold, bought), 1e-9)).mean()),
        verified=float(confirmed),
        gain=_gain(network, trust, members),
        shared=_shared(network, members),
        ties=tuple(sorted(set(trade.tie[inside].tolist()))),
    )


def _gain(network: Network, trust: Trust, members: tuple[int, ...]) -> float:
    """Conjured gain: trust of the set with its inner ties over its trust without them; 1 where it has none."""
    held = trust.value[list(members)].sum()
    if held <= 0:
        return 1.0
    inner = np.isin(trust.flow.sender, members) & np.isin(trust.flow.receiver, members)
    return float(held / max(trust.without(inner)[list(members)].sum(), 1e-12))


def _shared(network: Network, members: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    within = set(members)
    few = network.rulebook.possible_succession.sharers_max
    found = []
    for hub in range(len(network.hubs)):
        sharers = network.hubs.sharers(hub)
        if len(sharers) <= few and len(within & set(network.nodes[sharers].tolist())) > 1:
            found.append((network.hubs.what(hub), network.hubs.shown[hub]))
    pairs = network.any_pairs
    common = np.isin(pairs.left, members) & np.isin(pairs.right, members)
    persons = sorted({("person", network.parties.names[person]) for person in pairs.person[common].tolist()})
    return (*sorted(found), *persons)
