"""Matching by example, and the algorithms it is done with."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from api.contract.algorithms import algorithm_documents
from api.contract.descriptions import GetKey
from api.contract.matching import LIMIT, THRESHOLD, MatchFilters, match_entities
from api.contract.pages import LIMIT_MAX
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.schemas.contract_matches import AlgorithmResponse, EntityMatchQuery, EntityMatchResponse
from api.wiring import store_key
from ontology.api_key import Role

router = APIRouter(tags=["screening contract"], route_class=ContractRoute, responses=REFUSALS)
DAY = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"
EXCLUDED_MAX = 50
COMPARES_NUMBERS = (Role.INVESTIGATOR, Role.REVIEWER, Role.OPERATOR)
"""Roles whose descriptions may be compared by a personal number."""
Names = list[str] | None


@router.post("/match/{dataset}", summary="Which parties may these descriptions mean?")
def match(
    request: Request,
    context: InContext,
    body: EntityMatchQuery,
    *,
    dataset: Annotated[
        str, Path(max_length=300, description="A source, a collection, or `default` for all.", examples=["default"])
    ],
    limit: Annotated[int, Query(ge=0, le=LIMIT_MAX, description="Most results of a description.", examples=[LIMIT])] = LIMIT,
    threshold: Annotated[
        float, Query(allow_inf_nan=False, description="Score from which on a result is a match, 0..1.", examples=[THRESHOLD])
    ] = THRESHOLD,
    cutoff: Annotated[
        float,
        Query(
            allow_inf_nan=False,
            deprecated=True,
            description="Lowest score of a result, 0..1; rather use `threshold`.",
            examples=[0.5],
        ),
    ] = THRESHOLD,
    algorithm: Annotated[str, Query(description="`best`, or a name from `/algorithms`.", examples=["best"])] = "best",
    include_dataset: Annotated[Names, Query(description="Only parties of these data sets.", examples=[["registry"]])] = None,
    exclude_schema: Annotated[Names, Query(description="No parties of these schemata.", examples=[["Person"]])] = None,
    exclude_dataset: Annotated[Names, Query(description="No parties of these data sets alone.", examples=[["customs"]])] = None,
    topics: Annotated[Names, Query(description="Only parties with one of these topics.", examples=[["sanction"]])] = None,
    changed_since: Annotated[
        str | None, Query(pattern=DAY, description="Only parties that changed since then.", examples=["2026-11-01"])
    ] = None,
    exclude_entity_ids: Annotated[
        Names,
        Query(
            max_length=EXCLUDED_MAX,
            description="Parties to leave out, by any id that leads to them.",
            examples=[["K-7MZQ4T0WXA"]],
        ),
    ] = None,
) -> EntityMatchResponse:
    """Up to 100 FollowTheMoney entities, each with what is known of a party.

    Names, days of birth or founding, countries, addresses and identifiers are compared as resolution compares records. A personal
    number counts for investigators, reviewers and operators only, as an exact match, and the log says that it did.
    """
    filters = MatchFilters(
        limit=limit,
        threshold=threshold,
        cutoff=cutoff,
        algorithm=algorithm,
        include_dataset=tuple(include_dataset or ()),
        exclude_dataset=tuple(exclude_dataset or ()),
        exclude_schema=tuple(exclude_schema or ()),
        topics=tuple(topics or ()),
        changed_since=changed_since,
        exclude_entity_ids=tuple(exclude_entity_ids or ()),
    )
    return match_entities(context, dataset, body, filters, get_key=key_of_caller(request))


def key_of_caller(request: Request) -> GetKey | None:
    """Reads the key of personal numbers, for callers whose role may compare them."""
    state, caller = request.app.state.kith, request.state.caller
    if caller is not None and caller.role not in COMPARES_NUMBERS:
        return None
    return lambda: store_key(state.store, state.settings)


@router.get("/algorithms", summary="How are descriptions compared?")
def read_algorithms() -> AlgorithmResponse:
    """Each algorithm with its features and settings."""
    return algorithm_documents()
