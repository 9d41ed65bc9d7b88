"""Doors, lines, sites and days of firms and persons: what is shared by all of a town, a group or a form tells nobody apart."""

import numpy as np
import pytest

from ontology.record import Address, Contact, Record
from resolution.comparisons import fields
from resolution.comparisons.columnar.fields import ContactColumns, DayColumns
from resolution.comparisons.columnar.places import PlaceColumns
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from resolution.records.dates import DIFFERENT, PARTIAL
from tests.resolution.parties import firm, person

NOBODY = lambda value: False  # noqa: E731
ONE, OTHER = np.array([0]), np.array([1])


def told(level: float) -> float | None:
    return None if np.isnan(level) else level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Leipzig", "Leipzig, Germany", fields.PLACE_POSTCODE),
        ("Road Town, Tortola", "Road Town, Tortola", fields.PLACE_POSTCODE),
        ("1010 Wien", "1010 Wien", fields.PLACE_POSTCODE),
        ("unknown", "unknown", None),
        ("14 Quay Street, Bristol BS1 4AA", "99 Quay Street, Bristol BS1 4AA", fields.PLACE_POSTCODE),
        ("Hauptstr. 5, 1010 Wien", "Hauptstr. 77, 1010 Wien", fields.PLACE_POSTCODE),
        ("14 Quay Street, Bristol", "14 Quay St., Bristol", fields.PLACE_DOOR),
        ("care of Finch & Co, 14 Quay Street, Bristol", "c/o Finch & Co, 14 Quay Street, Bristol", fields.PLACE_BUSY),
        ("12396 Austin Rd, Sacramento", "12396 Austin Road, Sacramento", fields.PLACE_DOOR),
    ],
)
def test_a_town_is_no_door_and_neither_is_an_agents(one: str, other: str, level: float | None) -> None:
    left, right = (analyse(firm("a", "Larkspur Ltd", street=text)) for text in (one, other))
    assert fields.places_agree(left, right, NOBODY) == level
    if left.places and right.places:
        assert told(PlaceColumns([left, right], NOBODY).agree(ONE, OTHER)[0]) == level


def sited(id_: str, name: str, street: str, city: str, postcode: str, site: str) -> Record:
    where = (Address(text=street, city=city, postcode=postcode),)
    return firm(id_, name, addresses=where, contacts=(Contact(kind="website", value=site),))


@pytest.mark.parametrize(
    ("street", "city", "postcode", "site", "level"),
    [
        ("18 Kings Way", "Sheffield", "S74 2GG", "www.tarnholmfreight.co.uk", fields.CONTACT_NAMED),
        ("18 Kings Way", "Dundee", "DD1 5JF", "tarnholm-freight.co.uk", fields.CONTACT_ONE),
        ("195 Foundry Road", "Dundee", "DD1 5JF", "www.tarnholmfreight.co.uk", fields.CONTACT_ONE),
        ("18 Kings Way", "Sheffield", "S74 2GG", "www.tf-line.com", fields.CONTACT_ONE),
    ],
)
def test_a_site_made_of_the_name_adds_little_to_it_in_another_town(
    street: str, city: str, postcode: str, site: str, level: float
) -> None:
    left = analyse(sited("a", "Tarnholm Freight Ltd", "195 Foundry Road", "Dundee", "DD1 5JF", site))
    right = analyse(sited("b", "Tarnholm Freight Ltd", street, city, postcode, site))
    assert fields.contacts_agree(left, right, NOBODY) == fields.contacts_agree(right, left, NOBODY) == level
    assert ContactColumns([left, right], NOBODY).agree(ONE, OTHER)[0] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1994-01-01", "1994-01-01", PARTIAL),
        ("1994-01-01", "1994-08-23", PARTIAL),
        ("1994-01-01", "1995-01-01", DIFFERENT),
        ("1899-12-30", "1899-12-30", None),
    ],
)
def test_the_first_of_january_is_a_year_for_firms_and_some_days_are_none(one: str, other: str, level: float | None) -> None:
    left, right = (analyse(firm("a", "Larkspur Ltd", founded_on=day)) for day in (one, other))
    assert fields.days_agree(left, right) == level
    if level is not None:
        assert DayColumns([left, right]).agree(ONE, OTHER)[0] == level


def joins(one: Record, other: Record) -> bool:
    return len(match([one, other], Verdicts()).parts) == 1


@pytest.mark.parametrize("day", ["1900-01-01", "1970-01-01", "1964"])
def test_a_common_name_and_a_year_wait_where_a_rare_name_joins(day: str) -> None:
    assert not joins(person("a", "James Taylor", born_on=day), person("b", "James Taylor", born_on=day))
    assert joins(person("a", "Zbigniew Kwarciak", born_on=day), person("b", "Zbigniew Kwarciak", born_on=day))


def test_a_common_name_and_a_whole_day_join() -> None:
    assert joins(person("a", "James Taylor", born_on="1964-05-12"), person("b", "James Taylor", born_on="1964-05-12"))


def test_a_name_without_a_letter_joins_nothing() -> None:
    assert not joins(person("a", "---", born_on="1964-05-12"), person("b", "---", born_on="1964-05-12"))
