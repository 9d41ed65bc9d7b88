# Written by `python -m clients.generate` from asynchronous/parties.py: do not edit.
"""Parties: found, read, with what is around them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from kith_client.calls import Call, json_call, path_of, query_of
from kith_client.models import (
    DealingLine,
    DealingLines,
    History,
    HistoryEvent,
    HowTold,
    Network,
    Parties,
    PartyLine,
    PartyOwners,
    PersonRead,
    PersonReads,
    Profile,
    Records,
    Relation,
    Relations,
    Score,
    Search,
    ShownRecord,
    ShownTie,
    Ties,
)
from kith_client.shapes import Shape
from kith_client.synchronous.pages import Pages
from kith_client.synchronous.transport import Transport

Answer = TypeVar("Answer", bound=Shape)
Item = TypeVar("Item")
Page = TypeVar("Page", bound=Shape)


class PartyCalls:
    """`kith.parties`. Ids of parties that were joined into others since lead to those: compare `id` of the answer."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def find(
        self,
        words: str | None = None,
        *,
        code: str | None = None,
        address: str | None = None,
        kind: str | None = None,
        as_of: date | None = None,
        page_size: int | None = None,
    ) -> Pages[PartyLine]:
        """Parties by name in any script, by code or by address, the best first. kind: firm, agency or person."""
        query = {"q": words, "code": code, "address": address, "kind": kind, "as_of": as_of, "limit": page_size}
        return self._pages("/v1/search", Search, lambda page: page.results, **query)

    def find_by_phone(self, phone: str, *, kind: str | None = None, page_size: int | None = None) -> Pages[PartyLine]:
        """Parties by a phone number, which goes into no address and no log."""
        call = json_call("POST", "/v1/search/phone", {"phone": phone}, query=query_of(kind=kind, limit=page_size), is_read=True)
        return Pages(self._transport, call, Search, lambda page: page.results)

    def risky(self, *, as_of: date | None = None, page_size: int | None = None) -> Pages[PartyLine]:
        """Firms and agencies that call for a look, the most urgent first."""
        return self._pages("/v1/risky", Parties, lambda page: page.results, as_of=as_of, limit=page_size)

    def reliable(
        self,
        *,
        place: str | None = None,
        trade: str | None = None,
        volume_from: float | None = None,
        as_of: date | None = None,
        page_size: int | None = None,
    ) -> Pages[PartyLine]:
        """Firms and agencies with the best scores. volume_from: trade volume at least."""
        query = {"place": place, "trade": trade, "volume_from": volume_from, "as_of": as_of, "limit": page_size}
        return self._pages("/v1/reliable", Parties, lambda page: page.results, **query)

    def get(
        self, entity_id: str, *, as_of: date | None = None, partner: str | None = None, purpose: str | None = None
    ) -> Profile:
        """What is known of a party, and what it rests on. partner, purpose: who reads the score of a person, and what for;
        a partner's own key says who. Raises KithError."""
        return self._ask(entity_id, "", Profile, as_of=as_of, partner=partner, purpose=purpose)

    def score(
        self, entity_id: str, *, as_of: date | None = None, partner: str | None = None, purpose: str | None = None
    ) -> Score:
        """The score with its reasons, or why there is none: consent that is missing, say. Raises KithError."""
        return (self.get(entity_id, as_of=as_of, partner=partner, purpose=purpose)).score

    def owners(self, entity_id: str, *, as_of: date | None = None) -> PartyOwners:
        """Who stands behind it, over chains. Raises KithError."""
        return self._ask(entity_id, "/owners", PartyOwners, as_of=as_of)

    def network(
        self,
        entity_id: str,
        *,
        depth: int | None = None,
        limit: int | None = None,
        kinds: Sequence[str] = (),
        as_of: date | None = None,
    ) -> Network:
        """Who is around it. depth: steps; limit: most nodes; kinds: only ties of these kinds. Raises KithError."""
        return self._ask(entity_id, "/network", Network, depth=depth, limit=limit, kinds=list(kinds) or None, as_of=as_of)

    def how(self, entity_id: str, *, as_of: date | None = None) -> HowTold:
        """How its records became one party. Raises KithError."""
        return self._ask(entity_id, "/how", HowTold, as_of=as_of)

    def records(self, entity_id: str, *, as_of: date | None = None) -> Pages[ShownRecord]:
        """The source records it is put together from."""
        return self._pages(self._path(entity_id, "/records"), Records, lambda page: page.records, as_of=as_of)

    def ties(self, entity_id: str, *, as_of: date | None = None) -> Pages[ShownTie]:
        """Its business ties, those in force first."""
        return self._pages(self._path(entity_id, "/ties"), Ties, lambda page: page.ties, as_of=as_of)

    def dealings(
        self, entity_id: str, *, as_of: date | None = None, partner: str | None = None, purpose: str | None = None
    ) -> Pages[DealingLine]:
        """Its dealings, the latest first."""
        query = {"as_of": as_of, "partner": partner, "purpose": purpose}
        return self._pages(self._path(entity_id, "/dealings"), DealingLines, lambda page: page.dealings, **query)

    def history(self, entity_id: str, *, as_of: date | None = None) -> Pages[HistoryEvent]:
        """What happened to it."""
        return self._pages(self._path(entity_id, "/history"), History, lambda page: page.events, as_of=as_of)

    def related(self, entity_id: str, *, as_of: date | None = None) -> Pages[Relation]:
        """Parties that may belong to it without being it."""
        return self._pages(self._path(entity_id, "/related"), Relations, lambda page: page.relations, as_of=as_of)

    def readers(self, entity_id: str) -> Pages[PersonRead]:
        """Who read of this person, the latest first."""
        return self._pages(self._path(entity_id, "/readers"), PersonReads, lambda page: page.reads)

    def _ask(self, entity_id: str, tail: str, shape: type[Answer], **query: object) -> Answer:
        return self._transport.ask(Call("GET", self._path(entity_id, tail), query_of(**query)), shape)

    def _pages(self, path: str, shape: type[Page], items: Callable[[Page], Sequence[Item]], **query: object) -> Pages[Item]:
        return Pages(self._transport, Call("GET", path, query_of(**query)), shape, items)

    def _path(self, entity_id: str, tail: str) -> str:
        return path_of("/v1/entities/{entity_id}", entity_id=entity_id) + tail
