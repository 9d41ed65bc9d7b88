"""The part of a list's answer that leads to its next page."""

from typing import Annotated

from pydantic import Field

Next = Annotated[
    str | None,
    Field(
        description="Cursor of the next page: send it as `cursor` with the same parameters; null where this page is the last.",
        examples=["WyI1ZjNhIiwiSy0xMDAwIl0"],
    ),
]
"""A field of this type stands last but for `freshness` in every list: `next: Next = None`."""
