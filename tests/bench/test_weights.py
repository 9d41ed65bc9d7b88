"""Counting the shipped weights anew, on a set small enough to count by hand."""

from collections.abc import Sequence

import pytest

from bench import weights
from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.model import check_fits, model
from resolution.records.analysed import analyse
from tests.resolution.parties import person


def told(id_: str, name: str, gender: str, born_on: str) -> Record:
    return person(id_, name, born_on=born_on, attributes={"gender": gender})


# Three persons: of a pair each, and of three records.
RECORDS = [
    told("a1", "Ada Quill", "female", "1950-02-03"),
    told("a2", "Ada Quill", "female", "1950-02-03"),
    told("b1", "Bo Marsh", "male", "1961-07-09"),
    told("b2", "Bo Marsh", "female", "1984-11-30"),
    told("c1", "Cy Thorne", "male", "1972-05-06"),
    told("c2", "Cy Thorne", "male", "1972-05-06"),
    told("c3", "Cy Thorne", "male", "1972-05-06"),
]
TRUTH = {record.id: record.id[0] for record in RECORDS}


def counted(records: Sequence[Record] = RECORDS) -> weights.LevelCounts:
    return weights.count_levels([analyse(record) for record in records], TRUTH)


def level(found: list[float], name: str, label: str) -> float:
    told = next(one for one in weights.comparisons(PartyKind.PERSON) if one.name == name)
    return found[[level.label for level in told.levels].index(label)]


def test_levels_are_counted_as_a_hand_counts_them() -> None:
    found = counted()
    genders = next(one for one in weights.comparisons(PartyKind.PERSON) if one.name == "genders")
    # Pairs of one party: a1-a2, b1-b2, three of c. Of one gender are all but b1-b2.
    assert found.same_party.pairs["genders"] == 5
    assert level(found.m(genders), "genders", "same") == pytest.approx(4 / 5)
    assert level(found.m(genders), "genders", "other") == pytest.approx(1 / 5)
    # Of two parties 16: female are a1, a2, b2, male b1 and c. Of one gender are a with b2, twice, and b1 with c, three times.
    assert found.near.pair_total + found.random.pair_total == 16
    assert level(found.u(genders), "genders", "same") == pytest.approx(5 / 16)
    assert level(found.u(genders), "genders", "other") == pytest.approx(11 / 16)


def test_the_days_of_one_party_fall_where_a_hand_puts_them() -> None:
    days = next(one for one in weights.comparisons(PartyKind.PERSON) if one.name == "days")
    found = dict(zip((one.label for one in days.levels), counted().m(days), strict=True))
    assert found["rare"] + found["unusual"] + found["exact"] == pytest.approx(4 / 5)
    assert sum(found[level] for level in ("nearby", "different", "years_apart", "wholly", "far")) == pytest.approx(1 / 5)


def test_the_order_of_records_has_no_influence() -> None:
    assert weights.weights({"historical": counted()}) == weights.weights({"historical": counted(RECORDS[::-1])})


def test_a_counted_model_fits_tells_its_sources_and_keeps_what_no_set_tells() -> None:
    new, shipped = weights.weights({"historical": counted()}), model(PartyKind.PERSON)
    check_fits(new)
    assert "historical: 5 pairs of one party" in new.made
    assert "seed 7" in new.made
    assert new.version.startswith("person-counted+")
    assert new.comparisons["ids"] == shipped.comparisons["ids"]
    assert new.comparisons["places"] == shipped.comparisons["places"]
    assert new.comparisons["genders"]["same"].m == pytest.approx(0.8)
    assert new.comparisons["genders"]["same"].u == pytest.approx(5 / 16, abs=1e-4)


def test_the_page_tells_how_far_each_level_stands_from_the_shipped_one() -> None:
    told = weights.page(weights.weights({"historical": counted()}), [])
    assert "| genders | same | +0.34 | +1.36 | +1.02 | 0.8 |" in told
