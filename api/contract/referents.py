"""Which party an id stands for: its own, one that was joined into it, or that of a record."""

from api.context.request_context import RequestContext
from api.parties.search import surviving_id
from ontology.errors import EntityUnknown
from ontology.personal_ids import mask


def present_party(context: RequestContext, entity_id: str) -> str:
    """Id of the present party that an id leads to; ids of records lead the operator alone, who may see records.

    Raises EntityUnknown.
    """
    surviving = surviving_id(context.store, entity_id)
    if surviving is None and context.partner is None:
        rows = context.store.read("entities/entity_of_record", record_id=entity_id)
        surviving = rows[0]["entity_id"] if rows else None
    if surviving is None:
        raise EntityUnknown(entity=mask(entity_id))
    return surviving
