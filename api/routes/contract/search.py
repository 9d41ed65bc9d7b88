"""Search within a data set or a collection."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.contract.pages import LIMIT_MAX, OFFSET_MAX, Window
from api.contract.search import search
from api.contract.search_filters import SearchQuery
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.schemas.contract_entities import FacetName, FilterOperator, SearchResults

router = APIRouter(tags=["screening contract"], route_class=ContractRoute, responses=REFUSALS)
DAY = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"
Names = list[str] | None
Dataset = Annotated[str, Path(description="A data set, a collection, or `default` for all.", examples=["default"])]


def search_query(  # noqa: PLR0917 (the parameters of the contract)
    dataset: Dataset,
    q: Annotated[str, Query(max_length=300, description="A name in any script, a public code or an id.", examples=["荣江"])] = "",
    schema: Annotated[str, Query(description="Only of this schema and its descendants.", examples=["Company"])] = "Thing",
    include_dataset: Annotated[Names, Query(description="Of the data sets only these.", examples=[["registry"]])] = None,
    exclude_dataset: Annotated[Names, Query(description="Without these data sets.", examples=[["customs"]])] = None,
    exclude_schema: Annotated[Names, Query(description="Without entities of these schemata.", examples=[["Person"]])] = None,
    changed_since: Annotated[
        str | None, Query(pattern=DAY, description="Only what changed on this day or later.", examples=["2026-11-01"])
    ] = None,
    countries: Annotated[Names, Query(description="Only of these countries, two letters each.", examples=[["cn"]])] = None,
    topics: Annotated[Names, Query(description="Only with these topics.", examples=[["sanction"]])] = None,
    datasets: Annotated[Names, Query(description="Only described by these data sets.", examples=[["registry"]])] = None,
    filter: Annotated[  # noqa: A002 (its name in the contract)
        Names, Query(description="Only with these properties, each `property:value`.", examples=[["birthDate:1985"]])
    ] = None,
    limit: Annotated[int, Query(ge=0, le=LIMIT_MAX, description="Most results of a page.", examples=[10])] = 10,
    offset: Annotated[int, Query(ge=0, le=OFFSET_MAX, description="Results to leave out in front.", examples=[0])] = 0,
    sort: Annotated[
        Names, Query(description="Fields or properties to order by, each with `:asc` or `:desc`.", examples=[["caption:asc"]])
    ] = None,
    target: Annotated[
        bool | None,
        Query(deprecated=True, description="Whether a listing of its own is in force; say topics.", examples=[True]),
    ] = None,
    fuzzy: Annotated[
        bool,
        Query(
            description="No effect: spellings and sounds are always looked up.",
            examples=[False],
        ),
    ] = False,
    simple: Annotated[bool, Query(description="No effect, as `fuzzy`.", examples=[False])] = False,
    facets: Annotated[
        list[FacetName] | None,
        Query(description="What to count by; left out: countries, topics, datasets.", examples=[["schema"]]),
    ] = None,
    filter_op: Annotated[
        FilterOperator, Query(description="How several values of one filter count together.", examples=["AND"])
    ] = FilterOperator.OR,
) -> SearchQuery:
    """The search as the contract's parameters say it."""
    default_facets = [FacetName.COUNTRIES, FacetName.TOPICS, FacetName.DATASETS]
    return SearchQuery(
        dataset=dataset,
        words=q,
        schema=schema,
        include_datasets=tuple(include_dataset or ()),
        exclude_datasets=tuple(exclude_dataset or ()),
        exclude_schemas=tuple(exclude_schema or ()),
        changed_since=changed_since,
        countries=tuple(countries or ()),
        topics=tuple(topics or ()),
        datasets=tuple(datasets or ()),
        properties=tuple(filter or ()),
        target=target,
        operator=filter_op,
        facets=tuple(default_facets if facets is None else facets),
        window=Window(limit, offset, tuple(sort or ())),
    )


@router.get("/search/{dataset}", summary="Which entities answer to these words?")
def search_entities(query: Annotated[SearchQuery, Depends(search_query)], context: InContext) -> SearchResults:
    """The best answer first. Numbers of persons find nothing."""
    return search(context, query)
