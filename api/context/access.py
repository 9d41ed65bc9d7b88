"""What a reader may see of a person, read from the store each time so that a withdrawal holds at once; and the days of looks."""

from datetime import date

from api.context.request_context import RequestContext
from graph.scores.persons import DATA_CLASSES
from ontology.consent import NOBODY, Consent, Permission, Reader, permission
from ontology.errors import WrongCall
from ontology.experience import Experience
from ontology.personal_ids import mask
from store.port import Store
from store.rows import from_row


def reader_of(partner: str | None, purpose: str | None) -> Reader | None:
    """The reader of these two; None where both are None. Raises WrongCall where only one of the two is."""
    if partner is None and purpose is None:
        return None
    if partner is None or purpose is None:
        raise WrongCall(reason="a reader is a partner and a purpose", remedy="Name both, or neither.")
    return Reader(partner=mask(partner.strip()), purpose=mask(purpose.strip()))  # As consents are taken down.


def permit_look(context: RequestContext, entity_id: str) -> Permission:
    """What the reader of this request may use of the party, on the day asked for and on the day of asking.

    Where a consent permits it, the day of the look is first written to the store. Raises StoreBusy where that fails.
    """
    if context.reader is None:
        return NOBODY
    today = context.today or context.as_of
    permitted = permission(consents_of(context.store, entity_id), context.reader, context.as_of, today)
    if permitted.consent is not None:
        _note_look(context.store, permitted.consent.id, today)
    return permitted


def look_days_by_consent(store: Store, consent_ids: list[str]) -> dict[str, tuple[date, ...]]:
    """Days on which a score was shown under these consents, in order, by consent id."""
    days_by_consent: dict[str, tuple[date, ...]] = {}
    for row in store.read("consents/looks", consent_ids=consent_ids):
        days_by_consent[row["consent_id"]] = (*days_by_consent.get(row["consent_id"], ()), date.fromisoformat(row["looked_on"]))
    return days_by_consent


def _note_look(store: Store, consent_id: str, today: date) -> None:
    """Written before anything is shown: a look that cannot be kept for the person is not taken."""
    if today not in look_days_by_consent(store, [consent_id]).get(consent_id, ()):
        store.write("consents/put_looks", rows=[{"consent_id": consent_id, "looked_on": today.isoformat()}])


def consents_of(store: Store, entity_id: str) -> list[Consent]:
    """Consents of a party, the first given first."""
    return [from_row(Consent, row) for row in store.read("consents/of_entity", entity_id=entity_id)]


def may_show(dealing: Experience, permitted: Permission) -> bool:
    """Whether a dealing of a person may be shown: what was released only to whom the person agreed."""
    if dealing.release_id is None:
        return True
    return permitted.consent is not None and permitted.consent.covers(DATA_CLASSES.get(dealing.dealing, ""), dealing.release_id)
