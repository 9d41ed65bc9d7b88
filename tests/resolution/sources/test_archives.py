"""Archives as people send them, and as nobody should: what is read of them, and what they may cost."""

import bz2
import gzip
import lzma
import stat
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.ingest import WORK_PREFIX, Ingested, ingest
from resolution.sources.reading import ENDINGS
from resolution.sources.reading import archives as archives_module
from resolution.sources.reading.archives import unpack
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW

PAGE = """
mapping: harbour_firms
version: "1"
title: Firms of the harbour
source_class: 3
columns: {no: [no], name: [name], place: [place_text]}
parties: {firm: {kind: firm, key: no, names: [name], addresses: [place]}}
"""
ROWS = "no,name\n1,Alder Ltd\n2,Birch Ltd\n"
BAD_ROWS = "no,name\n1,Alder Ltd\n2,Birch Ltd,too,many\n"


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test's own, in which nothing may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not [path for path in folder.iterdir() if path.name.startswith(WORK_PREFIX)]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(PAGE)
    return path


def packed(folder: Path, members: dict[str, str], name: str = "delivery.zip") -> Path:
    path = folder / name
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return path


def load(store: Store, *paths: Path, page: Path) -> list[Ingested]:
    return ingest(store, paths, id_key=KEY, now=NOW, mapping=page)


def names_inside(path: Path, folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    return [file.path.name for file in unpack(path, folder, ENDINGS)]


def test_files_in_folders_of_an_archive_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    path = packed(tmp_path, {"b/two.csv": ROWS, "a/deep/one.csv": ROWS, "three.csv": ROWS, "a/readme.pdf": "x"})
    assert names_inside(path, tmp_path / "work") == ["one.csv", "two.csv", "three.csv"]


def test_hidden_files_and_what_an_operating_system_adds_are_passed_over(tmp_path: Path) -> None:
    path = packed(tmp_path, {"__MACOSX/._one.csv": ROWS, ".secret.csv": ROWS, ".git/x.csv": ROWS, "one.csv": ROWS})
    assert names_inside(path, tmp_path / "work") == ["one.csv"]


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = packed(tmp_path, {"one.csv": ROWS}, "inner.zip")
    with ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
    with pytest.raises(SourceUnreadable, match="no file of a known kind inside"):
        names_inside(tmp_path / "outer.zip", tmp_path / "work")


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no file of a known kind inside"):
        names_inside(packed(tmp_path, {}), tmp_path / "work")


def test_an_encrypted_member_is_told_as_such(tmp_path: Path) -> None:
    path = packed(tmp_path, {"one.csv": ROWS})
    content = bytearray(path.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable, match="encrypted"):
        names_inside(path, tmp_path / "work")


@pytest.mark.parametrize("kept", [10, 60, -10])
def test_an_archive_that_is_cut_short_is_told(store: Store, tmp_path: Path, page: Path, kept: int) -> None:
    path = packed(tmp_path, {"one.csv": ROWS * 50})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceUnreadable, match="broken off, or not packed as its name says"):
        load(store, path, page=page)


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_a_packed_file_is_read_under_the_name_it_has_without_the_last_ending(tmp_path: Path, ending: str) -> None:
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[ending]
    path = tmp_path / f"one.csv.{ending}"
    path.write_bytes(pack(ROWS.encode()))
    (inside,) = unpack(path, tmp_path, ENDINGS)
    assert (inside.path.name, inside.path.read_text(), inside.folder) == ("one.csv", ROWS, tmp_path)


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_a_packed_file_that_is_cut_short_is_told(store: Store, tmp_path: Path, page: Path, ending: str) -> None:
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[ending]
    path = tmp_path / f"one.csv.{ending}"
    path.write_bytes(pack(ROWS.encode() * 9)[:-9])
    with pytest.raises(SourceUnreadable, match="broken off"):
        load(store, path, page=page)
    assert not store.read("sources/files")


def test_a_packed_file_without_an_ending_inside_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "delivery.gz"
    path.write_bytes(gzip.compress(b"x"))
    with pytest.raises(SourceUnreadable) as refused:
        names_inside(path, tmp_path / "work")
    assert ".csv" in (refused.value.remedy or "")


def test_two_files_of_one_name_are_both_read(store: Store, tmp_path: Path, page: Path) -> None:
    path = packed(tmp_path, {"a/one.csv": ROWS, "b/one.csv": "no,name\n3,Cedar Ltd\n"})
    assert [outcome.rows_in for outcome in load(store, path, page=page)] == [2, 1]


def test_rows_of_two_files_of_one_name_go_to_two_reject_files_beside_the_archive(
    store: Store, tmp_path: Path, page: Path, temporary_folder: Path
) -> None:
    path = packed(tmp_path, {"a/one.csv": BAD_ROWS, "b/one.csv": BAD_ROWS.replace("Birch", "Cedar")})
    outcomes = load(store, path, page=page)
    files = {Path(outcome.reject_file or "") for outcome in outcomes}
    assert len(files) == 2
    assert {file.parent for file in files} == {tmp_path}
    assert sorted(word for file in files for word in ("Birch", "Cedar") if word in file.read_text("utf-8-sig")) == [
        "Birch",
        "Cedar",
    ]


def test_a_reject_file_of_a_packed_file_lies_beside_it(store: Store, tmp_path: Path, page: Path) -> None:
    path = tmp_path / "one.csv.gz"
    path.write_bytes(gzip.compress(BAD_ROWS.encode()))
    (outcome,) = load(store, path, page=page)
    assert outcome.reject_file == str(tmp_path / "one.rejects.csv")


def test_one_broken_archive_among_several_files_costs_only_itself(store: Store, tmp_path: Path, page: Path) -> None:
    good, broken = packed(tmp_path, {"one.csv": ROWS}), tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    outcomes = load(store, broken, good, page=page)
    assert [bool(outcome.trouble) for outcome in outcomes] == [True, False]


def test_files_of_one_archive_count_as_beside_one_another(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "joined.yaml"
    join = '{join: [{file: "places*.csv", on: no, key: firm_no, take: {place: place_text}}]}'
    page.write_text(PAGE + f"format: {join}\n")
    path = packed(tmp_path, {"data/firms.csv": ROWS, "data/places.csv": "firm_no,place\n1,1 Quay St\n"})
    outcomes = load(store, path, page=page)
    assert [bool(outcome.trouble) for outcome in outcomes] == [False, True]  # The page is none of the places.
    (record,) = store.read("entities/records_by_ids", ids=["harbour_firms:1"])
    assert "1 Quay St" in record["document"]


@pytest.mark.parametrize(
    "name", ["../../out.csv", "/etc/out.csv", "a/../../out.csv", "..\\out.csv", "C:\\out.csv", "a//out.csv", "./out.csv"]
)
def test_no_name_leads_out_of_the_work_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "delivery.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr(ZipInfo(name), ROWS)
        archive.writestr("good.csv", ROWS)
    work = tmp_path / "work"
    work.mkdir()
    inside = [file.path for file in unpack(path, work, ENDINGS)]
    assert all(file.resolve().is_relative_to(work.resolve()) for file in inside)
    assert "good.csv" in [file.name for file in inside]
    assert not (tmp_path.parent / "out.csv").exists()
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", [".", "..", "/", "\\", "a/", "a/.", "a/.csv", " "])
def test_a_name_that_is_none_is_passed_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / "delivery.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr(ZipInfo(name), ROWS)
        archive.writestr("good.csv", ROWS)
    assert names_inside(path, tmp_path / "work") == ["good.csv"]


def test_a_member_without_any_name_is_passed_over(tmp_path: Path) -> None:
    path = packed(tmp_path, {"x": ROWS, "good.csv": ROWS})
    content = path.read_bytes()
    place = content.index(b"PK\x01\x02")
    nameless = content[: place + 28] + struct.pack("<H", 0) + content[place + 30 : place + 46] + content[place + 47 :]
    end = nameless.rindex(b"PK\x05\x06")
    size = struct.unpack_from("<I", nameless, end + 12)[0] - 1
    path.write_bytes(nameless[: end + 12] + struct.pack("<I", size) + nameless[end + 16 :])
    assert names_inside(path, tmp_path / "work") == ["good.csv"]


def test_a_link_inside_is_a_text_and_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("no,name\n9,Secret Ltd\n")
    link = ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "delivery.zip", "w") as archive:
        archive.writestr(link, str(secret))
    work = tmp_path / "work"
    work.mkdir()
    (inside,) = unpack(tmp_path / "delivery.zip", work, ENDINGS)
    assert not inside.path.is_symlink()
    assert "Secret Ltd" not in inside.path.read_text()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_are_read_though_the_archive_does_not_say_how_they_are_written(tmp_path: Path, encoding: str) -> None:
    path = packed(tmp_path, {"aaaaaaaa.csv" if encoding == "gb18030" else "aaaaaaaaaaaa.csv": ROWS})
    raw = "企业列表".encode(encoding)
    path.write_bytes(path.read_bytes().replace(b"a" * len(raw), raw))
    assert names_inside(path, tmp_path / "work") == ["企业列表.csv"]


def test_more_files_than_an_archive_may_hold_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "delivery.zip"
    with ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(ZipInfo(f"{number}.csv"), "")
    with pytest.raises(SourceUnreadable, match="more than 10000 files inside"):
        names_inside(path, tmp_path / "work")


def bomb(folder: Path, ending: str) -> Path:
    """A hundred kilobytes that unpack to 140 MB."""
    path = folder / f"bomb.csv.{ending}" if ending == "gz" else folder / "bomb.zip"
    zeros = b"0" * (1 << 20)
    if ending == "gz":
        with gzip.open(path, "wb") as file:
            for _ in range(140):
                file.write(zeros)
    else:
        with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("bomb.csv", "w") as member:
            for _ in range(140):
                member.write(zeros)
    return path


@pytest.mark.parametrize("ending", ["gz", "zip"])
def test_what_swells_beyond_the_bounds_is_refused(store: Store, tmp_path: Path, page: Path, ending: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"unpacks to more than 1\d\d MB"):
        load(store, bomb(tmp_path, ending), page=page)


def test_small_files_that_swell_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives_module, "UNPACKED_RATIO_FROM", 1 << 22)
    path = packed(tmp_path, {f"{number}.csv": "0" * (3 << 20) for number in range(9)})
    with pytest.raises(SourceUnreadable, match="all inside unpacks to more than"):
        names_inside(path, tmp_path / "work")


def test_an_archive_that_says_a_member_is_smaller_than_it_is_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"one.csv": ROWS * 100})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 20)
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable, match="broken off"):
        names_inside(path, tmp_path / "work")
