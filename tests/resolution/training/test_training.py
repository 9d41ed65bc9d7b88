"""Recounting: laws of the chance and of the labels, and a whole training on the truth set."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.models.training import train_model
from ontology.base import PartyKind
from ontology.errors import NothingToDo
from ontology.judgement import Verdict
from resolution.comparisons.model import model
from resolution.comparisons.model_choice import read_model
from resolution.judgements.ledger import judge
from resolution.judgements.verdicts import Verdicts
from resolution.pipeline import resolve
from resolution.records.analysed import analyse
from resolution.training.counting import chance
from resolution.training.labels import Labels
from resolution.training.training import label_pairs
from store.port import Store
from tests.resolution import truthset
from tests.resolution.aliases.test_aliases import NOON
from tests.resolution.parties import person

TRUTH_SET = "resolution/truthset"
RATES = st.floats(1e-9, 1.0)
IDS = "abcdefgh"
TRUTH = st.dictionaries(st.sampled_from(IDS), st.sampled_from("123"))
PAIRS = st.frozensets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] < pair[1]), max_size=4)


@pytest.fixture
def truth(shared_data: Path, tmp_path: Path) -> Path:
    return truthset.key_file(shared_data / TRUTH_SET, tmp_path)


@given(RATES)
def test_a_chance_nobody_counted_stays(before: float) -> None:
    assert chance(0, 0, before) == pytest.approx(before)


@given(RATES, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_chance_lies_between_what_was_believed_and_what_was_seen(before: float, one: int, other: int) -> None:
    seen, pairs = sorted((one, other))
    rate = seen / pairs if pairs else before
    assert min(before, rate) - 1e-9 <= chance(seen, pairs, before) <= max(before, rate) + 1e-9


@given(TRUTH, PAIRS, PAIRS, st.floats(0, 1))
def test_no_pair_of_one_party_is_torn_by_holding_out(
    truth: dict[str, str], same: frozenset[tuple[str, str]], different: frozenset[tuple[str, str]], share: float
) -> None:
    labels = Labels(truth, Verdicts(same - different, different), share)
    for left, right in labels.same(list(IDS)):
        assert labels.is_held_out(left) is labels.is_held_out(right)
        assert not labels.are_two(left, right)


def test_a_verdict_stands_over_the_truth() -> None:
    truth = {"a": "x", "b": "x", "c": "y"}
    labels = Labels(truth, Verdicts(frozenset({("b", "c")}), frozenset({("a", "b")})), 0.3)
    assert labels.same(["a", "b", "c"]) == [("b", "c")]
    assert (labels.are_two("a", "b"), labels.are_two("b", "c"), labels.are_two("a", "c")) == (True, False, True)


@given(TRUTH, PAIRS, PAIRS)
@settings(max_examples=25, deadline=None)
def test_pairs_known_to_be_two_are_those_the_labels_tell_apart(
    truth: dict[str, str], same: frozenset[tuple[str, str]], different: frozenset[tuple[str, str]]
) -> None:
    labels = Labels(truth, Verdicts(same - different, different), 0.0)
    held = label_pairs(
        PartyKind.PERSON, [analyse(person(id_, "Ann Quill", born_on="1970-01-02")) for id_ in IDS], labels, held_out=False
    )
    ids = [one.id for one in held.records]
    for ends, known in ((held.near, True), (held.same_party, False), (held.unlabelled, False)):
        for left, right in zip(*(side.tolist() for side in ends), strict=True):
            assert labels.are_two(ids[left], ids[right]) is known


def test_a_model_is_counted_measured_written_and_only_then_resolved_with(
    store: Store, truth: Path, shared_data: Path, tmp_path: Path
) -> None:
    truthset.resolved_into(store, shared_data / TRUTH_SET, now=NOON)
    before = store.columns("entities/members")
    out = tmp_path / "own.json"
    done = train_model(store, PartyKind.PERSON, out, truth=truth)
    assert store.columns("entities/members") == before
    made = read_model(out)
    former = model(PartyKind.PERSON)
    assert made.version == done.version == done.after.version != done.before.version == former.version
    assert (made.merge_bits, made.possible_bits, made.random_match) == (
        former.merge_bits,
        former.possible_bits,
        former.random_match,
    )
    assert "truth.csv" in made.made
    assert done.counted_pairs >= 20 <= done.held_out_pairs
    assert done.after.clusters is not None
    assert done.after.clusters.f1 >= 0.9
    assert read_model(out) == made
    again = train_model(store, PartyKind.PERSON, tmp_path / "again.json", truth=truth)
    assert (tmp_path / "again.json").read_bytes() == out.read_bytes()
    assert again.version == done.version
    assert resolve(store, now=NOON, models=[made]).records == len(before["record_id"])


def test_the_ledger_alone_is_enough_where_it_is_long_enough(store: Store, shared_data: Path, tmp_path: Path) -> None:
    truthset.resolved_into(store, shared_data / TRUTH_SET, now=NOON)
    with pytest.raises(NothingToDo):
        train_model(store, PartyKind.PERSON, tmp_path / "own.json")
    labels = Labels(truthset.truth(shared_data / "resolution" / "truthset"), Verdicts(), 0.0)
    persons = list(store.columns("entities/members")["record_id"])
    kinds = {row["id"]: row["kind"] for row in store.read("entities/records_by_ids", ids=persons)}
    pairs = [pair for pair in labels.same(persons) if kinds[pair[0]] == kinds[pair[1]] == "person"]
    judge(store, pairs, Verdict.SAME, by="lin", reason="", now=NOON)
    done = train_model(store, PartyKind.PERSON, tmp_path / "own.json", held_out=0.3)
    assert (done.after.clusters, done.after.b_cubed) == (None, None)
    assert done.after.pairs.precision == 1.0
    assert done.after.pairs.recall >= done.before.pairs.recall - 0.05
