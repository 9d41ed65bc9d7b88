"""What several records say of one person, held together against another record."""

import numpy as np

from ontology.record import Record
from resolution.comparisons.evidence import prepare
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.verdicts import Verdicts
from resolution.judgements.weighed_pairs import best_of, weigh
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.parties import person

MAIL = {"contacts": ({"kind": "email", "value": "ursula@thirsk.example"},)}
BORN = {"attributes": {"birth_place": "Thirsk"}}
MAIDEN = person("a", "Ursula Featherstonehaugh", born_on="1951-03-02", **MAIL)
MARRIED = person("b", "Ursula Pocklington", born_on="1951-03-02", **MAIL, **BORN)
SINGLE = person("c", "Ursula Featherstonehaugh", **BORN)
SISTER = person("d", "Wilhelmina Featherstonehaugh", **BORN)


def parts(*records: Record) -> list[list[str]]:
    return match(records, Verdicts()).parts


def test_the_name_of_one_record_and_the_place_of_another_join_a_third() -> None:
    assert parts(MAIDEN, SINGLE) == [["a"], ["c"]]
    assert parts(MARRIED, SINGLE) == [["b"], ["c"]]
    assert parts(MAIDEN, MARRIED, SINGLE) == [["a", "b", "c"]]


def test_a_sister_does_not_join_by_what_two_records_say_together() -> None:
    assert parts(MAIDEN, MARRIED, SISTER) == [["a", "b"], ["d"]]


def test_together_counts_the_best_that_any_pair_says_of_each_field() -> None:
    units = [analyse(one) for one in (MAIDEN, MARRIED, SINGLE)]
    prepared = prepare(units[0].kind, units, freeze(units[0].kind, units))
    two = weigh(prepared, (np.array([0, 1]), np.array([2, 2])))
    one = best_of(prepared, two)
    assert not two.guards.allowed.any()
    assert one.guards.allowed.tolist() == [True]
    for field, column in one.fields.items():
        known = two.fields[field][~np.isnan(two.fields[field])]
        assert column.tolist() == [known.max()] if len(known) else np.isnan(column).all()
