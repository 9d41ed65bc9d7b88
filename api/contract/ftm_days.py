"""When kith first had a party, when a file last told it, and when it last changed: to the second, in UTC, without a zone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from store.port import Row, Store

SECONDS_LENGTH = 19  # 2026-11-22T20:41:49
MIDNIGHT = "T00:00:00"


class SeenDays(NamedTuple):
    """Times of a party; None where the store keeps none."""

    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None


def seen_days(store: Store, ids: Iterable[str]) -> dict[str, SeenDays]:
    """Times of these parties, by id: from the files of their records, the deliveries that changed one, and what joined them."""
    wanted_ids = list(ids)
    event_times: dict[str, list[str]] = defaultdict(list)
    for event in store.read("entities/events_of_ids", ids=wanted_ids):
        event_times[event["entity_id"]].append(event["happened_at"])
    rows = store.read("contract/days_of_parties", ids=wanted_ids)
    return {row["entity_id"]: _seen_days(row, event_times[row["entity_id"]]) for row in rows}


def to_seconds(time: str | None) -> str | None:
    """A day or a time of the store, in the form of the contract.

    >>> to_seconds("2026-11-22T20:41:49.611341+00:00"), to_seconds("2026-11-22"), to_seconds(None)
    ('2026-11-22T20:41:49', '2026-11-22T00:00:00', None)
    """
    if time is None:
        return None
    return time[:SECONDS_LENGTH] if "T" in time else time + MIDNIGHT


def _seen_days(row: Row, event_times: list[str]) -> SeenDays:
    first, last, change = (to_seconds(row[name]) for name in ("first_loaded", "last_loaded", "changed_on"))
    events = [time for event in event_times if (time := to_seconds(event))]
    times = [time for time in (first, *events) if time]
    return SeenDays(
        min(times, default=None), last or max(events, default=None), max([*events, *([change] if change else [])], default=first)
    )
