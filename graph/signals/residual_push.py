"""The kernels of updates: rows that can change, the residual of one node, and the signed push that settles it."""

import numpy as np

from graph.signals.compiled import compiled
from graph.signals.kernel import Array, Real, Rows, Shared

SlackRows = tuple[Array, Array, Array, Array]
"""(begin, end, others, raw): row v is `begin[v]:end[v]` of the last two; rows lie anywhere, with room between them."""


@compiled
def residual(  # noqa: PLR0917
    inward: SlackRows, shared: Shared, receives: Array, scale: Real, gives: Real, seeds: Real, x: Real, node: int
) -> float:
    """`seeds + C^T x - x` at one node; a tie u -> v carries `scale[v] * gives[u] * raw`."""
    begin, end, senders, raw = inward
    node_starts, node_hubs, hub_starts, hub_members, factor = shared
    total = 0.0
    for edge in range(begin[node], end[node]):
        total += raw[edge] * gives[senders[edge]] * x[senders[edge]]
    if receives[node]:
        for slot in range(node_starts[node], node_starts[node + 1]):
            hub = node_hubs[slot]
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                if hub_members[place] != node:
                    total += factor[hub] * x[hub_members[place]]
    return float(seeds[node] + scale[node] * total - x[node])


@compiled
def push(  # noqa: PLR0917
    outward: SlackRows, shared: Shared, receives: Array, scale: Real, gives: Real, x: Real, r: Real, queue: Array, queued: Array,
    waiting: int, tolerance: float, edges_max: int,
) -> tuple[int, int]:  # fmt: skip
    """Move residuals above `tolerance` into x, node by node, until none is left or `edges_max` edges were walked.

    `queue[:waiting]` are the nodes to begin with, `queued` marks them. Keeps `r = seeds + C^T x - x` all along.
    Returns (edges walked, nodes still waiting); the queue is emptied and unmarked in either case.
    """
    begin, end, receivers, raw = outward
    node_starts, node_hubs, hub_starts, hub_members, factor = shared
    size, first, walked = len(queue), 0, 0
    while waiting and walked <= edges_max:
        node = queue[first]
        first = (first + 1) % size
        waiting -= 1
        queued[node] = False
        amount = r[node]
        if abs(amount) <= tolerance:
            continue
        x[node] += amount
        r[node] = 0.0
        walked += end[node] - begin[node]
        for edge in range(begin[node], end[node]):
            neighbour = receivers[edge]
            r[neighbour] += scale[neighbour] * raw[edge] * gives[node] * amount
            if abs(r[neighbour]) > tolerance and not queued[neighbour]:
                queued[neighbour] = True
                queue[(first + waiting) % size] = neighbour
                waiting += 1
        for slot in range(node_starts[node], node_starts[node + 1]):
            hub = node_hubs[slot]
            walked += hub_starts[hub + 1] - hub_starts[hub]
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                neighbour = hub_members[place]
                if neighbour != node and receives[neighbour]:
                    r[neighbour] += scale[neighbour] * factor[hub] * amount
                    if abs(r[neighbour]) > tolerance and not queued[neighbour]:
                        queued[neighbour] = True
                        queue[(first + waiting) % size] = neighbour
                        waiting += 1
    for place in range(waiting):
        queued[queue[(first + place) % size]] = False
    return walked, waiting


@compiled
def position_in_row(rows: SlackRows, node: int, neighbour: int) -> int:
    """Position of `neighbour` in the row of `node`, -1 where it is not there."""
    begin, end, neighbours, _ = rows
    for edge in range(begin[node], end[node]):
        if neighbours[edge] == neighbour:
            return int(edge)
    return -1


@compiled
def add_row_slack(starts: Array, neighbours: Array, values: Real, room: int) -> tuple[Array, Array, Array, Real]:
    """Rows with `room` free places after each, and as many places again as there are, at the end."""
    count = len(starts) - 1
    size = len(neighbours) + room * count
    begin, end = np.empty(count, np.int64), np.empty(count, np.int64)
    new_neighbours, new_values = np.zeros(size, np.int32), np.zeros(size)
    position = 0
    for node in range(count):
        begin[node] = position
        for edge in range(starts[node], starts[node + 1]):
            new_neighbours[position], new_values[position] = neighbours[edge], values[edge]
            position += 1
        end[node] = position
        position += room
    return begin, end, new_neighbours, new_values


@compiled
def mark_next_hop(  # noqa: PLR0917
    outward: SlackRows, shared: Shared, receives: Array, nodes: Array, marked: Array, next_nodes: Array
) -> int:
    """Write to `next_nodes` the nodes one hop on from `nodes` that are not marked yet; marks them and returns how many."""
    begin, end, receivers, _ = outward
    node_starts, node_hubs, hub_starts, hub_members, _ = shared
    count = 0
    for node in nodes:
        for edge in range(begin[node], end[node]):
            neighbour = receivers[edge]
            if not marked[neighbour]:
                marked[neighbour] = True
                next_nodes[count] = neighbour
                count += 1
        for slot in range(node_starts[node], node_starts[node + 1]):
            for place in range(hub_starts[node_hubs[slot]], hub_starts[node_hubs[slot] + 1]):
                neighbour = hub_members[place]
                if receives[neighbour] and not marked[neighbour]:
                    marked[neighbour] = True
                    next_nodes[count] = neighbour
                    count += 1
    return count


@compiled
def reachable_from_seeds(outward: Rows, shared: Shared, receives: Array, scale: Real, seeds: Real) -> Array:
    """Per node whether anything of a seed arrives there, over however many hops: where the fixed point is above 0."""
    starts, receivers, coefficients = outward
    node_starts, node_hubs, hub_starts, hub_members, factor = shared
    reachable, hub_done = seeds > 0.0, factor <= 0.0
    waiting, count = np.zeros(len(seeds), np.int64), 0
    for node in np.flatnonzero(reachable):
        waiting[count] = node
        count += 1
    while count:
        count -= 1
        node = waiting[count]
        for edge in range(starts[node], starts[node + 1]):
            neighbour = receivers[edge]
            if scale[neighbour] * coefficients[edge] > 0.0 and not reachable[neighbour]:
                reachable[neighbour] = True
                waiting[count] = neighbour
                count += 1
        for slot in range(node_starts[node], node_starts[node + 1]):
            hub = node_hubs[slot]
            if hub_done[hub]:
                continue
            hub_done[hub] = True
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                neighbour = hub_members[place]
                if receives[neighbour] and scale[neighbour] > 0.0 and not reachable[neighbour]:
                    reachable[neighbour] = True
                    waiting[count] = neighbour
                    count += 1
    return reachable


@compiled
def recompute_nodes(  # noqa: PLR0917
    inward: SlackRows,
    shared: Shared,
    receives: Array,
    scale: Real,
    gives: Real,
    seeds: Real,
    before: Real,
    after: Real,
    nodes: Array,
) -> int:
    """`after = seeds + C^T before` at `nodes` only; returns the edges walked."""
    walked = 0
    for node in nodes:
        after[node] = before[node] + residual(inward, shared, receives, scale, gives, seeds, before, node)
        walked += inward[1][node] - inward[0][node]
    return walked
