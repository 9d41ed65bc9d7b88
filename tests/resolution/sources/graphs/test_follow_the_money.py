"""FollowTheMoney files: every Sanction goes in, whoever its authority is and whatever of it can be read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Record
from resolution.sources.statements.row_results import RowResult
from tests.resolution.sources.shorthands import map_file

PARTY = {"id": "p1", "schema": "Company", "properties": {"name": ["Tamarind Marine Ltd"], "topics": ["sanction"]}}


def rows(folder: Path, *entities: dict[str, Any]) -> list[RowResult]:
    path = folder / "list.ftm.json"
    path.write_text("\n".join(json.dumps(one) for one in entities), "utf-8")
    return map_file(path)


def sanction(folder: Path, **properties: Any) -> tuple[Listing, RowResult]:
    """The one listing that a sanction of p1 makes, and its row."""
    stated = {name: [value] for name, value in ({"entity": "p1"} | properties).items()}
    row = rows(folder, PARTY, {"id": "s9", "schema": "Sanction", "properties": stated})[1]
    assert row.trouble is None
    (listing,) = row.statements
    assert isinstance(listing, Listing)
    return listing, row


def test_a_sanction_without_a_day_is_a_listing_whose_day_is_not_told(tmp_path: Path) -> None:
    listing, row = sanction(tmp_path, authority="Office of Foreign Assets Control", programId="US-CYB")
    assert (listing.list_type, listing.listed_on, listing.programme) == ("sanctions_us", None, "US-CYB")
    assert row.repaired == []


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("United Nations Security Council", "sanctions_un"),
        ("Swiss SECO", "sanctions_other_state"),
        ("Bureau of Industry and Security", "export_control"),
        ("Asian Development Bank", "mdb_debarment"),
        ("System for Award Management", "debarment"),
        ("Port Council of Lemuria", "other_list"),
    ],
)
def test_a_sanction_of_any_body_goes_in_under_the_type_of_its_list(tmp_path: Path, authority: str, expected: str) -> None:
    listing, _ = sanction(tmp_path, authority=authority, startDate="2021-05-06")
    assert (listing.list_type, listing.issuer, listing.listed_on) == (expected, authority, date(2021, 5, 6))


def test_a_body_that_nobody_knows_is_told_in_its_own_words(tmp_path: Path) -> None:
    listing, _ = sanction(tmp_path, authority="Port Council of Lemuria", program="Belarus-related debarment", reason="Smuggling")
    assert (listing.list_type, listing.programme, listing.reason) == ("other_list", "Belarus-related debarment", "Smuggling")


def test_a_sanction_that_names_nobody_as_issuer_is_told_by_its_programme_or_its_file(tmp_path: Path) -> None:
    assert sanction(tmp_path, program="Harbour dues")[0].issuer == "Harbour dues"
    assert sanction(tmp_path)[0].issuer == "list.ftm"


def test_a_case_number_is_the_authoritys_and_never_the_id_of_the_row(tmp_path: Path) -> None:
    assert sanction(tmp_path, authority="OFAC")[0].case_no is None
    assert sanction(tmp_path, authority="OFAC", authorityId="OFAC-31")[0].case_no == "OFAC-31"
    assert sanction(tmp_path, authority="UNSC", unscId="QDi.001")[0].case_no == "QDi.001"


@pytest.mark.parametrize("text", ["soon", "2023-02-30", "0001-01-01", "2019", "2019-04"])
def test_a_day_that_cannot_be_read_costs_neither_the_listing_nor_its_party(tmp_path: Path, text: str) -> None:
    listing, row = sanction(tmp_path, authority="OFAC", startDate=text)
    assert listing.listed_on is None
    (repair,) = row.repaired
    assert (repair.field, repair.remedy) == ("startDate", "Kept without it.")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020-03-04", date(2020, 3, 4)), ("2020", date(2021, 1, 1)), ("2020-12", date(2021, 1, 1)), ("later", None)],
)
def test_an_end_told_as_a_year_or_a_month_is_the_first_day_after_it(tmp_path: Path, text: str, day: date | None) -> None:
    assert sanction(tmp_path, authority="OFAC", endDate=text)[0].removed_on == day


def test_a_sanction_of_several_entities_lists_each(tmp_path: Path) -> None:
    other = {"id": "p2", "schema": "Person", "properties": {"name": ["Ines Calloway"]}}
    both = {"id": "s1", "schema": "Sanction", "properties": {"entity": ["p1", "p2"], "authority": ["HM Treasury"]}}
    listings = rows(tmp_path, PARTY, other, both)[2].statements
    assert [one.record_id for one in listings if isinstance(one, Listing)] == ["list.ftm:p1", "list.ftm:p2"]


def test_a_sanction_within_its_entity_is_a_listing_of_it(tmp_path: Path) -> None:
    inner = {"id": "s1", "schema": "Sanction", "properties": {"authority": ["Council of the EU"], "startDate": ["2022-03-09"]}}
    nested = PARTY["properties"] | {"sanctions": [inner]}  # type: ignore[operator]
    row, _ = rows(tmp_path, PARTY | {"properties": nested}, PARTY | {"id": "p2"})
    (listing,) = (one for one in row.statements if isinstance(one, Listing))
    assert (listing.record_id, listing.list_type, listing.listed_on) == ("list.ftm:p1", "sanctions_eu", date(2022, 3, 9))
    assert row.references == ()


def test_a_stake_is_not_lost_for_the_day_it_began(tmp_path: Path) -> None:
    stake = {"owner": ["a"], "asset": ["p1"], "percentage": ["40"], "startDate": ["2021-02-30"]}
    row = rows(tmp_path, PARTY, {"id": "o", "schema": "Ownership", "properties": stake})[1]
    (link,) = row.statements
    assert isinstance(link, Link)
    assert (link.share, link.began_on, [one.field for one in row.repaired]) == (0.4, None, ["startDate"])


def test_a_stake_told_as_indirect_is_one(tmp_path: Path) -> None:
    told_so = {"owner": ["a"], "asset": ["p1"], "percentage": ["40"], "ownershipType": ["Indirect"]}
    (link,) = rows(tmp_path, PARTY, {"id": "o", "schema": "Ownership", "properties": told_so})[1].statements
    assert isinstance(link, Link)
    assert (link.indirect, link.share, link.role) == (True, 0.4, "ownership, indirect, 40 %")


def test_a_party_is_kept_whatever_its_dates_are(tmp_path: Path) -> None:
    told_badly = PARTY["properties"] | {"incorporationDate": ["2001-13-40"], "dissolutionDate": ["?"]}  # type: ignore[operator]
    row, _ = rows(tmp_path, PARTY | {"properties": told_badly}, PARTY | {"id": "p2"})
    (record,) = row.statements
    assert isinstance(record, Record)
    assert (record.founded_on, record.ended_on) == (None, None)
    assert [one.field for one in row.repaired] == ["incorporationDate", "dissolutionDate"]


@pytest.mark.parametrize(
    ("percentage", "share", "role"), [("0.4", 0.004, "ownership"), ("25-50", 0.25, "ownership, 25 % to 50 %")]
)
def test_a_percentage_is_percent_and_a_range_counts_by_its_lower_bound(
    tmp_path: Path, percentage: str, share: float, role: str
) -> None:
    stake = {"id": "o", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["p1"], "percentage": [percentage]}}
    (link,) = rows(tmp_path, PARTY, stake)[1].statements
    assert isinstance(link, Link)
    assert (link.share, link.role) == (pytest.approx(share), role)


def test_what_states_nothing_here_is_told_by_its_schema(tmp_path: Path) -> None:
    ship = {"id": "v", "schema": "Vessel", "properties": {"name": ["MT Example"]}}
    place = {"id": "a", "schema": "Address", "properties": {"full": ["1 Quay"]}}
    _, vessel, address = rows(tmp_path, PARTY, ship, place)
    assert (vessel.ignored, vessel.ignored_as) == (True, "Vessel")
    assert (address.ignored, address.ignored_as) == (True, "")


def test_a_document_that_stands_apart_is_its_holders_with_the_country_that_issued_it(tmp_path: Path) -> None:
    holder = {"id": "p2", "schema": "Person", "properties": {"name": ["Ada Brackwater"], "passportNumber": ["X4417002"]}}
    document = {"id": "d1", "schema": "Passport", "properties": {"holder": ["p2"], "number": ["X4417002"], "country": ["mt"]}}
    (record,) = rows(tmp_path, document, holder)[1].statements
    assert isinstance(record, Record)
    assert [(code.scheme, code.value) for code in record.identifiers] == [("passport", "MT:X4417002")]


def test_a_tie_and_a_firm_within_a_person_are_read_where_they_stand(tmp_path: Path) -> None:
    firm = {"id": "f1", "schema": "Company", "properties": {"name": ["Brackwater Works"]}}
    tie = {"id": "t1", "schema": "Ownership", "properties": {"asset": [firm], "percentage": ["75"]}}
    holder = {"id": "p2", "schema": "Person", "properties": {"name": ["Ada Brackwater"], "ownershipOwner": [tie]}}
    row = rows(tmp_path, PARTY, holder)[1]
    (link,) = [statement for statement in row.statements if isinstance(statement, Link)]
    assert (link.source_id, link.target_id, link.share) == ("list.ftm:p2", "list.ftm:f1", 0.75)
    assert {statement.id for statement in row.statements if isinstance(statement, Record)} == {"list.ftm:p2", "list.ftm:f1"}


def test_what_is_said_of_a_ship_is_counted_and_rejects_no_row(tmp_path: Path) -> None:
    ship = {"id": "v1", "schema": "Vessel", "properties": {"name": ["Curlew"]}}
    said = {"id": "s1", "schema": "Sanction", "properties": {"entity": ["v1"], "authority": ["HM Treasury"]}}
    row = rows(tmp_path, PARTY, ship, said)[2]
    assert (row.statements, row.trouble, row.ignored_as) == ([], None, "Sanction")


def test_a_wallet_is_an_account_of_its_holder(tmp_path: Path) -> None:
    wallet = {"id": "w1", "schema": "CryptoWallet", "properties": {"publicKey": ["1Curlew"], "holder": ["p1"]}}
    (record,) = rows(tmp_path, wallet, PARTY)[1].statements
    assert isinstance(record, Record)
    assert [(contact.kind, contact.value) for contact in record.contacts] == [("account", "1Curlew")]


def test_a_tie_within_a_party_with_what_is_no_party_costs_only_itself(tmp_path: Path) -> None:
    ship = {"id": "v1", "schema": "Vessel", "properties": {"name": ["Curlew"]}}
    tie = {"id": "t1", "schema": "Ownership", "properties": {"owner": ["p2"], "asset": [ship]}}
    holder = {"id": "p2", "schema": "Person", "properties": {"name": ["Ada Brackwater"], "ownershipOwner": [tie]}}
    row = rows(tmp_path, PARTY, holder)[1]
    assert row.trouble is None
    assert [type(statement) for statement in row.statements] == [Record]
