"""The neighbours of a party by property: its ties, each with the party at its other end, and its listings; page by page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from api.context.request_context import RequestContext
from api.contract.ftm_edges import TIES_MAX, edge_entity, ends_of, stated_ties
from api.contract.ftm_entities import entity_or_refusal, nested_edges, sanctions_of
from api.contract.ftm_model import ENTITY, reverse_name, reverses, schemata
from api.contract.ftm_properties import schema_of_row
from api.contract.pages import Window, sort_entities
from api.parties.summaries import parties_by_id
from api.schemas.contract_entities import Adjacent, EntityAdjacent, Total
from api.schemas.ftm_entities import FtmEntity
from ontology.entity import Tie
from ontology.errors import PropertyUnknown

SANCTIONS = "sanctions"


def adjacent(context: RequestContext, entity_id: str, window: Window) -> EntityAdjacent:
    """A page of neighbours under each property of a party that has any. Raises EntityUnknown, ContractInvalid."""
    entity = entity_or_refusal(context, entity_id)
    pages = {
        prop: _page_of_ties(context, entity, prop, ties, window=window)
        for prop, ties in sorted(_ties_by_property(context, entity).items())
    }
    sanctions = _page_of_sanctions(context, entity, window)
    return EntityAdjacent(entity=entity, adjacent=pages | ({SANCTIONS: sanctions} if sanctions.total.value else {}))


def adjacent_by_property(context: RequestContext, entity_id: str, prop: str, window: Window) -> Adjacent:
    """A page of neighbours under one property. Raises EntityUnknown, PropertyUnknown, ContractInvalid."""
    entity = entity_or_refusal(context, entity_id)
    if not _leads_to_entities(entity.schema_, prop):
        raise PropertyUnknown(property=prop, schema=entity.schema_)
    if prop == SANCTIONS:
        return _page_of_sanctions(context, entity, window)
    return _page_of_ties(context, entity, prop, _ties_by_property(context, entity).get(prop, []), window=window)


def _leads_to_entities(schema: str, prop: str) -> bool:
    declared = schemata()[schema].properties.get(prop)
    return prop in reverses(schema) or (declared is not None and declared.type == ENTITY)


def _ties_by_property(context: RequestContext, entity: FtmEntity) -> dict[str, list[Tie]]:
    """Ties of a party by the property that they stand under, by id."""
    ties = stated_ties(context, [entity.id])
    schemas = _schemas_of_ends(context, ties)
    by_property: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_property[property_of(tie, entity.id, schemas)].append(tie)
    return dict(by_property)


def property_of(tie: Tie, entity_id: str, schemas: Mapping[str, str]) -> str:
    """The property of a party that one of its ties stands under."""
    ends = ends_of(tie, schemas)
    own_end = ends.source if tie.source_id == entity_id else ends.target
    return reverse_name(ends.schema_name, own_end) or own_end


def _schemas_of_ends(context: RequestContext, ties: Sequence[Tie]) -> dict[str, str]:
    ids = {end for tie in ties for end in (tie.source_id, tie.target_id)}
    return {id_: schema_of_row(row) for id_, row in parties_by_id(context.store, ids).items()}


def _page_of_ties(context: RequestContext, entity: FtmEntity, prop: str, ties: Sequence[Tie], *, window: Window) -> Adjacent:
    in_order = _sorted_ties(context, ties, window.sort) if window.sort else list(ties)
    results = nested_edges(context, entity, in_order[window.offset : window.end]).get(prop, [])
    relation = "gte" if len(ties) >= TIES_MAX else "eq"
    return Adjacent(limit=window.limit, offset=window.offset, total=Total(value=len(ties), relation=relation), results=results)


def _sorted_ties(context: RequestContext, ties: Sequence[Tie], sort: Sequence[str]) -> list[Tie]:
    schemas, by_id = _schemas_of_ends(context, ties), {tie.id: tie for tie in ties}
    return [by_id[edge.id] for edge in sort_entities((edge_entity(context, tie, schemas) for tie in ties), sort)]


def _page_of_sanctions(context: RequestContext, entity: FtmEntity, window: Window) -> Adjacent:
    entries = sort_entities(sanctions_of(context, entity.id), window.sort)
    return Adjacent(
        limit=window.limit,
        offset=window.offset,
        total=Total(value=len(entries)),
        results=entries[window.offset : window.end],
    )
