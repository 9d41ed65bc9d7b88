"""The field's screening contract: parties as FollowTheMoney entities, matched, searched and read."""

from collections.abc import Sequence
from datetime import date

from kith_client.asynchronous.transport import Transport
from kith_client.calls import Call, path_of, query_of
from kith_client.models import Adjacent, Catalog, EntityAdjacent, FtmEntity


class EntityCalls:
    """`kith.entities`: the same parties as FollowTheMoney entities."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def get(self, entity_id: str, *, nested: bool | None = None, as_of: date | None = None) -> FtmEntity:
        """An entity with ties and listings within. Raises KithError."""
        call = Call("GET", path_of("/entities/{id}", id=entity_id), query_of(nested=nested, as_of=as_of))
        return await self._transport.ask(call, FtmEntity)

    async def adjacent(self, entity_id: str, *, limit: int | None = None, offset: int | None = None) -> EntityAdjacent:
        """Its first neighbours, by the property that leads to them. Raises KithError."""
        path = path_of("/entities/{id}", id=entity_id) + "/adjacent"
        return await self._transport.ask(Call("GET", path, query_of(limit=limit, offset=offset)), EntityAdjacent)

    async def adjacent_by(
        self, entity_id: str, property_name: str, *, sort: Sequence[str] = (), limit: int | None = None, offset: int | None = None
    ) -> Adjacent:
        """A page of the neighbours that one property leads to. Raises KithError."""
        path = path_of("/entities/{id}/adjacent/{name}", id=entity_id, name=property_name)
        query = query_of(sort=list(sort) or None, limit=limit, offset=offset)
        return await self._transport.ask(Call("GET", path, query), Adjacent)

    async def catalog(self) -> Catalog:
        """Which data sets there are: names to give as `dataset`. Raises KithError."""
        return await self._transport.ask(Call("GET", "/catalog"), Catalog)
