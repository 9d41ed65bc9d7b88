"""Which party a watched row means: the one that a check of suppliers takes as found."""

from collections.abc import Iterable

from api.watching.records import StoredEntry
from store.port import Store


def match_entries(store: Store, entries: Iterable[StoredEntry]) -> dict[str, str]:
    """The party of each entry that means one for sure, by the entry's id; a row that several fit equally well waits on."""
    matches = {entry.id: matched_party(store, entry) for entry in entries}
    return {entry_id: entity_id for entry_id, entity_id in matches.items() if entity_id}


def matched_party(store: Store, entry: StoredEntry) -> str | None:
    """The id of the one party that is taken as found for a row; a name alone never means a person."""
    from api.screenings.matching import match_supplier  # Its comparisons are compiled: only where rows wait.
    from api.screenings.supplier_lists import Supplier

    supplier = Supplier(row=0, name=entry.name or "", code=entry.code or "", place=entry.place or "", country=entry.country or "")
    sure = match_supplier(store, supplier).sure
    return sure[0].entity.id if len(sure) == 1 else None
