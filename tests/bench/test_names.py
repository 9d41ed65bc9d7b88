"""The training of the name scorecard, on the labelled pairs."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench import names

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def pairs(shared_data: Path) -> list[names.LabelledPair]:
    return names.read_pairs(shared_data / "resolution" / "name_pairs.csv")


def test_the_shipped_weights_are_what_the_labels_give(pairs: list[names.LabelledPair]) -> None:
    shipped, made = json.loads(names.MODEL.read_text("utf-8")), names.train(pairs)
    assert list(shipped) == list(made)
    assert shipped["weights"] == pytest.approx(made["weights"], abs=0.01)
    assert shipped["same_at"] == pytest.approx(made["same_at"], abs=0.05)


def test_names_never_trained_on_are_told_apart_well_enough(pairs: list[names.LabelledPair]) -> None:
    found = names.cross_validate(pairs, repeats=2)
    assert found["weights"].mean() >= 0.86
    assert found["guarded"].mean() >= 0.80


def test_a_pair_is_whole_in_one_fold_whichever_side_its_names_stand_on(pairs: list[names.LabelledPair]) -> None:
    turned = [names.LabelledPair(pair.right, pair.left, pair.kind, pair.same, pair.source) for pair in pairs]
    both = names.groups([*pairs, *turned])
    assert np.array_equal(both[: len(pairs)], both[len(pairs) :])


def test_the_best_threshold_is_found() -> None:
    assert names.best_f1(np.array([1.0, 1.0, 0.0]), np.array([0.9, 0.8, 0.1])) == (1.0, 0.8)
