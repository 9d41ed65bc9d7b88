"""A word of a name with all that comparing it needs, looked up once, and how alike two words are."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import log2

from rapidfuzz.distance import OSA

from resolution.records.firms import character_bits
from resolution.records.skeletons import skeleton
from resolution.records.syllables import is_pinyin, one_word
from resolution.records.text import is_han, syllables
from resolution.records.words import lines, pairs, rows

# How much sharing a word tells, in bits: log2 of one over the share of names that hold it, roughly.
NUMBER_BITS, LETTER_BITS, PARTICLE_BITS, GENERIC_BITS, PLACE_BITS, LISTED_BITS = 4.0, 1.0, 1.0, 3.0, 5.0, 10.0
SHORT_BITS, RARE_BITS, BITS_A_LETTER, RARE_BITS_MAX = 9.0, 11.0, 0.5, 14.0
HAN_BITS_MAX = 24.0
SURNAME_SHARE_MIN, NAMES_OF_CHINA_BITS = 2e-4, 3.0  # A surname's share in China counts as an eighth of that in the world.

TEXT_MAX = 128  # Letters of a word, or of a name without gaps, that are looked at: time grows with their square.
ALIAS_ALIKE, INITIAL_ALIKE, ALIKE_MIN = 0.9, 0.7, 0.4
SIGNS_ALIKE = 0.5  # One sign of a Han or Korean word of less than five more, less or other: another word.


class Kind(StrEnum):
    """How two words agree."""

    EXACT = "exact"
    JOINED = "joined"  # Two words on one side are one on the other.
    ALIAS = "alias"  # Bob, Robert; Wong, Huang.
    ROMANISED = "romanised"  # Tse-tung, Zedong.
    SOUND = "sound"
    SPELLING = "spelling"
    INITIAL = "initial"
    ACRONYM = "acronym"
    PART = "part"  # Some letters.


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word.

    bits:   how much sharing it tells.
    groups: numbers of the lists of spellings it stands in (nicknames, surnames by language).
    signs:  written in signs for syllables or words.
    light:  a particle such as `al`, `bin`, `of`.
    """

    text: str
    skeleton: str
    bits: float
    groups: frozenset[int]
    letter: bool
    number: bool
    signs: bool
    light: bool
    pinyin: bool


@lru_cache(maxsize=1 << 17)
def token(text: str) -> Token:
    """The word, looked up once."""
    signs = not text.isascii() and (is_han(text) or any("\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3" for c in text))
    return Token(
        text=text,
        skeleton=skeleton(text),
        bits=_bits(text),
        groups=_groups().get(text, frozenset()),
        letter=len(text) == 1 and not signs and text.isalpha(),
        number=text.isdigit(),
        signs=signs,
        light=text in _particles(),
        pinyin=text.isascii() and is_pinyin(text),
    )


EXACT, ALIAS, ROMANISED, SOUND, SPELLING, INITIAL, PART = (  # Enum look-ups are slow.
    Kind.EXACT, Kind.ALIAS, Kind.ROMANISED, Kind.SOUND, Kind.SPELLING, Kind.INITIAL, Kind.PART,
)  # fmt: skip
NOT_ALIKE = (0.0, Kind.PART, 0)


def alike(left: Token, right: Token) -> tuple[float, Kind, int]:
    """How alike two words are, 0..1, in what way, and how many letters must change. Symmetric; 0 means not at all."""
    if left.text == right.text:
        return 1.0, EXACT, 0
    if left.letter or right.letter:
        return (INITIAL_ALIKE, INITIAL, 0) if left.text[0] == right.text[0] else NOT_ALIKE
    if left.number or right.number:
        return NOT_ALIKE
    if left.groups and not left.groups.isdisjoint(right.groups):
        return ALIAS_ALIKE, ALIAS, 0
    return _compare_spelling(left, right)


def _compare_spelling(left: Token, right: Token) -> tuple[float, Kind, int]:
    a, b = left.text[:TEXT_MAX], right.text[:TEXT_MAX]
    longer = max(len(a), len(b))
    edits = OSA.distance(a, b)
    similarity = 1.0 - edits / longer
    if left.signs or right.signs:
        return similarity * SIGNS_ALIKE, PART, edits
    if left.pinyin is not right.pinyin and one_word(a, b):
        return ALIAS_ALIKE, ROMANISED, 0
    if left.skeleton == right.skeleton:
        return (0.5 + 0.5 * similarity if len(left.skeleton) > 2 else 0.3 + 0.6 * similarity), SOUND, edits
    return similarity, (SPELLING if edits == 1 and longer > 3 else PART), edits


def _bits(text: str) -> float:
    if is_han(text):
        return min(character_bits(text), HAN_BITS_MAX)
    if len(text) == 1 and not text.isdigit():
        return LETTER_BITS
    listed = _listed_bits(text)
    if listed is not None:
        return listed
    return SHORT_BITS if len(text) < 4 else min(RARE_BITS + BITS_A_LETTER * (len(text) - 4), RARE_BITS_MAX)


def _listed_bits(text: str) -> float | None:
    """Bits of a word that is a number or stands on a list; the first list that has it counts."""
    common = _common().get(text)
    rules = (
        (NUMBER_BITS, text.isdigit()),
        (PARTICLE_BITS, text in _particles()),
        (common, common is not None),
        (GENERIC_BITS, text in _generic()),
        (PLACE_BITS, text in _places()),
        (LISTED_BITS, text in _groups()),
    )
    return next((bits for bits, applies in rules if applies), None)


@cache
def _groups() -> dict[str, frozenset[int]]:
    numbers_by_name: dict[str, set[int]] = {}
    for number, line in enumerate((*lines("nicknames.txt"), *lines("surname_spellings.txt"))):
        for name in line.split():
            numbers_by_name.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in numbers_by_name.items()}


@cache
def _particles() -> frozenset[str]:
    return frozenset(lines("particles.txt"))


@cache
def _generic() -> frozenset[str]:
    written_out = {word for words in pairs("abbreviations.csv").values() for word in words.split()}
    return frozenset(lines("generic_words.txt")) | written_out | frozenset(pairs("forms_latin.csv"))


@cache
def _places() -> frozenset[str]:
    names = {name.lower() for row in rows("countries.csv") for name in row[2].split("|")}
    return frozenset(name for name in names if " " not in name and len(name) > 2) | frozenset(lines("places_more.txt"))


@cache
def _common() -> dict[str, float]:
    """Common names and their bits: a list by hand, and Chinese surnames by how many bear one that sounds so."""
    shares: dict[str, float] = {}
    for surname, per_100k, reading in rows("surnames.csv"):
        sound = reading or "".join(syllables(surname))
        shares[sound] = shares.get(sound, 0.0) + float(per_100k) / 100_000
    common = {sound: NAMES_OF_CHINA_BITS + log2(1 / share) for sound, share in shares.items() if share > SURNAME_SHARE_MIN}
    return common | {name: float(bits) for bits, names in rows("common_names.csv") for name in names.split()}
