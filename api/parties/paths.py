"""Ways from listed parties to a party, and between two parties."""

from collections.abc import Mapping, Sequence

from api.context.explaining import explained
from api.context.request_context import RequestContext
from api.parties.path_lines import hop_shown, path_lines, record_rows
from api.schemas.parties import PathLine, Paths
from api.words import day, words
from graph.explanations.routes import HOPS_MAX, Route
from graph.pipeline import paths
from graph.pipeline import paths_to_listed as paths_to_nearest
from ontology.base import PartyKind


def paths_between(context: RequestContext, one: str, other: str) -> Paths:
    """At most five ways, the shortest first; says so where there is none."""
    return _told(context, _lines(context, paths(context.scoring(), one, other, language=context.lang)))


def paths_to_listed(context: RequestContext, one: str) -> Paths:
    """Ways over which a listing reaches the party, then those to other listed parties near it; says so where there is none.

    What a listed firm was listed for is not told of the persons around it: of a person there are none.
    """
    told = explained(context, one)
    reached = path_lines(context.store, told.paths)
    if told.party.kind == PartyKind.PERSON:
        return Paths(paths=(), sentence=words(context.lang)("paths.person"))
    known = {path.listed_id for path in reached}
    ways = paths_to_nearest(context.scoring(), one, language=context.lang)
    near = _lines(context, [way for way in ways if way.to_id not in known])
    return _told(context, tuple(sorted((*reached, *near), key=lambda path: (len(path.hops), -path.strength))))


def _told(context: RequestContext, found: tuple[PathLine, ...]) -> Paths:
    none = words(context.lang)("paths.none", hops=HOPS_MAX, as_of=day(context.as_of, context.lang))
    return Paths(paths=found, sentence=found[0].sentence if found else none)


def _lines(context: RequestContext, routes: Sequence[Route]) -> tuple[PathLine, ...]:
    rows = record_rows(context.store, (hop for route in routes for hop in route.hops))
    return tuple(_line(route, rows) for route in routes)


def _line(route: Route, rows: Mapping[str, str]) -> PathLine:
    """A way between two parties: nothing is spread over it, so it covers and bears nothing."""
    ends = (end for hop in reversed(route.hops) for end in (hop.source, hop.target))
    last = next(end for end in ends if end.id == route.to_id)
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
