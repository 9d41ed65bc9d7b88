"""Makes the store's rows of parties from the documents of their records."""

from collections.abc import Sequence

from resolution.entities.assembly import assemble
from resolution.entities.searchable import search_rows
from resolution.records.documents import records_of
from store.port import Row
from store.rows import to_row

Part = tuple[str, Sequence[str]]
"""The id of a party and the documents of its records."""


def build_entity_rows(parts: Sequence[Part]) -> tuple[list[Row], list[Row]]:
    """Rows of `entities/put_entities` and of `entities/put_names`."""
    records = iter(records_of([document for _, documents in parts for document in documents]))
    entities = [assemble(entity_id, [next(records) for _ in documents]) for entity_id, documents in parts]
    return [to_row(entity) for entity in entities], [row for entity in entities for row in search_rows(entity)]
