"""What can go wrong with a file, for real."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ontology.errors import AddressInvalid, StoreBusy, StoreFull, StoreNewer, StoreTrouble, StoreUnreachable
from store import sqlite
from store.open import open_store
from store.port import Store
from store.queries import migrations

BEFORE_OPEN_DAYS = 7  # Versions of the schema before listings could lack their day.
ROW = [{"key": "a", "value": "1"}]


def test_a_long_answer_is_whole_and_in_order_whatever_repeats_in_it(sqlite_store: Store) -> None:
    rows = [
        {"id": f"{n:06}", "kind": "phone" if n % 3 else "email", "value": str(n % 40), "n": n % 7}
        for n in range(sqlite.SAMPLE_ROWS + 2 * sqlite.FETCH_ROWS + 1)
    ]
    sqlite_store.write("network/put_hubs", rows=rows)
    assert sqlite_store.read("network/hubs") == rows
    held = sqlite_store.columns("network/hubs")
    assert len({id(kind) for kind in held["kind"]}) == 2
    assert len({id(value) for value in held["value"]}) == 40


def test_a_text_in_quotes_is_no_value_of_a_row() -> None:
    text, values = sqlite._positional("INSERT INTO t (a, b, c) VALUES (:a || ':b|' || :b, :b, ':c')")
    assert text == "INSERT INTO t (a, b, c) VALUES (? || ':b|' || ?, ?, ':c')"
    assert values({"a": 1, "b": 2}) == (1, 2, 2)


def test_a_full_disk_leaves_the_store_as_it_was(sqlite_store: sqlite.SqliteStore) -> None:
    sqlite_store.write("meta/put", rows=ROW)
    pages = sqlite_store._writer.execute("PRAGMA page_count").fetchone()[0]
    sqlite_store._writer.execute(f"PRAGMA max_page_count = {pages + 5}")
    blocks = ({"file_id": "f", "first_number": n, "last_number": n, "content": "x" * 9_000} for n in range(99))
    with pytest.raises(StoreFull) as told:
        sqlite_store.write("sources/put_row_blocks", rows=blocks)
    assert "Free some space" in str(told.value.remedy)
    assert sqlite_store.read("sources/row_block", file_id="f", number=1) == []
    assert sqlite_store.read("meta/all") == ROW
    sqlite_store._writer.execute("PRAGMA max_page_count = 1000000")
    sqlite_store.write("meta/put", rows=[{"key": "b", "value": "2"}])
    assert len(sqlite_store.read("meta/all")) == 2


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="mounting a small disk takes root on Linux")
def test_a_small_disk_that_runs_full_for_real(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let even root mount a disk")
    try:
        store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
        blocks = ({"file_id": "f", "first_number": n, "last_number": n, "content": "x" * 9_000} for n in range(999))
        with pytest.raises(StoreFull):
            store.write("sources/put_row_blocks", rows=blocks)
        store.write("meta/put", rows=ROW)
        assert [row["n"] for row in store.read("counts/overview")] == [0] * 12
        store.close()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_another_writer_is_told_from_a_broken_store(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_WAIT_S", 0.1)
    other = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    with sqlite_store.transaction():
        assert other.read("meta/all") == [], "readers are not held up"
        third = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
        with pytest.raises(StoreBusy):
            third.write("meta/put", rows=ROW)
    other.write("meta/put", rows=ROW)
    other.close()
    third.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable) as told:
        open_store(f"sqlite:///{tmp_path / 'none' / 'kith.db'}")
    assert "Check that the folder exists" in str(told.value.remedy)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(AddressInvalid, match="a folder"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "kith.db").write_text("name,id\n" * 200)
    with pytest.raises(StoreUnreachable, match=r"kith\.db") as told:
        open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    assert "something else" in str(told.value.remedy)
    assert (tmp_path / "kith.db").read_text() == "name,id\n" * 200


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    theirs = sqlite3.connect(tmp_path / "kith.db")
    theirs.execute("CREATE TABLE files (a)")
    with pytest.raises(StoreUnreachable) as told:
        open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    assert "another program's" in str(told.value.remedy)
    assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("files",)]
    theirs.close()


def test_a_store_of_a_newer_program_is_refused(sqlite_store: sqlite.SqliteStore, tmp_path: Path) -> None:
    sqlite_store._writer.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreNewer, match="999"):
        open_store(f"sqlite:///{tmp_path / 'kith.db'}")


def test_listings_and_ties_of_an_older_store_are_read_as_they_were(tmp_path: Path) -> None:
    older = sqlite3.connect(tmp_path / "kith.db")
    for version in migrations("sqlite")[:BEFORE_OPEN_DAYS]:
        for statement in version:
            older.execute(statement)
    shared = "id, dataset, source_class, row_id"
    older.execute(
        f"INSERT INTO listings ({shared}, list_type, record_id, issuer, listed_on, creditor_ids)"  # noqa: S608  # A constant.
        " VALUES ('s', 'd', '3', 'f#1', 'sanctions_eu', 'r', 'EU', '2024-01-02', '[]')"
    )
    older.execute(
        f"INSERT INTO links ({shared}, kind, source_id, target_id, verified) VALUES ('l', 'd', '3', 'f#1', 'OWNS', 'r', 'q', 0)"  # noqa: S608
    )
    older.execute(f"PRAGMA user_version = {BEFORE_OPEN_DAYS}")
    older.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
    older.commit()
    older.close()
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    (listing,) = store.read("network/listings_by_ids", ids=["s"])
    (link,) = store.read("network/links_by_ids", ids=["l"])
    assert (listing["listed_on"], listing["issuer"], listing["programme"]) == ("2024-01-02", "EU", None)
    assert link["indirect"] is False
    store.write("sources/put_listings", rows=[listing | {"id": "undated", "listed_on": None, "programme": "P"}])
    assert store.read("network/listings_by_ids", ids=["undated"])[0]["listed_on"] is None
    store.close()


def test_a_damaged_file_is_told_with_a_way_out(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.close()
    path = tmp_path / "kith.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreTrouble) as told:
        open_store(f"sqlite:///{path}").read("counts/overview")
    assert "backup" in str(told.value.remedy)


WRITER = """
import sys
from store.open import open_store
store = open_store(sys.argv[1])
def rows():
    for number in range(10_000_000):
        if number == 50_000:
            print("half way", flush=True)
        yield {"key": f"k{number}", "value": "x" * 100}
with store.transaction():
    store.write("meta/put", rows=rows())
"""


def test_a_writer_killed_half_way_leaves_the_store_as_it_was(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.write("meta/put", rows=ROW)
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "half way\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait(10)
    writer.stdout.close()
    after = open_store(address)
    assert after.read("meta/all") == ROW
    after.write("meta/put", rows=[{"key": "b", "value": "2"}])
    assert len(sqlite_store.read("meta/all")) == 2
    after.close()


def test_the_side_store_is_written_while_a_transaction_holds_the_store(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    side = store.open_side_store()
    with store.transaction():
        store.write("meta/put", rows=[{"key": "within", "value": "written"}])
        side.write("meta/put", rows=[{"key": "beside", "value": "written"}])
        assert side.read("meta/get", key="beside")
    assert (store.read("meta/get", key="beside"), side.read("meta/get", key="within")) == ([], [])
    assert (tmp_path / "kith.db-side").stat().st_mode & 0o077 == 0
    side.close()
    store.close()


def test_a_second_store_of_this_process_leaves_the_first_its_locks(tmp_path: Path) -> None:
    path = tmp_path / "kith.db"
    first = sqlite.SqliteStore(path)
    first.write("meta/put", rows=[{"key": "k", "value": "1"}])
    sqlite.SqliteStore(path).close()
    asks = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT value FROM meta').fetchone()[0])"
    asked = subprocess.run([sys.executable, "-c", asks, str(path)], capture_output=True, text=True, check=True)
    assert asked.stdout == "1\n"
    assert path.with_name("kith.db-wal").exists()  # Whoever thinks that nobody else has the file open takes its log away.
    first.close()
