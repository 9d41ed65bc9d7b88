"""`kith serve` as a process, and the pages."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.cli import build
from api.cli.servers import is_loopback, refuse_open_house
from api.http.static import serve_pages
from ontology.errors import WrongCall
from tests.api.callers import Caller
from tests.api.regions import Region

RUN = CliRunner()


@contextmanager
def serving(region: Region, **environment: str) -> Iterator[str]:
    """The served address; the server is stopped afterwards."""
    with serving_store(**{"KITH_STORE": region.settings.store.get_secret_value(), **environment}) as url:
        yield url


@contextmanager
def serving_store(**environment: str) -> Iterator[str]:
    """The served address of the store that the environment names."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment}) as process:
        try:
            assert process.stdout is not None
            lines: list[bytes] = []
            while not lines or lines[-1] != b"}\n":
                lines.append(process.stdout.readline())
                assert lines[-1], process.stderr.read() if process.stderr else ""
            yield answering(json.loads(b"".join(lines))["url"])
        finally:
            process.terminate()


def answering(url: str) -> str:
    for _ in range(100):
        try:
            httpx.get(f"{url}healthz")
            return url
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_the_served_app_answers_on_loopback_and_logs_no_name(made: Region) -> None:
    with serving(made) as url:
        assert httpx.get(f"{url}readyz").json() == {"status": "ok"}
        assert httpx.get(f"{url}v1/search", params={"q": made.sample.our_firm}, timeout=60).json()["total"] >= 1
        assert httpx.get(f"{url}v1/about", headers={"host": "evil.example"}).status_code == 421


def test_with_a_key_callers_must_show_it(made: Region) -> None:
    with serving(made, KITH_API_KEY="a-key-of-many-letters") as url:
        assert httpx.get(f"{url}v1/about").status_code == 401
        assert httpx.get(f"{url}healthz").status_code == 200
        assert httpx.get(f"{url}v1/about", headers={"authorization": "Bearer a-key-of-many-letters"}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "kith.example"])  # noqa: S104
def test_an_open_house_without_a_key_is_refused(host: str) -> None:
    with pytest.raises(WrongCall, match="other machines"):
        refuse_open_house(host, has_key=False)
    refuse_open_house(host, has_key=True)
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_this_machine_needs_no_key(host: str) -> None:
    refuse_open_house(host, has_key=False)


def test_serving_to_others_without_a_key_is_a_wrong_call(made: Region) -> None:
    done = RUN.invoke(build(), ["serve", "--host", "0.0.0.0", "--store", made.settings.store.get_secret_value()])  # noqa: S104
    assert done.exit_code == 2
    assert "KITH_API_KEY" in done.stderr


def test_a_port_that_is_taken_is_a_wrong_call(made: Region) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = RUN.invoke(build(), ["serve", "--port", port, "--store", made.settings.store.get_secret_value()])
    assert done.exit_code == 2
    assert "--port" in done.stderr


def pages(dist: Path) -> Caller:
    app = FastAPI(docs_url=None, redoc_url=None)
    serve_pages(app, dist)
    return Caller(app)


def test_built_pages_are_served_with_their_assets_kept_and_their_document_for_every_path(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>kith</title>")
    (tmp_path / "assets" / "main-1a2b.js").write_text("export {}")
    caller = pages(tmp_path)
    assert "immutable" in caller.get("/assets/main-1a2b.js").headers["cache-control"]
    for path in ("/", "/party/K-1", "/network?focus=K-1"):
        assert caller.get(path).text.startswith("<!doctype html>")
        assert caller.get(path).headers["cache-control"] == "no-cache"
    for path in ("/find", "/party/K-1/ties", "/review", "/suppliers?q=x", "/network/"):
        assert caller.get(path).status_code == 200
    assert caller.get("/v1/nothing").status_code == 404
    assert caller.get("/assets/absent.js").status_code == 404


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/match/K-1", "/metrics", "/entities", "/parties", "/index.php", "/findx", "/party"]
)
def test_a_path_that_is_no_page_is_not_there_whether_pages_are_built_or_not(tmp_path: Path, path: str) -> None:
    assert pages(tmp_path).get(path).status_code == 404
    (tmp_path / "index.html").write_text("<!doctype html><title>kith</title>")
    told = pages(tmp_path).get(path)
    assert (told.status_code, "<!doctype" in told.text) == (404, False)


def test_no_file_outside_the_pages_can_be_had(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("page")
    (tmp_path / "secret.txt").write_text("secret")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//secret.txt"):
        assert "secret" not in pages(tmp_path / "dist").get(path).text


def test_pages_that_are_not_built_say_how_to_build_them(tmp_path: Path) -> None:
    assert "make" in pages(tmp_path).get("/").text
    assert pages(tmp_path).get("/party/K-1").status_code == 404
