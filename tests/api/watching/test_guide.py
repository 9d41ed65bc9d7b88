"""The receiver that the guide prints takes what kith sends."""

import re
import threading
from http.server import HTTPServer
from typing import Any

import pytest

from api.watching.sending import send
from api.watching.signing import Secret, signed_headers
from api.wiring import wall_clock
from tests.conftest import PROJECT

GUIDE = (PROJECT / "docs" / "guides" / "watching.md").read_text("utf-8")


def test_the_printed_receiver_takes_a_signed_event_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (printed,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert len([line for line in printed.splitlines() if line]) <= 15
    secret, servers = Secret.of("aa", b"k" * 32), list[HTTPServer]()

    def note(server: HTTPServer) -> None:
        servers.append(server)

    monkeypatch.setattr(HTTPServer, "serve_forever", note)
    names: dict[str, Any] = {}
    exec(printed.replace("whsec_…", secret.text).replace("9000", "0"), names)  # noqa: S102
    monkeypatch.undo()
    (server,) = servers
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        body = b'{"type": "name.changed", "data": {"sentence": "A is called B now."}}'
        for _ in range(2):
            headers = signed_headers([secret], "ev_1", body, now=wall_clock())
            assert send(url, body, headers, allow_private=True).status == 204
        wrong = signed_headers([Secret.of("bb", b"k" * 32)], "ev_2", body, now=wall_clock())
        assert send(url, body, wrong, allow_private=True).problem
    finally:
        server.shutdown()
        server.server_close()
    assert capsys.readouterr().out == "A is called B now.\n"


def test_the_guide_names_every_kind_of_event() -> None:
    from api.schemas.watching import WatchEventKind

    assert [kind for kind in WatchEventKind if f"`{kind}`" not in GUIDE] == []


def test_the_guide_tells_the_pauses_as_they_are() -> None:
    from api.watching.sending import retry_rules

    hours = [f"{pause / 3600:g} h" for pause in retry_rules().after_s if pause >= 3600]
    assert all(hour in GUIDE for hour in hours)
