"""What letters speak for a script: by the alphabets of its languages, or by how often it uses them."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml

OFTEN, SELDOM, RARE = 1.0, 0.7, 0.2  # What a letter speaks for its script by how often the script uses it.
NEVER = -1.0  # Unassigned, private, or glued to small Latin letters as only a wrong decoding does.
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_GLUED = re.compile(r"(?<=[a-z])[^\x00-\x7f]|[^\x00-\x7f](?=[a-z])")
SIGNS = frozenset("’‘“”„–—…•€£©®™°§«»½¼¾²³¿¡·´ªº№")  # What texts in Latin letters have beside letters.
_AMID = re.compile(
    r"[^\W\d_][^\w\s\x00-\x7f’‘´·–—…]+[^\W\d_]|[^\W\d_][²³ªº]+[^\W\d_]|[^\W\d_][§£€½¼¾¿¡©•]|[®™²³½¼¾ºª¹»©][^\W\d_]"
)
_DIGIT_BESIDE = re.compile(r"\d[^\W\d_\x00-\x7f]|[^\W\d_\x00-\x7f]\d")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z]|ς(?=\w)")  # Latin beside another script, or a final sigma that ends nothing.
_MARKS = re.compile(r"[\u2010-\u2027\u2030-\u203a\u3000-\u3020\u30fb\uff01-\uff5e\u00a0\u00b7\u00ab\u00bb\u2116\u20ac]")


def fit_to_script(text: str, script: str) -> float:
    """What the letters beyond ASCII speak for a script on average, -1..1."""
    scripts = encoding_table()
    if script in scripts["latin"]:
        weights = list(_weigh_latin_words(text, _alphabets(script), frozenset(scripts["latin"][script]["seldom"])))
    elif script in scripts["scripts"]:
        weights = list(_weigh_cased_words(text, _ranks(script)))
    else:
        weights = list(_weigh_signs(text, _signs(script)))
    return sum(weights) / len(weights) if weights else 0.0


def share_of_letters(text: str) -> float:
    """Share of what is beyond ASCII that is no hard blank: the byte of one in some encodings is a letter in others."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return 1.0 - text.count("\u00a0") / beyond if beyond else 1.0


def _weigh_latin_words(text: str, alphabets: list[frozenset[str]], seldom: frozenset[str]) -> Iterator[float]:
    """Latin: one language must have all letters of a word, no digit is glued to them, and no sign stands in the middle of one."""
    for word in _WORD.findall(text):
        beyond = [_small(letter) for letter in word if letter > "\x7f"]
        letters = [letter for letter in beyond if letter not in SIGNS]
        fits = any(alphabet.issuperset(letters) for alphabet in alphabets) and _is_cased(word) and not _AMID.search(word)
        for letter in beyond if fits else ():
            if letter in SIGNS:
                yield OFTEN
            elif _DIGIT_BESIDE.search(word):
                yield RARE
            else:
                yield SELDOM if letter in seldom else OFTEN
        yield from [0.0] * (0 if fits else len(beyond))


def _small(letter: str) -> str:
    """The small letter, where that is one letter: that of the dotted capital I of Turkish is not."""
    return small if len(small := letter.lower()) == 1 else letter


def _weigh_cased_words(text: str, ranks: dict[str, float]) -> Iterator[float]:
    """Other alphabets: letters by how often they are used, words in one script and in one case."""
    for word in _WORD.findall(text):
        beyond = [letter for letter in word if letter > "\x7f" and not _MARKS.match(letter)]
        whole = not _MIXED_SCRIPTS.search(word) and _is_cased(word) and all(letter in ranks for letter in map(_small, beyond))
        yield from (ranks[_small(letter)] if whole else 0.0 for letter in beyond)


def _weigh_signs(text: str, signs: dict[str, float]) -> Iterator[float]:
    """East Asian: signs by how often they are used."""
    glued = {match.start() for match in _GLUED.finditer(text)}
    for place, letter in enumerate(text):
        if letter > "\x7f" and not _MARKS.match(letter):
            yield NEVER if place in glued else signs.get(letter, _unlisted(letter))


def _unlisted(letter: str) -> float:
    return RARE if "\u4e00" <= letter <= "\u9fff" else 0.0 if letter.isalpha() else NEVER


def _is_cased(word: str) -> bool:
    """Whether capitals stand where a word has them: at its start, or everywhere. Scripts without capitals pass."""
    parts = re.sub(r"[\W\d_]+", " ", word).split()
    return all(part.islower() or part.upper() == part or part[1:].lower() == part[1:] or part.istitle() for part in parts)


@cache
def encoding_table() -> dict[str, Any]:
    """The lists of `encodings.yaml`."""
    return dict(read_yaml(files("resolution.sources.reading").joinpath("encodings.yaml").read_text("utf-8")))


@cache
def _alphabets(script: str) -> list[frozenset[str]]:
    return [frozenset(letters) for letters in encoding_table()["latin"][script]["languages"]]


@cache
def _ranks(script: str) -> dict[str, float]:
    """The first ten letters are most of any text, the next ten most of the rest."""
    steps = (OFTEN, SELDOM, RARE)
    return {letter: steps[min(place // 10, 2)] for place, letter in enumerate(encoding_table()["scripts"][script])}


@cache
def _signs(script: str) -> dict[str, float]:
    """Kana count for Japanese alone; other languages of Han name a thing in them once in a while."""
    lists = encoding_table()["han"][script]
    weights = dict.fromkeys("".join(lists["seldom"].split()), SELDOM) | dict.fromkeys("".join(lists["often"].split()), OFTEN)
    kana = OFTEN if script == "japanese" else 0.0
    return {chr(code): kana for code in range(0x3041, 0x30FF)} | weights
