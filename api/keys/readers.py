"""Who read of a person: for the person, and for whoever audits."""

import base64
import binascii

from api.parties.summaries import parties_by_id
from api.schemas.keys import PersonRead, PersonReads
from ontology.errors import WrongCall
from store.port import Row, Store

LIMIT_MAX = 1000
BEHIND_ALL = "\U0010ffff"


def party_readers(store: Store, entity_id: str, *, limit: int = 100, after: str | None = None) -> PersonReads:
    """Reads of a present party's records through keys, sessions and tokens, the latest first; firms have none.

    Raises WrongCall where `after` is no place that a page before named.
    """
    before = _place(after) if after else BEHIND_ALL
    rows = store.read("keys/reads_of", entity_id=entity_id, before=before, limit=min(limit, LIMIT_MAX))
    following = _cursor(rows[-1]["place"]) if len(rows) == min(limit, LIMIT_MAX) else None
    name = parties_by_id(store, [entity_id])[entity_id]["name"]
    return PersonReads(entity_id=entity_id, name=name, reads=tuple(map(_person_read, rows)), next=following)


def _person_read(row: Row) -> PersonRead:
    fields = {name: row[name] for name in ("read_at", "key_id", "name", "role", "route")}
    return PersonRead(**fields, partner=row["partner"] or None, purpose=row["purpose"] or None)


def _cursor(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode()


def _place(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, ValueError):
        raise WrongCall(after="no place of a list", remedy="Send what the page before named as `next`.") from None
