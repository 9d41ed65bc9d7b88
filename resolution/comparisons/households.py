"""One person, two of a family, or two who only share an address: which of the three a pair that meets at one place is.

Match weights compare one person with two strangers. Two of a family are no strangers: door, line and surname agree, and say
nothing. So pairs that meet are weighed once more, against families. How many families a store holds, and how often its
records of one person contradict each other, is counted in the store itself, without labels (`judgements/household_counts.py`).
"""

from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from math import prod

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from resolution.comparisons import fields
from resolution.comparisons.person_names import KIND_WORDS, SAME_HAN
from resolution.records import dates

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

ONE_PERSON_BITS_MIN = 5.0  # Odds of 32 to 1 that two who meet at one place are one person overrule what contradicts.
ONE_PERSON_SHARE_MIN = 2**ONE_PERSON_BITS_MIN / (1 + 2**ONE_PERSON_BITS_MIN)
NEUTRAL_BITS_MIN = 3.0  # From here on what contradicts does not bar two groups that other pairs join.
UNREAD = "unread"  # A name that cannot be compared.
STEPS: dict[str, tuple[tuple[str, float], ...]] = {
    "days": (
        ("exact", dates.EXACT),
        ("swapped", dates.SWAPPED),
        ("near", dates.NEAR),
        ("partial", dates.PARTIAL),
        ("close", dates.CLOSE),
        ("same_year", dates.SAME_YEAR),
        ("nearby", dates.NEARBY),
        ("different", -np.inf),
    ),
    "ids": (("issued", fields.ID_ISSUED), ("loose", fields.ID_LOOSE), ("other", -np.inf)),
    "genders": (("same", 1.0), ("other", -np.inf)),
}
"""Comparison -> its levels here, the highest agreement first. Names go by the kind of their agreement."""
NAME_KINDS = tuple(sorted(KIND_WORDS))
LABELS: dict[str, tuple[str, ...]] = {
    "names": (*("same_characters" if kind == SAME_HAN else KIND_WORDS[kind] for kind in NAME_KINDS), UNREAD),
    **{name: tuple(label for label, _ in steps) for name, steps in STEPS.items()},
}
"""Field -> its levels, in the order of their numbers."""
LEVEL_COUNTS = {name: len(labels) + 1 for name, labels in LABELS.items()}  # The last number: not compared.
PATTERNS = prod(LEVEL_COUNTS.values())


class Chances(BaseModel):
    """Chance of one level in each of the three classes, 0..1."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    one_person: float
    kin: float
    others: float


class Households(BaseModel):
    """How pairs that meet at one place fall into the three classes. Shipped, or counted in a store and frozen with its run.

    firmly: the chances of one person are believed as by so many pairs before others are counted.
    shares: pairs of each class; only their proportion matters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    made: str
    firmly: float
    shares: Chances
    levels: Mapping[str, Mapping[str, Chances]]
    pairs: int = Field(0, description="Pairs that met and were counted; 0 as shipped.")

    def with_counts(self, shares: Chances, levels: Mapping[str, Mapping[str, Chances]], pairs: int) -> "Households":
        """The same belief with what was counted: made anew, as a copy would keep the bits worked out before."""
        return Households(version=self.version, made=self.made, firmly=self.firmly, shares=shares, levels=levels, pairs=pairs)

    def log_chances(self) -> tuple[Floats, dict[str, Floats]]:
        """Natural logarithm of the shares (3), and per field of the chances (levels + 1, 3); the last row is: not compared."""
        tables = {}
        for name, labels in LABELS.items():
            table = np.array([_row(self.levels[name][label]) for label in labels])
            tables[name] = np.vstack([np.log(table / table.sum(axis=0)), np.zeros(3)])
        shares = np.array(_row(self.shares))
        return np.log(shares / shares.sum()), tables

    def bits(self, patterns: Integers) -> Floats:
        """For each pattern (`encode_patterns`) log2 of the odds that the pair is one person rather than two who meet there.

        Source: Bayes' rule over a mixture of three classes with independent fields; McLachlan and Peel 2000, Finite Mixture
        Models.
        """
        return np.array(self._bits_by_pattern)[patterns]

    @cached_property
    def _bits_by_pattern(self) -> tuple[float, ...]:  # No array: two documents are compared by what they hold.
        shares, tables = self.log_chances()
        log_odds = shares + sum_log_chances(tables, np.arange(PATTERNS))
        return tuple(((log_odds[:, 0] - np.logaddexp(log_odds[:, 1], log_odds[:, 2])) / np.log(2.0)).tolist())


def _row(chances: Chances) -> tuple[float, float, float]:
    return chances.one_person, chances.kin, chances.others


def encode_patterns(name_kinds: Floats, agreements: Mapping[str, Floats]) -> Integers:
    """What the personal fields of each pair say together, as one number below PATTERNS.

    name_kinds, agreements: of each pair, as `Evidence` holds them.
    """
    names = np.searchsorted(NAME_KINDS, np.nan_to_num(name_kinds, nan=NAME_KINDS[0])).astype(np.int64)
    patterns = np.where(np.isnan(name_kinds), len(NAME_KINDS), names)
    for name, steps in STEPS.items():
        agreement = agreements[name]
        levels = np.argmax(agreement[:, None] >= np.array([at_least for _, at_least in steps])[None, :], axis=1)
        patterns = patterns * LEVEL_COUNTS[name] + np.where(np.isnan(agreement), len(steps), levels)
    return np.asarray(patterns, dtype=np.int64)


def decode_patterns(patterns: Integers) -> dict[str, Integers]:
    """Level of each field in each pattern; the last level is: not compared."""
    levels = {}
    for name, count in reversed(LEVEL_COUNTS.items()):
        patterns, levels[name] = np.divmod(patterns, count)
    return levels


def sum_log_chances(tables: Mapping[str, Floats], patterns: Integers) -> Floats:
    """Natural logarithm of the chance of each pattern in each of the three classes; rows are patterns."""
    levels = decode_patterns(patterns)
    return np.asarray(sum(tables[name][levels[name]] for name in LEVEL_COUNTS), dtype=np.float64)


@cache
def shipped_households() -> Households:
    """What is believed of families before a store's own records are counted."""
    return Households.model_validate_json(files("resolution.comparisons").joinpath("models", "household.json").read_bytes())
