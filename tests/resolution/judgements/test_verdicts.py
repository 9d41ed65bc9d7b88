from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.judgement import Judgement, Verdict
from resolution.judgements.verdicts import codes_differ, combine_judgements, shortest_chain

DAYS = st.integers(1, 28)


def said(by: str, verdict: Verdict, day: int, left: str = "b", right: str = "a") -> Judgement:
    return Judgement(left_id=left, right_id=right, verdict=verdict, by=by, decided_at=datetime(2026, 1, day, tzinfo=UTC))


def test_the_latest_word_of_a_person_counts_in_either_order_of_the_pair() -> None:
    found = combine_judgements([said("lin", Verdict.DIFFERENT, 2, "a", "b"), said("lin", Verdict.SAME, 1)])
    assert not found.same
    assert found.different == {("a", "b")}


def test_a_later_word_of_another_person_does_not_overrule_who_said_different() -> None:
    found = combine_judgements([said("lin", Verdict.DIFFERENT, 1), said("wu", Verdict.SAME, 2)])
    assert (found.same, found.different) == (frozenset(), {("a", "b")})


def test_unsure_takes_an_earlier_verdict_back() -> None:
    found = combine_judgements([said("lin", Verdict.DIFFERENT, 1), said("lin", Verdict.UNSURE, 2)])
    assert not found.judged_records


def test_unsure_says_nothing_against_what_another_person_said() -> None:
    found = combine_judgements([said("lin", Verdict.SAME, 1), said("wu", Verdict.UNSURE, 2)])
    assert found.same == {("a", "b")}


def test_what_a_model_says_is_not_a_verdict() -> None:
    assert not combine_judgements([said("model:person-1", Verdict.SAME, 1)]).judged_records


def test_a_chain_of_sames_between_two_that_differ_does_not_hold_and_the_rest_does() -> None:
    told = [
        said("lin", Verdict.SAME, 1, "a", "b"),
        said("lin", Verdict.SAME, 2, "b", "c"),
        said("wu", Verdict.SAME, 3, "c", "d"),
        said("wu", Verdict.DIFFERENT, 4, "a", "c"),
    ]
    found = combine_judgements(told)
    assert found.same == {("c", "d")}
    assert found.different == {("a", "c")}


def test_a_same_between_two_exclusive_identifiers_does_not_hold_even_over_a_record_without_one() -> None:
    told = [
        said("lin", Verdict.SAME, 1, "a", "b"),
        said("lin", Verdict.SAME, 1, "b", "c"),
        said("lin", Verdict.SAME, 1, "x", "y"),
    ]
    codes = {"a": {"uscc": ["1"]}, "c": {"uscc": ["2"]}, "x": {"uscc": ["1"]}, "y": {"lei": ["2"]}}
    assert combine_judgements(told, codes).same == {("x", "y")}
    assert combine_judgements(told).same == {("a", "b"), ("b", "c"), ("x", "y")}


RECORDS = st.sampled_from("abcdef")
SAYINGS = st.lists(
    st.builds(
        lambda pair, verdict, by, day: said(by, verdict, day, min(pair), max(pair)),
        st.sets(RECORDS, min_size=2, max_size=2),
        st.sampled_from(Verdict),
        st.sampled_from(["lin", "wu"]),
        DAYS,
    ),
    max_size=14,
)
CODES = st.dictionaries(RECORDS, st.fixed_dictionaries({"uscc": st.lists(st.sampled_from("12"), min_size=1, max_size=1)}))


@settings(deadline=None, max_examples=300)
@given(SAYINGS, CODES, st.randoms())
def test_nothing_that_holds_joins_what_somebody_or_a_code_keeps_apart_in_any_order(
    told: list[Judgement],
    codes: dict[str, dict[str, list[str]]],
    dice: object,
) -> None:
    unique = list({(one.left_id, one.right_id, one.by, one.decided_at): one for one in told}.values())
    found = combine_judgements(unique, codes)
    assert not any(shortest_chain(found.same, [left], [right]) for left, right in found.different)
    apart = [pair for pair in combinations(sorted(codes), 2) if codes_differ(codes[pair[0]], codes[pair[1]])]
    assert not any(shortest_chain(found.same, [left], [right]) for left, right in apart)
    dice.shuffle(unique)  # type: ignore[attr-defined]
    assert combine_judgements(unique, codes) == found


@given(SAYINGS)
def test_what_nobody_contradicts_holds(told: list[Judgement]) -> None:
    same = [one for one in told if one.verdict is Verdict.SAME]
    assert combine_judgements(same).same == {(one.left_id, one.right_id) for one in same}
