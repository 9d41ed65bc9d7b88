"""Scores, ties and signals on the day asked for: what the store keeps where that is of this day and these facts, else computed.

Kept answers are of the day, the rulebook and the facts of the last `kith propagate`; nothing else may be told from them.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from api.context.change_marks import FACTS, KEPT_FACTS
from api.context.explaining import fresh_scores
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
class Place:
    """Where a party stands, in short."""

    standing: Standing
    value: int | None


def kept_holds(context: RequestContext) -> bool:
    """Whether the kept scores, ties and signals answer for the day, the rulebook and the facts asked about."""
    kept = {row["key"]: row["value"] for row in context.store.read("meta/all")}
    same_rules = kept.get("propagate.rulebook_hash") == context.rulebook.content_hash
    same_facts = kept.get(FACTS) == kept.get(KEPT_FACTS) and facts_hold(kept)
    return same_rules and kept.get("propagate.as_of") == context.as_of.isoformat() and same_facts


def scores_for(context: RequestContext, ids: Iterable[str]) -> dict[str, Score]:
    """Scores of these parties by id: the kept ones where they answer in this language, else computed."""
    wanted = list(ids)
    if context.lang != "en" or not kept_holds(context):
        return fresh_scores(context, wanted)
    kept = scores_by_id(context.store, wanted)
    return kept | fresh_scores(context, changed) if (changed := _changed(context, wanted, kept)) else kept


def places_for(context: RequestContext, ids: Iterable[str]) -> dict[str, Place]:
    """Where these parties stand, by id."""
    wanted = list(ids)
    if kept_holds(context):
        rows = context.store.read("answers/scores_by_ids", ids=wanted)
        kept = {row["entity_id"]: Place(Standing(row["standing"]), row["value"]) for row in rows}
        wanted = _changed(context, wanted, kept)
        if not wanted:
            return kept
    else:
        kept = {}
    scoring = context.scoring()
    index = scoring.network.parties.index
    return kept | {id_: _place(scoring.score(index[id_])) for id_ in wanted if id_ in index}


def _changed(context: RequestContext, wanted: Iterable[str], kept: Container[str]) -> list[str]:
    """Parties without a kept score: a single record or a verdict made another party of them since, or they are new."""
    missing = [id_ for id_ in wanted if id_ not in kept]
    return [row["id"] for row in context.store.read("entities/entities_by_ids", ids=missing)] if missing else []


def scores_by_id(store: Store, ids: Iterable[str]) -> dict[str, Score]:
    """Kept scores of these parties by id."""
    rows = store.read("answers/scores_by_ids", ids=list(ids))
    return {row["entity_id"]: Score.model_validate_json(row["document"]) for row in rows}


def ties_of(context: RequestContext, ids: Iterable[str], limit: int = TIES_MAX) -> list[Tie]:
    """Ties that touch any of these parties or shared values, by id."""
    wanted = list(ids)
    if kept_holds(context):
        return [from_row(Tie, row) for row in context.store.read("network/ties_of", ids=wanted, limit=limit)]
    scoring = context.scoring()
    return ties_around(scoring.network, scoring.review_reasons.successions, wanted)[:limit]


def shared_values(context: RequestContext, ids: Iterable[str]) -> dict[str, Row]:
    """Shared addresses, phones … by id, with their kind, value and number of sharers."""
    wanted = list(ids)
    if not wanted or kept_holds(context):
        return {row["id"]: row for row in context.store.read("network/hubs_by_ids", ids=wanted)}
    rows = hub_rows(context.scoring().network)
    return {row["id"]: row for row in rows if row["id"] in wanted}


def tie_counts(context: RequestContext, ids: Iterable[str]) -> dict[str, int]:
    """How many ties each of these has; those without are left out."""
    wanted = list(ids)
    if kept_holds(context):
        return {row["id"]: row["n"] for row in context.store.read("answers/tie_counts_by_ids", ids=wanted)}
    ends = [end for tie in ties_of(context, wanted) for end in (tie.source_id, tie.target_id)]
    return {id_: count for id_ in wanted if (count := ends.count(id_))}


def exposures(context: RequestContext, ids: Iterable[str]) -> dict[str, float]:
    """Greatest exposure in any profile by party, 0..1."""
    wanted = list(ids)
    if kept_holds(context):
        return {row["entity_id"]: row["exposure"] for row in context.store.read("answers/exposures_by_ids", ids=wanted)}
    scoring = context.scoring()
    index, nodes, risks = scoring.network.parties.index, scoring.network.nodes, scoring.signals.risks
    return {
        id_: max((float(risk.exposure[nodes[index[id_]]]) for risk in risks.values()), default=0.0)
        for id_ in wanted
        if id_ in index
    }


def signals_for(context: RequestContext, party: str | None = None) -> Sequence[Signal]:
    """Every signal that is not nothing, or those of one party, by party and name."""
    if kept_holds(context):
        rows = context.store.read("signals/of_entity", entity_id=party) if party else context.store.read("signals/all")
        return [Signal(**row) for row in rows]
    told = (one for one in all_signals(context.scoring()) if party in (None, one.entity_id))
    return sorted(told, key=lambda one: (one.entity_id, one.name))


def listed_count(context: RequestContext) -> int:
    """How many parties have a listing of their own in force."""
    if kept_holds(context):
        return sum(row["n"] for row in context.store.read("answers/parties_by_standing") if row["standing"] == Standing.LISTED)
    scoring = context.scoring()
    return sum(1 for party in range(len(scoring.network)) if scoring.listings(party))


def _place(scored: PartyScore) -> Place:
    return Place(scored.standing, scored.value)
