"""A caller of the real app, without a port between."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from starlette.types import ASGIApp


class Caller:
    """Asks the app as an HTTP client would."""

    def __init__(self, app: ASGIApp, base_url: str = "http://localhost") -> None:
        self._app, self._base_url = app, base_url

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("POST", path, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        # A thread of its own: a browser driven elsewhere in the run keeps an event loop in this one.
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(asyncio.run, self._ask(method, path, more)).result()

    async def _ask(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self._base_url) as client:
            return await client.request(method, path, **more)
