"""What answers rest on, and the verdicts of people."""

from datetime import date
from typing import Any

from kith_client.asynchronous.pages import Pages
from kith_client.asynchronous.transport import Transport
from kith_client.calls import Call, json_call, path_of, query_of
from kith_client.models import (
    Judged,
    Judgements,
    Queue,
    RingLine,
    RingLines,
    ShownLine,
    ShownRow,
    Undone,
    VerdictToGive,
    WaitingPair,
    WhyNotTold,
    WhyTold,
)


class EvidenceCalls:
    """`kith.evidence`: source rows, rings, and why records are one party or two."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def row(self, row_id: str) -> ShownRow:
        """A source row as it was loaded. Raises KithError."""
        return await self._transport.ask(Call("GET", path_of("/v1/rows/{row_id}", row_id=row_id)), ShownRow)

    async def why(self, left: str, right: str, *, as_of: date | None = None) -> WhyTold:
        """Why two records are one party. Raises KithError."""
        return await self._transport.ask(Call("GET", "/v1/why", query_of(left=left, right=right, as_of=as_of)), WhyTold)

    async def why_not(self, left: str, right: str, *, as_of: date | None = None) -> WhyNotTold:
        """Why two records are not one party. Raises KithError."""
        return await self._transport.ask(Call("GET", "/v1/why-not", query_of(left=left, right=right, as_of=as_of)), WhyNotTold)

    def rings(self, *, dismissed: bool | None = None, as_of: date | None = None) -> Pages[RingLine]:
        """Groups of parties that trade in a circle or own each other."""
        call = Call("GET", "/v1/rings", query_of(dismissed=dismissed, as_of=as_of))
        return Pages(self._transport, call, RingLines, lambda page: page.rings)


class JudgementCalls:
    """`kith.judgements`: verdicts of people on whether two records are one party."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, party: str | None = None) -> Pages[ShownLine]:
        """The ledger, the latest first."""
        return Pages(self._transport, Call("GET", "/v1/judgements", query_of(party=party)), Judgements, lambda page: page.lines)

    def queue(self, *, kind: str | None = None, blind: bool | None = None) -> Pages[WaitingPair]:
        """Pairs that wait for a verdict."""
        call = Call("GET", "/v1/judgements/queue", query_of(kind=kind, blind=blind))
        return Pages(self._transport, call, Queue, lambda page: page.pairs)

    async def give(self, *, dry_run: bool | None = None, **fields: Any) -> Judged:
        """Give a verdict. fields: of VerdictToGive. Raises KithError."""
        verdict = VerdictToGive.model_validate(fields)
        return await self._transport.ask(json_call("POST", "/v1/judgements", verdict, query=query_of(dry_run=dry_run)), Judged)

    async def undo(self, line_id: str, *, reason: str | None = None) -> Undone:
        """Take a verdict back. Raises KithError."""
        call = Call("DELETE", path_of("/v1/judgements/{line_id}", line_id=line_id), query_of(reason=reason))
        return await self._transport.ask(call, Undone)
