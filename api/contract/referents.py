"""Which party an id stands for: its own, one that was joined into it, or that of a record."""

from api.context.request_context import RequestContext
from api.parties.search import party_of_record, surviving_id
from ontology.errors import EntityUnknown
from ontology.personal_ids import mask


def present_party(context: RequestContext, entity_id: str) -> str:
    """Id of the present party that an id leads to; ids of records lead only whom may see records.

    Raises EntityUnknown.
    """
    surviving = surviving_id(context.store, entity_id)
    if surviving is None and (context.caller is None or context.caller.sees_records):
        surviving = party_of_record(context.store, entity_id)
    if surviving is None:
        raise EntityUnknown(entity=mask(entity_id))
    return surviving
