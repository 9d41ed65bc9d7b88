"""Trains and cross-validates the name scorecard: `python -m bench.names DATA` writes resolution/comparisons/models/names.json.

The same labels and seed give the same file. Fitted is a logistic regression whose weights keep the sign that
`features.SIGNS` gives them (L-BFGS-B with bounds), with an L2 penalty on standardised features.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ontology.base import PartyKind
from resolution.comparisons.names.alignment import align
from resolution.comparisons.names.features import SIGNS, Features, features
from resolution.comparisons.names.guards import barred, capped, nothing_shared
from resolution.comparisons.names.parsed import ParsedName, parse

MODEL = Path(__file__).resolve().parent.parent / "resolution" / "comparisons" / "models" / "names.json"
VERSION = "names-2"
L2, FOLDS, REPEATS, SEED = 10.0, 5, 40, 1
SPREAD_MIN = 0.3  # Without a floor the penalty would let a feature that is rare here grow without bound.
POSSIBLE_BELOW = 1.5  # Natural log units under `same_at`: a person should look from here on.

Table = NDArray[np.float64]


@dataclass(frozen=True)
class LabelledPair:
    """Two names as written, the kind of party, whether the label says they are one, and the source of the label."""

    left: str
    right: str
    kind: PartyKind
    same: bool
    source: str


def read_pairs(file: Path) -> list[LabelledPair]:
    """The labelled pairs of name_pairs.csv."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            LabelledPair(
                row["name1"],
                row["name2"],
                PartyKind.PERSON if row["schema"] == "Person" else PartyKind.FIRM,
                row["is_match"] == "true",
                row["case_group"],
            )
            for row in csv.DictReader(lines)
        ]


def labels(pairs: Sequence[LabelledPair]) -> Table:
    """1 where the label says one party."""
    return np.array([pair.same for pair in pairs], dtype=np.float64)


def groups(pairs: Sequence[LabelledPair]) -> NDArray[np.int64]:
    """A number a pair of names, whichever side they stand on: pairs of one group are never in two folds."""
    keys = [tuple(sorted((pair.left, pair.right))) for pair in pairs]
    number = {key: position for position, key in enumerate(sorted(set(keys)))}
    return np.array([number[key] for key in keys])


def parse_pairs(pairs: Sequence[LabelledPair]) -> list[tuple[ParsedName, ParsedName]]:
    """Both names of each pair, taken apart."""
    return [(parse(pair.left, pair.kind), parse(pair.right, pair.kind)) for pair in pairs]


def best_f1(truth: Table, scores: Table) -> tuple[float, float]:
    """The best F1 any threshold gives on these pairs, and that threshold."""
    thresholds = np.unique(scores)
    f1_by_threshold = [f1(truth, scores >= threshold) for threshold in thresholds]
    best = int(np.argmax(f1_by_threshold))
    return f1_by_threshold[best], float(thresholds[best])


def f1(truth: Table, predicted: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall."""
    true_positives = float((truth * predicted).sum())
    return 2 * true_positives / float(truth.sum() + predicted.sum()) if true_positives else 0.0


def fit(rows: Table, truth: Table, *, l2: float = L2) -> tuple[Table, float]:
    """Weights of the raw features and the bias."""
    mean, deviation = rows.mean(axis=0), np.maximum(rows.std(axis=0), SPREAD_MIN)
    scaled = (rows - mean) / deviation

    def loss(weights: Table) -> tuple[float, Table]:
        log_odds = scaled @ weights[:-1] + weights[-1]
        residual = 1 / (1 + np.exp(-log_odds)) - truth
        penalty = l2 * weights[:-1]
        return (
            float(np.logaddexp(0, log_odds).sum() - (truth * log_odds).sum() + weights[:-1] @ penalty / 2),
            np.append(scaled.T @ residual + penalty, residual.sum()),
        )

    bounds = [(0, None) if sign > 0 else (None, 0) for sign in SIGNS]
    optimum = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    weights = optimum.x[:-1] / deviation
    return weights, float(optimum.x[-1] - weights @ mean)


@dataclass(frozen=True)
class NameFeatures:
    """What every way of measuring stands on: features, labels, and what no weight decides.

    comparable: in one script, with something in common. free: nothing caps the pair at possible or bars it.
    """

    rows: Table
    truth: Table
    comparable: NDArray[np.bool_]
    free: NDArray[np.bool_]

    def predict_held_out(self, held_out: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the held out pairs are the same, by weights and a threshold that the other pairs gave."""
        weights, bias = fit(self.rows[~held_out], self.truth[~held_out])
        scores = self.rows @ weights + bias
        _, threshold = best_f1(self.truth[~held_out], scores[~held_out])
        return np.asarray((scores >= threshold) & self.comparable & held_out)


def compute_features(pairs: Sequence[LabelledPair]) -> NameFeatures:
    """Parse and align every pair once."""
    aligned_pairs = [(left, right, align(left, right)) for left, right in parse_pairs(pairs)]
    comparable = [
        left.script == right.script and bool(aligned[0] or aligned[1] or not nothing_shared(left, right))
        for left, right, aligned in aligned_pairs
    ]
    free = [not barred(left, right) and not capped(left, right, aligned) for left, right, aligned in aligned_pairs]
    rows = np.array([features(*aligned_pair) for aligned_pair in aligned_pairs], dtype=np.float64)
    return NameFeatures(rows, labels(pairs), np.array(comparable), np.array(free))


def cross_validate(
    pairs: Sequence[LabelledPair], *, repeats: int = REPEATS, folds: int = FOLDS, seed: int = SEED
) -> dict[str, NDArray[np.float64]]:
    """F1 of each repeat on pairs that were not trained on, the threshold being the best of those that were.

    `weights`: the scorecard alone; `guarded`: with the guards, so that what is capped at possible counts as not the same.
    """
    measured = compute_features(pairs)
    f1_by_method: dict[str, list[float]] = {"weights": [], "guarded": []}
    for fold in _foldings(groups(pairs), repeats, folds, seed):
        predicted = np.any([measured.predict_held_out(fold == number) for number in range(folds)], axis=0)
        f1_by_method["weights"].append(f1(measured.truth, predicted))
        f1_by_method["guarded"].append(f1(measured.truth, predicted & measured.free))
    return {name: np.array(values) for name, values in f1_by_method.items()}


def by_other_sources(pairs: Sequence[LabelledPair]) -> float:
    """F1 where the labels of one source are told by weights that only the other sources gave, over all sources."""
    measured, sources = compute_features(pairs), np.array([pair.source for pair in pairs])
    return f1(measured.truth, np.any([measured.predict_held_out(sources == source) for source in sorted(set(sources))], axis=0))


def _foldings(group: NDArray[np.int64], repeats: int, folds: int, seed: int) -> Iterator[NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    for _ in range(repeats):
        yield random.permutation(int(group.max()) + 1)[group] % folds


def train(pairs: Sequence[LabelledPair]) -> dict[str, object]:
    """The scorecard as the model file has it."""
    measured = compute_features(pairs)
    rows, truth = measured.rows, measured.truth
    weights, bias = fit(rows, truth)
    _, same_at = best_f1(truth, rows @ weights + bias)
    description = f"python -m bench.names: logistic, signs fixed, L2 {L2:g}, {len(pairs)} labelled pairs of name_pairs.csv"
    return {
        "version": VERSION,
        "made": description,
        "bias": round(bias, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(Features._fields, weights, strict=True)},
        "same_at": round(same_at, 4),
        "possible_at": round(same_at - POSSIBLE_BELOW, 4),
    }


def main(arguments: Sequence[str], say: Callable[[str], None] = print) -> None:
    """Train, write the model, and tell how it does on pairs it was not trained on."""
    pairs = read_pairs(Path(arguments[0]) / "resolution" / "name_pairs.csv")
    MODEL.write_text(json.dumps(train(pairs), indent=1) + "\n", "utf-8")
    for name, values in cross_validate(pairs).items():
        say(f"{name}: F1 {values.mean():.4f} (sd {values.std():.4f} over {len(values)} repeats of {FOLDS} folds)")


if __name__ == "__main__":
    main(sys.argv[1:])
