"""A value that far more parties bear than its kind allows carries nothing, whatever it looks like."""

from typing import Any

import pytest

from ontology.record import Record
from resolution.comparisons.crowds import crowded_values, without_crowded
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from resolution.records.identifiers import identifier
from tests.resolution.parties import firm, person

BRANDS = ("Larkspur", "Kestrel", "Marlpit", "Tarnholm", "Ostwind", "Kranich", "Pellworm", "Dunmore", "Quelle", "Harrow")
CODE = "20304058"


def register(count: int, code: str = CODE, **more: Any) -> list[Record]:
    number = identifier("reg_no", code, scope="gb")
    return [firm(f"f{at}", f"{BRANDS[at]} Works Ltd", identifiers=(number,), **more) for at in range(count)]


def crowds(records: list[Record]) -> dict[str, dict[str, int]]:
    return crowded_values([analyse(one) for one in records])


def test_a_code_of_many_differently_named_firms_joins_none_of_them() -> None:
    records = register(8)
    assert crowds(records) == {"reg_no": {f"GB:{CODE}": 8}}
    assert len(match(records, Verdicts()).parts) == 8


def test_a_code_of_a_few_is_no_crowd_and_a_firm_told_in_many_ways_is_none() -> None:
    assert crowds(register(4)) == {}
    ways = [
        firm(f"f{at}", f"Larkspur {BRANDS[at]} Ltd", identifiers=(identifier("reg_no", CODE, scope="gb"),)) for at in range(9)
    ]
    assert crowds(ways) == {}


def test_the_order_of_records_has_no_influence() -> None:
    assert crowds(register(8)[::-1]) == crowds(register(8))


def test_a_day_that_many_bear_is_no_day_and_a_birthday_of_a_few_is() -> None:
    letters = "bcdfghjklmnprstvwz"
    shared = [person(f"p{at}", f"Ada {letters[at % 18]}o{letters[at // 18]}ig", born_on="1985-03-17") for at in range(60)]
    assert list(crowds(shared)["day"]) == ["1985-03-17"]
    assert crowds(shared[:20]) == {}


@pytest.mark.parametrize("more", [{"phone": "+44 117 5550101"}, {"street": "1 Poultry, London EC2R 8EJ"}])
def test_a_phone_or_a_door_of_a_tower_is_no_crowd(more: dict[str, str]) -> None:
    assert crowds([firm(f"f{at}", f"{brand} Works Ltd", **more) for at, brand in enumerate(BRANDS)]) == {}


def test_a_record_loses_what_is_crowded_and_says_something_else_then() -> None:
    record = analyse(register(1)[0])
    bare = without_crowded(record, {"reg_no": {f"GB:{CODE}": 8}})
    assert (record.ids != {}, bare.ids) == (True, {})
    assert bare.content != record.content
    assert without_crowded(record, {"reg_no": {"GB:1": 8}}) is record
