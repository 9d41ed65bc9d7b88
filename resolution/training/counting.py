"""How often each level is seen, and what chances that makes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Evidence, Prepared, evidence, levels_of
from resolution.comparisons.model import Model, Odds
from resolution.comparisons.weights import NAMES_BY_SHARE

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Chances = dict[str, list[float]]
"""Of each comparison one chance a level, in the order declared."""
SEEN_BEFORE = 5.0  # The former chance counts as if the level had been seen so often: little evidence moves it little.
BITS_MORE_MAX = 3.0
SIGHTINGS_MIN = 0.5  # Sightings, of pairs that count in part.
SLICE = 200_000
Weigh = Callable[[Evidence, slice], Floats]
"""How far each of some pairs counts, 0..1: what was found of them, and which rows they are."""


@dataclass(frozen=True)
class Counts:
    """Of each comparison: how often each level was seen, in the order declared, and in how many pairs both had the field.

    Pairs may count in part: one that may be one party or two counts for two by the chance that it is.
    pair_total: how many pairs were counted, each by its weight.
    """

    levels: Mapping[str, Floats]
    pairs: Mapping[str, float]
    pair_total: float

    def times(self, share: float) -> "Counts":
        """The same with every pair counting so often."""
        levels = {name: level_counts * share for name, level_counts in self.levels.items()}
        return Counts(levels, {name: pair_count * share for name, pair_count in self.pairs.items()}, self.pair_total * share)


def _count_fully(evidence: Evidence, rows: slice) -> Floats:
    return np.ones(len(evidence.left))


def count_levels(prepared: Prepared, left: Integers, right: Integers, weigh: Weigh = _count_fully) -> Counts:
    """Levels over these pairs of positions, each weighed."""
    compared = comparisons(prepared.kind)
    level_counts, pair_total = {comparison.name: np.zeros(len(comparison.levels)) for comparison in compared}, 0.0
    for start in range(0, len(left), SLICE):
        rows = slice(start, start + SLICE)
        pair_evidence = evidence(prepared, (left[rows], right[rows]))
        weights = weigh(pair_evidence, rows)
        pair_total += float(weights.sum())
        for comparison in compared:
            levels = levels_of(comparison, pair_evidence.agreement[comparison.name])
            has = levels >= 0
            level_counts[comparison.name] += np.bincount(levels[has], weights=weights[has], minlength=len(comparison.levels))
    return Counts(level_counts, {name: float(levels.sum()) for name, levels in level_counts.items()}, pair_total)


def chance(sightings: float, pairs: float, before: float, firmly: float = SEEN_BEFORE) -> float:
    """Mean of what is believed of a rate after `sightings` in `pairs`, where `before` was believed as by `firmly` sightings.

    Gamma prior of shape `firmly` and mean `before`, Poisson counts. Never 0; at most 1.
    Source: Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.6.

    >>> chance(0, 0, 0.25), chance(95, 180, 0.25)
    (0.25, 0.5)
    """
    return min((sightings + firmly) / (pairs + firmly / before), 1.0)


@dataclass(frozen=True)
class NonMatchChances:
    """u of each level, and how often it was seen at all."""

    chances: Chances
    counts: Chances


def estimate_u(former: Model, near: Counts, random: Counts, distant_pairs: float) -> NonMatchChances:
    """u of each level: near pairs share a key, and all of them were counted; random ones stand for all that share none.

    distant_pairs: number of pairs of two parties that share no key. A level counts as firmly as it was seen: one random sighting
    stands for many.
    """
    stands_for = max(distant_pairs / max(random.pair_total, 1.0), 1.0)
    chances: Chances = {}
    counts_seen: Chances = {}
    for comparison in comparisons(former.kind):
        seen_near, seen_random = near.levels[comparison.name], random.levels[comparison.name]
        times_seen = seen_near + stands_for * seen_random
        pairs = near.pairs[comparison.name] + stands_for * random.pairs[comparison.name]
        firmness = np.where(
            times_seen > 0, (seen_near + stands_for**2 * seen_random) / np.where(times_seen > 0, times_seen, 1.0), stands_for
        )
        chances[comparison.name] = [
            chance(float(times_seen[at]), pairs, odds.u, SEEN_BEFORE * float(firmness[at]))
            for at, odds in enumerate(former.odds(comparison))
        ]
        counts_seen[comparison.name] = (seen_near + seen_random).tolist()
    return NonMatchChances(chances, counts_seen)


def estimate_m(
    former: Model, level_counts: Mapping[str, Sequence[float]], pairs: Mapping[str, float], non_match: NonMatchChances
) -> Chances:
    """m of each level from how often it was seen. What was believed of it is its weight, not its chance.

    A level that these records never show, neither among pairs of one party nor of two, keeps its weight.
    """
    chances: Chances = {}
    for comparison in comparisons(former.kind):
        level_chances = chances.setdefault(comparison.name, [])
        for at, (level, odds) in enumerate(zip(comparison.levels, former.odds(comparison), strict=True)):
            by_share = comparison.name == "names" and level.label in NAMES_BY_SHARE
            before = odds.m if by_share else min(non_match.chances[comparison.name][at] * odds.m / odds.u, 1.0)
            times_seen = level_counts[comparison.name][at]
            is_shown = times_seen + non_match.counts[comparison.name][at] >= SIGHTINGS_MIN
            level_chances.append(chance(times_seen, pairs[comparison.name], before) if is_shown else before)
    return chances


def as_odds(former: Model, m: Chances, u: Chances) -> dict[str, dict[str, Odds]]:
    """Both chances of each level, four digits each."""
    odds_by_comparison = {}
    for comparison in comparisons(former.kind):
        odds = _falling(
            comparison,
            [Odds(m=m_chance, u=u_chance) for m_chance, u_chance in zip(m[comparison.name], u[comparison.name], strict=True)],
        )
        rounded = (Odds(m=float(f"{level_odds.m:.4g}"), u=float(f"{level_odds.u:.4g}")) for level_odds in odds)
        odds_by_comparison[comparison.name] = dict(zip((level.label for level in comparison.levels), rounded, strict=True))
    return odds_by_comparison


def bounded(former: Model, odds_by_comparison: Mapping[str, Mapping[str, Odds]]) -> dict[str, dict[str, Odds]]:
    """No level speaks for one party by more than BITS_MORE_MAX over what any level of its field did before. m stays, u follows.

    One store is small beside the world: that nobody in it shares a mailbox does not tell that nobody will.
    """
    bounds = {name: max(odds.bits for odds in levels.values()) + BITS_MORE_MAX for name, levels in former.comparisons.items()}
    return {
        name: {
            label: odds if odds.bits <= bounds[name] else Odds(m=odds.m, u=float(f"{odds.m / 2 ** bounds[name]:.4g}"))
            for label, odds in levels.items()
        }
        for name, levels in odds_by_comparison.items()
    }


def _falling(comparison: Comparison, odds: list[Odds]) -> list[Odds]:
    """Where levels are steps of one agreement, none weighs more than a higher one: neighbours that cross weigh the same.

    Pooled adjacent violators; m stays, u follows. Source: Barlow et al. 1972, Statistical Inference under Order Restrictions.
    """
    if not comparison.ordered:
        return odds
    pools: list[list[Odds]] = []
    for level_odds in odds:
        pools.append([level_odds])
        while len(pools) > 1 and _ratio(pools[-1]) > _ratio(pools[-2]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return [Odds(m=level_odds.m, u=level_odds.m / _ratio(pool)) for pool in pools for level_odds in pool]


def _ratio(pool: Sequence[Odds]) -> float:
    return sum(level_odds.m for level_odds in pool) / sum(level_odds.u for level_odds in pool)
