"""Countries of two parties: what is shared counts by how rare it is here, what differs speaks mildly against."""

import math
from typing import Any

import numpy as np
import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.fields import (
    COUNTRY_COMMON,
    COUNTRY_EXPECTED,
    COUNTRY_OTHER,
    COUNTRY_OTHER_JURISDICTION,
    COUNTRY_RARE,
)
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.records.analysed import analyse
from resolution.records.country_names import comparable_country, may_be_one_country
from tests.resolution.parties import firm, person

MANY = [f"{letter}{other}" for letter in "bcdefgh" for other in "aeimnrstz"]
NAMES = {PartyKind.FIRM: "Quenby Ladder Works", PartyKind.PERSON: "Ottoline Quenby"}


def some(kind: PartyKind, id_: str, *countries: str, **more: Any) -> Record:
    make = person if kind is PartyKind.PERSON else firm
    return make(id_, NAMES[kind], countries=countries, **more)


def agreement(kind: PartyKind, left: Record, right: Record, others: tuple[str, ...] = tuple(MANY)) -> float:
    units = [analyse(record) for record in (left, right, *(some(kind, f"o{at}", code) for at, code in enumerate(others)))]
    prepared = prepare(kind, units, freeze(kind, units))
    found = evidence(prepared, (np.array([0]), np.array([1]))).agreement["countries"]
    turned = evidence(prepared, (np.array([1]), np.array([0]))).agreement["countries"]
    np.testing.assert_array_equal(found, turned)
    return float(found[0])


KINDS = (PartyKind.PERSON, PartyKind.FIRM)


@pytest.mark.parametrize("kind", KINDS)
def test_a_country_shared_counts_by_how_rare_it_is_in_the_store(kind: PartyKind) -> None:
    rare = agreement(kind, some(kind, "a", "lv", "de"), some(kind, "b", "lv"))
    common = agreement(kind, some(kind, "a", "de"), some(kind, "b", "de"), ("de", "fr") * 40)
    only = agreement(kind, some(kind, "a", "de"), some(kind, "b", "de"), ("de",) * 80)
    assert rare >= COUNTRY_RARE > common >= COUNTRY_EXPECTED
    assert COUNTRY_EXPECTED <= only < COUNTRY_COMMON


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((), ("fr",)),
        (("su",), ("ee",)),
        (("hk",), ("cn",)),
        (("nowhere",), ("fr",)),
    ],
)
def test_what_is_untold_or_may_be_one_country_cannot_be_compared(
    kind: PartyKind, left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    assert math.isnan(agreement(kind, some(kind, "a", *left), some(kind, "b", *right)))


@pytest.mark.parametrize("kind", KINDS)
def test_only_where_no_country_is_shared_they_differ(kind: PartyKind) -> None:
    assert agreement(kind, some(kind, "a", "pt", "br"), some(kind, "b", "ao")) == COUNTRY_OTHER
    assert agreement(kind, some(kind, "a", "pt", "br"), some(kind, "b", "ao", "br")) > COUNTRY_EXPECTED


def test_a_jurisdiction_told_as_such_contradicts_more_than_a_country() -> None:
    left = firm("a", "Quenby Ladder Works", countries=("ie",), attributes={"jurisdiction": "ie"})
    right = firm("b", "Quenby Ladder Works", countries=("mt",), attributes={"jurisdiction": "mt"})
    assert agreement(PartyKind.FIRM, left, right) == COUNTRY_OTHER_JURISDICTION
    assert agreement(PartyKind.FIRM, left, firm("b", "Quenby Ladder Works", countries=("mt",))) == COUNTRY_OTHER


def test_a_birth_country_in_an_attribute_is_a_country_of_a_person() -> None:
    left = person("a", "Ottoline Quenby", attributes={"nationality": "Latvian; Republic of Latvia"})
    right = person("b", "Ottoline Quenby", attributes={"birthCountry": "LVA"})
    assert agreement(PartyKind.PERSON, left, right) >= COUNTRY_RARE


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_agrees_has_told_the_country_already(kind: PartyKind) -> None:
    street = "14 Lamplighter Row"
    left, right = some(kind, "a", "lv", street=street), some(kind, "b", "lv", street=street)
    assert agreement(kind, left, right) == COUNTRY_EXPECTED
    units = [analyse(left), analyse(right)]
    weighed_pairs = weigh_pairs(kind, units, (np.array([0]), np.array([1])), freeze(kind, units))
    assert weighed_pairs.fields["countries"][0] == 0.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DEU", "de"),
        ("us_de", "us"),
        ("UA-43", "ua"),
        ("Burma", "mm"),
        ("dd", "de"),
        ("uk", "gb"),
        ("su", "su"),
        ("quux", None),
    ],
)
def test_codes_of_any_form_are_one_code(text: str, code: str | None) -> None:
    assert comparable_country(text) == code


def test_a_former_country_may_be_any_that_followed_it_and_two_of_those_are_two() -> None:
    assert may_be_one_country("yu", "hr")
    assert may_be_one_country("sk", "cs")
    assert not may_be_one_country("hr", "si")
