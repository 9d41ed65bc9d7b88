"""What those who dealt with a party report, dealing by dealing."""

from api.answers import DealingLine, DealingLines
from api.asked import Asked
from ontology.experience import Experience
from ontology.record import Record
from store.rows import from_row

DEALINGS_MAX = 10_000


def party_dealings(asked: Asked, entity_id: str, limit: int) -> DealingLines:
    """The latest `limit` dealings told of the party up to the day, each with the row that states it."""
    rows = asked.store.read("network/experiences_of", entity_id=entity_id, limit=DEALINGS_MAX)
    told = [one for one in (from_row(Experience, row) for row in rows) if one.happened_on <= asked.as_of]
    shown = told[:limit]
    rows = asked.store.read("entities/records_by_ids", ids=sorted({one.reporter_id for one in shown}))
    names = {record.id: record.name for record in (from_row(Record, row) for row in rows)}
    return DealingLines(total=len(told), dealings=tuple(_line(one, names.get(one.reporter_id, "")) for one in shown))


def _line(told: Experience, reporter: str) -> DealingLine:
    same = {"id", "dealing", "outcome", "rating", "amount", "currency", "happened_on", "disputed", "row_id"}
    return DealingLine(**told.model_dump(include=same), reporter=reporter)
