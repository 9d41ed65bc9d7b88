"""All stages in order: load files, resolve, propagate. Used by the command, the demo and the tests."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from api.context.change_marks import last_propagated, mark_facts
from api.settings import Settings
from api.telemetry.stages import stage_span
from api.text.progress import ProgressLine, ReportProgress, no_progress
from api.wiring import now_of, rulebook, store_key, today_of
from store.port import Store

if TYPE_CHECKING:
    from graph.drift import Drift
    from graph.pipeline import PropagationReport
    from resolution.pipeline import Resolved
    from resolution.sources.ingest import Ingested
    from resolution.sources.unloading import LoadedSource

LOG = logging.getLogger("kith.runs")
MANY_ROWS = 20_000  # Rows loaded from which on two processes are sure to have something to do.


@dataclass(frozen=True)
class Journey:
    """Result of each file, number of parties, and seconds by stage."""

    files: tuple["Ingested", ...]
    parties: int
    seconds: dict[str, float]


def load_files(
    store: Store,
    paths: Iterable[Path],
    *,
    settings: Settings,
    kind: str | None = None,
    mapping: Path | None = None,
    pack: str | None = None,
    dataset: str | None = None,
    reading: Mapping[str, object] | None = None,
    rejects_dir: Path | None = None,
    as_part: bool = False,
    drop_max: float | None = None,
    report: ReportProgress = no_progress,
) -> "list[Ingested]":
    """Load files with the settings' key and clock; `report` is called with the progress. Raises where no file was loaded.

    pack: name or folder of the pack whose files these are. as_part, drop_max: see `ingest`.
    """
    from resolution.sources.ingest import ingest  # Each stage loads its own libraries: the others start without.
    from resolution.sources.packs.pack_library import find_pack
    from resolution.sources.reading import Reading
    from resolution.sources.states import DROP_MAX

    files = list(paths)
    with stage_span("ingest", files=len(files)) as stage:
        loaded = ingest(
            store,
            files,
            id_key=store_key(store, settings),
            now=now_of(settings),
            mapping=mapping,
            kind=kind,
            pack=find_pack(pack) if pack else None,
            dataset=dataset,
            limits=Reading.model_validate(dict(reading or {})),
            progress=lambda file, rows: report(ProgressLine(f"Reading {file}", rows, unit=" rows")),
            rejects_dir=rejects_dir,
            rulebook=rulebook(settings),
            as_part=as_part,
            drop_max=DROP_MAX if drop_max is None else drop_max,
        )
        mark_facts(store)
        rows_in, rows_read = sum(file.rows_in for file in loaded), sum(file.rows_read for file in loaded)
        stage.tell(rows_read=rows_read, rows_in=rows_in)
    LOG.info("loaded %d files: %d of %d rows in", len(loaded), rows_in, rows_read)
    return loaded


def _stage_seconds(seconds: Mapping[str, float]) -> dict[str, float]:
    """Seconds of the steps of a stage, as attributes of its span."""
    return {f"seconds.{step}": round(took_s, 3) for step, took_s in seconds.items()}


def unload_sources(store: Store, sources: "tuple[LoadedSource, ...]") -> None:
    """Remove loaded files; parties and scores are updated by the next runs."""
    from graph.kept.keeper import forget_networks
    from resolution.sources.unloading import unload

    unload(store, sources)
    mark_facts(store)
    forget_networks(store.kept_folders)
    LOG.info("unloaded %d files", len(sources))


def resolve_records(
    store: Store,
    *,
    settings: Settings,
    models: Iterable[Path] = (),
    splink: Sequence[Path] = (),
    learns: bool = True,
    report: ReportProgress = no_progress,
) -> "Resolved":
    """Resolve records to entities, with the settings' clock; `models` replace the model files of the settings.

    splink: Splink settings whose weights replace those of the models.
    learns: whether weights may be learned from the records where no model was chosen.
    """
    from resolution.worker import Worker

    with stage_span("resolve") as stage, Worker() as worker:
        if store.read("live/loaded")[0]["rows"] >= MANY_ROWS:
            worker.start()  # It loads its libraries while this process loads its own.
        from api.models.splink_documents import models_with_splink
        from resolution.pipeline import resolve  # Numba and DuckDB take half a second to load: only here they are needed.

        chosen_models, _ = models_with_splink(settings, models, splink)
        resolved = resolve(
            store,
            now=now_of(settings),
            models=chosen_models,
            learns=learns,
            progress=_report_steps(report),
            worker=worker,
        )
        stage.tell(records=resolved.records, parties=resolved.entities, **_stage_seconds(resolved.seconds))
    mark_facts(store)
    LOG.info("resolved %d records into %d parties in %.1f s", resolved.records, resolved.entities, sum(resolved.seconds.values()))
    return resolved


def propagate_signals(
    store: Store, *, settings: Settings, seeds: Iterable[str] = (), in_store: bool = False, report: ReportProgress = no_progress
) -> "PropagationReport":
    """Compute network, signals and scores on the settings' day; where nothing differs from the last run, nothing is computed.

    What changed about watched parties becomes events, also where a run before was broken off in between.

    seeds:    vetted parties, by any name that `find_party` accepts.
    in_store: keep the coefficients of ties too, and compute the signals a second time within the store.
    """
    from api.context.kept_networks import facts_state, keep_run, note_report, unchanged_report
    from api.context.request_context import RequestContext
    from api.watching.looks import look_after_run
    from graph.pipeline import propagate

    ids = _seed_ids(store, seeds, settings)
    day, now = today_of(settings), now_of(settings)
    rules, progress = rulebook(settings), _report_steps(report)
    if not in_store and (unchanged := unchanged_report(RequestContext(store, rules, day, settings.lang), ids)):
        look_after_run(store, settings=settings, rules=rules)
        return unchanged
    with stage_span("propagate") as stage:
        propagated = propagate(
            store,
            rulebook=rules,
            as_of=day,
            now=now,
            seeds=ids,
            in_store=in_store,
            progress=progress,
            hand_over=partial(keep_run, store, facts_state(store)),
        )
        stage.tell(parties=propagated.parties, ties=propagated.ties, **_stage_seconds(propagated.seconds))
    note_report(store, propagated)
    look_after_run(store, settings=settings, rules=rules)
    took_s = sum(propagated.seconds.values())
    LOG.info("propagated %d parties and %d ties as of %s in %.1f s", propagated.parties, propagated.ties, day, took_s)
    return propagated


@dataclass(frozen=True)
class StoreUpdate:
    """The results of bringing a store up to date; None for a stage that had nothing to do."""

    files: tuple["Ingested", ...] = ()
    resolved: "Resolved | None" = None
    propagated: "PropagationReport | None" = None


def update_store(store: Store, *, settings: Settings, report: ReportProgress = no_progress) -> StoreUpdate:
    """Resolve and propagate where files, records or verdicts came in since the last runs.

    The vetted parties of the last propagate are used again, and coefficients of ties are kept again where they were before.
    Raises NothingToDo in a store without records.
    """
    from api.watching.looks import look_after_run
    from graph.pipeline import has_carried_signals, last_seeds
    from store.freshness import freshness

    resolved = resolve_records(store, settings=settings, report=report) if freshness(store).to_resolve else None
    if not _to_propagate(store, settings):
        look_after_run(store, settings=settings)
        return StoreUpdate(resolved=resolved)
    seeds, in_store = last_seeds(store), has_carried_signals(store)
    return StoreUpdate(
        resolved=resolved, propagated=propagate_signals(store, settings=settings, seeds=seeds, in_store=in_store, report=report)
    )


def _to_propagate(store: Store, settings: Settings) -> bool:
    """Whether facts, rulebook or day are others than those of the last propagate."""
    from store.freshness import freshness

    state = freshness(store)
    same_day = last_propagated(store) == today_of(settings)
    return state.to_propagate or state.propagated_by != rulebook(settings).content_hash or not same_day


def verify_signals(
    store: Store, *, settings: Settings, seeds: Iterable[str] = (), report: ReportProgress = no_progress
) -> "Drift":
    """Compare the kept signals and scores with a run in bulk, on the settings' day or that of the last run. Changes nothing."""
    from graph.pipeline import verify

    ids = _seed_ids(store, seeds, settings)
    day = settings.today or last_propagated(store) or today_of(settings)
    return verify(store, rulebook=rulebook(settings), as_of=day, seeds=ids or None, progress=_report_steps(report))


def journey(store: Store, paths: Iterable[Path], *, settings: Settings, report: ReportProgress = no_progress) -> Journey:
    """Load these files, resolve and propagate."""
    clock = perf_counter()
    files = load_files(store, paths, settings=settings, report=report)
    read = perf_counter() - clock
    resolved = resolve_records(store, settings=settings, report=report)
    propagated = propagate_signals(store, settings=settings, report=report)
    seconds = {"ingest": read, "resolve": sum(resolved.seconds.values()), "propagate": sum(propagated.seconds.values())}
    return Journey(tuple(files), resolved.entities, {stage: round(took, 2) for stage, took in seconds.items()})


def _seed_ids(store: Store, seeds: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """Ids of the parties that seeds name."""
    seed_names = tuple(seeds)
    if not seed_names:
        return ()
    from api.context.record_names import record_name
    from api.parties.search import find_party  # Loads all that answers questions: most runs name nobody.

    return tuple(find_party(store, record_name(seed, settings)) for seed in seed_names)


def _report_steps(report: ReportProgress) -> Callable[[str, int, int], None]:
    """How a stage reports: the step, how much of it is done, of how much."""
    return lambda step, finished, total: report(ProgressLine(step.capitalize(), finished, total))
