"""One listing, told by whom it may be: what counts as the same case, and what was known of it on a day."""

from datetime import date
from typing import Any

import pytest

from graph.network.listings import listings_on_day
from ontology.base import SourceClass
from ontology.listing import Listing
from ontology.rulebook import default_rulebook

BOOK = default_rulebook()
DAY = date(2026, 6, 30)


def told(id_: str, **more: Any) -> Listing:
    stated = {"list_type": "court_judgment_default", "record_id": "r", "issuer": "Tartu County Court", "case_no": "2-26-41"}
    days = {"listed_on": date(2026, 2, 3)}
    origin = {"dataset": "court", "source_class": SourceClass.PUBLIC, "row_id": "f#1"}
    return Listing.model_validate({"id": id_} | stated | days | origin | more)


def on(*listings: Listing, day: date = DAY) -> list[tuple[str, bool]]:
    return [(one.listing.id, one.active) for one in listings_on_day(listings, rulebook=BOOK, as_of=day)]


@pytest.mark.parametrize(
    "copy",
    [
        {"case_no": None},
        {"case_no": "（2-26-41）"},
        {"issuer": "TARTU COUNTY COURT"},
        {"issuer": "Tartu Maakohus"},
        {"listed_on": date(2026, 2, 5)},
    ],
)
def test_one_listing_told_by_two_files_is_one(copy: dict[str, Any]) -> None:
    assert len(on(told("a"), told("b", dataset="copy", **copy))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"case_no": "2-26-42"},
        {"issuer": "Harju County Court", "listed_on": date(2026, 2, 5)},
        {"list_type": "serious_violation"},
        {"case_no": None, "listed_on": date(2026, 2, 5)},
    ],
)
def test_two_listings_stay_two(other: dict[str, Any]) -> None:
    assert len(on(told("a"), told("b", dataset="copy", **other))) == 2


def test_a_removal_counts_from_its_day_on_and_is_not_known_before() -> None:
    removed = told("b", dataset="copy", removed_on=date(2026, 5, 1), removal_ground="performed")
    assert on(told("a"), removed) == [("b", False)]
    (before,) = listings_on_day([told("a"), removed], rulebook=BOOK, as_of=date(2026, 4, 30))
    assert (before.active, before.repaired, before.listing.removal_ground) == (True, False, None)
    (after,) = listings_on_day([told("a"), removed], rulebook=BOOK, as_of=date(2026, 5, 1))
    assert (after.active, after.repaired) == (False, True)


def test_a_repair_seals_a_case_that_another_copy_only_knows_as_ended() -> None:
    ended, repaired = told("a", ends_on=date(2026, 4, 1)), told("b", dataset="copy", removed_on=date(2026, 4, 1))
    (one,) = listings_on_day([ended, repaired], rulebook=BOOK, as_of=DAY)
    assert (one.active, one.repaired) == (False, True)


def test_a_dispute_that_one_of_two_copies_knows_is_told_from_its_day_on() -> None:
    disputed = told("z", dataset="copy", disputed_since=date(2026, 3, 1))
    for day, said in ((date(2026, 2, 28), False), (date(2026, 3, 1), True)):
        (one,) = listings_on_day([told("a"), disputed], rulebook=BOOK, as_of=day)
        assert (one.active, one.disputed(day)) == (True, said)


def test_an_unreleased_copy_neither_counts_nor_takes_the_released_one_off() -> None:
    grade = {"list_type": "tax_credit_d", "case_no": None}
    assert on(told("a", **grade)) == [("a", False)]
    assert on(told("a", **grade), told("b", dataset="copy", release_id="C-2026-0001", **grade)) == [("b", True)]
