"""Parties of the store as FollowTheMoney entities, with their ties and listings nested where that is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from api.context.callers import note_reads
from api.context.request_context import RequestContext
from api.contract.ftm_days import SeenDays, seen_days
from api.contract.ftm_edges import edge_entity, ends_of, stated_ties
from api.contract.ftm_listings import Listings, dispute_notes, listings_in_force, sanction, topics_of
from api.contract.ftm_model import reverse_name
from api.contract.ftm_properties import party_properties, schema_of
from api.parties.summaries import parties_by_id
from api.schemas.ftm_entities import FtmEntity
from ontology.entity import Entity, Tie
from ontology.errors import EntityUnknown
from ontology.personal_ids import has_hash_suffix, mask
from store.port import Store

NESTED_MAX = 500  # Ties of one nested answer, as many as a page of the contract holds; `adjacent` hands out all, page by page.
STATEMENTS_MAX = 5  # Of a tie, whose data sets are told: a tie of thousands of invoices has one data set or two.


def ftm_entities(context: RequestContext, ids: Iterable[str]) -> dict[str, FtmEntity]:
    """These parties as entities by id, without ties and listings nested; ids of no party are left out. Five queries in all."""
    wanted_ids = list(dict.fromkeys(ids))
    rows = parties_by_id(context.store, wanted_ids)
    return entities_of(context, {id_: Entity.model_validate_json(rows[id_]["document"]) for id_ in wanted_ids if id_ in rows})


def entities_of(context: RequestContext, parties: dict[str, Entity]) -> dict[str, FtmEntity]:
    """As `ftm_entities`, for parties whose documents were read already."""
    if not parties:
        return {}
    note_reads(parties)
    listings, days = listings_in_force(context, parties), seen_days(context.store, parties)
    former_ids = _former_ids(context.store, parties)
    return {
        id_: _entity(context, party, listings.get(id_, ()), days.get(id_, SeenDays()), former_ids.get(id_, []))
        for id_, party in parties.items()
    }


def nested_entity(context: RequestContext, entity_id: str) -> FtmEntity:
    """A party with its listings in force and its first `NESTED_MAX` ties, each with the party at its other end.

    Raises EntityUnknown where the id is not that of a present party.
    """
    entity = entity_or_refusal(context, entity_id)
    nested = nested_edges(context, entity, stated_ties(context, [entity_id], NESTED_MAX))
    sanctions = sanctions_of(context, entity_id)
    return entity.model_copy(update={"properties": entity.properties | nested | ({"sanctions": sanctions} if sanctions else {})})


def entity_or_refusal(context: RequestContext, entity_id: str) -> FtmEntity:
    """A party without ties and listings. Raises EntityUnknown where the id is not that of a present party."""
    entity = ftm_entities(context, [entity_id]).get(entity_id)
    if entity is None:
        raise EntityUnknown(entity=mask(entity_id))
    return entity


def sanctions_of(context: RequestContext, entity_id: str) -> list[FtmEntity]:
    """Listings of a party in force, the latest first, as they stand within it: without naming it once more."""
    statuses = listings_in_force(context, [entity_id]).get(entity_id, ())
    return [_without_end(sanction(context, entity_id, status), "entity", {}) for status in statuses]


def nested_edges(context: RequestContext, entity: FtmEntity, ties: Sequence[Tie]) -> dict[str, list[FtmEntity]]:
    """Ties of a party as edges, by the property they stand under (`ownershipOwner`); each holds the party at its other end."""
    neighbours = ftm_entities(context, (_other_end(tie, entity.id) for tie in ties))
    schemas = {id_: neighbour.schema_ for id_, neighbour in neighbours.items()} | {entity.id: entity.schema_}
    datasets = _datasets_of(context.store, ties)
    nested: dict[str, list[FtmEntity]] = defaultdict(list)
    for tie in ties:
        ends = ends_of(tie, schemas)
        own_end = ends.source if tie.source_id == entity.id else ends.target
        edge = edge_entity(context, tie, schemas).model_copy(update={"datasets": datasets.get(tie.id, [])})
        nested[reverse_name(ends.schema_name, own_end) or own_end].append(_without_end(edge, own_end, neighbours))
    return dict(nested)


def with_datasets(context: RequestContext, ties: Sequence[Tie], schema_by_party: dict[str, str]) -> list[FtmEntity]:
    """Ties as entities that stand by themselves, each with the data sets that state it."""
    datasets = _datasets_of(context.store, ties)
    edges = (edge_entity(context, tie, schema_by_party) for tie in ties)
    return [edge.model_copy(update={"datasets": datasets.get(edge.id, [])}) for edge in edges]


def _entity(context: RequestContext, party: Entity, listings: Listings, days: SeenDays, former_ids: Sequence[str]) -> FtmEntity:
    own_properties = party_properties(
        party, context.as_of, year_only=context.caller is not None and not context.caller.sees_births
    )
    from_listings = {"topics": topics_of(party, listings), "notes": dispute_notes(context, listings)}
    properties = own_properties | {name: values for name, values in from_listings.items() if values}
    return FtmEntity(
        id=party.id,
        caption=party.name,
        schema_=schema_of(party),
        properties=properties,
        datasets=sorted(party.sources),
        referents=_referents(context, party, former_ids),
        target=any(status.binds for status in listings),
        **days._asdict(),
    )


def _referents(context: RequestContext, party: Entity, former_ids: Sequence[str]) -> list[str]:
    """Ids that lead to a party; of records only for whom may see records, and never one that stands on a personal number."""
    record_ids = party.record_ids if context.caller is None or context.caller.sees_records else ()
    return sorted([*former_ids, *(id_ for id_ in record_ids if not has_hash_suffix(id_))])


def _former_ids(store: Store, ids: Iterable[str]) -> dict[str, list[str]]:
    former_ids: dict[str, list[str]] = defaultdict(list)
    for row in store.read("judgements/redirects_to", ids=list(ids)):
        former_ids[row["surviving_id"]].append(row["old_id"])
    return former_ids


def _datasets_of(store: Store, ties: Iterable[Tie]) -> dict[str, list[str]]:
    """Data sets that state a tie, by its id: those of its first statements."""
    statement_ids = {tie.id: tie.link_ids[:STATEMENTS_MAX] for tie in ties}
    wanted_ids = sorted({id_ for ids in statement_ids.values() for id_ in ids})
    dataset_by_link = {row["id"]: row["dataset"] for row in store.read("network/links_by_ids", ids=wanted_ids)}
    return {
        tie_id: sorted({dataset_by_link[id_] for id_ in ids if id_ in dataset_by_link}) for tie_id, ids in statement_ids.items()
    }


def _without_end(edge: FtmEntity, own_end: str, neighbours: dict[str, FtmEntity]) -> FtmEntity:
    """An edge as it stands within a party: without the end that it stands in, the other end as an entity."""
    properties = {
        name: [neighbours.get(value, value) if isinstance(value, str) else value for value in values]
        for name, values in edge.properties.items()
        if name != own_end
    }
    return edge.model_copy(update={"properties": properties})


def _other_end(tie: Tie, entity_id: str) -> str:
    return tie.target_id if tie.source_id == entity_id else tie.source_id
