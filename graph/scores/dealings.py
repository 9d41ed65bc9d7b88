"""What a node's dealings of the window come to: counts the rulebook's counted signals are made of."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

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
    payees: set[int] = field(default_factory=set)
    invoices_newest: int = 0
    orders: int = 0
    disputes: int = 0
    orders_newest: int = 0
    contracts: list[tuple[int, int]] = field(default_factory=list)
    public_contracts: list[tuple[int, int]] = field(default_factory=list)
    endorsers: dict[int, int] = field(default_factory=dict)


def dealings(network: Network, signals: Signals) -> dict[int, Dealings]:
    """Dealings by subject node within the rulebook's window.

    What passes inside a ring that a person confirmed is left out, and on platforms inside a possible ring already: the
    inflation filter runs before any platform point counts.
    """
    told, nodes = network.experiences, network.nodes
    opens = add_months(network.as_of, -network.rulebook.score.dealings_window_months).toordinal()
    told = told.of((told.day > opens) & ~network.conjured(nodes[told.reporter], nodes[told.subject]))
    paid, delivered = told.ended("paid_on_time"), told.ended("delivered")
    bills, good = told.ended("paid_on_time", "paid_late", "defaulted") & told.over("invoice"), told.weight > 0
    platform = told.over("order", "rating")
    orders, contracts, ratings = told.over("order"), told.over("contract"), told.over("rating")
    found: dict[int, Dealings] = defaultdict(Dealings)
    whole = (nodes[told.reporter], nodes[told.subject], told.day)
    for row, (reporter, subject, day) in enumerate(zip(*(column.tolist() for column in whole), strict=True)):
        if reporter == subject or (platform[row] and _same_ring(signals, reporter, subject)):
            continue
        one = found[subject]
        if bills[row]:
            _bill(one, reporter, day, on_time=bool(paid[row]))
        elif orders[row]:
            one.orders, one.disputes = one.orders + 1, one.disputes + int(told.disputed[row])
            one.orders_newest = max(one.orders_newest, day)
        elif contracts[row] and delivered[row]:
            public = network.parties.kind[told.reporter[row]] == AGENCY
            (one.public_contracts if public else one.contracts).append((reporter, day))
        elif ratings[row] and good[row] and network.parties.kind[told.reporter[row]] == FIRM:
            one.endorsers[reporter] = max(day, one.endorsers.get(reporter, 0))
    _keep_independent(network, found)
    return found


def _bill(one: Dealings, payee: int, day: int, *, on_time: bool) -> None:
    one.invoices += 1
    one.on_time += int(on_time)
    one.payees.add(payee)
    one.invoices_newest = max(one.invoices_newest, day)


def _same_ring(signals: Signals, one: int, two: int) -> bool:
    ring = signals.ring_of.get(one)
    return ring is not None and two in ring.members


def _keep_independent(network: Network, found: dict[int, Dealings]) -> None:
    """Endorsements count from partners with verified trade, without shared control, and not in return for one."""
    ties = network.ties
    places = ties.of_kind("SUPPLIES", "TRADES_WITH")
    places = places[ties.verified[places]]
    given = {(reporter, subject) for subject, one in found.items() for reporter in one.endorsers}
    traded = _among(given, network.nodes[ties.source[places]], network.nodes[ties.target[places]])
    apart = traded - _among(given, network.any_pairs.left, network.any_pairs.right)
    for subject, one in found.items():
        one.endorsers = {
            reporter: day
            for reporter, day in one.endorsers.items()
            if (reporter, subject) in apart and (subject, reporter) not in given
        }


def _among(given: set[tuple[int, int]], one: Whole, other: Whole) -> set[tuple[int, int]]:
    """Those of the given pairs that are among the pairs of two columns, either way round."""
    span = int(max(one.max(initial=0), other.max(initial=0))) + 1
    held = np.unique(np.minimum(one, other).astype(np.int64) * span + np.maximum(one, other))
    asked = sorted(pair for pair in given if max(pair) < span)
    keys = np.array([min(pair) * span + max(pair) for pair in asked], np.int64)
    return {pair for pair, known in zip(asked, np.isin(keys, held).tolist(), strict=True) if known}


def limited(units: list[tuple[int, int]], share_max: float | None) -> list[int]:
    """Days of the units that count when no counterparty may bring more than its share of them all, the newest first.

    >>> limited([(1, 10), (1, 11), (1, 12), (2, 9)], 0.5)
    [12, 11, 9]
    """
    most = len(units) if share_max is None else max(1, int(share_max * len(units)))
    taken: dict[int, int] = defaultdict(int)
    days = []
    for reporter, day in sorted(units, key=lambda unit: (-unit[1], unit[0])):
        taken[reporter] += 1
        if taken[reporter] <= most:
            days.append(day)
    return days


def age_months(network: Network, day: int) -> float:
    """Months from a day number to the network's day, 0 at least."""
    return max(0.0, (network.as_of.toordinal() - day) / DAYS_A_MONTH)
