"""A place of a supplier's line that contradicts where a party is known."""

import pytest

from api.screenings.places import is_elsewhere
from ontology.entity import Entity
from ontology.record import Address, Name


def entity(address: str, *, name: str = "Larkspur Ltd", **more: object) -> Entity:
    addresses = (Address(text=address),) if address else ()
    return Entity(id="K-1", kind="firm", name=name, names=(Name(text=name),), addresses=addresses, record_ids=("r",), **more)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("广州市", "浙江省杭州市文一路1号"),
        ("Rotterdam", "陕西省西安市雁塔区1号"),
        ("Lyon", "Hafenstr. 9, Bremen"),
        ("Poland", "12 Quay Street, Bristol"),
        ("Milano", "Via Roma 3, Napoli"),
        ("大连", "北京市朝阳区1号"),
        ("德国", "陕西省西安市雁塔区1号"),
        ("Deutschland", "12 Quay Street, Bristol, United Kingdom"),
    ],
)
def test_another_town_or_country_is_elsewhere(given: str, address: str) -> None:
    assert is_elsewhere(given, entity(address))


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("杭州市", "浙江省杭州市文一路1号"),
        ("Xi'an", "陕西省西安市雁塔区1号"),
        ("浙江", "浙江省杭州市文一路1号"),
        ("Munich", "Marienplatz 1, München"),
        ("Germany", "Hafenstr. 9, Bremen"),
        ("德国", "Hafenstr. 9, Bremen"),
        ("Suomi", "Mannerheimintie 4, Helsinki"),
        ("Nether Wallop", "12 Quay Street, Bristol"),
        ("Bristol", ""),
        ("", "12 Quay Street, Bristol"),
        ("Quay Street", "12 Quay Street, Bristol"),
    ],
)
def test_the_same_place_in_other_words_or_one_not_known_is_not(given: str, address: str) -> None:
    assert not is_elsewhere(given, entity(address))


def test_a_country_counts_where_no_address_is_told() -> None:
    assert is_elsewhere("Hamburg", entity("", countries=("cn",)))
    assert not is_elsewhere("Hamburg", entity("", countries=("cn", "de")))
