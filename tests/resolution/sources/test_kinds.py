"""Every kind of file: recognised by itself, and told as it should be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from resolution.sources.graphs.formats import GRAPHS
from resolution.sources.mappings.library import library
from tests.resolution.sources.shorthands import FILES, NAMED, RESIDENT, as_text, choice, map_file

KIND_OF = {
    "ashare_stock.csv": "ashare_stocks",
    "ashare_executive.csv": "ashare_executives",
    "ashare_executive_stock.csv": "ashare_posts",
    "otc_network.csv": "otc_ratings",
}
ALL = sorted(path.name for path in FILES.iterdir())


def test_there_is_a_file_for_every_kind() -> None:
    told = {KIND_OF.get(name, Path(name).stem) for name in ALL}
    assert told == {*library(), *GRAPHS}, "each kind has files/<kind>.<ending>; a file of another name stands in KIND_OF"


@pytest.mark.parametrize("name", sorted(set(ALL) - set(NAMED)))
def test_a_file_says_itself_what_it_is(name: str) -> None:
    assert choice(FILES / name).kind == KIND_OF.get(name, Path(name).stem)


@pytest.mark.parametrize("name", ALL)
def test_the_statements_of(name: str, golden: Callable[[str], None]) -> None:
    golden(as_text(map_file(FILES / name, NAMED.get(name))))


@pytest.mark.parametrize("name", ALL)
def test_nothing_told_holds_a_resident_id(name: str) -> None:
    rows = map_file(FILES / name, NAMED.get(name))
    assert RESIDENT not in as_text(rows)
    assert not any(RESIDENT in value for row in rows for value in row.values.values())
