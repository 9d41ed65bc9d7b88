"""Watch lists, the events that tell what changed, and the webhooks they are sent to."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kith_client.asynchronous.pages import Pages
from kith_client.asynchronous.transport import Transport
from kith_client.calls import Call, json_call, path_of, query_of
from kith_client.models import (
    EntriesAdded,
    FailedEvent,
    FailedEvents,
    PingResult,
    WatchEntries,
    WatchEntry,
    WatchEvent,
    WatchEvents,
    Watchlist,
    Watchlists,
    Webhook,
    Webhooks,
    WebhookWithSecret,
)

LISTS, HOOKS = "/v1/watchlists", "/v1/webhooks"


class EventFeed:
    """Events in the order they were observed. `after` is where to go on: keep it when what was read is dealt with."""

    def __init__(self, transport: Transport, call: Call, after: str | None) -> None:
        self._transport, self._call, self.after = transport, call, after

    async def __aiter__(self) -> AsyncIterator[WatchEvent]:
        """Every event that is there, page by page; `after` moves when the page behind it is asked for. Raises KithError."""
        while True:
            page = await self.page()
            for event in page.events:
                yield event
            self.after = page.next
            if not page.more:
                return

    async def page(self) -> WatchEvents:
        """The events right behind `after`, which stays. Raises KithError."""
        query = {**self._call.query, **query_of(after=self.after)}
        return await self._transport.ask(Call("GET", self._call.path, query), WatchEvents)


class WatchlistCalls:
    """`kith.watchlists`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def create(self, name: str, *, note: str | None = None, active_until: date | None = None) -> Watchlist:
        """Make an empty list. Raises KithError."""
        body = query_of(name=name, note=note, active_until=active_until)
        return await self._transport.ask(json_call("POST", LISTS, body), Watchlist)

    def list(self) -> Pages[Watchlist]:
        """One's own lists; all of them for the operator."""
        return Pages(self._transport, Call("GET", LISTS), Watchlists, lambda page: page.watchlists)

    async def get(self, watchlist_id: str) -> Watchlist:
        """One list, with the number of its entries. Raises KithError."""
        return await self._transport.ask(Call("GET", _list_path(watchlist_id)), Watchlist)

    async def change(self, watchlist_id: str, **fields: Any) -> Watchlist:
        """Change `name`, `note`, `active_until`: those given and no others; None takes one away. Raises KithError."""
        return await self._transport.ask(json_call("PATCH", _list_path(watchlist_id), fields), Watchlist)

    async def remove(self, watchlist_id: str) -> Watchlist:
        """Remove a list with its entries and events. Raises KithError."""
        return await self._transport.ask(Call("DELETE", _list_path(watchlist_id)), Watchlist)

    async def add(self, watchlist_id: str, entries: Iterable[Mapping[str, Any] | str]) -> EntriesAdded:
        """Watch parties by id (texts), or rows with `name`, `code`, `place`, `reference`, … Each is added or refused by itself;
        up to 10,000 in a call. Raises KithError."""
        rows = [{"entity_id": entry} if isinstance(entry, str) else entry for entry in entries]
        return await self._transport.ask(json_call("POST", _list_path(watchlist_id, "/entries"), {"entries": rows}), EntriesAdded)

    def entries(self, watchlist_id: str) -> Pages[WatchEntry]:
        """What stands on a list, each with the party it means."""
        call = Call("GET", _list_path(watchlist_id, "/entries"))
        return Pages(self._transport, call, WatchEntries, lambda page: page.entries)

    async def remove_entry(self, watchlist_id: str, entry_id: str) -> WatchEntry:
        """Watch an entry no longer. Raises KithError."""
        path = path_of("/v1/watchlists/{list_id}/entries/{entry_id}", list_id=watchlist_id, entry_id=entry_id)
        return await self._transport.ask(Call("DELETE", path), WatchEntry)

    def events(self, watchlist_id: str, after: str | None = None, *, kinds: Sequence[str] = ()) -> EventFeed:
        """What changed about the parties of a list, behind a cursor."""
        query = query_of(kind=list(kinds) or None)
        return EventFeed(self._transport, Call("GET", _list_path(watchlist_id, "/events"), query), after)


class WebhookCalls:
    """`kith.webhooks`: events are sent to an address, signed, until it takes them."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def create(self, url: str, *, kinds: Sequence[str] = (), watchlist_id: str | None = None) -> WebhookWithSecret:
        """Subscribe an address. The secret is told this once: keep it for `verify_webhook`. Raises KithError."""
        body = query_of(url=url, kinds=list(kinds), watchlist_id=watchlist_id)
        return await self._transport.ask(json_call("POST", HOOKS, body), WebhookWithSecret)

    def list(self) -> Pages[Webhook]:
        """One's own subscriptions, and how far each is."""
        return Pages(self._transport, Call("GET", HOOKS), Webhooks, lambda page: page.webhooks)

    async def get(self, webhook_id: str) -> Webhook:
        """One subscription. Raises KithError."""
        return await self._transport.ask(Call("GET", _hook_path(webhook_id)), Webhook)

    async def change(self, webhook_id: str, **fields: Any) -> Webhook:
        """Change `url`, `kinds`, `active`: those given and no others. Raises KithError."""
        return await self._transport.ask(json_call("PATCH", _hook_path(webhook_id), fields), Webhook)

    async def remove(self, webhook_id: str) -> Webhook:
        """Send nothing more there. Raises KithError."""
        return await self._transport.ask(Call("DELETE", _hook_path(webhook_id)), Webhook)

    async def rotate(self, webhook_id: str, *, overlap_h: float | None = None) -> WebhookWithSecret:
        """A new secret; for some hours messages bear the signatures of both. Raises KithError."""
        call = Call("POST", _hook_path(webhook_id, "/rotate"), query_of(overlap_h=overlap_h))
        return await self._transport.ask(call, WebhookWithSecret)

    async def replay(self, webhook_id: str, after: str | None = None) -> Webhook:
        """Send events behind a cursor again, under the same ids. Raises KithError."""
        return await self._transport.ask(Call("POST", _hook_path(webhook_id, "/replay"), query_of(after=after)), Webhook)

    async def ping(self, webhook_id: str) -> PingResult:
        """Send a test message now, and tell what came back. Raises KithError."""
        return await self._transport.ask(Call("POST", _hook_path(webhook_id, "/ping")), PingResult)

    def failures(self, webhook_id: str) -> Pages[FailedEvent]:
        """Events that were not taken after the last try."""
        call = Call("GET", _hook_path(webhook_id, "/failures"))
        return Pages(self._transport, call, FailedEvents, lambda page: page.failures)


def _list_path(watchlist_id: str, tail: str = "") -> str:
    return path_of("/v1/watchlists/{watchlist_id}", watchlist_id=watchlist_id) + tail


def _hook_path(webhook_id: str, tail: str = "") -> str:
    return path_of("/v1/webhooks/{webhook_id}", webhook_id=webhook_id) + tail
