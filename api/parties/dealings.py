"""Reported dealings with a party, one by one and as counts."""

from pydantic_core import from_json

from api.context.access import may_show, permit_look
from api.context.callers import note_reads
from api.context.pages import WHOLE_LIST, PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id
from api.schemas.parties import DealingLine, DealingLines, Dealings
from api.words import words
from graph.network.parties import is_sole_trader
from ontology.base import PartyKind
from ontology.consent import Permission
from ontology.experience import Experience
from ontology.record import Record
from ontology.rulebook import Rulebook
from resolution.judgements.record_parties import parties_of
from store.port import Row, Store
from store.rows import from_row

DEALINGS_MAX = 10_000
OUTCOMES = {
    "paid_on_time": "on_time",
    "paid_late": "late",
    "defaulted": "defaulted",
    "delivered": "delivered",
    "not_delivered": "not_delivered",
}


def party_dealings(context: RequestContext, entity_id: str, page: PageRequest = WHOLE_LIST) -> DealingLines:
    """Dealings reported of the party up to the day, the latest first, each with the row that states it. Raises CursorInvalid."""
    party = parties_by_id(context.store, [entity_id])[entity_id]
    dealings, _ = _visible_dealings(context, party, permit_look(context, entity_id))
    latest = page_of(
        dealings,
        page,
        place=lambda dealing: (-dealing.happened_on.toordinal(), dealing.id),
        question=f"dealings {entity_id} {context.as_of} {context.reader}",
    )
    names = _reporters(context.store, {dealing.reporter_id for dealing in latest.lines})
    lines = tuple(_line(dealing, *names.get(dealing.reporter_id, ("", None))) for dealing in latest.lines)
    return DealingLines(total=len(dealings), dealings=lines, next=latest.next)


def _reporters(store: Store, record_ids: set[str]) -> dict[str, tuple[str, str | None]]:
    """Both names of the party behind each record; where none was resolved yet, the record's own name."""
    rows = store.read("entities/records_by_ids", ids=sorted(record_ids))
    record_names: dict[str, tuple[str, str | None]] = {
        record.id: (record.name, None) for record in (from_row(Record, row) for row in rows)
    }
    party_of = parties_of(store, record_ids)
    note_reads(party_of.values())
    parties = parties_by_id(store, sorted(set(party_of.values())))
    resolved = {record_id: parties[party] for record_id, party in party_of.items() if party in parties}
    return record_names | {record_id: (party["name"], party["name_other"]) for record_id, party in resolved.items()}


def dealings_summary(context: RequestContext, party: Row, permitted: Permission) -> Dealings:
    """Counts of dealings reported of the party up to the day, with a sentence. permitted: what the reader may see."""
    dealings, withheld = _visible_dealings(context, party, permitted)
    counts = {name: sum(1 for dealing in dealings if dealing.outcome == outcome) for outcome, name in OUTCOMES.items()}
    reporters = len(set(parties_of(context.store, {dealing.reporter_id for dealing in dealings}).values()))
    say = words(context.lang)
    sentence = say("dealings.some", total=len(dealings), counterparties=reporters) if dealings else say("dealings.none")
    if withheld:
        sentence = f"{sentence} {say('dealings.withheld')}" if dealings else say("dealings.withheld")
    return Dealings(total=len(dealings), counterparties=reporters, sentence=sentence, **counts)


def _visible_dealings(context: RequestContext, party: Row, permitted: Permission) -> tuple[list[Experience], bool]:
    """Dealings up to the day that the reader may see, the latest first, and whether some were withheld."""
    rows = context.store.read("network/experiences_of", entity_id=party["id"], limit=DEALINGS_MAX)
    dealings = [dealing for dealing in (from_row(Experience, row) for row in rows) if dealing.happened_on <= context.as_of]
    if not is_private(party, context.rulebook):
        return dealings, False
    visible = [dealing for dealing in dealings if may_show(dealing, permitted)]
    return visible, len(visible) < len(dealings)


def is_private(party: Row, rulebook: Rulebook) -> bool:
    """Whether it is or may be a natural person, or is a sole trader: its released statements are shown by consent only."""
    document = from_json(party["document"])
    return (
        party["kind"] == PartyKind.PERSON
        or bool(document.get("may_be_person"))
        or is_sole_trader(document, rulebook.sole_traders)
    )


def _line(dealing: Experience, reporter: str, reporter_other: str | None) -> DealingLine:
    copied = {"id", "dealing", "outcome", "rating", "amount", "currency", "happened_on", "disputed", "row_id"}
    return DealingLine(**dealing.model_dump(include=copied), reporter=reporter, reporter_other=reporter_other)
