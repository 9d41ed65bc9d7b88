"""Listings as of a day: without a day in force, and one listing told by several files is one."""

from datetime import date
from typing import Any

import pytest

from graph.network.listings import ListingStatus
from tests.graph.world import World

OFAC = "Office of Foreign Assets Control"


def listings(*listing_facts: dict[str, Any], list_type: str = "sanctions_us") -> tuple[ListingStatus, ...]:
    world = World()
    for number, fields in enumerate(listing_facts):
        facts: dict[str, Any] = {"issuer": OFAC, "row_id": f"file{number}#2", "dataset": f"list_{number}"} | fields
        world.listed(
            "A", fields.get("list_type", list_type), **{name: value for name, value in facts.items() if name != "list_type"}
        )
    return world.scoring().network.listings[0]


UNDATED: dict[str, Any] = {"listed_on": None}


def test_a_listing_without_a_day_is_in_force_and_has_no_end() -> None:
    (status,) = listings(UNDATED)
    assert (status.active, status.ends_on) == (True, None)


def test_a_list_that_the_rulebook_does_not_know_is_shown_and_binds_nobody() -> None:
    (status,) = listings({"issuer": "Guild of Bakers"}, list_type="other_list")
    assert (status.active, status.binds) == (True, False)
    (known_status,) = listings({})
    assert (known_status.active, known_status.binds) == (True, True)


@pytest.mark.parametrize("end", [{"removed_on": date(2025, 1, 1)}, {"ends_on": date(2026, 6, 30)}])
def test_a_listing_without_a_day_that_its_source_ended_is_not_in_force(end: dict[str, Any]) -> None:
    (status,) = listings(UNDATED | end)
    assert not status.active


def test_a_term_of_the_rule_is_not_counted_from_a_day_that_nobody_tells() -> None:
    (status,) = listings({"listed_on": None, "issuer": "SAMR"}, list_type="serious_violation")
    assert (status.active, status.ends_on) == (True, None)


SAME_CASE = [
    ("the same case told by two files", {"case_no": "OFAC-7"}, {"case_no": "ofac 7"}),
    ("the issuer spelled otherwise", {"case_no": "7"}, {"case_no": "7", "issuer": "OFAC"}),
    ("the day told by one of them", {"case_no": "7"}, {"case_no": "7"} | UNDATED),
    ("the same day without a case", {}, {}),
    ("less told by the second file", {"case_no": "7", "programme": "CYBER2"}, UNDATED),
    ("a case told by one of them", {"case_no": "7"}, {}),
]
DIFFERENT_CASES = [
    ("two cases", {"case_no": "7"}, {"case_no": "8"}),
    ("two programmes without a day", {"programme": "CYBER2"} | UNDATED, {"programme": "IRAN"} | UNDATED),
    ("two days", {"listed_on": "2024-01-02"}, {"listed_on": "2025-01-02"}),
    ("two lists", {"case_no": "7"}, {"case_no": "7", "list_type": "restrictions_us"}),
    (
        "one case number of two bodies on two days",
        {"case_no": "7"},
        {"case_no": "7", "issuer": "SECO", "listed_on": "2024-05-06"},
    ),
    ("an end told without a case does not end the case", {"case_no": "7"}, {"removed_on": date(2024, 1, 1)} | UNDATED),
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in SAME_CASE], ids=[case[0] for case in SAME_CASE])
def test_one_listing_told_twice_is_one_in_either_order(first: dict[str, Any], second: dict[str, Any]) -> None:
    for order in ((first, second), (second, first)):
        (status,) = listings(*order)
        assert status.listing.listed_on == date(2025, 3, 4)


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in DIFFERENT_CASES], ids=[case[0] for case in DIFFERENT_CASES])
def test_two_listings_stay_two(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert len(listings(first, second)) == len(listings(second, first)) == 2


def test_two_rows_of_one_file_that_tell_different_things_stay_two() -> None:
    same_file = {"row_id": "file#2", "dataset": "list"}
    assert len(listings({"case_no": "7"} | same_file, UNDATED | {"row_id": "file#3", "dataset": "list"})) == 2


def test_an_end_that_one_file_knows_of_a_case_ends_it() -> None:
    (status,) = listings({"case_no": "7"}, {"case_no": "7", "removed_on": date(2025, 9, 1)})
    assert not status.active


def test_the_latest_comes_first_and_one_without_a_day_last() -> None:
    statuses = listings(
        {"case_no": "1", "listed_on": "2024-01-02"}, {"case_no": "2"} | UNDATED, {"case_no": "3", "listed_on": "2025-01-02"}
    )
    assert [status.listing.case_no for status in statuses] == ["3", "1", "2"]
