# Written by `python -m clients.generate` from asynchronous/records.py: do not edit.
"""Single records: put, taken out, streamed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kith_client.calls import NDJSON, Call, json_call, path_of
from kith_client.line_batches import LINES_MAX, line_batches
from kith_client.models import Line, Lines, Put
from kith_client.synchronous.transport import Transport


class RecordCalls:
    """`kith.records`: parties follow at once, signals and scores with the next propagate."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def put(self, record_id: str, record: Mapping[str, Any]) -> Put:
        """Add a record, or let it say this from now on. Raises KithError: Conflict where a loaded file states it."""
        return self._transport.ask(json_call("PUT", _path(record_id), dict(record)), Put)

    def remove(self, record_id: str) -> Put:
        """Take a record out; putting it again brings everything back. Raises KithError."""
        return self._transport.ask(Call("DELETE", _path(record_id)), Put)

    def put_lines(self, records: Iterable[Mapping[str, Any]], *, key: str | None = None) -> Lines:
        """Up to 1,000 records in one call. key: Idempotency-Key of your own; sent twice, the records are put once.
        Raises KithError."""
        body = b"".join(batch.body for batch in line_batches(records, lines_max=LINES_MAX))
        return self._transport.ask(_lines_call(body, key), Lines)

    def stream(
        self, records: Iterable[Mapping[str, Any]], *, key: str | None = None, lines_max: int = LINES_MAX
    ) -> Iterator[Line]:
        """Any number of records, in calls of `lines_max`; neither the records nor the answers are held.

        key: of the whole stream; each call gets `key-1`, `key-2`, … Sent again from the start, what was put is not put twice.
        Yields what became of each record, with its number in the stream. Raises KithError.
        """
        for batch in line_batches(records, lines_max=lines_max):
            answer = self._transport.ask(_lines_call(batch.body, f"{key}-{batch.number}" if key else None), Lines)
            for line in answer.lines:
                yield line.model_copy(update={"line": batch.before + line.line})


def _path(record_id: str) -> str:
    return path_of("/v1/records/{record_id}", record_id=record_id)


def _lines_call(body: bytes, key: str | None) -> Call:
    headers = {"idempotency-key": key} if key else {}
    return Call("POST", "/v1/records", body=body, content_type=NDJSON, headers=headers)
