"""How a word sounds, roughly: its first letter and its consonants, with spellings of one sound made one."""

import re
from functools import lru_cache

SPELLINGS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"^(kn|gn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"sch|sh|zh|cz|ch"), "s"),
    (re.compile(r"tz|ts|z"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|c|qu|q|x"), "k"),
    (re.compile(r"th|dt|d"), "t"),
    (re.compile(r"w|v"), "v"),
    (re.compile(r"(?<!^)[aeiouyhj]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Consonants of a Latin word in rough sound, a vowel only in front, as `a`; other scripts as they are.

    >>> skeleton("thompson"), skeleton("tompson"), skeleton("salinger"), skeleton("salenger")
    ('tmpsn', 'tmpsn', 'slngr', 'slngr')
    """
    if not word.isascii() or not word[:1].isalpha():
        return word
    sound = word
    for spelling, replacement in SPELLINGS:
        sound = spelling.sub(replacement, sound)
    return "a" + sound[1:] if sound[0] in "aeiou" else sound
