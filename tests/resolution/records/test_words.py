from pathlib import Path

import pytest

import resolution.records.words as carried
from resolution.records.words import build, lines, pairs

HERE = Path(carried.__file__).parent


@pytest.mark.shared
def test_the_carried_lists_are_what_the_script_makes(shared_data: Path, tmp_path: Path) -> None:
    build.main(shared_data, tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 6
    assert [file.name for file in made if file.read_bytes() != (HERE / file.name).read_bytes()] == []


def test_every_list_has_a_source_and_they_stay_small() -> None:
    told = (HERE / "SOURCES.md").read_text("utf-8")
    lists = [file for file in HERE.iterdir() if file.suffix in {".csv", ".txt"}]
    assert [file.name for file in lists if file.name not in told] == []
    assert sum(file.stat().st_size for file in lists) < 2_500_000


def test_lists_hold_no_word_twice() -> None:
    for name in ("titles.txt", "mailboxes.txt", "industries.txt", "industries_more.txt"):
        assert len(set(lines(name))) == len(lines(name)), name
    assert pairs("streets.csv")["road"] == "rd"
