"""Regions whose sources tell less than those of an ordinary one: what matching must do without."""

from dataclasses import dataclass
from random import Random

from samples.facts import Region
from samples.words import Town, words

FIRST_DIVISION = 392000  # No province has the code 39.


@dataclass(frozen=True)
class Variant:
    """What differs from an ordinary region.

    towns:         firms and persons that no story puts anywhere are at home in any town of any province, not in one town.
    customs_codes: whether rows of the customs tell the firm's code; else only its name.
    masked_ids:    no public source tells a resident id in full: registers hide the birth, courts month and day.
    """

    towns: bool = False
    customs_codes: bool = True
    masked_ids: bool = False


AS_REGISTERED = Variant()
HARD = Variant(towns=True, customs_codes=False, masked_ids=True)


def draw_town(rng: Random) -> Region:
    """A town, as names of firms write it: with the province, with the word for town, or with neither."""
    position = rng.randrange(len(words().towns))
    town = words().towns[position]
    return Region(rng.choice(_names(town)), town.en, f"{FIRST_DIVISION + position:06d}", _address(town))


def mask_birth(number: str) -> str:
    """A resident id as registers publish it: the day of birth hidden.

    >>> mask_birth("391082197903080123")
    '391082********0123'
    """
    return f"{number[:6]}********{number[14:]}"


def _names(town: Town) -> tuple[str, ...]:
    short = town.town.removesuffix("市")
    names = (town.town, short, short)
    return names if town.province == town.town else (*names, f"{_short_province(town.province)}{short}")


def _address(town: Town) -> str:
    return town.town if town.province == town.town else f"{town.province}{town.town}"


def _short_province(name: str) -> str:
    """As names of firms write it: 内蒙古, 广西, 浙江."""
    for tail in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省"):
        name = name.removesuffix(tail)
    return name
