"""How many partners a record has, as the records tell."""

import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.model import model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from tests.resolution.parties import firm, person

PERSONS, LETTERS = 500, "abcdefghij"


def told(times: int) -> list[Record]:
    """Persons with names and days of their own, each told so many times, never twice in the same words."""
    return [
        person(
            f"r{number}-{time}", f"{_word(number)} {_word(number + 777)}", born_on=_day(number), attributes={"note": f"n{time}"}
        )
        for number in range(PERSONS)
        for time in range(times)
    ]


def _word(number: int) -> str:
    return "k" + "".join(LETTERS[int(digit)] for digit in str(number * 7919 + 10_007))


def _day(number: int) -> str:
    return f"{1930 + number % 60}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def frozen(records: list[Record]) -> RunStatistics:
    return match(records, Verdicts()).statistics[records[0].kind]


@pytest.mark.parametrize("times", [1, 2, 4])
def test_the_prior_follows_how_often_a_person_is_told(times: int) -> None:
    records = told(times)
    own, assumed = frozen(records), model(PartyKind.PERSON)
    weight = assumed.random_match_records
    expected = ((times - 1) * len(records) + assumed.random_match * weight) / (len(records) + weight)
    assert own.partners == pytest.approx(expected, rel=0.1)
    assert own.prior_bits == assumed.prior_bits(len(records), own.partners)


def test_the_order_of_records_does_not_change_the_prior_and_what_was_kept_is_not_asked_again() -> None:
    records = told(2)
    first = match(records, Verdicts())
    assert frozen(records[::-1]).partners == first.statistics[PartyKind.PERSON].partners
    assert match(records[:10], Verdicts(), statistics=first.statistics).statistics == first.statistics


def test_of_firms_the_model_does_not_ask() -> None:
    assert frozen([firm("a", "Acme Ltd"), firm("b", "Acme Ltd")]).partners is None
