"""Addresses of stores."""

from pathlib import Path

import pytest

from ontology.errors import StoreUnreachable
from store.open import neo4j_server, open_store


def test_a_file_beside_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///鹏程 kith.db")
    assert store.engine == "sqlite"
    store.close()
    assert (tmp_path / "鹏程 kith.db").exists()


@pytest.mark.parametrize("address", ["", "kith.db", "sqlite://", "sqlite:///", "postgres://h/db", "neo4j//x"])
def test_an_address_that_is_none_says_how_to_write_one(address: str) -> None:
    with pytest.raises(StoreUnreachable) as told:
        open_store(address)
    assert "sqlite:///kith.db" in str(told.value.remedy)


def test_a_server_is_spoken_to_without_a_routing_table() -> None:
    server = neo4j_server("neo4j://ann:p%40ss%2F%3A@db.example:7777/trade")
    assert (server.uri, server.user, server.password, server.database) == ("bolt://db.example:7777", "ann", "p@ss/:", "trade")
    assert neo4j_server("neo4j+s://db.example").uri == "bolt+s://db.example:7687"


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in repr(neo4j_server("neo4j://ann:s3cret@db.example"))
    with pytest.raises(StoreUnreachable) as told:
        neo4j_server("neo4j://ann:s3/cret@db.example:bolt")
    assert "s3" not in repr(told.value)
    assert told.value.__cause__ is None
