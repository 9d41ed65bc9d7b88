"""Long work through both clients: begun, watched by server-sent events or by asking, cancelled."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from kith_client import Conflict, JobEnded, NotDoneInTime, NotFound, RetryRules
from kith_client.models import JobState

from tests.api.regions import Region
from tests.clients.both import KINDS, ask
from tests.clients.conftest import OPERATOR_KEY
from tests.clients.scripted_server import ScriptedServer, Written

pytestmark = pytest.mark.parametrize("kind", KINDS)


def asked(kind: str, url: str, action: Any, **options: Any) -> Any:
    return ask(kind, url, action, **{"key": OPERATOR_KEY, **options})


def finished(kind: str, url: str, job_id: str, **more: Any) -> Any:
    """The job at its end; a handle is good for one client alone."""

    def wait(kith: Any) -> Any:
        return kith.jobs.get(job_id).wait(**more)

    async def wait_async(kith: Any) -> Any:
        return await (await kith.jobs.get(job_id)).wait(**more)

    return asked(kind, url, wait if kind == "sync" else wait_async)


def result_of(kind: str, url: str, job_id: str, form: str | None) -> Any:
    def fetch(kith: Any) -> Any:
        job = kith.jobs.get(job_id)
        return job.result(form) if form else job.screening()

    async def fetch_async(kith: Any) -> Any:
        job = await kith.jobs.get(job_id)
        return await (job.result(form) if form else job.screening())

    return asked(kind, url, fetch if kind == "sync" else fetch_async)


def test_a_list_is_checked_at_once_from_a_file_names_or_rows(kind: str, url: str, served_region: Region) -> None:
    file: Path = served_region.sample.suppliers
    whole = asked(kind, url, lambda kith: kith.screenings.check(file))
    assert sum(whole.counts.values()) == len(whole.rows) > 0
    assert asked(kind, url, lambda kith: kith.screenings.check(file.read_bytes())) == whole
    ours = served_region.sample.our_firm
    by_name = asked(kind, url, lambda kith: kith.screenings.check([ours]))
    by_row = asked(kind, url, lambda kith: kith.screenings.check([{"name": ours, "id": "S-1"}]))
    assert by_name.rows[0].party == by_row.rows[0].party
    assert by_row.rows[0].id == "S-1"
    report = asked(kind, url, lambda kith: kith.screenings.report(file, "html"))
    assert report.startswith(b"<!")


def test_a_long_list_is_a_job_whose_result_is_fetched(kind: str, url: str, served_region: Region) -> None:
    job = asked(kind, url, lambda kith: kith.screenings.start(served_region.sample.suppliers))
    stages: list[str] = []
    done = finished(kind, url, job.id, on_change=lambda state: stages.append(state.state))
    assert done.state is JobState.SUCCEEDED
    assert not stages or stages[-1] == "succeeded"
    whole = result_of(kind, url, job.id, None)
    assert whole.counts == asked(kind, url, lambda kith: kith.screenings.check(served_region.sample.suppliers)).counts
    assert result_of(kind, url, job.id, "csv").count(b"\n") >= len(whole.rows)
    assert job.id in {line.id for line in asked(kind, url, lambda kith: kith.jobs.list(kind="screening"))}


def test_a_job_that_fails_says_why(kind: str, url: str) -> None:
    broken = b"\x00\x01 no table"
    job = asked(kind, url, lambda kith: kith.jobs.ingest([_named(broken, "odd.csv")]))
    with pytest.raises(JobEnded) as raised:
        finished(kind, url, job.id)
    assert raised.value.state == "failed"
    assert raised.value.problem["title"]


def _named(content: bytes, name: str) -> Any:
    import io

    file = io.BytesIO(content)
    file.name = name
    return file


JOB = {"id": "J-1", "kind": "resolve", "requested_at": "2026-12-01T09:00:00Z"}


def state(word: str, **more: Any) -> bytes:
    return json.dumps({**JOB, "state": word, **more}).encode()


def events(*states: bytes, first_id: int = 1) -> bytes:
    lines = [b"retry: 1000\n\n", b": still here\n\n"]
    for number, text in enumerate(states, first_id):
        lines.append(b"id: %d\nevent: job\ndata: %s\n\n" % (number, text))
    return b"".join(lines)


def waited(kind: str, url: str, **more: Any) -> Any:
    def wait(kith: Any) -> Any:
        return list(kith.jobs.get("J-1").watch(poll_s=0.01, **more))

    async def wait_async(kith: Any) -> Any:
        return [job async for job in (await kith.jobs.get("J-1")).watch(poll_s=0.01, **more)]

    return ask(kind, url, wait if kind == "sync" else wait_async, retries=RetryRules(first_s=0.0))


def test_a_stream_that_breaks_off_is_taken_up_behind_what_was_seen(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(
        Written(body=state("waiting")),
        Written(body=events(state("running", done=1, total=2)), breaks_off=True),
        Written(body=state("running", done=1, total=2)),
        Written(body=events(state("succeeded"), first_id=2)),
    )
    assert [job.state for job in waited(kind, scripted.url)] == ["running", "succeeded"]
    assert scripted.received[-1].headers["last-event-id"] == "1"


def test_where_events_do_not_come_through_the_job_is_asked(kind: str, scripted: ScriptedServer) -> None:
    refused = Written(502, b"<html>")
    scripted.will_answer(Written(body=state("waiting")))
    scripted.will_answer(refused, Written(body=state("running")), refused, Written(body=state("cancelled")))
    assert [job.state for job in waited(kind, scripted.url)] == ["running", "cancelled"]


def test_a_job_that_was_forgotten_is_told(kind: str, scripted: ScriptedServer) -> None:
    missing = Written(404, b'{"type":"urn:kith:problem:job-unknown","title":"No such job"}')
    scripted.will_answer(Written(body=state("waiting")), missing, missing)
    with pytest.raises(NotFound):
        waited(kind, scripted.url)


def test_a_job_that_takes_longer_than_one_waits_is_told(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(*[Written(body=state("running"))] * 50)
    started = time.monotonic()
    with pytest.raises(NotDoneInTime):
        finished(kind, scripted.url, "J-1", timeout_s=0.3)
    assert time.monotonic() - started < 3


def test_the_result_of_a_job_at_work_is_not_there_yet(kind: str, url: str) -> None:
    job = asked(kind, url, lambda kith: kith.screenings.start([f"Name {number}" for number in range(1500)]))
    with pytest.raises(Conflict):
        result_of(kind, url, job.id, None)

    def cancel(kith: Any) -> Any:
        return kith.jobs.get(job.id).cancel()

    async def cancel_async(kith: Any) -> Any:
        return await (await kith.jobs.get(job.id)).cancel()

    asked(kind, url, cancel if kind == "sync" else cancel_async)
    with pytest.raises(JobEnded, match="cancelled"):
        finished(kind, url, job.id)
