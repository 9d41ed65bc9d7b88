"""The mark of a change: a running server sees from it that its network is of yesterday."""

from secrets import token_hex

from store.port import Store

CHANGED = "journey.changed"


def mark_changed(store: Store) -> None:
    """Take note that something was loaded, resolved, propagated or ruled."""
    store.write("meta/put", rows=[{"key": CHANGED, "value": token_hex(8)}])
