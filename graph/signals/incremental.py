"""Signals that stay right while ties and seeds change: only what a change reaches is computed anew.

A fixed point keeps x and its residual `r = s + C^T x - x`, so what x lacks is bounded by r alone:
`|err|_inf <= |r|_inf / (1 - keep)` where every receiver's column sums to at most `keep`, and
`|err|_1 <= |r|_1 / (1 - keep)` where every sender passes on at most that. A finite profile keeps its value after each hop.
Source: Andersen, Chung and Lang 2006, Local graph partitioning using PageRank vectors; for residuals of both signs Zhang,
Lofgren and Goel 2016, Approximate personalized PageRank on dynamic graphs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.signals import residual_push
from graph.signals.kernel import Real
from graph.signals.mutable_edges import MutableTies
from graph.signals.rounds import Running

EDGES_SHARE_MAX = 0.2  # A push over more edges than this part of all takes longer than whole rounds: docs/benchmarks/signals.md.
ROUNDS_MAX = 2000


@dataclass(frozen=True)
class Update:
    """How a signal was brought up to date: in `bulk`, or by walking `edges` edges; `bound` is certified for its error."""

    bulk: bool
    edges: int
    bound: float


def bound_of(residual: Real, keep: float, *, by_sender: bool) -> float:
    """Upper bound on the error of an x with this residual: at any node, or summed over all nodes where `by_sender`."""
    magnitudes = np.abs(residual)
    return float(magnitudes.sum() if by_sender else magnitudes.max(initial=0.0)) / (1.0 - keep)


class FixedPoint:
    """`x = seeds + C^T x` over ties that may change; take up an x of any exactness and `settle`."""

    def __init__(self, ties: MutableTies, x: Real, *, keep: float, tolerance: float, by_sender: bool = False) -> None:
        """`keep` < 1 bounds every receiver's column, or every sender's row where `by_sender`; see the module's bounds.

        tolerance: the residual that a node may be left with
        """
        self.ties, self.keep, self.tolerance, self.by_sender = ties, keep, tolerance, by_sender
        self.x = x.copy()
        with ties.rounds.running() as run:
            self.r = _residual_of(run, ties.seeds, self.x)
        self._queue, self._queued = np.zeros(len(x) + 1, np.int64), np.zeros(len(x), np.bool_)
        ties.touched.update(np.flatnonzero(np.abs(self.r) > tolerance).tolist())

    def settle(self) -> Update:
        """Patch the residual at every receiver that changed, and push until no node has more than the tolerance left."""
        ties, changed_nodes = self.ties, self.ties.take_touched()
        shared, receives = ties.operator.shared, ties.operator.edges.receives
        for node in changed_nodes.tolist():
            state = (ties.inward.slack_rows, shared, receives, ties.scale, ties.gives, ties.seeds, self.x)
            self.r[node] = residual_push.residual(*state, node)
        self._queue[: len(changed_nodes)] = changed_nodes
        self._queued[changed_nodes] = True
        walked, waiting = residual_push.push(
            ties.outward.slack_rows, shared, receives, ties.scale, ties.gives, self.x, self.r, self._queue, self._queued,
            len(changed_nodes), self.tolerance, int(EDGES_SHARE_MAX * ties.inward.edges),
        )  # fmt: skip
        if waiting:
            self._solve()
        return Update(bulk=bool(waiting), edges=int(walked), bound=self.bound)

    @property
    def bound(self) -> float:
        """How far x may be from the bulk answer: at any node, or summed over all nodes where `by_sender`."""
        return bound_of(self.r, self.keep, by_sender=self.by_sender)

    def _solve(self) -> None:
        """Whole rounds, from where x stands."""
        with self.ties.rounds.running() as run:
            self.x = run.settle(self.ties.seeds, tolerance=self.tolerance, rounds_max=ROUNDS_MAX, start=self.x)
            self.r = _residual_of(run, self.ties.seeds, self.x)


class FiniteSum:
    """`sum_{h=0..hops} (C^T)^h seeds` over ties that may change; `value` is up to date after `settle`."""

    def __init__(self, ties: MutableTies, hops: int) -> None:
        self.ties, self.hops = ties, hops
        self._layers = self._whole()
        self._marked = np.zeros(len(ties.seeds), np.bool_)
        self._room = np.zeros(len(ties.seeds), np.int64)

    @property
    def value(self) -> Real:
        """b of every node."""
        return self._layers[-1]

    def settle(self) -> Update:
        """Compute anew, hop by hop, every node whose column or seed changed and every node such a change may have reached."""
        changed_nodes = self.ties.take_touched()
        self._layers[0][changed_nodes] = self.ties.seeds[changed_nodes]
        walked, frontier, edges_max = 0, changed_nodes, EDGES_SHARE_MAX * self.ties.inward.edges
        for hop in range(self.hops):
            frontier = self._beyond(frontier, changed_nodes)
            ties = self.ties
            walked += residual_push.recompute_nodes(
                ties.inward.slack_rows, ties.operator.shared, ties.operator.edges.receives, ties.scale, ties.gives, ties.seeds,
                self._layers[hop], self._layers[hop + 1], frontier,
            )  # fmt: skip
            if walked > edges_max:
                self._layers = self._whole()
                return Update(bulk=True, edges=walked, bound=0.0)
        return Update(bulk=False, edges=walked, bound=0.0)

    def _beyond(self, nodes: NDArray[np.int64], changed_nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The nodes one hop on from `nodes`, and those whose own column changed."""
        shared, receives = self.ties.operator.shared, self.ties.operator.edges.receives
        self._marked[changed_nodes] = True
        count = residual_push.mark_next_hop(self.ties.outward.slack_rows, shared, receives, nodes, self._marked, self._room)
        reached_nodes = np.concatenate((changed_nodes, self._room[:count]))
        self._marked[reached_nodes] = False
        return reached_nodes

    def _whole(self) -> list[Real]:
        layers = [self.ties.seeds.copy()]
        with self.ties.rounds.running() as run:
            for _ in range(self.hops):
                out = np.empty(len(layers[0]))
                run.round(layers[-1], self.ties.seeds, out)
                layers.append(out)
        return layers


def _residual_of(run: Running, seeds: Real, x: Real) -> Real:
    out = np.empty(len(x))
    run.round(x, seeds, out)
    return out - x
