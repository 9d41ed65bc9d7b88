"""Where a table starts: below titles and notes, at a line that is named, or at once where it has no header."""

from pathlib import Path

import openpyxl
import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.reading import Reading, header_of, read_rows
from resolution.sources.reading.header_detection import is_data

TABLES = {
    "one note": ("Report Date: 03-Jun-2026\nName,City,Code\nAlpha,Leeds,1\nBeta,York,2\n", 2),
    "a note of two cells": ("Last Updated,03/06/2026\nName 6,Name 1,Regime,Group ID\nA,B,C,1\nD,,C,2\n", 2),
    "notes padded with delimiters": (
        "账单明细,,,\n微信昵称：[林],,,\n,,,\n交易时间,交易对方,金额,状态\n2026-01-01,甲,1.00,成功\n",
        4,
    ),
    "key and value lines": ("Report:,Suppliers\nCreated:,2026-01-01\n\nName,City,Code\nAlpha,Leeds,a\nBeta,York,b\n", 4),
    "notes that fill most cells": (
        "Account,ACME LTD,,,\nFrom,01/01/2024,To,31/01/2024,\nDate,Payee,Reference,Debit,Balance\n"
        "02/01/2024,Harlan,INV 1,10.00,90.00\n03/01/2024,Pier,INV 2,20.00,70.00\nTotal,,,30.00,\n",
        3,
    ),
    "a footer": ("Name;City\nAlpha;Leeds\nBeta;York\nGamma;Hull\nRecord count 3\n", 1),
    "notes with another delimiter": ("Suppliers, all of them\nName;City;Sum\nAlpha;Leeds;1,50\nBeta;York;2,75\n", 2),
    "no title": ("a;b;c\n1,5;2,5;3,5\n1,5;2,7;3,9\n", 1),
    "rows wider than the header": ("name,city,street,code,note\nA,Leeds,High St,x,y,\nB,York,Low St,x,z,\n", 1),
    "rows narrower than the header": ("a,b,c\nx,y\nz,w\n", 1),
    "a column without a name": (",name\nx,Alpha\ny,Beta\nz,Gamma\n", 1),
    "years as names": ("year,2019,2020\nA,100,200\nB,1,2\n", 1),
    "a header over two lines": ('"Name\n(in full)",City\nAlpha,Leeds\nBeta,York\n', 1),
}


@pytest.mark.parametrize("table", TABLES)
def test_the_header_is_found_and_rows_keep_the_numbers_an_editor_shows(table: str, tmp_path: Path) -> None:
    content, line = TABLES[table]
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    found = header_of(path, Reading())
    assert found is not None
    assert found[0] == line
    numbers = [number for number, text in enumerate(content.splitlines(), start=1) if number > line and text.strip("), ")]
    told = [row.number for row in read_rows(path, Reading())]
    assert told == (numbers if table != "a header over two lines" else [3, 4])


def test_the_header_can_be_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\nz,w\nname,city\nAlpha,Leeds\n", "utf-8")
    (row,) = read_rows(path, Reading(header_line=3))
    assert (row.number, row.values) == (4, {"name": "Alpha", "city": "Leeds"})
    (named,) = read_rows(path, Reading(header_line=3, header=("a", "b")))
    assert named.values == {"a": "Alpha", "b": "Leeds"}
    with pytest.raises(SourceUnreadable, match="line 9"):
        list(read_rows(path, Reading(header_line=9)))


def test_a_sheet_starts_below_its_notes_or_at_the_row_that_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["Printed", "2026-01-02"], ["name", "city", "code"], ["Alpha", "Leeds", "x"], ["Beta", "York", "y"]):
        book.worksheets[0].append(line)
    book.save(tmp_path / "a.xlsx")
    assert [row.number for row in read_rows(tmp_path / "a.xlsx", Reading())] == [3, 4]
    (row,) = read_rows(tmp_path / "a.xlsx", Reading(header_line=3))
    assert row.values == {"Alpha": "Beta", "Leeds": "York", "x": "y"}
    named = list(read_rows(tmp_path / "a.xlsx", Reading(header=("a", "b", "c"))))
    assert [row.number for row in named] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("first", "rows", "told"),
    [
        (["50001", "PIER LINES LLC"], [["50002", "HARBOUR LTD"]], True),
        (["榕江贸易有限公司", "2020-01-02"], [["鹭洲建材有限公司", "2021-03-04"]], True),
        (["name", "founded"], [["Alpha", "2020-01-02"]], False),
        (["name", "2019"], [["Alpha", "100"]], False),
        (["city", "name"], [["Leeds", "Alpha"], ["York", "Beta"]], False),
        (["AB-1001", "open"], [["AB-1002", "open"], ["AB-1003", "open"]], True),
        (["91350100M000100Y43"], [], True),
        (["name", "city"], [], False),
    ],
)
def test_a_first_line_that_looks_like_those_below_it_is_no_header(first: list[str], rows: list[list[str]], told: bool) -> None:
    assert is_data(first, rows) is told


def test_a_mark_at_the_end_of_a_file_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,city\nAlpha,Leeds\n\x1a")
    assert len(list(read_rows(path, Reading()))) == 1
