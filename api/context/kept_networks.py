"""Which kept network belongs to a store as it is: opened at a look, written by whoever derived it."""

import json
from dataclasses import replace
from datetime import date
from typing import Protocol

from pydantic import TypeAdapter

from api.context.change_marks import CHANGE_KEY, last_propagated, mark_kept
from api.wiring import version
from graph.kept.keeper import Stamp, keep_network, open_network, touch_network
from graph.pipeline import PropagationReport, generation, last_seeds
from graph.scores.scoring import Scoring
from ontology.rulebook import Rulebook
from store.changes import changes_so_far
from store.port import Store

FactsState = tuple[str, int]
LAST_KEPT_KEY, LAST_REPORT_KEY = "propagate.kept", "propagate.report"
StoreState = tuple[str, str, int]


class NetworkRequest(Protocol):
    """The network that is requested: store, rulebook and day. today: the day of asking."""

    @property
    def store(self) -> Store: ...  # noqa: D102
    @property
    def rulebook(self) -> Rulebook: ...  # noqa: D102
    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def today(self) -> date | None: ...  # noqa: D102


def store_state(store: Store) -> StoreState:
    """A value that changes whenever something was loaded, resolved or propagated."""
    return generation(store), *facts_state(store)


def facts_state(store: Store) -> FactsState:
    """A value that changes whenever something but signals and scores was written."""
    rows = store.read("meta/get", key=CHANGE_KEY)
    return rows[0]["value"] if rows else "", changes_so_far(store)


def keep_run(store: Store, before: FactsState, scoring: Scoring) -> None:
    """Keep what a run derived, and note that; not where the store has changed since `before`: then it is of no state."""
    with store.transaction():
        unchanged = facts_state(store) == before
        mark_kept(store)
        state = store_state(store)
        if unchanged:
            store.write("meta/put", rows=[{"key": LAST_KEPT_KEY, "value": json.dumps(state)}])
    if unchanged:
        keep(store, scoring, state)


def note_report(store: Store, report: PropagationReport) -> None:
    """Note what the last run came to, for the next one that finds nothing changed."""
    content = TypeAdapter(PropagationReport).dump_json(report).decode()
    store.write("meta/put", rows=[{"key": LAST_REPORT_KEY, "value": content}])


def unchanged_report(request: NetworkRequest, seeds: tuple[str, ...]) -> PropagationReport | None:
    """The report of the last run where facts, rulebook, day, program and vetted parties are the same, and what it kept is there.

    seeds: ids of the vetted parties; none for the rulebook's.
    """
    store, state = request.store, store_state(request.store)
    rows = store.read("meta/get", key=LAST_REPORT_KEY)
    if not rows or state != last_kept_state(store) or sorted(seeds) != sorted(last_seeds(store)):
        return None
    if open_kept(request, state) is None:
        return None
    last = TypeAdapter(PropagationReport).validate_json(rows[0]["value"])
    last_updates = {name: replace(update, bulk=False, edges=0) for name, update in last.updates.items()}
    return replace(last, unchanged=True, updates=last_updates, written=dict.fromkeys(last.written, 0), seconds={}, in_store={})


def last_kept_state(store: Store) -> StoreState | None:
    """The state that the last run derived; None before one."""
    rows = store.read("meta/get", key=LAST_KEPT_KEY)
    if not rows:
        return None
    generation_, change, changes = json.loads(rows[0]["value"])
    return str(generation_), str(change), int(changes)


def open_kept(request: NetworkRequest, state: StoreState) -> Scoring | None:
    """The kept network of the day asked for, where the store is in this state; None where it has to be derived."""
    if not _is_marked(state):
        return None
    return open_network(
        request.store.kept_folders,
        _stamp(state, request.rulebook, request.as_of),
        rulebook=request.rulebook,
        as_of=request.as_of,
        seeds=last_seeds(request.store),
    )


def keep(store: Store, scoring: Scoring, state: StoreState) -> None:
    """Keep a network that was derived of the store in this state; those of the usual day, then and now, stay beside it."""
    network, last_state, last_day = scoring.network, last_kept_state(store), last_propagated(store)
    for usual_state in filter(None, (last_state, state)):
        if last_day:
            touch_network(store.kept_folders, _stamp(usual_state, network.rulebook, last_day), last_day)
    if _is_marked(state):
        keep_network(store.kept_folders, scoring, _stamp(state, network.rulebook, network.as_of))


def _is_marked(state: StoreState) -> bool:
    """Whether its last change left a mark of its own: without one a state cannot be told from that of another store."""
    return bool(state[1])


def _stamp(state: StoreState, rulebook: Rulebook, as_of: date) -> Stamp:
    generation_, change, changes = state
    return {
        "generation": generation_,
        "change": change,
        "changes": str(changes),
        "as_of": as_of.isoformat(),
        "rulebook": rulebook.content_hash,
        "program": version(),
    }
