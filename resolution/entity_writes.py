"""Writes the parties of a full run: whom each record belongs to, the parties page by page, events and judgements between them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

from resolution.entities.entity_rows import Part
from resolution.entities.ids import IdAssignment
from resolution.match_results import MatchResult, model_judgements
from store.port import Row, Store
from store.rows import to_row

ROWS_BESIDE_PAGE = 8_000  # Of events and judgements, written between two pages of parties while the next ones are made.
Pages = Iterator[tuple[list[Row], list[Row]]]
"""Rows of entities and of their names, page by page."""


def write_entities(store: Store, matched: MatchResult, assignment: IdAssignment, now: datetime, pages: Pages) -> None:
    """Write the parties of a run in place of the last run's, page by page as they are made; to be called in a transaction."""
    store.write("entities/clear")
    store.write("entities/clear_model_judgements")
    store.write("entities/put_members", rows=_member_rows(matched, assignment))
    if assignment.returned:
        store.write("entities/remove_redirects", ids=list(assignment.returned))
    store.write(
        "entities/put_redirects", rows=({"old_id": old, "surviving_id": new} for old, new in sorted(assignment.redirects.items()))
    )
    rows_beside = _rows_beside(matched, assignment, now)
    for entities, names in pages:
        store.write("entities/put_entities", rows=entities)
        store.write("entities/put_names", rows=names)
        _write_rows(store, islice(rows_beside, ROWS_BESIDE_PAGE))
    while chunk := list(islice(rows_beside, ROWS_BESIDE_PAGE)):
        _write_rows(store, chunk)


def _rows_beside(matched: MatchResult, assignment: IdAssignment, now: datetime) -> Iterator[tuple[str, Row]]:
    """Rows of events and of judgements, each with the query that puts it; sorted for the engine's sake."""
    for event in sorted(assignment.events, key=lambda event: event.entity_id):
        yield "entities/put_events", to_row(event)
    for judgement in model_judgements(matched, now):
        yield "entities/put_judgements", to_row(judgement)


def _write_rows(store: Store, query_rows: Iterable[tuple[str, Row]]) -> None:
    for name, group in groupby(query_rows, key=itemgetter(0)):
        store.write(name, rows=[row for _, row in group])


def part_batches(store: Store, matched: MatchResult, assignment: IdAssignment, records_max: int) -> Iterator[list[Part]]:
    """Every party with the documents of its records, about `records_max` records at a time."""
    batch: list[tuple[str, list[str]]] = []
    records = 0
    for entity_id, part in zip(assignment.ids, matched.parts, strict=True):
        batch.append((entity_id, part))
        records += len(part)
        if records >= records_max:
            yield _with_documents(store, batch)
            batch, records = [], 0
    if batch:
        yield _with_documents(store, batch)


def _with_documents(store: Store, parts: list[tuple[str, list[str]]]) -> list[Part]:
    page = store.columns("entities/documents_by_ids", ids=[record for _, part in parts for record in part])
    documents = dict(zip(page["id"], page["document"], strict=True))
    return [(entity_id, [documents[record] for record in part]) for entity_id, part in parts]


def _member_rows(matched: MatchResult, assignment: IdAssignment) -> Iterator[Row]:
    """Rows of `entities/put_members` by record id: putting rows in the order of their key takes two thirds of the time."""
    owners = sorted((record, entity_id) for entity_id, part in zip(assignment.ids, matched.parts, strict=True) for record in part)
    return ({"record_id": record, "entity_id": entity_id} for record, entity_id in owners)
