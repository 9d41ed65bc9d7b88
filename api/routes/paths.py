"""Ways between parties."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import Paths
from api.freshness import with_freshness
from api.lookups import find_party
from api.paths import paths_between, paths_to_listed
from api.requests import InAsked

router = APIRouter(tags=["paths"])


@router.get("/paths", summary="How are these two parties linked, or this one with listed parties?")
def read_paths(
    asked: InAsked,
    one: Annotated[
        str, Query(alias="from", min_length=1, max_length=300, description="Entity id, record id, code or clear name.")
    ],
    other: Annotated[str | None, Query(alias="to", max_length=300, description="The same; left out: the nearest listed.")] = None,
) -> Paths:
    """At most five ways, the shortest first; `sentence` says so where there is none."""
    start = find_party(asked.store, one)
    found = paths_between(asked, start, find_party(asked.store, other)) if other else paths_to_listed(asked, start)
    return with_freshness(asked, found)
