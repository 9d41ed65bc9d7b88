"""`kith jobs`: the long work of servers on this store."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from rich.console import Console

    from api.jobs.ledger import JobLedger
    from api.schemas.jobs import Job
    from store.port import Store

PANEL = "Pages and servers"
JOB = Annotated[str, typer.Argument(help="Id of the job, as kith jobs list shows it.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    jobs = typer.Typer(help="Long work that servers on this store do in the background.", no_args_is_help=True)
    verb(jobs, "list", example="kith jobs list")(list_jobs)
    verb(jobs, "show", example="kith jobs show 20261122T080000123456-5f1c2a90")(show_job)
    verb(jobs, "cancel", example="kith jobs cancel 20261122T080000123456-5f1c2a90")(cancel_job)
    app.add_typer(jobs, name="jobs", rich_help_panel=PANEL)


def list_jobs(call: Call, limit: Annotated[int, typer.Option(min=1, max=1000, help="Most jobs, the latest first.")] = 20) -> None:
    """List the jobs of this store, whoever began them, the latest first."""
    from api.jobs.reports import all_jobs

    with call.store() as store, _ledger(call, store) as ledger:
        jobs = all_jobs(ledger, limit=limit)
    call.give({"jobs": [job.model_dump(mode="json") for job in jobs]}, lambda out: _print_jobs(out, call, jobs))


def show_job(call: Call, job: JOB) -> None:
    """Show how far a job is, and what came of it."""
    from api.jobs.reports import job_of

    with call.store() as store, _ledger(call, store) as ledger:
        current_job = job_of(ledger.by_id(job), kept_s=ledger.kept_s)
    call.give(current_job, lambda out: _print_job(out, call, current_job))


def cancel_job(call: Call, job: JOB) -> None:
    """End a job at its next safe point; what it has not committed by then is undone."""
    from api.jobs.ledger import CANCEL
    from api.jobs.reports import job_of

    with call.store() as store, _ledger(call, store) as ledger:
        current_job = job_of(ledger.leave(job, leaving=CANCEL), kept_s=ledger.kept_s)
    call.give(current_job, lambda out: _print_job(out, call, current_job))


def _ledger(call: Call, store: "Store") -> "AbstractContextManager[JobLedger]":
    from api.jobs.ledger import open_ledger
    from api.wiring import wall_clock

    return open_ledger(store, wall_clock, kept_s=call.settings.jobs_kept_h * 3600)


def _print_jobs(out: "Console", call: Call, jobs: "tuple[Job, ...]") -> None:
    if not jobs:
        out.print(call.say("jobs.none"))
    for job in jobs:
        out.print(f"{job.id}  {job.kind.value:<10} {call.say(f'jobs.{job.state.value}'):<10} {_progress(job)}".rstrip())


def _print_job(out: "Console", call: Call, job: "Job") -> None:
    _print_jobs(out, call, (job,))
    for line in _lines(job):
        out.print(f"  {line}")


def _lines(job: "Job") -> "Iterator[str]":
    if job.files:
        yield ", ".join(job.files)
    if job.problem:
        yield f"{job.problem['detail']}. {job.problem.get('remedy', '')}".strip()
    if job.report and "counts" in job.report:
        yield "  ".join(f"{result} {count}" for result, count in job.report["counts"].items())


def _progress(job: "Job") -> str:
    figures = f"{job.done} of {job.total}" if job.total else str(job.done or "")
    return f"{job.stage} {figures}".strip()
