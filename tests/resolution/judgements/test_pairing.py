from hypothesis import given
from hypothesis import strategies as st

from ontology.judgement import Verdict
from resolution.judgements.pairing import PAIRS_MAX, pairs_between
from resolution.judgements.verdicts import connected_groups, pair_of

LEFT = st.sets(st.integers(0, 30).map(lambda n: f"a{n}"), min_size=1)
RIGHT = st.sets(st.integers(0, 30).map(lambda n: f"b{n}"), min_size=1)


@given(LEFT, RIGHT)
def test_different_touches_every_record_of_both_and_every_pair_where_there_are_few(left: set[str], right: set[str]) -> None:
    found = pairs_between(left, right, Verdict.DIFFERENT)
    assert len(set(found)) == len(found) <= max(PAIRS_MAX, len(left) + len(right))
    assert {one for pair in found for one in pair} == left | right
    if len(left) * len(right) <= PAIRS_MAX:
        assert set(found) == {pair_of(one, other) for one in left for other in right}


@given(LEFT, RIGHT)
def test_same_ties_every_record_of_both_to_the_strongest_pair(left: set[str], right: set[str]) -> None:
    strongest = (max(left), max(right))
    found = pairs_between(left, right, Verdict.SAME, strongest=strongest)
    assert found[0] == strongest
    assert len(found) == len(left) + len(right) - 1
    assert all(set(pair) & set(strongest) for pair in found)
    assert [part for part, _ in connected_groups(found)] == [sorted(left | right)]


@given(LEFT, RIGHT)
def test_unsure_needs_one_pair(left: set[str], right: set[str]) -> None:
    assert pairs_between(left, right, Verdict.UNSURE) == [(min(left), min(right))]
    assert pairs_between(left, right, Verdict.DIFFERENT, strongest=(max(left), max(right)))[0] == (max(left), max(right))
