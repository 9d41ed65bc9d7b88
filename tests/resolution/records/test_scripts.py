"""Names in scripts that kith cannot read are compared by how they sound, roughly: for two names, never against them."""

import numpy as np
import pytest

from ontology.base import PartyKind
from resolution.candidates import keys
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.parties import person

SAME = [
    ("គឹម តារា", "Dara Kim"),
    ("محمد سلمان", "Mohammed Salman"),
    ("გიორგი მაისურაძე", "Maisuradze, Giorgi"),
    ("Արմեն Սարգսյան", "Armen Sargsyan"),
    ("ナカムラ ケンジ", "Kenji Nakamura"),
    ("রহিম হাসিনা", "Hasina Rahim"),
]
OTHER = [("គឹម តារា", "Dara Sok"), ("محمد سلمان", "Omar Salman"), ("সালমা বেগম", "Hasina Rahim"), ("גל", "Gal Or"), ("גל", "רן")]


def agreement(one: str, other: str) -> tuple[float, float]:
    records = [analyse(person("a", one)), analyse(person("b", other))]
    prepared = prepare(PartyKind.PERSON, records, freeze(PartyKind.PERSON, records))
    found = evidence(prepared, (np.array([0]), np.array([1])))
    return float(found.names[0]), float(found.agreement["names"][0])


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_sound_the_same_meet_and_agree(one: str, other: str) -> None:
    kind, bits = agreement(one, other)
    assert kind > 0
    assert bits >= 6
    assert agreement(other, one) == (kind, bits)
    assert keys(analyse(person("a", one))) & keys(analyse(person("b", other)))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_cannot_be_read_never_speaks_against(one: str, other: str) -> None:
    assert np.isnan(agreement(one, other)).all()


def test_a_name_is_the_same_as_itself_in_any_script() -> None:
    told, itself = agreement("សុខ រតនា", "សុខ  រតនា"), agreement("Sok Ratana", "Sok Ratana")
    assert told == itself


def test_the_sound_alone_joins_nobody() -> None:
    told = [person("a", "គឹម តារា"), person("b", "Dara Kim")]
    assert match(told, Verdicts()).parts == [["a"], ["b"]]
    at_one_door = [
        person("a", "គឹម តារា", street="321 Street 128, Phnom Penh"),
        person("b", "Dara Kim", street="321 Street 128, Phnom Penh"),
    ]
    assert match(at_one_door, Verdicts()).parts == [["a", "b"]]
