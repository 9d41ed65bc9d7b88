"""The server under the app: connections that say nothing, too little or never read their answer end; the log holds no data."""

import asyncio
import logging
import signal
import socket
import time
from math import ceil, inf
from threading import Event
from types import FrameType
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.middleware import place_of

KEEP_ALIVE_S = 10
HEAD_S = 15.0  # Longer than a connection is kept idle, so that one that begins again late still has some seconds.
CLOSING_S = 5.0  # For the last bytes of an answer that ends its connection.
GRACE_S = 10.0  # Beyond the request's time, for the answer that says it took too long.
TICK_S = 1.0
HEAD_BYTES_MAX = 32_768  # Of a request line with its headers; a search in Chinese letters is long once it is encoded.
CONNECTIONS_MAX = 400  # Far below the 1,024 files that most systems let a process open.
SHUTDOWN_S = 10.0
SETTLE_S = 0.3  # Between a connection and the first bytes on it; far more than loopback or a proxy beside needs.


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 whose every step has an end: a head that drips in, a body that never comes, an answer that is not read."""

    request_s = 60.0
    _step: tuple[str, object] = ("head", None)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Watch from the first moment on."""
        super().connection_made(transport)
        self._since = time.monotonic()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no more."""
        self._tick.cancel()
        super().connection_lost(exc)

    def _watch(self) -> None:
        step, now = (self._step_name(), self.cycle), time.monotonic()
        if step != self._step:
            self._step, self._since = step, now
        own_s = self.request_s + GRACE_S
        limit_s = {"head": HEAD_S, "closing": CLOSING_S, "work": inf}.get(step[0], own_s)  # The guards bound the work.
        if now - self._since > limit_s:
            self.transport.abort()
        else:
            self._tick = self.loop.call_later(TICK_S, self._watch)

    def _step_name(self) -> str:
        if self.transport.is_closing():
            return "closing"
        if self.conn.their_state is h11.SEND_BODY:
            return "body"
        if self.cycle is None or self.cycle.response_complete:
            return "head"
        return "answer" if self.cycle.response_started else "work"


class WithoutData(logging.Filter):
    """Of an error only its kind and place are logged: its message may carry a name from the data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the record."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None:
            record.msg, record.args = f"{type(error).__name__} at {place_of(error)}", ()
            record.exc_info = record.exc_text = None
        return True


class GracefulServer(uvicorn.Server):
    """A server that ends in good order: `/readyz` says so first, then no connection is taken, then requests at work end.

    stopping: set as soon as the server is told to stop. drain_s: seconds from then on in which it goes on as before.
    """

    def __init__(self, config: uvicorn.Config, stopping: Event, drain_s: float = 0.0) -> None:
        super().__init__(config)
        self._stopping, self._drain_s = stopping, drain_s
        self._stop_at = inf

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM drains; a second one, and Ctrl-C, ends at once what is not at work."""
        first = not self._stopping.is_set()
        self._stopping.set()
        if sig == signal.SIGTERM:  # Not raised again at the end: what the caller closes afterwards is closed.
            self._stop_at = time.monotonic() + (self._drain_s if first else 0.0)
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Whether the main loop ends now; asked ten times a second."""
        self.should_exit = self.should_exit or time.monotonic() >= self._stop_at
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no connection any more; those just taken have a moment to say what they want, before idle ones are closed."""
        for listener in self.servers:
            listener.close()
        await asyncio.sleep(SETTLE_S)
        await super().shutdown(sockets)


def server_of(
    app: ASGIApp, *, request_s: float, stopping: Event | None = None, drain_s: float = 0.0, shutdown_s: float = SHUTDOWN_S
) -> GracefulServer:
    """A server of the app, not yet running. request_s: seconds that a request may take. The rest: see `GracefulServer`."""
    protocol: type[Any] = type("Bounded", (BoundedProtocol,), {"request_s": request_s})
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,  # A query holds the name somebody searched for.
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=ceil(shutdown_s),
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
        limit_concurrency=CONNECTIONS_MAX,
    )
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(WithoutData())
    return GracefulServer(config, stopping or Event(), drain_s)
