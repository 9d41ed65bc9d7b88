"""The order of what happens to a store, in a number that only grows: clocks are set back, and are given by the caller."""

from enum import StrEnum

from store.port import Row, Store

COUNTER = "changes"  # Key of `meta`, as meta/note_change has it.


class Change(StrEnum):
    """Kinds of change. RESOLVED and PROPAGATED hold how far a run had seen, all others when they last happened."""

    LOADED = "loaded"
    UNLOADED = "unloaded"
    JUDGED = "judged"
    FOLLOWED = "followed"
    LABELLED = "labelled"
    NAMED = "named"
    RULED = "ruled"
    RECORDS = "records"
    PARTIES = "parties"
    RESOLVED = "resolved"
    PROPAGATED = "propagated"
    SPREAD = "spread"

    @property
    def key(self) -> str:
        """Its key in `meta`."""
        return f"change.{self.value}"


def note_change(store: Store, kind: Change) -> int:
    """Count one more change of this kind, in the transaction of what it notes; its number."""
    with store.transaction():
        store.write("meta/note_change", kind=kind.value)
        return changes_so_far(store)


def changes_so_far(store: Store) -> int:
    """How many changes there were; 0 in a store nothing happened to."""
    rows = store.read("meta/get", key=COUNTER)
    return int(rows[0]["value"]) if rows else 0


def progress_row(kind: Change, number: int) -> Row:
    """The row of `meta/put` that keeps the number of the last change a run has seen."""
    return {"key": kind.key, "value": str(number)}
