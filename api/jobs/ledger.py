"""The jobs of a store: small rows beside it, which several servers and a restart see alike (docs/decisions/0092)."""

import base64
import gzip
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.errors import problem
from api.schemas.jobs import OPEN_STATES, JobKind, JobState
from ontology.errors import JobBrokenOff, JobUnknown, KithError, TooManyAtOnce
from store.port import Row, Store

STALE_S = 45.0  # A job that runs is seen every few seconds; nobody has seen this one for so long that its process is gone.
OPEN_PER_OWNER = 4  # Jobs of one caller that wait or run.
OPEN_MAX = 100
RESULT_PART_LENGTH = 400_000  # Letters: small enough for one value of either store.
WRITING = "write"  # The lane of jobs that change the store: one runs at a time.
READING = "read"
FORGET, CANCEL = "forget", "cancel"
Clock = Callable[[], datetime]
KEPT_S = 24 * 3600.0


def lane_of(kind: JobKind) -> str:
    """Screenings read; everything else writes."""
    return READING if kind is JobKind.SCREENING else WRITING


@dataclass(frozen=True)
class NewJob:
    """What is asked for. place: folder of its files on this machine, empty without files; `can_run` tells whether it is there."""

    kind: JobKind
    owner: str
    options: dict[str, Any]
    place: str = ""
    id: str = ""


@dataclass
class JobLedger:
    """Reads and writes the rows. Threads may share it. kept_s: seconds that an ended job is kept."""

    store: Store
    clock: Clock
    kept_s: float = KEPT_S

    def new_id(self) -> str:
        """An id that sorts by time."""
        return f"{self.clock():%Y%m%dT%H%M%S%f}-{secrets.token_hex(8)}"

    def add(self, job: NewJob) -> Row:
        """A new job, waiting. Raises TooManyAtOnce."""
        with self.store.transaction():
            self._refuse_many(job.owner)
            row = _new_row(job, id_=job.id or self.new_id(), at=self._now())
            self.store.write("jobs/put", rows=[row])
        return row

    def by_id(self, id_: str, *, owner: str | None = None) -> Row:
        """One job. Raises JobUnknown, also for who is not its owner (None: whoever), and for one that is to be forgotten."""
        self.end_broken()
        rows = self.store.read("jobs/by_id", id=id_)
        if not rows or (owner is not None and (rows[0]["owner"] != owner or rows[0]["leaving"] == FORGET)):
            raise JobUnknown(remedy="`GET /v1/jobs` lists them; an ended job is kept for a day.")
        return rows[0]

    def of_owner(
        self, owner: str, *, before: str = "", states: Sequence[str] = (), kinds: Sequence[str] = (), limit: int = 100
    ) -> list[Row]:
        """Jobs of one owner, the latest first."""
        self.end_broken()
        return self.store.read("jobs/of_owner", owner=owner, before=before, states=list(states), kinds=list(kinds), limit=limit)

    def unfinished(self) -> list[Row]:
        """Jobs that wait or run, the first asked for first."""
        return self.store.read("jobs/unfinished")

    def claim(self, lane: str, *, runner: str, can_run: Callable[[Row], bool]) -> Row | None:
        """The next job of a lane, which this runner now runs; None where none waits, or another one of the lane runs.

        can_run: whether this runner has the files of a job.
        """
        self.end_broken()
        with self.store.transaction():
            rows = [row for row in self.unfinished() if row["lane"] == lane]
            waiting = [row for row in rows if row["state"] == JobState.WAITING and not row["leaving"] and can_run(row)]
            if not waiting or any(row["state"] == JobState.RUNNING for row in rows):
                return None
            self.store.write("jobs/begin", id=waiting[0]["id"], runner=runner, at=self._now())
        return self.by_id(waiting[0]["id"])

    def advance(self, id_: str, *, stage: str, done: int, total: int) -> str:
        """Note how far a job is; whether it is told to end: empty, `cancel` or `forget`."""
        self.store.write("jobs/advance", id=id_, stage=stage, done=done, total=total, at=self._now())
        rows = self.store.read("jobs/by_id", id=id_)
        return str(rows[0]["leaving"]) if rows else FORGET

    def see(self, runner: str) -> None:
        """The process of this runner is alive."""
        self.store.write("jobs/see", runner=runner, at=self._now())

    def leave(self, id_: str, *, owner: str | None = None, leaving: str) -> Row:
        """Cancel or forget a job: at once where it does not run, else at its next safe point. Raises JobUnknown."""
        with self.store.transaction():
            row = self.by_id(id_, owner=owner)
            self.store.write("jobs/leave", id=id_, leaving=leaving)
            if row["state"] == JobState.WAITING:
                self.store.write("jobs/end", id=id_, state=JobState.CANCELLED.value, at=self._now(), report="", problem="")
            after = self.store.read("jobs/by_id", id=id_)[0]
        return after

    def succeed(self, id_: str, *, report: dict[str, Any], result: bytes | None = None) -> None:
        """The end of a job that did what was asked, with its report and, packed, its result."""
        with self.store.transaction():
            if result is not None:
                self.store.write("jobs/put_results", rows=list(_result_rows(id_, result)))
            self._end(id_, JobState.SUCCEEDED, report=report)

    def fail(self, id_: str, error: KithError) -> None:
        """The end of a job that could not."""
        self._end(id_, JobState.FAILED, problem_body=problem(error))

    def end_cancelled(self, id_: str) -> None:
        """The end of a job that was told to end."""
        self._end(id_, JobState.CANCELLED)

    def result(self, id_: str) -> bytes | None:
        """What came out of a job; None where there is nothing."""
        parts = self.store.read("jobs/results", id=id_)
        return gzip.decompress(base64.b64decode("".join(part["content"] for part in parts))) if parts else None

    def end_broken(self, runner: str | None = None) -> None:
        """End jobs whose process is gone: those of this runner, or else those that nobody has seen for long."""
        since = (self.clock() - timedelta(seconds=STALE_S)).isoformat()
        for row in self.unfinished():
            is_gone = row["runner"] == runner if runner is not None else row["seen_at"] < since
            if row["state"] == JobState.RUNNING and is_gone:
                self.fail(row["id"], JobBrokenOff())

    def give_up_waiting(self, lane: str) -> None:
        """Fail what waits in a lane: no process could be started for it."""
        for row in self.unfinished():
            if row["lane"] == lane and row["state"] == JobState.WAITING:
                self.fail(row["id"], JobBrokenOff())

    def remove_old(self) -> list[str]:
        """Forget jobs that ended long ago, or that nobody wants any more; their ids."""
        moment = (self.clock() - timedelta(seconds=self.kept_s)).isoformat()
        ids = [row["id"] for row in self.store.read("jobs/ended_before", moment=moment)]
        if ids:
            self.store.write("jobs/remove", rows=[{"id": id_} for id_ in ids])
        return ids

    def _end(
        self, id_: str, state: JobState, *, report: dict[str, Any] | None = None, problem_body: dict[str, object] | None = None
    ) -> None:
        texts = [json.dumps(body, ensure_ascii=False) if body is not None else "" for body in (report, problem_body)]
        self.store.write("jobs/end", id=id_, state=state.value, at=self._now(), report=texts[0], problem=texts[1])

    def _refuse_many(self, owner: str) -> None:
        unfinished = self.unfinished()
        of_owner = sum(row["owner"] == owner for row in unfinished)
        if of_owner >= OPEN_PER_OWNER or len(unfinished) >= OPEN_MAX:
            raise TooManyAtOnce(jobs=of_owner, remedy="Wait until one has ended, or leave one with DELETE.")

    def _now(self) -> str:
        return self.clock().isoformat()


@contextmanager
def open_ledger(store: Store, clock: Clock, *, kept_s: float) -> Iterator[JobLedger]:
    """The jobs beside a store, while the block lasts."""
    side = store.open_side_store()
    try:
        yield JobLedger(side, clock, kept_s)
    finally:
        side.close()


def is_open(row: Row) -> bool:
    """Whether a job waits or runs."""
    return row["state"] in OPEN_STATES


def _new_row(job: NewJob, *, id_: str, at: str) -> Row:
    times = dict.fromkeys(("started_at", "seen_at", "ended_at"), "")
    texts = dict.fromkeys(("stage", "runner", "leaving", "report", "problem"), "")
    numbers = {"done": 0, "total": 0, "version": 1}
    return {
        "id": id_,
        "kind": job.kind.value,
        "lane": lane_of(job.kind),
        "owner": job.owner,
        "state": JobState.WAITING.value,
        "options": json.dumps(job.options, ensure_ascii=False),
        "place": job.place,
        "requested_at": at,
        **times,
        **texts,
        **numbers,
    }


def _result_rows(id_: str, result: bytes) -> Iterator[Row]:
    content = base64.b64encode(gzip.compress(result, compresslevel=5)).decode()
    for part, start in enumerate(range(0, len(content), RESULT_PART_LENGTH)):
        yield {"job_id": id_, "part": part, "content": content[start : start + RESULT_PART_LENGTH]}
