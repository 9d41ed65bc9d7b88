"""What a party is by a name in Han, kana or Hangul, where words are not parted.

A person has a surname and one or two characters that people are called by, or a name parted by a dot, or is named as peoples of
China are who have no surnames. A firm has a word for one, as a whole word at its place. A brand of two or three characters that
begins with a surname is told from a person by its characters; where they do not tell, the party is of unknown kind.
"""

import re
import unicodedata
from functools import cache, lru_cache
from math import log

from ontology.base import PartyKind
from resolution.records.kind_words import table
from resolution.records.text import HAN, simplified
from resolution.records.words import lines, pairs, rows

MASKED = re.compile(r"[*×＊?？]+|某{1,2}")
NOTE = re.compile(r"\([^()]*\)")
WEIGHT_OF_A_PERSON = 1.0  # Least weight, in natural units, of a person's characters against a brand's.
WEIGHT_BEHIND_A_COMMON_SURNAME = -1.0
COMMON_SURNAME = 500.0  # Of 100,000 people.
WHOLE_MIN = 4  # Characters from which a word at the end is a firm's, and no part of a given name.
LONG_MIN = 5
PEOPLES_REST_MAX = 3  # Characters beside the known parts of a name of another people.
RARE = 0.4  # Per 100,000, of a character that no list has.


@lru_cache(maxsize=1 << 16)
def han_kind(name: str) -> PartyKind:
    """Firm, agency, person or unknown.

    >>> [han_kind(name).value for name in ("王建国", "古丽米热·艾合买提", "比亚迪", "王记面馆", "榕江市水利局")]
    ['person', 'person', 'unknown', 'firm', 'agency']
    """
    text = _plain(name)
    if any(word in text for word in table()["unspaced"]["firm"]):
        return PartyKind.FIRM
    return _body_kind(text) or (PartyKind.PERSON if _is_person(NOTE.sub("", text)) else PartyKind.UNKNOWN)


def may_be_han_person(name: str) -> bool:
    """Whether a name of unknown kind could be a person's: as long as one, and no place or line of business in it."""
    text = NOTE.sub("", _plain(name))
    if not all(HAN.match(character) for character in text):
        return len(text) <= LONG_MIN and not any(character.isascii() and character.isalnum() for character in text)
    return len(text) <= WHOLE_MIN or set(text) <= _sounds()


def _plain(name: str) -> str:
    normalised = simplified(unicodedata.normalize("NFKC", name)).lower() if HAN.search(name) else name
    return re.sub(r"\s+", "", normalised)


# --- firms and agencies ------------------------------------------------------------------------------------------------
def _body_kind(text: str) -> PartyKind | None:
    words = table()["han"]
    bare = NOTE.sub("", text)
    if bare.endswith(tuple(words["firm"])) or (text.endswith(")") and any(word in text[len(bare) :] for word in words["firm"])):
        return PartyKind.FIRM
    if (len(bare) >= WHOLE_MIN and bare.endswith(tuple(words["agency_ends"]))) or any(word in bare for word in words["agency"]):
        return PartyKind.AGENCY
    if any(word in text for word in words["firm"]):
        return PartyKind.FIRM
    if len(bare) >= WHOLE_MIN and bare.endswith(_firm_ends()) and not _surname_of_two(bare, WHOLE_MIN):
        return PartyKind.FIRM
    return PartyKind.AGENCY if bare.endswith(tuple(words["agency_long_ends"])) and _is_long(bare) else None


def _is_long(bare: str) -> bool:
    return len(bare) >= LONG_MIN or (len(bare) == WHOLE_MIN and _begins_with_place(bare))


@cache
def _firm_ends() -> tuple[str, ...]:
    industries = (word for word in (*lines("industries.txt"), *lines("industries_more.txt")) if len(word) > 1)
    return (*table()["han"]["firm_ends"], *industries)


def _begins_with_place(text: str) -> bool:
    return any(text[:length] in _places() for length in (2, 3, 4))


@cache
def _places() -> frozenset[str]:
    return frozenset(pairs("regions.csv"))


# --- persons -------------------------------------------------------------------------------------------------------------
def _is_person(text: str) -> bool:
    parts = [part for part in re.split(f"[{re.escape(table()['han']['separators'])}]", text) if part]
    if len(parts) > 1:
        return len(parts) <= LONG_MIN and all(_is_part(part) for part in parts)
    if MASKED.search(text):
        return _is_masked(text)
    if text and not HAN.search(text):
        return _is_korean(text)
    if not text or not all(HAN.match(character) for character in text):
        return False
    return _is_of_a_people(text) or _is_surname_and_given(text)


def _is_part(part: str) -> bool:
    return (
        0 < len(part) <= 7
        and part not in _places()
        and part not in _lines_of_business()
        and (all(HAN.match(character) for character in part))
    )


@cache
def _lines_of_business() -> frozenset[str]:
    return frozenset({*lines("industries.txt"), *lines("industries_more.txt")})


def _is_masked(text: str) -> bool:
    """`张*明`, `李某某`: a surname, and the rest hidden."""
    visible = MASKED.sub("", text)
    return 0 < len(visible) <= 2 and len(text) <= WHOLE_MIN and visible[:1] in _surnames()


def _is_korean(text: str) -> bool:
    """A surname and a given name of two syllables that is on the list of given names."""
    return len(text) == 3 and text[0] in table()["korean_surnames"] and text[1:] in frozenset(lines("given_names.txt"))


def _is_of_a_people(text: str) -> bool:
    """Made of parts of Uyghur, Kazakh, Tibetan or Mongolian names, and characters that write sounds."""
    if len(text) <= 2:
        return False
    listed_parts, unlisted, index = 0, 0, 0
    while index < len(text):
        length = next((length for length in (4, 3, 2) if text[index : index + length] in _peoples()), 0)
        listed_parts, unlisted, index = listed_parts + bool(length), unlisted + (not length), index + (length or 1)
        if not length and text[index - 1] not in _sounds():
            return False
    return listed_parts > 1 or (listed_parts == 1 and unlisted <= PEOPLES_REST_MAX)


def _surname_of_two(text: str, length: int) -> bool:
    return len(text) == length and text[:2] in _surnames()


def _is_surname_and_given(text: str) -> bool:
    for length in (2, 1):
        surname, given_name = text[:length], text[length:]
        listed = surname in _surnames() and surname not in table()["han"]["no_surnames"]
        if listed and 0 < len(given_name) <= 2 and _weight(surname, given_name) >= _least(surname, given_name):
            return given_name not in _no_given()
    return False


def _least(surname: str, given_name: str) -> float:
    """A name of three characters with a common surname needs less: brands are rarely so long and begin so."""
    common = len(surname) == 1 and len(given_name) == 2 and float(_surname_shares()[surname] or RARE) >= COMMON_SURNAME
    return WEIGHT_BEHIND_A_COMMON_SURNAME if common else WEIGHT_OF_A_PERSON


@cache
def _no_given() -> frozenset[str]:
    return frozenset({*table()["han"]["no_given"], *_lines_of_business()})


def _weight(surname: str, given_name: str) -> float:
    """How much likelier these characters are a person's name than a brand's, in natural units."""
    shares = _characters()
    person = float(_surname_shares().get(surname) or RARE)
    brand = 1.0
    for character in surname:
        brand *= max(shares.get(character, (0.0, 0.0))[1], RARE) / 1e5
    weight = log(person / 1e5) - log(brand)
    for character in given_name:
        as_given, as_brand = shares.get(character, (0.0, 0.0))
        weight += log(max(as_given, RARE)) - log(max(as_brand, RARE))
    return weight


@cache
def _characters() -> dict[str, tuple[float, float]]:
    return {
        character: (float(given_share), float(brand_share)) for character, given_share, brand_share in rows("name_characters.csv")
    }


@cache
def _surname_shares() -> dict[str, str]:
    return pairs("surnames.csv")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_surname_shares())


@cache
def _peoples() -> frozenset[str]:
    return frozenset(table()["han"]["peoples"])


@cache
def _sounds() -> frozenset[str]:
    return frozenset(table()["han"]["sounds"])
