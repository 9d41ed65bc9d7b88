"""Long lists are checked in the background of the server: begun by one request, looked after by others (docs/decisions/0055).

Jobs and their results live in this process alone: a restart forgets them, and an hour after its end a job is forgotten anyway.
"""

import gzip
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import Field

from api.context.request_context import RequestContext
from api.errors import problem
from api.screenings.results import screen
from api.screenings.supplier_lists import Supplier
from ontology.base import ImmutableModel
from ontology.errors import JobUnknown, KithError, NothingToDo, TooManyAtOnce

LOG = logging.getLogger("kith.api")
WORKERS = 2  # As many as a small machine has processors; requests go on between their steps.
LIFE_S = 3600.0  # After its end; until then it can be fetched again.
KEPT_MAX = 50  # A result of 10,000 rows is some 30 MB, kept packed in 1 to 2.
OPEN_PER_OWNER = 4
Clock = Callable[[], float]


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ScreeningJob(ImmutableModel):
    """A list that is being checked in the background."""

    id: str = Field(description="Id of the job.")
    state: JobState = Field(description="Where it stands.")
    rows: int = Field(description="Rows of the list.")
    checked: int = Field(description="Rows checked so far.")
    expires_in_s: float | None = Field(None, description="Seconds until an ended job is forgotten.")
    problem: dict[str, Any] | None = Field(None, description="Why it failed.")


@dataclass
class _Job:
    owner: str
    rows: Sequence[Supplier]
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: JobState = JobState.WAITING
    checked: int = 0
    ended: float | None = None
    abandoned: bool = False
    compressed: bytes = b""
    problem: dict[str, Any] | None = None


class _Abandoned(Exception):
    """Nobody wants the result any more."""


class ScreeningJobs:
    """The jobs of this process. Threads may share it."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="screening")

    def begin(self, context: RequestContext, rows: Sequence[Supplier], *, owner: str) -> ScreeningJob:
        """A new job over these rows. Raises TooManyAtOnce."""
        job = _Job(owner, rows)
        with self._lock:
            self._forget_old()
            self._refuse_many(owner)
            self._jobs[job.id] = job
        self._pool.submit(self._work, job, context)
        return self._public_job(job)

    def state(self, id_: str, *, owner: str) -> ScreeningJob:
        """How far it is. Raises JobUnknown; also for who is not its owner."""
        return self._public_job(self._job(id_, owner))

    def result(self, id_: str, *, owner: str) -> bytes:
        """The screening as JSON. Raises JobUnknown, NothingToDo where it is not done."""
        job = self._job(id_, owner)
        if job.state is not JobState.DONE:
            raise NothingToDo(job=job.id, state=job.state.value, remedy=f"Ask GET /v1/screenings/jobs/{job.id} until it is done.")
        return gzip.decompress(job.compressed)

    def leave(self, id_: str, *, owner: str) -> ScreeningJob:
        """Forget a job; one that runs ends with its next row. Raises JobUnknown."""
        job = self._job(id_, owner)
        job.abandoned = True
        with self._lock:
            self._jobs.pop(id_, None)
        return self._public_job(job)

    def close(self) -> None:
        """End all jobs; the server ends."""
        with self._lock:
            for job in self._jobs.values():
                job.abandoned = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, job: _Job, context: RequestContext) -> None:
        try:
            job.state = JobState.RUNNING
            screening = screen(context, _count_rows(job))
            job.compressed = gzip.compress(screening.model_dump_json(by_alias=True).encode(), compresslevel=5)
            job.state = JobState.DONE
        except _Abandoned:
            return
        except Exception as error:
            # Only the kind: a message may carry a name or an id from the data.
            LOG.error("screening job failed with %s", type(error).__name__)
            job.problem = problem(error if isinstance(error, KithError) else KithError())
            job.state = JobState.FAILED
        finally:
            job.ended, job.rows = self._clock(), range(len(job.rows))  # type: ignore[assignment]

    def _job(self, id_: str, owner: str) -> _Job:
        with self._lock:
            self._forget_old()
            job = self._jobs.get(id_)
        if job is None or job.owner != owner:
            raise JobUnknown(remedy="A job is kept for an hour after its end, and not beyond a restart: begin it anew.")
        return job

    def _forget_old(self) -> None:
        ended = sorted((job for job in self._jobs.values() if job.ended is not None), key=lambda job: job.ended or 0.0)
        for job in ended:
            if (job.ended or 0.0) + LIFE_S <= self._clock() or len(self._jobs) > KEPT_MAX:
                del self._jobs[job.id]

    def _refuse_many(self, owner: str) -> None:
        unfinished = sum(1 for job in self._jobs.values() if job.owner == owner and job.ended is None)
        if unfinished >= OPEN_PER_OWNER or len(self._jobs) >= KEPT_MAX + OPEN_PER_OWNER:
            raise TooManyAtOnce(jobs=unfinished, remedy="Wait until one has ended, or leave one with DELETE.")

    def _public_job(self, job: _Job) -> ScreeningJob:
        expires_in_s = None if job.ended is None else max(0.0, round(job.ended + LIFE_S - self._clock(), 1))
        return ScreeningJob(
            id=job.id,
            state=job.state,
            rows=len(job.rows),
            checked=job.checked,
            expires_in_s=expires_in_s,
            problem=job.problem,
        )


def _count_rows(job: _Job) -> Iterator[Supplier]:
    """The rows of a job, each counted once the one after it is asked for. Raises _Left."""
    for number, row in enumerate(job.rows):
        if job.abandoned:
            raise _Abandoned
        job.checked = number
        yield row
    job.checked = len(job.rows)
