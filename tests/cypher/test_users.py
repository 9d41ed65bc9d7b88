"""The header of each query names the modules that ask it, and nothing stays that nobody asks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import queries

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("store", "resolution", "graph", "api")
SOURCES = {
    str(file.relative_to(PROJECT)): file.read_text("utf-8")
    for package in PACKAGES
    for file in sorted((PROJECT / package).rglob("*.py"))
}
USER = re.compile(r"^(?:--|//) user:  (.+)$", re.MULTILINE)


def is_asked_in(source: str, name: str) -> bool:
    """Whether a module holds the query's name, or its room with a blank for the rest and the rest by itself."""
    room, _, leaf = name.partition("/")
    starts = [found[1] for found in re.finditer(rf'f"{room}/([a-z_]*)\{{', source)]
    return f'"{name}"' in source or any(leaf.startswith(start) and f'"{leaf.removeprefix(start)}"' in source for start in starts)


def headers(name: str) -> Iterator[tuple[str, str]]:
    """Path and text of a query's file for each engine that has one."""
    for folder, ending, _ in queries.FOLDERS.values():
        file = PROJECT / folder / f"{name}.{ending}"
        if file.exists():
            yield str(file.relative_to(PROJECT)), file.read_text("utf-8")


@pytest.mark.parametrize("name", queries.names())
def test_a_query_names_exactly_the_modules_that_ask_it(name: str) -> None:
    askers = [path for path, source in SOURCES.items() if is_asked_in(source, name)]
    for path, text in headers(name):
        (users,) = USER.findall(text)
        named = users.split(", ")
        if askers:
            assert named == askers, path
        else:  # A whole table as a run left it: tests compare it, no door shows it.
            assert all(user.startswith("tests/") for user in named), path
            assert all(is_asked_in((PROJECT / user).read_text("utf-8"), name) for user in named), path


def test_a_name_put_together_from_its_parts_is_seen() -> None:
    assert is_asked_in('store.read(f"network/{table}") for table in ("links",)', "network/links")
    assert is_asked_in('store.write(f"sources/put_{table}")  # "links"', "sources/put_links")
    assert not is_asked_in('store.read(f"network/{table}") for table in ("links",)', "network/ties")
    assert not is_asked_in('store.read("network/ties_of")', "network/ties")
