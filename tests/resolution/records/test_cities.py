"""Places named in a text."""

import pytest

from resolution.records.cities import places_named


@pytest.mark.parametrize(
    ("one", "other"), [("Munich", "München"), ("Xi'an", "西安市"), ("Moscow", "Москва"), ("12 Quay Street, Milan", "Milano")]
)
def test_a_city_by_any_of_its_names(one: str, other: str) -> None:
    assert places_named(one)
    assert places_named(one) & places_named(other)


def test_a_longer_name_is_read_before_the_words_in_it() -> None:
    assert {country for country, _ in places_named("New York")} == {"us"}


@pytest.mark.parametrize(("text", "country"), [("Germany", "de"), ("USA", "us"), ("PL", "pl"), ("Wuppertal", "de")])
def test_a_country_by_name_or_code_and_that_of_a_city(text: str, country: str) -> None:
    assert {code for code, _ in places_named(text)} == {country}


@pytest.mark.parametrize("text", ["", "Nether Wallop", "Hafenstr. 9", "某某路1号"])
def test_what_is_not_known_names_nothing(text: str) -> None:
    assert not places_named(text)
