"""Who read of a person: for the person, and for whoever audits."""

from api.context.pages import PageRequest, cut_page, read_cursor
from api.parties.summaries import parties_by_id
from api.schemas.keys import PersonRead, PersonReads
from store.port import Row, Store

BEHIND_ALL = "\U0010ffff"


def party_readers(store: Store, entity_id: str, page: PageRequest) -> PersonReads:
    """Reads of a present party's records through keys, sessions and tokens, the latest first; firms have none.

    Raises CursorInvalid.
    """
    question = f"readers {entity_id}"
    (before,) = read_cursor(page.cursor, question=question, types=(str,)) or (BEHIND_ALL,)
    rows = store.read("keys/reads_of", entity_id=entity_id, before=before, limit=page.limit + 1)
    cut = cut_page(rows, page, place=_place, question=question)
    name = parties_by_id(store, [entity_id])[entity_id]["name"]
    return PersonReads(entity_id=entity_id, name=name, reads=tuple(map(_person_read, cut.lines)), next=cut.next)


def _place(row: Row) -> tuple[str]:
    return (row["place"],)


def _person_read(row: Row) -> PersonRead:
    fields = {name: row[name] for name in ("read_at", "key_id", "name", "role", "route")}
    return PersonRead(**fields, partner=row["partner"] or None, purpose=row["purpose"] or None)
