"""Ways from listed parties to a party, and between two parties."""

from collections.abc import Mapping

from api.answers import PathLine, Paths
from api.asked import Asked
from api.explained import explained, hop_shown, path_lines, record_rows
from api.words import day, words
from graph.explanations.routes import HOPS_MAX, Route
from graph.pipeline import paths


def paths_between(asked: Asked, one: str, other: str) -> Paths:
    """At most five ways, the shortest first; says so where there is none."""
    found = paths(asked.explainers.scoring(asked), one, other, language=asked.lang)
    rows = record_rows(asked.store, (hop for route in found for hop in route.hops))
    return _told(asked, tuple(_line(route, other, rows) for route in found))


def paths_to_listed(asked: Asked, one: str) -> Paths:
    """Ways from the nearest listed parties; says so where there is none."""
    return _told(asked, path_lines(asked.store, explained(asked, one).paths))


def _told(asked: Asked, found: tuple[PathLine, ...]) -> Paths:
    none = words(asked.lang)("paths.none", hops=HOPS_MAX, as_of=day(asked.as_of, asked.lang))
    return Paths(paths=found, sentence=found[0].sentence if found else none)


def _line(route: Route, other: str, rows: Mapping[str, str]) -> PathLine:
    """A way between two parties: nothing is spread over it, so it covers and bears nothing."""
    last = next(
        (end for hop in reversed(route.hops) for end in (hop.source, hop.target) if end.id == other), route.hops[-1].target
    )
    return PathLine(
        listed_id=last.id,
        listed_name=last.name,
        sentence=route.sentence,
        strength=route.strength,
        covered=0.0,
        profile="",
        bears_points=False,
        hops=tuple(hop_shown(hop, rows) for hop in route.hops),
    )
