"""Lists line by line: the same page as JSON lines, the next one named in the header Link."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel
from starlette.datastructures import URL

NDJSON = "application/x-ndjson"
LINES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page, as JSON or, with `Accept: application/x-ndjson`, as one object a line.",
        "content": {NDJSON: {"schema": {"type": "string", "description": "One object a line, each as those of the JSON page."}}},
        "headers": {
            "Link": {
                "description": 'With NDJSON: the next page, as `<…>; rel="next"`; left out on the last.',
                "required": False,
                "schema": {"type": "string"},
            }
        },
    }
}
"""For `responses=` of a route whose list may come line by line."""
FTM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page, one FollowTheMoney entity a line.",
        "content": {NDJSON: {"schema": {"type": "string", "description": "One entity a line."}}},
        "headers": LINES[200]["headers"],
    }
}
"""For `responses=` of a route that hands out nothing but lines of entities."""


def wants_lines(request: Request) -> bool:
    """Whether the caller asks for JSON lines."""
    return NDJSON in request.headers.get("accept", "").lower()


def line_answer(request: Request, lines: Sequence[BaseModel], next_cursor: str | None) -> Response:
    """The lines as NDJSON, rendered while they are sent."""
    return StreamingResponse(_rendered(lines), media_type=NDJSON, headers=link_to_next(request.url, next_cursor))


def link_to_next(url: URL, cursor: str | None) -> dict[str, str]:
    """The header that leads to the next page; none on the last."""
    if cursor is None:
        return {}
    following = url.include_query_params(cursor=cursor)
    return {"link": f'<{following.path}?{following.query}>; rel="next"'}


def _rendered(lines: Sequence[BaseModel]) -> Iterator[str]:
    for line in lines:
        yield line.model_dump_json() + "\n"
