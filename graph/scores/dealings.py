"""Counts of a node's dealings within the window, the input of the rulebook's counted signals."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.network.experiences import Experiences
from graph.network.links import Whole
from graph.network.network import Network
from graph.network.parties import AGENCY, FIRM
from graph.signals.signals import Signals
from ontology.rulebook_terms import add_months

DAYS_A_MONTH = 30.4375  # 365.25 / 12


@dataclass
class Dealings:
    """Counts of one node. Ages are days from the newest one; `units` are (reporter, day number) each."""

    invoices: int = 0
    on_time: int = 0
    payees: int = 0
    invoices_newest: int = 0
    orders: int = 0
    disputes: int = 0
    orders_newest: int = 0
    contracts: list[tuple[int, int]] = field(default_factory=list)
    public_contracts: list[tuple[int, int]] = field(default_factory=list)
    endorsers: dict[int, int] = field(default_factory=dict)


def dealings(network: Network, signals: Signals) -> dict[int, Dealings]:
    """Dealings by subject node within the rulebook's window.

    Dealings inside a ring that a person confirmed are left out; dealings on platforms already inside a possible ring. The
    filter runs before any platform point counts.
    """
    experiences, nodes = network.experiences, network.nodes
    window_start = add_months(network.as_of, -network.rulebook.score.dealings_window_months).toordinal()
    experiences = experiences.select(
        (experiences.day > window_start) & ~network.within_confirmed_ring(nodes[experiences.reporter], nodes[experiences.subject])
    )
    delivered = experiences.with_outcome("delivered")
    invoices, good = (
        experiences.with_outcome("paid_on_time", "paid_late", "defaulted") & experiences.about_dealing("invoice"),
        experiences.weight > 0,
    )
    platform = experiences.about_dealing("order", "rating")
    orders, contracts, ratings = (
        experiences.about_dealing("order"),
        experiences.about_dealing("contract"),
        experiences.about_dealing("rating"),
    )
    reporter, subject = nodes[experiences.reporter].astype(np.int64), nodes[experiences.subject].astype(np.int64)
    apart = reporter != subject
    dealings_by_node = _bills(reporter, subject, experiences, np.flatnonzero(invoices & apart))
    others = np.flatnonzero(~invoices & apart)
    columns = (others, reporter[others], subject[others], experiences.day[others])
    for row, reporter_node, node, day in zip(*(column.tolist() for column in columns), strict=True):
        if platform[row] and _same_ring(signals, reporter_node, node):
            continue
        counts = dealings_by_node[node]
        if orders[row]:
            counts.orders, counts.disputes = counts.orders + 1, counts.disputes + int(experiences.disputed[row])
            counts.orders_newest = max(counts.orders_newest, day)
        elif contracts[row] and delivered[row]:
            public = network.parties.kind[experiences.reporter[row]] == AGENCY
            (counts.public_contracts if public else counts.contracts).append((reporter_node, day))
        elif ratings[row] and good[row] and network.parties.kind[experiences.reporter[row]] == FIRM:
            counts.endorsers[reporter_node] = max(day, counts.endorsers.get(reporter_node, 0))
    _keep_independent(network, dealings_by_node)
    return dealings_by_node


def _bills(
    reporter: NDArray[np.int64], subject: NDArray[np.int64], experiences: Experiences, rows: NDArray[np.int64]
) -> defaultdict[int, Dealings]:
    """Dealings by subject node with the counts of these invoices."""
    payees = np.unique(np.stack((subject[rows], reporter[rows])), axis=1)[0]
    node, order, count = np.unique(subject[rows], return_inverse=True, return_counts=True)
    on_time = np.bincount(order, experiences.with_outcome("paid_on_time")[rows], len(node)).astype(np.int64)
    newest = np.zeros(len(node), np.int64)
    np.maximum.at(newest, order, experiences.day[rows])
    distinct_payees = np.searchsorted(payees, node, side="right") - np.searchsorted(payees, node)
    columns = (node, count, on_time, distinct_payees, newest)
    bills = zip(*(column.tolist() for column in columns), strict=True)
    return defaultdict(
        Dealings,
        {
            node: Dealings(invoices=invoices, on_time=timely, payees=partners, invoices_newest=day)
            for node, invoices, timely, partners, day in bills
        },
    )


def _same_ring(signals: Signals, left: int, right: int) -> bool:
    ring = signals.ring_of.get(left)
    return ring is not None and right in ring.members


def _keep_independent(network: Network, dealings_by_node: dict[int, Dealings]) -> None:
    """Endorsements count from partners with verified trade, without shared control, and not in return for one."""
    ties = network.ties
    places = ties.of_kind("SUPPLIES", "TRADES_WITH")
    places = places[ties.verified[places]]
    endorsements = {(reporter, subject) for subject, counts in dealings_by_node.items() for reporter in counts.endorsers}
    traded = _among(endorsements, network.nodes[ties.source[places]], network.nodes[ties.target[places]])
    apart = traded - _among(endorsements, network.any_pairs.left, network.any_pairs.right)
    for subject, counts in dealings_by_node.items():
        counts.endorsers = {
            reporter: day
            for reporter, day in counts.endorsers.items()
            if (reporter, subject) in apart and (subject, reporter) not in endorsements
        }


def _among(pairs: set[tuple[int, int]], left: Whole, right: Whole) -> set[tuple[int, int]]:
    """Those of the given pairs that are among the pairs of two columns, either way round."""
    span = int(max(left.max(initial=0), right.max(initial=0))) + 1
    known_keys = np.unique(np.minimum(left, right).astype(np.int64) * span + np.maximum(left, right))
    candidates = sorted(pair for pair in pairs if max(pair) < span)
    keys = np.array([min(pair) * span + max(pair) for pair in candidates], np.int64)
    return {pair for pair, is_known in zip(candidates, np.isin(keys, known_keys).tolist(), strict=True) if is_known}


def limited(units: list[tuple[int, int]], share_max: float | None) -> list[int]:
    """Days of the units that count when no counterparty may bring more than `share_max` of all units, the newest first.

    >>> limited([(1, 10), (1, 11), (1, 12), (2, 9)], 0.5)
    [12, 11, 9]
    """
    units_max = len(units) if share_max is None else max(1, int(share_max * len(units)))
    units_by_reporter: dict[int, int] = defaultdict(int)
    days = []
    for reporter, day in sorted(units, key=lambda unit: (-unit[1], unit[0])):
        units_by_reporter[reporter] += 1
        if units_by_reporter[reporter] <= units_max:
            days.append(day)
    return days


def age_months(network: Network, day: int) -> float:
    """Months from a day number to the network's day, 0 at least."""
    return max(0.0, (network.as_of.toordinal() - day) / DAYS_A_MONTH)
