"""What the server does beside answering: looks at watched parties when something changed, and sends what is due."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from api.settings import Settings
from api.watching.deliveries import Sender
from api.watching.events import EventTeller
from api.watching.looks import look
from api.wiring import store_key, wall_clock
from ontology.errors import KithError
from ontology.rulebook import Rulebook
from store.port import Store

LOG = logging.getLogger("kith.watching")
TICK_S = 2.0
LOOK_EVERY_S = 30.0  # A look at thousands of watched parties takes a second; single records are looked at when they are put.
SENDERS = 4  # Receivers that may be slow at a time without keeping others waiting.
CLOSE_S = 5.0  # Of a look at some hundred parties; what is being sent then is sent again if nobody notes it.


class WatchWorker:
    """A thread that looks and sends until it is closed. Each process may have one: leases in the store part their work."""

    def __init__(self, store: Store, settings: Settings, rules: Rulebook) -> None:
        self._store, self._settings, self._rules = store, settings, rules
        self._ended = threading.Event()
        self._looked_at = float("-inf")
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="webhooks")
        self._sending: dict[str, Future[object]] = {}
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def start(self) -> "WatchWorker":
        """Begin; returns itself."""
        self._thread.start()
        return self

    def close(self) -> None:
        """End soon; leases of what is being sent end by themselves."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._ended.wait(TICK_S):
            for step in (self._look, self._send_due):
                self._attempt(step)

    def _attempt(self, step: Callable[[], object]) -> None:
        """A store that is busy or away is tried again with the next tick; a fault ends no thread that others rely on."""
        try:
            step()
        except KithError as trouble:
            LOG.info("watching waits: %s", type(trouble).__name__)
        except Exception as error:
            # Only the kind: a message may carry a name from the data.
            LOG.error("watching failed with %s", type(error).__name__)

    def _look(self) -> None:
        if time.monotonic() - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = time.monotonic()
            look(self._store, settings=self._settings, rules=self._rules)

    def _send_due(self) -> None:
        self._sending = {id_: future for id_, future in self._sending.items() if not future.done()}
        sender = self._sender()
        for webhook_id in sender.due():
            if webhook_id not in self._sending:
                self._sending[webhook_id] = self._pool.submit(self._attempt, partial(sender.deliver, webhook_id))

    def _sender(self) -> Sender:
        return sender_of(self._store, settings=self._settings, rules=self._rules)


def sender_of(store: Store, *, settings: Settings, rules: Rulebook) -> Sender:
    """A sender with the settings' key, clock and language."""
    return Sender(
        store,
        EventTeller(rules, settings.lang),
        partial(store_key, store, settings),
        settings.webhook_private,
        wall_clock,
    )
