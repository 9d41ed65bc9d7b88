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
    number = {key: at for at, key in enumerate(sorted(set(keys)))}
    return np.array([number[key] for key in keys])


def parsed(pairs: Sequence[LabelledPair]) -> list[tuple[ParsedName, ParsedName]]:
    """Both names of each pair, taken apart."""
    return [(parse(pair.left, pair.kind), parse(pair.right, pair.kind)) for pair in pairs]


def best_f1(truth: Table, scores: Table) -> tuple[float, float]:
    """The best F1 any threshold gives on these pairs, and that threshold."""
    cuts = np.unique(scores)
    found = [f1(truth, scores >= cut) for cut in cuts]
    at = int(np.argmax(found))
    return found[at], float(cuts[at])


def f1(truth: Table, told: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall."""
    right = float((truth * told).sum())
    return 2 * right / float(truth.sum() + told.sum()) if right else 0.0


def fit(rows: Table, truth: Table, *, l2: float = L2) -> tuple[Table, float]:
    """Weights of the raw features and the bias."""
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), SPREAD_MIN)
    scaled = (rows - middle) / spread

    def loss(weights: Table) -> tuple[float, Table]:
        told = scaled @ weights[:-1] + weights[-1]
        wrong = 1 / (1 + np.exp(-told)) - truth
        penalty = l2 * weights[:-1]
        return (
            float(np.logaddexp(0, told).sum() - (truth * told).sum() + weights[:-1] @ penalty / 2),
            np.append(scaled.T @ wrong + penalty, wrong.sum()),
        )

    bounds = [(0, None) if sign > 0 else (None, 0) for sign in SIGNS]
    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    weights = found.x[:-1] / spread
    return weights, float(found.x[-1] - weights @ middle)


@dataclass(frozen=True)
class Ground:
    """What every way of measuring stands on: features, labels, and what no weight decides.

    comparable: in one script, with something in common. free: nothing caps the pair at possible or bars it.
    """

    rows: Table
    truth: Table
    comparable: NDArray[np.bool_]
    free: NDArray[np.bool_]

    def told(self, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the held out pairs are the same, by weights and a threshold that the other pairs gave."""
        weights, bias = fit(self.rows[~held], self.truth[~held])
        scores = self.rows @ weights + bias
        _, cut = best_f1(self.truth[~held], scores[~held])
        return np.asarray((scores >= cut) & self.comparable & held)


def ground(pairs: Sequence[LabelledPair]) -> Ground:
    """Parse and align every pair once."""
    found = [(left, right, align(left, right)) for left, right in parsed(pairs)]
    comparable = [
        left.script == right.script and bool(aligned[0] or aligned[1] or not nothing_shared(left, right))
        for left, right, aligned in found
    ]
    free = [not barred(left, right) and not capped(left, right, aligned) for left, right, aligned in found]
    rows = np.array([features(*one) for one in found], dtype=np.float64)
    return Ground(rows, labels(pairs), np.array(comparable), np.array(free))


def cross_validated(
    pairs: Sequence[LabelledPair], *, repeats: int = REPEATS, folds: int = FOLDS, seed: int = SEED
) -> dict[str, NDArray[np.float64]]:
    """F1 of each repeat on pairs that were not trained on, the threshold being the best of those that were.

    `weights`: the scorecard alone; `guarded`: with the guards, so that what is capped at possible counts as not the same.
    """
    held = ground(pairs)
    found: dict[str, list[float]] = {"weights": [], "guarded": []}
    for fold in _foldings(groups(pairs), repeats, folds, seed):
        told = np.any([held.told(fold == number) for number in range(folds)], axis=0)
        found["weights"].append(f1(held.truth, told))
        found["guarded"].append(f1(held.truth, told & held.free))
    return {name: np.array(values) for name, values in found.items()}


def by_other_sources(pairs: Sequence[LabelledPair]) -> float:
    """F1 where the labels of one source are told by weights that only the other sources gave, over all sources."""
    held, sources = ground(pairs), np.array([pair.source for pair in pairs])
    return f1(held.truth, np.any([held.told(sources == source) for source in sorted(set(sources))], axis=0))


def _foldings(group: NDArray[np.int64], repeats: int, folds: int, seed: int) -> Iterator[NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    for _ in range(repeats):
        yield random.permutation(int(group.max()) + 1)[group] % folds


def trained(pairs: Sequence[LabelledPair]) -> dict[str, object]:
    """The scorecard as the model file has it."""
    held = ground(pairs)
    rows, truth = held.rows, held.truth
    weights, bias = fit(rows, truth)
    _, same_at = best_f1(truth, rows @ weights + bias)
    made = f"python -m bench.names: logistic, signs fixed, L2 {L2:g}, {len(pairs)} labelled pairs of name_pairs.csv"
    return {
        "version": VERSION,
        "made": made,
        "bias": round(bias, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(Features._fields, weights, strict=True)},
        "same_at": round(same_at, 4),
        "possible_at": round(same_at - POSSIBLE_BELOW, 4),
    }


def main(words: Sequence[str], say: Callable[[str], None] = print) -> None:
    """Train, write the model, and tell how it does on pairs it was not trained on."""
    pairs = read_pairs(Path(words[0]) / "resolution" / "name_pairs.csv")
    MODEL.write_text(json.dumps(trained(pairs), indent=1) + "\n", "utf-8")
    for name, values in cross_validated(pairs).items():
        say(f"{name}: F1 {values.mean():.4f} (sd {values.std():.4f} over {len(values)} repeats of {FOLDS} folds)")


if __name__ == "__main__":
    main(sys.argv[1:])
