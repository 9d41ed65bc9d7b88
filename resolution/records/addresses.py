"""Addresses as words, numbers and a place; what is only a place is told apart from what is a street."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from ontology.record import Address
from resolution.records.firms import split_regions
from resolution.records.places import country_code, state_code
from resolution.records.text import NONE, fold, is_han, sound
from resolution.records.words import pairs

HAN_NUMBER = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
NOT_A_NAME = re.compile(r"[\W0-9a-z]+|号|弄|室|楼|层|座|栋|幢|单元|新区|工业园|大道|[区县市镇乡村街路道巷园]")
NOT_LETTER = re.compile(r"[\W_]")
ORDINARY = frozenset(
    ("no", "unit", "fl", "bldg", "st", "rd", "ave", "ln", "dr", "ct", "pl", "blvd", "way", "n", "s", "e", "w", "box", "po")
)


@dataclass(frozen=True, slots=True)
class Place:
    """One address, ready to be compared.

    words:    street words in one spelling, without numbers and without those that say little (`st`, `unit`).
    numbers:  house, flat and box numbers without leading zeros.
    postcode: "" where not told.
    town:     folded town as told, or the GB/T 2260 code found in a Chinese address; "" where neither.
    sounds:   the words of a Chinese address in pinyin, to meet one in Latin letters; empty of a Latin one.
    """

    words: frozenset[str]
    numbers: frozenset[str]
    postcode: str
    town: str
    country: str
    sounds: frozenset[str] = NONE

    @property
    def door(self) -> str:
        """The address as one text, the same for any order of its words."""
        return _door(self.words, self.numbers)

    def __reduce__(self) -> tuple[type["Place"], tuple[object, ...]]:
        return Place, _PARTS(self)


_PARTS = attrgetter(*(part.name for part in fields(Place)))


@lru_cache(maxsize=1 << 16)
def _door(words: frozenset[str], numbers: frozenset[str]) -> str:
    return " ".join((*sorted(words), *sorted(numbers)))


@lru_cache(maxsize=1 << 16)
def place(given: Address) -> Place:
    """Take one address apart.

    >>> found = place(Address(text="1515 Adela Lane", city="Las Vegas", postcode="89111"))
    >>> sorted(found.words), sorted(found.numbers), found.postcode, found.town
    (['adela'], ['1515'], '89111', 'las vegas')
    """
    text = fold(given.text)
    return _han_place(given, text) if is_han(text) else _latin_place(given, text)


def _han_place(given: Address, text: str) -> Place:
    street, codes = split_regions(text)
    words = frozenset([part for part in NOT_A_NAME.split(street) if len(part) > 1]) or NONE
    town = codes[0] if codes else fold(given.city or "")
    return Place(
        words=words,
        numbers=frozenset(HAN_NUMBER.findall(street)) or NONE,
        postcode=_postcode(given.postcode),
        town=town,
        country=given.country or "",
        sounds=frozenset([sound(word) for word in words]) or NONE,
    )


def _latin_place(given: Address, text: str) -> Place:
    told = _told_words(given)
    postcode = _postcode(given.postcode)
    streets = pairs("streets.csv")
    tokens = [streets.get(word, word) for word in text.split() if word not in told and word != postcode]
    numbers = frozenset([token.lstrip("0") or "0" for token in tokens if token[0].isdigit() and not _is_postcode(token)]) or NONE
    inside = next((token for token in reversed(tokens) if _is_postcode(token)), "")
    words = frozenset([t for t in tokens if not t[0].isdigit() and t not in ORDINARY and not _is_area(t)]) or NONE
    return Place(words, numbers, postcode or inside, fold(given.city or ""), given.country or "")


def _told_words(given: Address) -> frozenset[str]:
    parts = (given.city, given.region, given.country, given.postcode)
    return frozenset(word for part in parts if part for word in fold(part).split())


def _postcode(text: str | None) -> str:
    plain = NOT_LETTER.sub("", text).lower() if text else ""
    return plain[:5] if plain.isdigit() and len(plain) == 9 else plain


def _is_postcode(token: str) -> bool:
    return token.isdigit() and 5 <= len(token) <= 6


def _is_area(token: str) -> bool:
    return (len(token) == 2 and state_code(token) is not None) or country_code(token) is not None
