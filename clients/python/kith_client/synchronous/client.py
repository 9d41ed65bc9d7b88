# Written by `python -m clients.generate` from asynchronous/client.py: do not edit.
"""The client: one server, one key."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Literal, Self

import httpx

from kith_client.calls import Call, query_of
from kith_client.models import About, EntityExample, EntityMatchResponse, Paths
from kith_client.retries import RetryRules
from kith_client.settings import Settings, address_of, key_of
from kith_client.synchronous.access import ConsentCalls, KeyCalls
from kith_client.synchronous.contract import EntityCalls
from kith_client.synchronous.evidence import EvidenceCalls, JudgementCalls
from kith_client.synchronous.exports import ExportCalls
from kith_client.synchronous.jobs import JobCalls
from kith_client.synchronous.parties import PartyCalls
from kith_client.synchronous.records import RecordCalls
from kith_client.synchronous.screenings import ScreeningCalls
from kith_client.synchronous.transport import Transport
from kith_client.synchronous.watching import EventFeed, WatchlistCalls, WebhookCalls


class Kith:
    """Asks one server of kith. Use it in a block, `with Kith() as kith:`, or call `kith.close()` at the end.

    url:       of the server; left out: KITH_URL, else port 8000 of this machine.
    key:       left out: KITH_API_KEY, else none.
    lang:      of sentences, en or zh; left out: the server's.
    purpose:   what the answers are used for; partners state that of their key.
    timeout_s: seconds for an answer to begin.
    retries:   how often a call is sent again where the server is busy or cannot be reached; every write bears a key, so that
               none is carried out twice.
    etags:     how many answers to keep, so that one that still holds is not sent again; 0 for none.
    http:      an httpx client of your own, with proxies or certificates; it stays yours to close.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        lang: Literal["en", "zh"] | None = None,
        purpose: str | None = None,
        timeout_s: float = 65.0,
        retries: RetryRules | None = None,
        etags: int = 0,
        http: httpx.Client | None = None,
    ) -> None:
        self.settings = Settings(
            url=address_of(url),
            key=key_of(key),
            lang=lang,
            purpose=purpose,
            timeout_s=timeout_s,
            retries=retries or RetryRules(),
            etags=etags,
        )
        self._own_http = http is None
        self._http = http or httpx.Client()
        self._http.base_url = self.settings.url
        self._http.headers.update(self.settings.headers)
        self._http.timeout = httpx.Timeout(timeout_s)
        self._http.follow_redirects = True  # 308: the party was joined into another.
        self._transport = transport = Transport(self.settings, self._http)
        self.parties, self.entities = PartyCalls(transport), EntityCalls(transport)
        self.records, self.jobs = RecordCalls(transport), JobCalls(transport)
        self.screenings, self.exports = ScreeningCalls(transport), ExportCalls(transport)
        self.evidence, self.judgements = EvidenceCalls(transport), JudgementCalls(transport)
        self.watchlists, self.webhooks = WatchlistCalls(transport), WebhookCalls(transport)
        self.keys, self.consents = KeyCalls(transport), ConsentCalls(transport)

    def about(self) -> About:
        """What the server holds, and by which rules it judges. Raises KithError."""
        return self._transport.ask(Call("GET", "/v1/about"), About)

    def paths(self, from_: str, to: str | None = None, *, as_of: date | None = None) -> Paths:
        """How two parties are linked; without the second, how one is linked to the nearest listed. Raises KithError."""
        query = {"from": from_, **query_of(to=to, as_of=as_of)}
        return self._transport.ask(Call("GET", "/v1/paths", query), Paths)

    def match(
        self,
        queries: Mapping[str, Mapping[str, Any] | EntityExample],
        *,
        dataset: str = "default",
        threshold: float | None = None,
    ) -> EntityMatchResponse:
        """Which parties may these descriptions mean? `kith.entities.match` has the other options. Raises KithError."""
        return self.entities.match(queries, dataset=dataset, threshold=threshold)

    def events(
        self, after: str | None = None, *, kinds: Sequence[str] = (), watchlist: str | None = None, entity: str | None = None
    ) -> EventFeed:
        """What changed about watched parties, behind a cursor; keep `feed.after` for the next time."""
        query = query_of(kind=list(kinds) or None, watchlist=watchlist, entity=entity)
        return EventFeed(self._transport, Call("GET", "/v1/events", query), after)

    def close(self) -> None:
        """End the connections."""
        if self._own_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
