"""Rows read column by column say what they say one by one, and what is to be masked is never read so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.personal_ids import mask_row
from resolution.sources.choice import GRAPHS
from resolution.sources.mappings.library import library
from resolution.sources.reading import RawRow, Trouble, read_rows
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.plain_rows import read_plain_rows
from tests.resolution.sources.shorthands import FILES, NAMED, RESIDENT, USCC, as_text, choice

HEADERS = ("发票号码", "开票日期", "销售方名称", "销售方税号", "购买方名称", "价税合计", "备注")
TEXTS = st.one_of(
    st.sampled_from(["", " ", "无", "N/A", "null", "-", "Not available", " 榕江 ", RESIDENT, f"id {RESIDENT}", USCC, "1" * 20]),
    st.text(max_size=20),
)
ROWS = st.lists(st.tuples(*[TEXTS] * len(HEADERS)), min_size=1, max_size=8)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir() if path.stem not in GRAPHS))
def test_rows_mapped_together_are_what_they_are_one_by_one(name: str) -> None:
    how = choice(FILES / name, NAMED.get(name))
    rows = list(read_rows(FILES / name, how.reading))
    alone, together = how.make("f" * 16), how.make("f" * 16)
    expected = [alone.map_row(row) for row in rows]
    mapped = together.map_rows(rows)
    assert as_text(mapped) == as_text(expected)
    assert [row.values for row in mapped] == [row.values for row in expected]
    assert [(row.trouble, row.repaired, row.sum_lines) for row in mapped] == [
        (row.trouble, row.repaired, row.sum_lines) for row in expected
    ]


@given(ROWS)
def test_cells_of_columns_are_the_cells_of_rows_and_what_is_masked_is_left(cells: list[tuple[str, ...]]) -> None:
    rows = [RawRow(number, dict(zip(HEADERS, texts, strict=True))) for number, texts in enumerate(cells, start=1)]
    mapping = library()["invoices"]
    for row, fields in zip(rows, read_plain_rows(rows, Headers(mapping), frozenset()), strict=True):
        assert (fields is None) == (mask_row(row.values) != row.values)
        assert fields is None or fields == Headers(mapping).fields(row.values)


def test_rows_of_other_headers_and_rows_with_a_trouble_are_left_to_be_read_by_themselves() -> None:
    plain = RawRow(1, {"发票号码": "1", "备注": "2"})
    headers = Headers(library()["invoices"])
    assert read_plain_rows([plain, plain], headers, frozenset()) == [{"number": "1", "remarks": "2"}] * 2
    assert read_plain_rows([plain, RawRow(2, {"发票号码": "1"})], headers, frozenset()) == [None, None]
    assert read_plain_rows([plain, plain._replace(trouble=Trouble(None, "", ""))], headers, frozenset()) == [None, None]
    assert read_plain_rows([RawRow(1, {f"备注 {RESIDENT}": "2"})], headers, frozenset()) == [None]
    assert read_plain_rows([], headers, frozenset()) == []
