"""Supplier lists as small firms keep them: titles, two lines of header, semicolons, phones, totals, damaged codes."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.schemas.screenings import ColumnRead
from api.screenings.columns import FIELDS, find_header, folded_heading, heading_part_field, heading_words, letters_of, place_of
from api.screenings.given_lists import columns_of_text, list_of_json
from api.screenings.list_tables import separator_of
from api.screenings.supplier_lists import ListOptions, SupplierList, read_suppliers
from api.words import words
from ontology.errors import SourceUnreadable, WrongCall

SAY = words("en")
CODE, OTHER_CODE = "91350100M000100Y43", "91330106MA2CXXXX0A"


def read(
    content: str | bytes, *, lang: str = "en", columns: dict[str, str] | None = None, sheet: str | None = None
) -> SupplierList:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_suppliers(raw, file="list", options=ListOptions(100, columns, sheet), say=words(lang))


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    for place, (title, rows) in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fields(given_list: SupplierList) -> dict[str, str]:
    assert given_list.reading is not None
    return {column.field: column.column for column in given_list.reading.columns}


def notes(given_list: SupplierList) -> str:
    assert given_list.reading is not None
    return " ".join(given_list.reading.notes)


def test_a_german_list_with_a_title_semicolons_and_a_sum() -> None:
    text = (
        "Lieferantenliste 2026;;;;\nStand: 01.11.2026, Einkauf;;;;\n;;;;\nLfd. Nr.;Lieferant;USt-IdNr.;Ort;Telefon\n"
        "1;Müller & Söhne GmbH;DE811569869;Köln;+49 221 123\n;;;;\n2;Bäckerei Weiß, Inh. Öz;;München;\nSumme;;;;\n;Gesamt;;;\n"
    )
    result = read(text)
    assert fields(result) == {"id": "A", "name": "B", "code": "C", "place": "D"}
    assert [(row.row, row.id, row.name, row.place) for row in result.rows[:2]] == [
        (5, "1", "Müller & Söhne GmbH", "Köln"),
        (7, "2", "Bäckerei Weiß, Inh. Öz", "München"),
    ]
    assert [row.error for row in result.rows[2:]] == [SAY("check.row_empty"), SAY("check.row_total")]
    assert result.reading is not None
    assert result.reading.header_row == 4
    assert [(column.heading, column.cells) for column in result.reading.unread] == [("Telefon", 1)]


def test_a_chinese_workbook_with_a_merged_title_and_two_lines_of_header() -> None:
    rows = [
        ["2026年供应商名录", None, None, None, None],
        [None] * 5,
        ["供应商", None, "所在地区", None, "联系"],
        ["名称", "统一社会信用代码", "城市", "国家", "联系人电话"],
        ["临海宏达贸易有限公司", 913301062745831234, "临海", "中国", 13912345678],
    ]
    result = read(workbook(("供应商", rows), ("说明", [["x"]])))
    assert fields(result) == {"name": "A", "code": "B", "place": "C", "country": "D"}
    (row,) = result.rows
    assert (row.row, row.name, row.code, row.country) == (5, "临海宏达贸易有限公司", "913301062745831000", "中国")
    assert "Only the sheet “供应商” was read; 1 other sheet was left." in notes(result)


def test_a_second_line_of_the_header_below_it_is_no_supplier() -> None:
    result = read("Supplier,Tax no,City\n(Name),(Code),(Place)\nHengtai,1,Linhai\n")
    assert [row.name for row in result.rows] == ["Hengtai"]
    assert "Row 2 was taken for a second line of the header." in notes(result)


def test_phones_under_the_heading_of_codes_are_doubted() -> None:
    text = 'Razón social,Código,Dirección,País\n"Cervecería Muñoz, S.A.",(0576) 8512 33,Madrid,España\nOtra SL,13911112222,,\n'
    result = read(text)
    assert fields(result) == {"name": "A", "code": "B", "place": "C", "country": "D"}
    assert "most of it looks like phone numbers" in notes(result)


def test_a_list_without_a_header_is_read_by_what_stands_in_it() -> None:
    result = read(f"1|临海宏达贸易有限公司|{CODE}\n2|瑞达物流有限公司|{CODE}\n")
    assert fields(result) == {"name": "B", "code": "C"}
    assert [row.row for row in result.rows] == [1, 2]
    assert "The list has no header" in notes(result)
    assert "Column B, which has no heading, was taken for the name" in notes(result)


def test_strange_headings_are_doubted_and_can_be_set() -> None:
    text = f"Bezeichnung,Kennzeichen,Memo\nHengtai Trading Ltd,{CODE},ok\nRuida Logistics GmbH,{CODE},ok\n"
    guessed = read(text)
    assert fields(guessed) == {"name": "A", "code": "B"}
    assert guessed.reading is not None
    assert {column.by for column in guessed.reading.columns} == {"content"}
    by_choice = read(text, columns={"name": "bezeichnung", "code": "B"})
    assert by_choice.reading is not None
    assert ([column.by for column in by_choice.reading.columns], by_choice.reading.notes) == (["set", "set"], ())
    assert by_choice.rows == guessed.rows


def test_the_name_of_a_contact_is_no_suppliers() -> None:
    result = read("Name des Ansprechpartners,Firma (Lieferant)\nAnna Beispiel,Hengtai\n")
    assert [row.name for row in result.rows] == ["Hengtai"]
    assert "because of a part of its heading" in notes(result)


def test_a_header_repeated_on_each_page_is_passed_over() -> None:
    assert [row.name for row in read("name,city\na,x\nName,City\nb,y\n").rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        ('name,code\n"Hengtai,1\nfoo,2\n', {"row": 2, "problem": "a quote that is not closed"}),
        ("Datum,Betrag\n2026-01-01,12\n", {"headings": "Datum, Betrag"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", {"problem": "an old or a locked workbook"}),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row_and_a_remedy(content: str | bytes, facts: dict[str, object]) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read(content)
    assert facts.items() <= refused.value.facts.items()
    assert refused.value.remedy


@pytest.mark.parametrize("columns", [{"name": "Nobody"}, {"surname": "A"}, {"name": "ZZ"}])
def test_a_column_that_is_not_there_is_refused(columns: dict[str, str]) -> None:
    with pytest.raises(WrongCall) as refused:
        read("a,b\nx,y\n", columns=columns)
    assert str(refused.value.facts["field"]).startswith("columns.")


@pytest.mark.parametrize("sheet", ["None of it", ""])
def test_a_sheet_that_is_not_there_is_refused_and_those_that_are_named(sheet: str) -> None:
    with pytest.raises(SourceUnreadable, match="Sheet A"):
        read(workbook(("Sheet A", [["name"], ["x"]])), sheet=sheet)


def test_a_sheet_is_chosen_by_its_name() -> None:
    book = workbook(("Notes", [["x"]]), ("2026", [["name"], ["Hengtai"]]))
    assert [row.name for row in read(book, sheet="2026").rows] == ["Hengtai"]


def test_quotes_within_names_are_read_as_they_stand() -> None:
    assert [row.name for row in read('name,code\n"Foo" GmbH,1\nBar "Baz" Ltd,2\n').rows] == ["Foo GmbH", 'Bar "Baz" Ltd']


def test_no_heading_names_two_things() -> None:
    page = heading_words()
    assert not page.totals & page.fields.keys()
    assert all(folded_heading(word) == word for word in page.fields)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{", "the body is not JSON"),
        ('{"names": []}', "give names, or rows"),
        ('{"names": ["a"], "rows": [{"name": "b"}]}', "give names, or rows"),
        ('{"rows": [{"nom": "a"}]}', "there is no such field"),
        ('{"names": "a"}', "it has another form"),
    ],
)
def test_bad_json_is_told_in_words_of_our_own(body: str, problem: str) -> None:
    with pytest.raises(WrongCall) as refused:
        list_of_json(body.encode(), options=ListOptions(5), say=SAY)
    assert refused.value.facts["problem"] == problem


def test_rows_of_json_have_every_field() -> None:
    body = '{"rows": [{"id": "4711", "name": "Hengtai", "code": "1", "place": "Linhai", "country": "cn"}, {"uscc": "2"}]}'
    first, second = list_of_json(body.encode(), options=ListOptions(5), say=SAY).rows
    assert first.given == {"id": "4711", "name": "Hengtai", "code": "1", "place": "Linhai", "country": "cn"}
    assert (second.row, second.code) == (2, "2")


@pytest.mark.parametrize("text", ["name", "=x,", "[1]", '{"name": 3}', "{"])
def test_what_names_no_columns_is_refused(text: str) -> None:
    with pytest.raises(WrongCall, match="columns"):
        columns_of_text(text)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8))
def test_any_table_has_a_header_within_it_or_none(rows: list[list[str]]) -> None:
    header = find_header(rows, columns_set={})
    assert -1 <= header.at < max(len(rows), 1)
    assert header.at < header.below <= len(rows) or (header.at, header.below) == (-1, 0)


@given(st.integers(0, 20_000))
def test_letters_of_a_column_lead_back_to_it(place: int) -> None:
    column = ColumnRead(field="name", column=letters_of(place), heading="", by="set")
    assert place_of(column) == place


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(content: bytes) -> None:
    refusals = []
    try:
        read(content)
    except (SourceUnreadable, WrongCall) as refusal:
        refusals.append(refusal)
    assert all(refusal.remedy for refusal in refusals)


@given(st.sampled_from(",;\t|"), st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=6))
def test_a_separator_that_parts_every_line_alike_is_found(separator: str, rows: list[tuple[str, str, str]]) -> None:
    plain = [[cell.translate(str.maketrans("", "", ',;\t|"')) or "x" for cell in row] for row in rows]
    assert separator_of("\n".join(separator.join(row) for row in plain)) == separator


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_whole_reading_of_a_list_in_words(golden: Callable[[str], None], lang: str) -> None:
    header = "Lieferanten (Stand 2026),,,\nBezeichnung,Kennzeichen,Telefon,Ort der Firma\n"
    text = f"{header}Hengtai Ltd,{CODE},1,Linhai\nRuida GmbH,{CODE},,\n"
    result = read(text, lang=lang)
    assert result.reading is not None
    golden(result.reading.model_dump_json(indent=2) + "\n")


def test_fields_are_those_of_a_supplier() -> None:
    assert set(FIELDS) == set(read("name\nx\n").rows[0].__dataclass_fields__) - {"row", "error"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ort der Firma", "place"),
        ("Name des Lieferanten (2026)", "name"),
        ("Supplier country", "country"),
        ("Lieferantenort", "place"),
        ("供应商地址", "place"),
        ("Pays du fournisseur", "country"),
        ("Firmenname lt. Vertrag", "name"),
        ("Company reg. no.", "code"),
        ("Kreditoren-Nr.", "id"),
        ("Transport", None),
        ("Supplier phone", None),
        ("供应商联系人", None),
        ("Bankname", None),
    ],
)
def test_a_longer_heading_names_what_its_head_says(heading: str, field: str | None) -> None:
    assert heading_part_field(heading) == field
