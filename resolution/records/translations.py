"""What a name of a firm means, in terms that a Chinese and an English name share: words of `translations.csv`, places, sounds.

A name is cut into words of the list, places, and what is left: its brand, which one language spells as it sounds in the other.
`深圳市华强电子有限公司` and `Shenzhen Huaqiang Electronics Co Ltd` are both `electron` with the sounds of a place and a brand.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from resolution.records.cities import places_written
from resolution.records.country_names import country_names
from resolution.records.firms import STOP, FirmName, written_out
from resolution.records.foreign_sounds import MAYBE_FOREIGN_MIN, foreign_outlines, latin_outline
from resolution.records.forms import han_forms
from resolution.records.regions import PROVINCES, region_sounds
from resolution.records.syllables import is_pinyin
from resolution.records.text import fold, fold_latin, is_han, plain_u, sound
from resolution.records.words import rows

NATION, COMPANY, DIVISION = "nation", "company", "municipal"  # Words that either language leaves out: China, Group, Province.
HOME, PLACE = "cn", "place"
LONE_OUTLINE_MIN = 3  # Consonants of a foreign brand that stands alone: two are those of a hundred brands.
ELEMENTS_MAX = 6  # A name of more is told in full: each that is left out makes a key.
FULL_MIN = 3  # Parts of a name from which on its translation tells as much as the name: place, brand, line of business.
ELEMENTS_MIN = 2  # A place, a word or a brand alone is no translation.
PLACE_SIGNS = "~@"  # How a Chinese place or a sound, and one abroad, are marked; `?` marks the consonants of a sound.
JOINING = frozenset("和与及暨")
STEM_MIN = 5  # Letters from which on a final s is a plural.


class Part(NamedTuple):
    """A stretch of a name: a meaning, or what is left (`text`, as written)."""

    meanings: tuple[str, ...]
    text: str


class Meanings(NamedTuple):
    """What a name may mean, each as one text.

    whole:   with all that it tells; a Chinese and an English name that share one may be one party.
    shorter: with one word of the list left out, never a place or what is left of the name.
    """

    whole: frozenset[str]
    shorter: frozenset[str]

    @property
    def full(self) -> "Meanings":
        """Those of so many parts that two names which share one are hardly of two parties: a place, a brand and a trade."""
        return Meanings(frozenset(filter(_is_full, self.whole)), frozenset(filter(_is_full, self.shorter)))


NOTHING_MEANT = Meanings(frozenset(), frozenset())


@lru_cache(maxsize=1 << 17)
def meanings(name: FirmName) -> Meanings:
    """What a name may mean; of a branch nothing.

    >>> from resolution.records.firms import firm_name
    >>> sorted(meanings(firm_name("国家统计局")).whole & meanings(firm_name("National Bureau of Statistics")).whole)
    ['=bureau+statistic']
    """
    if name.branch:
        return NOTHING_MEANT
    parts = _han_parts(name.text) if name.han else _latin_parts(name.tokens)
    rest = [part.text for part in parts if part.text]
    all_meant = {meaning for part in parts for meaning in part.meanings}
    telling = all_meant - {NATION, COMPANY, DIVISION}
    if not telling.isdisjoint(_towns()):  # A town is told with its province or without.
        telling -= _provinces()
    outlines = _outlines(telling, rest, han=name.han)
    if not telling:
        return Meanings(frozenset(outlines), frozenset()) if outlines else NOTHING_MEANT
    elements = telling.union(f"~{plain_u(sound(text) if name.han else text)}" for text in rest)
    nation = all_meant & {NATION}
    words = [element for element in telling if element[0] not in PLACE_SIGNS] if len(elements) <= ELEMENTS_MAX else []
    shorter = _translations([elements - {word} for word in words], nation)
    return Meanings(frozenset([*_translations([elements], nation), *outlines]), frozenset(shorter))


def _translations(element_sets: Iterable[set[str]], nation: set[str]) -> list[str]:
    """Each set as one text; what alone is no name is one with the word for China beside it, where that was told."""
    completed = [elements if len(elements) != 1 else elements | nation for elements in element_sets]
    return [_joined(elements) for elements in completed if len(elements) >= ELEMENTS_MIN]


def _is_full(meaning: str) -> bool:
    """Whether a meaning has parts enough, of them a sound, and none that only its consonants tell."""
    return meaning.count("+") + 1 >= FULL_MIN and "~" in meaning and "?" not in meaning


def _joined(elements: Iterable[str]) -> str:
    return "=" + "+".join(sorted(elements))


def _outlines(telling: set[str], rest: list[str], *, han: bool) -> list[str]:
    """The name with only the consonants of a foreign brand, where that is all that is left, in every way signs may mean them."""
    if len(rest) != 1:
        return []
    outlines = foreign_outlines(rest[0]) if han else () if is_pinyin(rest[0]) else (latin_outline(rest[0]),)
    long_enough = MAYBE_FOREIGN_MIN if telling else LONE_OUTLINE_MIN
    return [_joined({*telling, f"?{outline}"}) for outline in outlines if len(outline) >= long_enough]


def _han_parts(text: str) -> list[Part]:
    """Longest words first; one sign is a word only where it is left between others."""
    plain = _without_brackets(text)
    words, heads, parts = _han_words(), _han_heads(), list[Part]()
    start = index = 0
    while index < len(plain):
        longest = heads.get(plain[index : index + 2], 0)
        length = next((n for n in range(longest, 1, -1) if plain[index : index + n] in words), 0)
        if length:
            parts += [*_rest(plain[start:index]), Part(words[plain[index : index + length]], "")]
            start = index + length
        index += length or 1
    return parts + _rest(plain[start:])


def _rest(text: str) -> list[Part]:
    """What is left between words: a brand, a word of one sign, or a sign that only joins."""
    if not text or text in JOINING:
        return []
    meant = _han_words().get(text)
    return [Part(meant, "") if meant else Part((), text)]


def _latin_parts(tokens: tuple[str, ...]) -> list[Part]:
    """Longest phrases first; words left side by side are one brand."""
    phrases, heads, parts = _latin_phrases(), _latin_heads(), list[Part]()
    stems = [*map(_stem, tokens)]
    start = index = 0
    while index < len(stems):
        longest = heads.get(stems[index], 0)
        length = next((n for n in range(longest, 0, -1) if " ".join(stems[index : index + n]) in phrases), 0)
        if length:
            parts += [*_brand(tokens[start:index]), Part(phrases[" ".join(stems[index : index + length])], "")]
            start = index + length
        index += length or 1
    return parts + _brand(tokens[start:])


def _brand(tokens: tuple[str, ...]) -> list[Part]:
    return [Part((), "".join(tokens))] if tokens else []


def _stem(word: str) -> str:
    if len(word) < STEM_MIN or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _stems(phrase: str) -> str:
    words = (part for word in fold_latin(phrase).split() for part in written_out(word).split())
    return " ".join(_stem(word) for word in words if word not in STOP)


@cache
def _han_words() -> Mapping[str, tuple[str, ...]]:
    """Words and places in Han, to what they mean."""
    words: dict[str, tuple[str, ...]] = {name: (f"~{spoken}",) for name, spoken in region_sounds().items()}
    words |= {name: (f"@{place}",) for name, place in places_written().items() if is_han(name)}
    words |= {_without_brackets(fold(form)): (COMPANY,) for form in han_forms()}
    words |= {fold(name): _country(code) for name, code in country_names() if is_han(name)}
    for signs, english, kind in rows("translations.csv"):
        words |= {fold(word): _meaning_of(english, kind) for word in signs.split("|")}
    return words


def _without_brackets(text: str) -> str:
    return text.replace("(", "").replace(")", "")


@cache
def _provinces() -> frozenset[str]:
    return frozenset(_han_words()[name][0] for name in region_sounds(PROVINCES))


@cache
def _towns() -> frozenset[str]:
    return frozenset(_han_words()[name][0] for name in region_sounds()) - _provinces()


@cache
def _han_heads() -> Mapping[str, int]:
    """The first two signs of words, to how long such a word may be."""
    heads: dict[str, int] = {}
    for word in _han_words():
        heads[word[:2]] = max(len(word), heads.get(word[:2], 0))
    return heads


@cache
def _latin_heads() -> Mapping[str, int]:
    """The first words of phrases, to how many words such a phrase may have."""
    heads: dict[str, int] = {}
    for phrase in _latin_phrases():
        words = phrase.split(" ")
        heads[words[0]] = max(len(words), heads.get(words[0], 0))
    return heads


@cache
def _latin_phrases() -> Mapping[str, tuple[str, ...]]:
    """Stems of words and phrases in English, to what they mean."""
    phrases: dict[str, tuple[str, ...]] = {spoken: (f"~{spoken}",) for spoken in region_sounds().values()}
    phrases |= {_stems(name): (f"@{place}",) for name, place in places_written().items() if not is_han(name)}
    phrases |= {_stems(name): _country(code) for name, code in country_names() if name.isascii()}
    for _, english, kind in rows("translations.csv"):
        phrases |= {_stems(phrase): _meaning_of(english, kind) for phrase in english.split("|") if "+" not in english}
    return phrases


def _country(code: str) -> tuple[str, ...]:
    return (NATION,) if code == HOME else (f"@{code}",)


def _meaning_of(english: str, kind: str) -> tuple[str, ...]:
    """The classes of the words that a row of the list gives: one of a word, several of a compound."""
    heads = english.split("+") if "+" in english else [english.partition("|")[0]]
    mark = PLACE_SIGNS[0] if kind == PLACE else ""
    return tuple(dict.fromkeys(mark + _classes()[_stems(head)] for head in heads))


@cache
def _classes() -> Mapping[str, str]:
    """Every English word or phrase to the first word of its class: those that one row tells, or rows with a word in common."""
    class_of: dict[str, str] = {}
    for _, english, _ in rows("translations.csv"):
        if "+" in english:
            continue
        stems = [_stems(phrase) for phrase in english.split("|")]
        merged = {class_of[stem] for stem in stems if stem in class_of}
        head = min(merged, default=stems[0])
        class_of |= {stem: head for stem, known in class_of.items() if known in merged} | dict.fromkeys(stems, head)
    return class_of
