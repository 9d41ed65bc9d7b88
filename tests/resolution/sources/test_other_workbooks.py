"""Workbooks of other kinds than .xlsx: read alike, and bounded though their readers do not ask what they cost."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.ingest import ingest
from resolution.sources.reading import Reading, header_of, read_rows
from resolution.sources.reading.workbooks import sheet_names
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW, REGISTRY_HEADER, USCC
from tests.resolution.sources.small_workbooks import Cells, cells_of, ods, ods_row, xls, xlsb

TABLE = [["no", "name"], ["1", "Alder Ltd"], ["2", "Birch Ltd"]]


def xlsx(path: Path, cells: Cells) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Sheet"
    for (row, column), text in cells.items():
        book.active.cell(row + 1, column + 1, text)
    book.save(path)
    return path


def ods_of(path: Path, cells: Cells) -> Path:
    rows = [[text for (row, _), text in sorted(cells.items()) if row == at] for at in sorted({row for row, _ in cells})]
    return ods(path, "".join(ods_row(*row) for row in rows))


WRITERS: dict[str, Callable[[Path, Cells], Path]] = {"xls": xls, "xlsb": xlsb, "ods": ods_of, "xlsm": xlsx, "xlsx": xlsx}


@pytest.mark.parametrize("ending", WRITERS)
def test_every_kind_of_workbook_is_read_alike(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path / f"list.{ending}", cells_of(TABLE))
    assert [(row.number, row.values) for row in read_rows(path, Reading())] == [
        (2, {"no": "1", "name": "Alder Ltd"}),
        (3, {"no": "2", "name": "Birch Ltd"}),
    ]
    assert sheet_names(path) == ["Sheet"]
    assert header_of(path, Reading()) == (1, ["no", "name"])


@pytest.mark.parametrize("ending", WRITERS)
def test_a_built_in_kind_is_known_in_every_kind_of_workbook(store: Store, tmp_path: Path, ending: str) -> None:
    cells = cells_of([REGISTRY_HEADER.split(","), [USCC, "鹏程商贸有限公司", "张三", "2019-03-12"]])
    path = WRITERS[ending](tmp_path / f"business_registry.{ending}", cells)
    (outcome,) = ingest(store, [path], id_key=KEY, now=NOW)
    assert (outcome.kind, outcome.rows_in, outcome.trouble) == ("business_registry", 1, None)


@pytest.mark.parametrize("ending", WRITERS)
def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path / f"list.{ending}", cells_of(TABLE))
    with pytest.raises(SourceUnreadable) as refused:
        list(read_rows(path, Reading(sheet=("Other", "Another"))))
    assert "The sheets are: Sheet." in (refused.value.remedy or "")
    assert [row.number for row in read_rows(path, Reading(sheet=("Other", "Sheet")))] == [2, 3]


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods", "xlsm"])
@pytest.mark.parametrize(
    "content", [b"no,name\n1,Alder\n", b"<html><table><tr><td>no</td></tr></table></html>", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_workbook_is_told(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"list.{ending}"
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable) as refused:
        list(read_rows(path, Reading()))
    assert "workbook" in str(refused.value)
    assert ".xlsx" in (refused.value.remedy or "")


@pytest.mark.parametrize(
    ("ending", "real", "remedy"),
    [
        ("xls", "xlsx", "Rename it to list.xlsx"),
        ("xlsb", "xlsx", "Rename it to list.xlsx"),
        ("ods", "xlsx", "Rename it to list.xlsx"),
        ("xlsx", "xls", "Save it as .xlsx"),
        ("xls", "ods", "Save it as .xlsx"),
    ],
)
def test_a_workbook_by_the_ending_of_another_kind_is_told_as_what_it_is(
    tmp_path: Path, ending: str, real: str, remedy: str
) -> None:
    path = WRITERS[real](tmp_path / f"list.{ending}", cells_of(TABLE))
    with pytest.raises(SourceUnreadable) as refused:
        list(read_rows(path, Reading()))
    assert remedy in (refused.value.remedy or "")


def test_a_web_page_by_the_ending_of_a_workbook_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text("<html><body><table><tr><td>no</td></tr></table></body></html>")
    with pytest.raises(SourceUnreadable, match="a web page"):
        list(read_rows(path, Reading()))


# What a workbook may cost

CORNER = {(0, 0): "no", (0, 1): "name", (1, 0): "1", (1, 1): "Alder Ltd"}


@pytest.mark.parametrize(
    ("ending", "corner"),
    [
        ("xlsb", (1_048_575, 16_383)),
        ("xlsb", (90_000, 1_000)),
        ("xls", (65_534, 1_400)),
        ("xls", (65_534, 65_000)),
        ("xls", (65_534, 255)),
    ],
)
def test_two_cells_in_opposite_corners_are_refused_and_harm_nobody(tmp_path: Path, ending: str, corner: tuple[int, int]) -> None:
    path = WRITERS[ending](tmp_path / f"list.{ending}", CORNER | {corner: "x"})
    before = time.monotonic()
    with pytest.raises(SourceUnreadable, match=r"MB of memory to read|cells are read"):
        list(read_rows(path, Reading()))
    assert time.monotonic() - before < 60


@pytest.mark.parametrize(
    "rows",
    [
        ods_row("x", rows=1_000_000, columns=16_384),
        ods_row("x", rows=1_000_000, gap=16_383),
        ods_row("x", rows=4_000, gap=5_000),
        ods_row("x" * 100_000, rows=900, columns=1_000),
        ods_row("x", columns=99_999_999_999),
        ods_row("x").replace('repeated="1"', 'repeated="-5"'),
        ods_row("x").replace('repeated="1"', 'repeated="many"'),
    ],
    ids=["cells", "gaps", "few gaps", "long text", "columns", "negative", "no number"],
)
def test_cells_that_are_said_to_repeat_cost_no_more_than_is_allowed(tmp_path: Path, rows: str) -> None:
    path = ods(tmp_path / "list.ods", ods_row("no", "name") + rows)
    with suppress(SourceUnreadable):
        assert len(list(read_rows(path, Reading()))) <= 1


def test_empty_rows_down_to_the_end_of_an_open_document_cost_nothing(tmp_path: Path) -> None:
    tail = ods_row(rows=1_048_570, gap=16_384)
    path = ods(tmp_path / "list.ods", ods_row("no", "name") + ods_row("1", "Alder Ltd") + tail)
    assert [row.values["no"] for row in read_rows(path, Reading())] == ["1"]


def test_an_open_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods", ods_row("no"))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + parts["content.xml"]
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(SourceUnreadable):
        list(read_rows(path, Reading()))


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods"])
def test_a_file_larger_than_such_a_workbook_may_be_is_refused_unopened(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list.{ending}"
    with path.open("wb") as file:
        file.truncate((1 << 25) + 1)
    with pytest.raises(SourceUnreadable, match="larger than 32 MB"):
        list(read_rows(path, Reading()))


def test_a_text_above_the_table_of_any_workbook_stands_in_its_rows(tmp_path: Path) -> None:
    cells = cells_of([["Account: Alder Ltd"], ["no", "name"], ["1", "Birch Ltd"], ["2", "Cedar Ltd"]])
    for ending, write in WRITERS.items():
        path = write(tmp_path / f"list.{ending}", cells)
        got = read_rows(path, Reading(preamble={"holder": r"Account: ([^\t]+)"}))
        assert [row.values["holder"] for row in got] == ["Alder Ltd"] * 2
