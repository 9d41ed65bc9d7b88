"""The whole road: files in, entities, network, scores. Used by the command, the demo and the tests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from api.changes import last_propagated, mark_facts, mark_kept
from api.settings import Settings
from api.wiring import id_key, now_of, rulebook, today_of
from store.port import Store

if TYPE_CHECKING:
    from graph.drift import Drift
    from graph.pipeline import Propagated
    from resolution.pipeline import Resolved
    from resolution.sources.ingest import Ingested

Say = Callable[[str], None]
MANY_ROWS = 20_000  # Rows loaded from which on two processes are sure to have something to do.


@dataclass(frozen=True)
class Journey:
    """What came of each file, how many parties there are, and seconds by stage."""

    files: tuple["Ingested", ...]
    parties: int
    seconds: dict[str, float]


def silent(_: str) -> None:
    """Nobody watches."""


def load_files(
    store: Store,
    paths: Iterable[Path],
    *,
    settings: Settings,
    kind: str | None = None,
    mapping: Path | None = None,
    dataset: str | None = None,
    reading: Mapping[str, object] | None = None,
    rejects_dir: Path | None = None,
    say: Say = silent,
) -> "list[Ingested]":
    """Load files with the settings' key and clock; `say` hears how far it is. Raises where no file could be loaded."""
    from resolution.sources.ingest import ingest  # Each stage loads its own libraries: the others start without.
    from resolution.sources.reading import Reading

    loaded = ingest(
        store,
        paths,
        id_key=id_key(settings),
        now=now_of(settings),
        mapping=mapping,
        kind=kind,
        dataset=dataset,
        limits=Reading.model_validate(dict(reading or {})),
        progress=lambda file, rows: say(f"Reading {file}: {rows} rows"),
        rejects_dir=rejects_dir,
        rulebook=rulebook(settings),
    )
    mark_facts(store)
    return loaded


def resolve_records(store: Store, *, settings: Settings, models: Iterable[Path] = (), say: Say = silent) -> "Resolved":
    """Records become entities, at the settings' clock; model files given stand over those of the settings."""
    from resolution.aside import Aside

    with Aside() as aside:
        if store.read("live/loaded")[0]["rows"] >= MANY_ROWS:
            aside.start()  # It loads its libraries while this process loads its own.
        from api.models import models_of
        from resolution.pipeline import resolve  # Numba and DuckDB take half a second to load: only here they are needed.

        chosen = models_of(settings, models)
        done = resolve(store, now=now_of(settings), models=chosen, progress=_steps(say), aside=aside)
    mark_facts(store)
    return done


def propagate_signals(
    store: Store, *, settings: Settings, seeds: Iterable[str] = (), in_store: bool = False, say: Say = silent
) -> "Propagated":
    """Entities become a network, signals and scores, on the settings' day; `seeds` name vetted parties in any way.

    `in_store`: what ties carry is kept too, and the store computes the signals once more by itself.
    """
    from graph.pipeline import propagate

    ids = _parties(store, seeds)
    day, now = today_of(settings), now_of(settings)
    book, progress = rulebook(settings), _steps(say)
    done = propagate(store, rulebook=book, as_of=day, now=now, seeds=ids, in_store=in_store, progress=progress)
    mark_kept(store)
    return done


def verify_signals(store: Store, *, settings: Settings, seeds: Iterable[str] = (), say: Say = silent) -> "Drift":
    """What is kept against a run in bulk, on the settings' day or else that of the last run. Changes nothing."""
    from graph.pipeline import verify

    ids = _parties(store, seeds)
    day = settings.today or last_propagated(store) or today_of(settings)
    return verify(store, rulebook=rulebook(settings), as_of=day, seeds=ids or None, progress=_steps(say))


def journey(store: Store, paths: Iterable[Path], *, settings: Settings, say: Say = silent) -> Journey:
    """The whole road for these files."""
    clock = perf_counter()
    files = load_files(store, paths, settings=settings, say=say)
    read = perf_counter() - clock
    resolved = resolve_records(store, settings=settings, say=say)
    propagated = propagate_signals(store, settings=settings, say=say)
    seconds = {"ingest": read, "resolve": sum(resolved.seconds.values()), "propagate": sum(propagated.seconds.values())}
    return Journey(tuple(files), resolved.entities, {stage: round(took, 2) for stage, took in seconds.items()})


def _parties(store: Store, seeds: Iterable[str]) -> tuple[str, ...]:
    """Ids of the parties that seeds name."""
    named = tuple(seeds)
    if not named:
        return ()
    from api.lookups import find_party  # Loads all that answers questions: most runs name nobody.

    return tuple(find_party(store, seed) for seed in named)


def _steps(say: Say) -> Callable[[str, int, int], None]:
    """How a stage reports: the step, how much of it is done, of how much."""
    return lambda step, done, total: say(f"{step.capitalize()}: {done} of {total}" if total else step.capitalize())
