"""Explanations and scores for a request, over the network of its day."""

from collections.abc import Iterable

from api.context.access import permit_look
from api.context.request_context import RequestContext
from graph.explanations.compact_scores import CompactScores
from graph.explanations.explanation import ExplainedPath, Explanation, explain, explain_paths
from graph.explanations.sentences import Sentences
from ontology.consent import Permission
from ontology.score import Score


def explain_party(context: RequestContext, entity_id: str, permitted: Permission | None = None) -> Explanation:
    """Explain a party to the reader of the request. permitted: where it was looked up already. Raises EntityUnknown."""
    permission = permit_look(context, entity_id) if permitted is None else permitted
    return explain(context.scoring(entity_id), entity_id, language=context.lang, permission=permission)


def exposure_paths(context: RequestContext, entity_id: str) -> tuple[ExplainedPath, ...]:
    """The paths from listed parties that `explain_party` tells, without the rest. Raises EntityUnknown."""
    permission = permit_look(context, entity_id)
    return explain_paths(context.scoring(entity_id), entity_id, language=context.lang, permission=permission)


def fresh_scores(context: RequestContext, ids: Iterable[str]) -> dict[str, Score]:
    """Scores of these parties, computed for the day and language of the request, in the form the store keeps."""
    scoring = context.scoring()
    places = scoring.network.parties.index
    compact = CompactScores(Sentences(scoring, context.lang))
    return {id_: compact.score(places[id_]) for id_ in ids if id_ in places}
