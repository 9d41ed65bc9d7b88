"""Which listed parties reach a party, with names: read from the store hop by hop, without loading the network."""

from pydantic import BaseModel

from api.context.request_context import RequestContext
from api.parties.search import find_party
from graph.pipeline import reach


class ReachSource(BaseModel):
    """A listed party, how strongly it is listed, and how much of that arrives."""

    id: str
    name: str
    strength: float
    arrives: float


class ReachPath(BaseModel):
    """A path from a listed party, one coefficient a hop."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    strength: float


class Reach(BaseModel):
    """What reaches a party in one profile within `hops`; the paths cover `covered` of it, `remainder` comes by others."""

    id: str
    name: str
    profile: str
    hops: int
    exposure: float
    covered: float
    remainder: float
    complete: bool
    sources: tuple[ReachSource, ...]
    paths: tuple[ReachPath, ...]


def reach_of(context: RequestContext, party: str, *, profile: str, limit: int) -> Reach:
    """Who reaches a party in a profile of the rulebook, and by which paths."""
    store_reach = reach(context.store, find_party(context.store, party), rulebook=context.rulebook, name=profile, paths_max=limit)
    ids = {
        store_reach.entity_id,
        *(source.id for source in store_reach.sources),
        *(id_ for path in store_reach.paths for id_ in path.ids),
    }
    names = {row["id"]: row["name"] for row in context.store.read("entities/entities_by_ids", ids=sorted(ids))}
    figures = {name: value for name, value in vars(store_reach).items() if name not in ("entity_id", "sources", "paths")}
    return Reach(
        id=store_reach.entity_id,
        name=names.get(store_reach.entity_id, store_reach.entity_id),
        sources=tuple(ReachSource(**vars(source), name=names.get(source.id, source.id)) for source in store_reach.sources),
        paths=tuple(ReachPath(**vars(path), names=tuple(names.get(id_, id_) for id_ in path.ids)) for path in store_reach.paths),
        **figures,
    )
