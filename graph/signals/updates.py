"""Signals taken up from where the last run left them: only what changed since is pushed on, and the bound is told."""

from dataclasses import dataclass

import numpy as np

from graph.network.parties import Parties
from graph.signals import residual_push as pushing
from graph.signals.incremental import FixedPoint, Update, bound_of
from graph.signals.kernel import Real
from graph.signals.mutable_edges import changing
from graph.signals.operator import Operator


@dataclass(frozen=True)
class Held:
    """Signals of an earlier run: `values[name][i]` belongs to the party `ids[i]`."""

    ids: tuple[str, ...]
    values: dict[str, Real]

    def of(self, name: str, parties: Parties) -> Real | None:
        """A signal for the parties there are now, 0 for those that are new; None where it was not kept."""
        if name not in self.values:
            return None
        known = np.fromiter((parties.index.get(one, -1) for one in self.ids), np.int64, len(self.ids))
        found = np.zeros(len(parties))
        found[known[known >= 0]] = self.values[name][known >= 0]
        return found


@dataclass(frozen=True)
class Settled:
    """A fixed point, and how it was come by."""

    value: Real
    update: Update


def settled(
    operator: Operator, seeds: Real, before: Real | None, *, keep: float, tolerance: float, by_sender: bool = False
) -> Settled:
    """`x = seeds + C^T x`, from `before` where there is one. `keep`, `tolerance`, `by_sender` as in `FixedPoint`.

    The residual of what was kept is measured at every node in one round, so the bound rests on the ties as they are now
    and on nothing that was kept. Where nothing of a seed arrives the value is 0, as in bulk: pushing a seed away again
    leaves crumbs far below the tolerance, and "trust reaches this reporter" asks for more than 0.
    """
    if before is None:
        value = operator.fixed_point(seeds, tolerance=tolerance)
        left = seeds + operator.round(value) - value
        return Settled(value, Update(bulk=True, edges=0, bound=bound_of(left, keep, by_sender=by_sender)))
    point = FixedPoint(changing(operator, seeds), before, keep=keep, tolerance=tolerance, by_sender=by_sender)
    update = point.settle()
    return Settled(_without_crumbs(operator, seeds, point), update)


def _without_crumbs(operator: Operator, seeds: Real, point: FixedPoint) -> Real:
    """x, but 0 where no seed reaches; and what is about to arrive where one does and x is still 0."""
    edges = operator.edges
    reached = pushing.reached(operator.outward, operator.shared, edges.receives, edges.scale, seeds)
    x = np.where(point.x > 0.0, point.x, np.maximum(point.x + point.r, 0.0))
    return np.where(reached, x, 0.0)
