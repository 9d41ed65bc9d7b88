"""Evidence -> match weight in bits, by the model; the same sum that Splink makes, for pairs that come one by one."""

from math import log2

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Evidence, levels_of
from resolution.comparisons.model import LevelBits, Model, log2_odds, probability

Floats = NDArray[np.float64]

NAMES_BY_SHARE = ("same", "same_in_region")  # Levels of a firm's name whose weight follows how common the name is.


def field_bits(evidence: Evidence, model: Model, shares: Floats, level_bits: LevelBits | None = None) -> dict[str, Floats]:
    """Weight in bits of each comparison and pair; NaN where it cannot be compared.

    shares: share of parties bearing each record's name, by position. For a name shared in full, u is the larger of the
    two shares instead of the model's (Splink's term frequency adjustment).
    level_bits: the weight of every level, where it was worked out before.
    """
    return add_up(evidence, model, shares, 0.0, level_bits)[0]


def add_up(
    evidence: Evidence, model: Model, shares: Floats, prior_bits: float, level_bits: LevelBits | None = None
) -> tuple[dict[str, Floats], Floats]:
    """`field_bits`, and what they and the prior come to in all: term by term in the order of Splink, so equal to the last bit."""
    level_bits = level_bits or model.level_bits()
    fields: dict[str, Floats] = {}
    total = np.full(len(evidence.left), log2_odds(probability(prior_bits)))
    for comparison in comparisons(evidence.kind):
        levels = levels_of(comparison, evidence.agreement[comparison.name])
        bits = level_bits[comparison.name][levels]
        total += np.where(levels < 0, 0.0, bits)
        if comparison.name == "names":
            rarity = _rarity_bits(comparison, levels, evidence, model, shares)
            total += rarity
            bits = bits + rarity
        fields[comparison.name] = bits
    return fields, total


def _rarity_bits(
    name_comparison: Comparison, levels: NDArray[np.int64], evidence: Evidence, model: Model, shares: Floats
) -> Floats:
    """How much rarer or commoner a name is than the model has it: log2(u) - log2(larger share), 0 where it does not count."""
    rarity = np.zeros(len(levels))
    for level, odds in enumerate(model.odds(name_comparison)):
        if name_comparison.levels[level].label in NAMES_BY_SHARE:
            rows = np.flatnonzero(levels == level)
            larger = np.maximum(shares[evidence.left[rows]], shares[evidence.right[rows]])
            rarity[rows] = log2(odds.u) - _log2(larger)
    return rarity


def _log2(numbers: Floats) -> Floats:
    """The logarithm of the C library, which DuckDB calls: NumPy's differs in the last bit."""
    distinct, position = np.unique(numbers, return_inverse=True)
    return np.array([log2(number) for number in distinct.tolist()], dtype=np.float64)[position]


def total_bits(fields: dict[str, Floats], prior_bits: float) -> Floats:
    """Prior plus all weights that could be told."""
    return np.asarray(prior_bits + np.nansum(np.stack(list(fields.values())), axis=0), dtype=np.float64)
