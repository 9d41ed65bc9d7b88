"""From compared pairs to a score: the chance that a party is the one described, by log odds that were fitted and are data."""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.documents import read_yaml
from resolution.comparisons.weights import Floats
from resolution.screening.comparison import ComparedPairs

NAME, IDS = "names", "ids"
UNREAD = "unread"  # Level of names that cannot be compared word by word: of other scripts, or heard.
SAME_LEVELS = ("same", "same_in_region")
LIKENESS_MIN = 0.5  # Letters in common below which names are as far apart as can be told.
BITS_MAX = 32.0  # Of a name: rarer ones are no surer.
FIELD_BITS_MAX = 12.0  # Of a field beside the name.


class FieldOdds(BaseModel):
    """What a bit of a field counts in log odds: `agrees` where it speaks for one party, `differs` where against."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    agrees: float = Field(ge=0.0)
    differs: float = Field(ge=0.0)


class SideCalibration(BaseModel):
    """Log odds of one side. levels: of each level of the name; `other` stands for one that is not listed.

    name_odds_bend, same_slope, near_slope: from where on a name adds that part only of its odds, where it is the same word by
    word and where it is not: nobody is known by a name alone.
    same_odds_min: what the same whole name comes to at least, however many bear it: each of them is to be looked at.
    name_bits: a bit of the words of a person's name that agree, or of the shorter name of two firms.
    likeness: from half of the letters in common to all of them.
    card_odds: a unit of the scorecard of firm names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    bias: float
    name_odds_bend: float
    same_slope: float = Field(ge=0.0, le=1.0)
    near_slope: float = Field(ge=0.0, le=1.0)
    same_odds_min: float
    levels: dict[str, float]
    name_bits: float = Field(ge=0.0)
    likeness: float = Field(ge=0.0)
    card_odds: float = Field(ge=0.0)
    fields: dict[str, FieldOdds]


class Calibration(BaseModel):
    """The fitted log odds of both sides; natural logarithms."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    source: str
    made: str
    person: SideCalibration
    firm: SideCalibration

    def side(self, side: PartyKind) -> SideCalibration:
        """Those of one side."""
        return self.person if side is PartyKind.PERSON else self.firm


@cache
def calibration() -> Calibration:
    """The shipped calibration, read once."""
    return Calibration.model_validate(read_yaml(files("resolution.screening").joinpath("calibration.yaml").read_text("utf-8")))


def feature_odds(compared: ComparedPairs, calibrated: Calibration | None = None) -> dict[str, Floats]:
    """Log odds that each field contributes to each pair, 0.0 where it cannot be compared; `names` first, with the bias in it."""
    odds_of_side = (calibrated or calibration()).side(compared.side)
    odds = {NAME: _name_odds(compared, odds_of_side)}
    for field, bits in compared.bits.items():
        if field in odds_of_side.fields:
            odds[field] = _field_odds(field, bits, odds_of_side.fields[field])
    return odds


def _name_odds(compared: ComparedPairs, odds_of_side: SideCalibration) -> Floats:
    other = odds_of_side.levels["other"]
    levels = np.array([odds_of_side.levels.get(level or UNREAD, other) for level in compared.levels[NAME]], dtype=np.float64)
    odds = (
        odds_of_side.bias
        + levels
        + odds_of_side.name_bits * name_bits(compared)
        + odds_of_side.likeness * likeness(compared)
        + odds_of_side.card_odds * compared.card_odds
    )
    is_same = np.isin(compared.levels[NAME], SAME_LEVELS)
    slope = np.where(is_same, odds_of_side.same_slope, odds_of_side.near_slope)
    bent = np.minimum(odds, odds_of_side.name_odds_bend) + slope * np.maximum(odds - odds_of_side.name_odds_bend, 0.0)
    return np.asarray(np.where(is_same, np.maximum(bent, odds_of_side.same_odds_min), bent), dtype=np.float64)


def name_bits(compared: ComparedPairs) -> Floats:
    """How rare the words of names are that agree, in bits, within bounds; 0.0 where names cannot be compared."""
    return np.clip(compared.rarity, -BITS_MAX, BITS_MAX)


def likeness(compared: ComparedPairs) -> Floats:
    """How far the letters in common lie between half and all of them, 0..1."""
    return np.clip((compared.likeness - LIKENESS_MIN) / (1 - LIKENESS_MIN), 0.0, 1.0)


def bounded_bits(field: str, bits: Floats) -> Floats:
    """Bits of a field within bounds, 0.0 where it cannot be compared; an identifier decides, and has none."""
    plain = np.nan_to_num(bits)
    return plain if field == IDS else np.clip(plain, -FIELD_BITS_MAX, FIELD_BITS_MAX)


def _field_odds(field: str, bits: Floats, odds: FieldOdds) -> Floats:
    bounded = bounded_bits(field, bits)
    return np.where(bounded > 0, odds.agrees, odds.differs) * bounded


def probability(log_odds: NDArray[np.float64]) -> Floats:
    """The chance of natural log odds, 0..1."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0))), dtype=np.float64)
