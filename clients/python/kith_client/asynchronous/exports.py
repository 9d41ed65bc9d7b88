"""Everything at once: parties, ties, scores, and FollowTheMoney entities line by line."""

from collections.abc import AsyncIterator

import httpx

from kith_client.asynchronous.pages import Pages
from kith_client.asynchronous.transport import Transport
from kith_client.calls import NDJSON, Call, query_of
from kith_client.models import (
    ExportedParties,
    ExportedParty,
    ExportedScore,
    ExportedScores,
    ExportedTie,
    ExportedTies,
    FtmEntity,
)


class ExportCalls:
    """`kith.exports`: go over them; none is held as a whole."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def parties(self, *, page_size: int | None = None) -> Pages[ExportedParty]:
        """Every party by id, with the ids of its records."""
        call = Call("GET", "/v1/entities", query_of(limit=page_size))
        return Pages(self._transport, call, ExportedParties, lambda page: page.entities)

    def ties(self, *, page_size: int | None = None) -> Pages[ExportedTie]:
        """Every tie of the last run."""
        call = Call("GET", "/v1/ties", query_of(limit=page_size))
        return Pages(self._transport, call, ExportedTies, lambda page: page.ties)

    def scores(self, *, page_size: int | None = None) -> Pages[ExportedScore]:
        """Scores of firms and agencies at the last run; never of persons."""
        call = Call("GET", "/v1/scores", query_of(limit=page_size))
        return Pages(self._transport, call, ExportedScores, lambda page: page.scores)

    async def ftm(self, *, page_size: int | None = None) -> AsyncIterator[FtmEntity]:
        """Parties, listings and ties as FollowTheMoney entities, as the lines come. Raises KithError: StreamBroken where one
        of the answers breaks off."""
        following = [Call("GET", "/v1/exports/ftm", query_of(limit=page_size), headers={"accept": NDJSON})]

        def follow(response: httpx.Response) -> None:
            address = response.links.get("next", {}).get("url")
            if address:
                following.append(Call("GET", address, headers={"accept": NDJSON}))

        while following:
            async for line in self._transport.lines(following.pop(), on_headers=follow):
                yield FtmEntity.model_validate_json(line)
