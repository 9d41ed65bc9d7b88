"""Looks at watched parties with the settings' clock and rules: after runs, after single records, and when a day has passed."""

import logging
from collections.abc import Collection

from api.settings import Settings
from api.watching.observations import Observer
from api.wiring import now_of, rulebook, today_of
from ontology.errors import StoreBusy
from ontology.rulebook import Rulebook
from store.port import Store

LOG = logging.getLogger("kith.watching")


def look(store: Store, *, settings: Settings, rules: Rulebook | None = None) -> int:
    """Compare every watched party where anything may have changed; the number of new events. Raises StoreTrouble."""
    return _count(observer_of(store, settings=settings, rules=rules).observe_all())


def look_after_run(store: Store, *, settings: Settings, rules: Rulebook | None = None) -> None:
    """The same at the end of a run, which has ended well also where another holds the store: the next look makes it up."""
    try:
        look(store, settings=settings, rules=rules)
    except StoreBusy:
        LOG.info("watched parties are looked at later: another writes to the store")


def look_at_parties(store: Store, entity_ids: Collection[str], *, settings: Settings, rules: Rulebook | None = None) -> None:
    """The same for some parties alone, after a change of them; nothing is read where none of them is watched."""
    try:
        if entity_ids:
            _count(observer_of(store, settings=settings, rules=rules).observe_parties(entity_ids))
    except StoreBusy:
        LOG.info("changed parties are looked at later: another writes to the store")


def observer_of(store: Store, *, settings: Settings, rules: Rulebook | None = None) -> Observer:
    """An observer on the settings' day."""
    return Observer(store, rules or rulebook(settings), today_of(settings), now_of(settings), settings.events_kept_days)


def _count(events: int) -> int:
    if events:
        LOG.info("%d new events of watched parties", events)
    return events
