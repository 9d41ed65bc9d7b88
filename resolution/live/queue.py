"""What a call puts off: keys that turned, and persons beside firms that changed. `settle` works it off."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.port import Store

KEY, RECORD = "key", "record"


@dataclass(frozen=True)
class PutOff:
    """One thing put off: a record's id, or a key with units that held it when it turned."""

    kind: str
    item: str
    holders: tuple[int, ...]


def put_off(store: Store, keys: Iterable[tuple[str, Sequence[int]]]) -> None:
    """Put off keys that turned; one that waits already waits for all who held it either time."""
    told = {key: set(holders) for key, holders in keys}
    if not told:
        return
    for row in store.read("live/queued", kind=KEY, items=sorted(told)):
        told[row["item"]] |= set(json.loads(row["document"]))
    rows = [{"kind": KEY, "item": key, "document": json.dumps(sorted(holders))} for key, holders in sorted(told.items())]
    store.write("live/put_queue", rows=rows)


def put_off_records(store: Store, ids: Iterable[str]) -> None:
    """Put off records that stand among other surroundings now."""
    rows = [{"kind": RECORD, "item": id_, "document": "[]"} for id_ in sorted(ids)]
    if rows:
        store.write("live/put_queue", rows=rows)


def take(store: Store, most: int) -> list[PutOff]:
    """The first things put off, taken from the queue."""
    rows = store.read("live/queue", limit=most)
    if rows:
        store.write("live/remove_queue", rows=[{"kind": row["kind"], "item": row["item"]} for row in rows])
    return [PutOff(row["kind"], row["item"], tuple(json.loads(row["document"]))) for row in rows]


def waiting(store: Store) -> int:
    """How much is put off."""
    return int(store.read("live/queue_length")[0]["n"])
