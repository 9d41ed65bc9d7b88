"""What a server does once it takes connections, beside its first requests: it opens the kept network and loads compiled loops."""

import gc
import logging
import threading
from time import perf_counter

from api.context.change_marks import last_propagated
from api.context.kept_networks import open_kept, store_state
from api.context.request_context import RequestContext
from api.http.dependencies import AppState
from api.wiring import today_of
from graph.signals.warming import warm_up
from ontology.errors import KithError

LOG = logging.getLogger("kith.serving")
YOUNG_OBJECTS = 20_000  # An answer makes thousands of short-lived objects: Python's own bound would look through them many times.


def begin_warming(state: AppState) -> None:
    """Warm up in a thread of its own. Where no network is kept nothing is done: to derive one is left to who asks for it."""
    threading.Thread(target=_warm, args=(state,), name="kith-warming", daemon=True).start()


def _warm(state: AppState) -> None:
    started = perf_counter()
    try:
        today = today_of(state.settings)
        day = last_propagated(state.store) or today
        context = RequestContext(state.store, state.rulebook, day, state.settings.lang, state.networks, today=today)
        if open_kept(context, store_state(state.store)) is not None:
            warm_up(context.scoring().signals)
    except KithError as error:  # The first request meets it too, and tells it.
        LOG.warning("not warmed up: %s", type(error).__name__)
        return
    gc.collect()
    gc.freeze()  # Libraries and tables of words stay: no collection looks through them again.
    gc.set_threshold(YOUNG_OBJECTS)
    LOG.info("warmed up in %.1f s", perf_counter() - started)
