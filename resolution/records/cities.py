"""Which countries and regions a text names: countries by any of their names, cities of 50,000 people and more."""

from collections import defaultdict
from functools import cache, lru_cache

from resolution.records.country_names import country_code
from resolution.records.text import fold, is_han
from resolution.records.words import rows

CountryRegion = tuple[str, str]
"""A country (ISO 3166-1 alpha-2, lower case) and a first-order division of it, as GeoNames numbers them; "" where not told."""

WORDS_MAX = 3
HAN_MAX = 8
HOME = "cn"
COUNTRY_LETTERS_MIN = 4  # Two or three letters are a code only where they are all the text.


@lru_cache(maxsize=1 << 14)
def places_named(text: str) -> frozenset[CountryRegion]:
    """Every reading of the places in a text; a city that several countries have has a reading in each.

    >>> ("de", "04") in places_named("Hafenstr. 9, Hamburg")
    True
    >>> places_named("Xi'an") == places_named("西安市")
    True
    """
    folded = fold(text)
    country = country_code(text)
    if country:
        return frozenset(((country, ""),))
    parts = _han_parts(folded) if is_han(folded) else _word_runs(folded)
    return frozenset(place for part in parts for place in _gazetteer().get(part, ()))


def is_place_name(text: str) -> bool:
    """Whether the whole text is the name of a country or city.

    >>> is_place_name("Hong Kong"), is_place_name("Textil Leeds")
    (True, False)
    """
    return fold(text) in _gazetteer()


def _word_runs(folded: str) -> list[str]:
    """Longest runs of words first; a word inside a longer name is not read by itself."""
    words = folded.split()
    parts, index = [], 0
    while index < len(words):
        length = next((n for n in range(WORDS_MAX, 0, -1) if " ".join(words[index : index + n]) in _gazetteer()), 1)
        parts.append(" ".join(words[index : index + length]))
        index += length
    return parts


def _han_parts(folded: str) -> list[str]:
    parts, index = [], 0
    while index < len(folded):
        length = next((n for n in range(HAN_MAX, 1, -1) if folded[index : index + n] in _gazetteer()), 1)
        parts.append(folded[index : index + length])
        index += length
    return parts


@cache
def _gazetteer() -> dict[str, frozenset[CountryRegion]]:
    gazetteer: dict[str, set[CountryRegion]] = defaultdict(set)
    for code, *_, names in (*rows("countries.csv"), *rows("countries_more.csv")):
        for name in names.split("|"):
            if len(name) >= COUNTRY_LETTERS_MIN or is_han(name):
                gazetteer[fold(name)].add((code, ""))
    for country, region, names in rows("cities.csv"):
        for name in names.split("|"):
            gazetteer[name].add((country, region))
    return {name: frozenset(places) for name, places in gazetteer.items()}


@cache
def places_written() -> dict[str, str]:
    """Cities outside China that have a name in Han: every name, of four letters or more, to one name of the city."""
    named: dict[str, str] = {}
    for country, _, text in rows("cities.csv"):
        names = text.split("|")
        if country != HOME and any(map(is_han, names)):
            for name in names:
                if is_han(name) or len(name) >= COUNTRY_LETTERS_MIN:
                    named.setdefault(name, names[0])
    return named
