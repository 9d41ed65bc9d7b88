"""SIGTERM while a request is at work: it is answered where it comes whole in time, and holds nobody up where it does not."""

import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.api.regions import Region
from tests.api.serving.servers import Served, answers, copy_of, served, until

BODY = b'{"names": ["Harbour Lane Ltd"]}'
HEAD = (
    b"POST /v1/screenings HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    b"content-length: " + str(len(BODY)).encode() + b"\r\n\r\n"
)


def begun(server: Served) -> socket.socket:
    """A connection on which half of a request was sent."""
    address = urlsplit(server.url)
    connection = socket.create_connection((address.hostname or "", address.port or 0))
    connection.sendall(HEAD + BODY[:5])
    connection.settimeout(60)
    return connection


def test_a_request_that_is_at_work_is_answered_before_the_end(made: Region, tmp_path: Path) -> None:
    with served(copy_of(made, tmp_path), made.settings.id_key_file, tmp_path) as server, begun(server) as connection:
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        until(lambda: not answers(server.url), within_s=10)
        connection.sendall(BODY[5:])
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        assert server.process.wait(60) == 0


def test_a_request_that_never_comes_whole_holds_nobody_up(made: Region, tmp_path: Path) -> None:
    address = copy_of(made, tmp_path)
    with served(address, made.settings.id_key_file, tmp_path, KITH_SHUTDOWN_S="1") as server, begun(server):
        time.sleep(0.5)
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < 20
