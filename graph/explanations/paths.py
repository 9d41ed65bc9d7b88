"""The strongest simple paths from listed parties to one node, best first."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np

from graph.explanations.hops import HopEdge
from graph.network.links import Real
from graph.signals.risk import Risk

PATHS_MAX = 5
TAKEN_MAX = 20_000  # Partial paths looked at: a firm at a registered agent's address has thousands of neighbours.


@dataclass(frozen=True)
class NodePath:
    """A path from a listed node to the node asked about, in that order. `strength` = seed strength times coefficients."""

    listed: int
    hop_edges: tuple[HopEdge, ...]
    strength: float


@dataclass(frozen=True)
class Partial:
    """A path found so far, from the node asked about back. `product` is that of its coefficients, and once it is `closed`
    at a listed party its strength."""

    product: float
    nodes: tuple[int, ...]
    hop_edges: tuple[HopEdge, ...]
    closed: bool = False


def best_paths(risk: Risk, node: int, *, limit: int = PATHS_MAX) -> tuple[NodePath, ...]:
    """At most `limit` simple paths that carry the profile's exposure to a node, the strongest first.

    Best-first on the greatest strength each partial path can still come to, so only paths that lead to a listed party
    are followed; a case's creditors are never on its path. Ties by the nodes passed.
    """
    order = count()
    first = Partial(1.0, (node,), ())
    waiting = [(-1.0, first.nodes, next(order), first)]
    paths: list[NodePath] = []
    for _ in range(TAKEN_MAX):
        if not waiting or len(paths) >= limit:
            break
        partial = heapq.heappop(waiting)[-1]
        if partial.closed:
            paths.append(NodePath(partial.nodes[-1], partial.hop_edges, partial.product))
            continue
        for bound, longer in _extensions(risk, partial):
            heapq.heappush(waiting, (-bound, longer.nodes, next(order), longer))
    return tuple(paths)


def _extensions(risk: Risk, partial: Partial) -> Iterator[tuple[float, Partial]]:
    """The path closed at a listed party, and every path one hop longer, each with the greatest strength it can come to."""
    last, hops_left = partial.nodes[-1], risk.hops - len(partial.hop_edges)
    weakest = risk.network.rulebook.look.path_from
    if listed := _listed_at(risk, last, partial.nodes[0]):
        strength, blocked = listed
        blind = any(set(partial.nodes) & creditors for creditors in blocked)
        if not blind and partial.product * strength >= weakest:
            closed = Partial(partial.product * strength, partial.nodes, partial.hop_edges, closed=True)
            yield closed.product, closed
    if hops_left:
        for bound, hop_edge in hop_edges_into(risk, last, partial.product, risk.bounds[hops_left - 1]):
            if hop_edge.source not in partial.nodes:
                yield (
                    bound,
                    Partial(
                        partial.product * hop_edge.coefficient, (*partial.nodes, hop_edge.source), (hop_edge, *partial.hop_edges)
                    ),
                )


def hop_edges_into(risk: Risk, node: int, product: float, bounds: Real) -> Iterator[tuple[float, HopEdge]]:
    """Hops into a node that may be part of a path worth showing, each with the greatest strength such a path can reach.

    `product` is that of the path so far, `bounds` what may reach each node at most.
    Chosen in whole columns: of the thousands who share an agent's address few are near a listed party.
    """
    edges, weakest = risk.operator.edges, risk.network.rulebook.look.path_from
    if not edges.receives[node]:
        return
    row = slice(int(edges.starts[node]), int(edges.starts[node + 1]))
    reach = product * edges.coefficients[row] * bounds[edges.senders[row]]
    for place in np.flatnonzero(reach >= weakest).tolist():
        edge = row.start + place
        hop_edge = HopEdge(int(edges.senders[edge]), node, float(edges.coefficients[edge]), int(edges.origin[edge]), None, edges)
        yield float(reach[place]), hop_edge
    for hub in risk.operator.hubs_of(node):
        members = edges.hub_members[edges.hub_starts[hub] : edges.hub_starts[hub + 1]]
        reach = product * edges.factor[hub] * bounds[members]
        for place in np.flatnonzero((reach >= weakest) & (members != node)).tolist():
            yield (
                float(reach[place]),
                HopEdge(int(members[place]), node, float(edges.factor[hub]), None, int(edges.hub[hub]), edges),
            )


def _listed_at(risk: Risk, node: int, target: int) -> tuple[float, list[set[int]]] | None:
    """Strength of a listed node as a source for the one asked about, and the creditors its paths must not pass."""
    seeds = [seed for seed in risk.seeds_at.get(node, ()) if node != target and target not in seed.blocked]
    blocked = [set(seed.blocked) for seed in seeds if seed.blocked]
    return (sum(seed.strength for seed in seeds), blocked) if seeds else None
