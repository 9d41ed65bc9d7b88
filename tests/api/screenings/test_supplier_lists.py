"""Supplier lists as people keep them."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.screenings.supplier_lists import ListOptions, read_suppliers, suppliers_from_names
from api.words import words
from ontology.errors import SourceUnreadable

SAY = words("en")
RESIDENT_ID = "11010519491231002X"


def read(text: str, encoding: str = "utf-8") -> list[tuple[int, str, str, str | None]]:
    found = read_suppliers(text.encode(encoding), file="s.csv", options=ListOptions(100), say=SAY)
    return [(row.row, row.name, row.code, row.error) for row in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headings_in_each_encoding(encoding: str) -> None:
    assert read("企业名称,统一社会信用代码\n甲公司,X1\n", encoding) == [(2, "甲公司", "X1", None)]


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_the_separator_is_seen_from_the_headings(comma: str) -> None:
    assert read(f"Supplier Name{comma}Credit code\nHongda{comma}X1\n") == [(2, "Hongda", "X1", None)]


def test_a_row_without_name_and_code_is_told_and_the_others_are_read() -> None:
    found = read("name,city\nHongda,Linhai\n,Linhai\nRuida,\n")
    assert [row for row, *_ in found] == [2, 3, 4]
    assert [error is None for *_, error in found] == [True, False, True]


def test_blank_lines_are_nothing_but_rows_keep_their_number() -> None:
    assert read("name\n\nHongda\n") == [(3, "Hongda", "", None)]


def test_excel_is_read_by_its_first_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Supplier", "Tax no"])
    sheet.append(["Hongda", 91350100])
    out = io.BytesIO()
    book.save(out)
    found = read_suppliers(out.getvalue(), file="s.xlsx", options=ListOptions(10), say=SAY)
    assert [(row.row, row.name, row.code) for row in found] == [(2, "Hongda", "91350100")]


def test_a_long_number_of_excel_shows_the_digits_that_were_kept() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Supplier", "uscc"])
    sheet.append(["Hongda", 913301062745831234])
    out = io.BytesIO()
    book.save(out)
    found = read_suppliers(out.getvalue(), file="s.xlsx", options=ListOptions(10), say=SAY)
    assert [row.code for row in found] == ["913301062745831000"]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no workbook", b"\xff\xff\xff"])
def test_what_is_no_supplier_list_is_refused_with_the_file_named(content: bytes) -> None:
    with pytest.raises(SourceUnreadable, match=r"s\.csv"):
        read_suppliers(content, file="s.csv", options=ListOptions(10), say=SAY)


def test_a_list_beyond_the_limit_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match="rows_max 1"):
        read_suppliers(b"name\na\nb\n", file="s.csv", options=ListOptions(1), say=SAY)


def test_a_resident_id_in_any_column_is_masked_before_anything_else_sees_it() -> None:
    found = read_suppliers(f"name,code\n{RESIDENT_ID},{RESIDENT_ID}\n".encode(), file="s.csv", options=ListOptions(5), say=SAY)
    assert RESIDENT_ID not in str(found)
    assert suppliers_from_names([RESIDENT_ID], SAY).rows[0].name.startswith("110*")


@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_names_at_all_can_be_read(names: list[str]) -> None:
    assert len(suppliers_from_names(names, SAY)) == len(names)


@pytest.mark.parametrize(
    ("name", "encoding"), [("三原精機株式会社", "cp932"), ("鹿港紡織股份有限公司", "big5"), ("Cervecería Muñoz Ibáñez", "cp1252")]
)
def test_names_in_other_encodings_are_no_garbage(name: str, encoding: str) -> None:
    assert [one[1] for one in read(f"Supplier Name,Credit code\n{name},X1\n", encoding)] == [name]
