# Written by `python -m clients.generate` from asynchronous/jobs.py: do not edit.
"""Long work in the background."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kith_client.calls import Call, file_part, json_call, json_of, path_of, query_of
from kith_client.errors import JobEnded, KithError, NotDoneInTime
from kith_client.models import Job, Jobs, JobState, Screening
from kith_client.server_events import EventLines, ServerEvent
from kith_client.synchronous.pages import Pages
from kith_client.synchronous.transport import Transport

OPEN_STATES = (JobState.WAITING, JobState.RUNNING)
POLL_S = 2.0


class JobHandle:
    """A job of the server. `job` is how it stood when it was last looked at."""

    def __init__(self, transport: Transport, job: Job) -> None:
        self._transport, self.job = transport, job

    @property
    def id(self) -> str:
        """Id of the job: keep it to look after the job from elsewhere (`kith.jobs.get`)."""
        return self.job.id

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs, as far as is known here."""
        return self.job.state in OPEN_STATES

    def refresh(self) -> Job:
        """How it stands now. Raises KithError."""
        self.job = self._transport.ask(Call("GET", self._path()), Job)
        return self.job

    def wait(self, *, timeout_s: float | None = None, on_change: Callable[[Job], object] | None = None) -> Job:
        """Wait until it has succeeded. on_change: called whenever it is further.

        Raises JobEnded where it failed or was cancelled, NotDoneInTime where it goes on after `timeout_s` seconds.
        """
        for job in self.watch(timeout_s=timeout_s):
            if on_change:
                on_change(job)
        if self.is_open:
            raise NotDoneInTime(f"job {self.id} is {self.job.state} after {timeout_s:g} s" if timeout_s else self.id)
        if self.job.state != JobState.SUCCEEDED:
            raise JobEnded(self.id, self.job.state, self.job.problem)
        return self.job

    def watch(self, *, timeout_s: float | None = None, poll_s: float = POLL_S) -> Iterator[Job]:
        """How it stands, whenever that changes, until it ends or the time is over. Raises KithError.

        The server tells by server-sent events; where they do not come through, it is asked every `poll_s` seconds.
        """
        ends = time.monotonic() + timeout_s if timeout_s is not None else float("inf")
        last_id = ""
        while self.is_open and time.monotonic() < ends:
            with suppress(KithError):  # Polling goes on in its place, and tells what is wrong.
                for event in self._events(last_id, ends - time.monotonic()):
                    last_id, self.job = event.id, Job.model_validate_json(event.data)
                    yield self.job
            if self.is_open:
                time.sleep(max(0.0, min(poll_s, ends - time.monotonic())))
                before = self.job
                if self.refresh() != before:
                    yield self.job

    def cancel(self) -> Job:
        """End it at its next safe point. Raises KithError."""
        self.job = self._transport.ask(Call("POST", self._path("/cancel")), Job)
        return self.job

    def restart(self) -> "JobHandle":
        """A new job that does the same with the same files, of one that has ended. Raises KithError."""
        return JobHandle(self._transport, self._transport.ask(Call("POST", self._path("/restart")), Job))

    def remove(self) -> None:
        """End it where it still runs, and let the server forget it with its result. Raises KithError."""
        self.job = self._transport.ask(Call("DELETE", self._path()), Job)

    def screening(self) -> Screening:
        """What came out, of a job that checks a list. Raises KithError: Conflict before the end."""
        return self._transport.ask(Call("GET", self._path("/result")), Screening)

    def result(self, form: str | None = None) -> bytes:
        """The result as a file. form: json, csv, xlsx or html, of a checked list. Raises KithError."""
        return self._transport.content(Call("GET", self._path("/result"), query_of(format=form)))

    def _events(self, last_id: str, left_s: float) -> Iterator[ServerEvent]:
        headers = {"accept": "text/event-stream", **({"last-event-id": last_id} if last_id else {})}
        call = Call("GET", self._path("/events"), headers=headers)
        events = EventLines()
        for line in self._transport.lines(call, timeout_s=max(0.1, min(left_s, self._transport.settings.timeout_s))):
            event = events.take(line)
            if event and event.kind == "job":
                yield event

    def _path(self, tail: str = "") -> str:
        return path_of("/v1/jobs/{job_id}", job_id=self.id) + tail


class JobCalls:
    """`kith.jobs`: begin long work, and look after it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def ingest(self, files: Sequence[str | Path | BinaryIO], *, mapping: str | Path | None = None, **options: Any) -> JobHandle:
        """Load files. options: `dataset`, `file_kind`, `pack`, `encoding`, `sheet`, `part`, `drop_max`. Raises KithError."""
        return self._start_with_files("ingest", files, mapping, options)

    def run(self, files: Sequence[str | Path | BinaryIO] = (), *, mapping: str | Path | None = None, **options: Any) -> JobHandle:
        """Load files, where some are given, then resolve and propagate what is not used yet. Raises KithError."""
        return self._start_with_files("run", files, mapping, options)

    def resolve(self) -> JobHandle:
        """Find out which records are one party. Raises KithError."""
        return self.start("resolve")

    def propagate(self, *, seeds: Sequence[str] = (), as_of: date | None = None) -> JobHandle:
        """Spread risk and trust and score every party. Raises KithError."""
        return self.start("propagate", as_of=as_of, **({"seeds": list(seeds)} if seeds else {}))

    def start(self, kind: str, *, as_of: date | None = None, **fields: Any) -> JobHandle:
        """Begin a job of this kind. Raises KithError."""
        call = json_call("POST", "/v1/jobs", {"kind": kind, **fields}, query=query_of(as_of=as_of))
        return JobHandle(self._transport, self._transport.ask(call, Job))

    def get(self, job_id: str) -> JobHandle:
        """A job of one's own. Raises KithError."""
        return JobHandle(self._transport, self._transport.ask(Call("GET", path_of("/v1/jobs/{id}", id=job_id)), Job))

    def list(self, *, state: str | None = None, kind: str | None = None) -> Pages[Job]:
        """One's own jobs, the latest first."""
        call = Call("GET", "/v1/jobs", query_of(state=state, kind=kind))
        return Pages(self._transport, call, Jobs, lambda page: page.jobs)

    def _start_with_files(
        self, kind: str, files: Sequence[str | Path | BinaryIO], mapping: str | Path | None, options: dict[str, Any]
    ) -> JobHandle:
        if not files:
            return self.start(kind, **options)
        parts = [file_part("file", file) for file in files]
        parts += [file_part("mapping", mapping)] if mapping else []
        fields = {"kind": kind, **{name: _form_text(value) for name, value in options.items()}}
        call = Call("POST", "/v1/jobs", files=tuple(parts), fields=fields)
        return JobHandle(self._transport, self._transport.ask(call, Job))


def _form_text(value: object) -> str:
    return value if isinstance(value, str) else json_of(value).decode()
