"""Which tests are slow, by measure: `pytest --measure` writes tests/measured.csv, and by it tests bear the marker `slow`.

A test is slow where all its cases together take longer than TEST_MAX_S, or where a fixture that it shares with others takes
longer than FIXTURE_MAX_S; one that carries the marker in its own file always is. `make fast` leaves the slow ones out.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MEASURED = Path(__file__).with_name("measured.csv")
TEST_MAX_S = 0.5
FIXTURE_MAX_S = 1.0
NOTED_MIN_S = 0.1  # Shorter ones are left out of the file.
SECONDS: Counter[str] = Counter()
"""Seconds by `path::test` or by the name of a shared fixture, of the tests that this process ran."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--measure", action="store_true", help="write tests/measured.csv anew, by which tests are marked slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    measured = read_measured()
    for item in items:
        shared = max((measured.get(name, 0.0) for name in fixtures_of(item)), default=0.0)
        if measured.get(function_of(item.nodeid), 0.0) > TEST_MAX_S or shared > FIXTURE_MAX_S:
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    began, before = time.perf_counter(), SECONDS.total()
    try:
        return (yield)
    finally:
        if fixturedef.scope != "function":
            within = SECONDS.total() - before  # Of shared fixtures that it asked for itself.
            SECONDS[fixture_name(fixturedef)] += max(0.0, time.perf_counter() - began - within)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    began, before = time.perf_counter(), SECONDS.total()
    try:
        return (yield)
    finally:
        SECONDS[function_of(item.nodeid)] += max(0.0, time.perf_counter() - began - (SECONDS.total() - before))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["seconds"] = dict(SECONDS)
    elif session.config.getoption("--measure"):
        write_measured(SECONDS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for name, seconds in getattr(node, "workeroutput", {}).get("seconds", {}).items():
        SECONDS[name] = max(SECONDS[name], seconds) if "::" not in name else SECONDS[name] + seconds


def function_of(nodeid: str) -> str:
    """A test without its case: `tests/a/test_b.py::test_c`."""
    return nodeid.partition("[")[0]


def fixtures_of(item: pytest.Item) -> list[str]:
    """Shared fixtures that a test asks for, by their names in the file."""
    info = getattr(item, "_fixtureinfo", None)
    found = info.name2fixturedefs.values() if info else ()
    return [fixture_name(definition) for definitions in found for definition in definitions if definition.scope != "function"]


def fixture_name(definition: Any) -> str:
    """`fixture tests/api made`: where it is declared, and its name."""
    return f"fixture {definition.baseid} {definition.argname}"


def read_measured() -> dict[str, float]:
    """Seconds by test or fixture, as measured last; empty without the file."""
    if not MEASURED.exists():
        return {}
    with MEASURED.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: float(row["seconds"]) for row in csv.DictReader(lines)}


def write_measured(seconds: Counter[str]) -> None:
    """The slowest first, those below NOTED_MIN_S left out."""
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "seconds"])
        for name, taken in sorted(seconds.items(), key=lambda entry: (-round(entry[1], 1), entry[0])):
            if taken >= NOTED_MIN_S:
                out.writerow([name, f"{taken:.1f}"])
