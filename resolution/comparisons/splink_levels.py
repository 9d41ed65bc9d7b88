"""What a level of somebody's Splink settings asks of a column: equality, likeness, equality of a part, or everything else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Any


class LevelClass(StrEnum):
    """What a level asks for."""

    EXACT = "exact"
    FUZZY = "fuzzy"
    PART = "part"
    REST = "rest"


@dataclass(frozen=True)
class ClassOdds:
    """m and u of all levels of one class together: they exclude one another."""

    m: float
    u: float


NO_ODDS = ClassOdds(0.0, 0.0)


class LevelUnread(ValueError):
    """A level that is of no class, or has no m or u; says which and why."""


COLUMN = r'\(?"?(\w+)_[lr]"?\)?'
EQUALITY = re.compile(rf"{COLUMN}\s*=\s*{COLUMN}")
EDITS = re.compile(r".*\b(?:damerau_levenshtein|levenshtein|editdist3|hamming)\s*\(.*\)\s*<=\s*([\d.]+)")
SIMILARITY = re.compile(r".*\b(?:jaro_winkler_similarity|jaro_winkler|jaro_similarity)\s*\(.*\)\s*>=\s*([\d.]+)")
EDITS_MAX, SIMILARITY_MIN = 2, 0.88  # Of what is alike; what is less alike is another value to kith.
PART = re.compile(r"\b(substr|substring|left|regexp_extract)\s*\(")
DISTANCE = re.compile(r"\b(epoch|date_diff|datediff|julian|age)\s*\(")
COLUMNS_USED = re.compile(r'"?\b(\w+)_[lr]\b"?')


def read_levels(comparison: Mapping[str, Any]) -> dict[LevelClass, ClassOdds]:
    """m and u of each class of levels of a comparison. Raises LevelUnread.

    A distance in time that is no slip is in no class of its own: such days differ, and are of the rest.
    """
    odds: dict[LevelClass, ClassOdds] = {}
    for level in comparison["comparison_levels"]:
        if not level.get("is_null_level"):
            m, u = read_odds(level)
            level_class = _class_of(level)
            before = odds.get(level_class, NO_ODDS)
            odds[level_class] = ClassOdds(before.m + m, before.u + u)
    return odds


def read_odds(level: Mapping[str, Any]) -> tuple[float, float]:
    """m and u of a level. Raises LevelUnread where they are no chances above 0."""
    return _chance(level, "m"), _chance(level, "u")


def _chance(level: Mapping[str, Any], name: str) -> float:
    chance = level.get(f"{name}_probability")
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 < chance < inf:
        raise LevelUnread(f"its level {label_of(level)!r} has no {name} above 0: train it first")
    return float(chance)


def label_of(level: Mapping[str, Any]) -> str:
    """What a level is called, else its condition."""
    return str(level.get("label_for_charts") or level["sql_condition"])


def columns_used(comparison: Mapping[str, Any]) -> set[str]:
    """The columns that its conditions name, in small letters."""
    return {
        column.lower() for level in comparison["comparison_levels"] for column in COLUMNS_USED.findall(level["sql_condition"])
    }


def _class_of(level: Mapping[str, Any]) -> LevelClass:
    condition = str(level["sql_condition"]).strip().lower()
    if condition == "else" or DISTANCE.search(condition):
        return LevelClass.REST
    if (columns := EQUALITY.fullmatch(condition)) and columns[1] == columns[2]:
        return LevelClass.EXACT
    if PART.search(condition):
        return LevelClass.PART
    if edits := EDITS.fullmatch(condition):
        return LevelClass.FUZZY if float(edits[1]) <= EDITS_MAX else LevelClass.REST
    if similarity := SIMILARITY.fullmatch(condition):
        return LevelClass.FUZZY if float(similarity[1]) >= SIMILARITY_MIN else LevelClass.REST
    raise LevelUnread(f"its level {label_of(level)!r} asks neither for equality, nor for likeness, nor takes everything else")
