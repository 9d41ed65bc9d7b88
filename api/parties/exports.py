"""Everything at once, a page at a time in the order of ids: parties, ties, scores as the last run left them in the store."""

from api.context.callers import note_reads
from api.context.change_marks import last_propagated
from api.context.pages import PageRequest, Place, cut_page, read_cursor
from api.context.request_context import RequestContext
from api.schemas.exports import ExportedParties, ExportedParty, ExportedScore, ExportedScores, ExportedTie, ExportedTies
from ontology.entity import Entity, Tie
from store.port import Row
from store.rows import from_row


def exported_parties(context: RequestContext, page: PageRequest) -> ExportedParties:
    """A page of all parties, by id, each with its record ids. Raises CursorInvalid."""
    parties = cut_page(_party_rows(context, page, "entities"), page, place=_row_place, question="entities")
    note_reads(row["id"] for row in parties.lines)
    return ExportedParties(entities=tuple(map(_exported_party, parties.lines)), next=parties.next)


def exported_ties(context: RequestContext, page: PageRequest) -> ExportedTies:
    """The ties that begin at a page of parties, as the last run found them. Raises CursorInvalid."""
    parties = cut_page(_party_rows(context, page, "ties"), page, place=_row_place, question="ties")
    rows = context.store.read("network/ties_from", ids=[row["id"] for row in parties.lines])
    note_reads(end for row in rows for end in (row["source_id"], row["target_id"]))
    fields = set(ExportedTie.model_fields)
    ties = tuple(ExportedTie(**from_row(Tie, row).model_dump(include=fields)) for row in rows)
    return ExportedTies(as_of=last_propagated(context.store), ties=ties, next=parties.next)


def exported_scores(context: RequestContext, page: PageRequest) -> ExportedScores:
    """A page of scores of firms and agencies, as the last run computed them. Raises CursorInvalid."""
    rows = context.store.read("scores/page", after=_after(page, "scores"), limit=page.limit + 1)
    scores = cut_page(rows, page, place=lambda row: (row["entity_id"],), question="scores")
    return ExportedScores(scores=tuple(ExportedScore(**row) for row in scores.lines), next=scores.next)


def _party_rows(context: RequestContext, page: PageRequest, question: str) -> list[Row]:
    return context.store.read("entities/page", after=_after(page, question), limit=page.limit + 1)


def _after(page: PageRequest, question: str) -> str:
    place = read_cursor(page.cursor, question=question, types=(str,))
    return str(place[0]) if place else ""


def _row_place(row: Row) -> Place:
    return (row["id"],)


def _exported_party(row: Row) -> ExportedParty:
    record_ids = Entity.model_validate_json(row["document"]).record_ids
    copied = {name: row[name] for name in ("id", "kind", "name", "name_other", "place")}
    return ExportedParty(**copied, record_ids=tuple(sorted(record_ids)))
