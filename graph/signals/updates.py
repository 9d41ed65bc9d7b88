"""Signals warm-started from the last run: only changes since then are pushed on; the result carries its error bound."""

from dataclasses import dataclass

import numpy as np

from graph.network.parties import Parties
from graph.signals import residual_push
from graph.signals.incremental import FixedPoint, Update, bound_of
from graph.signals.kernel import Real
from graph.signals.mutable_edges import mutable_ties
from graph.signals.operator import Operator


@dataclass(frozen=True)
class PreviousSignals:
    """Signals of an earlier run: `values[name][i]` belongs to the party `ids[i]`."""

    ids: tuple[str, ...]
    values: dict[str, Real]

    def values_for(self, name: str, parties: Parties) -> Real | None:
        """A stored signal as one value for each of today's parties, 0 for new ones; None if it was not stored."""
        if name not in self.values:
            return None
        place_now = np.fromiter((parties.index.get(id_, -1) for id_ in self.ids), np.int64, len(self.ids))
        values = np.zeros(len(parties))
        values[place_now[place_now >= 0]] = self.values[name][place_now >= 0]
        return values


@dataclass(frozen=True)
class Solution:
    """A fixed point, one value a node, and how it was computed."""

    value: Real
    update: Update


def solve(
    operator: Operator, seeds: Real, before: Real | None, *, keep: float, tolerance: float, by_sender: bool = False
) -> Solution:
    """`x = seeds + C^T x`, from `before` where there is one. `keep`, `tolerance`, `by_sender` as in `FixedPoint`.

    The residual of the kept values is measured at every node in one round, so the bound depends only on the ties as they are
    now. Nodes that no seed reaches get exactly 0, as in bulk: removing a seed leaves residues far below the tolerance, and
    "trust reaches this reporter" means more than 0.
    """
    if before is None:
        value = operator.fixed_point(seeds, tolerance=tolerance)
        residual = seeds + operator.round(value) - value
        return Solution(value, Update(bulk=True, edges=0, bound=bound_of(residual, keep, by_sender=by_sender)))
    point = FixedPoint(mutable_ties(operator, seeds), before, keep=keep, tolerance=tolerance, by_sender=by_sender)
    update = point.settle()
    return Solution(_without_crumbs(operator, seeds, point), update)


def _without_crumbs(operator: Operator, seeds: Real, point: FixedPoint) -> Real:
    """x, but 0 where no seed reaches; and what is about to arrive where one does and x is still 0."""
    edges = operator.edges
    reachable = residual_push.reachable_from_seeds(operator.outward, operator.shared, edges.receives, edges.scale, seeds)
    x = np.where(point.x > 0.0, point.x, np.maximum(point.x + point.r, 0.0))
    return np.where(reachable, x, 0.0)
