from datetime import UTC, datetime

from ontology.judgement import Judgement, Verdict
from resolution.judgements.verdicts import people_said


def said(by: str, verdict: Verdict, day: int, left: str = "b", right: str = "a") -> Judgement:
    return Judgement(left_id=left, right_id=right, verdict=verdict, by=by, decided_at=datetime(2026, 1, day, tzinfo=UTC))


def test_the_latest_word_of_a_person_counts_in_either_order_of_the_pair() -> None:
    found = people_said([said("lin", Verdict.DIFFERENT, 2, "a", "b"), said("wu", Verdict.SAME, 1)])
    assert not found.same
    assert found.different == {("a", "b")}


def test_unsure_takes_an_earlier_verdict_back() -> None:
    found = people_said([said("lin", Verdict.DIFFERENT, 1), said("lin", Verdict.UNSURE, 2)])
    assert not found.touched


def test_what_a_model_says_is_not_a_verdict() -> None:
    assert not people_said([said("model:person-1", Verdict.SAME, 1)]).touched
