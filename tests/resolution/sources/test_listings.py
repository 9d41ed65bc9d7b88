"""Listings of a mapping: no field of one costs the party or the listing, and none is made up."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ontology.listing import Listing
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.mappings.library import parse_mapping
from store.port import Store
from store.rows import from_row
from tests.resolution.sources.shorthands import KEY, NOW
from tests.stores import stored_listings

PAGE = """
mapping: notices
version: "1"
title: Notices
source_class: 3
columns:
  {name: [name], type: [type], body: [body], programme: [programme], no: [no], on: [on], until: [until], off: [off], sum: [sum],
   unit: [unit]}
parties:
  firm: {kind: firm, key: name, names: [name]}
listings:
  - TYPE
    party: firm
    issuer: body
    programme: programme
    case_no: no
    listed_on: on
    ends_on: until
    removed_on: off
    amount: sum
    currency: unit
recognitions: []
"""
HEADER = "name,type,body,programme,no,on,until,off,sum,unit"
FIXED, BY_ISSUER = "list_type: {text: sanctions_eu}", "when: [name]"
BY_TABLE = "list_type: {column: type, values: {ban: procurement_ban, none: null}}"


def load(store: Store, folder: Path, *rows: str, list_type: str = FIXED, name: str = "notices.csv") -> Ingested:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    (told,) = ingest(store, [path], id_key=KEY, now=NOW, mapping=parse_mapping(PAGE.replace("TYPE", list_type), "notices.yaml"))
    return told


def listings(store: Store) -> list[Listing]:
    ids = [row["id"] for row in stored_listings(store)]
    return [from_row(Listing, row) for row in store.read("network/listings_by_ids", ids=ids)]


def test_a_listing_without_a_day_goes_in_and_so_does_its_party(store: Store, tmp_path: Path) -> None:
    told = load(store, tmp_path, "Ferrol Tugs Ltd,,EU,,,,,,,")
    assert (told.rows_rejected, told.rows_repaired, told.statements) == (0, 0, {"records": 1, "listings": 1})
    (listing,) = listings(store)
    assert (listing.listed_on, listing.case_no, listing.issuer) == (None, None, "EU")


BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("on", "Ferrol Tugs Ltd,,EU,,7,someday,2030-01-01,,5,EUR", {"listed_on": None, "ends_on": date(2030, 1, 1), "amount": 5.0}),
    ("until", "Ferrol Tugs Ltd,,EU,,7,2024-01-02,2024-02-31,,5,EUR", {"listed_on": date(2024, 1, 2), "ends_on": None}),
    ("off", "Ferrol Tugs Ltd,,EU,,7,2024-01-02,,gone,5,EUR", {"removed_on": None}),
    ("sum", "Ferrol Tugs Ltd,,EU,,7,2024-01-02,,,much,EUR", {"amount": None, "currency": None}),
    ("unit", "Ferrol Tugs Ltd,,EU,,7,2024-01-02,,,5,shells", {"amount": 5.0, "currency": None}),
    ("body", "Ferrol Tugs Ltd,,,,7,2024-01-02,,,5,EUR", {"issuer": "notices", "case_no": "7"}),
]


@pytest.mark.parametrize(("field", "row", "expected"), BAD, ids=[field for field, _, _ in BAD])
def test_one_bad_field_is_left_out_and_told(store: Store, tmp_path: Path, field: str, row: str, expected: dict[str, Any]) -> None:
    told = load(store, tmp_path, row)
    assert (told.rows_rejected, told.rows_repaired, told.statements["records"]) == (0, 1, 1)
    (repair,) = told.repairs
    assert (repair.row, repair.field, repair.remedy) == (2, field, "Kept without it.")
    (listing,) = listings(store)
    assert {name: getattr(listing, name) for name in expected} == expected


def test_a_list_that_the_table_of_a_mapping_lacks_is_shown_with_its_word(store: Store, tmp_path: Path) -> None:
    told = load(
        store,
        tmp_path,
        "A Ltd,ban,X,,,2024-01-02,,,,",
        "B Ltd,oddity,X,P9,,2024-01-02,,,,",
        "C Ltd,none,X,,,,,,,",
        list_type=BY_TABLE,
    )
    assert (told.rows_rejected, told.statements) == (0, {"records": 3, "listings": 2})
    found = {one.record_id: (one.list_type, one.programme) for one in listings(store)}
    assert found == {"notices:A Ltd": ("procurement_ban", None), "notices:B Ltd": ("other_list", "oddity; P9")}


def test_without_a_list_type_the_issuer_and_the_programme_say_which_it_is(store: Store, tmp_path: Path) -> None:
    rows = (
        "A Ltd,,OFAC,,,,,,,",
        "B Ltd,,OFAC,NS-CMIC,,,,,,",
        "C Ltd,,Swiss SECO,,,,,,,",
        "D Ltd,,Guild of Bakers,Debarment,,,,,,",
    )
    load(store, tmp_path, *rows, list_type=BY_ISSUER)
    found = {one.record_id.removeprefix("notices:"): one.list_type for one in listings(store)}
    assert found == {"A Ltd": "sanctions_us", "B Ltd": "restrictions_us", "C Ltd": "sanctions_other_state", "D Ltd": "other_list"}


def test_an_empty_cell_for_the_list_type_loses_no_listing_unless_a_table_says_so(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "A Ltd,,OFAC,,,,,,,", "B Ltd,export_control,OFAC,,,,,,,", list_type="list_type: type")
    found = {one.record_id.removeprefix("notices:"): one.list_type for one in listings(store)}
    assert found == {"A Ltd": "sanctions_us", "B Ltd": "export_control"}
    load(store, tmp_path, "C Ltd,,OFAC,,,,,,,", list_type=BY_TABLE, name="by_table.csv")
    assert len(listings(store)) == 2


def test_listings_without_a_day_stay_apart_by_programme_case_and_issuer(store: Store, tmp_path: Path) -> None:
    rows = ("A,,EU,P1,,,,,,", "A,,EU,P2,,,,,,", "A,,EU,,7,,,,,", "A,,EU,,8,,,,,", "A,,UK,P1,,,,,,")
    load(store, tmp_path, *rows)
    assert len(listings(store)) == 5


def test_the_same_listing_without_a_day_in_another_file_is_the_same_statement(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "A Ltd,,EU,P1,,,,,,")
    load(store, tmp_path, "A Ltd,,European Union,P1,,,,,,", "B Ltd,,EU,P1,,,,,,", name="again.csv")
    assert len(listings(store)) == 2


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("name,authority,date,case_no", "Ferrol Tugs Ltd,Harbour Market Bureau,,44"),
        ("name,authority,date,case_no", "Ferrol Tugs Ltd,,2024-01-02,44"),
    ],
)
def test_a_known_kind_of_file_loses_no_party_for_an_empty_day_or_issuer(
    store: Store, tmp_path: Path, header: str, row: str
) -> None:
    path = tmp_path / "counterfeit_goods.csv"
    path.write_text(f"{header}\n{row}\n", "utf-8")
    (told,) = ingest(store, [path], id_key=KEY, now=NOW, kind="counterfeit_goods")
    assert (told.rows_rejected, told.rows_repaired, told.statements) == (0, 1, {"records": 1, "listings": 1})


def test_a_repair_without_its_day_lists_nobody_anew(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "credit_repair.csv"
    row = "蓝鲸贸易有限公司,经营异常名录,2024-01-02,,杭州市市场监督管理局"
    path.write_text(f"企业名称,原列入名单,列入日期,移出日期,修复机关\n{row}\n", "utf-8")
    (told,) = ingest(store, [path], id_key=KEY, now=NOW, kind="credit_repair")
    assert (told.statements, told.rows_repaired) == ({"records": 1}, 1)


def test_a_good_mark_without_a_day_that_can_be_read_is_left_out_and_its_party_stays(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tax_grades.csv"
    path.write_text("企业名称,纳税信用等级,评价年度,评价机关\n蓝鲸贸易有限公司,A,某年,杭州市税务局\n", "utf-8")
    (told,) = ingest(store, [path], id_key=KEY, now=NOW, kind="tax_grades")
    assert (told.statements, told.rows_repaired, told.rows_rejected) == ({"records": 1}, 1, 0)
