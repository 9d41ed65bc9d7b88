"""The queue of postponed tasks: keys whose pairs changed, and persons whose firms changed. `settle` processes it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.port import Store

KEY, RECORD = "key", "record"


@dataclass(frozen=True)
class QueuedTask:
    """A postponed task. subject: a record's id, or a key; holders: units that held the key when it changed."""

    kind: str
    subject: str
    holders: tuple[int, ...]


def queue_keys(store: Store, keys: Iterable[tuple[str, Sequence[int]]]) -> None:
    """Queue changed keys with their holders; the holders of a key that is queued already are joined."""
    holders_by_key = {key: set(holders) for key, holders in keys}
    if not holders_by_key:
        return
    for row in store.read("live/queued", kind=KEY, items=sorted(holders_by_key)):
        holders_by_key[row["item"]] |= set(json.loads(row["document"]))
    rows = [
        {"kind": KEY, "item": key, "document": json.dumps(sorted(holders))} for key, holders in sorted(holders_by_key.items())
    ]
    store.write("live/put_queue", rows=rows)


def queue_records(store: Store, ids: Iterable[str]) -> None:
    """Queue records whose context may have changed."""
    rows = [{"kind": RECORD, "item": id_, "document": "[]"} for id_ in sorted(ids)]
    if rows:
        store.write("live/put_queue", rows=rows)


def take_tasks(store: Store, tasks_max: int) -> list[QueuedTask]:
    """Take the first tasks from the queue, up to `tasks_max`."""
    rows = store.read("live/queue", limit=tasks_max)
    if rows:
        store.write("live/remove_queue", rows=[{"kind": row["kind"], "item": row["item"]} for row in rows])
    return [QueuedTask(row["kind"], row["item"], tuple(json.loads(row["document"]))) for row in rows]


def queue_length(store: Store) -> int:
    """Number of tasks in the queue."""
    return int(store.read("live/queue_length")[0]["n"])
