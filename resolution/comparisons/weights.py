"""Evidence -> match weight in bits, by the model; the same sum that Splink makes, for pairs that come one by one."""

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence, levels_of
from resolution.comparisons.model import Model

NAMES_BY_SHARE = ("same", "same_in_region")  # Levels of a firm's name whose weight follows how common the name is.


def field_bits(evidence: Evidence, model: Model, shares: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Weight in bits of each comparison and pair; NaN where it cannot be compared.

    shares: share of parties bearing each record's name, by position. For a name shared in full, u is the larger of the
    two shares instead of the model's (Splink's term frequency adjustment).
    """
    bits: dict[str, NDArray[np.float64]] = {}
    for comparison in comparisons(evidence.kind):
        odds = model.odds(comparison)
        levels = levels_of(comparison, evidence.agreement[comparison.name])
        column = np.array([*(level_odds.bits for level_odds in odds), np.nan])[levels]
        if comparison.name == "names":
            column = column + _rarity_bits(evidence, model, shares, levels)
        bits[comparison.name] = column
    return bits


def _rarity_bits(evidence: Evidence, model: Model, shares: NDArray[np.float64], levels: NDArray[np.int64]) -> NDArray[np.float64]:
    name_comparison = comparisons(evidence.kind)[0]
    u = np.array(
        [
            odds.u if level.label in NAMES_BY_SHARE else 0.0
            for level, odds in zip(name_comparison.levels, model.odds(name_comparison), strict=True)
        ]
    )
    base = np.append(u, 0.0)[levels]
    larger = np.maximum(shares[evidence.left], shares[evidence.right])
    return np.asarray(np.where(base > 0, np.log2(np.where(base > 0, base, 1.0) / larger), 0.0), dtype=np.float64)


def total_bits(fields: dict[str, NDArray[np.float64]], prior_bits: float) -> NDArray[np.float64]:
    """Prior plus all weights that could be told."""
    return np.asarray(prior_bits + np.nansum(np.stack(list(fields.values())), axis=0), dtype=np.float64)
