"""The one sparse kernel all signals run on: pull over rows, with shared values as rank-one steps, and local walks.

Compiled once by numba and cached, one signature each. Loops release Python's lock, so that rows can be shared out among
threads. Every node's sum runs over its own row in the row's order: how many threads there are never changes a figure.
`pull` counts places without a sign, which spares a test for negative ones at every edge: half the time.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.signals.compiled import compiled

Real = NDArray[np.float64]
Array = NDArray[Any]
Rows = tuple[Array, Array, Array]
"""(starts, others, coefficients): row v is `starts[v]:starts[v + 1]` of the other two."""
Shared = tuple[Array, Array, Array, Array, Array]
"""(node_starts, node_hubs, hub_starts, hub_members, factor): which shared values a node has, who has them, what each carries."""


@compiled
def pull(rows: Rows, scale: Real, held: Real, added: Real, out: Real, first: int, last: int) -> float:  # noqa: PLR0917
    """`out = added + scale * (rows times held)` for the nodes first..last - 1; returns the greatest |out - held| among them.

    Four edges at a time: left alone, the compiler takes eight, and most rows are shorter. The sum keeps the row's order.
    """
    starts, senders, coefficients = rows
    one, two, three, four = np.uint32(1), np.uint32(2), np.uint32(3), np.uint32(4)
    worst = 0.0
    edge = np.uint32(starts[first])
    for node in range(np.uint64(first), np.uint64(last)):
        total = 0.0
        left = np.uint32(starts[node + np.uint64(1)]) - edge
        while left >= four:
            total += coefficients[edge] * held[np.uint32(senders[edge])]
            total += coefficients[edge + one] * held[np.uint32(senders[edge + one])]
            total += coefficients[edge + two] * held[np.uint32(senders[edge + two])]
            total += coefficients[edge + three] * held[np.uint32(senders[edge + three])]
            edge += four
            left -= four
        if left == three:
            total += coefficients[edge] * held[np.uint32(senders[edge])]
            total += coefficients[edge + one] * held[np.uint32(senders[edge + one])]
            total += coefficients[edge + two] * held[np.uint32(senders[edge + two])]
        elif left == two:
            total += coefficients[edge] * held[np.uint32(senders[edge])]
            total += coefficients[edge + one] * held[np.uint32(senders[edge + one])]
        elif left == one:
            total += coefficients[edge] * held[np.uint32(senders[edge])]
        edge += left
        total = added[node] + scale[node] * total
        worst = max(worst, abs(total - held[node]))
        out[node] = total
    return worst


@compiled
def share(shared: Shared, receives: Array, scale: Real, held: Real, added: Real) -> None:
    """Add to `added` what each node receives over the values it shares: the factor times what the others hold."""
    _, _, hub_starts, hub_members, factor = shared
    for hub in range(len(factor)):
        total = 0.0
        for place in range(hub_starts[hub], hub_starts[hub + 1]):
            total += held[hub_members[place]]
        if total != 0.0:
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                node = hub_members[place]
                if receives[node]:
                    added[node] += scale[node] * factor[hub] * (total - held[node])


@compiled
def turned(rows: Rows, order: Array, rank: Array) -> tuple[Array, Array, Array]:
    """The same rows for nodes in another order: node `order[i]` becomes i, `rank` is the way back."""
    starts, senders, coefficients = rows
    new_starts, new_senders, new_coefficients = np.empty_like(starts), np.empty_like(senders), np.empty_like(coefficients)
    to = 0
    for place in range(len(order)):
        new_starts[place] = to
        for edge in range(starts[order[place]], starts[order[place] + 1]):
            new_senders[to], new_coefficients[to] = rank[senders[edge]], coefficients[edge]
            to += 1
    new_starts[len(order)] = to
    return new_starts, new_senders, new_coefficients


@compiled
def step(  # noqa: PLR0917
    rows: Rows, shared: Shared, gives: Array, takes: Array, front: Array, width: int, now: Real, then: Real,
    ahead: Array, waiting: Array,
) -> int:  # fmt: skip
    """One hop of a sparse vector along the rows: from `now` at `front[:width]` to `then` at `ahead[:returned]`; clears `now`.

    `gives` and `takes` tell which nodes may pass on and which may be reached. `waiting` is all False before and after.
    """
    starts, others, coefficients = rows
    node_starts, node_hubs, hub_starts, hub_members, factor = shared
    widened = 0
    for place in range(width):
        node = front[place]
        held = now[node]
        now[node] = 0.0
        if not gives[node]:
            continue
        for edge in range(starts[node], starts[node + 1]):
            other = others[edge]
            if takes[other]:
                then[other] += coefficients[edge] * held
                if not waiting[other]:
                    waiting[other] = True
                    ahead[widened] = other
                    widened += 1
        for slot in range(node_starts[node], node_starts[node + 1]):
            hub = node_hubs[slot]
            for member in range(hub_starts[hub], hub_starts[hub + 1]):
                other = hub_members[member]
                if other != node and takes[other]:
                    then[other] += factor[hub] * held
                    if not waiting[other]:
                        waiting[other] = True
                        ahead[widened] = other
                        widened += 1
    for place in range(widened):
        waiting[ahead[place]] = False
    return widened


@compiled
def spread(  # noqa: PLR0917
    rows: Rows, shared: Shared, gives: Array, takes: Array, reals: Array, places: Array, flags: Array, origin: int, hops: int
) -> tuple[Array, Real]:
    """Nodes within `hops` of `origin` and the sum of the products over all walks to each, the empty walk included.

    Rows are the way the walk goes. `reals` (3, n), `places` (3, n), `flags` (2, n): room to work in, all zero before and
    after. Returns (nodes, values), nodes in the order they were reached.
    """
    total, now, then = reals[0], reals[1], reals[2]
    reached, front, ahead = places[0], places[1], places[2]
    seen, waiting = flags[0], flags[1]
    reached[0], front[0], seen[origin], total[origin], now[origin] = origin, origin, True, 1.0, 1.0
    found, width = 1, 1
    for _ in range(hops):
        width = step(rows, shared, gives, takes, front, width, now, then, ahead, waiting)
        now, then, front, ahead = then, now, ahead, front
        for place in range(width):
            other = front[place]
            total[other] += now[other]
            if not seen[other]:
                seen[other] = True
                reached[found] = other
                found += 1
    for place in range(width):
        now[front[place]] = 0.0
    nodes = reached[:found].copy()
    values = total[nodes]
    for node in nodes:
        total[node], seen[node] = 0.0, False
    return nodes, values


@compiled
def echoes(  # noqa: PLR0917
    inward: Rows, outward: Rows, shared: Shared, receives: Array, everyone: Array, reals: Array, places: Array, flags: Array,
    origins: Array, hops: int, out: Real,
) -> None:  # fmt: skip
    """What one unit at each origin brings back to itself within `hops`, itself included: the diagonal of `sum_h (C^T)^h`.

    A closed walk of h hops is met in its middle: `sum_u y(u) f(u)`, y all walks of i hops that end at the origin, f all of
    h - i that begin there. So only half the way has to be walked.
    """
    back, forth, spare = reals[0], reals[1], reals[2]
    fore, aft, ahead = places[0], places[1], places[2]
    waiting = flags[1]
    for index in range(len(origins)):
        origin = origins[index]
        out[index] = 1.0
        back[origin], forth[origin] = 1.0, 1.0
        fore[0], aft[0] = origin, origin
        wide, behind = 1, 1
        for hop in range(hops):
            if hop % 2 == 0:
                wide = step(outward, shared, everyone, receives, fore, wide, forth, spare, ahead, waiting)
                forth, spare, fore, ahead = spare, forth, ahead, fore
            else:
                behind = step(inward, shared, receives, everyone, aft, behind, back, spare, ahead, waiting)
                back, spare, aft, ahead = spare, back, ahead, aft
            if behind < wide:
                for place in range(behind):
                    out[index] += back[aft[place]] * forth[aft[place]]
            else:
                for place in range(wide):
                    out[index] += back[fore[place]] * forth[fore[place]]
        for place in range(wide):
            forth[fore[place]] = 0.0
        for place in range(behind):
            back[aft[place]] = 0.0
