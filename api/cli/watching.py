"""`kith watch`: lists of watched parties and rows, and what changed about them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas.watching import WatchEntry, Watchlist
    from api.watching.entry_files import Rows
    from api.watching.states import StateReader
    from store.port import Store

PANEL = "Answers"
DAY = ["%Y-%m-%d"]
LIST = Annotated[str, typer.Argument(metavar="LIST", help="Id of the watch list: kith watch list.", show_default=False)]
LIMIT = Annotated[int, typer.Option(min=1, max=1000, help="Most lines.")]
AFTER = Annotated[str | None, typer.Option(help="Go on behind this cursor, as the answer before named it.", show_default=False)]
UNTIL = Annotated[
    datetime | None, typer.Option(formats=DAY, help="First day it is no longer watched; else without an end.", show_default=False)
]
MEDIA = {".csv": "text/csv", ".ndjson": "application/x-ndjson", ".jsonl": "application/x-ndjson"}


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    watching = typer.Typer(help="Watch parties and supplier rows, and see what changed.", no_args_is_help=True)
    verb(watching, "create", example='kith watch create "Suppliers 2026"')(create)
    verb(watching, "list", example="kith watch list")(list_)
    verb(watching, "show", example="kith watch show W-000001")(show)
    verb(watching, "add", example='kith watch add W-000001 --party "Linhai Harbour Trading"')(add)
    verb(watching, "remove", example="kith watch remove W-000001 E-000002")(remove)
    verb(watching, "events", example="kith watch events --list W-000001")(events)
    verb(watching, "look", example="kith watch look")(look_)
    verb(watching, "delete", example="kith watch delete W-000001 --yes")(delete)
    app.add_typer(watching, name="watch", rich_help_panel=PANEL)


def create(
    call: Call,
    name: Annotated[str, typer.Argument(help="What the list is called.", show_default=False)],
    *,
    note: Annotated[str | None, typer.Option(help="What it is for.", show_default=False)] = None,
    until: UNTIL = None,
) -> None:
    """Make a watch list, empty at first; its id is printed."""
    from api.errors import refusals
    from api.schemas.watching import WatchlistToMake
    from api.watching.lists import OPERATOR, make_list
    from api.wiring import now_of

    with refusals():
        to_make = WatchlistToMake(name=name, note=note, active_until=until.date() if until else None)
    with call.store() as store:
        made_list = make_list(store, to_make, owner=OPERATOR, now=now_of(call.settings))
    call.give(made_list, lambda out: _print_list(out, call, made_list))


def list_(call: Call, limit: LIMIT = 100, after: AFTER = None) -> None:
    """List watch lists with the number of their entries."""
    from api.context.pages import PageRequest
    from api.watching.lists import ANYBODY, show_lists
    from api.wiring import today_of

    with call.store() as store:
        lists = show_lists(store, PageRequest(limit, after), owner=ANYBODY, today=today_of(call.settings))

    def write_text(out: "Console") -> None:
        for watchlist in lists.watchlists:
            _print_list(out, call, watchlist)
        if not lists.watchlists:
            out.print(call.say("watch.list.none"))
        _print_next(out, call, lists.next)

    call.give(lists, write_text)


def show(call: Call, watchlist: LIST, limit: LIMIT = 100, after: AFTER = None) -> None:
    """Show what stands on a watch list, each entry with the party it means and where that stands."""
    from api.context.pages import PageRequest
    from api.watching.entries import show_entries
    from api.watching.lists import ANYBODY

    with call.store() as store:
        entries = show_entries(store, watchlist, PageRequest(limit, after), owner=ANYBODY)

    def write_text(out: "Console") -> None:
        for entry in entries.entries:
            _print_entry(out, call, entry)
        _print_next(out, call, entries.next)

    call.give(entries, write_text)


def add(
    call: Call,
    watchlist: LIST,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Entries as CSV, JSON, or one JSON object a line (.ndjson).", show_default=False),
    ] = None,
    *,
    party: Annotated[
        list[str] | None, typer.Option(help="A party by id, record id, code or name; may be repeated.", show_default=False)
    ] = None,
) -> None:
    """Add parties, or rows of a supplier list that are matched until they mean one.

    What a party is now is kept with it: later changes are told, not these. Exit code 1 where a row was refused.
    """
    from api.errors import ANSWER_IS_NO
    from api.watching.entries import Addition, add_entries
    from api.watching.lists import ANYBODY
    from api.wiring import now_of

    if (file is None) == (party is None):
        raise typer.BadParameter("give a file or --party, one of the two")
    with call.store() as store:
        rows = [*_rows_of_file(call, file)] if file else [*_rows_of_parties(store, party or [])]
        answer = add_entries(_reader(call, store), rows, Addition(watchlist, ANYBODY, now_of(call.settings)))

    def write_text(out: "Console") -> None:
        for entry in answer.entries:
            _print_entry(out, call, entry)
        for refusal in answer.refused:
            out.print(call.say("watch.refused", row=refusal.row, problem=refusal.problem))
        out.print(call.say("watch.added", added=answer.added, waiting=answer.waiting))

    call.give(answer, write_text)
    if answer.refused:
        raise typer.Exit(ANSWER_IS_NO)


def remove(
    call: Call,
    watchlist: LIST,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of the entry: kith watch show LIST.", show_default=False)],
) -> None:
    """Watch an entry no longer; its events stay until they are forgotten."""
    from api.watching.entries import remove_entry
    from api.watching.lists import ANYBODY

    with call.store() as store:
        removed_entry = remove_entry(store, watchlist, entry, owner=ANYBODY)
    call.give(removed_entry, lambda out: out.print(call.say("watch.entry.removed", id=removed_entry.id)))


def events(
    call: Call,
    watchlist: Annotated[str | None, typer.Option("--list", help="Only events of this watch list.", show_default=False)] = None,
    *,
    party: Annotated[str | None, typer.Option(help="Only events of this party.", show_default=False)] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only events of this kind, such as listing.new; may be repeated.", show_default=False)
    ] = None,
    after: AFTER = None,
    limit: LIMIT = 100,
) -> None:
    """Print what changed about watched parties, the earliest first, and the cursor to go on with."""
    from api.parties.search import find_party
    from api.schemas.watching import WatchEventKind
    from api.watching.events import EventFilter, EventTeller, read_events
    from api.watching.lists import ANYBODY, list_of

    try:
        kinds = tuple(WatchEventKind(name) for name in kind or ())
    except ValueError:
        raise typer.BadParameter(f"one of {', '.join(WatchEventKind)}", param_hint="--kind") from None
    with call.store() as store:
        if watchlist:
            list_of(store, watchlist, owner=ANYBODY)
        entity_id = find_party(store, party) if party else ""
        event_filter = EventFilter(watchlist_id=watchlist or "", entity_id=entity_id, kinds=kinds)
        feed = read_events(store, event_filter, EventTeller(call.rulebook, call.lang), after=after, limit=limit)

    def write_text(out: "Console") -> None:
        for event in feed.events:
            out.print(f"{event.as_of}  {event.watchlist_id}  {event.kind:<20}  {event.sentence}")
        out.print(call.say("watch.events.next", cursor=feed.next) if feed.events else call.say("watch.events.none"))

    call.give(feed, write_text)


def look_(call: Call) -> None:
    """Look at watched parties now: listings begin and end by the day, without any run."""
    from api.watching.looks import look

    with call.store() as store:
        count = look(store, settings=call.settings, rules=call.rulebook)
    call.give({"events": count}, lambda out: out.print(call.say("watch.looked", count=count)))


def delete(
    call: Call, watchlist: LIST, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask, remove it.")] = False
) -> None:
    """Remove a watch list with its entries and events."""
    from api.watching.lists import ANYBODY, remove_list
    from api.wiring import today_of

    call.confirm(f"Remove {watchlist} with its entries and events?", yes=yes)
    with call.store() as store:
        removed_list = remove_list(store, watchlist, owner=ANYBODY, today=today_of(call.settings))
    call.give(removed_list, lambda out: out.print(call.say("watch.list.removed", name=removed_list.name)))


def _reader(call: Call, store: "Store") -> "StateReader":
    from api.watching.states import StateReader
    from api.wiring import today_of

    return StateReader(store, call.rulebook, today_of(call.settings))


def _rows_of_file(call: Call, file: Path) -> "Rows":
    from api.watching.entry_files import read_entries
    from ontology.files import read_whole

    media_type = MEDIA.get(file.suffix.lower(), "application/json")
    return read_entries(read_whole(file), media_type=media_type, rows_max=call.settings.screening_rows_max)


def _rows_of_parties(store: "Store", names: list[str]) -> "Rows":
    from api.parties.search import find_party
    from api.schemas.watching import EntryToAdd

    return [EntryToAdd(entity_id=find_party(store, name)) for name in names]


def _print_list(out: "Console", call: Call, watchlist: "Watchlist") -> None:
    waiting = watchlist.entries - watchlist.parties
    out.print(call.say("watch.list.line", id=watchlist.id, name=watchlist.name, entries=watchlist.entries, waiting=waiting))


def _print_entry(out: "Console", call: Call, entry: "WatchEntry") -> None:
    party = f"{entry.party} ({entry.entity_id})" if entry.party else f"{entry.name or entry.code}"
    state = call.say("watch.entry.waiting") if entry.waiting else call.say(f"watch.standing.{entry.standing or 'none'}")
    out.print("  ".join(filter(None, (entry.id, entry.reference, party, state))))


def _print_next(out: "Console", call: Call, cursor: str | None) -> None:
    if cursor:
        out.print(call.say("watch.events.next", cursor=cursor))
