"""Laws of events: whatever happens, each change is one event, and the feed leads from the first state to the last."""

import os
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.schemas.watching import WatchEvent, WatchEventKind
from api.watching.looks import look
from api.watching.party_states import PartyState
from api.watching.records import StoredEntry
from api.watching.state_inputs import owner_kinds
from store.open import open_store
from store.rows import from_row
from tests.api.watching.town import RULES, Town

STEPS = st.sampled_from(
    [
        "list",
        "repair",
        "dispute",
        "rename",
        "own",
        "leave",
        "direct",
        "day",
        "month",
        "run",
        "run",
        "look",
        "merge",
        "part",
        "again",
    ]
)


class History:
    """Takes the steps; `told` is what a reader of the feed alone believes of the watched party."""

    def __init__(self, town: Town) -> None:
        self.town, self.steps = town, 0
        self.watchlist = town.watch("A")
        self.merged = False

    def take(self, step: str) -> None:
        self.steps += 1
        getattr(self, f"_{step}")()

    def _list(self) -> None:
        ends = self.town.day + timedelta(days=40)
        self.town.list_party("A" if not self.merged else "B", case_no=f"case {self.steps}", ends_on=ends)

    def _repair(self) -> None:
        if self.town.listings:
            self.town.change_listing(next(iter(self.town.listings)), removed_on=self.town.day)

    def _dispute(self) -> None:
        if self.town.listings:
            self.town.change_listing(list(self.town.listings)[-1], disputed_since=self.town.day)

    def _rename(self) -> None:
        self.town.change_party("B" if self.merged else "A", name=f"Name {self.steps} Ltd")

    def _own(self) -> None:
        share = 0.1 + (self.steps % 5) / 10
        self.town.tie("OWNS", "C", "B" if self.merged else "A", share=share, began_on="2026-01-01")

    def _leave(self) -> None:
        for link_id in list(self.town.links)[-1:]:
            self.town.change_tie(link_id, ended_on=self.town.day)

    def _direct(self) -> None:
        self.town.tie("DIRECTS", f"P{self.steps}", "B" if self.merged else "A", began_on="2026-01-01")

    def _day(self) -> None:
        self.town.day += timedelta(days=1)

    def _month(self) -> None:
        self.town.day += timedelta(days=31)

    def _run(self) -> None:
        self.town.run()

    def _look(self) -> None:
        look(self.town.store, settings=self.town.settings)

    def _again(self) -> None:
        self.town.changed()
        self.town.run()
        before = self.town.kinds()
        self.town.changed()
        self.town.run()
        look(self.town.store, settings=self.town.settings)
        assert self.town.kinds() == before

    def _merge(self) -> None:
        if not self.merged:
            self.town.merge("A", into="B")
            self.merged = True

    def _part(self) -> None:
        if self.merged:
            self.town.day += timedelta(days=1)
            self.town.part("A", from_="B")
            self.merged = False

    def state(self) -> PartyState:
        (row,) = self.town.store.read("watching/entries_of_list", watchlist_id=self.watchlist, after="", limit=10)
        return from_row(StoredEntry, row).state


def replayed(start: PartyState, events: list[WatchEvent]) -> dict[str, object]:
    """What somebody believes who knew the first state and read nothing but events."""
    listings = {listing.id: listing.disputed for listing in start.listings}
    owners = {(tie.kind, tie.other_id): f"{tie.kind} {tie.mark:g}" if tie.mark else tie.kind for tie in start.ties}
    belief: dict[str, object] = {"name": start.name, "standing": start.standing, "id": start.entity_id, "band": start.band}
    measures = {*start.restrictions}
    for event in events:
        match event.kind:
            case WatchEventKind.NAME:
                belief["name"] = event.after
            case WatchEventKind.STANDING:
                belief["standing"] = event.after
            case WatchEventKind.BAND:
                belief["band"] = event.after
            case WatchEventKind.LISTING_NEW | WatchEventKind.LISTING_DISPUTED | WatchEventKind.LISTING_CHANGED:
                assert event.listing is not None
                assert (event.subject_id in listings) == (event.kind is not WatchEventKind.LISTING_NEW)
                listings[event.subject_id] = event.listing.disputed
            case WatchEventKind.LISTING_ENDED | WatchEventKind.LISTING_REPAIRED:
                del listings[event.subject_id]
            case WatchEventKind.OWNER_NEW | WatchEventKind.OFFICER_NEW | WatchEventKind.STAKE:
                kind, other_id = event.subject_id.split("|")
                assert ((kind, other_id) in owners) == (event.kind is WatchEventKind.STAKE)
                owners[kind, other_id] = event.after or ""
            case WatchEventKind.OWNER_ENDED | WatchEventKind.OFFICER_ENDED:
                kind, other_id = event.subject_id.split("|")
                del owners[kind, other_id]
            case WatchEventKind.RESTRICTION_NEW:
                measures.add(event.subject_id)
            case WatchEventKind.RESTRICTION_ENDED:
                measures.remove(event.subject_id)
            case WatchEventKind.PARTY_JOINED | WatchEventKind.PARTY_SPLIT if event.before:
                belief["id"] = event.after
    return belief | {"listings": listings, "owners": owners, "measures": measures}


def believed(state: PartyState) -> dict[str, object]:
    """The same of a state itself."""
    return replayed(state, [])


@settings(max_examples=int(os.environ.get("KITH_HISTORIES", "25")), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=1, max_size=12))
def test_each_change_is_one_event_and_the_feed_replays_to_the_present_state(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name, closing(open_store(f"sqlite:///{name}/kith.db")) as store:
        town = Town(store, Path(name), "A", "B", "C").run()
        history = History(town)
        start = history.state()
        for step in steps:
            history.take(step)
        town.run()
        events = town.events()
        assert len({event.id for event in events}) == len(events)
        told, true = replayed(start, events), believed(history.state())
        if told["band"] not in (None, "insufficient_data"):
            assert told["band"] == (true["band"] or history.state().score_state)
        assert {name: value for name, value in told.items() if name != "band"} == {
            name: value for name, value in true.items() if name != "band"
        }


def test_the_kinds_of_owners_come_from_the_rulebook() -> None:
    assert owner_kinds(RULES) == ("OWNS", "CONTROLS")
