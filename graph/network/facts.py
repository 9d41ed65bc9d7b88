"""The facts of the store as columns: the only input of the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.port import Store

FactColumns = Mapping[str, Sequence[Any]]
"""One sequence a column, all of one length: lists where they were read in bulk, kept columns where a network is opened."""

BULK = ("entities", "links", "listings", "recognitions", "experiences", "datasets", "rulings", "files")


@dataclass(frozen=True)
class Facts:
    """Statements between parties, one list a column; the columns of one query have the same length.

    Links, experiences and recognitions name parties (entity ids), not records; a listing names both.
    """

    entities: FactColumns
    links: FactColumns
    listings: FactColumns
    recognitions: FactColumns
    experiences: FactColumns
    datasets: FactColumns
    rulings: FactColumns
    files: FactColumns = field(default_factory=lambda: {"dataset": [], "content_id": []})


def read_facts(store: Store) -> Facts:
    """Everything the network needs, in eight bulk reads."""
    return Facts(**{name: store.columns(f"network/{name}") for name in BULK})
