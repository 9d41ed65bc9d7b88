"""The strongest simple paths from listed parties to one node, best first."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from graph.explanations.hops import Leap
from graph.signals.risk import Risk

PATHS_MAX = 5
TAKEN_MAX = 20_000  # Partial paths looked at: a firm at a registered agent's address has thousands of neighbours.
WEAKEST = 1e-6  # Below this a path bears no point and no reader's attention.


@dataclass(frozen=True)
class Way:
    """A path from a listed node to the node asked about, in that order. `strength` = seed strength times coefficients."""

    listed: int
    leaps: tuple[Leap, ...]
    strength: float


@dataclass(frozen=True)
class Partial:
    """A path found so far, from the node asked about back. `bound` is the greatest strength it can still have; `closed`
    once it ends at a listed party and `bound` is its true strength."""

    bound: float
    passed: tuple[int, ...]
    leaps: tuple[Leap, ...]
    closed: bool = False


Seeds = dict[int, tuple[float, list[set[int]]]]


def best_paths(risk: Risk, node: int, *, limit: int = PATHS_MAX) -> tuple[Way, ...]:
    """At most `limit` simple paths that carry the profile's exposure to a node, the strongest first.

    Best-first on -log of the product; a case's creditors are never on its path. Ties by the nodes passed.
    """
    seeds = _strengths(risk, node)
    if not seeds:
        return ()
    greatest = max(value for value, _ in seeds.values())
    order = count()
    first = Partial(greatest, (node,), ())
    waiting = [(-first.bound, first.passed, next(order), first)]
    found: list[Way] = []
    for _ in range(TAKEN_MAX):
        if not waiting or len(found) >= limit:
            break
        partial = heapq.heappop(waiting)[-1]
        if partial.closed:
            found.append(Way(partial.passed[-1], partial.leaps, partial.bound))
            continue
        for longer in _further(risk, seeds, greatest, partial):
            heapq.heappush(waiting, (-longer.bound, longer.passed, next(order), longer))
    return tuple(found)


def _further(risk: Risk, seeds: Seeds, greatest: float, partial: Partial) -> Iterator[Partial]:
    """The path closed at a listed party, and every path one hop longer, each with its greatest possible strength."""
    last = partial.passed[-1]
    if partial.leaps and last in seeds:
        strength, blocked = seeds[last]
        if not any(set(partial.passed) & creditors for creditors in blocked):
            yield Partial(partial.bound / greatest * strength, partial.passed, partial.leaps, closed=True)
    if len(partial.leaps) < risk.hops:
        for leap in leaps_into(risk, last):
            bound = partial.bound * leap.coefficient
            if leap.source not in partial.passed and bound > WEAKEST:
                yield Partial(bound, (*partial.passed, leap.source), (leap, *partial.leaps))


def leaps_into(risk: Risk, node: int) -> Iterator[Leap]:
    """Every hop by which something reaches a node in the profile."""
    edges = risk.operator.edges
    if not edges.receives[node]:
        return
    for place in range(int(edges.starts[node]), int(edges.starts[node + 1])):
        yield Leap(int(edges.senders[place]), node, float(edges.coefficients[place]), int(edges.origin[place]), None, edges)
    for hub in risk.operator.hubs_of(node):
        for member in edges.hub_members[edges.hub_starts[hub] : edges.hub_starts[hub + 1]].tolist():
            if member != node:
                yield Leap(member, node, float(edges.factor[hub]), None, int(edges.hub[hub]), edges)


def _strengths(risk: Risk, node: int) -> Seeds:
    """Strength of each listed node but the one asked about, and the creditors its paths must not pass."""
    found: Seeds = {}
    for seed in risk.seeds:
        if seed.node != node and node not in seed.blocked:
            strength, blocked = found.get(seed.node, (0.0, []))
            found[seed.node] = (strength + seed.strength, [*blocked, set(seed.blocked)] if seed.blocked else blocked)
    return found
