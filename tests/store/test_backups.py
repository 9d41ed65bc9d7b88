"""A store as one file: whole, verified, put back where nothing stands; and every way in which a file is none."""

import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ontology.errors import BackupInvalid, StoreExists, StoreMissing, StoreNewer, StoreTrouble, WrongCall
from store import local_neo4j
from store.backups import MANIFEST, SQLITE_CONTENT, back_up, restore, verify_backup
from store.open import open_store
from store.queries import migrations
from store.sqlite import APPLICATION_ID
from tests.stores import wipe

NOW = datetime(2026, 12, 1, tzinfo=UTC)
ROWS = 500


def filled(folder: Path) -> str:
    """The address of a small store."""
    address = f"sqlite:///{folder / 'kith.db'}"
    store = open_store(address)
    store.write("meta/put", rows=({"key": f"key {number}", "value": "v" * 100} for number in range(ROWS)))
    store.close()
    return address


def taken(address: str, target: Path) -> Path:
    back_up(address, target, program="0.2.0", now=NOW)
    return target


def rows_of(address: str) -> int:
    store = open_store(address)
    try:
        return len(store.read("meta/all"))
    finally:
        store.close()


def test_a_backup_is_whole_and_restored_elsewhere(tmp_path: Path) -> None:
    file = taken(filled(tmp_path), tmp_path / "copy.zip")
    manifest = verify_backup(file)
    assert (manifest.engine, manifest.program, manifest.made_at, manifest.id_key) == ("sqlite", "0.2.0", NOW, None)
    assert manifest.schema_version == len(migrations("sqlite"))
    assert manifest.counts["meta"] == ROWS
    assert file.stat().st_mode & 0o777 == 0o600
    elsewhere = f"sqlite:///{tmp_path / 'restored.db'}"
    assert restore(file, elsewhere) == manifest
    assert rows_of(elsewhere) == ROWS
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".kith")) == []


def test_a_backup_is_of_one_moment_while_another_writes(tmp_path: Path) -> None:
    address = filled(tmp_path)
    store, done = open_store(address), threading.Event()

    def write() -> None:
        turn = 0
        while not done.is_set():
            turn += 1
            with store.transaction():  # Two rows or none.
                store.write("meta/put", rows=[{"key": f"a {turn}", "value": ""}])
                store.write("meta/put", rows=[{"key": f"b {turn}", "value": ""}])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [back_up(address, tmp_path / f"{turn}.zip", program="0", now=NOW).counts["meta"] - ROWS for turn in range(5)]
    finally:
        done.set()
        writer.join()
        store.close()
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)


def test_a_store_that_is_there_is_not_written_over_unless_it_is_wished(tmp_path: Path) -> None:
    file = taken(filled(tmp_path), tmp_path / "copy.zip")
    target = f"sqlite:///{tmp_path / 'other.db'}"
    other = open_store(target)
    other.write("meta/put", rows=[{"key": "mine", "value": "1"}])
    with pytest.raises(StoreExists):
        restore(file, target)
    other.close()
    (tmp_path / "other.db-kept").mkdir()
    restore(file, target, overwrite=True)
    assert rows_of(target) == ROWS
    assert not (tmp_path / "other.db-kept").exists(), "what was derived of the store before is gone with it"


def test_a_store_in_use_is_not_replaced_under_its_readers(tmp_path: Path) -> None:
    file = taken(filled(tmp_path), tmp_path / "copy.zip")
    target = f"sqlite:///{tmp_path / 'other.db'}"
    other = open_store(target)
    try:
        with other.transaction(), pytest.raises(StoreTrouble, match="in use"):
            restore(file, target, overwrite=True)
    finally:
        other.close()


@pytest.mark.parametrize("version", [1, len(migrations("sqlite")) // 2])
def test_an_older_store_is_backed_up_as_it_is_and_upgraded_when_it_is_next_opened(tmp_path: Path, version: int) -> None:
    older = tmp_path / "older.db"
    with closing(sqlite3.connect(older)) as connection:
        for statements in migrations("sqlite")[:version]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    file = taken(f"sqlite:///{older}", tmp_path / "before.zip")
    assert verify_backup(file).schema_version == version
    open_store(f"sqlite:///{older}").close()
    restore(file, f"sqlite:///{tmp_path / 'back.db'}")
    with closing(sqlite3.connect(tmp_path / "back.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    open_store(f"sqlite:///{tmp_path / 'back.db'}").close()


def rewritten(file: Path, name: str, content: bytes) -> Path:
    """The same archive with another content of one part."""
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for part, old in parts.items():
            archive.writestr(part, content if part == name else old)
    return file


def with_encrypted_mark(content: bytes) -> bytes:
    """A ZIP whose parts say that they are encrypted."""
    marked = bytearray(content)
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := marked.find(head, at + 1)) >= 0:
            marked[at + flags] |= 1
    return bytes(marked)


def test_a_file_that_is_no_whole_backup_is_refused(tmp_path: Path) -> None:
    address = filled(tmp_path)
    whole = taken(address, tmp_path / "whole.zip")
    content, manifest = whole.read_bytes(), {}
    with zipfile.ZipFile(whole) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        store_bytes = archive.read(SQLITE_CONTENT)

    def file_of(data: bytes) -> Path:
        (tmp_path / "bad.zip").write_bytes(data)
        return tmp_path / "bad.zip"

    bad = [
        lambda: tmp_path / "absent.zip",
        lambda: file_of(b""),
        lambda: file_of(b"something else"),
        lambda: file_of(content[: len(content) // 2]),
        lambda: file_of(content[:2000] + bytes(200) + content[2200:]),
        lambda: file_of(content[:2000] + b"\xff" * 200 + content[2200:]),
        lambda: file_of(with_encrypted_mark(content)),
        lambda: rewritten(file_of(content), MANIFEST, b"{}"),
        lambda: rewritten(file_of(content), MANIFEST, json.dumps({**manifest, "content_bytes": 10}).encode()),
        lambda: rewritten(file_of(content), MANIFEST, json.dumps({**manifest, "counts": {"meta": 3}}).encode()),
        lambda: rewritten(file_of(content), SQLITE_CONTENT, store_bytes[:-1] + b"x"),
        lambda: rewritten(file_of(content), SQLITE_CONTENT, b"not a database"),
    ]
    for make in bad:
        with pytest.raises(BackupInvalid):
            restore(make(), f"sqlite:///{tmp_path / 'never.db'}")
    newer = rewritten(file_of(content), MANIFEST, json.dumps({**manifest, "schema_version": 10_000}).encode())
    with pytest.raises(StoreNewer):
        verify_backup(newer)
    assert not (tmp_path / "never.db").exists()


def test_what_is_no_store_is_not_backed_up_and_an_earlier_backup_stays(tmp_path: Path) -> None:
    earlier = taken(filled(tmp_path), tmp_path / "copy.zip")
    before = earlier.read_bytes()
    with pytest.raises(StoreMissing):
        taken(f"sqlite:///{tmp_path / 'absent.db'}", earlier)
    (tmp_path / "foreign.db").write_bytes(b"")
    with pytest.raises(BackupInvalid):
        taken(f"sqlite:///{tmp_path / 'foreign.db'}", earlier)
    assert earlier.read_bytes() == before


def test_a_backup_of_one_engine_does_not_go_into_the_other(tmp_path: Path) -> None:
    file = taken(filled(tmp_path), tmp_path / "copy.zip")
    with pytest.raises(WrongCall, match="other engine"):
        restore(file, "neo4j://neo4j:none@127.0.0.1:1/neo4j")


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_managed_neo4j_is_dumped_and_loaded_by_its_own_program(tmp_path: Path, neo4j_address: str) -> None:
    home = tmp_path / "home"
    server = local_neo4j.start(home, heap_mb=512)
    try:
        store = open_store(server.address)
        store.write("meta/put", rows=[{"key": "mine", "value": "1"}])
        store.close()
        file = tmp_path / "copy.zip"
        manifest = back_up(server.address, file, program="0", now=NOW, home=home)
        assert (manifest.engine, manifest.counts["Meta"], manifest.schema_version) == ("neo4j", 1, len(migrations("neo4j")))
        with pytest.raises(StoreExists):
            restore(file, server.address, home=home)
        wipe(server.address)
        restore(file, server.address, home=home)
        again = open_store(server.address)
        assert again.read("meta/all") == [{"key": "mine", "value": "1"}]
        again.close()
        with pytest.raises(WrongCall, match="kith neo4j start"):
            back_up(neo4j_address, file, program="0", now=NOW, home=home)
    finally:
        local_neo4j.stop(home)
