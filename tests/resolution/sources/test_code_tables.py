"""Tables of codes beside a page, and a pack's own folder: what is read of it, and that nothing beyond it is."""

from pathlib import Path

import pytest

from ontology.errors import MappingInvalid
from resolution.sources.mappings.library import mapping_at, parse_mapping
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import find_pack, pack_at
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY, expected_facts, sample_files, write_expected_facts
from resolution.sources.previews import preview_pack, stated_facts

PAGE = """
mapping: quay_list
version: "1"
title: List of the quay
source_class: 3
columns: {no: [no], name: [name], land: [land]}
parties: {listed: {kind: firm, key: no, names: [name], countries: [{column: land, values_file: lands.csv, values: {Z: CN}}]}}
"""


def page_with(folder: Path, table: str | bytes | None, page: str = PAGE) -> Path:
    path = folder / "page.yaml"
    path.write_text(page)
    if table is not None:
        (folder / "lands.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    return path


def test_the_codes_of_a_table_beside_the_page_are_its_values(tmp_path: Path) -> None:
    mapping = mapping_at(page_with(tmp_path, '\ufeffcode,land\nA,DE\nB,"FR"\nC,\n\nZ,US\n'))
    assert mapping.parties["listed"].countries[0].values == {"A": "DE", "B": "FR", "C": None, "Z": "CN"}


@pytest.mark.parametrize(
    "name", ["../lands.csv", "/etc/lands.csv", "lands.txt", "", "sub/lands.csv", "[lands.csv]", "..", "null"]
)
def test_a_table_lies_beside_its_page(tmp_path: Path, name: str) -> None:
    (tmp_path / "lands.csv").write_text("code,land\nA,DE\n")
    (tmp_path / "inner").mkdir()
    with pytest.raises(MappingInvalid, match="no table beside the page"):
        mapping_at(page_with(tmp_path / "inner", None, PAGE.replace("lands.csv", name or '""')))


def test_a_link_to_a_table_elsewhere_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.csv").write_text("code,land\nA,DE\n")
    (inner / "lands.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(MappingInvalid, match="no table beside the page"):
        mapping_at(page_with(inner, None))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (None, "not there"),
        ("code,land\nA,DE,x\n", "a line of 3 cells: A, DE, x"),
        (b"code,land\n\xff\xfe,DE\n", "not UTF-8"),
        ("code,land\nA,DE\nA,FR\n", "two lines for 'A'"),
        ("code,land\nA,D\0E\n", "NUL"),
    ],
)
def test_a_table_that_is_none_is_told(tmp_path: Path, table: str | bytes | None, problem: str) -> None:
    with pytest.raises(MappingInvalid, match=problem):
        mapping_at(page_with(tmp_path, table))


def test_a_table_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    page = page_with(tmp_path, "")
    with (tmp_path / "lands.csv").open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(MappingInvalid, match=r"104857600 bytes; at most \d+ are read"):
        mapping_at(page)


def test_a_page_without_a_folder_names_no_table() -> None:
    with pytest.raises(MappingInvalid, match="no table beside the page"):
        parse_mapping(PAGE, "page.yaml")


# A pack of somebody else


PACK = """
pack: strangers
version: "1"
title: List of strangers
publisher: Strangers
layout: {address: "https://example.org/layout", compared_on: 2026-11-22}
licence: {name: Free}
rhythm_days: 1
files: [{mapping: page.yaml, names: ["listed*.csv"]}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "strangers"
    (folder / "sample").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK)
    page_with(folder, "code,land\nA,DE\n")
    (folder / "sample" / "listed.csv").write_text("no,name,land\n1,Alder Ltd,A\n")
    return folder


def facts(pack: Pack) -> dict[str, object]:
    return stated_facts(preview_pack(pack, sample_files(pack), id_key=SAMPLE_KEY, today=SAMPLE_DAY))


def every_file(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_check_that_writes_writes_what_is_expected_and_nothing_else(folder: Path) -> None:
    before = every_file(folder.parent)
    pack = pack_at(folder)
    write_expected_facts(pack, facts(pack))
    after = every_file(folder.parent)
    assert after.keys() - before.keys() == {"strangers/expected.yaml"}
    assert before.items() <= after.items()
    assert expected_facts(pack) == facts(pack)


@pytest.mark.parametrize("place", ["pack.yaml", "page.yaml"])
def test_a_page_of_a_pack_is_no_link_to_what_lies_elsewhere(folder: Path, place: str) -> None:
    (folder / place).rename(folder.parent / place)
    (folder / place).symlink_to(folder.parent / place)
    with pytest.raises(MappingInvalid, match="leads out"):
        find_pack(str(folder))


def test_what_is_expected_is_not_written_through_a_link(folder: Path) -> None:
    precious = folder.parent / "precious.txt"
    precious.write_text("keep")
    (folder / "expected.yaml").symlink_to(precious)
    pack = pack_at(folder)
    for use in (lambda: write_expected_facts(pack, facts(pack)), lambda: expected_facts(pack)):
        with pytest.raises(MappingInvalid, match="a link"):
            use()
    assert precious.read_text() == "keep"


@pytest.mark.parametrize("whole", [False, True], ids=["file", "folder"])
def test_a_sample_is_no_link_to_what_lies_elsewhere(folder: Path, whole: bool) -> None:
    (folder / "sample" / "listed.csv").unlink()
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "listed.csv").write_text("no,name,land\n1,Secret Ltd,A\n")
    if whole:
        (folder / "sample").rmdir()
        (folder / "sample").symlink_to(outside)
    else:
        (folder / "sample" / "listed.csv").symlink_to(outside / "listed.csv")
    with pytest.raises(MappingInvalid, match="no sample"):
        sample_files(pack_at(folder))


def test_what_is_expected_is_read_within_bounds(folder: Path) -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    (folder / "expected.yaml").write_text(f"a0: &a0 [x]\n{levels}\n")
    with pytest.raises(MappingInvalid, match="aliases written out"):
        expected_facts(pack_at(folder))
