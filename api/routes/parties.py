"""One party: profile, records, ties, surroundings."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.context.freshness import freshness_of, with_freshness
from api.http.dependencies import InContext, InReaderContext
from api.http.pages import InPage
from api.http.problems import MOVED, Responses
from api.parties.network_files import NetworkFormat, network_file
from api.parties.networks import DEPTH_MAX, NODES_MAX, network
from api.parties.owners import party_owners
from api.parties.profiles import profile
from api.parties.records import party_records
from api.parties.search import surviving_id
from api.parties.ties import party_ties
from api.schemas.networks import Network
from api.schemas.parties import PartyOwners, Profile, Records, Ties
from ontology.errors import EntityUnknown

router = APIRouter(tags=["parties"], prefix="/entities", responses=MOVED)
EntityId = Annotated[str, Path(description="Id of a party, present or joined into another since.", examples=["K-4f2c81a07b"])]


MEDIA_TYPES = {NetworkFormat.GRAPHML: "application/graphml+xml", NetworkFormat.CSV: "text/csv"}
NETWORK_FILES: Responses = {
    200: {
        "description": "The network in the format asked for.",
        "content": {kind: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()},
    }
}


class PartyMoved(Exception):
    """The party was joined into another; `entity_id` is where it is now."""

    def __init__(self, entity_id: str) -> None:
        self.entity_id = entity_id


def present(entity_id: EntityId, context: InContext) -> str:
    """The id, where it is a party of today. Raises EntityUnknown, Moved."""
    surviving = surviving_id(context.store, entity_id)
    if surviving is None:
        raise EntityUnknown(entity=entity_id)
    if surviving != entity_id:
        raise PartyMoved(surviving)
    return surviving


Present = Annotated[str, Depends(present)]


@router.get("/{entity_id}", summary="What is known of this party, and what does it rest on?")
def read_profile(entity_id: Present, context: InReaderContext) -> Profile:
    """Names, codes, score with every line, listings, recognitions, paths to listed parties, dealings."""
    return with_freshness(context, profile(context, entity_id))


@router.get("/{entity_id}/records", summary="Which source records is this party put together from?")
def read_records(entity_id: Present, context: InContext, page: InPage) -> Records:
    """Each with file and row."""
    return with_freshness(context, party_records(context, entity_id, page))


@router.get("/{entity_id}/ties", summary="Which business ties does this party have?")
def read_ties(entity_id: Present, context: InContext, page: InPage) -> Ties:
    """In force first, each with the rows that state it."""
    return with_freshness(context, party_ties(context, entity_id, page))


@router.get("/{entity_id}/owners", summary="Who stands behind this party?")
def read_owners(entity_id: Present, context: InContext) -> PartyOwners:
    """Integrated stakes over chains and cycles, beneficial owners, and what each source tells, with its row."""
    return PartyOwners(**dict(party_owners(context, entity_id)), freshness=freshness_of(context))


@router.get("/{entity_id}/network", summary="Who is around this party?", response_model=Network, responses=NETWORK_FILES)
def read_network(
    entity_id: Present,
    context: InContext,
    *,
    depth: Annotated[int, Query(ge=1, le=DEPTH_MAX, description="Steps from the party.")] = 1,
    limit: Annotated[int, Query(ge=1, le=NODES_MAX, description="Most nodes of the picture.", examples=[100])] = 100,
    kinds: Annotated[list[str] | None, Query(description="Only ties of these kinds.")] = None,
    form: Annotated[
        NetworkFormat, Query(alias="format", description="json, graphml (for graph tools) or csv (the ties, for spreadsheets).")
    ] = NetworkFormat.JSON,
) -> Network | Response:
    """The strongest first; what was left out is counted beside the party it hangs on."""
    picture = with_freshness(context, network(context, entity_id, depth=depth, limit=limit, kinds=kinds or ()))
    return picture if form is NetworkFormat.JSON else _network_file(picture, form)


def _network_file(picture: Network, form: NetworkFormat) -> Response:
    name = {"content-disposition": f'attachment; filename="network.{form.value}"'}
    return Response(network_file(picture, form), media_type=MEDIA_TYPES[form], headers=name)


def redirect_to_survivor(request: Request, error: PartyMoved) -> Response:
    """308 to the same question about the surviving party."""
    before, _, entity_path = request.url.path.partition("/entities/")
    tail = entity_path.partition("/")[2]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{before}/entities/{error.entity_id}{'/' + tail if tail else ''}{query}", status_code=308)
