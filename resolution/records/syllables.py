"""Chinese syllables in older spellings: Wade-Giles and pinyin of one name read as one."""

import re
from functools import cache, lru_cache

from resolution.records.words import lines

# Sounds that Wade-Giles (without its apostrophes) and pinyin write differently, as one letter each. The classes are coarse:
# `ch` is any of zh, ch, j and q. Source: the standard tables of both systems (ISO 7098; Wade and Giles 1892).
INITIALS = {
    "zh": "C", "ch": "C", "j": "C", "q": "C", "hs": "X", "x": "X", "sh": "S", "ss": "Z", "sz": "Z", "ts": "Z", "tz": "Z",
    "z": "Z", "c": "Z", "p": "B", "b": "B", "t": "D", "d": "D", "k": "G", "g": "G", "f": "F", "h": "H", "l": "L", "m": "M",
    "n": "N", "r": "R", "s": "Z", "w": "W", "y": "Y",
}  # fmt: skip
FINALS = {"ung": "ong", "ieh": "ie", "ien": "ian", "ih": "i", "erh": "er", "ueh": "ue", "uo": "o", "iung": "iong"}
SYLLABLE = re.compile(
    r"(zh|ch|hs|sh|ss|sz|ts|tz|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(iung|iong|iang|uang|ieng|[aeiou]{1,3}(?:ng|n(?![aeiou])|rh|h(?![aeiou]|s))?)"
)
SYLLABLES_MAX = 3


@lru_cache(maxsize=1 << 16)
def sino(word: str) -> str:
    """What all spellings of a Chinese word of up to three syllables share; "" where it is no such word.

    >>> sino("tsetung") == sino("zedong"), sino("hsi") == sino("xi"), sino("smith")
    (True, True, '')
    """
    parts: list[str] = []
    index = 0
    while index < len(word):
        match = SYLLABLE.match(word, index)
        if not match or len(parts) == SYLLABLES_MAX:
            return ""
        parts.append(_syllable_class(match[1] or "", match[2]))
        index = match.end()
    return "-".join(parts)


def one_word(left: str, right: str) -> bool:
    """Whether two words are two spellings of one Chinese word; two that both are pinyin and differ are two words."""
    if left == right or (is_pinyin(left) and is_pinyin(right)):
        return left == right
    return (is_pinyin(left) or is_pinyin(right)) and bool(sino(left)) and sino(left) == sino(right)


@lru_cache(maxsize=1 << 16)
def is_pinyin(word: str) -> bool:
    """Whether a word is up to three syllables of pinyin."""
    ends = {0}
    for _ in range(SYLLABLES_MAX):
        ends = {index + n for index in ends for n in range(1, 7) if word[index : index + n] in _pinyin()}
        if len(word) in ends:
            return True
    return False


def _syllable_class(initial: str, final: str) -> str:
    kind = INITIALS.get(initial, initial)
    rime = FINALS.get(final, final)
    if initial == "j" and rime[0] != "i" and rime not in {"u", "uan", "ue", "un"}:
        kind = "R"  # Wade-Giles writes ren as jen.
    if kind == "Z" and rime == "u":
        rime = "i"  # tzu, ssu.
    if kind in "GH" and rime == "o":
        rime = "e"  # ko, ho.
    return kind + rime


@cache
def _pinyin() -> frozenset[str]:
    return frozenset(lines("pinyin.txt"))
