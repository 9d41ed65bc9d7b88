"""The campaign of faults in a short form: kill -9 and a full disk, and that its eyes are open."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from api.context.change_marks import CHANGE_KEY, FACTS_KEY, KEPT_FACTS_KEY
from bench.faults.campaign import Tally, campaign
from bench.faults.digests import differing_tables, neo4j_digest, sqlite_digest
from bench.faults.engines import SqliteVictim, fill_disk, victim
from bench.faults.page import Run, as_json, page
from bench.faults.steps import make_world
from store.changes import Change
from store.open import open_store
from store.port import Store

NAMED = "crm"


def put(store: Store, key: str, value: str) -> None:
    store.write("meta/put", rows=[{"key": key, "value": value}])


def test_a_digest_sees_every_change_but_the_value_of_a_mark(sqlite_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "kith.db"
    put(sqlite_store, FACTS_KEY, "a")
    put(sqlite_store, KEPT_FACTS_KEY, "a")
    before = sqlite_digest(file)
    for mark in (CHANGE_KEY, FACTS_KEY, KEPT_FACTS_KEY):
        put(sqlite_store, mark, "b")
    assert differing_tables(before, sqlite_digest(file)) == ["marks"], "one more mark was set"
    before = sqlite_digest(file)
    put(sqlite_store, FACTS_KEY, "c")
    assert differing_tables(before, sqlite_digest(file)) == ["marks"], "what is kept is no longer of the facts there are"
    put(sqlite_store, NAMED, "x")
    assert differing_tables(before, sqlite_digest(file)) == ["marks", "meta crm"]


def test_numbers_of_changes_count_by_what_comes_after_what(sqlite_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "kith.db"
    for kind, number in ((Change.LOADED, "3"), (Change.RESOLVED, "3")):
        put(sqlite_store, kind.key, number)
    before = sqlite_digest(file)
    for kind, number in ((Change.LOADED, "3"), (Change.RESOLVED, "7")):
        put(sqlite_store, kind.key, number)
    assert not differing_tables(before, sqlite_digest(file)), "a run that was cut off used up numbers"
    put(sqlite_store, Change.LOADED.key, "8")
    assert differing_tables(before, sqlite_digest(file)) == ["meta change.loaded"]


@pytest.mark.neo4j
def test_a_digest_of_a_server_sees_every_change(neo4j_store: Store, neo4j_address: str) -> None:
    before = neo4j_digest(neo4j_address)
    put(neo4j_store, NAMED, "x")
    assert differing_tables(before, neo4j_digest(neo4j_address)) == ["meta crm"]


def test_a_damaged_file_is_no_digest(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'kith.db'}").close()
    content = bytearray((tmp_path / "kith.db").read_bytes())
    content[8192:12288] = b"\xff" * 4096
    (tmp_path / "kith.db").write_bytes(content)
    with pytest.raises((AssertionError, sqlite3.DatabaseError)):
        sqlite_digest(tmp_path / "kith.db")


@pytest.mark.slow
def test_what_is_killed_comes_out_as_if_nothing_had_happened(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    tallies = campaign(make_world(tmp_path / "world"), SqliteVictim(tmp_path / "store"), kinds=("kill",), rounds=1, seed=11)
    assert (tallies["kill", "ingest"].rounds, tallies["kill", "ingest"].failures) == (1, [])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk takes root on Linux")
def test_what_meets_a_full_disk_comes_out_as_if_nothing_had_happened(tmp_path: Path) -> None:
    world = make_world(tmp_path / "world")
    try:
        with victim("sqlite", tmp_path / "disk") as small:
            tallies = campaign(world, small, kinds=("full",), rounds=1, seed=11)
    except RuntimeError as cause:
        pytest.skip(str(cause))
    assert tallies["full", "ingest"] == Tally(rounds=1, cut=1)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk takes root on Linux")
def test_a_filled_disk_is_full_and_empty_again(tmp_path: Path) -> None:
    try:
        with victim("sqlite", tmp_path / "disk") as small:
            with fill_disk(small.disk, left_bytes=8192), pytest.raises(OSError, match="No space"):
                (small.disk / "more").write_bytes(b"x" * 20_000)
            (small.disk / "more").write_bytes(b"x" * 20_000)
    except RuntimeError as cause:
        pytest.skip(str(cause))


def test_the_page_and_the_figures_tell_what_failed() -> None:
    run = Run("sqlite", {("kill", "put"): Tally(7, 5, ["sqlite kill put round 3: lost"])}, 60.0)
    assert "| sqlite | kill -9 | record put | 7 | 5 | 1 |" in page([run], ["--rounds", "7"])
    assert '"failures": 1' in as_json([run])


def test_a_store_that_lost_a_row_is_seen(sqlite_store: Store, tmp_path: Path) -> None:
    put(sqlite_store, NAMED, "x")
    before = sqlite_digest(tmp_path / "kith.db")
    with closing(sqlite3.connect(tmp_path / "kith.db")) as other:
        other.execute("DELETE FROM meta")
        other.commit()
    assert differing_tables(before, sqlite_digest(tmp_path / "kith.db")) == ["meta crm"]
