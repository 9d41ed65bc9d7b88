"""Foreign brands as Chinese signs spell them by sound (诺基亚, Nokia): the consonants that are left of both, as classes.

Chinese keeps the order of consonants, puts a vowel between them, and drops an r before a consonant. Its j, q and x stand for a
soft k or s, and for s or h. Source: the tables of transcription of Xinhua News Agency (世界人名翻译大辞典), made coarse.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import islice, product

from resolution.records.text import is_han, syllables
from resolution.records.words import rows

SIGN_COUNT_MIN = 2  # Names of foreign cities that a sign must be in to count as one that spells sounds.
AT_HOME = {"cn", "hk", "mo", "tw", "jp", "kr", "kp", "sg"}  # Places whose names are written in signs by their own people.
MAYBE_FOREIGN_MIN = 2  # Signs, and consonants: of one nobody can tell.
OUTLINES_MAX = 8
CONSONANTS_MAX = 4  # The first ones: Chinese drops many a last one (Stanford, 斯坦福).

# Consonants of a Latin word, in this order; upper case is a class already.
LATIN = (
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"ph"), "F"),
    (re.compile(r"tsch|tch|sch|sh|ch(?=[aeiouy])|cz|ts|tz|dz"), "S"),
    (re.compile(r"ck|ch|q"), "K"),
    (re.compile(r"c(?=[eiy])"), "S"),
    (re.compile(r"x"), "KS"),
    (re.compile(r"th"), "T"),
    (re.compile(r"r(?![aeiouy])|w(?![aeiouyh])|h(?![aeiouy])"), ""),
    (re.compile(r"ng|n"), "N"),
    (re.compile(r"[bp]"), "P"),
    (re.compile(r"[dt]"), "T"),
    (re.compile(r"[kgc]"), "K"),
    (re.compile(r"[szj]"), "S"),
    (re.compile(r"[lr]"), "L"),
    (re.compile(r"[vw]"), "V"),
    (re.compile(r"[fmh]"), lambda match: match[0].upper()),
)
INITIALS = {
    "zh": "S", "ch": "S", "sh": "S", "z": "S", "c": "S", "s": "S", "b": "P", "p": "P", "m": "M", "f": "F", "d": "T", "t": "T",
    "n": "N", "l": "L", "r": "L", "g": "K", "k": "K", "h": "H", "j": "KS", "q": "KS", "x": "SH", "w": "V", "y": "",
}  # fmt: skip
FINALS = {"n": "N", "ng": "N", "r": "L"}
SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcswy])?([aeiouv]+)(ng|n|r)?")


@lru_cache(maxsize=1 << 16)
def latin_outline(word: str) -> str:
    """Classes of the consonants of a word in Latin letters; "" where it has other signs.

    >>> latin_outline("nokia"), latin_outline("siemens")
    ('NK', 'SMNS')
    """
    if not (word.isascii() and word.isalpha()):
        return ""
    outline = word
    for letters, consonant in LATIN:
        outline = letters.sub(consonant, outline)
    return "".join(sign for sign in outline if sign.isupper())[:CONSONANTS_MAX]


@lru_cache(maxsize=1 << 16)
def foreign_outlines(brand: str) -> tuple[str, ...]:
    """What a brand in Han may be as `latin_outline`; none where its signs are not those that spell foreign sounds.

    >>> foreign_outlines("诺基亚"), foreign_outlines("永腾")
    (('NK', 'NS'), ())
    """
    if len(brand) < MAYBE_FOREIGN_MIN or not spelling_signs().issuperset(brand):
        return ()
    choices = [choice for syllable in syllables(brand) for choice in _consonants(syllable)]
    outlines = ("".join(outline) for outline in product(*choices[:CONSONANTS_MAX]))
    return tuple(outline for outline in islice(outlines, OUTLINES_MAX) if len(outline) >= MAYBE_FOREIGN_MIN)


def _consonants(syllable: str) -> list[str]:
    """Each consonant of a syllable of pinyin as the classes it may be."""
    match = SYLLABLE.fullmatch(syllable)
    classes = (INITIALS.get(match[1] or "", ""), FINALS.get(match[3] or "", "")) if match else ()
    return [choices for choices in classes if choices]


@cache
def spelling_signs() -> frozenset[str]:
    """Signs that spell sounds in the names of cities abroad."""
    texts = (names for country, _, names in rows("cities.csv") if country not in AT_HOME)
    names = {name for text in texts for name in text.split("|") if is_han(name)}
    counts = Counter(sign for name in names for sign in set(name))
    return frozenset(sign for sign, count in counts.items() if count >= SIGN_COUNT_MIN)
