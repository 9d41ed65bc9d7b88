"""What a job does: the same calls as those of the commands, with its report as JSON and its result as bytes."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from pydantic import TypeAdapter

from api.jobs.circumstances import JobCircumstances
from api.jobs.spool import MAPPING, REJECTS, files_of, inbox_files
from api.schemas.jobs import (
    FilesToLoad,
    IngestToStart,
    JobKind,
    JobToStart,
    PropagateToStart,
    RunToStart,
    ScreeningToStart,
)
from api.settings import Settings
from api.text.progress import ReportProgress, no_progress
from api.wiring import rulebook, today_of
from api.words import words
from store.port import Row, Store
from store.private_files import make_private_folder

if TYPE_CHECKING:
    from api.context.network_cache import NetworkCache
    from api.context.request_context import RequestContext
    from api.screenings.supplier_lists import SupplierList
    from resolution.sources.ingest import Ingested

JOB_REQUEST: TypeAdapter[Any] = TypeAdapter(JobToStart)


@dataclass(frozen=True)
class Outcome:
    """What came of a job: its report, and what can be fetched, with its media type."""

    report: dict[str, Any]
    result: bytes | None = None


@dataclass
class Bench:
    """What jobs are done with: an open store, the settings, and networks that were loaded for the jobs before."""

    store: Store
    settings: Settings
    networks: "NetworkCache"
    report: ReportProgress = no_progress

    def do(self, row: Row) -> Outcome:
        """Do the job of this row. Raises KithError, and whatever `report` raises."""
        options = json.loads(row["options"])
        request, under = JOB_REQUEST.validate_python(options["request"]), JobCircumstances.model_validate(options["under"])
        place = Path(row["place"]) if row["place"] else None
        work: dict[JobKind, Callable[[], Outcome]] = {
            JobKind.INGEST: lambda: self._ingest(request, place),
            JobKind.RESOLVE: self._resolve,
            JobKind.PROPAGATE: lambda: self._propagate(request),
            JobKind.RUN: lambda: self._run(request, place),
            JobKind.SCREENING: lambda: self._screen(request, under, place),
        }
        return work[request.kind]()

    def _ingest(self, request: IngestToStart, place: Path | None) -> Outcome:
        loaded, rejects = self._load(request, place)
        return _with_rejects({"files": [_file_report(file) for file in loaded]}, rejects)

    def _load(self, request: FilesToLoad, place: Path | None) -> "tuple[list[Ingested], Path]":
        from api.runs.journey import load_files

        folder = place or Path()
        make_private_folder(folder / REJECTS)
        mapping = folder / MAPPING
        reading = {name: value for name in ("encoding", "sheet") if (value := getattr(request, name)) is not None}
        loaded = load_files(
            self.store,
            [*files_of(folder), *inbox_files(self.settings, request.paths)],
            settings=self.settings,
            kind=request.file_kind,
            mapping=mapping if mapping.exists() else None,
            pack=request.pack,
            dataset=request.dataset,
            reading=reading,
            rejects_dir=folder / REJECTS,
            as_part=request.part,
            drop_max=request.drop_max,
            report=self.report,
        )
        return loaded, folder / REJECTS

    def _resolve(self) -> Outcome:
        from api.runs.journey import resolve_records

        return Outcome(resolve_records(self.store, settings=self.settings, report=self.report).model_dump(mode="json"))

    def _propagate(self, request: PropagateToStart) -> Outcome:
        from api.runs.journey import propagate_signals

        return Outcome(_plain(propagate_signals(self.store, settings=self.settings, seeds=request.seeds, report=self.report)))

    def _run(self, request: RunToStart, place: Path | None) -> Outcome:
        from api.runs.journey import update_store

        loaded, rejects = self._load(request, place) if place else ([], None)
        update = update_store(self.store, settings=self.settings, report=self.report)
        report = {
            "files": [_file_report(file) for file in loaded],
            "resolved": update.resolved.model_dump(mode="json") if update.resolved else None,
            "propagated": _plain(update.propagated) if update.propagated else None,
        }
        return _with_rejects(report, rejects)

    def _screen(self, request: ScreeningToStart, under: JobCircumstances, place: Path | None) -> Outcome:
        from api.screenings.results import screen

        suppliers = list_of(request, files_of(place) if place else [], settings=self.settings, lang=under.lang)
        screening = screen(self._context(under), suppliers, report=self.report)
        report = {
            "counts": {result.value: count for result, count in screening.counts.items()},
            "rows": len(screening.rows),
            "rejected": len(screening.rejected),
        }
        return Outcome(report, screening.model_dump_json(by_alias=True).encode())

    def _context(self, under: JobCircumstances) -> "RequestContext":
        """As of a request with the same language and day."""
        from api.context.change_marks import last_propagated
        from api.context.request_context import RequestContext

        today = today_of(self.settings)
        day = under.as_of or last_propagated(self.store) or today
        rules = rulebook(self.settings)
        return RequestContext(self.store, rules, day, under.lang, self.networks, today=today, caller=under.caller)


def list_of(request: ScreeningToStart, files: Sequence[Path], *, settings: Settings, lang: str) -> "SupplierList":
    """The rows to check: of the file, else the names or rows. Raises SourceUnreadable, WrongCall."""
    from api.screenings.given_lists import list_of_file, list_of_rows
    from api.screenings.supplier_lists import ListOptions
    from ontology.files import read_whole

    say, options = words(lang), ListOptions(settings.screening_rows_max, request.columns, request.sheet)
    if files:
        return list_of_file(read_whole(files[0]), file=files[0].name, options=options, say=say)
    return list_of_rows(request.names, [row.model_dump() for row in request.rows], options=options, say=say)


def _plain(report: Any) -> dict[str, Any]:
    """A dataclass as plain JSON."""
    content: dict[str, Any] = json.loads(TypeAdapter(dict[str, Any]).dump_json(asdict(report)))
    return content


def _file_report(file: "Ingested") -> dict[str, Any]:
    """What came of one file, without where it lay."""
    reject_file = Path(file.reject_file).name if file.reject_file else None
    return file.model_dump(mode="json") | {"reject_file": reject_file}


def _with_rejects(report: dict[str, Any], folder: Path | None) -> Outcome:
    """The rejected rows, to be corrected and sent again: one reject file as it is, several in an archive."""
    files = sorted(folder.iterdir()) if folder and folder.is_dir() else []
    if not files:
        return Outcome(report)
    if len(files) == 1:
        return Outcome(report | {"result_name": files[0].name}, files[0].read_bytes())
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zip_file:
        for file in files:
            zip_file.write(file, file.name)
    return Outcome(report | {"result_name": "rejects.zip"}, archive.getvalue())
