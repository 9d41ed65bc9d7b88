"""A receiver on loopback that answers as it is told to, and checks each signature with a library of others."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook as Verifier


@dataclass
class Receiver:
    """What it answers, the next first, then 200; and what it was sent. secret: that of the signatures it takes."""

    address: str = ""
    secret: str = ""
    answers: list[Any] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


def check_signature(secret: str, body: str, headers: dict[str, str]) -> None:
    """As a receiver does; of a test's clock that is days ahead, which it would refuse, the signature alone."""
    sent_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    if abs(sent_at.timestamp() - time.time()) < 200:
        Verifier(secret).verify(body, headers)
    else:
        assert Verifier(secret).sign(headers["webhook-id"], sent_at, body) in headers["webhook-signature"].split()


@contextmanager
def receiving() -> Iterator[Receiver]:
    """The receiver, until the block ends."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): text for name, text in self.headers.items()}
            if receiver.secret:
                check_signature(receiver.secret, body.decode(), headers)
            receiver.headers.append(headers)
            receiver.messages.append(json.loads(body))
            receiver.ids.append(headers["webhook-id"])
            answer = receiver.answers.pop(0) if receiver.answers else 200
            self.answer(answer)

        def answer(self, answer: Any) -> None:
            status, headers, body = (answer, {}, b"") if isinstance(answer, int) else (answer[0], answer[1], b"")
            match status:
                case "hang":
                    time.sleep(3)
                    return
                case "drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    for _ in range(30):
                        time.sleep(0.1)
                        self.wfile.write(b"x: y\r\n")
                    return
                case "close":
                    self.connection.close()
                    return
                case "huge":
                    status, body = 200, b"x" * 5_000_000
            receiver.statuses.append(status)
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:  # It was not read to the end, as it should be.
                receiver.statuses.append(0)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.address = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
