"""The questions about jobs: begin, begin again, look, leave, fetch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from api.context.pages import PageRequest, cut_page, read_cursor
from api.jobs.circumstances import JobCircumstances
from api.jobs.ledger import CANCEL, FORGET, NewJob, is_open
from api.jobs.reports import job_of
from api.jobs.spool import FILES, MAPPING, files_of, inbox_files, keep_upload
from api.jobs.supervisor import JobSupervisor
from api.jobs.uploads import Uploads
from api.jobs.work import JOB_REQUEST, list_of
from api.schemas.jobs import FilesToLoad, Job, JobKind, Jobs, JobState, ScreeningToStart
from api.settings import Settings
from api.words import words
from ontology.errors import JobUnready, WrongCall
from ontology.field_errors import describe_field_error
from store.port import Row
from store.private_files import write_private


@dataclass(frozen=True)
class JobDesk:
    """What a server answers about jobs. Threads may share it."""

    supervisor: JobSupervisor
    settings: Settings

    def begin(self, request: dict[str, Any], under: JobCircumstances, uploads: Uploads | None = None, *, owner: str) -> Job:
        """A new job, waiting. Raises WrongCall, SourceUnreadable, TooManyAtOnce."""
        job = to_start(request)
        ledger = self.supervisor.ledger
        id_ = ledger.new_id()
        place = self._keep(id_, job, uploads)
        try:
            self._refuse_unusable(job, place, lang=under.lang)
            options = {"request": job.model_dump(mode="json"), "under": under.model_dump(mode="json")}
            row = ledger.add(NewJob(job.kind, owner, options, place=str(place or ""), id=id_))
        except BaseException:
            self.supervisor.spool.remove([id_])
            raise
        self.supervisor.count_job(id_, job.kind.value)
        self.supervisor.start()
        return self._job(row, under.lang)

    def restart(self, id_: str, *, owner: str, lang: str) -> Job:
        """The same again, as a new job with the same files. Raises JobUnknown; JobUnready while it waits or runs."""
        ledger = self.supervisor.ledger
        row = ledger.by_id(id_, owner=owner)
        if is_open(row):
            raise JobUnready(job=id_, state=row["state"], remedy="It has not ended yet: wait, or cancel it first.")
        new_id = ledger.new_id()
        place = Path(row["place"]) if row["place"] else None
        if place and not place.is_dir():
            raise JobUnready(job=id_, problem="its files are gone", remedy="Begin it anew with its files.")
        copied = self._copy(place, new_id) if place else None
        again = NewJob(JobKind(row["kind"]), owner, json.loads(row["options"]), place=str(copied or ""), id=new_id)
        begun = ledger.add(again)
        self.supervisor.count_job(new_id, row["kind"])
        self.supervisor.start()
        return self._job(begun, lang)

    def job(self, id_: str, *, owner: str, lang: str) -> Job:
        """How it stands. Raises JobUnknown."""
        return self._job(self.supervisor.ledger.by_id(id_, owner=owner), lang)

    def version(self, id_: str, *, owner: str) -> int:
        """A number that grows with each change of a job. Raises JobUnknown."""
        return int(self.supervisor.ledger.by_id(id_, owner=owner)["version"])

    def jobs(
        self, page: PageRequest, *, owner: str, lang: str, states: Sequence[JobState] = (), kinds: Sequence[JobKind] = ()
    ) -> Jobs:
        """Jobs of one owner, the latest first. Raises CursorInvalid."""
        question = f"jobs {owner} {sorted(states)} {sorted(kinds)}"
        place = read_cursor(page.cursor, question=question, types=(str,))
        before = str(place[0]) if place else ""
        rows = self.supervisor.ledger.of_owner(owner, before=before, states=states, kinds=kinds, limit=page.limit + 1)
        cut = cut_page(rows, page, place=lambda row: (str(row["id"]),), question=question)
        return Jobs(jobs=tuple(self._job(row, lang) for row in cut.lines), next=cut.next)

    def cancel(self, id_: str, *, owner: str, lang: str) -> Job:
        """End it at its next safe point; one that has ended stays as it is. Raises JobUnknown."""
        return self._leave(id_, owner=owner, lang=lang, leaving=CANCEL)

    def forget(self, id_: str, *, owner: str, lang: str) -> Job:
        """End it and keep nothing of it. Raises JobUnknown."""
        job = self._leave(id_, owner=owner, lang=lang, leaving=FORGET)
        if job.state not in (JobState.RUNNING, JobState.WAITING):
            self.supervisor.spool.remove(self.supervisor.ledger.remove_old())
        return job

    def result(self, id_: str, *, owner: str) -> tuple[Row, bytes]:
        """The row of a job and what came out of it. Raises JobUnknown, JobUnready."""
        row = self.supervisor.ledger.by_id(id_, owner=owner)
        content = self.supervisor.ledger.result(id_)
        if content is None:
            remedy = f"Ask GET /v1/jobs/{id_} until it has succeeded." if is_open(row) else "Its report is all that came of it."
            raise JobUnready(job=id_, state=row["state"], remedy=remedy)
        return row, content

    def _leave(self, id_: str, *, owner: str, lang: str, leaving: str) -> Job:
        return self._job(self.supervisor.ledger.leave(id_, owner=owner, leaving=leaving), lang)

    def _keep(self, id_: str, job: Any, uploads: Uploads | None) -> Path | None:
        """The folder of the job with what was sent for it; None where nothing was."""
        loads = isinstance(job, FilesToLoad)
        if not uploads or not (uploads.files or uploads.mapping):
            return self.supervisor.spool.of_job(id_) if loads and job.paths else None
        if not loads and (not isinstance(job, ScreeningToStart) or len(uploads.files) > 1 or uploads.mapping):
            raise WrongCall(field="file", kind=job.kind.value, problem="this kind of job takes no such file")
        place = self.supervisor.spool.of_job(id_)
        try:
            for name, content in uploads.files:
                keep_upload(place, name, content)
            if uploads.mapping is not None:
                write_private(place / MAPPING, uploads.mapping)
        except BaseException:
            self.supervisor.spool.remove([id_])
            raise
        return place

    def _refuse_unusable(self, job: Any, place: Path | None, *, lang: str) -> None:
        """Refuse at once what would fail at once."""
        if isinstance(job, ScreeningToStart):
            if not place and not job.names and not job.rows:
                raise WrongCall(field="file", problem="no list was sent", remedy="Send the list in the field `file`, or `names`.")
            list_of(job, files_of(place) if place else [], settings=self.settings, lang=lang)
        elif isinstance(job, FilesToLoad):
            list(inbox_files(self.settings, job.paths))
            _refuse_contradictions(job, place)

    def _copy(self, place: Path, new_id: str) -> Path:
        """The files of a job once more, for another: the first may be forgotten meanwhile."""
        copied = self.supervisor.spool.of_job(new_id)
        for file in files_of(place):
            with file.open("rb") as content:
                keep_upload(copied, file.name, content)
        if (place / MAPPING).exists():
            write_private(copied / MAPPING, (place / MAPPING).read_bytes())
        return copied

    def _job(self, row: Row, lang: str) -> Job:
        job = job_of(row, kept_s=self.settings.jobs_kept_h * 3600)
        if row["state"] != JobState.WAITING:
            return job
        earlier_rows = [earlier for earlier in self.supervisor.ledger.unfinished() if earlier["id"] < row["id"]]
        waits = any(earlier["lane"] == row["lane"] for earlier in earlier_rows)
        return job.model_copy(update={"waits_for": words(lang)("jobs.waits")}) if waits else job


def to_start(request: dict[str, Any]) -> Any:
    """The job that is asked for. Raises WrongCall naming the field, without repeating a value."""
    try:
        return JOB_REQUEST.validate_python(request)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"][1:]) or "kind"
        kinds = ", ".join(kind.value for kind in JobKind)
        remedy = f"kind is one of {kinds}." if field == "kind" else "The contract (/openapi.json) names what it may be."
        raise WrongCall(field=field, problem=describe_field_error(first), remedy=remedy) from None


def _refuse_contradictions(job: FilesToLoad, place: Path | None) -> None:
    """Raise WrongCall where no file is named, two say what the files are, or a name is no name."""
    from resolution.sources.packs.pack_library import packs

    has_files = bool(job.paths) or bool(place and any((place / FILES).iterdir()))
    if job.kind is JobKind.INGEST and not has_files:  # type: ignore[attr-defined]
        raise WrongCall(field="file", problem="no file was sent", remedy="Send files in the field `file`.")
    has_mapping = bool(place and (place / MAPPING).exists())
    if sum((bool(job.file_kind), bool(job.pack), has_mapping)) > 1:
        raise WrongCall(field="file_kind", problem="give one of file_kind, pack and mapping")
    if job.pack and job.pack not in packs():  # A path of this machine is no name: nobody reads folders over HTTP.
        raise WrongCall(field="pack", problem="no pack of that name", remedy="`kith packs list` names them all.")
