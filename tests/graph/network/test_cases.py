"""One listing, told by whom it may be: what counts as the same case, and what was known of it on a day."""

from datetime import date
from typing import Any

import pytest

from graph.network.listings import listings_on_day
from ontology.base import SourceClass
from ontology.listing import Listing, ListingState
from ontology.rulebook import default_rulebook

BOOK = default_rulebook()
DAY = date(2026, 6, 30)


def listing(id_: str, **attributes: Any) -> Listing:
    facts = {"list_type": "court_judgment_default", "record_id": "r", "issuer": "Tartu County Court", "case_no": "2-26-41"}
    days = {"listed_on": date(2026, 2, 3)}
    origin = {"dataset": "court", "source_class": SourceClass.PUBLIC, "row_id": "f#1"}
    return Listing.model_validate({"id": id_} | facts | days | origin | attributes)


def active_by_id(*listings: Listing, day: date = DAY) -> list[tuple[str, bool]]:
    return [(status.listing.id, status.active) for status in listings_on_day(listings, rulebook=BOOK, as_of=day)]


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
    assert len(active_by_id(listing("a"), listing("b", dataset="copy", **copy))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"case_no": "2-26-42"},
        {"issuer": "Harju County Court", "listed_on": date(2026, 2, 5)},
        {"list_type": "serious_violation"},
        {"case_no": None, "listed_on": date(2026, 2, 5)},
    ],
)
def test_two_listings_stay_two(changes: dict[str, Any]) -> None:
    assert len(active_by_id(listing("a"), listing("b", dataset="copy", **changes))) == 2


def test_a_removal_counts_from_its_day_on_and_is_not_known_before() -> None:
    removed = listing("b", dataset="copy", removed_on=date(2026, 5, 1), removal_ground="performed")
    assert active_by_id(listing("a"), removed) == [("b", False)]
    (before,) = listings_on_day([listing("a"), removed], rulebook=BOOK, as_of=date(2026, 4, 30))
    assert (before.active, before.repaired, before.listing.removal_ground) == (True, False, None)
    (after,) = listings_on_day([listing("a"), removed], rulebook=BOOK, as_of=date(2026, 5, 1))
    assert (after.active, after.repaired) == (False, True)


def test_a_repair_seals_a_case_that_another_copy_only_knows_as_ended() -> None:
    ended, repaired = listing("a", ends_on=date(2026, 4, 1)), listing("b", dataset="copy", removed_on=date(2026, 4, 1))
    (status,) = listings_on_day([ended, repaired], rulebook=BOOK, as_of=DAY)
    assert (status.active, status.repaired) == (False, True)


def test_a_dispute_that_one_of_two_copies_knows_is_told_from_its_day_on() -> None:
    disputed = listing("z", dataset="copy", disputed_since=date(2026, 3, 1))
    for day, is_disputed in ((date(2026, 2, 28), False), (date(2026, 3, 1), True)):
        (status,) = listings_on_day([listing("a"), disputed], rulebook=BOOK, as_of=day)
        assert (status.active, status.disputed(day)) == (True, is_disputed)
        assert status.state(day) is (ListingState.DISPUTED if is_disputed else ListingState.IN_FORCE)


def test_an_unreleased_copy_neither_counts_nor_takes_the_released_one_off() -> None:
    grade = {"list_type": "tax_credit_d", "case_no": None}
    assert active_by_id(listing("a", **grade)) == [("a", False)]
    assert active_by_id(listing("a", **grade), listing("b", dataset="copy", release_id="C-2026-0001", **grade)) == [("b", True)]
