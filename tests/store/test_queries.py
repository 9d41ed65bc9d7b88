"""What a query's header must promise, and how a broken promise is told."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import queries

SQL = """\
-- What it answers.
-- in:    $id STRING
-- out:   name STRING
-- order: name
-- user:  nobody
SELECT name FROM things WHERE id = :id ORDER BY name
"""
CYPHER = """\
// What it answers.
// in:    $id STRING
// out:   name STRING
// order: name
// user:  nobody
MATCH (t:Thing {id: $id}) RETURN t.name AS name ORDER BY name
"""
BATCH_SQL = """\
-- Things.
-- batch: id STRING, name STRING
-- out:   nothing
-- order: none
-- user:  nobody
INSERT INTO things VALUES (:id, :name)
"""
BATCH_CYPHER = """\
// Things.
// batch: id STRING, name STRING
// out:   nothing
// order: none
// user:  nobody
UNWIND $rows AS row CREATE (t:Thing) SET {}
"""
Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Two query folders of the test's own, and how to put the twins of `things/one` there."""
    for package in ("some_sql", "some_cypher"):
        (tmp_path / package / "things").mkdir(parents=True)
        (tmp_path / package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(queries, "FOLDERS", {"sqlite": ("some_sql", "sql", "--"), "neo4j": ("some_cypher", "cypher", "//")})

    def put(sql: str, cypher: str) -> None:
        (tmp_path / "some_sql" / "things" / "one.sql").write_text(sql, "utf-8")
        (tmp_path / "some_cypher" / "things" / "one.cypher").write_text(cypher, "utf-8")
        queries.load_query.cache_clear()

    yield put
    for module in ("some_sql", "some_cypher"):
        sys.modules.pop(module, None)
    queries.load_query.cache_clear()


def test_twins_that_keep_their_promise_are_read(write: Write) -> None:
    write(SQL, CYPHER)
    asked = queries.load_query("things/one", "neo4j")
    assert asked.parameter_fields == (queries.Field("id", "STRING", False),)
    assert asked.answer_fields == (queries.Field("name", "STRING", False),)
    assert asked.order == "name"


@pytest.mark.parametrize(
    ("sql", "cypher"),
    [
        pytest.param(SQL.replace("= :id", "= :other"), CYPHER, id="the body uses a parameter the header lacks"),
        pytest.param(SQL.replace("WHERE id = :id", ""), CYPHER, id="the body leaves a promised parameter out"),
        pytest.param(SQL, CYPHER.replace("name STRING", "name STRING?"), id="the twin gives another type"),
        pytest.param(SQL, CYPHER.replace("order: name", "order: id"), id="the twin promises another order"),
        pytest.param(SQL, CYPHER.replace("$id", "$name"), id="the twin takes something else"),
        pytest.param(SQL.replace("-- order: name\n", ""), CYPHER, id="no order"),
        pytest.param(SQL.replace("-- user:  nobody\n", ""), CYPHER, id="no user"),
        pytest.param(SQL.replace("-- What it answers.\n", ""), CYPHER, id="no purpose"),
        pytest.param(SQL.replace("-- in:    $id STRING\n", ""), CYPHER, id="neither in nor batch"),
        pytest.param(BATCH_SQL.replace(":name", "'x'"), BATCH_CYPHER.format("t = row"), id="a field of the batch is not used"),
    ],
)
def test_a_broken_promise_is_refused(write: Write, sql: str, cypher: str) -> None:
    write(sql, cypher)
    with pytest.raises(queries.QueryBroken):
        queries.load_query("things/one", "sqlite")


def test_a_batch_in_cypher_uses_every_field_or_the_whole_row(write: Write) -> None:
    for body in ("t = row", "t += row", "t.id = row.id, t.name = row.name"):
        write(BATCH_SQL, BATCH_CYPHER.format(body))
        assert queries.load_query("things/one", "neo4j").batch_names == {"id", "name"}
    for body in ("t.id = row.id", "t = row, t.x = row.other"):
        write(BATCH_SQL, BATCH_CYPHER.format(body))
        with pytest.raises(queries.QueryBroken):
            queries.load_query("things/one", "neo4j")


def test_a_query_for_one_engine_says_so(write: Write) -> None:
    only = SQL.replace("-- user:", "-- only: sqlite, because Neo4j needs no such index\n-- user:")
    write(only, "")
    assert queries.load_query("things/one", "sqlite").only == "sqlite, because Neo4j needs no such index"


def test_a_query_that_is_not_there_is_named() -> None:
    with pytest.raises(queries.QueryUnknown, match="network/no_such"):
        queries.load_query("network/no_such", "sqlite")


def test_every_query_of_the_house_keeps_its_promise() -> None:
    for name in queries.names():
        for engine in ("sqlite", "neo4j"):
            try:
                queries.load_query(name, engine)
            except queries.QueryUnknown:
                other = "neo4j" if engine == "sqlite" else "sqlite"
                assert queries.load_query(name, other).only, f"{name} has no twin and does not say why"


def test_every_line_of_a_statement_ends_its_file_or_is_a_statement_of_its_own() -> None:
    parts = queries.load_query("signals/clear_carried", "sqlite").statements
    assert parts[:2] == ("DELETE FROM carried", "DELETE FROM carried_shared")
