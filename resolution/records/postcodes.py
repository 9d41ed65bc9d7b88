"""Where in an address its postcode stands, so that it is not taken for the number of a house: all of a town share it."""

import re

from resolution.records.words import pairs

_LETTERED = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}"  # United Kingdom: EC2R 8EJ
    r"|[A-Z]\d[A-Z]\s?\d[A-Z]\d"  # Canada: K1A 0B1
    r"|(?<=,\s)\d{4}\s?(?!NE\b|NW\b|SE\b|SW\b)[A-Z]{2}(?=\s+[^\W\d])"  # Netherlands: 1012 AB
    r"|(?<=NSW\s)\d{4}|(?<=VIC\s)\d{4}|(?<=QLD\s)\d{4}|(?<=TAS\s)\d{4}|(?<=ACT\s)\d{4}|(?<=\b[WSN][AT]\s)\d{4})\b",  # Australia
    re.IGNORECASE,
)
_OF_TOWN = re.compile(  # 1010 Wien, A-1010 Wien, Wien 1010; words of one part only
    r"\s*(?:(?:[A-Z]{1,3}[-\s])?(?P<before>\d{4,6})\s+(?P<town>[^\W\d]+(?:[\s'’-][^\W\d]+){0,3})|(?P<town_first>[^\W\d]+(?:[\s'’-][^\W\d]+){0,3})\s+(?P<after>\d{4,6}))\s*",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"[^\W\d]{2,}\D*\s\d{1,4}[a-z]?\s*$|^\s*\d{1,4}[a-z]?[\s,]+[^\W\d]{2,}", re.IGNORECASE)


def postcode_in(text: str, *, city: str | None = None) -> tuple[int, int] | None:
    """Start and end of the postcode in an address without a field for it; None where none is sure.

    city: the town where the source tells it apart: then four digits alone may be a house.

    >>> [text[slice(*postcode_in(text))] for text in ("1 Poultry, London EC2R 8EJ", "Hauptstr. 5, 1010 Wien", "1010 Wien")]
    ['EC2R 8EJ', '1010', '1010']
    >>> postcode_in("1515 Adela Lane"), postcode_in("Suite 900, 1450 Broadway")
    (None, None)
    """
    if match := _LETTERED.search(text):
        return match.span()
    parts = text.split(",")
    start = 0
    for number, part in enumerate(parts):
        place = _OF_TOWN.fullmatch(part)
        if place and _is_town(place) and (_has_house(parts[:number]) if number else len(parts) < 3 and city is None):
            group = "before" if place["before"] else "after"
            return start + place.start(group), start + place.end(group)
        start += len(part) + 1
    return None


def _is_town(place: re.Match[str]) -> bool:
    """Whether none of the words is one of a street: `1450 City Road` is a house, `1010 Wien` a town."""
    words = (place["town"] or place["town_first"]).lower().split()
    streets = pairs("streets.csv")
    return not any(word in streets or word in streets.values() for word in words)


def _has_house(parts: list[str]) -> bool:
    """Whether one of the parts in front is a street with its number, not a suite alone."""
    streets = pairs("streets.csv")
    return any(_HOUSE.search(part) and streets.get(part.split()[0].lower()) not in {"unit", "fl", "bldg"} for part in parts)
