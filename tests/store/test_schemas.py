"""A store of any older version is brought to today's schema, on both engines."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store import sqlite
from store.neo4j import Neo4jStore
from store.open import open_store
from store.queries import QueryBroken, in_order, migrations

VERSIONS = len(migrations("sqlite"))


def schema_of(file: Path) -> list[tuple[str, str, str]]:
    """Every table and index, and the version the file says it has."""
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2").fetchall()
        return [*made, ("version", "", str(connection.execute("PRAGMA user_version").fetchone()[0]))]


def test_both_engines_count_the_same_versions() -> None:
    assert len(migrations("neo4j")) == VERSIONS


@pytest.mark.parametrize(
    "names", [["001_a.sql", "003_c.sql"], ["002_b.sql"], ["001_a.sql", "001_b.sql"], ["001_a.sql", "2_b.sql"]]
)
def test_a_version_that_is_missing_or_double_is_told(names: list[str]) -> None:
    with pytest.raises(QueryBroken, match="without a gap"):
        in_order(names)


@pytest.mark.parametrize("version", range(1, VERSIONS))
def test_an_older_file_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    older, fresh = tmp_path / "older.db", tmp_path / "fresh.db"
    with closing(sqlite3.connect(older)) as connection:
        for statements in migrations("sqlite")[:version]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        connection.commit()
    for file in (older, fresh):
        open_store(f"sqlite:///{file}").close()
    assert schema_of(older) == schema_of(fresh)


@pytest.mark.neo4j
def test_an_older_database_is_brought_up_to_date(neo4j_store: Neo4jStore, neo4j_address: str) -> None:
    todays = constraints_and_indexes(neo4j_store)
    for version in range(VERSIONS - 1, 0, -1):
        take_back_to(neo4j_store, version)
        open_store(neo4j_address).close()
        assert constraints_and_indexes(neo4j_store) == todays


def constraints_and_indexes(store: Neo4jStore) -> list[tuple[str, ...]]:
    """Each by name and kind, with the version the database says it has."""
    with store._driver.session() as session:
        constraints = session.run("SHOW CONSTRAINTS YIELD name, type").values()
        indexes = session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").values()
        version = session.run("MATCH (s:Schema {id: 'kith'}) RETURN s.version").single(strict=True)[0]
    return sorted([*map(tuple, constraints), *map(tuple, indexes), ("version", str(version))])


def take_back_to(store: Neo4jStore, version: int) -> None:
    """An empty database with the schema as that version left it."""
    with store._driver.session() as session:
        for name, *_ in session.run("SHOW CONSTRAINTS YIELD name").values():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name, *_ in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").values():
            session.run(f"DROP INDEX `{name}`").consume()
        for statements in migrations("neo4j")[:version]:
            for statement in statements:
                session.run(statement).consume()
        session.run("MERGE (s:Schema {id: 'kith'}) SET s.version = $version", version=version).consume()
