"""Watch lists, their entries, and the events that tell what changed."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool

from api.context.callers import Caller
from api.context.pages import CURSOR_LENGTH_MAX
from api.context.request_context import RequestContext
from api.http.dependencies import AppState, InContext
from api.http.pages import InPage
from api.schemas.watching import (
    EntriesAdded,
    EntryToAdd,
    WatchEntries,
    WatchEntry,
    WatchEventKind,
    WatchEvents,
    Watchlist,
    WatchlistChange,
    Watchlists,
    WatchlistToMake,
)
from api.watching.entries import Addition, add_entries, remove_entry, show_entries
from api.watching.entry_files import read_entries
from api.watching.events import EventFilter, EventTeller, read_events
from api.watching.lists import ANYBODY, OPERATOR, change_list, list_of, make_list, remove_list, show_list, show_lists
from api.watching.states import StateReader
from api.wiring import now_of, today_of
from ontology.api_key import Role

router = APIRouter(tags=["watching"])
EVENTS_MAX = 1000
ENTRIES = {
    "type": "object",
    "required": ["entries"],
    "properties": {
        "entries": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10_000,
            "description": "The entries to add.",
            "items": EntryToAdd.model_json_schema(),
        }
    },
}
BULK = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ENTRIES},
            "application/x-ndjson": {"schema": {"type": "string", "description": "One entry a line, as JSON."}},
            "text/csv": {
                "schema": {
                    "type": "string",
                    "description": "Columns entity_id, name, code, place, country, reference, note, active_until; "
                    "headings of supplier lists in English or Chinese are understood.",
                }
            },
        },
    }
}
AFTER = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=CURSOR_LENGTH_MAX,
        description="What an answer before named as `next`; left out: from the first event that is kept.",
        examples=["WyI1ZjNhIiwxMl0"],
    ),
]


@dataclass(frozen=True)
class FeedRequest:
    """Which part of the feed is asked for."""

    after: str | None
    limit: int
    kinds: tuple[WatchEventKind, ...]


def feed_request(
    after: AFTER = None,
    limit: Annotated[int, Query(ge=1, le=EVENTS_MAX, description="Most events of one answer.", examples=[100])] = 100,
    kind: Annotated[
        list[WatchEventKind] | None,
        Query(description="Only events of this kind; may be given several times.", examples=[["listing.new"]]),
    ] = None,
) -> FeedRequest:
    """The part of the feed that a request asks for."""
    return FeedRequest(after, limit, tuple(kind or ()))


InFeed = Annotated[FeedRequest, Depends(feed_request)]


def owner_of(request: Request) -> str:
    """Under whose name things are made: the operator's, whoever signed in as one; else that of the caller's key."""
    caller: Caller | None = request.state.caller
    return OPERATOR if caller is None or caller.role is Role.OPERATOR else caller.key_id


def seen_owner_of(request: Request) -> str:
    """Whose things may be seen: of everybody by the operator, else one's own."""
    owner = owner_of(request)
    return ANYBODY if owner == OPERATOR else owner


InOwner = Annotated[str, Depends(owner_of)]
InSeenOwner = Annotated[str, Depends(seen_owner_of)]


@router.post("/watchlists", summary="Watch parties under this name", status_code=201)
def create_watchlist(to_make: WatchlistToMake, request: Request, owner: InOwner) -> Watchlist:
    """Makes an empty list; its entries are added to `/v1/watchlists/{watchlist_id}/entries`."""
    state: AppState = request.app.state.kith
    return make_list(state.store, to_make, owner=owner, now=now_of(state.settings))


@router.get("/watchlists", summary="Which watch lists are there?")
def read_watchlists(request: Request, owner: InSeenOwner, page: InPage) -> Watchlists:
    """Those of the caller, all of them for the operator, with the number of their entries."""
    state: AppState = request.app.state.kith
    return show_lists(state.store, page, owner=owner, today=today_of(state.settings))


@router.get("/watchlists/{watchlist_id}", summary="What is this watch list?")
def read_watchlist(watchlist_id: str, request: Request, owner: InSeenOwner) -> Watchlist:
    """Its name and note, until when it is watched, and how many of its entries mean a party."""
    state: AppState = request.app.state.kith
    return show_list(state.store, watchlist_id, owner=owner, today=today_of(state.settings))


@router.patch("/watchlists/{watchlist_id}", summary="Change name, note or end of this watch list")
def update_watchlist(watchlist_id: str, change: WatchlistChange, request: Request, owner: InSeenOwner) -> Watchlist:
    """Changes the fields that are sent and no others; null takes a note or an end away."""
    state: AppState = request.app.state.kith
    return change_list(state.store, watchlist_id, change, owner=owner, today=today_of(state.settings))


@router.delete("/watchlists/{watchlist_id}", summary="Watch this list no longer")
def delete_watchlist(watchlist_id: str, request: Request, owner: InSeenOwner) -> Watchlist:
    """Removes it with its entries and events, and ends the subscriptions to it alone; answers with what it was."""
    state: AppState = request.app.state.kith
    return remove_list(state.store, watchlist_id, owner=owner, today=today_of(state.settings))


@router.post("/watchlists/{watchlist_id}/entries", summary="Watch these parties and rows too", openapi_extra=BULK)
async def create_entries(watchlist_id: str, request: Request, owner: InSeenOwner) -> EntriesAdded:
    """Up to 10,000: JSON, one JSON object a line, or CSV. What parties are now is kept: later changes are told, not these.

    Each row is added or refused by itself. A row without an id is matched at once where few are sent, else by the next look.
    """
    state: AppState = request.app.state.kith
    kind = request.headers.get("content-type", "")
    rows = read_entries(await request.body(), media_type=kind, rows_max=state.settings.screening_rows_max)
    reader = StateReader(state.store, state.rulebook, today_of(state.settings))
    addition = Addition(watchlist_id, owner, now_of(state.settings))
    return await run_in_threadpool(add_entries, reader, rows, addition)


@router.get("/watchlists/{watchlist_id}/entries", summary="What stands on this watch list?")
def read_entries_of_list(watchlist_id: str, request: Request, owner: InSeenOwner, page: InPage) -> WatchEntries:
    """Each entry with the party it means and what was last seen of it."""
    return show_entries(request.app.state.kith.store, watchlist_id, page, owner=owner)


@router.delete("/watchlists/{watchlist_id}/entries/{entry_id}", summary="Watch this entry no longer")
def delete_entry(watchlist_id: str, entry_id: str, request: Request, owner: InSeenOwner) -> WatchEntry:
    """Removes one entry and answers with what it was; events of it stay until they are forgotten."""
    return remove_entry(request.app.state.kith.store, watchlist_id, entry_id, owner=owner)


@router.get("/watchlists/{watchlist_id}/events", summary="What changed about the parties of this watch list?")
def read_events_of_list(watchlist_id: str, context: InContext, owner: InSeenOwner, feed: InFeed) -> WatchEvents:
    """The earliest first, behind the cursor; `next` is where to go on, today or tomorrow."""
    list_of(context.store, watchlist_id, owner=owner)
    return _feed(context, feed, EventFilter(owner=owner, watchlist_id=watchlist_id, kinds=feed.kinds))


@router.get("/events", summary="What changed about all watched parties?")
def read_all_events(
    context: InContext,
    owner: InSeenOwner,
    feed: InFeed,
    watchlist: Annotated[str, Query(max_length=300, description="Only events of this watch list.", examples=["W-000001"])] = "",
    entity: Annotated[
        str, Query(max_length=300, description="Only events of this party, by its id.", examples=["K-4Q2MZ7TB3A"])
    ] = "",
) -> WatchEvents:
    """The earliest first, behind the cursor. A change is one event, under one id, however often it is asked for."""
    return _feed(context, feed, EventFilter(owner=owner, watchlist_id=watchlist, entity_id=entity, kinds=feed.kinds))


def _feed(context: RequestContext, feed: FeedRequest, event_filter: EventFilter) -> WatchEvents:
    teller = EventTeller(context.rulebook, context.lang)
    return read_events(context.store, event_filter, teller, after=feed.after, limit=feed.limit)
