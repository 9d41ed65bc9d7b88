"""Addresses as words, numbers and a place; what is only a place is told apart from what is a street."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from ontology.record import Address
from resolution.records.country_names import country_code, state_code
from resolution.records.firms import split_regions
from resolution.records.placeholders import is_word_for_nothing
from resolution.records.postcodes import postcode_in
from resolution.records.text import NONE, fold, is_han, sound
from resolution.records.words import pairs

HAN_NUMBER = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
NOT_A_NAME = re.compile(r"[\W0-9a-z]+|号|弄|室|楼|层|座|栋|幢|单元|新区|工业园|大道|[区县市镇乡村街路道巷园]")
AGENT = re.compile(r"(?:^|[\s,;(])(?:c\s?/\s?o\b|care\s+of\b|℅|z\.\s?hd\b|p/a\b|a/c\s+of\b)|转交|代收", re.IGNORECASE)
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
    agent:    whether mail goes to somebody else, who may take it for many (c/o).
    """

    words: frozenset[str]
    numbers: frozenset[str]
    postcode: str
    town: str
    country: str
    sounds: frozenset[str] = NONE
    agent: bool = False

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


def parse_places(addresses: Sequence[Address]) -> list[Place]:
    """Parsed addresses, without those that are written for none: "unknown", "n/a", "地址不详"."""
    return [parse_place(address) for address in addresses if says_where(address)]


def says_where(address: Address) -> bool:
    """Whether an address is more than a word for none."""
    return not is_word_for_nothing(address.text)


@lru_cache(maxsize=1 << 16)
def parse_place(address: Address) -> Place:
    """Parse one address.

    >>> found = parse_place(Address(text="1515 Adela Lane", city="Las Vegas", postcode="89111"))
    >>> sorted(found.words), sorted(found.numbers), found.postcode, found.town
    (['adela'], ['1515'], '89111', 'las vegas')
    """
    text = fold(address.text)
    return _parse_han_place(address, text) if is_han(text) else _parse_latin_place(address, text)


def _parse_han_place(address: Address, text: str) -> Place:
    street, codes = split_regions(text)
    words = frozenset([part for part in NOT_A_NAME.split(street) if len(part) > 1]) or NONE
    town = codes[0] if codes else fold(address.city or "")
    return Place(
        words=words,
        numbers=frozenset(HAN_NUMBER.findall(street)) or NONE,
        postcode=_postcode(address.postcode),
        town=town,
        country=address.country or "",
        sounds=frozenset([sound(word) for word in words]) or NONE,
        agent=AGENT.search(address.text) is not None,
    )


def _parse_latin_place(address: Address, text: str) -> Place:
    field_words = _words_of_fields(address)
    postcode = _postcode(address.postcode)
    if not postcode and (span := postcode_in(address.text, city=address.city)):
        start, end = span
        postcode, text = _postcode(address.text[start:end]), fold(f"{address.text[:start]} {address.text[end:]}")
    streets = pairs("streets.csv")
    tokens = [streets.get(word, word) for word in text.split() if word not in field_words and word != postcode]
    inside = "" if postcode else _postcode_among(tokens)
    numbers = frozenset([token.lstrip("0") or "0" for token in tokens if token[0].isdigit() and token != inside]) or NONE
    words = frozenset([t for t in tokens if not t[0].isdigit() and t not in ORDINARY and not _is_area(t)]) or NONE
    agent = AGENT.search(address.text) is not None
    return Place(words, numbers, postcode or inside, fold(address.city or ""), address.country or "", agent=agent)


def _words_of_fields(address: Address) -> frozenset[str]:
    parts = (address.city, address.region, address.country, address.postcode)
    return frozenset(word for part in parts if part for word in fold(part).split())


def _postcode(text: str | None) -> str:
    plain = NOT_LETTER.sub("", text).lower() if text else ""
    return plain[:5] if plain.isdigit() and len(plain) == 9 else plain


def _postcode_among(tokens: Sequence[str]) -> str:
    """The last word of five or six digits; in front of a street such a number is a house. "" where there is none."""
    last = max((index for index, token in enumerate(tokens) if token.isdigit() and 5 <= len(token) <= 6), default=-1)
    if last < 0 or (last == 0 and not ORDINARY.isdisjoint(tokens)):
        return ""
    return tokens[last]


def _is_area(token: str) -> bool:
    return (len(token) == 2 and state_code(token) is not None) or country_code(token) is not None
