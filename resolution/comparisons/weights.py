"""Evidence -> match weight in bits, by the model; the same sum that Splink makes, for pairs that come one by one."""

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declared import comparisons
from resolution.comparisons.evidence import Evidence, levels_of
from resolution.comparisons.model import Model

NAMES_BY_SHARE = ("same", "same_in_region")  # Levels of a firm's name whose weight follows how common the name is.


def field_bits(found: Evidence, model: Model, shares: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Weight in bits of each comparison and pair; NaN where it cannot be compared.

    shares: share of parties bearing each record's name, by position. For a name shared in full, u is the larger of the
    two shares instead of the model's (Splink's term frequency adjustment).
    """
    bits: dict[str, NDArray[np.float64]] = {}
    for told in comparisons(found.kind):
        odds = model.odds(told)
        levels = levels_of(told, found.agreement[told.name])
        column = np.array([*(one.bits for one in odds), np.nan])[levels]
        if told.name == "names":
            column = column + _rarity_bits(found, model, shares, levels)
        bits[told.name] = column
    return bits


def _rarity_bits(found: Evidence, model: Model, shares: NDArray[np.float64], levels: NDArray[np.int64]) -> NDArray[np.float64]:
    told = comparisons(found.kind)[0]
    u = np.array(
        [odds.u if level.label in NAMES_BY_SHARE else 0.0 for level, odds in zip(told.levels, model.odds(told), strict=True)]
    )
    base = np.append(u, 0.0)[levels]
    larger = np.maximum(shares[found.left], shares[found.right])
    return np.asarray(np.where(base > 0, np.log2(np.where(base > 0, base, 1.0) / larger), 0.0), dtype=np.float64)


def total_bits(fields: dict[str, NDArray[np.float64]], prior_bits: float) -> NDArray[np.float64]:
    """Prior plus all weights that could be told."""
    return np.asarray(prior_bits + np.nansum(np.stack(list(fields.values())), axis=0), dtype=np.float64)
