"""Who reaches a party, with names: asked of the store hop by hop, without loading the network."""

from pydantic import BaseModel

from api.context.request_context import RequestContext
from api.parties.search import find_party
from graph.pipeline import reach


class SourceLine(BaseModel):
    """A listed party, how strongly it is listed, and how much of that arrives."""

    id: str
    name: str
    strength: float
    arrives: float


class WayLine(BaseModel):
    """A path from a listed party, one coefficient a hop."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    strength: float


class ReachTold(BaseModel):
    """What reaches a party in one profile within `hops`; the paths cover `covered` of it, `remainder` comes by others."""

    id: str
    name: str
    profile: str
    hops: int
    exposure: float
    covered: float
    remainder: float
    complete: bool
    sources: tuple[SourceLine, ...]
    paths: tuple[WayLine, ...]


def reach_of(context: RequestContext, party: str, *, profile: str, limit: int) -> ReachTold:
    """Who reaches a party in a profile of the rulebook, and by which paths."""
    found = reach(context.store, find_party(context.store, party), rulebook=context.rulebook, name=profile, paths_max=limit)
    ids = {found.entity_id, *(one.id for one in found.sources), *(id_ for way in found.paths for id_ in way.ids)}
    names = {row["id"]: row["name"] for row in context.store.read("entities/entities_by_ids", ids=sorted(ids))}
    told = {name: value for name, value in vars(found).items() if name not in ("entity_id", "sources", "paths")}
    return ReachTold(
        id=found.entity_id,
        name=names.get(found.entity_id, found.entity_id),
        sources=tuple(SourceLine(**vars(one), name=names.get(one.id, one.id)) for one in found.sources),
        paths=tuple(WayLine(**vars(way), names=tuple(names.get(id_, id_) for id_ in way.ids)) for way in found.paths),
        **told,
    )
