"""The feed of events: in the order they were observed, from a cursor on, each with its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.context.callers import note_reads
from api.context.pages import read_cursor, write_cursor
from api.schemas.watching import EventParty, WatchEvent, WatchEventKind, WatchEvents
from api.watching.lists import ANYBODY
from api.watching.records import StoredEvent
from api.words import Words, words
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from ontology.scripts import name_for_language
from store.port import Row, Store

QUESTION = "watch events"
NO_VALUE = "none"


@dataclass(frozen=True)
class EventFilter:
    """Which events are asked for; what is left out stands for all."""

    owner: str = ANYBODY
    watchlist_id: str = ""
    entity_id: str = ""
    kinds: tuple[WatchEventKind, ...] = ()


@dataclass(frozen=True)
class EventTeller:
    """Turns kept events into those that are shown, in one language."""

    rulebook: Rulebook
    lang: Language

    def event(self, row: Row) -> WatchEvent:
        """The event of a row, with its sentence."""
        stored = StoredEvent.model_validate_json(row["document"])
        event = WatchEvent(
            id=row["id"],
            watchlist_id=row["watchlist_id"],
            entry_id=row["entry_id"],
            observed_at=row["observed_at"],
            **{name: getattr(stored, name) for name in StoredEvent.model_fields},
        )
        return event.model_copy(update={"sentence": self.sentence(event)})

    def sentence(self, event: WatchEvent) -> str:
        """What changed, in words; that somebody is near a listed party is never said without saying that it is not listed."""
        say = words(self.lang)
        facts = {
            "name": self._name(event.party),
            "other": self._name(event.other) if event.other else event.after or event.before or "",
            "before": self._word(event, event.before, say),
            "after": self._word(event, event.after, say),
            "issuer": event.listing.issuer if event.listing else "",
            "list": self._list_title(event),
            "reference": event.reference or event.entry_id,
        }
        sentences = [say(f"watch.{event.kind}", **facts), *([say("watch.by_association")] if event.by_association else [])]
        return say("watch.joint").join(sentences)

    def _name(self, party: EventParty) -> str:
        return name_for_language(party.name, party.name_other, self.lang)

    def _word(self, event: WatchEvent, value: str | None, say: Words) -> str:
        """A code in words, where there are words for it."""
        if event.kind is WatchEventKind.BAND:
            return self._band(value)
        if event.kind in (WatchEventKind.STANDING, WatchEventKind.MATCHED):
            return say(f"watch.standing.{value or NO_VALUE}")
        if event.kind is WatchEventKind.REGISTRATION:
            return say(f"watch.registration.{value or NO_VALUE}")
        return (value or say("watch.nothing")).replace("_", " ")

    def _band(self, value: str | None) -> str:
        labels = {band.id: band.in_language(self.lang) for band in self.rulebook.score.bands}
        return labels.get(value or "") or words(self.lang)("watch.no_score")

    def _list_title(self, event: WatchEvent) -> str:
        rule = self.rulebook.list_type(event.listing.list_type) if event.listing else None
        return rule.name_in(self.lang).title if rule else ""


def read_events(store: Store, event_filter: EventFilter, teller: EventTeller, *, after: str | None, limit: int) -> WatchEvents:
    """Events behind a cursor, at most `limit`. `next` holds for ever, also where there is nothing new. Raises CursorInvalid."""
    number = number_of(after)
    rows = event_rows(store, event_filter, after=number, limit=limit + 1)
    page = rows[:limit]
    last = int(page[-1]["number"]) if page else number
    events = tuple(map(teller.event, page))
    note_reads(party.id for event in events for party in (event.party, event.other) if party)
    return WatchEvents(events=events, next=cursor_of(last), more=len(rows) > limit)


def event_rows(store: Store, event_filter: EventFilter, *, after: int, limit: int) -> Sequence[Row]:
    """Kept events with a number above `after`, in order."""
    return store.read(
        "watching/events",
        after=after,
        owner=event_filter.owner,
        watchlist_id=event_filter.watchlist_id,
        entity_id=event_filter.entity_id,
        kinds=[kind.value for kind in event_filter.kinds],
        limit=limit,
    )


def cursor_of(number: int) -> str:
    """The cursor behind an event, by its number."""
    return write_cursor((number,), question=QUESTION)


def number_of(cursor: str | None) -> int:
    """The number of the event that a cursor stands behind; 0 without one. Raises CursorInvalid."""
    place = read_cursor(cursor, question=QUESTION, types=(int,))
    return int(place[0]) if place else 0
