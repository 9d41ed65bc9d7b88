"""The one sparse kernel all signals run on: pull over rows, a rank-one step a shared value, and a local spread.

Compiled once by numba and cached; one signature each, so that a first run waits for two short compilations only.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Real = NDArray[np.float64]
Array = NDArray[Any]


@njit(cache=True, fastmath=False)
def pull(  # noqa: PLR0917 (compiled code has no keywords)
    starts: Array, senders: Array, coefficients: Array, hub_starts: Array, hub_members: Array, factor: Array,
    receives: Array, scale: Array, held: Array, out: Array,
) -> None:  # fmt: skip
    """out = C^T held. Shapes: `held`, `out`, `receives`, `scale` one a node; the others as in `Edges`."""
    for node in range(len(out)):
        total = 0.0
        for edge in range(starts[node], starts[node + 1]):
            total += coefficients[edge] * held[senders[edge]]
        out[node] = total
    for hub in range(len(factor)):
        total = 0.0
        for place in range(hub_starts[hub], hub_starts[hub + 1]):
            total += held[hub_members[place]]
        if total != 0.0:
            for place in range(hub_starts[hub], hub_starts[hub + 1]):
                node = hub_members[place]
                if receives[node]:
                    out[node] += factor[hub] * (total - held[node])
    for node in range(len(out)):
        out[node] *= scale[node]


@njit(cache=True, fastmath=False)
def spread(  # noqa: PLR0912, PLR0917 (one compiled loop: a call inside it would cost more than it tells)
    starts: Array, others: Array, coefficients: Array, node_starts: Array, node_hubs: Array, hub_starts: Array,
    hub_members: Array, factor: Array, gives: Array, takes: Array, origin: int, hops: int,
) -> tuple[Array, Array]:  # fmt: skip
    """Nodes within `hops` of `origin` and the sum of the products over all walks to each, the empty walk included.

    `gives` and `takes` tell which nodes may pass on and which may be reached; rows of `starts` are the way the walk goes.
    Returns (nodes, values), nodes in the order they were reached.
    """
    count = len(starts) - 1
    total, now, then = np.zeros(count), np.zeros(count), np.zeros(count)
    seen = np.zeros(count, np.bool_)
    reached, front, ahead = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    waiting = np.zeros(count, np.bool_)
    reached[0], front[0] = origin, origin
    found, width = 1, 1
    seen[origin] = True
    total[origin], now[origin] = 1.0, 1.0
    for _ in range(hops):
        widened = 0
        for place in range(width):
            node = front[place]
            if not gives[node]:
                continue
            for edge in range(starts[node], starts[node + 1]):
                other = others[edge]
                if takes[other]:
                    then[other] += coefficients[edge] * now[node]
                    if not waiting[other]:
                        waiting[other] = True
                        ahead[widened] = other
                        widened += 1
            for slot in range(node_starts[node], node_starts[node + 1]):
                hub = node_hubs[slot]
                for member in range(hub_starts[hub], hub_starts[hub + 1]):
                    other = hub_members[member]
                    if other != node and takes[other]:
                        then[other] += factor[hub] * now[node]
                        if not waiting[other]:
                            waiting[other] = True
                            ahead[widened] = other
                            widened += 1
        for place in range(width):
            now[front[place]] = 0.0
        for place in range(widened):
            other = ahead[place]
            now[other] = then[other]
            then[other] = 0.0
            total[other] += now[other]
            waiting[other] = False
            front[place] = other
            if not seen[other]:
                seen[other] = True
                reached[found] = other
                found += 1
        width = widened
    nodes = reached[:found].copy()
    return nodes, total[nodes]
