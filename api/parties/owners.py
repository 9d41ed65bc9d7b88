"""Owners of a party."""

from api.context.request_context import RequestContext
from graph.explanations.owners import Owners, owners


def party_owners(context: RequestContext, entity_id: str) -> Owners:
    """Integrated stakes, beneficial owners and the stakes by source, on the day asked for. Raises EntityUnknown."""
    return owners(context.scoring(entity_id), entity_id, language=context.lang)
