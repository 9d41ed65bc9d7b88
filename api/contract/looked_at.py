"""Parties that a search looks at: what filters and facets are about from their documents; the rest only where it is shown."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pydantic_core import from_json

from api.context.request_context import RequestContext
from api.contract.ftm_listings import Listings, listings_in_force, topics_from
from api.contract.ftm_properties import schema_of_document
from api.parties.summaries import parties_by_id
from ontology.base import PartyKind
from ontology.entity import Entity
from store.port import Row


class Candidate:
    """A party with its listings in force. Its document is read as plain JSON: as a model it would take several times as long."""

    def __init__(self, row: Row, listings: Listings) -> None:
        self.id: str = row["id"]
        self.listings = listings
        self._row = row
        self._document: Mapping[str, Any] = from_json(row["document"])

    @cached_property
    def schema(self) -> str:
        """Schema of its entity."""
        return schema_of_document(PartyKind(self._row["kind"]), self._document)

    @property
    def countries(self) -> Sequence[str]:
        """ISO 3166-1 alpha-2, lower case."""
        return tuple(self._document.get("countries", ()))

    @property
    def sources(self) -> Sequence[str]:
        """Data sets that describe it."""
        return tuple(self._document.get("sources", ()))

    @cached_property
    def topics(self) -> Sequence[str]:
        """Topics, sorted."""
        return topics_from(self._document.get("attributes", {}).get("topics", ""), self.listings)

    @cached_property
    def party(self) -> Entity:
        """All that is known of it."""
        return Entity.model_validate_json(self._row["document"])


def look_at(context: RequestContext, ids: Sequence[str]) -> list[Candidate]:
    """Parties by id, in this order; two queries for all of them."""
    rows, listings = parties_by_id(context.store, ids), listings_in_force(context, ids)
    return [Candidate(rows[id_], listings.get(id_, ())) for id_ in ids if id_ in rows]
