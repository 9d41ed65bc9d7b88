"""Single records: put, taken out, and resolved at once."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Body, Path, Request
from fastapi.concurrency import run_in_threadpool

from api.http.dependencies import AppState
from api.runs.single_records import Lines, Put, delete_record, put_document, put_lines, settle
from api.runs.source_control import LoadedSources, refuse_controlled
from resolution.live import Live

router = APIRouter(tags=["records"], prefix="/records")
RecordId = Annotated[str, Path(description="Id of the record.", examples=["business_registry:91310000MA1K000011"])]
RECORD = {
    "dataset": "onboarding",
    "source_class": "1",
    "kind": "firm",
    "names": [{"text": "Harbour Light Trading Co., Ltd.", "role": "primary"}],
    "identifiers": [{"scheme": "lei", "value": "5493001KJTIIGC8Y1R12", "valid": True}],
}
LINES_MAX = 1000  # Of one call: three to five seconds.
NDJSON = {
    "requestBody": {
        "required": True,
        "content": {"application/x-ndjson": {"schema": {"type": "string", "description": "One record a line, as JSON."}}},
    }
}


@router.put("/{record_id:path}", summary="What do the parties become, now that this record says so?")
def put_record(
    record_id: RecordId,
    document: Annotated[dict[str, object], Body(description="A record; id and row_id may be left out.", examples=[RECORD])],
    request: Request,
    later: BackgroundTasks,
) -> Put:
    """The record is added, or says this from now on; the parties follow at once, signals and scores with the next propagate."""
    state, live = _state_and_live(request)
    put = put_document(live, document, settings=state.settings, record_id=record_id)
    if put.changed.waiting:
        later.add_task(settle, live, settings=state.settings)
    return put


@router.delete("/{record_id:path}", summary="What do the parties become without this record?")
def remove_record(record_id: RecordId, request: Request, later: BackgroundTasks) -> Put:
    """The record is taken out; putting it again brings everything back. What others state about it stays and waits for it."""
    state, live = _state_and_live(request)
    if not state.settings.put_over_sources:
        refuse_controlled(LoadedSources(live.store).stated_by_files([record_id]))
    put = delete_record(live, record_id, settings=state.settings)
    if put.changed.waiting:
        later.add_task(settle, live, settings=state.settings)
    return put


@router.post("", summary="What do the parties become with these records?", openapi_extra=NDJSON)
async def put_records(request: Request, later: BackgroundTasks) -> Lines:
    """Up to 1,000 records, one a line. Each is taken or refused by itself; the answer tells of every line."""
    state, live = _state_and_live(request)
    lines = await run_in_threadpool(put_lines, live, await request.body(), settings=state.settings, lines_max=LINES_MAX)
    if any(line.changed and line.changed.waiting for line in lines.lines):
        later.add_task(settle, live, settings=state.settings)
    return lines


def _state_and_live(request: Request) -> tuple[AppState, Live]:
    return request.app.state.kith, request.app.state.live
