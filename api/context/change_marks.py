"""Marks of change in the store, which show that a network in memory, or the kept answers, are out of date."""

from datetime import date
from secrets import token_hex

from store.port import Store

CHANGE_KEY = "journey.changed"
FACTS_KEY = "journey.facts"
KEPT_FACTS_KEY = "propagate.facts"


def mark_changed(store: Store) -> None:
    """Note that something was loaded, resolved, propagated or ruled."""
    store.write("meta/put", rows=[{"key": CHANGE_KEY, "value": token_hex(8)}])


def mark_facts(store: Store) -> None:
    """Note that files or parties changed, so that the kept scores, ties and signals are not used any more.

    Records put one by one are not noted so: their changes since the last `kith propagate` wait for the next one.
    """
    store.write("meta/put", rows=[{"key": key, "value": token_hex(8)} for key in (CHANGE_KEY, FACTS_KEY)])


def mark_kept(store: Store) -> None:
    """Note that the kept scores, ties and signals were computed from the present facts."""
    facts = store.read("meta/get", key=FACTS_KEY)
    kept_facts = [{"key": KEPT_FACTS_KEY, "value": facts[0]["value"]}] if facts else []
    store.write("meta/put", rows=[{"key": CHANGE_KEY, "value": token_hex(8)}, *kept_facts])


def last_propagated(store: Store) -> date | None:
    """The day that the last `kith propagate` computed for."""
    rows = store.read("meta/get", key="propagate.as_of")
    return date.fromisoformat(rows[0]["value"]) if rows else None
