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
def pull(rows: Rows, scale: Real, state: Real, base: Real, out: Real, first: int, last: int) -> float:  # noqa: PLR0917
    """`out = base + scale * (rows times state)` for the nodes first..last - 1; returns the greatest |out - state| among them.

    Four edges at a time: left alone, the compiler takes eight, and most rows are shorter. The sum keeps the row's order.
    """
    starts, senders, coefficients = rows
    unit, pair, triple, quad = np.uint32(1), np.uint32(2), np.uint32(3), np.uint32(4)
    worst = 0.0
    edge = np.uint32(starts[first])
    for node in range(np.uint64(first), np.uint64(last)):
        total = 0.0
        remaining = np.uint32(starts[node + np.uint64(1)]) - edge
        while remaining >= quad:
            total += coefficients[edge] * state[np.uint32(senders[edge])]
            total += coefficients[edge + unit] * state[np.uint32(senders[edge + unit])]
            total += coefficients[edge + pair] * state[np.uint32(senders[edge + pair])]
            total += coefficients[edge + triple] * state[np.uint32(senders[edge + triple])]
            edge += quad
            remaining -= quad
        if remaining == triple:
            total += coefficients[edge] * state[np.uint32(senders[edge])]
            total += coefficients[edge + unit] * state[np.uint32(senders[edge + unit])]
            total += coefficients[edge + pair] * state[np.uint32(senders[edge + pair])]
        elif remaining == pair:
            total += coefficients[edge] * state[np.uint32(senders[edge])]
            total += coefficients[edge + unit] * state[np.uint32(senders[edge + unit])]
        elif remaining == unit:
            total += coefficients[edge] * state[np.uint32(senders[edge])]
        edge += remaining
        total = base[node] + scale[node] * total
        worst = max(worst, abs(total - state[node]))
        out[node] = total
    return worst


@compiled
def add_shared_values(shared: Shared, receives: Array, scale: Real, state: Real, base: Real) -> None:
    """Add to `base` what each node receives over the values it shares: the factor times what the others hold."""
    _, _, hub_starts, hub_members, factor = shared
    for hub in range(len(factor)):
        total = 0.0
        for place in range(hub_starts[hub], hub_starts[hub + 1]):
            total += state[hub_members[place]]
        if total != 0.0:
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                node = hub_members[place]
                if receives[node]:
                    base[node] += scale[node] * factor[hub] * (total - state[node])


@compiled
def permuted_rows(rows: Rows, order: Array, rank: Array) -> tuple[Array, Array, Array]:
    """The same rows for nodes in another order: node `order[i]` becomes i, `rank` is the way back."""
    starts, senders, coefficients = rows
    new_starts, new_senders, new_coefficients = np.empty_like(starts), np.empty_like(senders), np.empty_like(coefficients)
    position = 0
    for place in range(len(order)):
        new_starts[place] = position
        for edge in range(starts[order[place]], starts[order[place] + 1]):
            new_senders[position], new_coefficients[position] = rank[senders[edge]], coefficients[edge]
            position += 1
    new_starts[len(order)] = position
    return new_starts, new_senders, new_coefficients


@compiled
def _hand_out(  # noqa: PLR0917
    shared: Shared, takes: Array, current: Real, following: Real, next_front: Array, widened: int, waiting: Array,
    hub_totals: Real, touched_hubs: Array,
) -> int:  # fmt: skip
    """What the touched shared values hand to each who shares them: the factor times what the others brought. See `step`."""
    _, _, hub_starts, hub_members, factor = shared
    for hub in touched_hubs:
        total = hub_totals[hub]
        hub_totals[hub] = 0.0
        for member in range(hub_starts[hub], hub_starts[hub + 1]):
            neighbour = hub_members[member]
            others = total - current[neighbour]
            if others > 0.0 and takes[neighbour]:
                following[neighbour] += factor[hub] * others
                if not waiting[neighbour]:
                    waiting[neighbour] = True
                    next_front[widened] = neighbour
                    widened += 1
    return widened


@compiled
def step(  # noqa: PLR0917
    rows: Rows, shared: Shared, gives: Array, takes: Array, front: Array, width: int, current: Real, following: Real,
    next_front: Array, waiting: Array, hub_totals: Real, touched_hubs: Array,
) -> int:  # fmt: skip
    """One hop of a sparse vector along the rows: from `current` at `front[:width]` to `following`.

    Nodes that received are written to `next_front`, the number of them is returned; `current` is cleared.
    `gives` and `takes` tell which nodes may pass on and which may be reached. `waiting` is all False before and after.
    A shared value is added up once, however many of the front share it: `hub_totals` is all zero before and after.
    """
    starts, neighbours, coefficients = rows
    node_starts, node_hubs, _, _, _ = shared
    widened, touched = 0, 0
    for place in range(width):
        node = front[place]
        amount = current[node]
        if not gives[node]:
            current[node] = 0.0
            continue
        for edge in range(starts[node], starts[node + 1]):
            neighbour = neighbours[edge]
            if takes[neighbour]:
                following[neighbour] += coefficients[edge] * amount
                if not waiting[neighbour]:
                    waiting[neighbour] = True
                    next_front[widened] = neighbour
                    widened += 1
        for slot in range(node_starts[node], node_starts[node + 1]):
            hub = node_hubs[slot]
            if hub_totals[hub] == 0.0:
                touched_hubs[touched] = hub
                touched += 1
            hub_totals[hub] += amount
    widened = _hand_out(shared, takes, current, following, next_front, widened, waiting, hub_totals, touched_hubs[:touched])
    for place in range(width):
        current[front[place]] = 0.0
    for place in range(widened):
        waiting[next_front[place]] = False
    return widened


@compiled
def spread_from(  # noqa: PLR0917
    rows: Rows, shared: Shared, gives: Array, takes: Array, reals: Array, places: Array, flags: Array, hub_totals: Real,
    touched_hubs: Array, origin: int,
) -> tuple[Array, Real]:  # fmt: skip
    """Nodes that walks from `origin` reach and the sum of the products over all walks to each, the empty walk included.

    Rows are the way the walk goes. takes (hops, n): the nodes that may be reached, hop by hop. `reals` (3, n), `places` (3, n),
    `flags` (2, n), `hub_totals` and `touched_hubs` (hubs): room to work in, zero before and after but for lists of
    places. Returns (nodes, values), nodes in the order they were reached.
    """
    total, current, following = reals[0], reals[1], reals[2]
    reached_nodes, front, next_front = places[0], places[1], places[2]
    visited, waiting = flags[0], flags[1]
    reached_nodes[0], front[0], visited[origin], total[origin], current[origin] = origin, origin, True, 1.0, 1.0
    count, width = 1, 1
    for hop in range(len(takes)):
        width = step(
            rows, shared, gives, takes[hop], front, width, current, following, next_front, waiting, hub_totals, touched_hubs
        )
        current, following, front, next_front = following, current, next_front, front
        for place in range(width):
            neighbour = front[place]
            total[neighbour] += current[neighbour]
            if not visited[neighbour]:
                visited[neighbour] = True
                reached_nodes[count] = neighbour
                count += 1
    for place in range(width):
        current[front[place]] = 0.0
    nodes = reached_nodes[:count].copy()
    values = total[nodes]
    for node in nodes:
        total[node], visited[node] = 0.0, False
    return nodes, values


@compiled
def echoes(  # noqa: PLR0917
    inward: Rows, outward: Rows, shared: Shared, receives: Array, everyone: Array, reals: Array, places: Array, flags: Array,
    hub_totals: Real, touched_hubs: Array, origins: Array, hops: int, out: Real,
) -> None:  # fmt: skip
    """What one unit at each origin brings back to itself within `hops`, itself included: the diagonal of `sum_h (C^T)^h`.

    A closed walk of h hops is met in its middle: `sum_u y(u) f(u)`, y all walks of i hops that end at the origin, f all of
    h - i that begin there. So only half the way has to be walked.
    """
    back, forth, spare = reals[0], reals[1], reals[2]
    fore, aft, next_front = places[0], places[1], places[2]
    waiting = flags[1]
    for index in range(len(origins)):
        origin = origins[index]
        out[index] = 1.0
        back[origin], forth[origin] = 1.0, 1.0
        fore[0], aft[0] = origin, origin
        wide, behind = 1, 1
        for hop in range(hops):
            if hop % 2 == 0:
                wide = step(
                    outward, shared, everyone, receives, fore, wide, forth, spare, next_front, waiting, hub_totals, touched_hubs
                )
                forth, spare, fore, next_front = spare, forth, next_front, fore
            else:
                behind = step(
                    inward, shared, receives, everyone, aft, behind, back, spare, next_front, waiting, hub_totals, touched_hubs
                )
                back, spare, aft, next_front = spare, back, next_front, aft
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
