"""From entities and statements to ties, signals and scores; and the questions asked of them afterwards."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter

import numpy as np

from graph.collecting import collector_paused
from graph.diff_writes import HUBS, SCORES, SIGNALS, TIES, Renewal, renew
from graph.drift import Drift, drift
from graph.explanations import explanation, rankings
from graph.explanations.explanation import Explanation
from graph.explanations.rankings import ANYBODY, RankedLine, Wanted
from graph.explanations.routes import Route, Routes
from graph.explanations.scores import Account, compact
from graph.explanations.sentences import Sentences
from graph.network.doubts import doubts
from graph.network.keeping import hub_rows, tie_rows
from graph.network.network import load
from graph.scores.scoring import Scoring
from graph.signals.in_store_propagation import Waved, carried_profiles, fixed_profile, keep_carried, wave
from graph.signals.incremental import Update
from graph.signals.keeping import held_from, state_rows
from graph.signals.reaches import PATHS_MAX, Reach
from graph.signals.reaches import reach as reaching
from graph.signals.risk import finite_profiles_of
from graph.signals.signals import Signals
from graph.signals.updates import Held
from ontology.consent import NOBODY, Permission
from ontology.errors import NothingToDo, WrongCall
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from ontology.score import Score, Standing
from ontology.signal import Signal
from store.changes import Change, changes_so_far, progress_row
from store.freshness import BEFORE_ALL
from store.port import Row, Store
from store.rows import to_rows

Progress = Callable[[str, int, int], None]
"""Hears the step, how much of it is done and how much there is; 0 of 0 where that is not known."""


@dataclass
class Propagated:
    """What one run came to. `seconds` by step, in order; `doubts` counts what could not be taken as told, by a clear word.

    `written`: rows that were put or removed, by table; all others were the same already.
    """

    as_of: date
    rulebook: str
    parties: int = 0
    ties: int = 0
    hubs: int = 0
    signals: int = 0
    scores: int = 0
    listed: int = 0
    by_association: int = 0
    to_look_at: int = 0
    judged_early: bool = False
    doubts: dict[str, int] = field(default_factory=dict)
    updates: dict[str, Update] = field(default_factory=dict)
    in_store: dict[str, Waved] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@collector_paused()
def propagate(
    store: Store,
    *,
    rulebook: Rulebook,
    as_of: date,
    now: datetime,
    seeds: tuple[str, ...] = (),
    in_store: bool = False,
    progress: Progress | None = None,
) -> Propagated:
    """Load the network of a day, derive ties, signals and scores, and keep what differs in one transaction.

    `seeds` are ids of vetted parties that replace the rulebook's seeds of trust. Running it again leaves nothing of
    what it wrote before that does not hold. `in_store`: keep what every tie carries too, and compute risk and
    association there once more, round by round. Association and trust are taken up from where the last run under the
    same rulebook left them. Raises NothingToDo where nothing was resolved yet, and StoreTrouble.
    """
    done = Propagated(as_of, rulebook.version, judged_early=rulebook.is_before_version(as_of))
    step = _Steps(done, progress)
    seen = _seen(store)
    with step("Loading the network"):
        network = load(store, rulebook=rulebook, as_of=as_of)
    if not len(network):
        raise NothingToDo(needs="entities", remedy="Run `kith resolve` first.")
    scoring = Scoring(network, Signals(network, seeds, _held(store, rulebook)))
    with step("Spreading signals"):
        signals = list(all_signals(scoring))
    with step("Scoring"):
        scores = list(_scores(scoring))
    with step("Keeping ties"), store.transaction():
        _keep_ties(store, scoring, done)
        with step("Keeping signals and scores"):
            _keep_answers(store, scoring, signals, scores, now=now, done=done)
            store.write("meta/put", rows=seen)
        if in_store:
            with step("Rounds within the store"):
                done.in_store = _waves(store, scoring)
    _count(done, scoring, signals, scores)
    return done


@collector_paused()
def verify(
    store: Store, *, rulebook: Rulebook, as_of: date, seeds: tuple[str, ...] | None = None, progress: Progress | None = None
) -> Drift:
    """Compute everything in bulk and compare it with what the store keeps; changes nothing.

    `seeds` are those of the last propagation where none are given. Raises NothingToDo where nothing was propagated yet.
    """
    if not store.read("meta/get", key="propagate.as_of"):
        raise NothingToDo(needs="scores", remedy="Run `kith propagate` first.")
    step = _Steps(Propagated(as_of, rulebook.version), progress)
    with step("Loading the network"):
        network = load(store, rulebook=rulebook, as_of=as_of)
    scoring = Scoring(network, Signals(network, last_seeds(store) if seeds is None else seeds))
    with step("Computing in bulk"):
        return drift(store, as_of=as_of, parties=len(network), signals=all_signals(scoring), scores=_scores(scoring))


@collector_paused()
def open_network(store: Store, *, rulebook: Rulebook, as_of: date) -> Scoring:
    """The network, signals and scores of a store on a day, for explanations; keep it while `generation` stays the same.

    Trusted seeds are those of the last propagation.
    """
    network = load(store, rulebook=rulebook, as_of=as_of)
    return Scoring(network, Signals(network, last_seeds(store)))


def generation(store: Store) -> str:
    """Changes whenever scores were computed anew; empty before the first time."""
    held = store.read("meta/get", key="propagate.generation")
    return str(held[0]["value"]) if held else ""


def reach(store: Store, entity_id: str, *, rulebook: Rulebook, name: str, paths_max: int = PATHS_MAX) -> Reach:
    """Who reaches a party in a profile, asked of the store alone. Raises WrongCall, NothingToDo where ties keep no signals."""
    profiles = [*finite_profiles_of(rulebook), fixed_profile(rulebook)]
    if name not in profiles:
        raise WrongCall(profile=name, remedy=f"Profiles: {', '.join(profiles)}.")
    held = {row["key"]: row["value"] for row in store.read("meta/all")}
    if "carried.generation" not in held or held["carried.generation"] != held.get("propagate.generation"):
        raise NothingToDo(needs="what ties carry", remedy="Run `kith propagate --in-database` first.")
    return reaching(store, entity_id, name=name, profile=rulebook.profiles[name], paths_max=paths_max)


def explain(opened: Scoring, entity_id: str, *, language: Language = "en", permission: Permission = NOBODY) -> Explanation:
    """The whole account of one party: sentences, paths, cases, score, sources. Raises EntityUnknown."""
    return explanation.explain(opened, entity_id, language=language, permission=permission)


def risky(opened: Scoring, *, limit: int, language: Language = "en") -> tuple[RankedLine, ...]:
    """Firms and agencies to look at, own listings first, then by association; never persons."""
    return rankings.risky(opened, limit=limit, language=language)


def reliable(opened: Scoring, *, limit: int, language: Language = "en", wanted: Wanted = ANYBODY) -> tuple[RankedLine, ...]:
    """Firms and agencies with nothing found against them, the highest score first; by place, trade and size where asked."""
    return rankings.reliable(opened, limit=limit, language=language, wanted=wanted)


def paths(opened: Scoring, one_id: str, other_id: str, *, limit: int = 5, language: Language = "en") -> tuple[Route, ...]:
    """Ways between two parties over everything that ties them, the shortest first. Raises EntityUnknown."""
    return Routes(Sentences(opened, language)).between(one_id, other_id, limit=limit)


def paths_to_listed(opened: Scoring, one_id: str, *, limit: int = 5, language: Language = "en") -> tuple[Route, ...]:
    """Ways from a party to the nearest listed ones over everything that ties them. Raises EntityUnknown."""
    return Routes(Sentences(opened, language)).to_listed(one_id, limit=limit)


def carried(store: Store) -> bool:
    """Whether what ties carry was ever kept."""
    return bool(store.read("meta/get", key="carried.generation"))


def last_seeds(store: Store) -> tuple[str, ...]:
    """Ids of the vetted parties of the last propagate; none where they were the rulebook's."""
    told = store.read("meta/get", key="propagate.seeds")
    return tuple(json.loads(told[0]["value"])) if told else ()


class _Steps:
    """Times the steps of a run and tells them."""

    def __init__(self, done: Propagated, progress: Progress | None) -> None:
        self._done, self._progress = done, progress

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        if self._progress:
            self._progress(name, 0, 0)
        began = perf_counter()
        yield
        self._done.seconds[name] = perf_counter() - began


def all_signals(scoring: Scoring) -> Iterator[Signal]:
    """Every signal that is not nothing: first risk by profile, then the single ones. Parties of one node share its signals."""
    network, signals = scoring.network, scoring.signals
    ids, nodes = network.parties.ids, network.nodes
    for name, risk in signals.risks.items():
        for party in np.flatnonzero(risk.value[nodes]).tolist():
            node = int(nodes[party])
            own, exposure = float(risk.own[node]), float(risk.exposure[node])
            yield Signal(entity_id=ids[party], name=f"risk:{name}", value=float(risk.value[node]), own=own, exposure=exposure)
    singles = {"association": signals.closeness, "trust": signals.trust.value, "evidence": signals.evidence.value}
    for name, values in singles.items():
        for party in np.flatnonzero(values[nodes]).tolist():
            yield Signal(entity_id=ids[party], name=name, value=float(values[nodes[party]]))
    for name, deemed in signals.deemed.items():
        for party, holdings in deemed.owned.items():
            yield Signal(entity_id=ids[party], name=f"ownership:{name}", value=sum(one.share for one in holdings))
    for node in np.flatnonzero(signals.circulation.strength).tolist():
        yield Signal(entity_id=ids[node], name="circulation", value=float(signals.circulation.strength[node]))
    for node, ring in sorted(signals.ring_of.items()):
        yield Signal(entity_id=ids[node], name="ring", value=ring.strength)


def _scores(scoring: Scoring) -> Iterator[Score]:
    tellings = Sentences(scoring, "en")
    for party in range(len(scoring.network)):
        yield compact(Account(tellings, party))


def _keep_ties(store: Store, scoring: Scoring, done: Propagated) -> None:
    cases = tuple(case for found in scoring.looks.successions.values() for case in found)
    hubs = Renewal(store, HUBS)
    hubs.put(hub_rows(scoring.network))
    done.written["ties"] = renew(store, TIES, tie_rows(scoring.network, cases))
    hubs.remove()  # Only now: a tie of former days may have led there.
    done.written["hubs"] = hubs.changed


def _keep_answers(
    store: Store, scoring: Scoring, signals: list[Signal], scores: list[Score], *, now: datetime, done: Propagated
) -> None:
    done.written["signals"] = renew(store, SIGNALS, to_rows(signals))
    done.written["scores"] = renew(store, SCORES, to_rows(scores))
    store.write("signals/clear_state")
    store.write("signals/put_state", rows=_state(scoring))
    store.write("meta/put", rows=_meta(scoring, now))


def _waves(store: Store, scoring: Scoring) -> dict[str, Waved]:
    """Risk and association computed within the store, and how far each is from the kernel's answer."""
    network, signals = scoring.network, scoring.signals
    profiles = carried_profiles(network, signals.risks.values())
    keep_carried(store, network, profiles)
    kernel = {name: risk.value for name, risk in signals.risks.items()} | {profiles[-1].name: signals.association}
    found = {}
    for profile in profiles:
        value, rounds = wave(store, network, profile)
        found[profile.name] = Waved(rounds, float(np.abs(value - kernel[profile.name]).max()))
    told = store.read("meta/get", key="propagate.generation")
    store.write("meta/put", rows=[{"key": "carried.generation", "value": told[0]["value"]}])
    return found


def _held(store: Store, rulebook: Rulebook) -> Held | None:
    """Where the last run left the fixed points; None under another rulebook: another one has other ties."""
    told = store.read("meta/get", key="propagate.rulebook_hash")
    return held_from(store.read("signals/state")) if told and told[0]["value"] == rulebook.content_hash else None


def _state(scoring: Scoring) -> Iterator[Row]:
    signals = scoring.signals
    return state_rows(scoring.network.parties.ids, {"association": signals.association, "trust": signals.trust.value})


def _seen(store: Store) -> list[Row]:
    """How far this run sees, told before it reads anything: changes so far, and those that the parties rest on."""
    resolved = store.read("meta/get", key=Change.RESOLVED.key)
    spread = int(resolved[0]["value"]) if resolved else BEFORE_ALL
    return [progress_row(Change.PROPAGATED, changes_so_far(store)), progress_row(Change.SPREAD, spread)]


def _meta(scoring: Scoring, now: datetime) -> Iterator[Row]:
    book, as_of = scoring.network.rulebook, scoring.network.as_of
    told = {
        "propagate.as_of": as_of.isoformat(),
        "propagate.at": now.isoformat(),
        "propagate.rulebook": book.version,
        "propagate.rulebook_hash": book.content_hash,
        "propagate.seeds": json.dumps(scoring.signals.seeds),
        "propagate.bounds": json.dumps({name: one.bound for name, one in scoring.signals.updates.items()}),
        "propagate.trust_reference": repr(scoring.signals.trust_reference),
        "propagate.generation": f"{now.isoformat()} {as_of.isoformat()} {book.content_hash[:12]}",
    }
    return ({"key": key, "value": value} for key, value in told.items())


def _count(done: Propagated, scoring: Scoring, signals: list[Signal], scores: list[Score]) -> None:
    network = scoring.network
    done.parties, done.ties, done.hubs = len(network), len(network.ties), len(network.hubs)
    done.signals, done.scores = len(signals), sum(1 for one in scores if one.value is not None)
    done.doubts = doubts(network)
    standings = Counter(one.standing for one in scores)
    done.listed, done.by_association = standings[Standing.LISTED], standings[Standing.BY_ASSOCIATION]
    done.to_look_at = standings[Standing.LOOK]
    done.updates = scoring.signals.updates
