"""One question through both clients."""

import asyncio
import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import GeneratorType
from typing import Any

from kith_client import AsyncKith, Kith
from kith_client.synchronous.pages import Pages

KINDS = ("sync", "async")


def ask(kind: str, url: str, action: Callable[[Any], Any], **options: Any) -> Any:
    """What a call answers; of a list or a stream everything in it."""
    if kind == "sync":
        with Kith(url, **options) as kith:
            answer = action(kith)
            return list(answer) if _is_stream(answer) else answer
    # A thread of its own: a browser driven elsewhere in the run keeps an event loop in this one.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, _ask(url, action, options)).result()


async def _ask(url: str, action: Callable[[Any], Any], options: dict[str, Any]) -> Any:
    async with AsyncKith(url, **options) as kith:
        answer = action(kith)
        if inspect.isawaitable(answer):
            answer = await answer
        return [item async for item in answer] if hasattr(answer, "__aiter__") else answer


def _is_stream(answer: object) -> bool:
    return isinstance(answer, Pages | GeneratorType) or type(answer).__name__ == "EventFeed"
