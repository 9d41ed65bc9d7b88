"""Looks at watched parties with the settings' clock and rules: after runs, after single records, and when a day has passed."""

import logging
from collections.abc import Collection

from api.settings import Settings
from api.watching.observations import Observer
from api.wiring import now_of, rulebook, today_of
from ontology.rulebook import Rulebook
from store.port import Store

LOG = logging.getLogger("kith.watching")


def look(store: Store, *, settings: Settings, rules: Rulebook | None = None) -> int:
    """Compare every watched party where anything may have changed; the number of new events. Raises StoreTrouble."""
    return _count(observer_of(store, settings=settings, rules=rules).observe_all())


def look_at_parties(store: Store, entity_ids: Collection[str], *, settings: Settings, rules: Rulebook | None = None) -> int:
    """The same for some parties alone; nothing is read where none of them is watched."""
    if not entity_ids:
        return 0
    return _count(observer_of(store, settings=settings, rules=rules).observe_parties(entity_ids))


def observer_of(store: Store, *, settings: Settings, rules: Rulebook | None = None) -> Observer:
    """An observer on the settings' day."""
    return Observer(store, rules or rulebook(settings), today_of(settings), now_of(settings), settings.events_kept_days)


def _count(events: int) -> int:
    if events:
        LOG.info("%d new events of watched parties", events)
    return events
