"""What one input may cost: each bound is kept at every door, and its error names the limit, the file and what to do."""

import io
import json
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from api.screenings.supplier_lists import ListOptions, read_suppliers
from api.words import words
from ontology.errors import KithError, MappingInvalid, RulebookInvalid, SourceUnreadable
from ontology.files import read_whole
from ontology.rulebook import load_rulebook
from resolution.sources.ingest import ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.reading import Reading, read_rows
from resolution.sources.statements.amounts import money
from resolution.sources.statements.texts import ValueRefused
from resolution.sources.suggestions import suggest
from store.sqlite import SqliteStore
from tests.resolution.sources.shorthands import KEY, NOW, registry

SHEET = "xl/worksheets/sheet1.xml"


def rows(path: Path) -> list[object]:
    return list(read_rows(path, Reading()))


def workbook(change: Callable[[str], str] = str, **parts: bytes) -> bytes:
    """A workbook of two rows, its sheet's XML changed, with further parts."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in (("name", "uscc"), ("Acme Ltd", "x")):
        book.active.append(row)
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content.decode()) if part == SHEET else content)
        for name, content in parts.items():
            target.writestr(name, content)
    return changed.getvalue()


def cell(place: str, attributes: str = 't="n"', value: str = "<v>1</v>") -> str:
    return f'<row r="{place.lstrip("XFDA") or 1}"><c r="{place}" {attributes}>{value}</c></row></sheetData>'


HOSTILE = {
    "opposite corners": (workbook(lambda xml: xml.replace("</sheetData>", cell("XFD1048576"))), "cells"),
    "a cell nowhere": (workbook(lambda xml: xml.replace("</sheetData>", cell("AAAAA1"))), "no cell can be"),
    "a row without end": (workbook(lambda xml: xml.replace("</sheetData>", '<row r="99999999999"/></sheetData>')), "row"),
    "far by its rows": (
        workbook(lambda xml: xml.replace("</sheetData>", '<row r="10000001"><c><v>1</v></c></row></sheetData>')),
        "cells",
    ),
    "entities": (workbook(lambda xml: f'<!DOCTYPE x [<!ENTITY a "b">]>{xml[xml.index("<worksheet") :]}'), "entities"),
    "zeros": (workbook(**{"xl/media/a.png": bytes(40 << 20)}), "too large unpacked"),
    "another format inside": (workbook(**{"content.xml": b"<a/>"}), "not a workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_workbook_that_would_cost_too_much_is_refused_at_every_door(tmp_path: Path, name: str) -> None:
    content, told = HOSTILE[name]
    path = tmp_path / "suppliers.xlsx"
    path.write_bytes(content)
    store = SqliteStore(tmp_path / "store.db")
    doors: dict[str, Callable[[], object]] = {
        "read": lambda: rows(path),
        "ingest": lambda: ingest(store, [path], id_key=KEY, now=NOW),
        "suggest": lambda: suggest(path),
        "check": lambda: read_suppliers(content, file=path.name, options=ListOptions(10), say=words("en")),
    }
    for open_door in doors.values():
        with pytest.raises(SourceUnreadable, match=told) as refused:
            open_door()
        assert refused.value.facts["file"] == "suppliers.xlsx"
        assert refused.value.remedy
    store.close()


def test_a_workbook_that_lies_of_its_size_is_measured(tmp_path: Path) -> None:
    content = workbook(**{"xl/media/a.bin": bytes(40 << 20)})
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.replace((40 << 20).to_bytes(4, "little"), (40).to_bytes(4, "little")))
    with pytest.raises(SourceUnreadable):
        rows(path)


def test_a_long_text_that_many_cells_share_is_counted_for_each(tmp_path: Path) -> None:
    long, count = "x" * 1_000_000, 400
    strings = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>{long}</t></si></sst>"
    named = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(3, count))
    path = tmp_path / "a.xlsx"
    shared = {"xl/sharedStrings.xml": strings.encode()}
    path.write_bytes(workbook(lambda xml: xml.replace("</sheetData>", f"{named}</sheetData>"), **shared))
    with pytest.raises(SourceUnreadable, match="letters in the cells"):
        rows(path)


def test_formatted_cells_far_away_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(lambda xml: xml.replace("</sheetData>", cell("XFD1048576", 's="0"', ""))))
    assert len(rows(path)) == 1


def parquet(path: Path, columns: dict[str, object], **how: object) -> Path:
    import pyarrow as pa
    from pyarrow import parquet as pq

    pq.write_table(pa.table(columns), path, **how)
    return path


def test_a_parquet_file_of_more_rows_than_bytes_can_hold_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa

    path = parquet(tmp_path / "a.parquet", {"name": pa.nulls(3_000_000, pa.string())})
    with pytest.raises(SourceUnreadable, match="3000000 rows in"):
        rows(path)


def test_a_parquet_text_that_many_rows_share_ends_another_process_only(tmp_path: Path) -> None:
    import pyarrow as pa

    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 300_000]))
    path = parquet(tmp_path / "a.parquet", {"name": shared}, compression="zstd")
    assert path.stat().st_size < 1 << 14
    with pytest.raises(SourceUnreadable, match="memory") as refused:
        rows(path)
    assert "CSV" in str(refused.value.remedy)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"name": "a"}]{"name": "b"}', "more follows"),
        ('[{"name": "a"}] [{"name": "b"}]', "more follows"),
        ('[{"name": "a"}],', "more follows"),
        ('[{"name": "a"} {"name": "b"}]', "comma"),
        ('[{"name": "a"},]', "one too many"),
        ('{"name": "a"}{"name": "b"}', "Extra data"),
        ('{"rows": ' + "[" * 500 + "]" * 500 + "}", "too deep"),
    ],
)
def test_json_that_is_not_one_list_or_object_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceUnreadable, match=told) as refused:
        rows(path)
    assert refused.value.remedy


def test_blanks_after_a_list_are_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"name": "a"}]' + " \n" * 100_000, "utf-8")
    assert len(rows(path)) == 1


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdef", "bcdefg", strict=True)
)
PAGES = {
    "laughs": LAUGHS,
    "laughs by merging": "a: &a {x: 1}\n" + "".join(f"b{n}: &a {{<<: [{','.join(['*a'] * 9)}]}}\n" for n in range(9)),
    "itself": "a: &a [*a]",
    "depth": "[" * 50_000,
    "depth by dashes": "- " * 50_000,
    "a long number": "a: 0x" + "f" * 50_000,
    "no day": "a: 2023-02-31",
    "a tag that does not fit": "a: !!bool maybe",
    "length": "a: " + "x" * 2_000_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_would_cost_too_much_is_refused_as_mapping_and_as_rulebook(tmp_path: Path, name: str) -> None:
    page = tmp_path / "page.yaml"
    page.write_text(PAGES[name], "utf-8")
    with pytest.raises(MappingInvalid):
        parse_mapping(PAGES[name], "page.yaml")
    with pytest.raises(RulebookInvalid):
        load_rulebook(page)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # The name of a socket has a hundred letters at most.
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)
    os.chdir(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "told"), [(_pipe, "a pipe"), (_socket, "a socket"), (_device, "a device"), (_folder, "a folder")]
)
def test_what_is_no_file_is_not_opened(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    path = tmp_path / "suppliers.csv"
    make(path)
    doors: list[Callable[[], object]] = [lambda: rows(path), lambda: suggest(path), lambda: read_whole(path)]
    for open_door in doors:
        with pytest.raises(SourceUnreadable, match=told):
            open_door()


def test_in_a_folder_only_files_and_links_within_it_are_read(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", SqliteStore(tmp_path / "store.db")
    folder.mkdir()
    registry(folder, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02", name="a.csv")
    outside = registry(tmp_path, "91350200MA2XKQ3R7H,鹭洲建材有限公司,王小明,2016-03-02", name="outside.csv")
    (folder / "b.csv").symlink_to("a.csv")
    (folder / "c.csv").symlink_to(outside)
    os.mkfifo(folder / "d.csv")
    a, b, c, d = ingest(store, [folder], id_key=KEY, now=NOW, kind="business_registry")
    assert (a.rows_in, b.loaded_already) == (1, True)
    assert "leads out of its folder" in str(c.trouble)
    assert "a pipe" in str(d.trouble)
    store.close()


@pytest.mark.parametrize("text", ["1e999", "-1e400", "9" * 400, "NaN", "inf", "Infinity", "1" + "0" * 25, "1e24亿"])
def test_an_amount_without_end_is_none(text: str) -> None:
    with pytest.raises(ValueRefused):
        money(text)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
def test_utf_16_is_read_as_named_in_either_order(tmp_path: Path, order: str, mark: str, ending: str) -> None:
    told = {"name": "Acme Ltd", "place": "榕江"}
    texts = {"csv": "name,place\nAcme Ltd,榕江\n", "json": json.dumps([told]), "jsonl": json.dumps(told)}
    path = tmp_path / f"a.{ending}"
    path.write_bytes((mark + texts[ending]).encode(order))
    (row,) = read_rows(path, Reading(encoding="utf-16"))
    assert row.values == told


def test_a_line_without_end_in_utf_16_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"name,place\nA,{'x' * 900_000}\nB,b\n".encode("utf-16"))
    long, after = read_rows(path, Reading(line_bytes_max=1000))
    assert long.trouble is not None
    assert "longer than 1000" in long.trouble.problem
    assert after.values == {"name": "B", "place": "b"}


@pytest.mark.parametrize("name", ["base64", "rot13", "utf-99", "unicode_escape", "punycode", "x" * 5000, "a\0b", "utf 8 \udc80"])
def test_what_is_no_encoding_of_text_is_refused(tmp_path: Path, name: str) -> None:
    path = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02")
    with pytest.raises(SourceUnreadable, match="unknown encoding") as refused:
        list(read_rows(path, Reading(encoding=name)))
    assert "gb18030" in str(refused.value.remedy)


PAGE = """mapping: mine
version: "1"
title: t
source_class: 1
{more}columns: {{code: [c], name: [n]{column}}}
parties: {{p: {{key: {key}, names: [name]}}}}
"""


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"key": '"{code"'}, "parties.p.key"),
        ({"key": '"{code}}"'}, "parties.p.key"),
        ({"key": '"{}"'}, "parties.p.key"),
        ({"key": '"{code|}"'}, "parties.p.key"),
        ({"key": '""'}, "parties.p.key"),
        ({"key": "{values: {a: b}}"}, "parties.p.key"),
        ({"more": "format: {encoding: utf-99}\n"}, "format.encoding"),
        ({"more": "format: {encoding: base64}\n"}, "format.encoding"),
        ({"column": ', "": [x]'}, "columns"),
        ({"column": ', z: [""]'}, "columns.z"),
    ],
)
def test_a_slip_in_a_mapping_is_told_with_its_place(change: dict[str, str], place: str) -> None:
    with pytest.raises(MappingInvalid) as refused:
        parse_mapping(PAGE.format(**({"key": "code", "more": "", "column": ""} | change)), "mine.yaml")
    assert refused.value.facts["place"] == place
    assert refused.value.facts["mapping"] == "mine.yaml"
    assert refused.value.remedy


def test_nothing_is_kept_where_rejected_rows_cannot_be(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db")
    path = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02", ",,,")
    (tmp_path / "rejects").write_text("a file where a folder is needed")
    with pytest.raises(SourceUnreadable, match="rejects cannot be written"):
        ingest(store, [path], id_key=KEY, now=NOW, rejects_dir=tmp_path / "rejects")
    assert store.read("sources/files") == []
    assert store.read("entities/records") == []
    store.close()


@pytest.mark.parametrize("when", ["longer", "the same length"])
def test_a_file_that_is_changed_while_it_is_read_is_not_loaded(tmp_path: Path, when: str) -> None:
    store = SqliteStore(tmp_path / "store.db")
    path = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02")
    kept = path.stat()

    def change(_: str, __: int) -> None:
        text = path.read_text("utf-8")
        path.write_text(text.replace("林一", "林二") + ("\n" if when == "longer" else ""), "utf-8")
        os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))

    with pytest.raises(KithError, match="changed while it was read") as refused:
        ingest(store, [path], id_key=KEY, now=NOW, progress=change)
    assert "Load it again" in str(refused.value.remedy)
    assert store.read("entities/records") == []
    store.close()
