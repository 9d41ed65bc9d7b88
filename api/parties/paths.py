"""Paths from listed parties to a party, and routes between two parties."""

from collections.abc import Mapping, Sequence

from api.context.explanations import explain_party
from api.context.request_context import RequestContext
from api.parties.path_lines import hop_of, path_lines, record_rows
from api.schemas.parties import PathLine, Paths
from api.words import day, words
from graph.explanations.routes import HOPS_MAX, Route
from graph.pipeline import paths
from graph.pipeline import paths_to_listed as paths_to_nearest
from ontology.base import PartyKind


def paths_between(context: RequestContext, from_id: str, to_id: str) -> Paths:
    """At most five routes between two parties, the shortest first; a sentence says so where there is none."""
    return _answer(context, _lines(context, paths(context.scoring(from_id, to_id), from_id, to_id, language=context.lang)))


def paths_to_listed(context: RequestContext, entity_id: str) -> Paths:
    """Paths over which a listing reaches the party, then routes to other listed parties near it.

    A sentence says so where there is none. A person gets none: a firm's listing is not told of the persons around it.
    """
    explanation = explain_party(context, entity_id)
    reaching = path_lines(context.store, explanation.paths)
    if explanation.party.kind == PartyKind.PERSON:
        return Paths(paths=(), sentence=words(context.lang)("paths.person"))
    reaching_ids = {path.listed_id for path in reaching}
    routes = paths_to_nearest(context.scoring(entity_id), entity_id, language=context.lang)
    near = _lines(context, [route for route in routes if route.to_id not in reaching_ids])
    return _answer(context, tuple(sorted((*reaching, *near), key=lambda path: (len(path.hops), -path.strength))))


def _answer(context: RequestContext, lines: tuple[PathLine, ...]) -> Paths:
    nothing_found = words(context.lang)("paths.none", hops=HOPS_MAX, as_of=day(context.as_of, context.lang))
    return Paths(paths=lines, sentence=lines[0].sentence if lines else nothing_found)


def _lines(context: RequestContext, routes: Sequence[Route]) -> tuple[PathLine, ...]:
    rows = record_rows(context.store, (hop for route in routes for hop in route.hops))
    return tuple(_line(route, rows) for route in routes)


def _line(route: Route, rows: Mapping[str, str]) -> PathLine:
    """A path between two parties: no risk is spread over it, so it covers none and bears no points."""
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
        hops=tuple(hop_of(hop, rows) for hop in route.hops),
    )
