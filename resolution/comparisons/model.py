"""The weights: how likely each level is between records of one party (m) and of two (u), read from `models/`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log2

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ontology.base import PartyKind
from resolution.comparisons.declarations import RARITY, Comparison, comparisons

LevelBits = Mapping[str, NDArray[np.float64]]
"""Of each comparison the weight in bits of its levels, in the order declared; last NaN, where -1 for "not comparable" points."""


class Odds(BaseModel):
    """Chance of one level where two records are one party (m), and where they are two (u)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    m: float
    u: float

    @property
    def bits(self) -> float:
        """Match weight of the level: log2(m / u)."""
        return log2(self.m / self.u)


def probability(bits: float) -> float:
    """The probability of log2 odds.

    >>> probability(-1.0)
    0.3333333333333333
    """
    odds = float(2.0**bits)
    return odds / (1.0 + odds)


def log2_odds(probability: float) -> float:
    """log2 odds of a probability above 0 and below 1."""
    return log2(probability / (1.0 - probability))


class NameShares(BaseModel):
    """How name shares are smoothed: as if `records_assumed` more records had been seen, none share below `share_min`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    records_assumed: int
    share_min: float


class Model(BaseModel):
    """A frozen set of weights for one kind of party.

    random_match: expected true partners a record; the prior odds of a pair are it over the number of records.
    random_match_records: it counts like so many records beside what the records at hand tell; 0: they are not asked.
    records_min:  the prior counts at least so many records: a small file is a sample of a large world.
    merge_bits:   a pair, and a cluster, joins at this weight and above.
    group_bits:   two groups join at this weight between them, of which the best of each field counts `group_best_share`.
    possible_bits: a pair from here up to merge_bits is a possible match, for a person to judge.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    kind: PartyKind
    made: str
    random_match: float
    random_match_records: int = 0
    records_min: int
    merge_bits: float
    group_bits: float
    possible_bits: float
    group_best_share: float = 0.0
    name_shares: NameShares
    comparisons: dict[str, dict[str, Odds]]

    def prior_bits(self, records: int, partners: float | None = None) -> float:
        """log2 odds that two records drawn at random are one party. partners: of a record, where they were estimated.

        >>> model(PartyKind.FIRM).prior_bits(100)
        -9.965784284662087
        """
        return log2((partners or self.random_match) / max(records, self.records_min))

    def for_size(self, records: int) -> "Model":
        """The model for a run of so many records: what the prior falls by above `records_min`, a rare value shared outweighs.

        The odds that two who share a door are one party do not change because records arrive that have nothing to do with it.
        """
        if RARITY.name not in self.comparisons:
            return self
        levels = self.comparisons[RARITY.name]
        few = levels["few"].model_copy(update={"u": levels["few"].m * self.records_min / max(records, self.records_min)})
        return self.model_copy(update={"comparisons": {**self.comparisons, RARITY.name: {**levels, "few": few}}})

    def odds(self, comparison: Comparison) -> tuple[Odds, ...]:
        """Odds of the comparison's levels, in the order declared."""
        odds_by_label = self.comparisons[comparison.name]
        return tuple(odds_by_label[level.label] for level in comparison.levels)

    def level_bits(self) -> LevelBits:
        """The weight of every level."""
        return {
            comparison.name: np.array([*(odds.bits for odds in self.odds(comparison)), np.nan])
            for comparison in comparisons(self.kind)
        }


@cache
def model(kind: PartyKind) -> Model:
    """The shipped model of a kind; agencies use that of firms."""
    name = "person" if kind is PartyKind.PERSON else "firm"
    shipped = Model.model_validate_json(files("resolution.comparisons").joinpath("models", f"{name}.json").read_bytes())
    check_fits(shipped)
    return shipped


def check_fits(model: Model) -> None:
    """Raises ValueError where a model has not just the levels that are declared, or a chance that is none."""
    declared = {c.name: {level.label for level in c.levels} for c in comparisons(model.kind)}
    if {label: set(odds) for label, odds in model.comparisons.items()} != declared:
        raise ValueError(f"model {model.version} does not fit the declared comparisons")
    if any(odds.m <= 0 or odds.u <= 0 for levels in model.comparisons.values() for odds in levels.values()):
        raise ValueError(f"model {model.version} has a chance that is not above 0")
