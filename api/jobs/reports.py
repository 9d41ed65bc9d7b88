"""A job's row as people and programs are shown it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from api.jobs.ledger import JobLedger, is_open
from api.jobs.spool import files_of
from api.schemas.jobs import Job, JobKind, JobState
from store.port import Row


def job_of(row: Row, *, kept_s: float) -> Job:
    """A row as it is shown."""
    ended = datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None
    has_result = row["state"] == JobState.SUCCEEDED and (row["kind"] == JobKind.SCREENING or "result_name" in row["report"])
    place = Path(row["place"]) if row["place"] else None
    return Job(
        id=row["id"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        stage=row["stage"],
        done=row["done"],
        total=row["total"],
        leaving=bool(row["leaving"]) and is_open(row),
        files=tuple(file.name for file in files_of(place)) if place else (),
        requested_at=datetime.fromisoformat(row["requested_at"]),
        started_at=datetime.fromisoformat(row["started_at"]) if row["started_at"] else None,
        ended_at=ended,
        expires_at=ended + timedelta(seconds=kept_s) if ended else None,
        report=json.loads(row["report"]) if row["report"] else None,
        result=f"/v1/jobs/{row['id']}/result" if has_result else None,
        problem=json.loads(row["problem"]) if row["problem"] else None,
    )


def all_jobs(ledger: JobLedger, *, limit: int) -> tuple[Job, ...]:
    """The jobs of the store, whoever began them, the latest first."""
    ledger.end_broken()
    return tuple(job_of(row, kept_s=ledger.kept_s) for row in ledger.store.read("jobs/latest", limit=limit))
