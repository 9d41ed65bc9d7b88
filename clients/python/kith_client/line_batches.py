"""Records as lines of JSON, in batches that one call takes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kith_client.calls import json_of

LINES_MAX, BYTES_MAX = 1000, 8_000_000
"""Of one call of the API; the second is well below the body that a server takes by default."""


class LineBatch(NamedTuple):
    """Lines of one call. number: of the batch, from 1; before: lines in the batches before."""

    number: int
    before: int
    body: bytes


def line_batches(records: Iterable[Mapping[str, Any]], *, lines_max: int, bytes_max: int = BYTES_MAX) -> Iterator[LineBatch]:
    """The records in batches; only one batch is in memory.

    >>> [batch.body for batch in line_batches([{"id": "a"}, {"id": "b"}, {"id": "c"}], lines_max=2)]
    [b'{"id":"a"}\\n{"id":"b"}\\n', b'{"id":"c"}\\n']
    """
    number, before, lines, size = 1, 0, list[bytes](), 0
    for record in records:
        line = json_of(record) + b"\n"
        if lines and (len(lines) == lines_max or size + len(line) > bytes_max):
            yield LineBatch(number, before, b"".join(lines))
            number, before, lines, size = number + 1, before + len(lines), [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield LineBatch(number, before, b"".join(lines))
