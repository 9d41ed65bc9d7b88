"""Drafted mappings: they load, they ingest, they show nobody's id."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.errors import SourceUnreadable
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.suggestions import suggest
from store.port import Store
from tests.resolution.sources.shorthands import FILES, RESIDENT, USCC
from tests.resolution.sources.test_ingest import load

VENDORS = (
    ("Vendor", "税号", "Contact phone", "Since", "注册地址", "身份证", "Owner", "Stake"),
    ("榕江贸易有限公司", USCC, "0591-1234567", "2024-01-02", "榕江市鼓楼区东街1号", RESIDENT, "林一", "62.5%"),
    ("鹭洲建材有限公司", "", "0591-7654321", "2024-02-03", "榕江市仓山区西街3号", "", "郑四", "100%"),
)


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    path = tmp_path / "our vendors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(VENDORS)
    return path


def test_a_draft_says_what_each_column_looks_like(vendors: Path, golden: Callable[[str], None]) -> None:
    golden(suggest(vendors).rstrip("\n"))


def test_a_draft_shows_no_resident_id(vendors: Path) -> None:
    assert RESIDENT not in suggest(vendors)


def test_a_draft_ingests_the_file_it_was_made_from(vendors: Path, sqlite_store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "draft.yaml"
    mapping.write_text(suggest(vendors), "utf-8")
    (told,) = load(sqlite_store, vendors, mapping=mapping)
    assert (told.rows_in, told.rows_rejected, told.statements) == (2, 0, {"records": 4, "links": 2})


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_a_draft_of_every_kind_of_file_loads(name: str) -> None:
    assert parse_mapping(suggest(FILES / name), name).parties


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.text(max_size=15), min_size=1, max_size=5), min_size=2, max_size=6))
def test_a_draft_of_any_table_loads(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("any") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    try:
        page = suggest(path)
    except SourceUnreadable:
        return
    assert parse_mapping(page, "table.yaml").parties


@pytest.mark.parametrize("header", ["a\0b", "\0"])
def test_a_file_whose_header_nobody_can_keep_has_no_draft(tmp_path: Path, header: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f"{header},name\n1,Harbour Ropes Ltd\n", "utf-8")
    with pytest.raises(SourceUnreadable, match="can be kept"):
        suggest(path)


def test_a_row_that_no_store_keeps_gives_a_draft_nothing(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("vendor,note\nHarbour Ropes Ltd,paid\nQuay \0 Ltd,\0\nSalt Wharf Ltd,open\n", "utf-8")
    assert "\\0" not in suggest(path)
    assert parse_mapping(suggest(path), "odd.yaml").parties
