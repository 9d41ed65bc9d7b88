"""Names of persons, taken apart once: the words, which of them is the surname, and which generation is meant."""

import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from operator import attrgetter

from ontology.record import Name
from resolution.records.skeletons import skeleton
from resolution.records.text import fold, is_han, is_latin, plain_u, syllables
from resolution.records.words import lines, pairs, rows

NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True, eq=False)
class PersonName:
    """One name of a person.

    tokens:     words in reading order, titles and generation left out; a Han name is one token.
    family:     the token that is the surname, as told or guessed; "" where it cannot be guessed.
    generation: 1 for senior and I, 2 for junior and II …; 0 where not told.
    sounds:     a Han name's possible spellings in pinyin, joined, both orders; of a Latin name its joined words.
    readable:   False where the script is not one kith can read: such a name is compared by its rough sound only (`rough_sound`).
    """

    text: str
    han: bool
    tokens: tuple[str, ...]
    family: str
    generation: int
    sounds: frozenset[str]
    readable: bool

    def __eq__(self, other: object) -> bool:
        """Everything else follows from the folded text and the surname."""
        return self is other or (isinstance(other, PersonName) and (self.text, self.family) == (other.text, other.family))

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[type["PersonName"], tuple[object, ...]]:
        return PersonName, _PARTS(self)


_PARTS = attrgetter(*(part.name for part in fields(PersonName)))


def person_name(name: Name) -> PersonName:
    """Take one name apart.

    >>> found = person_name(Name(text="Dobbins Jr, David"))
    >>> found.tokens, found.family, found.generation
    (('dobbins', 'david'), 'dobbins', 2)
    """
    return _person_name(name.text, name.family or "")


@lru_cache(maxsize=1 << 17)
def _person_name(text: str, family: str) -> PersonName:
    folded = fold(text)
    if is_han(folded):
        return _han_name("".join(c for c in folded if is_han(c)), stated_family=fold(family))
    return _latin_name(text, family, folded)


def _han_name(text: str, *, stated_family: str) -> PersonName:
    family = stated_family if stated_family and text.startswith(stated_family) else _han_surname(text)
    return PersonName(text, True, (text,), family, 0, han_sounds(family, text.removeprefix(family)), True)


@lru_cache(maxsize=1 << 17)
def han_sounds(family: str, given_name: str) -> frozenset[str]:
    """Pinyin of a Han name, ü written u, joined, surname first and last."""
    first = plain_u(_readings().get(family) or "".join(syllables(family)))
    last = plain_u("".join(map(plain_u, syllables(given_name))))
    return frozenset((first + last, last + first))


def _han_surname(text: str) -> str:
    return text[:2] if len(text) > 2 and text[:2] in _surnames() else text[:1]


def _latin_name(text: str, stated_family: str, folded: str) -> PersonName:
    words = [word for word in folded.split() if word not in _titles()] or folded.split()
    tokens, generation = _without_generation(words)
    family = _family(text, stated_family, tokens)
    compact = plain_u("".join(tokens))
    sounds = frozenset((compact, plain_u("".join(reversed(tokens))))) if len(tokens) < 4 else frozenset((compact,))
    return PersonName(folded, False, tuple(tokens), family, generation, sounds, is_latin(folded))


def spoken(name: PersonName) -> tuple[str, ...]:
    """The words in Latin letters: of a script kith cannot read as they sound, letter by letter and most vowels unheard.

    >>> spoken(person_name(Name(text="Արմեն Սարգսյան")))
    ('armen', 'sargsyan')
    """
    return name.tokens if name.readable else _romanised(name.text)


@lru_cache(maxsize=1 << 14)
def _romanised(text: str) -> tuple[str, ...]:
    from anyascii import anyascii

    words = (NOT_LETTERS.sub("", anyascii(word).lower()) for word in text.split())
    return tuple(word for word in words if word)


def rough_sound(name: PersonName) -> str:
    """How a name of two words or more sounds, roughly, in any script and order; "" where it says too little.

    >>> rough_sound(person_name(Name(text="គឹម តារា"))), rough_sound(person_name(Name(text="Dara Kim")))
    ('km tr', 'km tr')
    """
    skeletons = sorted(skeleton(word) for word in spoken(name) if len(word) > 1) if not name.han else []
    return " ".join(skeletons) if len(skeletons) > 1 else ""


def _without_generation(words: list[str]) -> tuple[list[str], int]:
    """Words without `Jr`, `Senior`, `II`, and which generation it was. A lone `I` counts only behind two words."""
    marks = pairs("suffixes.csv")
    generation_marks = [word for word in words if word in marks and (word not in {"i", "v"} or len(words) > 2)]
    remaining = [word for word in words if word not in generation_marks]
    return (remaining, int(marks[generation_marks[0]])) if generation_marks and remaining else (words, 0)


def _family(text: str, stated_family: str, tokens: list[str]) -> str:
    if stated_family:
        return next((word for word in reversed(fold(stated_family).split()) if word in tokens), "")
    head = fold(text.partition(",")[0]).split() if "," in text else []
    family = next((word for word in reversed(head) if word in tokens), None)
    return family or (tokens[-1] if len(tokens) > 1 else "")


@lru_cache(maxsize=1 << 16)
def given_aliases(token: str) -> frozenset[int]:
    """Numbers of the nickname groups a given name belongs to; two names that share one may be the same."""
    return _nicknames().get(token, frozenset())


@lru_cache(maxsize=1 << 14)
def alias_letters(token: str) -> frozenset[str]:
    """First letters of all names that share a nickname group with a given name."""
    return frozenset(name[0] for name, groups in _nicknames().items() if groups & given_aliases(token))


def surname_share(family: str) -> float:
    """Share of people in China who bear a Han surname; 0.0 where it is not on the list."""
    return float(_surname_counts().get(family, "0")) / 100_000


@cache
def _nicknames() -> dict[str, frozenset[int]]:
    groups_by_name: dict[str, set[int]] = {}
    for number, line in enumerate(lines("nicknames.txt")):
        for name in line.split():
            groups_by_name.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups_by_name.items()}


@cache
def _surname_counts() -> dict[str, str]:
    return pairs("surnames.csv")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_surname_counts())


@cache
def _readings() -> dict[str, str]:
    return {surname: reading for surname, _, reading in rows("surnames.csv") if reading}


@cache
def _titles() -> frozenset[str]:
    return frozenset(lines("titles.txt"))
