"""Scores, ties and signals of a day: from the store where it keeps them for this day and these facts, else computed.

Kept answers are valid only for the day, the rulebook and the facts of the last `kith propagate`.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from api.context.change_marks import FACTS_KEY, KEPT_FACTS_KEY
from api.context.explanations import fresh_scores
from api.context.request_context import RequestContext
from graph.network.stored_ties import hub_rows, ties_around
from graph.pipeline import all_signals
from graph.scores.scoring import PartyScore
from ontology.entity import Tie
from ontology.score import Score, Standing
from ontology.signal import Signal
from store.freshness import facts_hold
from store.port import Row, Store
from store.rows import from_row

TIES_MAX = 10_000


@dataclass(frozen=True)
class ScoreSummary:
    """Standing and score (350..950, None without one) of a party; the state says why there is no score."""

    standing: Standing
    value: int | None
    state: str | None


def kept_answers_hold(context: RequestContext) -> bool:
    """Whether the kept scores, ties and signals are valid for the day and rulebook of the request and the present facts."""
    meta = {row["key"]: row["value"] for row in context.store.read("meta/all")}
    same_rules = meta.get("propagate.rulebook_hash") == context.rulebook.content_hash
    same_facts = meta.get(FACTS_KEY) == meta.get(KEPT_FACTS_KEY) and facts_hold(meta)
    return same_rules and meta.get("propagate.as_of") == context.as_of.isoformat() and same_facts


def scores_for(context: RequestContext, ids: Iterable[str]) -> dict[str, Score]:
    """Scores of these parties by id: the kept ones where they are valid and in this language, else computed."""
    id_list = list(ids)
    if context.lang != "en" or not kept_answers_hold(context):
        return fresh_scores(context, id_list)
    kept_scores = scores_by_id(context.store, id_list)
    return (
        kept_scores | fresh_scores(context, unscored_ids)
        if (unscored_ids := _unscored(context, id_list, kept_scores))
        else kept_scores
    )


def score_summaries(context: RequestContext, ids: Iterable[str]) -> dict[str, ScoreSummary]:
    """Standing, score and state of these parties, by id."""
    id_list = list(ids)
    if kept_answers_hold(context):
        rows = context.store.read("answers/standings_by_ids", ids=id_list)
        kept_summaries = {row["entity_id"]: ScoreSummary(Standing(row["standing"]), row["value"], row["state"]) for row in rows}
        id_list = _unscored(context, id_list, kept_summaries)
        if not id_list:
            return kept_summaries
    else:
        kept_summaries = {}
    scoring = context.scoring()
    index = scoring.network.parties.index
    return kept_summaries | {id_: _summary(scoring.score(index[id_])) for id_ in id_list if id_ in index}


def _unscored(context: RequestContext, ids: Iterable[str], scored_ids: Container[str]) -> list[str]:
    """Parties without a kept score: a single record or a verdict made another party of them since, or they are new."""
    unkept_ids = [id_ for id_ in ids if id_ not in scored_ids]
    return [row["id"] for row in context.store.read("entities/entities_by_ids", ids=unkept_ids)] if unkept_ids else []


def scores_by_id(store: Store, ids: Iterable[str]) -> dict[str, Score]:
    """Kept scores of these parties by id."""
    rows = store.read("answers/scores_by_ids", ids=list(ids))
    return {row["entity_id"]: Score.model_validate_json(row["document"]) for row in rows}


def ties_of(context: RequestContext, ids: Iterable[str], limit: int = TIES_MAX) -> list[Tie]:
    """Ties with an end among these parties or shared values, ordered by id."""
    id_list = list(ids)
    if kept_answers_hold(context):
        return [from_row(Tie, row) for row in context.store.read("network/ties_of", ids=id_list, limit=limit)]
    scoring = context.scoring()
    return ties_around(scoring.network, scoring.review_reasons.successions, id_list)[:limit]


def shared_values(context: RequestContext, ids: Iterable[str]) -> dict[str, Row]:
    """Shared addresses, phones … by id, with their kind, value and number of sharers."""
    id_list = list(ids)
    if not id_list or kept_answers_hold(context):
        return {row["id"]: row for row in context.store.read("network/hubs_by_ids", ids=id_list)}
    rows = hub_rows(context.scoring().network)
    return {row["id"]: row for row in rows if row["id"] in id_list}


def tie_counts(context: RequestContext, ids: Iterable[str]) -> dict[str, int]:
    """Number of ties by id of party or shared value; those without ties are left out."""
    id_list = list(ids)
    if kept_answers_hold(context):
        return {row["id"]: row["n"] for row in context.store.read("answers/tie_counts_by_ids", ids=id_list)}
    ends = [end for tie in ties_of(context, id_list) for end in (tie.source_id, tie.target_id)]
    return {id_: count for id_ in id_list if (count := ends.count(id_))}


def exposures(context: RequestContext, ids: Iterable[str]) -> dict[str, float]:
    """Greatest exposure in any profile by party, 0..1."""
    id_list = list(ids)
    if kept_answers_hold(context):
        return {row["entity_id"]: row["exposure"] for row in context.store.read("answers/exposures_by_ids", ids=id_list)}
    scoring = context.scoring()
    index, nodes, risks = scoring.network.parties.index, scoring.network.nodes, scoring.signals.risks
    return {
        id_: max((float(risk.exposure[nodes[index[id_]]]) for risk in risks.values()), default=0.0)
        for id_ in id_list
        if id_ in index
    }


def signals_for(context: RequestContext, party: str | None = None) -> Sequence[Signal]:
    """Every signal that is not 0, or those of one party, ordered by party and name."""
    if kept_answers_hold(context):
        rows = context.store.read("signals/of_entity", entity_id=party) if party else context.store.read("signals/all")
        return [Signal(**row) for row in rows]
    signals = (signal for signal in all_signals(context.scoring()) if party in (None, signal.entity_id))
    return sorted(signals, key=lambda signal: (signal.entity_id, signal.name))


def listed_count(context: RequestContext) -> int:
    """Number of parties with a listing of their own in force."""
    if kept_answers_hold(context):
        return sum(row["n"] for row in context.store.read("answers/parties_by_standing") if row["standing"] == Standing.LISTED)
    scoring = context.scoring()
    return sum(1 for party in range(len(scoring.network)) if scoring.listings(party))


def _summary(scored: PartyScore) -> ScoreSummary:
    return ScoreSummary(scored.standing, scored.value, scored.state)
