# Written by `python -m clients.generate` from asynchronous/pages.py: do not edit.
"""Lists that come in pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from kith_client.calls import Call
from kith_client.shapes import Shape
from kith_client.synchronous.transport import Transport

Item = TypeVar("Item")
Page = TypeVar("Page", bound=Shape)


class Pages(Generic[Item]):
    """The items of a list, fetched page by page as they are asked for: `for party in kith.parties.risky(): …`."""

    def __init__(self, transport: Transport, call: Call, shape: type[Page], items: Callable[[Page], Sequence[Item]]) -> None:
        self._transport, self._call = transport, call
        self._shape: type[Shape] = shape
        self._items: Callable[[Any], Sequence[Item]] = items

    def __iter__(self) -> Iterator[Item]:
        """Every item of every page. Raises KithError."""
        for page in self.pages():
            for item in self._items(page):
                yield item

    def pages(self) -> Iterator[Any]:
        """The pages as they come, with what stands beside the items: totals, the day answered for. Raises KithError."""
        cursor: str | None = None
        while True:
            query = {**self._call.query, **({"cursor": cursor} if cursor else {})}
            page = self._transport.ask(replace(self._call, query=query), self._shape)
            yield page
            cursor = getattr(page, "next", None)
            if not cursor:
                return

    def first(self) -> Item | None:
        """The first item, None where there is none. Raises KithError."""
        for item in self:
            return item
        return None

    def all(self) -> list[Item]:
        """Every item in memory; of a long list rather go over it. Raises KithError."""
        return [item for item in self]
