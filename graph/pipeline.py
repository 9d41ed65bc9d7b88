"""Derives ties, signals and scores from entities and statements, and answers questions about them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter

import numpy as np

from graph.diff_writes import HUBS, SCORES, SIGNALS, TIES, TableDiff, write_difference
from graph.drift import Drift, drift
from graph.explanations import explanation, rankings
from graph.explanations.compact_scores import CompactScores
from graph.explanations.explanation import Explanation
from graph.explanations.rankings import ANYBODY, PartyFilter, RankedLine
from graph.explanations.routes import Route, Routes
from graph.explanations.sentences import Sentences
from graph.kept.columns import with_known
from graph.network.doubts import doubts
from graph.network.network import load
from graph.network.stored_ties import hub_rows, tie_rows
from graph.scores.ranking_order import most_reliable
from graph.scores.scoring import Scoring
from graph.signals.in_store_propagation import (
    InStoreRun,
    carried_profiles,
    fixed_profile,
    propagate_profile,
    write_carried_profiles,
)
from graph.signals.incremental import Update
from graph.signals.reaches import PATHS_MAX, Reach
from graph.signals.reaches import reach as reach_from_store
from graph.signals.risk import finite_profiles_of
from graph.signals.signals import Signals
from graph.signals.stored_state import previous_signals_from, state_rows
from graph.signals.updates import PreviousSignals
from ontology.consent import NOBODY, Permission
from ontology.errors import NothingToDo, WrongCall
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from ontology.score import Score, Standing
from ontology.signal import Signal
from store.changes import Change, changes_so_far, progress_row
from store.freshness import BEFORE_ALL
from store.garbage_collection import collector_paused
from store.port import Row, Store
from store.rows import to_rows

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, the units done and the units in all; 0 of 0 where that is not known."""


@dataclass
class PropagationReport:
    """Counts and times of one propagation. `seconds` by step, in order; `doubts` counts statements not taken as stated.

    `written`: rows that were put or removed, by table; all others were the same already.
    `unchanged`: nothing was computed, as nothing differed from the last run.
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
    unchanged: bool = False
    doubts: dict[str, int] = field(default_factory=dict)
    updates: dict[str, Update] = field(default_factory=dict)
    in_store: dict[str, InStoreRun] = field(default_factory=dict)
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
    hand_over: Callable[[Scoring], None] | None = None,
) -> PropagationReport:
    """Load the network of a day, derive ties, signals and scores, and keep what differs in one transaction.

    seeds: ids of vetted parties that replace the rulebook's seeds of trust.
    in_store: keep the coefficient of every tie too, and compute risk and association a second time within the store.
    hand_over: called with network and scores once the store keeps them.
    Running it again removes every earlier row that no longer holds. Association and trust are warm-started from the last run
    under the same rulebook. Raises NothingToDo where nothing was resolved yet, and StoreTrouble.
    """
    report = PropagationReport(as_of, rulebook.version, judged_early=rulebook.is_before_version(as_of))
    step = _Steps(report, progress)
    watermarks = _watermark_rows(store)
    with step("Loading the network"):
        network = load(store, rulebook=rulebook, as_of=as_of)
    if not len(network):
        raise NothingToDo(needs="entities", remedy="Run `kith resolve` first.")
    scoring = Scoring(network, Signals(network, seeds, _previous_signals(store, rulebook)))
    with step("Spreading signals"):
        signals = list(all_signals(scoring))
    with step("Scoring"):
        scores = list(_scores(scoring))
    with step("Keeping ties"), store.transaction():
        _write_ties(store, scoring, report)
        with step("Keeping signals and scores"):
            _write_signals_and_scores(store, scoring, signals, scores, now=now, report=report)
            store.write("meta/put", rows=watermarks)
        if in_store:
            with step("Rounds within the store"):
                report.in_store = _propagate_in_store(store, scoring)
    _fill_report(report, scoring, signals, scores)
    if hand_over:
        with step("Keeping the network"):
            standings = ((party, score.value, score.standing) for party, score in enumerate(scores))
            hand_over(with_known(scoring, most_reliable=most_reliable(scoring, standings)))
    return report


@collector_paused()
def verify(
    store: Store, *, rulebook: Rulebook, as_of: date, seeds: tuple[str, ...] | None = None, progress: Progress | None = None
) -> Drift:
    """Compute everything in bulk and compare it with what the store keeps; changes nothing.

    `seeds` are those of the last propagation where none are given. Raises NothingToDo where nothing was propagated yet.
    """
    if not store.read("meta/get", key="propagate.as_of"):
        raise NothingToDo(needs="scores", remedy="Run `kith propagate` first.")
    step = _Steps(PropagationReport(as_of, rulebook.version), progress)
    with step("Loading the network"):
        network = load(store, rulebook=rulebook, as_of=as_of)
    scoring = Scoring(network, Signals(network, last_seeds(store) if seeds is None else seeds))
    with step("Computing in bulk"):
        return drift(store, as_of=as_of, parties=len(network), signals=all_signals(scoring), scores=_scores(scoring))


@collector_paused()
def derive_network(store: Store, *, rulebook: Rulebook, as_of: date) -> Scoring:
    """The network, signals and scores of a store on a day, derived from its statements.

    Trusted seeds are those of the last propagation.
    """
    network = load(store, rulebook=rulebook, as_of=as_of)
    return Scoring(network, Signals(network, last_seeds(store)))


def generation(store: Store) -> str:
    """Changes whenever scores were computed anew; empty before the first time."""
    rows = store.read("meta/get", key="propagate.generation")
    return str(rows[0]["value"]) if rows else ""


def reach(store: Store, entity_id: str, *, rulebook: Rulebook, name: str, paths_max: int = PATHS_MAX) -> Reach:
    """Who reaches a party in a profile, read from the store alone. Raises WrongCall; NothingToDo without kept coefficients."""
    profiles = [*finite_profiles_of(rulebook), fixed_profile(rulebook)]
    if name not in profiles:
        raise WrongCall(profile=name, remedy=f"Profiles: {', '.join(profiles)}.")
    meta = {row["key"]: row["value"] for row in store.read("meta/all")}
    if "carried.generation" not in meta or meta["carried.generation"] != meta.get("propagate.generation"):
        raise NothingToDo(needs="what ties carry", remedy="Run `kith propagate --in-database` first.")
    return reach_from_store(store, entity_id, name=name, profile=rulebook.profiles[name], paths_max=paths_max)


def explain(scoring: Scoring, entity_id: str, *, language: Language = "en", permission: Permission = NOBODY) -> Explanation:
    """Explain one party: sentences, paths, cases, score, sources. Raises EntityUnknown."""
    return explanation.explain(scoring, entity_id, language=language, permission=permission)


def risky(scoring: Scoring, *, limit: int, language: Language = "en", after: str | None = None) -> tuple[RankedLine, ...]:
    """Firms and agencies to review: those with own listings first, then by association; never persons.

    after: the party behind which to begin. Raises CursorInvalid.
    """
    return rankings.risky(scoring, limit=limit, language=language, after=after)


def reliable(
    scoring: Scoring,
    *,
    limit: int,
    language: Language = "en",
    party_filter: PartyFilter = ANYBODY,
    after: str | None = None,
) -> tuple[RankedLine, ...]:
    """Firms and agencies with nothing found against them, the highest score first; `party_filter`: place, trade, size.

    after: the party behind which to begin. Raises CursorInvalid.
    """
    return rankings.reliable(scoring, limit=limit, language=language, party_filter=party_filter, after=after)


def paths(scoring: Scoring, from_id: str, to_id: str, *, limit: int = 5, language: Language = "en") -> tuple[Route, ...]:
    """Routes between two parties over ties and shared values, the shortest first. Raises EntityUnknown."""
    return Routes(Sentences(scoring, language)).between(from_id, to_id, limit=limit)


def paths_to_listed(scoring: Scoring, from_id: str, *, limit: int = 5, language: Language = "en") -> tuple[Route, ...]:
    """Routes from a party to the nearest listed ones over ties and shared values. Raises EntityUnknown."""
    return Routes(Sentences(scoring, language)).to_listed(from_id, limit=limit)


def has_carried_signals(store: Store) -> bool:
    """Whether the store keeps the coefficients of ties."""
    return bool(store.read("meta/get", key="carried.generation"))


def last_seeds(store: Store) -> tuple[str, ...]:
    """Ids of the vetted parties of the last propagate; none where they were the rulebook's."""
    rows = store.read("meta/get", key="propagate.seeds")
    return tuple(json.loads(rows[0]["value"])) if rows else ()


class _Steps:
    """Times the steps of a run and reports each to the progress callback."""

    def __init__(self, report: PropagationReport, progress: Progress | None) -> None:
        self._report, self._progress = report, progress

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        if self._progress:
            self._progress(name, 0, 0)
        began = perf_counter()
        yield
        self._report.seconds[name] = perf_counter() - began


def all_signals(scoring: Scoring) -> Iterator[Signal]:
    """Every signal that is not 0: first risk by profile, then the others. Parties of one node share its signals."""
    network, signals = scoring.network, scoring.signals
    ids, nodes = network.parties.ids, network.nodes
    for name, risk in signals.risks.items():
        for party in np.flatnonzero(risk.value[nodes]).tolist():
            node = int(nodes[party])
            own_part, exposure = float(risk.own_part[node]), float(risk.exposure[node])
            yield Signal(
                entity_id=ids[party], name=f"risk:{name}", value=float(risk.value[node]), own=own_part, exposure=exposure
            )
    singles = {"association": signals.closeness, "trust": signals.trust.value, "evidence": signals.evidence.value}
    for name, values in singles.items():
        for party in np.flatnonzero(values[nodes]).tolist():
            yield Signal(entity_id=ids[party], name=name, value=float(values[nodes[party]]))
    for name, deemed in signals.deemed.items():
        for party, holdings in deemed.owned.items():
            yield Signal(entity_id=ids[party], name=f"ownership:{name}", value=sum(holding.share for holding in holdings))
    for node in np.flatnonzero(signals.circulation.strength).tolist():
        yield Signal(entity_id=ids[node], name="circulation", value=float(signals.circulation.strength[node]))
    for node, ring in sorted(signals.ring_of.items()):
        yield Signal(entity_id=ids[node], name="ring", value=ring.strength)


def _scores(scoring: Scoring) -> Iterator[Score]:
    compact = CompactScores(Sentences(scoring, "en"))
    yield from map(compact.score, range(len(scoring.network)))


def _write_ties(store: Store, scoring: Scoring, report: PropagationReport) -> None:
    successions = tuple(case for node_cases in scoring.review_reasons.successions.values() for case in node_cases)
    hub_diff = TableDiff(store, HUBS)
    hub_diff.put_rows(hub_rows(scoring.network))
    report.written["ties"] = write_difference(store, TIES, tie_rows(scoring.network, successions))
    hub_diff.remove_unmatched()  # Only now: a tie of former days may have led there.
    report.written["hubs"] = hub_diff.changed_rows


def _write_signals_and_scores(
    store: Store, scoring: Scoring, signals: list[Signal], scores: list[Score], *, now: datetime, report: PropagationReport
) -> None:
    report.written["signals"] = write_difference(store, SIGNALS, to_rows(signals))
    report.written["scores"] = write_difference(store, SCORES, to_rows(scores))
    store.write("signals/clear_state")
    store.write("signals/put_state", rows=_state_rows(scoring))
    store.write("meta/put", rows=_meta_rows(scoring, now))


def _propagate_in_store(store: Store, scoring: Scoring) -> dict[str, InStoreRun]:
    """Risk and association computed within the store, and how far each is from the kernel's answer."""
    network, signals = scoring.network, scoring.signals
    profiles = carried_profiles(network, signals.risks.values())
    write_carried_profiles(store, network, profiles)
    kernel = {name: risk.value for name, risk in signals.risks.items()} | {profiles[-1].name: signals.association}
    runs = {}
    for profile in profiles:
        value, rounds = propagate_profile(store, network, profile)
        runs[profile.name] = InStoreRun(rounds, float(np.abs(value - kernel[profile.name]).max()))
    rows = store.read("meta/get", key="propagate.generation")
    store.write("meta/put", rows=[{"key": "carried.generation", "value": rows[0]["value"]}])
    return runs


def _previous_signals(store: Store, rulebook: Rulebook) -> PreviousSignals | None:
    """Fixed points of the last run, to start from; None if it ran under another rulebook, whose ties differ."""
    rows = store.read("meta/get", key="propagate.rulebook_hash")
    return previous_signals_from(store.read("signals/state")) if rows and rows[0]["value"] == rulebook.content_hash else None


def _state_rows(scoring: Scoring) -> Iterator[Row]:
    signals = scoring.signals
    return state_rows(scoring.network.parties.ids, {"association": signals.association, "trust": signals.trust.value})


def _watermark_rows(store: Store) -> list[Row]:
    """Rows that say up to which change this run has read: taken before it reads, of all changes and of resolved ones."""
    resolved = store.read("meta/get", key=Change.RESOLVED.key)
    resolved_through = int(resolved[0]["value"]) if resolved else BEFORE_ALL
    return [progress_row(Change.PROPAGATED, changes_so_far(store)), progress_row(Change.SPREAD, resolved_through)]


def _meta_rows(scoring: Scoring, now: datetime) -> Iterator[Row]:
    book, as_of = scoring.network.rulebook, scoring.network.as_of
    meta = {
        "propagate.as_of": as_of.isoformat(),
        "propagate.at": now.isoformat(),
        "propagate.rulebook": book.version,
        "propagate.rulebook_hash": book.content_hash,
        "propagate.seeds": json.dumps(scoring.signals.seeds),
        "propagate.bounds": json.dumps({name: update.bound for name, update in scoring.signals.updates.items()}),
        "propagate.trust_reference": repr(scoring.signals.trust_reference),
        "propagate.generation": f"{now.isoformat()} {as_of.isoformat()} {book.content_hash[:12]}",
    }
    return ({"key": key, "value": value} for key, value in meta.items())


def _fill_report(report: PropagationReport, scoring: Scoring, signals: list[Signal], scores: list[Score]) -> None:
    network = scoring.network
    report.parties, report.ties, report.hubs = len(network), len(network.ties), len(network.hubs)
    report.signals, report.scores = len(signals), sum(1 for score in scores if score.value is not None)
    report.doubts = doubts(network)
    standings = Counter(score.standing for score in scores)
    report.listed, report.by_association = standings[Standing.LISTED], standings[Standing.BY_ASSOCIATION]
    report.to_look_at = standings[Standing.LOOK]
    report.updates = scoring.signals.updates
