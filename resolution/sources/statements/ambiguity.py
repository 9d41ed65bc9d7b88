"""A text that can be read in several ways, and what decides between them.

A cell does not say whether 03/04/2021 is a day of March or of April, 1,234 more than a thousand or little more than one, 0.8 a
percent or four fifths. Each reader therefore tells every way in which a text can be read. What is the same in all of them is
certain; else the column decides: it is written in those ways in which all of its texts can be read.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from resolution.sources.mappings.value_formats import Ways, Writing

T = TypeVar("T")


def possible_values(readings: Mapping[str, T], writing: Writing) -> set[T]:
    """The values that a text may have, by way, under its writing: one where it is certain; none where no way fits."""
    values = set(readings.values())
    if len(values) < 2 and not writing.declared:
        return values
    ways = writing.ways()
    if not writing.declared and len(values) > 1 and not ways:
        return values
    return {value for way, value in readings.items() if way in ways}


def narrow_ways(left: Ways | None, readings: Iterable[str], family: Ways) -> Ways | None:
    """The ways of one family that remain for a column after one more text; None before the first text that belongs to it."""
    family_ways = family.intersection(readings)
    if not family_ways:
        return left
    return family_ways if left is None else left & family_ways
