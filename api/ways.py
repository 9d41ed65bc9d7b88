"""The ways between two parties, by plain ties: shortest first, then by the stakes on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import prod

from api.answers import End, Hop, PathLine, Paths
from api.asked import Asked
from api.lines import party_refs
from api.ties import TIES_MAX, has_ended, label_of, rows_behind, ties_of
from api.words import day, words
from ontology.entity import Tie
from store.port import Store

STEPS_MAX = 4
WAYS_MAX = 5
SHARERS_MAX = 200  # A registered agent's address joins hundreds of strangers: it is no way between them.
HUB = "hub:"


@dataclass
class _Around:
    """What was looked at so far: ties by each of their ends."""

    ties: dict[str, dict[str, Tie]] = field(default_factory=dict)

    def add(self, ties: Iterable[Tie]) -> None:
        """Keep ties under both ends."""
        for tie in ties:
            for end in (tie.source_id, tie.target_id):
                self.ties.setdefault(end, {})[tie.id] = tie


def paths_between(asked: Asked, one: str, other: str) -> Paths:
    """At most five ways of at most four steps over ties in force; a shared address or phone is one step."""
    around = _Around()
    reached = _look_around(asked, around, one, other)
    found = sorted(_ways(around, one, other, STEPS_MAX), key=_rank)[:WAYS_MAX] if reached else []
    if not found:
        sentence = words(asked.lang)("paths.none", hops=STEPS_MAX, as_of=day(asked.as_of, asked.lang))
        return Paths(paths=(), sentence=sentence)
    told = [_told(asked, way) for way in found]
    return Paths(paths=tuple(told), sentence=told[0].sentence)


def _look_around(asked: Asked, around: _Around, one: str, other: str) -> bool:
    """Look from both ends in turn, the smaller side first, until they meet. False where they do not within the steps."""
    sides = [({one}, {one}), ({other}, {other})]
    for _ in range(STEPS_MAX):
        sides.sort(key=lambda side: len(side[1]))
        seen, edge = sides[0]
        new = _step(asked, around, edge) - seen
        sides[0] = (seen | new, new)
        if sides[0][0] & sides[1][0]:
            return True
    return False


def _step(asked: Asked, around: _Around, edge: set[str]) -> set[str]:
    """Parties one step from `edge`; shared values are stepped over."""
    first = _standing(asked, edge)
    around.add(first)
    hubs = _small(asked.store, {end for tie in first for end in (tie.source_id, tie.target_id) if end.startswith(HUB)})
    behind = _standing(asked, hubs) if hubs else []
    around.add(behind)
    return {end for tie in (*first, *behind) for end in (tie.source_id, tie.target_id) if not end.startswith(HUB)}


def _standing(asked: Asked, ids: set[str]) -> list[Tie]:
    held = ties_of(asked.store, sorted(ids), TIES_MAX) if ids else []
    return [tie for tie in held if not has_ended(tie.ended_on, asked)]


def _small(store: Store, hubs: set[str]) -> set[str]:
    return {hub["id"] for hub in store.read("network/hubs_by_ids", ids=sorted(hubs)) if hub["n"] <= SHARERS_MAX}


Way = tuple[tuple[str, Tie], ...]
"""Ends reached, each with the tie that leads there, from the first party on."""


def _ways(around: _Around, one: str, other: str, steps: int) -> Iterator[Way]:
    """Every simple way over the ties looked at, shortest first; stops at the length after the first found."""
    waiting: list[tuple[str, frozenset[str], Way]] = [(one, frozenset({one}), ())]
    for length in range(1, 2 * steps + 1):
        waiting = [longer for way in waiting for longer in _longer(around, way)]
        done = [way for at, _, way in waiting if at == other and _hops(way) <= steps]
        yield from done
        if done or length == 2 * steps or len(waiting) > TIES_MAX:
            return


def _longer(around: _Around, way: tuple[str, frozenset[str], Way]) -> Iterator[tuple[str, frozenset[str], Way]]:
    at, passed, ties = way
    for tie in around.ties.get(at, {}).values():
        end = tie.target_id if tie.source_id == at else tie.source_id
        if end not in passed:
            yield end, passed | {end}, (*ties, (end, tie))


def _hops(way: Way) -> int:
    return sum(1 for end, _ in way if not end.startswith(HUB))


def _rank(way: Way) -> tuple[int, float, tuple[str, ...]]:
    return _hops(way), -prod(tie.share or 0.5 for _, tie in way), tuple(tie.id for _, tie in way)


def _told(asked: Asked, way: Way) -> PathLine:
    ids = {end for _, tie in way for end in (tie.source_id, tie.target_id)}
    refs = party_refs(asked.store, ids)
    ends = {id_: End(id=id_, name=refs[id_].name if id_ in refs else id_, kind=refs[id_].kind if id_ in refs else "") for id_ in ids}
    rows = rows_behind(asked.store, (tie for _, tie in way))
    hops = tuple(_hop(asked, tie, ends, rows[tie.id]) for _, tie in way)
    sentence = "; ".join(f"{hop.from_.name} {hop.label} {hop.to.name}" for hop in hops)
    last = way[-1][0]
    return PathLine(
        listed_id=last,
        listed_name=ends[last].name,
        sentence=sentence,
        strength=0.0,
        covered=0.0,
        profile="",
        bears_points=False,
        hops=hops,
    )


def _hop(asked: Asked, tie: Tie, ends: dict[str, End], rows: tuple[str, ...]) -> Hop:
    told = tie.model_dump(include={"kind", "share", "amount", "began_on", "ended_on"})
    label = label_of(asked.rulebook, tie.kind, asked.lang)
    from_, to = ends[tie.source_id], ends[tie.target_id]
    return Hop(**{"from": from_}, to=to, label=label, tie_id=tie.id, coefficient=0.0, row_ids=rows, **told)
