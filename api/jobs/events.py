"""What happens to a job, as server-sent events: each is its state, and its id the version of that state."""

import asyncio
from collections.abc import AsyncIterator

from fastapi.concurrency import run_in_threadpool

from api.jobs.desk import JobDesk
from api.jobs.ledger import is_open
from api.schemas.jobs import OPEN_STATES
from ontology.errors import JobUnknown

POLL_S = 0.5
HEARTBEAT_S = 10.0
STREAM_SHARE = 0.8  # Of the time a request may take; then the stream ends, and the client comes back by itself.
RETRY_MS = 1000


async def job_events(
    desk: JobDesk, id_: str, *, owner: str, lang: str, version_seen: int, request_s: float
) -> AsyncIterator[str]:
    """Every state later than version `version_seen`, until the job has ended or the request has taken its time."""
    loop = asyncio.get_running_loop()
    ends, beat = loop.time() + request_s * STREAM_SHARE, loop.time()
    yield f"retry: {RETRY_MS}\n\n"
    while loop.time() < ends:
        try:
            version = await run_in_threadpool(desk.version, id_, owner=owner)
            job = await run_in_threadpool(desk.job, id_, owner=owner, lang=lang) if version > version_seen else None
        except JobUnknown:  # It was forgotten meanwhile.
            return
        if job is not None:
            version_seen, beat = version, loop.time()
            yield f"id: {version}\nevent: job\ndata: {job.model_dump_json(exclude_none=True)}\n\n"
            if job.state not in OPEN_STATES:
                return
        elif loop.time() - beat > HEARTBEAT_S:
            beat = loop.time()
            yield ": still here\n\n"
        await asyncio.sleep(POLL_S)


def has_ended_before(desk: JobDesk, id_: str, *, owner: str, version_seen: int) -> bool:
    """Whether a client that saw this version has version_seen the end: it need not come back."""
    row = desk.supervisor.ledger.by_id(id_, owner=owner)
    return not is_open(row) and int(row["version"]) <= version_seen
