"""Looks up the parties that records belong to; imports little, so that every caller can afford it."""

from collections.abc import Iterable

from store.port import Store


def parties_of(store: Store, record_ids: Iterable[str]) -> dict[str, str]:
    """Party id by record id; records that are gone, or were not resolved yet, are left out."""
    rows = store.read("judgements/parties_of", ids=sorted(set(record_ids)))
    return {row["record_id"]: row["entity_id"] for row in rows}
