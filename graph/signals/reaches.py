"""Which listed parties reach one party, by which paths and how strongly: read from the store hop by hop.

The parties that reach it within H hops and what is carried between them are read, H small questions; the adjoint
`y = sum_h C^h e` and the strongest simple paths are then taken from these few rows.
"""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ontology.rulebook_parts import Profile
from store.port import Row, Store

PATHS_MAX = 5
ROWS_MAX = 200_000  # A party with more within reach is answered for the first ones, and the answer says so.
HOPS_OF_FIXED = 4  # Association goes on at any distance; beyond so many hops a path carries less than a hundredth part.


@dataclass(frozen=True)
class ReachPath:
    """One path from a listed party: ids from there to the party asked about, one coefficient a hop, strength of it all."""

    ids: tuple[str, ...]
    coefficients: tuple[float, ...]
    strength: float


@dataclass(frozen=True)
class Source:
    """A listed party that reaches the one asked about: how strongly it is listed, and how much of that arrives."""

    id: str
    strength: float
    arrives: float


@dataclass(frozen=True)
class Reach:
    """Everything that reaches one party in one profile. `complete` is False where more is within reach than was read.

    `exposure` is the sum of what arrives; `covered` the part of it the paths shown carry, the rest is the remainder.
    """

    entity_id: str
    profile: str
    hops: int
    exposure: float
    covered: float
    remainder: float
    complete: bool
    sources: tuple[Source, ...]
    paths: tuple[ReachPath, ...]


@dataclass
class _Near:
    """The neighbourhood read from the store: coefficient by receiver and sender, and listings by party."""

    into: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    seeds: dict[str, list[tuple[float, frozenset[str]]]] = field(default_factory=lambda: defaultdict(list))
    complete: bool = True


def reach(store: Store, entity_id: str, *, name: str, profile: Profile, paths_max: int = PATHS_MAX) -> Reach:
    """Who reaches a party in a profile, and by which paths. Needs the coefficients that `write_carried_profiles` keeps."""
    hops = profile.max_hops or HOPS_OF_FIXED
    near = _read(store, entity_id, name, hops)
    sources = sorted(_sources(near, entity_id, hops), key=lambda source: (-source.arrives, source.id))
    exposure = sum(source.arrives for source in sources)
    paths = tuple(_strongest_paths(near, entity_id, hops, paths_max))
    covered = sum(path.strength for path in paths)
    return Reach(
        entity_id=entity_id,
        profile=name,
        hops=hops,
        exposure=exposure,
        covered=min(1.0, covered / exposure) if exposure else 1.0,
        remainder=max(0.0, exposure - covered),
        complete=near.complete,
        sources=tuple(sources),
        paths=paths,
    )


def _read(store: Store, entity_id: str, name: str, hops: int) -> _Near:
    near, visited, front = _Near(), {entity_id}, [entity_id]
    for _ in range(hops):
        rows = store.read("signals/carried_into", profile=name, ids=front, limit=ROWS_MAX) if front else []
        near.complete = near.complete and len(rows) < ROWS_MAX
        for row in rows:
            near.into[row["receiver_id"]][row["sender_id"]] += row["coefficient"]
        front = sorted({row["sender_id"] for row in rows} - visited)
        visited.update(front)
    for row in store.read("signals/carried_seeds", profile=name, ids=sorted(visited)):
        near.seeds[row["entity_id"]].append(_seed(row))
    return near


def _seed(row: Row) -> tuple[float, frozenset[str]]:
    return row["strength"], frozenset(json.loads(row["blocked"]))


def _sources(near: _Near, entity_id: str, hops: int) -> Iterator[Source]:
    """Every other listed party with what arrives of it: never to nor through the creditors of its case."""
    arrived = {blocked: _adjoint(near, entity_id, hops, blocked) for seeds in near.seeds.values() for _, blocked in seeds}
    for id_, seeds in near.seeds.items():
        value = sum(strength * arrived[blocked].get(id_, 0.0) for strength, blocked in seeds)
        if id_ != entity_id and value > 0.0:
            yield Source(id_, sum(strength for strength, _ in seeds), value)


def _adjoint(near: _Near, entity_id: str, hops: int, blocked: frozenset[str]) -> dict[str, float]:
    total, current = {entity_id: 1.0}, {entity_id: 1.0}
    for _ in range(hops):
        following: dict[str, float] = defaultdict(float)
        for receiver, amount in current.items():
            if receiver not in blocked:
                for sender, coefficient in near.into.get(receiver, {}).items():
                    following[sender] += coefficient * amount
        for id_, value in following.items():
            total[id_] = total.get(id_, 0.0) + value
        current = following
    return total


def _strongest_paths(near: _Near, entity_id: str, hops: int, paths_max: int) -> Iterator[ReachPath]:
    """The strongest simple paths, best first: a path only grows weaker, so the strongest open one bounds all that follow."""
    greatest = max((sum(strength for strength, _ in seeds) for seeds in near.seeds.values()), default=0.0)
    queue: list[tuple[float, int, tuple[str, ...], tuple[float, ...], bool]] = [(-greatest, 0, (entity_id,), (), False)]
    yielded = number = 0
    while queue and yielded < paths_max:
        bound, _, visited_ids, coefficients, closed = heapq.heappop(queue)
        if closed:
            yielded += 1
            yield ReachPath(visited_ids[::-1], coefficients[::-1], -bound)
            continue
        product = -bound / greatest if greatest else 0.0
        listed_strength = sum(
            strength for strength, blocked in near.seeds.get(visited_ids[-1], ()) if not blocked & set(visited_ids)
        )
        if listed_strength and len(visited_ids) > 1:
            number += 1
            heapq.heappush(queue, (-product * listed_strength, number, visited_ids, coefficients, True))
        if len(coefficients) < hops:
            for sender, coefficient in near.into.get(visited_ids[-1], {}).items():
                if sender not in visited_ids:
                    number += 1
                    step = (*visited_ids, sender), (*coefficients, coefficient)
                    heapq.heappush(queue, (bound * coefficient, number, *step, False))
