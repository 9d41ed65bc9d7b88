"""An HTTP server on loopback that gives written answers in their order, and keeps what it was asked."""

import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Written:
    """An answer. breaks_off: whether the connection ends before the whole body was sent."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    breaks_off: bool = False


@dataclass(frozen=True)
class Received:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class ScriptedServer:
    """Use it in a block."""

    def __init__(self) -> None:
        self.answers: deque[Written] = deque()
        self.received: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def will_answer(self, *answers: Written) -> None:
        """Add answers behind those there are."""
        self.answers.extend(answers)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.received.append(Received(self.command, self.path, headers, body))
                written = outer.answers.popleft()
                self.send_response(written.status)
                for name, value in written.headers.items():
                    self.send_header(name, value)
                length = len(written.body) + (1000 if written.breaks_off else 0)
                self.send_header("content-length", str(length))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(written.body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - names of http.server

            def log_message(self, *_: Any) -> None:
                """Silent."""

        return Handler
