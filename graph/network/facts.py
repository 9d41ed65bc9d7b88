"""What the store holds, as columns: the network is built from these and from nothing else."""

from dataclasses import dataclass

from store.port import Columns, Store

BULK = ("entities", "links", "listings", "recognitions", "experiences", "datasets", "rulings")


@dataclass(frozen=True)
class Facts:
    """Statements between parties, one list a column; every column of one answer has the same length.

    Links, experiences and recognitions name parties (entity ids), not records; a listing names both.
    """

    entities: Columns
    links: Columns
    listings: Columns
    recognitions: Columns
    experiences: Columns
    datasets: Columns
    rulings: Columns


def read_facts(store: Store) -> Facts:
    """Everything the network needs, in seven bulk reads."""
    return Facts(**{name: store.columns(f"network/{name}") for name in BULK})
