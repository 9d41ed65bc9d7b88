"""A profile's operator: bulk rounds, the fixed point, and the local spread both ways."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.edges import Edges
from graph.signals import kernel
from graph.signals.kernel import Array, Real

TOLERANCE = 1e-12
ROUNDS_MAX = 2000


@dataclass(frozen=True)
class Operator:
    """C^T of one profile, and its transpose where a walk goes from the sender on."""

    edges: Edges

    def round(self, held: Real) -> Real:
        """C^T held: what every node receives in one hop."""
        e = self.edges
        out = np.zeros(len(held))
        kernel.pull(e.starts, e.senders, e.coefficients, e.hub_starts, e.hub_members, e.factor, e.receives, e.scale, held, out)
        return out

    def finite(self, seeds: Real, hops: int) -> Real:
        """`sum_{h=0..hops} (C^T)^h seeds`."""
        total, held = seeds.copy(), seeds
        for _ in range(hops):
            held = self.round(held)
            if not held.any():
                break
            total += held
        return total

    def greatest(self, seeds: Real, hops: int) -> list[Real]:
        """For 0..hops: the greatest `seed strength x coefficients` of any walk of at most so many hops to each node.

        What bounds a search for the strongest paths. A shared value may lead back to its own node: the bound stays above.
        """
        e = self.edges
        found = [seeds]
        for _ in range(hops):
            found.append(np.maximum(found[0], _greatest(e, found[-1])))
        return found

    def fixed_point(self, seeds: Real, *, tolerance: float = TOLERANCE) -> Real:
        """The b of `b = seeds + C^T b`; columns must sum below 1. Stops when a round adds at most `tolerance` anywhere."""
        total, held = seeds.copy(), seeds
        for _ in range(ROUNDS_MAX):
            held = self.round(held)
            total += held
            if held.max(initial=0.0) <= tolerance:
                break
        return total

    def back(self, node: int, hops: int, blocked: tuple[int, ...] = ()) -> tuple[Array, Real]:
        """The adjoint `y = sum_h C^h e_node`: who reaches the node, and how much of one unit arrives. Sparse."""
        e = self.edges
        may_receive = _without(e.receives, blocked)
        starts, hubs = self._hubs_of_nodes
        everyone = np.ones(len(e.receives), np.bool_)
        return kernel.spread(
            e.starts, e.senders, e.coefficients, starts, hubs, e.hub_starts, e.hub_members, e.factor,
            may_receive, everyone, node, hops,
        )  # fmt: skip

    def forth(self, node: int, hops: int, blocked: tuple[int, ...] = ()) -> tuple[Array, Real]:
        """`sum_h (C^T)^h e_node`: what one unit at the node brings to whom, never to nor through the blocked. Sparse."""
        e = self.edges
        starts, hubs = self._hubs_of_nodes
        outward, receivers, coefficients = self._outward
        everyone = np.ones(len(e.receives), np.bool_)
        return kernel.spread(
            outward, receivers, coefficients, starts, hubs, e.hub_starts, e.hub_members, e.factor,
            everyone, _without(e.receives, blocked), node, hops,
        )  # fmt: skip

    def hubs_of(self, node: int) -> list[int]:
        """The shared values (rows of `factor`) a node has."""
        starts, hubs = self._hubs_of_nodes
        found: list[int] = hubs[starts[node] : starts[node + 1]].tolist()
        return found

    @cached_property
    def _outward(self) -> tuple[NDArray[np.int64], NDArray[np.int32], Real]:
        e = self.edges
        receivers = np.repeat(np.arange(len(e.receives), dtype=np.int32), np.diff(e.starts))
        order = np.argsort(e.senders, kind="stable")
        starts = _starts(e.senders, len(e.receives))
        return starts, receivers[order], e.coefficients[order]

    @cached_property
    def _hubs_of_nodes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        e = self.edges
        hubs = np.repeat(np.arange(len(e.factor)), np.diff(e.hub_starts))
        order = np.argsort(e.hub_members, kind="stable")
        return _starts(e.hub_members, len(e.receives)), hubs[order]


def _greatest(e: Edges, held: Real) -> Real:
    """The greatest of what each node receives over one edge or shared value."""
    best = np.zeros(len(held))
    rows = np.flatnonzero(np.diff(e.starts))
    if len(rows):
        best[rows] = np.maximum.reduceat(e.coefficients * held[e.senders], e.starts[rows])
    if len(e.factor):
        most = np.maximum.reduceat(held[e.hub_members], e.hub_starts[:-1]) * e.factor
        np.maximum.at(best, e.hub_members, np.repeat(most, np.diff(e.hub_starts)))
    return np.where(e.receives, best, 0.0)


def _starts(nodes: Array, count: int) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.bincount(nodes, minlength=count)))).astype(np.int64)


def _without(receives: NDArray[np.bool_], blocked: tuple[int, ...]) -> NDArray[np.bool_]:
    if not blocked:
        return receives
    kept = receives.copy()
    kept[list(blocked)] = False
    return kept
