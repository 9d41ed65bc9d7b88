"""Addresses of stores."""

import os
import socket
from pathlib import Path

import pytest

from ontology.errors import AddressInvalid
from store.open import neo4j_server, open_store


def test_a_file_beside_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///鹏程 kith.db")
    assert store.engine == "sqlite"
    store.close()
    assert (tmp_path / "鹏程 kith.db").exists()


NO_ADDRESSES = (
    *("", "  ", "kith.db", "sqlite:", "sqlite://", "sqlite:///", "sqlite:kith.db", "sqlite:///:memory:", "sqlite:///a%00b"),
    *("postgres://h/db", "http://127.0.0.1:7687", "neo4j//x", "NEO4J:h", "file:///kith.db", "/tmp", "-"),
    *("neo4j://", "neo4j:///db", "neo4j://ann:pw@", "bolt://host:port:x", "bolt://h:7687:7688", "neo4j://h:99999", "neo4j://h:0"),
    *(
        "neo4j://h:-1",
        "neo4j://[::1",
        "neo4j://::1:7687",
        "neo4j://[fe80::zz]",
        "neo4j://a b/db",
        "neo4j://h/d b",
        "neo4j://h?x=1",
    ),
    *("neo4j://h/a/b", "neo4j://h/_x", "neo4j://h#x", "neo4j://h\n/db", "bolt://h\u202e/db", "neo4j://ho$t"),
)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_is_none_says_how_to_write_one(address: str) -> None:
    with pytest.raises(AddressInvalid) as told:
        open_store(address)
    assert "sqlite:///" in str(told.value.remedy)


@pytest.mark.parametrize(
    "password", ["s3cret", "s3/cret", "1/s3cret", "12#s3cret", "1?s3cret", "s3 cret", "s3@cret@x", "s3:cret"]
)
@pytest.mark.parametrize("before", ["neo4j://ann:", "neo4j:/ann:", "ann:", "http://ann:", "neo4j+x://ann:", "sqlite://ann:"])
def test_what_is_said_of_a_wrong_address_holds_no_password(before: str, password: str) -> None:
    with pytest.raises(AddressInvalid) as told:
        open_store(f"{before}{password}@db.example:bolt")
    assert "s3" not in f"{told.value} {told.value.remedy} {told.value.facts}"
    assert told.value.__cause__ is None


def test_a_folder_a_pipe_and_a_socket_are_no_stores(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        for path in (tmp_path, tmp_path / "pipe", tmp_path / "socket", Path("/dev/null")):
            with pytest.raises(AddressInvalid, match="it is"):
                open_store(f"sqlite:///{path}")


def test_a_server_is_spoken_to_without_a_routing_table() -> None:
    server = neo4j_server("neo4j://ann:p%40ss%2F%3A@db.example:7777/trade")
    assert (server.uri, server.user, server.password, server.database) == ("bolt://db.example:7777", "ann", "p@ss/:", "trade")
    assert neo4j_server("neo4j+s://db.example").uri == "bolt+s://db.example:7687"


def test_a_server_by_its_number() -> None:
    assert neo4j_server("neo4j://[::1]:7000/trade").uri == "bolt://[::1]:7000"
    assert neo4j_server("bolt://[2001:DB8:0::7]").uri == "bolt://[2001:db8::7]:7687"


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in repr(neo4j_server("neo4j://ann:s3cret@db.example"))
