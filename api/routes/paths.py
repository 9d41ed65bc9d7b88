"""Ways between parties."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context.freshness import with_freshness
from api.http.dependencies import InContext
from api.http.problems import problems
from api.parties.paths import paths_between, paths_to_listed
from api.parties.search import find_party
from api.schemas.parties import Paths

router = APIRouter(tags=["paths"])


@router.get("/paths", summary="How are these two parties linked, or this one with listed parties?", responses=problems(404))
def read_paths(
    context: InContext,
    from_name: Annotated[
        str, Query(alias="from", min_length=1, max_length=300, description="Entity id, record id, code or clear name.")
    ],
    to_name: Annotated[
        str | None, Query(alias="to", max_length=300, description="The same; left out: the nearest listed.")
    ] = None,
) -> Paths:
    """At most five ways, the shortest first; `sentence` says so where there is none."""
    start = find_party(context.store, from_name)
    paths = paths_between(context, start, find_party(context.store, to_name)) if to_name else paths_to_listed(context, start)
    return with_freshness(context, paths)
