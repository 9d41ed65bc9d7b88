"""How many parties there are, in all and by data set: counted once for each state of a store."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from api.context.kept_networks import StoreState, store_state
from store.port import Row, Store

Read = Callable[..., list[Row]]


def party_count(store: Store) -> int:
    """Parties in all."""
    return _party_count(store.read, store_state(store))


def dataset_sizes(store: Store, names: tuple[str, ...]) -> Mapping[str, int]:
    """Parties by data set."""
    return dict(_dataset_sizes(store.read, store_state(store), names))


@lru_cache(maxsize=2)
def _party_count(read: Read, state: StoreState) -> int:
    return int(read("contract/party_count")[0]["n"])


@lru_cache(maxsize=2)
def _dataset_sizes(read: Read, state: StoreState, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((row["name"], row["n"]) for row in read("contract/dataset_sizes", names=list(names)))
