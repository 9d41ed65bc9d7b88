"""Explanations under the circumstances of a question; the network of a day is loaded once and shared by all who ask."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from api.answers import Case, End, Hop, PathLine
from api.callers import CALLER
from api.changes import CHANGED, last_propagated
from api.network_loads import LoadTurns
from api.permissions import permit_look
from graph.explanations.explanation import CaseTold, Explanation, PathTold, explain
from graph.explanations.hops import Hop as ToldHop
from graph.explanations.scores import Account, compact
from graph.explanations.tellings import Tellings
from graph.pipeline import generation, open_network
from graph.scores.scoring import Scoring
from ontology.errors import GivenUp
from ontology.score import Score
from store.changes import changes_so_far
from store.port import Store

if TYPE_CHECKING:
    from api.asked import Asked

KEPT_MAX = 3
"""Days whose networks are kept: the usual one and the two looked back at last."""
Key = tuple[tuple[str, str, int], date, str]


class Explainers:
    """Networks by state of the store, day and rulebook. Threads may share it; of one network one of them loads, the others wait.

    The usual day's is kept and never waits for those of other days, which take turns.
    """

    def __init__(self) -> None:
        self._networks: OrderedDict[Key, Scoring] = OrderedDict()
        self._loading: dict[Key, Future[Scoring]] = {}
        self._lock, self._turns = Lock(), LoadTurns()

    def scoring(self, asked: "Asked") -> Scoring:
        """Scores over the network of the day asked for, as the store is now. Raises TooManyAtOnce, StoreTrouble."""
        key: Key = (changed(asked.store), asked.as_of, asked.rulebook.content_hash)
        if (network := self._kept(key)) is not None:
            return network
        caller = CALLER.get()
        if caller is None or asked.as_of in (usual_day(asked), asked.today):
            return self._loaded(key, asked, self._turns.usual_turn())
        with self._turns.waiting(caller, asked.as_of):
            return self._loaded(key, asked, self._turns.turn())

    def _kept(self, key: Key) -> Scoring | None:
        with self._lock:
            if key in self._networks:
                self._networks.move_to_end(key)
            return self._networks.get(key)

    def _loaded(self, key: Key, asked: "Asked", turn: AbstractContextManager[None]) -> Scoring:
        """The network as this thread loads it, or as another one does that began before."""
        with self._lock:
            network, other = self._networks.get(key), self._loading.get(key)
            own = Future[Scoring]() if network is None and other is None else None
            if own is not None:
                self._loading[key] = own
        if network is not None:
            return network
        if own is None:
            try:
                return (other or Future()).result()
            except GivenUp:  # Nobody waited for the other's answer any more; somebody does for this one.
                return self._loaded(key, asked, turn)
        return self._load(key, own, asked, turn)

    def _load(self, key: Key, own: "Future[Scoring]", asked: "Asked", turn: AbstractContextManager[None]) -> Scoring:
        try:
            with turn:
                network = self._newest(asked)
            own.set_result(network)
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._lock:
                self._loading.pop(key, None)
        return network

    def _newest(self, asked: "Asked") -> Scoring:
        """The network as the store is when the turn has come: who waited while others wrote shares what is loaded then."""
        key: Key = (changed(asked.store), asked.as_of, asked.rulebook.content_hash)
        network = self._kept(key) or open_network(asked.store, rulebook=asked.rulebook, as_of=asked.as_of)
        with self._lock:
            self._networks[key] = network
            self._forget_others(key, asked)
        return network

    def _forget_others(self, key: Key, asked: "Asked") -> None:
        """Past KEPT_MAX the one asked for longest ago is forgotten; that of the usual day only once the store has changed."""
        usual = (key[0], usual_day(asked), key[2])
        while len(self._networks) > KEPT_MAX:
            del self._networks[next(kept for kept in self._networks if kept not in (key, usual))]


def usual_day(asked: "Asked") -> date:
    """The day asked about most: that of the last propagate, else today."""
    return last_propagated(asked.store) or asked.today or asked.as_of


def changed(store: Store) -> tuple[str, str, int]:
    """Differs whenever something was loaded, resolved or propagated since."""
    told = store.read("meta/get", key=CHANGED)
    return generation(store), told[0]["value"] if told else "", changes_so_far(store)


def explained(asked: "Asked", entity_id: str) -> Explanation:
    """Everything there is to say of a party to the reader. Raises EntityUnknown."""
    given = permit_look(asked, entity_id)
    return explain(asked.explainers.scoring(asked), entity_id, language=asked.lang, permission=given)


def fresh_scores(asked: "Asked", ids: Iterable[str]) -> dict[str, Score]:
    """Scores as the store would keep them, but for the day and language asked for."""
    scoring = asked.explainers.scoring(asked)
    places = scoring.network.parties.index
    tellings = Tellings(scoring, asked.lang)
    return {id_: compact(Account(tellings, places[id_])) for id_ in ids if id_ in places}


def path_lines(store: Store, told: Iterable[PathTold]) -> tuple[PathLine, ...]:
    """Told paths in the shape of the answers; what a shared value joins leads to the rows of the records that tell it."""
    paths = list(told)
    rows = record_rows(store, (hop for path in paths for hop in path.hops))
    return tuple(_path_line(path, rows) for path in paths)


def record_rows(store: Store, hops: Iterable[ToldHop]) -> dict[str, str]:
    """Source row by record, of the records behind hops that no link tells: over a shared address or phone."""
    unlinked = {one for hop in hops if not hop.row_ids for one in hop.record_ids}
    return {row["id"]: row["row_id"] for row in store.read("entities/records_by_ids", ids=sorted(unlinked))} if unlinked else {}


def _path_line(told: PathTold, rows: Mapping[str, str]) -> PathLine:
    return PathLine(
        listed_id=told.listed.id,
        listed_name=told.listed.name,
        sentence=told.sentence,
        strength=told.strength,
        covered=told.covered,
        profile=told.profile,
        bears_points=told.bears_points,
        hops=tuple(hop_shown(hop, rows) for hop in told.hops),
    )


def case_shown(told: CaseTold) -> Case:
    """A told case in the shape of the answers."""
    parties = tuple(End(id=one.id, name=one.name, kind=one.kind) for one in told.parties)
    return Case(
        kind=told.kind,
        sentence=told.sentence,
        parties=parties,
        speaks_for=told.speaks_for,
        speaks_against=told.speaks_against,
    )


def hop_shown(told: ToldHop, rows: Mapping[str, str] | None = None) -> Hop:
    """A told hop in the shape of the answers. rows: source row by record, for hops that records tell and no link."""
    ends = {"from": End.model_validate(told.source.model_dump()), "to": End.model_validate(told.target.model_dump())}
    via = End(id=told.via.id, name=told.via.name, kind=told.kind.lower()) if told.via else None
    same = ("kind", "label", "share", "amount", "tie_id", "coefficient", "began_on", "ended_on")
    row_ids = told.row_ids or tuple(dict.fromkeys(rows[one] for one in told.record_ids if one in rows) if rows else ())
    return Hop.model_validate({**ends, "via": via, **{name: getattr(told, name) for name in same}, "row_ids": row_ids})
