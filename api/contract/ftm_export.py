"""Everything as FollowTheMoney entities: parties, their listings in force, and the ties that begin at them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from api.context.pages import PageRequest, cut_page, read_cursor
from api.context.request_context import RequestContext
from api.contract.ftm_entities import entities_of, with_datasets
from api.contract.ftm_listings import listings_in_force, sanction
from api.contract.ftm_properties import schema_of_row
from api.contract.ftm_tables import ftm_tables
from api.parties.summaries import parties_by_id
from api.schemas.ftm_entities import FtmEntity
from graph.network.stored_ties import HUB
from ontology.entity import Entity, Tie
from ontology.errors import SourceUnreadable
from store.port import Row
from store.private_files import private_text
from store.rows import from_row

QUESTION = "ftm"
PARTIES_A_PAGE = 500


@dataclass(frozen=True)
class FtmPage:
    """Entities of a page of parties, these first, and the cursor of the next page; None on the last."""

    entities: Sequence[FtmEntity]
    next: str | None


def exported_entities(context: RequestContext, page: PageRequest) -> FtmPage:
    """A page of parties by id, as entities, with their listings and the ties that begin at them. Raises CursorInvalid."""
    place = read_cursor(page.cursor, question=QUESTION, types=(str,))
    rows = context.store.read("entities/page", after=str(place[0]) if place else "", limit=page.limit + 1)
    parties = cut_page(rows, page, place=lambda row: (row["id"],), question=QUESTION)
    return FtmPage([*_parties(context, parties.lines), *_ties(context, parties.lines)], parties.next)


def write_entities(context: RequestContext, target: Path) -> int:
    """Write all of them to a file of JSON lines, whole or not at all, readable by its owner alone; returns how many.

    Raises SourceUnreadable where it cannot be written.
    """
    try:
        with private_text(target) as file:
            return sum(_write(file, page) for page in _pages(context))
    except OSError as cause:
        raise SourceUnreadable(file=target.name, problem="cannot be written", remedy="Check the path.") from cause


def _pages(context: RequestContext) -> Iterator[FtmPage]:
    cursor: str | None = None
    while True:
        page = exported_entities(context, PageRequest(PARTIES_A_PAGE, cursor))
        yield page
        cursor = page.next
        if cursor is None:
            return


def _write(file: TextIO, page: FtmPage) -> int:
    file.writelines(entity.model_dump_json(exclude_none=True) + "\n" for entity in page.entities)
    return len(page.entities)


def _parties(context: RequestContext, rows: Sequence[Row]) -> Iterator[FtmEntity]:
    parties = {row["id"]: Entity.model_validate_json(row["document"]) for row in rows}
    listings = listings_in_force(context, parties)
    for id_, entity in entities_of(context, parties).items():
        yield entity
        yield from (sanction(context, id_, status) for status in listings.get(id_, ()))


def _ties(context: RequestContext, rows: Sequence[Row]) -> list[FtmEntity]:
    not_stated = ftm_tables().not_stated
    tie_rows = context.store.read("network/ties_from", ids=[row["id"] for row in rows])
    ties = [from_row(Tie, row) for row in tie_rows if row["kind"] not in not_stated and not row["target_id"].startswith(HUB)]
    ends = {end for tie in ties for end in (tie.source_id, tie.target_id)}
    schemas = {id_: schema_of_row(row) for id_, row in parties_by_id(context.store, ends).items()}
    return with_datasets(context, ties, schemas)
