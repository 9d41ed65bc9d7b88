"""The operator of a profile: bulk rounds, the fixed point, and local propagation in both directions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.edges import Edges
from graph.signals import kernel
from graph.signals.compiled import PLAIN_MAX
from graph.signals.kernel import Array, Real, Rows, Shared
from graph.signals.rounds import Rounds, cache_order

TOLERANCE = 1e-12
ROUNDS_MAX = 2000
ARRANGED_FROM_EDGES = 1_000_000  # Below, everything lies in the cache anyway.

Room = tuple[Array, Array, Array, Array, Array]
"""Arrays a walk works in, of nodes and then of shared values, all zero between two walks but for lists of places."""


@dataclass(frozen=True)
class Operator:
    """C^T of one profile, and its transpose where a walk goes from the sender on."""

    edges: Edges
    _rooms: list[Room] = field(default_factory=list, compare=False, repr=False)

    def round(self, state: Real) -> Real:
        """C^T state: what every node receives in one hop."""
        out = np.empty(len(state))
        with self.rounds.running() as run:
            run.round(state, np.zeros(len(state)), out)
        return out

    def finite(self, seeds: Real, hops: int) -> Real:
        """`sum_{h=0..hops} (C^T)^h seeds`."""
        total, state, out, zeros = seeds.copy(), seeds.copy(), np.empty(len(seeds)), np.zeros(len(seeds))
        with self.rounds.running() as run:
            for _ in range(hops):
                run.round(state, zeros, out)
                total += out
                state, out = out, state
        return total

    def greatest(self, seeds: Real, hops: int) -> list[Real]:
        """For 0..hops: the greatest `seed strength x coefficients` of any walk of at most so many hops to each node.

        What bounds a search for the strongest paths. A shared value may lead back to its own node: the bound stays above.
        """
        e = self.edges
        bounds = [seeds]
        for _ in range(hops):
            bounds.append(np.maximum(bounds[0], _greatest(e, bounds[-1])))
        return bounds

    def fixed_point(self, seeds: Real, *, tolerance: float = TOLERANCE) -> Real:
        """The b of `b = seeds + C^T b`; columns must sum below 1. Stops when a round changes no node by more than `tolerance`."""
        if len(self.edges.senders) < ARRANGED_FROM_EDGES:
            with self.rounds.running() as run:
                return run.settle(seeds, tolerance=tolerance, rounds_max=ROUNDS_MAX)
        rounds, order = self.arranged
        solution = np.empty(len(seeds))
        with rounds.running() as run:
            solution[order] = run.settle(seeds[order], tolerance=tolerance, rounds_max=ROUNDS_MAX)
        return solution

    def reach_into(self, node: int, near: NDArray[np.bool_], blocked: tuple[int, ...] = ()) -> tuple[Array, Real]:
        """The adjoint `y = sum_h C^h e_node`: who reaches the node, and how much of one unit arrives. Sparse.

        near (hops, n): the nodes that walks may go on to, hop by hop. Where those are left out that come to no wanted node in
        the hops that are left, the values at wanted nodes stay the same, to the last digit.
        """
        may_receive = _without(self.edges.receives, blocked)
        spread = kernel.spread_from.for_work(self._steps_into(node, near))
        with self._room() as room:
            return spread(self.inward, self.shared, may_receive, near, *room, node)

    def _steps_into(self, node: int, near: NDArray[np.bool_]) -> int:
        """Edges that `reach_into` goes over, or more than interpreted loops should."""
        (starts, senders, _), (node_starts, node_hubs, hub_starts, hub_members, _) = self.inward, self.shared
        front, steps = np.array([node]), 0
        for wanted in near:
            hubs = np.unique(_slices(node_hubs, node_starts, front))
            steps += int((starts[front + 1] - starts[front]).sum() + (hub_starts[hubs + 1] - hub_starts[hubs]).sum())
            if steps > PLAIN_MAX:
                break
            ahead = np.unique(np.concatenate((_slices(senders, starts, front), _slices(hub_members, hub_starts, hubs))))
            front = ahead[wanted[ahead]]
        return steps

    def reach_from(self, node: int, hops: int, blocked: tuple[int, ...] = ()) -> tuple[Array, Real]:
        """`sum_h (C^T)^h e_node`: what one unit at the node brings to whom, never to nor through the blocked. Sparse."""
        may_receive = _without(self.edges.receives, blocked)
        with self._room() as room:
            return kernel.spread_from(self.outward, self.shared, self._everyone, np.tile(may_receive, (hops, 1)), *room, node)

    def echoes(self, nodes: Array, hops: int, blocked: tuple[int, ...] = ()) -> Real:
        """For each of these nodes the part of one unit that returns to it within `hops`, the unit itself included."""
        diagonal = np.empty(len(nodes))
        may_receive = _without(self.edges.receives, blocked)
        with self._room() as room:
            kernel.echoes(
                self.inward, self.outward, self.shared, may_receive, self._everyone, *room, nodes.astype(np.int64), hops, diagonal
            )
        return diagonal

    def hubs_of(self, node: int) -> list[int]:
        """The shared values (rows of `factor`) a node has."""
        starts, hubs = self.shared[:2]
        node_hubs: list[int] = hubs[starts[node] : starts[node + 1]].tolist()
        return node_hubs

    @property
    def inward(self) -> Rows:
        """Row v: who sends to v."""
        return self.edges.starts, self.edges.senders, self.edges.coefficients

    @cached_property
    def outward(self) -> Rows:
        """Row u: who receives from u."""
        e = self.edges
        receivers = np.repeat(np.arange(len(e.receives), dtype=np.int32), np.diff(e.starts))
        order = np.argsort(e.senders, kind="stable")
        return _starts(e.senders, len(e.receives)), receivers[order], e.coefficients[order]

    @cached_property
    def shared(self) -> Shared:
        """The shared values, from both sides."""
        e = self.edges
        hubs = np.repeat(np.arange(len(e.factor)), np.diff(e.hub_starts))
        order = np.argsort(e.hub_members, kind="stable")
        return _starts(e.hub_members, len(e.receives)), hubs[order], e.hub_starts, e.hub_members, e.factor

    @cached_property
    def rounds(self) -> Rounds:
        """Whole rounds, nodes in the network's order."""
        return Rounds(self.inward, self.shared, self.edges.receives, self.edges.scale)

    @cached_property
    def arranged(self) -> tuple[Rounds, Array]:
        """Whole rounds for nodes in an order that suits the cache, and that order."""
        e = self.edges
        order, rank = cache_order(self.inward)
        arranged_edges = Edges(
            *kernel.permuted_rows(self.inward, order, rank), e.origin, e.hub_starts, rank[e.hub_members], e.factor, e.hub,
            e.receives[order], e.scale[order], e.pairs,
        )  # fmt: skip
        return Operator(arranged_edges).rounds, order

    @cached_property
    def _everyone(self) -> NDArray[np.bool_]:
        return np.ones(len(self.edges.receives), np.bool_)

    @contextmanager
    def _room(self) -> Iterator[Room]:
        """Room for one walk, used again by the next; threads that walk at once each have their own."""
        count = len(self.edges.receives)
        try:
            room = self._rooms.pop()
        except IndexError:
            hubs = len(self.edges.factor)
            of_nodes = np.zeros((3, count)), np.zeros((3, count), np.int64), np.zeros((2, count), np.bool_)
            room = (*of_nodes, np.zeros(hubs), np.zeros(hubs, np.int64))
        yield room
        self._rooms.append(room)  # Not after a failure: what it left behind would be taken for a walk.


def _greatest(e: Edges, state: Real) -> Real:
    """The greatest of what each node receives over one edge or shared value."""
    best = np.zeros(len(state))
    rows = np.flatnonzero(np.diff(e.starts))
    if len(rows):
        best[rows] = np.maximum.reduceat(e.coefficients * state[e.senders], e.starts[rows])
    if len(e.factor):
        hub_greatest = np.maximum.reduceat(state[e.hub_members], e.hub_starts[:-1]) * e.factor
        np.maximum.at(best, e.hub_members, np.repeat(hub_greatest, np.diff(e.hub_starts)))
    return np.where(e.receives, best, 0.0)


def _slices(values: Array, starts: Array, keys: Array) -> Array:
    """`values[starts[key] : starts[key + 1]]` of every key, one after the other."""
    counts = starts[keys + 1] - starts[keys]
    ends = np.cumsum(counts)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts[keys] - (ends - counts), counts)
    chosen: Array = values[places]
    return chosen


def _starts(nodes: Array, count: int) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.bincount(nodes, minlength=count)))).astype(np.int64)


def _without(receives: NDArray[np.bool_], blocked: tuple[int, ...]) -> NDArray[np.bool_]:
    if not blocked:
        return receives
    allowed = receives.copy()
    allowed[list(blocked)] = False
    return allowed
