"""One person, two of a family or two others: how the three are told apart, and what a store's own pairs teach of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resolution.comparisons import fields, person_names
from resolution.comparisons.households import (
    ONE_PERSON_BITS_MIN,
    PATTERNS,
    STEPS,
    Households,
    decode_patterns,
    encode_patterns,
    shipped_households,
)
from resolution.judgements.household_counts import learn_households
from resolution.records import dates

NAN = float("nan")
SHIPPED = shipped_households()


def pattern(name: float = NAN, *, day: float = NAN, ids: float = NAN, gender: float = NAN) -> int:
    agreements = {"days": np.array([day]), "ids": np.array([ids]), "genders": np.array([gender])}
    return int(encode_patterns(np.array([name]), agreements)[0])


def bits(households: Households, *patterns: int) -> list[float]:
    return list(households.bits(np.array(patterns)))


def counted(*pairs: tuple[int, int]) -> np.ndarray:
    counts = np.zeros(PATTERNS, dtype=np.int64)
    for at, count in pairs:
        counts[at] += count
    return counts


SIBLINGS = pattern(person_names.OTHER_GIVEN, day=dates.DIFFERENT)
TWINS = pattern(person_names.OTHER_GIVEN, day=dates.EXACT)
SELF = pattern(person_names.SAME, day=dates.EXACT)
SELF_REDATED = pattern(person_names.SAME, day=dates.DIFFERENT)
NEIGHBOURS = pattern(person_names.NOTHING, day=dates.WHOLLY)


@given(st.integers(0, PATTERNS - 1))
def test_a_pattern_is_read_as_it_was_written(number: int) -> None:
    levels = decode_patterns(np.array([number]))
    back = levels["names"]
    for name, steps in STEPS.items():
        back = back * (len(steps) + 1) + levels[name]
    assert back[0] == number


def test_a_name_and_a_day_are_one_person_another_name_and_day_are_kin() -> None:
    own, siblings, neighbours = bits(SHIPPED, SELF, SIBLINGS, NEIGHBOURS)
    assert own >= ONE_PERSON_BITS_MIN
    assert max(siblings, neighbours) < -5


def test_without_pairs_of_its_own_a_store_believes_what_is_shipped_and_frees_no_contradiction() -> None:
    assert learn_households(SHIPPED, counted()) is SHIPPED
    assert max(bits(SHIPPED, TWINS, SELF_REDATED)) < ONE_PERSON_BITS_MIN


def test_few_pairs_move_little() -> None:
    few = learn_households(SHIPPED, counted((SELF, 3)))
    assert max(bits(few, TWINS, SELF_REDATED)) < ONE_PERSON_BITS_MIN


def test_where_no_family_is_seen_another_day_is_a_slip() -> None:
    counts = counted((SELF, 500), (SELF_REDATED, 150), (pattern(person_names.PART, day=dates.EXACT), 100))
    clean = learn_households(SHIPPED, counts)
    assert bits(clean, SELF_REDATED)[0] >= ONE_PERSON_BITS_MIN
    assert clean.pairs == 750
    assert clean.shares.one_person > 0.9


def test_where_families_are_seen_a_father_and_a_son_of_one_name_stay_two() -> None:
    families = learn_households(SHIPPED, counted((SELF, 500), (SELF_REDATED, 30), (SIBLINGS, 3_000), (NEIGHBOURS, 200)))
    assert bits(families, SELF_REDATED)[0] < 0
    assert families.shares.kin > 0.7


def test_the_same_number_speaks_for_one_person_as_strongly_as_a_name() -> None:
    families = learn_households(SHIPPED, counted((SELF, 500), (SIBLINGS, 3_000)))
    twins, same_number = bits(families, TWINS, pattern(person_names.OTHER_GIVEN, day=dates.EXACT, ids=fields.ID_ISSUED))
    assert same_number > twins + 8


@given(st.lists(st.tuples(st.integers(0, PATTERNS - 1), st.integers(1, 500)), min_size=1, max_size=12))
def test_whatever_is_counted_the_chances_of_each_class_add_up_to_one(pairs: list[tuple[int, int]]) -> None:
    learned = learn_households(SHIPPED, counted(*pairs))
    assert abs(learned.shares.one_person + learned.shares.kin + learned.shares.others - 1) < 1e-4
    for levels in learned.levels.values():
        assert abs(sum(chances.one_person for chances in levels.values()) - 1) < 1e-3
        assert all(value > 0 for chances in levels.values() for value in (chances.one_person, chances.kin, chances.others))
    assert learned.bits(np.arange(PATTERNS)).shape == (PATTERNS,)
    assert np.isfinite(learned.bits(np.arange(PATTERNS))).all()
