"""How often each level is seen, and what chance that makes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declared import comparisons
from resolution.comparisons.evidence import Prepared, evidence, levels_of
from resolution.comparisons.model import Model, Odds

Whole = NDArray[np.int64]
SEEN_BEFORE = 5.0  # The former chance counts as if the level had been seen so often: little evidence moves it little.
COMMON_MIN = 30  # Random pairs in which a level must be seen for its chance to be told from them.
SLICE = 200_000


@dataclass(frozen=True)
class Counts:
    """Of each comparison: how often each level was seen, in the order declared, and in how many pairs both had the field.

    asked: pairs looked at.
    """

    levels: Mapping[str, Whole]
    pairs: Mapping[str, int]
    asked: int


def count(prepared: Prepared, left: Whole, right: Whole) -> Counts:
    """Levels over these pairs of positions."""
    told = comparisons(prepared.kind)
    seen = {one.name: np.zeros(len(one.levels), dtype=np.int64) for one in told}
    for start in range(0, len(left), SLICE):
        found = evidence(prepared, (left[start : start + SLICE], right[start : start + SLICE]))
        for one in told:
            levels = levels_of(one, found.agreement[one.name])
            seen[one.name] += np.bincount(levels[levels >= 0], minlength=len(one.levels))
    return Counts(seen, {name: int(levels.sum()) for name, levels in seen.items()}, len(left))


def chance(seen: float, pairs: float, before: float) -> float:
    """Mean of what is believed of a rate after `seen` of `pairs`, where `before` was believed as firmly as SEEN_BEFORE sightings.

    Gamma prior of shape SEEN_BEFORE and mean `before`, Poisson counts. Never 0; at most 1.
    Source: Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.6.

    >>> chance(0, 0, 0.25), chance(95, 180, 0.25)
    (0.25, 0.5)
    """
    return min((seen + SEEN_BEFORE) / (pairs + SEEN_BEFORE / before), 1.0)


def recounted(former: Model, one: Counts, random: Counts, near: Counts, pairs_of_two: int) -> dict[str, dict[str, Odds]]:
    """m from pairs of one party; u from random pairs, and for levels that these seldom show from near pairs of two parties.

    near:         pairs that share a key and are known to be two parties: all that agree in anything rare are among them.
    pairs_of_two: how many pairs are known to be two parties; the near ones are those of them that agree at all.
    """
    made: dict[str, dict[str, Odds]] = {}
    for told in comparisons(former.kind):
        have = random.pairs[told.name] / max(random.asked, 1)
        own: dict[str, Odds] = {}
        for at, (level, odds) in enumerate(zip(told.levels, former.odds(told), strict=True)):
            m = chance(int(one.levels[told.name][at]), one.pairs[told.name], odds.m)
            common = int(random.levels[told.name][at])
            if common >= COMMON_MIN:
                u = chance(common, random.pairs[told.name], odds.u)
            else:
                u = chance(int(near.levels[told.name][at]), pairs_of_two * have, odds.u)
            own[level.label] = Odds(m=float(f"{m:.4g}"), u=float(f"{u:.4g}"))
        made[told.name] = own
    return made
