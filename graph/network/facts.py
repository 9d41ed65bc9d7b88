"""The facts of the store as columns: the only input of the network."""

from dataclasses import dataclass, field

from store.port import Columns, Store

BULK = ("entities", "links", "listings", "recognitions", "experiences", "datasets", "rulings", "files")


@dataclass(frozen=True)
class Facts:
    """Statements between parties, one list a column; the columns of one query have the same length.

    Links, experiences and recognitions name parties (entity ids), not records; a listing names both.
    """

    entities: Columns
    links: Columns
    listings: Columns
    recognitions: Columns
    experiences: Columns
    datasets: Columns
    rulings: Columns
    files: Columns = field(default_factory=lambda: {"dataset": [], "content_id": []})


def read_facts(store: Store) -> Facts:
    """Everything the network needs, in eight bulk reads."""
    return Facts(**{name: store.columns(f"network/{name}") for name in BULK})
