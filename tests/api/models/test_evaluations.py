"""Pair and B-cubed measures against a slow twin and by hand."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.models.evaluations import evaluate, read_truth, truth_by_record_id, whole_ids
from ontology.errors import NothingToDo, TruthUnreadable

RECORDS = "abcdefgh"
CLUSTERS = st.fixed_dictionaries({record: st.sampled_from("123") for record in RECORDS})


@given(CLUSTERS, CLUSTERS)
def test_the_measures_are_what_counting_every_pair_gives(found: dict[str, str], truth: dict[str, str]) -> None:
    pairs = list(combinations(RECORDS, 2))
    joined = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    real = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    told = evaluate(found, truth, pairs_max=100)
    assert told.pairs.precision == pytest.approx(len(joined & real) / len(joined) if joined else 1.0)
    assert told.pairs.recall == pytest.approx(len(joined & real) / len(real) if real else 1.0)
    assert {(p.left_id, p.right_id) for p in told.wrong_pairs if p.problem == "joined"} == joined - real
    assert {(p.left_id, p.right_id) for p in told.wrong_pairs if p.problem == "apart"} == real - joined
    assert (told.joined_wrongly, told.apart_wrongly) == (len(joined - real), len(real - joined))


@given(CLUSTERS)
def test_the_truth_agrees_with_itself(truth: dict[str, str]) -> None:
    told = evaluate(truth, truth)
    assert told.pairs.f1 == 1.0
    assert told.b_cubed.f1 == pytest.approx(1.0)
    assert told.wrong_pairs == ()


def test_b_cubed_of_the_textbook_case() -> None:
    truth = {
        "1": "x",
        "2": "x",
        "3": "x",
        "4": "x",
        "5": "x",
        "6": "y",
        "7": "y",
        "8": "z",
        "9": "z",
        "10": "z",
        "11": "z",
        "12": "z",
    }
    found = truth | dict.fromkeys(("8", "9", "10", "11", "12"), "y")  # Bagga and Baldwin's second response: y and z joined.
    told = evaluate(found, truth).b_cubed
    assert told.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert told.recall == 1.0


def test_records_the_store_does_not_hold_are_counted_and_left_out() -> None:
    told = evaluate({"a": "1"}, {"a": "x", "b": "x"})
    assert (told.records, told.missing) == (1, 1)


@pytest.mark.parametrize("content", ["", "id,cluster\na,1\n", "record_id,cluster\na,1\na,2\n", "record_id,cluster\n,1\n"])
def test_a_truth_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "truth.csv").write_text(content)
    with pytest.raises(TruthUnreadable, match=r"truth\.csv"):
        read_truth(tmp_path / "truth.csv")


def test_a_truth_without_datasets_is_completed_where_only_one_dataset_bears_the_record() -> None:
    found = {"customers:1": "K-1", "customers:2": "K-1", "watchlist:2": "K-2"}
    assert whole_ids({"1": "x", "2": "x", "watchlist:2": "y"}, found) == {"customers:1": "x", "2": "x", "watchlist:2": "y"}


def test_a_truth_that_names_no_record_of_the_store_is_no_measure() -> None:
    with pytest.raises(NothingToDo, match="nothing was compared"):
        truth_by_record_id({"crm:901": "a", "crm:902": "a"}, {"shop:1": "K-1", "shop:2": "K-2"})


def test_of_no_pairs_it_is_said_that_there_are_none() -> None:
    found = evaluate({"a": "1", "b": "2"}, {"a": "x", "b": "y"})
    assert (found.pairs_joined, found.pairs_true) == (0, 0)
