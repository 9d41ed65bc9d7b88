"""Cache of networks: the network of a day is loaded once and shared by all requests."""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import date
from threading import Lock
from time import perf_counter

from api.context.callers import CALLER
from api.context.change_marks import last_propagated
from api.context.kept_networks import NetworkRequest, StoreState, keep, last_kept_state, open_kept, store_state
from api.context.load_turns import LoadTurns
from api.telemetry.metrics import count
from graph.pipeline import derive_network
from graph.scores.scoring import Scoring
from ontology.errors import GivenUp

LOG = logging.getLogger("kith.context")
KEPT_MAX = 3
"""Days whose networks are kept: the usual one and the two looked back at last."""
DERIVED_MAX = 20_000
"""Parties and ties up to which a network is derived anew after every change: that takes about a second."""
Key = tuple[StoreState, date, str]


class NetworkCache:
    """Networks by state of the store, day and rulebook. Thread-safe: one thread loads a network, the others wait for it.

    The usual day's network is kept, and its load never waits for those of other days, which take turns.
    """

    def __init__(self) -> None:
        self._networks: OrderedDict[Key, Scoring] = OrderedDict()
        self._loading: dict[Key, Future[Scoring]] = {}
        self._lock, self._turns = Lock(), LoadTurns()

    def scoring(self, context: NetworkRequest, parties: Iterable[str] = ()) -> Scoring:
        """Scores over the network of the day asked for, as the store is now, or as of the last run where it is large.

        parties: ids that have to be in it: one that came since the last run needs the network as it is now.
        Raises TooManyAtOnce, StoreTrouble.
        """
        key: Key = (store_state(context.store), context.as_of, context.rulebook.content_hash)
        network = self._cached(key) or self._opened(key, context) or self._of_last_run(context, parties)
        if network is not None:
            return network
        caller = CALLER.get()
        if caller is None or context.as_of in (usual_day(context), context.today):
            return self._load_or_wait(key, context, self._turns.usual_turn())
        with self._turns.waiting(caller, context.as_of):
            return self._load_or_wait(key, context, self._turns.turn())

    def _cached(self, key: Key) -> Scoring | None:
        with self._lock:
            if key in self._networks:
                self._networks.move_to_end(key)
            network = self._networks.get(key)
        if network is not None:
            count("kith_network_loads_total", source="memory")
        return network

    def _opened(self, key: Key, context: NetworkRequest) -> Scoring | None:
        """The network that a file keeps."""
        network = open_kept(context, key[0])
        if network is not None:
            count("kith_network_loads_total", source="file")
            LOG.info("opened the network of %s as it was kept", context.as_of)
            self._remember(key, network, context)
        return network

    def _of_last_run(self, context: NetworkRequest, parties: Iterable[str]) -> Scoring | None:
        """The network of the last run where the store has changed since, and where to derive it anew would take long."""
        state = last_kept_state(context.store)
        if state is None or context.as_of != usual_day(context):
            return None
        key: Key = (state, context.as_of, context.rulebook.content_hash)
        network = self._cached(key) or self._opened(key, context)
        if network is None or len(network.network) + len(network.network.ties) <= DERIVED_MAX:
            return None
        return network if all(id_ in network.network.parties.index for id_ in parties) else None

    def _load_or_wait(self, key: Key, context: NetworkRequest, turn: AbstractContextManager[None]) -> Scoring:
        """The network as this thread loads it, or as another one does that began before."""
        with self._lock:
            network, their_load = self._networks.get(key), self._loading.get(key)
            our_load = Future[Scoring]() if network is None and their_load is None else None
            if our_load is not None:
                self._loading[key] = our_load
        if network is not None:
            return network
        if our_load is None:
            try:
                return (their_load or Future()).result()
            except GivenUp:  # Nobody waited for the other's answer any more; somebody does for this one.
                return self._load_or_wait(key, context, turn)
        return self._load(key, our_load, context, turn)

    def _load(
        self, key: Key, our_load: "Future[Scoring]", context: NetworkRequest, turn: AbstractContextManager[None]
    ) -> Scoring:
        try:
            with turn:
                network = self._newest(context)
            our_load.set_result(network)
        except BaseException as error:
            our_load.set_exception(error)
            raise
        finally:
            with self._lock:
                self._loading.pop(key, None)
        return network

    def _newest(self, context: NetworkRequest) -> Scoring:
        """The network as the store is when the turn has come: who waited while others wrote shares what is loaded then."""
        key: Key = (store_state(context.store), context.as_of, context.rulebook.content_hash)
        network = self._cached(key)
        if network is None:
            network = self._derive(context, key)
            self._remember(key, network, context)
        return network

    def _remember(self, key: Key, network: Scoring, context: NetworkRequest) -> None:
        with self._lock:
            self._networks[key] = network
            self._forget_others(key, context)

    def _derive(self, context: NetworkRequest, key: Key) -> Scoring:
        """The network derived anew, and kept for the next look where nothing was written meanwhile."""
        started = perf_counter()
        network = derive_network(context.store, rulebook=context.rulebook, as_of=context.as_of)
        count("kith_network_loads_total", source="derived")
        LOG.info("derived the network of %s in %.1f s", context.as_of, perf_counter() - started)
        if store_state(context.store) == key[0]:
            keep(context.store, network, key[0])
        return network

    def _forget_others(self, key: Key, context: NetworkRequest) -> None:
        """Past KEPT_MAX the one asked for longest ago is forgotten; that of the usual day only once the store has changed."""
        usual = (key[0], usual_day(context), key[2])
        while len(self._networks) > KEPT_MAX:
            del self._networks[next(cached_key for cached_key in self._networks if cached_key not in (key, usual))]


def usual_day(context: NetworkRequest) -> date:
    """The day of most requests: that of the last propagate, else today."""
    return last_propagated(context.store) or context.today or context.as_of
