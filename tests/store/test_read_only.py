"""A store that may only be read: it answers, and what would change it is told so."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ontology.errors import StoreReadOnly, StoreTrouble
from store import sqlite
from store.open import open_store

ROW = {"key": "harbour", "value": "open"}
LATER = {"key": "harbour", "value": "closed"}

WRITER = """
import os, signal, sys
from store.open import open_store
open_store(sys.argv[1]).write("meta/put", rows=[{"key": "harbour", "value": "closed"}])
os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """The folder as it is, where nobody may write: by its modes, for root by a disk mounted to be read."""
    if os.geteuid():
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)
        return
    disk = folder.with_name("disk")
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let even root mount a disk")
    try:
        for file in folder.iterdir():
            shutil.copy(file, disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store in it."""
    kept = tmp_path / "kept 鹏程 %41"
    kept.mkdir()
    with closing(open_store(f"sqlite:///{str(kept / 'kith.db').replace('%', '%25')}")) as store:
        store.write("meta/put", rows=[ROW])
    return kept


def address(folder: Path) -> str:
    return f"sqlite:///{str(folder / 'kith.db').replace('%', '%25')}"


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk")
def test_a_store_on_a_disk_that_may_only_be_read_answers_and_refuses_what_would_change_it(folder: Path) -> None:
    with read_only(folder) as there, closing(open_store(address(there), create=False)) as store:
        assert store.read("meta/all") == [ROW]
        assert store.columns("network/hubs")["id"] == []
        with pytest.raises(StoreReadOnly) as told:
            store.write("meta/put", rows=[LATER])
        assert "Nothing was changed" in str(told.value.remedy)
        with pytest.raises(StoreReadOnly), store.transaction():
            pytest.fail("nothing is begun that cannot end well")
        assert store.read("meta/all") == [ROW]
        assert [file.name for file in there.iterdir()] == ["kith.db"]


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk")
def test_what_was_last_written_is_read_from_the_log_a_killed_writer_left(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", WRITER, address(folder)], check=False)
    assert (folder / "kith.db-wal").stat().st_size
    with read_only(folder) as there, closing(open_store(address(there))) as store:
        assert store.read("meta/all") == [LATER]
        with pytest.raises(StoreReadOnly):
            store.write("meta/put", rows=[ROW])


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk")
def test_a_log_that_cannot_be_read_is_never_left_out(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", WRITER, address(folder)], check=False)
    (folder / "kith.db-shm").unlink()
    with read_only(folder) as there, pytest.raises(StoreTrouble) as told:
        open_store(address(there))
    assert "-wal" in str(told.value.remedy)


def test_a_store_that_another_changes_after_all_is_opened_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a reader without rights beside a writer that has them; the reader's refusal is put in its place by hand."""
    plain = sqlite._open_connection

    def refused(database: str, *, uri: bool = False) -> sqlite.sqlite3.Connection:
        if not uri:
            raise sqlite.sqlite3.OperationalError("unable to open database file")
        return plain(database, uri=uri)

    monkeypatch.setattr(sqlite, "_open_connection", refused)
    with closing(open_store(address(folder))) as reader:
        assert reader.read("meta/all") == [ROW]
        monkeypatch.setattr(sqlite, "_open_connection", plain)
        with closing(open_store(address(folder))) as writer:
            writer.write("meta/put", rows=[LATER])
            assert reader.read("meta/all") == [LATER]
            assert reader.columns("network/hubs")["id"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk")
def test_an_older_store_that_may_only_be_read_says_what_it_needs(folder: Path) -> None:
    with closing(sqlite.sqlite3.connect(folder / "kith.db")) as older:
        older.execute("PRAGMA user_version = 3")
        older.commit()
    with read_only(folder) as there, pytest.raises(StoreReadOnly) as told:
        open_store(address(there))
    assert "older" in str(told.value)
