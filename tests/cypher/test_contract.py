"""Every named query, on both engines, against one golden answer.

A case is in cases/<room>.yaml under the query's name: `parameters` of the call, and for a query that writes `then`, the
questions that show what it did. A query that puts rows and names none gets the world's own rows once more.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from store import queries
from store.open import open_store
from store.port import Store
from tests.cypher.world import SEED, load
from tests.stores import wipe

HERE = Path(__file__).parent
ENGINES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
Case = dict[str, Any]


def _cases() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for file in sorted((HERE / "cases").glob("*.yaml")):
        told = yaml.safe_load(file.read_text("utf-8")) or {}
        found |= {f"{file.stem}/{name}": cases or [{}] for name, cases in told.items()}
    return found


def _engine_of(name: str) -> str:
    try:
        queries.load_query(name, "sqlite")
    except queries.QueryUnknown:
        return "neo4j"
    return "sqlite"


CASES = _cases()
WRITING = sorted(name for name, cases in CASES.items() if "then" in cases[0])
READING = sorted(CASES.keys() - set(WRITING))
TURNING = [name for name in READING if queries.load_query(name, _engine_of(name)).columns]


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    assert set(CASES) == set(queries.names())


def test_every_write_shows_what_it_did() -> None:
    silent = [
        name for name in queries.names() if not queries.load_query(name, _engine_of(name)).answer_fields and name not in WRITING
    ]
    assert silent == []


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the world and is only read."""
    store = _empty(request.param, request, tmp_path_factory.mktemp("world"))
    load(store)
    yield store
    store.close()


@pytest.mark.parametrize("name", READING)
def test_both_engines_give_the_golden_answer(name: str, world: Store) -> None:
    if _only_other(name, world.engine):
        return
    _compare(name, [_ask(world, name, case) for case in CASES[name]])


@pytest.mark.parametrize("name", TURNING)
def test_columns_are_the_same_answer_turned(name: str, world: Store) -> None:
    for case in CASES[name]:
        rows = world.read(name, **case.get("parameters", {}))
        columns = world.columns(name, **case.get("parameters", {}))
        assert [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)] == rows


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", WRITING)
def test_both_engines_are_changed_alike(name: str, engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if _only_other(name, engine):
        return
    store = _empty(engine, request, tmp_path)
    load(store)
    answers = []
    for case in CASES[name]:
        _do(store, name, case)
        answers.append({asked["read"]: _ask(store, asked["read"], asked) for asked in map(_asked, case["then"])})
    store.close()
    _compare(name, answers)


def _do(store: Store, name: str, case: Case) -> None:
    rows = case.get("rows", SEED.get(name)) if queries.load_query(name, store.engine).batch_fields else None
    store.write(name, rows=rows, **case.get("parameters", {}))


def _asked(told: str | Case) -> Case:
    return {"read": told} if isinstance(told, str) else told


def _ask(store: Store, name: str, case: Case) -> list[Any]:
    asked = queries.load_query(name, store.engine)
    rows = store.read(name, **case.get("parameters", {}))
    for field in asked.answer_fields:
        _check_type([row[field.name] for row in rows], field)
    return rows


def _check_type(values: list[Any], field: queries.Field) -> None:
    kinds: dict[str, type] = {"STRING": str, "INTEGER": int, "FLOAT": float, "BOOLEAN": bool}
    for value in values:
        assert (value is None and field.optional) or type(value) is kinds[field.type], f"{field} was {value!r}"


def _compare(name: str, answer: object) -> None:
    text = json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    kept = HERE / "golden" / f"{name.replace('/', '.')}.json"
    if os.environ.get("KITH_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, "utf-8")
    assert text == kept.read_text("utf-8")


def _only_other(name: str, engine: str) -> bool:
    """Whether the query is promised for the other engine alone."""
    only = queries.load_query(name, _engine_of(name)).only
    return only is not None and not only.startswith(engine)


def _empty(engine: str, request: pytest.FixtureRequest, folder: Path) -> Store:
    if engine == "sqlite":
        return open_store(f"sqlite:///{folder / 'kith.db'}")
    address: str = request.getfixturevalue("neo4j_address")
    store = open_store(address)
    wipe(address)
    return store
