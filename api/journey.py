"""The whole road: files in, entities, network, scores. Used by the command, the demo and the tests."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from api.settings import Settings
from api.wiring import id_key, now_of
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.reading import Reading
from store.port import Store

if TYPE_CHECKING:
    from resolution.pipeline import Resolved

Say = Callable[[str], None]


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
) -> list[Ingested]:
    """Load files with the settings' key and clock; `say` hears how far it is. Raises where no file could be loaded."""
    return ingest(
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
    )


def resolve_records(store: Store, *, settings: Settings, say: Say = silent) -> "Resolved":
    """Records become entities, at the settings' clock."""
    from resolution.pipeline import resolve  # Splink and DuckDB take a second to load: only here they are needed.

    return resolve(store, now=now_of(settings), progress=lambda stage, done, total: say(_told(stage, done, total)))


def _told(stage: str, done: int, total: int) -> str:
    return f"{stage.capitalize()}: {done} of {total}" if total else stage.capitalize()
