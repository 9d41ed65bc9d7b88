"""Routes between two parties over ties and shared values: the shortest first, the strongest among equally short ones."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import prod

import numpy as np
from numpy.typing import NDArray

from graph.explanations.hops import Hop, HopEdge, hop
from graph.explanations.sentences import Sentences
from graph.network.network import Network
from ontology.base import Identity, ImmutableModel
from ontology.errors import EntityUnknown

ROUTES_MAX = 5
HOPS_MAX = 6
TAKEN_MAX = 20_000
PLAIN = 0.05  # Strength of a tie no profile lets pass: it still ties.


class Route(ImmutableModel):
    """One route from the first party to the second. `strength` is the product over the hops, 0..1; only for ordering."""

    to_id: Identity
    sentence: str
    strength: float
    hops: tuple[Hop, ...]


@dataclass(frozen=True)
class Routes:
    """Finds routes over the ties in force and the shared values of one network."""

    sentences: Sentences

    @property
    def network(self) -> Network:
        """The network that is searched."""
        return self.sentences.network

    def between(self, from_id: str, to_id: str, *, limit: int = ROUTES_MAX) -> tuple[Route, ...]:
        """At most `limit` routes of at most six hops. Raises EntityUnknown."""
        start, goal = self._place(from_id), self._place(to_id)
        hops_left = self._hops_left(goal)
        order = count()
        waiting: list[tuple[int, float, tuple[int, ...], int, tuple[HopEdge, ...]]] = []
        if hops_left[start] <= HOPS_MAX and start != goal:
            waiting.append((int(hops_left[start]), -1.0, (start,), next(order), ()))
        routes: list[Route] = []
        for _ in range(TAKEN_MAX):
            if not waiting or len(routes) >= limit:
                break
            _, weight, visited, _, hop_edges = heapq.heappop(waiting)
            if visited[-1] == goal:
                routes.append(self._route(hop_edges, -weight))
                continue
            for hop_edge in self._from(visited[-1]):
                length = len(hop_edges) + 1 + int(hops_left[hop_edge.target])
                if hop_edge.target not in visited and length <= HOPS_MAX:
                    heapq.heappush(
                        waiting,
                        (length, weight * hop_edge.coefficient, (*visited, hop_edge.target), next(order), (*hop_edges, hop_edge)),
                    )
        return tuple(routes)

    def to_listed(self, from_id: str, *, limit: int = ROUTES_MAX) -> tuple[Route, ...]:
        """The shortest route to each of the nearest other parties with a listing in force. Raises EntityUnknown."""
        start = self._place(from_id)
        own_parties = {start, *self.network.parties_of(int(self.network.nodes[start]))}
        listed = set(self.network.listed.tolist()) - own_parties
        edges_by_party: dict[int, tuple[HopEdge, ...]] = {start: ()}
        front, visited_count = [start], 0
        while (
            front
            and len(listed & edges_by_party.keys()) < limit
            and visited_count <= TAKEN_MAX
            and len(edges_by_party[front[0]]) < HOPS_MAX
        ):
            visited_count += len(front)
            front = self._step(edges_by_party, front)
        candidates = (
            (edges_by_party[party], _strength(edges_by_party[party]), party) for party in listed & edges_by_party.keys()
        )
        nearest = sorted(candidates, key=lambda candidate: (len(candidate[0]), -candidate[1], candidate[2]))[:limit]
        return tuple(self._route(hop_edges, strength) for hop_edges, strength, _ in nearest)

    def _step(self, edges_by_party: dict[int, tuple[HopEdge, ...]], front: list[int]) -> list[int]:
        """Add the parties one hop beyond the front, each over its strongest hop; returns them in order."""
        best: dict[int, tuple[HopEdge, ...]] = {}
        for party in front:
            for hop_edge in self._from(party):
                longer = (*edges_by_party[party], hop_edge)
                if hop_edge.target not in edges_by_party and _strength(longer) > _strength(best.get(hop_edge.target)):
                    best[hop_edge.target] = longer
        edges_by_party |= best
        return sorted(best)

    def _place(self, id_: str) -> int:
        place = self.network.parties.index.get(id_)
        if place is None:
            raise EntityUnknown(id=id_)
        return place

    def _route(self, hop_edges: tuple[HopEdge, ...], strength: float) -> Route:
        hops = tuple(hop(self.network, hop_edge, language=self.sentences.language) for hop_edge in hop_edges)
        sentence = self.sentences.wording.sentences(self.sentences.chain(hops))
        return Route(to_id=self.network.parties.ids[hop_edges[-1].target], sentence=sentence, strength=strength, hops=hops)

    def _hops_left(self, goal: int) -> NDArray[np.int64]:
        """Least number of hops from every party to the goal; far beyond the limit where there is no way."""
        hops_left = np.full(len(self.network), HOPS_MAX + 99)
        hops_left[goal] = 0
        front = [goal]
        for distance in range(1, HOPS_MAX + 1):
            ahead = {
                hop_edge.target for party_ in front for hop_edge in self._from(party_) if hops_left[hop_edge.target] > distance
            }
            hops_left[sorted(ahead)] = distance
            front = sorted(ahead)
        return hops_left

    def _from(self, place: int) -> Iterator[HopEdge]:
        ties, around = self.network.ties, self.network.ties_at(place)
        for tie in around[ties.carries[around]].tolist():
            back = int(ties.target[tie]) == place
            neighbour = int((ties.source if back else ties.target)[tie])
            yield HopEdge(place, neighbour, self._strength(tie), tie, None)
        for hub in self.network.hubs_at(place).tolist():
            sharers = self.network.hubs.sharers(hub).tolist()
            for neighbour in sharers if len(sharers) <= self.network.rulebook.possible_succession.sharers_max else ():
                if neighbour != place:
                    yield HopEdge(place, neighbour, PLAIN / (len(sharers) - 1), None, hub)

    def _strength(self, tie: int) -> float:
        ties = self.network.ties
        part = max(float(ties.part_of_source[tie]), float(ties.part_of_target[tie]))
        return min(max(float(self.network.shares[tie]), part, PLAIN), 1.0)


def _strength(hop_edges: tuple[HopEdge, ...] | None) -> float:
    """Product over the hops; below nothing where there is no way."""
    return prod(hop_edge.coefficient for hop_edge in hop_edges) if hop_edges is not None else -1.0
