"""One party as an entity, and its neighbours."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from api.contract.adjacency import adjacent, adjacent_by_property
from api.contract.ftm_entities import entity_or_refusal, nested_entity
from api.contract.pages import LIMIT_MAX, OFFSET_MAX, Window
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.routes.contract.parties import Present
from api.schemas.contract_entities import Adjacent, EntityAdjacent
from api.schemas.ftm_entities import FtmEntity

router = APIRouter(tags=["screening contract"], prefix="/entities", route_class=ContractRoute, responses=REFUSALS)
REDIRECTS: dict[int | str, dict[str, Any]] = {
    308: {"description": "The entity was joined into another, whose address this leads to."}
}


def window(
    sort: Annotated[
        list[str] | None,
        Query(description="Fields to order by, each with `:asc` or `:desc` behind it or nothing.", examples=[["startDate:desc"]]),
    ] = None,
    limit: Annotated[int, Query(ge=0, le=LIMIT_MAX, description="Most results of a page, of each property.", examples=[10])] = 10,
    offset: Annotated[int, Query(ge=0, le=OFFSET_MAX, description="Results to leave out in front.", examples=[0])] = 0,
) -> Window:
    """The part of a list that is asked for."""
    return Window(limit, offset, tuple(sort or ()))


InWindow = Annotated[Window, Depends(window)]


@router.get("/{entity_id}", summary="Who is this, with ties and listings?", responses=REDIRECTS)
def fetch_entity(
    entity_id: Present,
    context: InContext,
    nested: Annotated[bool, Query(description="Whether ties and listings stand within it.", examples=[True])] = True,
) -> FtmEntity:
    """At most 500 ties are nested; `adjacent` has them all, page by page."""
    return nested_entity(context, entity_id) if nested else entity_or_refusal(context, entity_id)


@router.get("/{entity_id}/adjacent", summary="Who is tied to this entity?", responses=REDIRECTS)
def fetch_adjacent(entity_id: Present, context: InContext, window: InWindow) -> EntityAdjacent:
    """The first neighbours under each property that leads to some."""
    return adjacent(context, entity_id, window)


@router.get("/{entity_id}/adjacent/{property_name}", summary="Who is tied to this entity in one way?", responses=REDIRECTS)
def fetch_adjacent_by_property(
    entity_id: Present,
    property_name: Annotated[str, Path(description="Property that leads to entities.", examples=["ownershipOwner"])],
    context: InContext,
    window: InWindow,
) -> Adjacent:
    """Page by page; `total` counts them all, up to 10,000."""
    return adjacent_by_property(context, entity_id, property_name, window)
