"""Whatever is written is its owner's alone, whole or not there, and never goes through a link."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.errors import NotAFileOfItsOwn, StoreUnreachable
from resolution.judgements.label_table import export_labels
from resolution.sources.ingest import ingest
from store.open import open_store
from store.port import Store
from store.private_files import make_private_folder, open_private_log, private_file, tighten, write_private
from tests.resolution.sources.shorthands import KEY, NOW, registry


@pytest.fixture(autouse=True, params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_file_is_its_owners_whatever_the_umask_is(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_private(target, "text")
    target.chmod(0o666)
    write_private(target, b"other")
    assert (target.read_text(), mode(target)) == ("other", 0o600)
    make_private_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    open_private_log(tmp_path / "a" / "log").close()
    assert mode(tmp_path / "a" / "log") == 0o600


def test_what_was_there_stays_where_writing_is_cut_off(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_private(target, "before")

    def cut_off() -> None:
        with private_file(target) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_not_followed(tmp_path: Path, there: bool) -> None:
    other, link = tmp_path / "other", tmp_path / "out.csv"
    if there:
        other.write_text("of somebody else")
    link.symlink_to(other)
    with pytest.raises(NotAFileOfItsOwn):
        write_private(link, "ours")
    with pytest.raises(OSError, match="symbolic links"):
        open_private_log(link)
    assert not tighten(link)
    assert other.exists() == there
    assert link.is_symlink()


def test_a_link_laid_while_it_is_written_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other, target = tmp_path / "other", tmp_path / "out.csv"
    other.write_text("of somebody else")
    with private_file(target) as file:
        file.write(b"ours")
        target.symlink_to(other)
    assert (target.read_text(), target.is_symlink(), other.read_text()) == ("ours", False, "of somebody else")


def test_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", tmp_path, Path(os.devnull)):
        with pytest.raises(NotAFileOfItsOwn):
            write_private(target, "ours")
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)


def test_a_store_is_its_owners_and_one_with_wider_rights_is_tightened(tmp_path: Path) -> None:
    path = tmp_path / "kith.db"
    store = open_store(f"sqlite:///{path}")
    ingest(store, [registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2001-02-03")], id_key=KEY, now=NOW)
    files = sorted(tmp_path.glob("kith.db*"))
    assert [file.name for file in files] == ["kith.db", "kith.db-shm", "kith.db-wal"]
    assert {mode(file) for file in files} == {0o600}
    for file in files:
        file.chmod(0o644)
    open_store(f"sqlite:///{path}").close()
    assert {mode(file) for file in files} == {0o600}
    store.close()
    path.chmod(0o440)
    tighten(path)
    assert mode(path) == 0o400


@pytest.mark.parametrize("there", [True, False])
def test_a_store_is_not_made_through_a_link(tmp_path: Path, there: bool) -> None:
    other = tmp_path / "elsewhere"
    if there:
        open_store(f"sqlite:///{other}").close()
    (tmp_path / "kith.db").symlink_to(other)
    with pytest.raises(NotAFileOfItsOwn):
        open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    assert other.exists() == there


def test_a_store_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable):
        open_store(f"sqlite:///{tmp_path / 'none' / 'kith.db'}")


def test_reject_files_and_labels_are_private_and_follow_no_link(tmp_path: Path, sqlite_store: Store) -> None:
    file = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2001-02-03", "91350100M000100Y43,,林一,2001-02-03")
    (done,) = ingest(sqlite_store, [file], id_key=KEY, now=NOW)
    rejects = Path(str(done.reject_file))
    assert mode(rejects) == 0o600
    export_labels(sqlite_store, tmp_path / "labels.csv")
    assert mode(tmp_path / "labels.csv") == 0o600


def test_reject_files_and_labels_follow_no_link(tmp_path: Path, sqlite_store: Store) -> None:
    victim = tmp_path / "victim"
    victim.write_text("of somebody else")
    file = registry(tmp_path, "91350100M000100Y43,,林一,2001-02-03", "91350104M000100Y48,甲公司,林一,2001")
    file.with_suffix(".rejects.csv").symlink_to(victim)
    with pytest.raises(NotAFileOfItsOwn):
        ingest(sqlite_store, [file], id_key=KEY, now=NOW)
    (tmp_path / "labels.csv").symlink_to(victim)
    with pytest.raises(NotAFileOfItsOwn):
        export_labels(sqlite_store, tmp_path / "labels.csv")
    assert victim.read_text() == "of somebody else"
