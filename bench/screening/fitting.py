"""Fits resolution/screening/calibration.yaml: `python -m bench.screening.fitting [--parties N] [--meant N] [--strangers N]`.

The same seeds give the same file. Fitted is a logistic regression over pairs of a line and a party that it was compared with:
does the line mean the party? Weights of agreements are never negative (L-BFGS-B with bounds, an L2 penalty).
"""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.screening.errors import ERRORS, HELD_OUT, ListedParty
from bench.screening.lists import MadeStore, build_store, make_list
from bench.screening.runs import read_memory, record_of_line
from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.model import model
from resolution.live.memory import Memory
from resolution.screening.calibration import NAME, UNREAD, bounded_bits, likeness, name_bits
from resolution.screening.comparison import ComparedPairs, compare_forms
from resolution.screening.screen import pairs_by_side
from store.open import open_store
from store.port import Store

FILE = Path(__file__).resolve().parents[2] / "resolution" / "screening" / "calibration.yaml"
VERSION = "2026.12.1"
SEED = 101
L2 = 4.0  # Towards what the weights of resolution say, where the list tells little.
BITS_KEPT = 0.35  # Of a level of firm names in bits: half of its natural log odds.
PERSON_LEVELS = {
    "same": 4.0, "alike": 3.0, "sound": 3.0, "short_sound": 1.5, "initial": 2.0, "slipped": 2.0, "other_family": -1.0,
    "other_middle": -1.0, "other_given": -2.0, "nothing": -3.0, "other_characters": -3.0, "other_generation": -4.0,
}  # fmt: skip
NAME_ODDS_BEND, SAME_SLOPE, NEAR_SLOPE = 1.2, 0.3, 0.25  # A name alone comes to .85 to .95, and fields beside it higher.
SAME_ODDS_MIN = 1.0  # A score of .73: just above the threshold that clients ask with.
OTHER_LEVEL = "other"
ALONE = (NAME, "rarity")  # The one has odds of its own, the other is made of the rest.
TOLD_MIN = 200  # Pairs that tell a field, below which its weight is not fitted.
NATURAL = 0.693  # A bit in natural log odds.
Table = NDArray[np.float64]


@dataclass(frozen=True)
class LabelledPairs:
    """Compared pairs of one side, and which of them are of one party."""

    compared: ComparedPairs
    is_same: NDArray[np.bool_]


def main() -> None:
    """Make a store and a list, compare, fit both sides, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening.fitting", description=__doc__)
    parser.add_argument("--parties", type=int, default=20_000)
    parser.add_argument("--meant", type=int, default=6_000)
    parser.add_argument("--strangers", type=int, default=12_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work_folder:
        made_store = build_store(Path(work_folder), parties=options.parties, seed=SEED)
        errors = [error for error in ERRORS if error not in HELD_OUT]
        lines = make_list(made_store, seed=SEED, meant_count=options.meant, stranger_count=options.strangers, errors=errors)
        with closing(open_store(made_store.address)) as store:
            labelled = label_pairs(store, read_memory(store), made_store, lines)
    document = {
        "version": VERSION,
        "source": "bench/screening: made parties and lists of several languages",
        "made": f"python -m bench.screening.fitting --parties {options.parties} --meant {options.meant} "
        f"--strangers {options.strangers}; without {', '.join(HELD_OUT)}",
        **{side.value: fit_side(pairs) for side, pairs in labelled.items()},
    }
    FILE.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8")


def label_pairs(
    store: Store, memory: Memory, made_store: MadeStore, lines: Sequence[ListedParty]
) -> dict[PartyKind, LabelledPairs]:
    """Every pair of a line and a party that it is compared with, by side."""
    records = [record_of_line(line) for line in lines]
    labelled = {}
    for side, forms, pairs in pairs_by_side(store, memory, records):
        ends = [pair.left for pair in pairs], [pair.right for pair in pairs]
        compared = compare_forms(side, forms, ends, memory.bases[side].statistics)
        is_same = [_means(made_store, lines[pair.query], pair.entity.record_ids) for pair in pairs]
        labelled[side] = LabelledPairs(compared, np.array(is_same, dtype=np.bool_))
    return labelled


def _means(made_store: MadeStore, line: ListedParty, record_ids: Sequence[str]) -> bool:
    return line.party_number is not None and made_store.record_id(line.party_number) in record_ids


def fit_side(pairs: LabelledPairs) -> dict[str, Any]:
    """The calibration of one side as a document."""
    names, table, lows = _features(pairs.compared)
    expected = _expected_levels(pairs.compared.side)
    centre = np.array([expected.get(name.removeprefix("level "), 0.0) for name in names])
    weights = _fit(table, pairs.is_same.astype(np.float64), lows, centre)
    fitted = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    fields = {
        c.name: _field_odds(c.name, fitted, pairs.compared) for c in comparisons(pairs.compared.side) if c.name not in ALONE
    }
    return {
        "bias": fitted["bias"],
        "name_odds_bend": NAME_ODDS_BEND,
        "same_slope": SAME_SLOPE,
        "near_slope": NEAR_SLOPE,
        "same_odds_min": SAME_ODDS_MIN,
        "levels": expected | {name.removeprefix("level "): odds for name, odds in fitted.items() if name.startswith("level ")},
        **{name: fitted[name] for name in ("name_bits", "likeness", "card_odds")},
        "fields": fields,
    }


def _expected_levels(side: PartyKind) -> dict[str, float]:
    """Log odds of each level of the name before anything is fitted."""
    if side is PartyKind.PERSON:
        return PERSON_LEVELS | {UNREAD: 0.0, OTHER_LEVEL: 0.0}
    (names,) = (comparison for comparison in comparisons(side) if comparison.name == NAME)
    bits = {level.label: odds.bits for level, odds in zip(names.levels, model(side).odds(names), strict=True)}
    return {label: round(BITS_KEPT * level_bits, 3) for label, level_bits in bits.items()} | {UNREAD: 0.0, OTHER_LEVEL: 0.0}


def _field_odds(field: str, fitted: dict[str, float], compared: ComparedPairs) -> dict[str, float]:
    """Of a field that the list hardly tells half the odds its bits stand for; of identifiers what they stand for."""
    if field == "ids":
        return {"agrees": NATURAL, "differs": NATURAL / 2}
    told = np.count_nonzero(np.nan_to_num(compared.bits[field])) >= TOLD_MIN
    return {word: fitted[f"{field} {word}"] if told else NATURAL / 2 for word in ("agrees", "differs")}


def _features(compared: ComparedPairs) -> tuple[list[str], Table, list[float | None]]:
    """Names of the columns, the columns, and the lower bound of the weight of each."""
    levels = sorted(set(compared.levels[NAME]))
    columns: dict[str, tuple[Table, float | None]] = {"bias": (np.ones(len(compared)), None)}
    labels = np.array(compared.levels[NAME])
    columns |= {f"level {level or UNREAD}": ((labels == level).astype(np.float64), None) for level in levels}
    columns["name_bits"] = (name_bits(compared), 0.0)
    columns["likeness"] = (likeness(compared), 0.0)
    columns["card_odds"] = (compared.card_odds, 0.0)
    for field, bits in compared.bits.items():
        if field not in (*ALONE, "ids"):
            bounded = bounded_bits(field, bits)
            columns[f"{field} agrees"] = (np.maximum(bounded, 0.0), 0.0)
            columns[f"{field} differs"] = (np.minimum(bounded, 0.0), 0.0)
    return [*columns], np.stack([column for column, _ in columns.values()], axis=1), [low for _, low in columns.values()]


def _fit(table: Table, same: Table, lows: Sequence[float | None], centre: Table) -> Table:
    """The weights that tell best which pairs are one, near `centre` where the pairs tell little."""
    spread = np.maximum(table.std(axis=0), 0.05)
    spread[0] = 1.0
    is_penalised = np.append(0.0, np.ones(table.shape[1] - 1))
    scaled = table / spread

    def loss(weights: Table) -> tuple[float, Table]:
        odds = scaled @ weights
        error = 1 / (1 + np.exp(-odds)) - same
        away = (weights - centre * spread) * is_penalised
        value = np.sum(np.logaddexp(0, odds) - same * odds) + L2 * np.sum(away**2) / 2
        gradient = scaled.T @ error + L2 * away
        return float(value), gradient

    fitted = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", bounds=[(low, None) for low in lows])
    return np.asarray(fitted.x / spread, dtype=np.float64)


if __name__ == "__main__":
    main()
