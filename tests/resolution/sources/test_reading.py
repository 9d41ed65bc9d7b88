"""Readers: rows with the number a person sees, in every format, broken ones told apart."""

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import SourceUnreadable
from resolution.sources.reading import RawRow, Reading, read_rows
from resolution.sources.reading.delimited import sniff_delimiter
from resolution.sources.rejects import escape_formula


def _rows(folder: Path, name: str, content: bytes | str, **reading: object) -> list[RawRow]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_rows(path, Reading.model_validate(reading)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_chinese_file_is_found_out(encoding: str, tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "a.csv", "企业名称,城市\n榕江贸易有限公司,榕江\n".encode(encoding))
    assert row == RawRow(2, {"企业名称": "榕江贸易有限公司", "城市": "榕江"})


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "a.csv", "name,town\nZoë,Köln\n".encode("latin-1"), encoding="latin-1")
    assert row.values == {"name": "Zoë", "town": "Köln"}


def test_an_encoding_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="utf-9"):
        _rows(tmp_path, "a.csv", "a\n1\n", encoding="utf-9")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    assert sniff_delimiter(delimiter.join(["name", '"a, quoted; header|"', "town"])) == delimiter


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "a.csv", 'name,note\na,"one\ntwo, ""three"""\nb,5" pipe\n')
    assert rows == [RawRow(2, {"name": "a", "note": 'one\ntwo, "three"'}), RawRow(4, {"name": "b", "note": '5" pipe'})]


def test_a_quote_that_never_closes_costs_its_own_line_only(tmp_path: Path) -> None:
    broken, *after = _rows(tmp_path, "a.csv", 'name,note\na,"open\nb,2\nc,"3"\n')
    assert broken.number == 2
    assert broken.trouble is not None
    assert "never closed" in broken.trouble.problem
    assert after == [RawRow(3, {"name": "b", "note": "2"}), RawRow(4, {"name": "c", "note": "3"})]


def test_a_line_with_other_than_the_headers_columns_is_broken(tmp_path: Path) -> None:
    short, long = _rows(tmp_path, "a.csv", "name,note\na\nb,2,3\n")
    assert short.trouble is not None
    assert short.trouble.problem == "1 columns instead of 2"
    assert long.values == {"name": "b", "note": "2", "extra": "3"}


def test_a_line_beyond_the_limit_costs_itself_only(tmp_path: Path) -> None:
    long, after = _rows(tmp_path, "a.csv", f"name,note\n{'x' * 500},1\nb,2\n", line_bytes_max=100)
    assert long.number == 2
    assert long.trouble is not None
    assert "longer than 100 bytes" in long.trouble.problem
    assert after == RawRow(3, {"name": "b", "note": "2"})


def test_repeated_and_empty_headers_get_names_of_their_own(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "a.csv", "name,name,\na,b,c\n")
    assert row.values == {"name": "a", "name (2)": "b", "column 3": "c"}


def test_numbers_in_json_keep_every_digit(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "a.jsonl", '{"a": 0.10, "b": 123456789012345678901234567890, "c": null, "d": [1, {"e": true}]}\n')
    assert row.values == {"a": "0.10", "b": "123456789012345678901234567890", "c": "", "d": '["1", {"e": true}]'}


def test_a_broken_json_line_costs_itself_only(tmp_path: Path) -> None:
    first, broken, last = _rows(tmp_path, "a.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n')
    assert (first.number, broken.number, last.number) == (1, 2, 3)
    assert broken.trouble is not None
    assert "not JSON" in broken.trouble.problem


@given(
    st.lists(st.dictionaries(st.text(min_size=1, max_size=5).map(str.strip), st.text(max_size=30), max_size=4), max_size=8),
    st.integers(0, 3),
)
def test_a_json_list_is_read_like_the_whole_of_it(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, str]], indent: int
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(found, indent=indent or None, ensure_ascii=indent > 1), "utf-8")
    assert [row.values for row in read_rows(path, Reading())] == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_json_list_is_found_out(encoding: str, tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "a.json", '[{"企业名称": "榕江贸易有限公司"}]'.encode(encoding))
    assert row.values == {"企业名称": "榕江贸易有限公司"}


def test_a_list_inside_an_object_is_taken_by_its_path(tmp_path: Path) -> None:
    content = '{"meta": {"list": [1]}, "data": {"items": [{"a": "1"}, {"a": "2"}]}}'
    assert [row.values["a"] for row in _rows(tmp_path, "a.json", content, path="data.items")] == ["1", "2"]
    with pytest.raises(SourceUnreadable, match="no list there"):
        _rows(tmp_path, "a.json", content, path="data.nothing.more")


def test_a_json_element_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="longer than 100 characters"):
        _rows(tmp_path, "a.json", json.dumps([{"a": "x" * 200_000}]), line_bytes_max=100)


def test_cells_of_a_sheet_become_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (["A title"], ["name", "year", "on", "note"], ["a", 2024, date(2024, 1, 2), None], [], ["b", 1.5, "2024", "+1"]):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    assert list(read_rows(tmp_path / "a.xlsx", Reading())) == [
        RawRow(3, {"name": "a", "year": "2024", "on": "2024-01-02", "note": ""}),
        RawRow(5, {"name": "b", "year": "1.5", "on": "2024", "note": "+1"}),
    ]


def test_a_formula_without_a_saved_value_costs_its_row_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (["name", "sum"], ["a", "=1+1"], ["b", 2]):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    formula, plain = read_rows(tmp_path / "a.xlsx", Reading())
    assert formula.trouble is not None
    assert (formula.number, formula.trouble.field) == (2, "sum")
    assert "cell B2" in formula.trouble.problem
    assert plain.trouble is None


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "firms"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceUnreadable) as told:
        list(read_rows(tmp_path / "a.xlsx", Reading(sheet="persons")))
    assert told.value.remedy == "The sheets are: firms."


def test_json_lines_are_known_under_the_ending_of_json(tmp_path: Path) -> None:
    told = '{"a": "1", "b": {"c": 2}}\n\n{"a": \n{"a": "3"}\n'
    first, broken, last = _rows(tmp_path, "a.json", told)
    assert (first.values, last.values) == ({"a": "1", "b": '{"c": "2"}'}, {"a": "3"})
    assert broken.trouble
    (whole,) = _rows(tmp_path, "b.json", '{\n"a": "1"\n}\n')
    assert whole.values == {"a": "1"}


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.json"])
def test_a_file_that_is_not_what_it_claims_to_be_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable):
        _rows(tmp_path, name, "{just text")


@pytest.mark.parametrize(
    ("name", "content", "told"), [("a.csv", "", "empty"), ("a.pdf", "x", "ending"), ("b.csv", None, "not there")]
)
def test_what_cannot_be_read_is_said_at_once(name: str, content: str | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(SourceUnreadable, match=told):
        list(read_rows(tmp_path / name, Reading()))


@given(st.text(max_size=20))
def test_no_exported_cell_is_taken_for_a_formula(text: str) -> None:
    assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_ends_where_its_page_says_also_at_a_line_that_cannot_be_split_and_with_cells_dropped(tmp_path: Path) -> None:
    content = "name,account\nAlder Ltd,12-34\n----------\nClosing balance,7\n"
    (row,) = _rows(tmp_path, "a.csv", content, until="^-{5,}", drop=["account"])
    assert row == RawRow(2, {"name": "Alder Ltd", "account": ""})
