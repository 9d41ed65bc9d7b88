# Written by `python -m clients.generate` from asynchronous/contract.py: do not edit.
"""The field's screening contract: parties as FollowTheMoney entities, matched, searched and read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kith_client.calls import Call, json_call, path_of, query_of
from kith_client.models import (
    Adjacent,
    AlgorithmResponse,
    Catalog,
    EntityAdjacent,
    EntityExample,
    EntityMatchResponse,
    FtmEntity,
    SearchResults,
    Statements,
)
from kith_client.synchronous.transport import Transport


class EntityCalls:
    """`kith.entities`: the same parties as FollowTheMoney entities."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def match(
        self,
        queries: Mapping[str, Mapping[str, Any] | EntityExample],
        *,
        dataset: str = "default",
        threshold: float | None = None,
        limit: int | None = None,
        algorithm: str | None = None,
        topics: Sequence[str] = (),
        include_dataset: Sequence[str] = (),
        exclude_dataset: Sequence[str] = (),
        exclude_entity_ids: Sequence[str] = (),
        config: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> EntityMatchResponse:
        """Which parties may these descriptions mean? At most 100 under names of your own, each `{"schema", "properties"}`.

        threshold: score from which on a result is a match, 0..1. exclude_entity_ids: parties that were looked at and dismissed.
        Raises KithError.
        """
        query = query_of(
            threshold=threshold,
            limit=limit,
            algorithm=algorithm,
            topics=list(topics) or None,
            include_dataset=list(include_dataset) or None,
            exclude_dataset=list(exclude_dataset) or None,
            exclude_entity_ids=list(exclude_entity_ids) or None,
        )
        body = {"queries": dict(queries), **({"config": dict(config)} if config else {})}
        call = json_call("POST", path_of("/match/{dataset}", dataset=dataset), body, query=query, is_read=True)
        return self._transport.ask(call, EntityMatchResponse)

    def search(self, words: str, *, dataset: str = "default", limit: int | None = None, **filters: Any) -> SearchResults:
        """Entities by words. filters: parameters of the contract, such as `schema`, `countries`, `topics`. Raises KithError."""
        query = query_of(q=words, limit=limit, **filters)
        return self._transport.ask(Call("GET", path_of("/search/{dataset}", dataset=dataset), query), SearchResults)

    def statements(self, entity_id: str, *, limit: int | None = None, offset: int | None = None) -> Statements:
        """What each source says of an entity. Raises KithError."""
        call = Call("GET", path_of("/entities/{id}", id=entity_id) + "/statements", query_of(limit=limit, offset=offset))
        return self._transport.ask(call, Statements)

    def algorithms(self) -> AlgorithmResponse:
        """Algorithms of matching, with their features and settings. Raises KithError."""
        return self._transport.ask(Call("GET", "/algorithms"), AlgorithmResponse)

    def get(self, entity_id: str, *, nested: bool | None = None, as_of: date | None = None) -> FtmEntity:
        """An entity with ties and listings within. Raises KithError."""
        call = Call("GET", path_of("/entities/{id}", id=entity_id), query_of(nested=nested, as_of=as_of))
        return self._transport.ask(call, FtmEntity)

    def adjacent(self, entity_id: str, *, limit: int | None = None, offset: int | None = None) -> EntityAdjacent:
        """Its first neighbours, by the property that leads to them. Raises KithError."""
        path = path_of("/entities/{id}", id=entity_id) + "/adjacent"
        return self._transport.ask(Call("GET", path, query_of(limit=limit, offset=offset)), EntityAdjacent)

    def adjacent_by(
        self, entity_id: str, property_name: str, *, sort: Sequence[str] = (), limit: int | None = None, offset: int | None = None
    ) -> Adjacent:
        """A page of the neighbours that one property leads to. Raises KithError."""
        path = path_of("/entities/{id}/adjacent/{name}", id=entity_id, name=property_name)
        query = query_of(sort=list(sort) or None, limit=limit, offset=offset)
        return self._transport.ask(Call("GET", path, query), Adjacent)

    def catalog(self) -> Catalog:
        """Which data sets there are: names to give as `dataset`. Raises KithError."""
        return self._transport.ask(Call("GET", "/catalog"), Catalog)
