"""The two parameters of every list: `limit` and `cursor`."""

from typing import Annotated, Any

from fastapi import Depends, Query

from api.context.pages import CURSOR_LENGTH_MAX, PageRequest

LIMIT, LIMIT_MAX = 100, 1000
CURSOR = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=CURSOR_LENGTH_MAX,
        description="What the page before named as `next`, with the same other parameters; left out: the first page.",
        examples=["WyI1ZjNhIiwiSy0xMDAwIl0"],
    ),
]


def asks_page(*, default: int = LIMIT, most: int = LIMIT_MAX) -> Any:  # As FastAPI's own Depends.
    """For a parameter `page: Annotated[PageRequest, asks_page()]`. default, most: lines of a page."""

    def page_request(
        limit: Annotated[
            int, Query(ge=1, le=most, description=f"Most lines of a page, up to {most}.", examples=[default])
        ] = default,
        cursor: CURSOR = None,
    ) -> PageRequest:
        return PageRequest(limit, cursor)

    return Depends(page_request)


InPage = Annotated[PageRequest, asks_page()]
