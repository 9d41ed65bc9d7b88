"""Stores to test with: a fresh SQLite file, and a real Neo4j that is wiped before each test."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from ontology.errors import StoreUnreachable
from resolution.sources.shared_statements import stored_rows
from store import local_neo4j
from store.open import neo4j_server, open_store
from store.port import Row, Store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store of its own."""
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server of KITH_NEO4J_URI, else one of this run's own; absent it skips on a laptop and fails in CI."""
    given = os.environ.get("KITH_NEO4J_URI")
    if given:
        yield given
        return
    home = tmp_path_factory.mktemp("neo4j")
    try:
        server = local_neo4j.start(home, heap_mb=1024)
    except StoreUnreachable as cause:
        told = f"no Neo4j to test with: {cause}. {cause.remedy}"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    try:
        yield server.address
    finally:
        local_neo4j.stop(home)


@pytest.fixture
def neo4j_store(neo4j_address: str) -> Iterator[Store]:
    """The Neo4j store, emptied."""
    store = open_store(neo4j_address)
    wipe(neo4j_address)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """Each engine in turn."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


def wipe(address: str) -> None:
    """Empty a Neo4j, but for its schema's version."""
    server = neo4j_server(address)
    every = "MATCH (n) WHERE NOT n:Schema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
    with (
        GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver,
        driver.session(database=server.database) as session,
    ):
        session.run(every).consume()


def stored_listings(store: Store) -> list[Row]:
    """Every listing of the store as it is kept, by id."""
    file_ids = [file["id"] for file in store.read("sources/files")]
    stated = (row for id_ in file_ids for row in store.read("sources/ids_of_file", file_id=id_))
    ids = sorted({row["id"] for row in stated if row["kind"] == "listings"})
    return list(stored_rows(store, "listings", ids).values())


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file that may be open here by SQLite itself: opening it otherwise would end the locks on it."""
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
    target.chmod(0o600)
