"""Who stands behind a party."""

from api.asked import Asked
from graph.explanations.owners import Owners, owners


def party_owners(asked: Asked, entity_id: str) -> Owners:
    """Integrated stakes, beneficial owners and what each source tells, on the day asked for. Raises EntityUnknown."""
    return owners(asked.explainers.scoring(asked), entity_id, language=asked.lang)
