"""The benches of the server in their short form: wrong requests for some seconds, then readers beside writers."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.fuzz.routes import fuzz
from bench.serving import Region, serve
from bench.soak import slope_mb_per_hour, soak
from tests.api.cli.test_commands import store_file
from tests.api.regions import Region as Made


@pytest.fixture
def region(made: Made, tmp_path: Path) -> Region:
    """A copy of the region, so that it may be written to."""
    with closing(sqlite3.connect(store_file(made))) as whole, closing(sqlite3.connect(tmp_path / "kith.db")) as copy:
        whole.backup(copy)
    (tmp_path / "id.key").write_bytes(made.settings.id_key_file.read_bytes())
    return Region(tmp_path, made.sample.suppliers)


def test_wrong_requests_bring_nothing_but_clear_errors(region: Region) -> None:
    report = fuzz(region, seconds=6, seed=11)
    assert report.findings == []
    assert report.requests > 10


def test_every_answer_beside_writers_is_right(region: Region) -> None:
    with serve(region) as server:
        run = soak(server, minutes=0.1, seed=5)
    assert run.wrong == []
    assert run.answers["read"] + run.answers["PUT"] > 0
    assert run.memory


def test_growth_is_told_of_what_comes_after_the_start() -> None:
    assert slope_mb_per_hour([(0, 10.0), (1800, 200.0), (3600, 200.0), (7200, 200.0)]) == 0.0
    assert slope_mb_per_hour([(0, 10.0)]) == 0.0
