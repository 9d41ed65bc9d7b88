"""What a party is, by its name alone, where no source tells: whole words only, and unknown where they do not tell.

A firm or an agency is told by a legal form or a word for such bodies, a person by names that people bear. Names in Han are in
`kinds_han.py`. The words, in many languages, are in `words/kinds.yaml`, names of people in lists beside it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.base import PartyKind
from resolution.records.kind_words import (
    common_given,
    firm_forms,
    known_words,
    name_lists,
    patronymic_ends,
    place_words,
    table,
    word_set,
)
from resolution.records.kinds_han import han_kind, may_be_han_person
from resolution.records.text import HAN, fold

KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\uff66-\uff9f]")
DOTTED = re.compile(r"\b(?:[^\W\d_]{1,2}\.){2,}(?:[^\W\d_]\b)?")  # S.A., G.m.b.H., S.p.A.
SLASHED = re.compile(r"\b([AS])/([AS])\b")  # A/S, S/A.
INITIALS = re.compile(r"\b[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)+")
DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]+")
WORDS_OF_A_PERSON = range(2, 6)
INITIAL_MAX = 2  # Letters of a word that is an initial, or two of them.
GIVEN_SYLLABLES_MAX = 2  # Of a Chinese given name.
PATRONYMIC_MIN = 6  # Letters of the shortest word that ends as a patronymic does.


@dataclass(frozen=True)
class _SpacedName:
    """A name in a script that parts words. joined: `S.A.` as one word; words: folded, in order; core: no particles or letters."""

    text: str
    joined: str
    words: tuple[str, ...]
    core: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def kind_by_name(name: str) -> PartyKind:
    """Firm, agency or person where whole words of the name tell it, else unknown.

    >>> [kind_by_name(name).value for name in ("Vincent Price", "Siemenz Rossiya AO", "Ministry of Works", "Kunlun Zarya")]
    ['person', 'firm', 'agency', 'unknown']
    """
    if HAN.search(name) or KANA_HANGUL.search(name):
        return han_kind(name)
    spaced = _spaced(name)
    return _body_kind(spaced) or (PartyKind.PERSON if _is_person(spaced) else PartyKind.UNKNOWN)


def body_by_name(name: str) -> PartyKind:
    """Firm or agency where whole words of the name tell it, else unknown: for sources that may mean a person as well.

    >>> body_by_name("Kestrel Relief Foundation").value, body_by_name("Vincent Price").value
    ('firm', 'unknown')
    """
    kind = kind_by_name(name)
    return PartyKind.UNKNOWN if kind is PartyKind.PERSON else kind


@lru_cache(maxsize=1 << 16)
def may_be_person(name: str) -> bool:
    """Whether the name could be a person's: of several words, with no word for a body, a place or a line of business.

    >>> may_be_person("Bankole Adeyemi"), may_be_person("Kunlun Photonics"), may_be_person("Sector 7")
    (True, False, False)
    """
    kind = kind_by_name(name)
    if kind is not PartyKind.UNKNOWN:
        return kind is PartyKind.PERSON
    if HAN.search(name) or KANA_HANGUL.search(name):
        return may_be_han_person(name)
    spaced = _spaced(name)
    if DIGIT.search(name):
        return False
    if len(spaced.words) == 1:
        return _is_name_word(spaced.words[0])
    return len(spaced.words) <= max(WORDS_OF_A_PERSON) and not (set(spaced.core) - _surnames()) & known_words()


def _spaced(name: str) -> _SpacedName:
    text = unicodedata.normalize("NFKC", name)
    joined = DOTTED.sub(lambda match: match[0].replace(".", ""), SLASHED.sub(r"\1\2", text))
    words = tuple(fold(joined).split())
    particles = word_set("particles")
    return _SpacedName(text, joined, words, tuple(word for word in words if word not in particles and len(word) > 1))


# --- firms and agencies ------------------------------------------------------------------------------------------------
def _body_kind(name: _SpacedName) -> PartyKind | None:
    """Firm or agency; None where no word tells either."""
    if not name.text.isascii() and (kind := _unspaced_kind(name.text)):
        return kind
    if _has_legal_form(name):
        return PartyKind.FIRM
    if any(_phrases(name.words, "agency")):
        return PartyKind.AGENCY
    return PartyKind.FIRM if _has_firm_word(name) else None


def _unspaced_kind(text: str) -> PartyKind | None:
    """By words of scripts that do not part them."""
    for kind in (PartyKind.FIRM, PartyKind.AGENCY):
        if any(word in text for word in table()["unspaced"][kind.value]):
            return kind
    return None


def _has_legal_form(name: _SpacedName) -> bool:
    words = name.words
    if len(words) < 2:
        return False
    last = any(words[-length:] in firm_forms() for length in range(1, min(4, len(words) - 1) + 1))
    return last or any(words[:length] in firm_forms() for length in range(2, min(5, len(words) - 1) + 1)) or _has_weak_form(name)


def _has_weak_form(name: _SpacedName) -> bool:
    """A form that is also a word or a name: last or first, beside words that are no names; in capitals of its own, beside one."""
    words, letters = name.words, LETTERS.findall(name.joined)
    mixed_case = not name.text.isupper()
    weak = [(words[:-1], letters[-1])] if letters and words[-1] in word_set("weak_forms_last") else []
    weak += [(words[1:], letters[0])] if letters and words[0] in word_set("weak_forms_first") else []
    return not _is_short_asian(words) and any(
        not _are_names(other_words) if mixed_case and form.isupper() and len(form) > 1 else not _count_name_words(other_words)
        for other_words, form in weak
    )


def _is_short_asian(words: Sequence[str]) -> bool:
    """Two or three syllables, such as `Ng Se Na`: the form may be a syllable of a name."""
    return len(words) <= 3 and all(len(word) <= 4 and word in word_set("syllables") for word in words)


def _has_firm_word(name: _SpacedName) -> bool:
    """A word for a firm; one that people are called, too, only where the other words are no names."""
    phrases = list(_phrases(name.words, "firm"))
    if any(len(phrase) > 1 or not _is_name_word(phrase[0]) for phrase in phrases):
        return True
    weak = word_set("weak_firm") & set(name.words)
    name_words = set(name.core) - weak - {phrase[0] for phrase in phrases}
    telling = bool(phrases) or len(weak) > 1 or any(not _is_name_word(word) for word in weak)
    return telling and not _count_name_words(name_words) and len(name.words) > 1


def _phrases(words: Sequence[str], group: str) -> Iterator[tuple[str, ...]]:
    """Phrases of a group of lists that stand in the words, whole."""
    for index, word in enumerate(words):
        for phrase in _by_first_word(group).get(word, ()):
            if tuple(words[index : index + len(phrase)]) == phrase:
                yield phrase


@cache
def _by_first_word(group: str) -> dict[str, list[tuple[str, ...]]]:
    phrases_by_first_word: dict[str, list[tuple[str, ...]]] = {}
    for phrase_texts in table()[group].values():
        for phrase in (tuple(fold(str(text)).split()) for text in phrase_texts):
            phrases_by_first_word.setdefault(phrase[0], []).append(phrase)
    return phrases_by_first_word


# --- persons -------------------------------------------------------------------------------------------------------------
def _is_person(name: _SpacedName) -> bool:
    """Whether words that only people bear stand in it, or enough of its words are names of people."""
    if DIGIT.search(name.text) or not name.core:
        return False
    tests = (_is_addressed, _has_name_joiner, _has_patronymic, _is_listed_first, _is_given_and_family)
    return any(test(name) for test in tests)


def _is_addressed(name: _SpacedName) -> bool:
    """Mr, Sheikh, Frau before a name, Jr behind it."""
    titles, last = word_set("person_titles"), word_set("person_last")
    titled = name.words[0] in titles and any(_is_name_word(word) for word in name.core[1:])
    return titled or (len(name.words) > 2 and name.words[-1] in last and _count_name_words(name.core[:-1]) > 0)


def _has_name_joiner(name: _SpacedName) -> bool:
    return any(word in word_set("person_joins") for word in name.words[1:-1]) and _count_name_words(name.core) > 0


def _has_patronymic(name: _SpacedName) -> bool:
    ends = patronymic_ends()
    return (
        len(name.words) in WORDS_OF_A_PERSON
        and any(len(word) >= PATRONYMIC_MIN and word.endswith(ends) for word in name.words[1:])
        and _count_name_words(name.core) > 0
    )


def _is_listed_first(name: _SpacedName) -> bool:
    """`Mills, Sarah`: a surname, a comma, and a given name."""
    head, comma, tail = name.text.partition(",")
    given_names = fold(tail).split()
    return (
        bool(comma)
        and "," not in tail
        and bool(given_names)
        and given_names[0] in _given_names()
        and 0 < len(fold(head).split()) <= 3
    )


def _is_given_and_family(name: _SpacedName) -> bool:
    core = name.core
    if len(core) not in WORDS_OF_A_PERSON:
        return len(core) == 1 and INITIALS.search(name.text) is not None and core[0] in _surnames() - known_words()
    if any(word in place_words() or (word in known_words() and word not in _surnames()) for word in core):
        return False
    return _is_pinyin(core) or _names_meet(core)


def _names_meet(core: Sequence[str]) -> bool:
    """Whether one word is a given name, and another a given name or a surname; or the first is one in many countries.

    Of three words or more at most one may be on no list.
    """
    given_positions = [index for index, word in enumerate(core) if word in _given_names()]
    has_two = any(
        index != other_index and _is_name_word(core[other_index]) for index in given_positions for other_index in range(len(core))
    )
    if has_two and len(core) - _count_name_words(core) <= (len(core) > 2):
        return True
    unlisted = [word for word in core if not _is_name_word(word)]
    return len(core) <= 3 and core[0] in common_given() and not set(unlisted) & known_words()


def _is_pinyin(core: Sequence[str]) -> bool:
    """`Wang Xiaoming`: a Chinese surname before or behind one or two syllables, none of them a place."""
    surnames, syllables = word_set("surnames_pinyin"), word_set("syllables")
    if len(core) not in (2, 3) or set(core) & place_words():
        return False
    orders = ((core[0], core[1:]), (core[-1], core[:-1]))
    return any(
        surname in surnames and _is_of_syllables([_syllables(word, syllables) for word in given_words])
        for surname, given_words in orders
    )


def _is_of_syllables(counts: Sequence[int]) -> bool:
    return all(counts) and sum(counts) <= GIVEN_SYLLABLES_MAX


def _syllables(word: str, syllables: frozenset[str]) -> int:
    """How many syllables of standard Chinese the word is; 0 where it is no such word of one or two."""
    if word in syllables:
        return 1
    return 2 if any(word[:index] in syllables and word[index:] in syllables for index in range(1, len(word))) else 0


def _count_name_words(words: Iterable[str]) -> int:
    return sum(map(_is_name_word, words))


def _are_names(words: Sequence[str]) -> bool:
    return all(_is_name_word(word) or len(word) <= INITIAL_MAX for word in words)


def _is_name_word(word: str) -> bool:
    return word in _given_names() or word in _surnames()


def _given_names() -> frozenset[str]:
    return name_lists()[0]


def _surnames() -> frozenset[str]:
    return name_lists()[1]
