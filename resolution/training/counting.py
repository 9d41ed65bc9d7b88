"""How often each level is seen, and what chances that makes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Evidence, Prepared, evidence, levels_of
from resolution.comparisons.model import Model, Odds
from resolution.comparisons.weights import NAMES_BY_SHARE

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Chances = dict[str, list[float]]
"""Of each comparison one chance a level, in the order declared."""
SEEN_BEFORE = 5.0  # The former chance counts as if the level had been seen so often: little evidence moves it little.
BITS_MORE_MAX = 3.0
SHOWN = 0.5  # Sightings, of pairs that count in part.
SLICE = 200_000
Weigh = Callable[[Evidence, slice], Floats]
"""How far each of some pairs counts, 0..1: what was found of them, and which rows they are."""


@dataclass(frozen=True)
class Counts:
    """Of each comparison: how often each level was seen, in the order declared, and in how many pairs both had the field.

    Pairs may count in part: one that may be one party or two counts for two by the chance that it is.
    asked: pairs looked at.
    """

    levels: Mapping[str, Floats]
    pairs: Mapping[str, float]
    asked: float

    def times(self, share: float) -> "Counts":
        """The same with every pair counting so often."""
        levels = {name: own * share for name, own in self.levels.items()}
        return Counts(levels, {name: own * share for name, own in self.pairs.items()}, self.asked * share)


def _wholly(found: Evidence, rows: slice) -> Floats:
    return np.ones(len(found.left))


def count(prepared: Prepared, left: Whole, right: Whole, weigh: Weigh = _wholly) -> Counts:
    """Levels over these pairs of positions, each weighed."""
    told = comparisons(prepared.kind)
    seen, asked = {one.name: np.zeros(len(one.levels)) for one in told}, 0.0
    for start in range(0, len(left), SLICE):
        rows = slice(start, start + SLICE)
        found = evidence(prepared, (left[rows], right[rows]))
        weights = weigh(found, rows)
        asked += float(weights.sum())
        for one in told:
            levels = levels_of(one, found.agreement[one.name])
            has = levels >= 0
            seen[one.name] += np.bincount(levels[has], weights=weights[has], minlength=len(one.levels))
    return Counts(seen, {name: float(levels.sum()) for name, levels in seen.items()}, asked)


def chance(seen: float, pairs: float, before: float, firmly: float = SEEN_BEFORE) -> float:
    """Mean of what is believed of a rate after `seen` of `pairs`, where `before` was believed as firmly as so many sightings.

    Gamma prior of shape `firmly` and mean `before`, Poisson counts. Never 0; at most 1.
    Source: Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.6.

    >>> chance(0, 0, 0.25), chance(95, 180, 0.25)
    (0.25, 0.5)
    """
    return min((seen + firmly) / (pairs + firmly / before), 1.0)


@dataclass(frozen=True)
class OfTwo:
    """u of each level, and how often it was seen at all."""

    chances: Chances
    seen: Chances


def of_two(former: Model, near: Counts, random: Counts, others: float) -> OfTwo:
    """u of each level: near pairs share a key, and all of them were counted; random ones stand for the `others`, who share none.

    others: pairs of two parties that share no key. A level counts as firmly as it was seen: one random sighting stands for many.
    """
    stands_for = max(others / max(random.asked, 1.0), 1.0)
    made: Chances = {}
    every: Chances = {}
    for told in comparisons(former.kind):
        seen_near, seen_random = near.levels[told.name], random.levels[told.name]
        seen = seen_near + stands_for * seen_random
        pairs = near.pairs[told.name] + stands_for * random.pairs[told.name]
        each = np.where(seen > 0, (seen_near + stands_for**2 * seen_random) / np.where(seen > 0, seen, 1.0), stands_for)
        made[told.name] = [
            chance(float(seen[at]), pairs, odds.u, SEEN_BEFORE * float(each[at])) for at, odds in enumerate(former.odds(told))
        ]
        every[told.name] = (seen_near + seen_random).tolist()
    return OfTwo(made, every)


def of_one(former: Model, seen: Mapping[str, Sequence[float]], pairs: Mapping[str, float], two: OfTwo) -> Chances:
    """m of each level from how often it was seen. What was believed of it is its weight, not its chance.

    A level that these records never show, neither among pairs of one party nor of two, keeps its weight.
    """
    made: Chances = {}
    for told in comparisons(former.kind):
        own = made.setdefault(told.name, [])
        for at, (level, odds) in enumerate(zip(told.levels, former.odds(told), strict=True)):
            by_share = told.name == "names" and level.label in NAMES_BY_SHARE
            before = odds.m if by_share else min(two.chances[told.name][at] * odds.m / odds.u, 1.0)
            one, shown = seen[told.name][at], seen[told.name][at] + two.seen[told.name][at] >= SHOWN
            own.append(chance(one, pairs[told.name], before) if shown else before)
    return made


def as_odds(former: Model, m: Chances, u: Chances) -> dict[str, dict[str, Odds]]:
    """Both chances of each level, four digits each."""
    made = {}
    for told in comparisons(former.kind):
        odds = _falling(told, [Odds(m=one, u=two) for one, two in zip(m[told.name], u[told.name], strict=True)])
        rounded = (Odds(m=float(f"{one.m:.4g}"), u=float(f"{one.u:.4g}")) for one in odds)
        made[told.name] = dict(zip((level.label for level in told.levels), rounded, strict=True))
    return made


def bounded(former: Model, made: Mapping[str, Mapping[str, Odds]]) -> dict[str, dict[str, Odds]]:
    """No level speaks for one party by more than BITS_MORE_MAX over what any level of its field did before. m stays, u follows.

    One store is small beside the world: that nobody in it shares a mailbox does not tell that nobody will.
    """
    bounds = {name: max(odds.bits for odds in levels.values()) + BITS_MORE_MAX for name, levels in former.comparisons.items()}
    return {
        name: {
            label: odds if odds.bits <= bounds[name] else Odds(m=odds.m, u=float(f"{odds.m / 2 ** bounds[name]:.4g}"))
            for label, odds in levels.items()
        }
        for name, levels in made.items()
    }


def _falling(told: Comparison, odds: list[Odds]) -> list[Odds]:
    """Where levels are steps of one agreement, none weighs more than a higher one: neighbours that cross weigh the same.

    Pooled adjacent violators; m stays, u follows. Source: Barlow et al. 1972, Statistical Inference under Order Restrictions.
    """
    if not told.ordered:
        return odds
    pools: list[list[Odds]] = []
    for one in odds:
        pools.append([one])
        while len(pools) > 1 and _ratio(pools[-1]) > _ratio(pools[-2]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return [Odds(m=one.m, u=one.m / _ratio(pool)) for pool in pools for one in pool]


def _ratio(pool: Sequence[Odds]) -> float:
    return sum(one.m for one in pool) / sum(one.u for one in pool)
