"""What each source says of whom."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.contract.pages import OFFSET_MAX, Window
from api.contract.statements import StatementQuery, statements
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.routes.contract.entities import REDIRECTS
from api.routes.contract.parties import Present
from api.schemas.contract_entities import Statements

router = APIRouter(tags=["screening contract"], route_class=ContractRoute, responses=REFUSALS)
PAGE, PAGE_MAX = 50, 5000
Text = str | None


def statement_query(  # noqa: PLR0917 (the parameters of the contract)
    dataset: Annotated[Text, Query(max_length=300, description="Only of this data set.", examples=["registry"])] = None,
    prop: Annotated[Text, Query(max_length=100, description="Only of this property.", examples=["name"])] = None,
    value: Annotated[Text, Query(max_length=1000, description="Only of exactly this value.", examples=["Rongjiang"])] = None,
    schema: Annotated[Text, Query(max_length=100, description="Only of records of this schema.", examples=["Company"])] = None,
    sort: Annotated[
        list[str] | None, Query(description="Fields to order by; party and property where left out.", examples=[["prop:asc"]])
    ] = None,
    limit: Annotated[int, Query(ge=0, le=PAGE_MAX, description="Most facts of a page.", examples=[PAGE])] = PAGE,
    offset: Annotated[int, Query(ge=0, le=OFFSET_MAX, description="Facts to leave out in front.", examples=[0])] = 0,
) -> StatementQuery:
    """What is asked for, but for the party and the record."""
    window = Window(limit, offset, tuple(sort or ()))
    return StatementQuery(dataset=dataset, prop=prop, value=value, schema=schema, window=window)


InQuery = Annotated[StatementQuery, Depends(statement_query)]


@router.get("/statements", summary="Which facts are there, and who states them?")
def read_statements(
    query: InQuery,
    context: InContext,
    canonical_id: Annotated[Text, Query(max_length=1000, description="Only of this party.", examples=["K-7MZQ4T0WXA"])] = None,
    entity_id: Annotated[Text, Query(max_length=1000, description="Only of this record.", examples=["registry:350100"])] = None,
) -> Statements:
    """Without a party or record the first parties are looked at, and `total` counts what is found there."""
    return statements(context, replace(query, canonical_id=canonical_id, entity_id=entity_id))


@router.get("/entities/{entity_id}/statements", summary="Which source states which facts of it?", responses=REDIRECTS)
def read_entity_statements(entity_id: Present, query: InQuery, context: InContext) -> Statements:
    """Each with its data set, its row and its times."""
    return statements(context, replace(query, canonical_id=entity_id))
