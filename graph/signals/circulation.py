"""Two detectors of circular trade, which find different cases: mutual trade, and one-way circles of similar amounts.

Compiled once by numba and cached, as the kernel is.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from graph.signals.compiled import compiled
from graph.signals.kernel import Array, Real
from graph.signals.trades import Places, Trades
from ontology.rulebook_parts import Rings

STEPS_MAX = 2000  # Hops tried from one sale: bounds the work at parties that trade with everybody.


@dataclass(frozen=True)
class MutualTrade:
    """Pairs that trade both ways in similar amounts, and the core of each node.

    core: the greatest s so that the node is in a set whose members each have k_min mutual partners in it and do at
          least the part s of their whole trade mutually with them, 0..1; 0 outside any
    """

    left: Places
    right: Places
    core: Real


@dataclass(frozen=True)
class Circles:
    """Strength 0..1 of the strongest one-way circle through each row of the trades, and through each node."""

    row: Real
    node: Real


def mutual_trade(trades: Trades, rule: Rings) -> MutualTrade:
    """Generalised cores of the mutual trade (Batagelj and Zaversnik 2002, Generalized cores), found by peeling off the least."""
    count = len(trades.volume)
    returned = _amount_returned(trades)
    smaller, larger = np.minimum(trades.amount, returned), np.maximum(trades.amount, returned)
    rows = np.flatnonzero((returned > 0) & (smaller >= rule.reciprocity_min * larger))  # Both rows of a pair pass, or neither.
    share = 2 * smaller[rows] / np.maximum(trades.volume[trades.seller[rows]], 1e-300)
    starts = np.concatenate(([0], np.cumsum(np.bincount(trades.seller[rows], minlength=count)))).astype(np.int64)
    core = np.minimum(_peel_cores(starts, trades.buyer[rows], share, rule.k_min), 1.0)
    return MutualTrade(trades.seller[rows], trades.buyer[rows], core)


def trade_circles(trades: Trades, rule: Rings) -> Circles:
    """Circles of three to `cycle_max` parties with similar amounts.

    Every hop is at least `part_min` of what its seller sells and its buyer buys, and no amount is below `like_min` of
    another. Strength: `circle_weight` times the least such part, times the square of least by greatest amount.
    """
    row, node = np.zeros(len(trades.amount)), np.zeros(len(trades.volume))
    part = trades.amount / np.maximum(np.maximum(trades.sold[trades.seller], trades.bought[trades.buyer]), 1e-300)
    main = np.flatnonzero(part >= rule.part_min)
    starts = np.searchsorted(main, trades.starts).astype(np.int64)
    strengths = np.zeros(len(main))
    _search_circles(starts, trades.buyer[main], trades.amount[main], part[main], rule.like_min, rule.cycle_max, strengths)
    row[main] = np.minimum(rule.circle_weight * strengths, 1.0)
    np.maximum.at(node, trades.seller, row)
    np.maximum.at(node, trades.buyer, row)
    return Circles(row, node)


def _amount_returned(trades: Trades) -> Real:
    """What the buyer of each row sold back to its seller, 0 where nothing."""
    count = len(trades.volume)
    key, reverse_key = trades.seller * count + trades.buyer, trades.buyer * count + trades.seller
    place = np.minimum(np.searchsorted(key, reverse_key), max(len(key) - 1, 0))
    return np.where(key[place] == reverse_key, trades.amount[place], 0.0) if len(key) else np.empty(0)


@compiled
def _peel_cores(starts: Array, neighbours: Array, share: Array, least: int) -> Array:
    """Core of every node. share: of the node's trade, one an edge; a node with fewer than `least` partners left counts 0."""
    count = len(starts) - 1
    mutual_share, partners, core = np.zeros(count), np.zeros(count, np.int64), np.zeros(count)
    peeled = np.zeros(count, np.bool_)
    heap = [(0.0, 0)]
    heap.pop()
    for node in range(count):
        for edge in range(starts[node], starts[node + 1]):
            mutual_share[node] += share[edge]
            partners[node] += 1
        if partners[node]:
            heapq.heappush(heap, (mutual_share[node] if partners[node] >= least else 0.0, node))
    level = 0.0
    while len(heap):  # noqa: PLC1802 (compiled: a list has a length, not a truth)
        value, node = heapq.heappop(heap)
        if peeled[node]:
            continue
        level = max(level, value)
        core[node] = level
        peeled[node] = True
        for edge in range(starts[node], starts[node + 1]):
            neighbour = neighbours[edge]
            if not peeled[neighbour]:
                for back_edge in range(starts[neighbour], starts[neighbour + 1]):
                    if neighbours[back_edge] == node:
                        mutual_share[neighbour] -= share[back_edge]
                        partners[neighbour] -= 1
                heapq.heappush(heap, (max(mutual_share[neighbour], 0.0) if partners[neighbour] >= least else 0.0, neighbour))
    return core


@compiled
def _search_circles(  # noqa: PLR0917 (one compiled search: a call inside it would cost more than it tells)
    starts: Array, buyer: Array, amount: Array, part: Array, like: float, longest: int, best: Array
) -> None:
    """Write into `best`, one a row, the best `least part x (least / greatest amount)^2` of any circle through it.

    Circles are looked for from their smallest node on, depth first, each sale with STEPS_MAX hops to spend.
    """
    count = len(starts) - 1
    node, row, following = np.zeros(longest + 1, np.int64), np.zeros(longest + 1, np.int64), np.zeros(longest + 1, np.int64)
    least, small, great = np.zeros(longest + 1), np.zeros(longest + 1), np.zeros(longest + 1)
    for origin in range(count):
        for sale in range(starts[origin], starts[origin + 1]):
            if buyer[sale] <= origin:
                continue
            node[0], node[1], row[0] = origin, buyer[sale], sale
            least[1], small[1], great[1] = part[sale], amount[sale], amount[sale]
            following[1] = starts[node[1]]
            depth, steps = 1, 0
            while depth >= 1:
                current = node[depth]
                if following[depth] >= starts[current + 1] or steps > STEPS_MAX:
                    depth -= 1
                    continue
                edge = following[depth]
                following[depth] += 1
                low, high = min(small[depth], amount[edge]), max(great[depth], amount[edge])
                next_node = buyer[edge]
                if low < like * high or next_node < origin:
                    continue
                steps += 1
                weakest = min(least[depth], part[edge])
                if next_node == origin:
                    if depth >= 2:
                        row[depth] = edge
                        strength = weakest * (low / high) ** 2
                        for hop in range(depth + 1):
                            best[row[hop]] = max(best[row[hop]], strength)
                    continue
                stop = depth + 1 >= longest
                for hop in range(depth + 1):
                    stop = stop or node[hop] == next_node
                if not stop:
                    row[depth] = edge
                    depth += 1
                    node[depth], following[depth] = next_node, starts[next_node]
                    least[depth], small[depth], great[depth] = weakest, low, high
