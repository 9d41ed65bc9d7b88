"""Rings that conjure credit by trading among themselves: cases for review with evidence for and against, never listings.

Two shapes are looked for in the trade of the window: parties that trade both ways in similar amounts, and one-way circles of
similar amounts. Not found: rings whose inner trade is small beside their outer trade, circles longer than `cycle_max` or of
unlike amounts, chains that do not close, and trade whose direction no source states.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.network.links import Real, day_number
from graph.network.network import Network
from graph.network.rulings import Ruling
from graph.signals.circulation import Circles, MutualTrade, mutual_trade, trade_circles
from graph.signals.trades import Places, Trades, connected_sets, trades_of
from graph.signals.trust import Trust
from ontology.ring import RingVerdict

BURST_DAYS = 30


@dataclass(frozen=True)
class Ring:
    """A case: its members in order, its shape, and the figures that speak for and against it.

    id:          the same for the same members
    inner_share: part of the members' trade that stays among them, 0..1
    balance:     how evenly inside trade goes in and out of the members, 0..1
    reciprocity: part of the inner trade that goes straight back to whom it came from, 0..1
    verified:    part of the inner trade that tax, customs or a court confirmed, 0..1
    burst:       greatest part of the dated inner trade within any 30 days, 0..1; None where no day is known
    reports:     number of good reports on members, by members and by anybody
    shared:      what two or more members have in common: (`address`, kind of contact or `person`, the value or name)
    ruling:      the last ruling of a person on exactly these members, None before one
    """

    id: str
    members: tuple[int, ...]
    shape: str
    inner_share: float
    balance: float
    reciprocity: float
    verified: float
    burst: float | None
    reports: tuple[int, int]
    shared: tuple[tuple[str, str], ...]
    ties: tuple[int, ...]
    ruling: Ruling | None = None

    @property
    def strength(self) -> float:
        """What orders the cases, 0..1: how closed and how even the trade is."""
        return self.inner_share * self.balance

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed it: then what it inflated does not count."""
        return self.ruling is not None and self.ruling.verdict is RingVerdict.CONFIRMED

    @property
    def dismissed(self) -> bool:
        """Whether a person dismissed it: then it is no case any more."""
        return self.ruling is not None and self.ruling.verdict is RingVerdict.DISMISSED


@dataclass(frozen=True)
class Circulation:
    """Circular trade of a network, and how strong it is at each node, before cases are made of it."""

    network: Network

    @cached_property
    def trades(self) -> Trades:
        """The trade looked at."""
        return trades_of(self.network)

    @cached_property
    def mutual(self) -> MutualTrade:
        """Mutual trade and its cores."""
        return mutual_trade(self.trades, self.network.rulebook.rings)

    @cached_property
    def circles(self) -> Circles:
        """One-way circles."""
        return trade_circles(self.trades, self.network.rulebook.rings)

    @cached_property
    def strength(self) -> Real:
        """Per node the part of its trade that is circular, 0..1, by the detector that finds more. A number, not a case."""
        return np.where(self.network.receives, np.maximum(self.mutual.core, self.circles.node), 0.0)


def rings(circulation: Circulation) -> tuple[Ring, ...]:
    """Every case, the strongest first: those found, and those a person has confirmed whether they are still found or not."""
    network = circulation.network
    shape_by_members = dict.fromkeys(_mutual_sets(circulation), "mutual")
    for members in _circle_sets(circulation):
        shape_by_members.setdefault(members, "circle")
    cases = [_case(circulation, members, shape) for members, shape in shape_by_members.items()]
    rule = network.rulebook.rings
    closed = {case.id: case for case in cases if case.inner_share >= rule.inner_share_min and case.balance >= rule.balance_min}
    for ruling in network.rulings.values():
        if ruling.verdict is RingVerdict.CONFIRMED and len(ruling.nodes) > 1:
            closed.setdefault(network.case_id(ruling.nodes), _case(circulation, ruling.nodes, ruling.shape))
    return tuple(sorted(closed.values(), key=lambda case: (-case.strength, case.members)))


def conjured_gain(network: Network, trust: Trust, members: tuple[int, ...]) -> float:
    """Trust of the members divided by their trust without inner ties; 1 where they have none. Solves trust once more."""
    trust_with_inner = trust.value[list(members)].sum()
    if trust_with_inner <= 0:
        return 1.0
    inner = np.isin(trust.flow.sender, members) & np.isin(trust.flow.receiver, members)
    return float(trust_with_inner / max(trust.without(inner)[list(members)].sum(), 1e-12))


def _mutual_sets(circulation: Circulation) -> Iterable[tuple[int, ...]]:
    """Sets that remain when every party that does too little of its trade with the others is peeled off."""
    pairs, rule = circulation.mutual, circulation.network.rulebook.rings
    core = (pairs.core[pairs.left] >= rule.core_min) & (pairs.core[pairs.right] >= rule.core_min)
    return [
        members
        for members in connected_sets(pairs.left[core], pairs.right[core])
        if rule.size_min <= len(members) <= rule.size_max
    ]


def _circle_sets(circulation: Circulation) -> Iterator[tuple[int, ...]]:
    """Parties that circles join, each set cut where closed and even trade is greatest."""
    trades, rule = circulation.trades, circulation.network.rulebook.rings
    rows = np.flatnonzero(circulation.circles.row >= rule.circle_min)
    for members in connected_sets(trades.seller[rows], trades.buyer[rows]):
        if len(members) >= rule.size_min:
            yield _swept(circulation, members)


def _swept(circulation: Circulation, members: tuple[int, ...]) -> tuple[int, ...]:
    """The first k members, by the strength of their circles, whose inner share times balance is greatest: a local sweep."""
    trades, rule = circulation.trades, circulation.network.rulebook.rings
    ordered = sorted(members, key=lambda node: (-circulation.circles.node[node], node))[: rule.size_max]
    rank = {node: place for place, node in enumerate(ordered)}
    rows = trades.within(tuple(sorted(ordered)))
    seller, buyer = (np.array([rank[node] for node in side[rows].tolist()], np.int64) for side in (trades.seller, trades.buyer))
    amount, volume, last = trades.amount[rows], np.cumsum(trades.volume[ordered]), np.maximum(seller, buyer)
    best, size = -1.0, len(ordered)
    for k in range(rule.size_min, len(ordered) + 1):
        inside = last < k
        sold = np.bincount(seller[inside], amount[inside], k)
        bought = np.bincount(buyer[inside], amount[inside], k)
        value = 2 * np.minimum(sold, bought).sum() / max(float(volume[k - 1]), 1e-9)
        if value > best:
            best, size = value, k
    return tuple(sorted(ordered[:size]))


def _case(circulation: Circulation, members: tuple[int, ...], shape: str) -> Ring:
    network, trades = circulation.network, circulation.trades
    rows, place = trades.within(members), {node: number for number, node in enumerate(members)}
    seller, buyer = (np.array([place[node] for node in side[rows].tolist()], np.int64) for side in (trades.seller, trades.buyer))
    amount, size = trades.amount[rows], len(members)
    between = np.zeros((size, size))
    between[seller, buyer] = amount
    sold, bought, whole = between.sum(axis=1), between.sum(axis=0), max(float(amount.sum()), 1e-9)
    id_, ties = network.case_id(members), trades.tie[rows]
    return Ring(
        id=id_,
        members=members,
        shape=shape,
        inner_share=float(2 * amount.sum() / max(trades.volume[list(members)].sum(), 1e-9)),
        balance=float((np.minimum(sold, bought) / np.maximum(np.maximum(sold, bought), 1e-9)).mean()),
        reciprocity=float(np.minimum(between, between.T).sum() / whole),
        verified=float(amount[network.ties.verified[ties]].sum() / whole),
        burst=_burst(network, ties),
        reports=_reports(network, members),
        shared=_shared(network, members),
        ties=tuple(sorted(set(ties.tolist()))),
        ruling=network.rulings.get(id_),
    )


def _burst(network: Network, ties: Places) -> float | None:
    """Greatest part of the dated trade behind these ties within any BURST_DAYS."""
    links = network.facts.links
    day_amounts = [
        (day_number(links["began_on"][row]), abs(links["amount"][row] or 0.0))
        for tie in ties.tolist()
        for row in network.link_rows(tie).tolist()
    ]
    dated = np.array(sorted((day, amount) for day, amount in day_amounts if day), np.float64).reshape(-1, 2)
    if not len(dated) or not dated[:, 1].sum():
        return None
    total = np.concatenate(([0.0], np.cumsum(dated[:, 1])))
    ends = np.searchsorted(dated[:, 0], dated[:, 0] + BURST_DAYS, side="left")
    return float((total[ends] - total[np.arange(len(dated))]).max() / total[-1])


def _reports(network: Network, members: tuple[int, ...]) -> tuple[int, int]:
    """Good reports on members: those members told, and all."""
    rows = np.concatenate([network.reports_on(member) for member in members])
    good = rows[network.experiences.weight[rows] > 0]
    inside = np.isin(network.nodes[network.experiences.reporter[good]], members)
    return int(inside.sum()), len(good)


def _shared(network: Network, members: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    within = set(members)
    sharers_max = network.rulebook.possible_succession.sharers_max
    shared_values = []
    for hub in range(len(network.hubs)):
        sharers = network.hubs.sharers(hub)
        if len(sharers) <= sharers_max and len(within & set(network.nodes[sharers].tolist())) > 1:
            shared_values.append((network.hubs.value_kind(hub), network.hubs.display_values[hub]))
    pairs = network.any_pairs
    common = np.isin(pairs.left, members) & np.isin(pairs.right, members)
    persons = sorted({("person", network.parties.names[person]) for person in pairs.person[common].tolist()})
    return (*sorted(shared_values), *persons)
