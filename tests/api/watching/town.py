"""A town whose facts change from day to day, in a real store, with runs that really spread and score."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from api.context.change_marks import mark_facts
from api.context.pages import PageRequest
from api.runs.journey import propagate_signals
from api.schemas.watching import EntryToAdd, WatchEvent, WatchlistToMake
from api.settings import Settings
from api.watching.entries import Addition, add_entries, show_entries
from api.watching.events import EventFilter, EventTeller, read_events
from api.watching.lists import OPERATOR, make_list
from api.watching.states import StateReader
from ontology.entity import Entity, EntityEvent, EventKind
from ontology.rulebook import default_rulebook
from store.changes import Change, note_change
from store.port import Store
from store.rows import to_row
from tests.graph.world import World

FIRST_DAY = date(2026, 6, 30)
RULES = default_rulebook()


class Town:
    """Change its facts, then `run` on a day."""

    def __init__(self, store: Store, folder: Path, *firms: str) -> None:
        self.store, self.folder, self.day = store, folder, FIRST_DAY
        self.world = World()
        for firm in firms:
            self.world.party(firm, name=f"{firm} Trading Ltd")
        self.links: dict[str, int] = {}
        self.listings: dict[str, int] = {}
        self.keep()

    @property
    def settings(self) -> Settings:
        return Settings(store="sqlite:///unused.db", today=self.day, id_key_file=self.folder / "id.key")  # type: ignore[arg-type]

    def keep(self) -> None:
        """Write the facts as they are now, as a load and a resolve would."""
        self.world.keep(self.store)
        self.changed()

    def changed(self) -> None:
        note_change(self.store, Change.PARTIES)
        mark_facts(self.store)

    def list_party(self, party: str, **facts: object) -> str:
        facts = {"list_type": "court_judgment_default", "listed_on": self.day.isoformat()} | facts
        listing_id = self.world.listed(party, **facts)  # type: ignore[arg-type]
        self.listings[listing_id] = len(self.world.listings) - 1
        self.keep()
        return listing_id

    def change_listing(self, listing_id: str, **facts: object) -> None:
        place = self.listings[listing_id]
        self.world.listings[place] = self.world.listings[place].model_copy(update=facts)
        self.keep()

    def tie(self, kind: str, source: str, target: str, **facts: object) -> str:
        link_id = self.world.link(kind, source, target, **facts)
        self.links[link_id] = len(self.world.links) - 1
        self.keep()
        return link_id

    def change_tie(self, link_id: str, **facts: object) -> None:
        place = self.links[link_id]
        self.world.links[place] = self.world.links[place].model_copy(update=facts)
        self.keep()

    def change_party(self, party: str, **facts: object) -> None:
        self.world.entities[party] = self.world.entities[party].model_copy(update=facts)
        self.keep()

    def merge(self, old: str, into: str) -> None:
        """As a full resolve writes it: the records of the old party, a redirect, and what happened."""
        former = self.world.entities.pop(old)
        kept = self.world.entities[into]
        self.world.entities[into] = kept.model_copy(update={"record_ids": (*kept.record_ids, *former.record_ids)})
        now = datetime.combine(self.day, datetime.min.time(), UTC)
        self.store.write("entities/remove", ids=[old])
        self.world.keep(self.store)
        self.store.write("entities/put_members", rows=[{"record_id": id_, "entity_id": into} for id_ in former.record_ids])
        self.store.write("entities/put_redirects", rows=[{"old_id": old, "surviving_id": into}])
        event = EntityEvent(entity_id=into, kind=EventKind.MERGED, other_id=old, record_ids=former.record_ids, happened_at=now)
        self.store.write("entities/put_events", rows=[to_row(event)])
        self.changed()

    def part(self, old: str, from_: str) -> None:
        """The other way round: the id bears a party of its own again."""
        now = datetime.combine(self.day, datetime.min.time(), UTC)
        kept = self.world.entities[from_]
        self.world.entities[from_] = kept.model_copy(update={"record_ids": tuple(id_ for id_ in kept.record_ids if id_ != old)})
        self.world.party(old, name=f"{old} Trading Ltd")
        self.store.write("entities/remove_redirects", ids=[old])
        self.world.keep(self.store)
        event = EntityEvent(entity_id=old, kind=EventKind.RETURNED, other_id=from_, record_ids=(old,), happened_at=now)
        self.store.write("entities/put_events", rows=[to_row(event)])
        self.changed()

    def remove(self, party: str) -> None:
        self.world.entities.pop(party)
        self.store.write("entities/remove", ids=[party])
        self.changed()

    def run(self, *, days: int = 0) -> "Town":
        """A run, so many days later."""
        self.day += timedelta(days=days)
        propagate_signals(self.store, settings=self.settings)
        return self

    def watch(self, *parties: str, name: str = "list") -> str:
        """A list of these parties, as they are now."""
        now = datetime.combine(self.day, datetime.min.time(), UTC)
        watchlist = make_list(self.store, WatchlistToMake(name=name), owner=OPERATOR, now=now)
        rows = [EntryToAdd(entity_id=party) for party in parties]
        add_entries(StateReader(self.store, RULES, self.day), rows, Addition(watchlist.id, OPERATOR, now))
        return watchlist.id

    def events(self, after: str | None = None) -> list[WatchEvent]:
        """All events, page by page."""
        events: list[WatchEvent] = []
        while True:
            page = read_events(self.store, EventFilter(), EventTeller(RULES, "en"), after=after, limit=3)
            events += page.events
            after = page.next
            if not page.more:
                return events

    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events()]

    def entity(self, party: str) -> Entity:
        return self.world.entities[party]

    def seen(self, watchlist_id: str):  # type: ignore[no-untyped-def]
        """What was last seen of the entries of a list."""
        return show_entries(self.store, watchlist_id, PageRequest(1000), owner="").entries
