"""Matching by example: for each description the parties of a data set that it may mean, scored and explained."""

import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.context.request_context import RequestContext
from api.contract.algorithms import MatchSettings, check_algorithm, match_settings
from api.contract.datasets import DataScope, data_scope
from api.contract.descriptions import Description, GetKey, read_descriptions
from api.contract.explanations import explain
from api.contract.ftm_entities import entities_of
from api.contract.ftm_listings import listings_in_force, topics_of
from api.contract.ftm_model import schemata
from api.contract.ftm_properties import schema_of
from api.contract.referents import present_party
from api.schemas.contract_entities import Total
from api.schemas.contract_matches import EntityMatches, EntityMatchQuery, EntityMatchResponse, ScoredEntity
from api.schemas.ftm_entities import FtmEntity
from ontology.errors import ContractInvalid, EntityUnknown, NothingToDo, NotResolved
from ontology.record import Record
from resolution.judgements.ledger import verdicts_around
from resolution.live.memory import Memories, Memory
from resolution.screening import ScoredParty, screen_records

LOG = logging.getLogger("kith.contract")
THRESHOLD = 0.7
LIMIT_COMPARED = 200  # Parties that one description is compared with at most.
LIMIT = 5


@dataclass(frozen=True)
class MatchFilters:
    """What narrows the answer. cutoff: lowest score of a result; threshold: from where on it is a match."""

    limit: int = LIMIT
    threshold: float = THRESHOLD
    cutoff: float = THRESHOLD
    algorithm: str = "best"
    include_dataset: tuple[str, ...] = ()
    exclude_dataset: tuple[str, ...] = ()
    exclude_schema: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changed_since: str | None = None
    exclude_entity_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Weighing:
    """What a call says of scores and results. sees_births: whether the caller may see a day of birth."""

    settings: MatchSettings
    filters: MatchFilters
    scope: DataScope
    sees_births: bool


def match_entities(
    context: RequestContext, dataset: str, query: EntityMatchQuery, filters: MatchFilters, *, get_key: GetKey | None
) -> EntityMatchResponse:
    """Answers to up to 100 descriptions, each with at most `filters.limit` parties, the highest score first.

    get_key: reads the key of personal numbers; None where the caller may not compare them.
    Raises ContractInvalid, DatasetUnknown, NotResolved.
    """
    check_algorithm(filters.algorithm)
    settings = match_settings(query.config, query.weights)
    scope = data_scope(context, dataset, include=filters.include_dataset, exclude=filters.exclude_dataset)
    _check_schemas(filters.exclude_schema)
    descriptions = read_descriptions(query.queries, get_key=get_key, personal_ids=settings.personal_ids)
    _log_personal_numbers(context, descriptions.values())
    sees_births = context.caller is None or context.caller.sees_births
    responses = _answers(context, descriptions, _Weighing(settings, filters, scope, sees_births))
    return EntityMatchResponse(responses=responses, limit=filters.limit)


def _check_schemas(names: Iterable[str]) -> None:
    if unknown := [name for name in names if name not in schemata()]:
        raise ContractInvalid(errors=[f"exclude_schema: no schema {name!r}" for name in unknown])


def _log_personal_numbers(context: RequestContext, descriptions: Iterable[Description]) -> None:
    """Who compared personal numbers, and how many: never which."""
    count = sum(description.has_personal_number for description in descriptions)
    if count:
        caller = context.caller.key_id if context.caller else "local"
        LOG.warning("personal numbers of %d descriptions were compared for %s", count, caller)


def _answers(context: RequestContext, descriptions: dict[str, Description], weighing: _Weighing) -> dict[str, EntityMatches]:
    filters, memory = weighing.filters, last_run(context)
    records = {name: description.record for name, description in descriptions.items() if description.record}
    limit = max(weighing.settings.candidates_max, min(filters.limit, LIMIT_COMPARED))
    screened = screen_records(context.store, memory, list(records.values()), limit=limit)
    parties_by_name = dict(zip(records, screened, strict=True))
    kept = _kept_parties(context, descriptions, parties_by_name, weighing, has_judgements=memory.has_judgements)
    shown = {party.entity.id: party.entity for parties in kept.values() for party in parties[: filters.limit]}
    entities = entities_of(context, shown)
    return {
        name: EntityMatches(
            results=[
                _result(entities[party.entity.id], party, records[name], weighing)
                for party in kept.get(name, [])[: filters.limit]
            ],
            total=Total(value=len(kept.get(name, []))),
            query=description.example,
        )
        for name, description in descriptions.items()
    }


def _kept_parties(
    context: RequestContext,
    descriptions: dict[str, Description],
    parties_by_name: dict[str, list[ScoredParty]],
    weighing: _Weighing,
    *,
    has_judgements: bool,
) -> dict[str, list[ScoredParty]]:
    """Of the parties compared those that reach the cutoff and pass all filters, by the name of the description."""
    excluded = frozenset(_present_parties(context, weighing.filters.exclude_entity_ids))
    kept = {}
    for name, parties in parties_by_name.items():
        within = [
            party
            for party in _weigh(parties, weighing.settings)
            if party.score >= weighing.filters.cutoff
            and party.entity.id not in excluded
            and weighing.scope.holds(party.entity.sources)
        ]
        own_id = descriptions[name].example.id if has_judgements else None
        kept[name] = _without_dismissed(context, own_id, within) if own_id and within else within
    return _filter_parties(context, kept, weighing.filters)


def last_run(context: RequestContext) -> Memory:
    """What the last full run left to compare with. Raises NotResolved."""
    try:
        return context.live.last_run() if context.live else Memories().of(context.store, outdated=True)
    except NothingToDo as cause:
        raise NotResolved(reason=cause.facts.get("reason")) from cause


def _present_parties(context: RequestContext, ids: Iterable[str]) -> Iterator[str]:
    """Present parties of these ids; those that lead nowhere exclude nobody."""
    for id_ in ids:
        try:
            yield present_party(context, id_)
        except EntityUnknown:
            continue


def _weigh(parties: Sequence[ScoredParty], settings: MatchSettings) -> list[ScoredParty]:
    """The parties with their scores under the weights and settings of the call, the highest first."""
    if not settings.weights and not settings.shift and settings.name_alone_max >= 1:
        return list(parties)
    weighed = [replace(party, score=_score(party, settings)) for party in parties]
    return sorted(weighed, key=lambda party: (-party.score, party.entity.id))


def _score(party: ScoredParty, settings: MatchSettings) -> float:
    odds = {feature: value * settings.weights.get(feature, 1.0) for feature, value in party.odds.items()}
    score = 1 / (1 + math.exp(-max(-500.0, min(500.0, sum(odds.values()) + settings.shift))))
    beside = any(value > 0 for feature, value in odds.items() if feature != "names")
    return score if beside else min(score, settings.name_alone_max)


def _without_dismissed(context: RequestContext, own_id: str, parties: list[ScoredParty]) -> list[ScoredParty]:
    """Without parties of a record that a person called another party than the one described, whose own record kith holds."""
    pairs = [pair for pair in verdicts_around(context.store, [own_id]).different if own_id in pair]
    dismissed = {record_id for pair in pairs for record_id in pair} - {own_id}
    return [party for party in parties if dismissed.isdisjoint(party.entity.record_ids)]


def _filter_parties(
    context: RequestContext, kept: dict[str, list[ScoredParty]], filters: MatchFilters
) -> dict[str, list[ScoredParty]]:
    """By schema, topic and last change; what a filter needs is read once for all descriptions."""
    if not (filters.topics or filters.exclude_schema or filters.changed_since):
        return kept
    entities = {party.entity.id: party.entity for parties in kept.values() for party in parties}
    listings = listings_in_force(context, entities) if filters.topics else {}
    changed = entities_of(context, entities) if filters.changed_since else {}

    def passes(party: ScoredParty) -> bool:
        schema, id_ = schemata()[schema_of(party.entity)], party.entity.id
        if any(schema.is_a(name) for name in filters.exclude_schema):
            return False
        if filters.topics and set(filters.topics).isdisjoint(topics_of(party.entity, listings.get(id_, ()))):
            return False
        return not filters.changed_since or (changed[id_].last_change or "") >= filters.changed_since

    return {name: [party for party in parties if passes(party)] for name, parties in kept.items()}


def _result(entity: FtmEntity, party: ScoredParty, record: Record, weighing: _Weighing) -> ScoredEntity:
    explanations = explain(record, party, weights=weighing.settings.weights, sees_births=weighing.sees_births)
    score = round(party.score, 4)
    is_match = score >= weighing.filters.threshold
    return ScoredEntity(**dict(entity), score=score, match=is_match, explanations=explanations)
