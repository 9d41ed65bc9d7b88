"""How a party came to be what it is: what was joined, parted, added, and what people said."""

from api.context.pages import PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.search import find_party
from api.parties.summaries import parties_by_id
from api.reviews.ledger_lines import shown_lines
from api.schemas.reviews import History, HistoryEvent
from api.words import Words, day, words
from ontology.entity import Entity, EntityEvent
from resolution.judgements.ledger import read_entries_of
from store.rows import from_row

EVENTS_MAX = 1_000
RECORDS_NAMED_MAX = 3
FIRST_EVENTS = PageRequest(EVENTS_MAX)


def history(context: RequestContext, party: str, page: PageRequest = FIRST_EVENTS) -> History:
    """The history of a party named in any way, with that of the ids that were joined into it.

    page: of its events. Raises EntityUnknown, EntityAmbiguous, CursorInvalid.
    """
    store, say = context.store, words(context.lang)
    entity_id = find_party(store, party)
    row = parties_by_id(store, [entity_id])[entity_id]
    record_ids = Entity.model_validate_json(row["document"]).record_ids
    joined_ids = [old["old_id"] for old in store.read("judgements/redirects_to", ids=[entity_id])]
    rows = [row for id_ in (entity_id, *joined_ids) for row in store.read("entities/events_of", entity_id=id_)]
    last = max(context.as_of, context.today or context.as_of)  # The day that was asked for; without one, what is known by now.
    events_ever = (from_row(EntityEvent, row) for row in rows)
    events_by_then = (event for event in events_ever if event.happened_at.date() <= last)
    latest_events = page_of(events_by_then, page, place=_latest_first, question=f"history {entity_id} {last}")
    events = tuple(_history_event(event, context.lang, say) for event in latest_events.lines)
    lines = read_entries_of(store, record_ids)
    return History(
        entity_id=entity_id,
        asked_id=party,
        joined_ids=tuple(joined_ids),
        sentence=_redirect_sentence(events, party, entity_id, say)
        if party in joined_ids
        else say("history.now", name=row["name"], records=len(record_ids)),
        events=events,
        verdicts=shown_lines(store, lines, lines),
        next=latest_events.next,
    )


def _latest_first(event: EntityEvent) -> tuple[float, str, str, str]:
    return -event.happened_at.timestamp(), event.kind.value, event.entity_id, event.other_id or ""


def _history_event(event: EntityEvent, lang: str, say: Words) -> HistoryEvent:
    facts = {"entity": event.entity_id, "other": event.other_id or "", "records": len(event.record_ids)}
    record_names = ", ".join(event.record_ids[:RECORDS_NAMED_MAX])
    ellipsis = " …" if len(event.record_ids) > RECORDS_NAMED_MAX else ""
    sentence = say(f"history.{event.kind}", on=day(event.happened_at.date(), lang), named=record_names + ellipsis, **facts)
    return HistoryEvent(**event.model_dump(), sentence=sentence)


def _redirect_sentence(events: tuple[HistoryEvent, ...], old: str, entity_id: str, say: Words) -> str:
    """That an old id leads here, and since when where an event tells it."""
    sentence = next((event.sentence for event in events if event.kind in ("merged", "led") and event.other_id == old), "")
    return sentence or say("history.redirect", old=old, entity=entity_id)
