"""A name as the scorecard reads it: its words with their weight, made once a name and never in the pair loop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ontology.base import PartyKind
from ontology.record import Name
from resolution.comparisons.names.tokens import Token, token
from resolution.records.firms import FirmName, firm_name
from resolution.records.forms import CALLED_WEAK
from resolution.records.persons import PersonName, person_name

FATHERS = frozenset({"bin", "ibn", "ben", "bint", "bn", "ould", "uld", "oglu", "kizi"})
"""Words between a person's own name and the father's."""
RUN_MAX = 3
WORDS_MAX = 16  # Nobody has more; without a bound a text of a megabyte would take minutes.


@dataclass(frozen=True, slots=True, eq=False)
class ParsedName:
    """One name.

    indexed_tokens: (position, token) of each word.
    runs:    two and three neighbours as one: their places as bits of a number, written together, and their initials.
    words:   its words as a set, each once.
    compact: all words without gaps; `whole` the same with legal form and titles.
    hints:   what spellings of its words share (sounds, lists of spellings): names that share none may be far apart.
    own_words: of a person named after the father, the words before the first `bin`; empty of others.
    branch, regions: of a firm, as `records/firms.py` tells them.
    numbers: numbers in a firm's name; `places` countries, cities and directions in it.
    """

    text: str
    person: bool
    single: bool
    tokens: tuple[Token, ...]
    indexed_tokens: tuple[tuple[int, Token], ...]
    runs: tuple[tuple[int, str, str], ...]
    words: frozenset[str]
    compact: str
    whole: str
    initials: str
    hints: frozenset[object]
    own_words: frozenset[str]
    bits: float
    form: str
    numbers: frozenset[str]
    places: frozenset[str]
    branch: str
    regions: tuple[str, ...]
    script: str
    source: FirmName | PersonName


@lru_cache(maxsize=1 << 17)
def of_firm(name: FirmName) -> ParsedName:
    """The name of a firm, already taken apart."""
    form = "" if name.form in CALLED_WEAK else name.form
    return _parsed(name, name_words(name), False, (form, name.numbers, name.places))


def name_words(name: FirmName | PersonName) -> tuple[str, ...]:
    """The words of a name that are compared, each once; the whole of it where it has none."""
    words = (name.brand, name.industry) if isinstance(name, FirmName) and name.han else name.tokens
    return tuple(dict.fromkeys(word for word in words if word))[:WORDS_MAX] or (name.text or " ",)


@lru_cache(maxsize=1 << 17)
def of_person(name: PersonName) -> ParsedName:
    """The name of a person, already taken apart."""
    return _parsed(name, name_words(name), True, ("", frozenset(), frozenset()))


def parse(text: str, kind: PartyKind) -> ParsedName:
    """A name by its text.

    >>> [word.text for word in parse("Sechin, Igor", PartyKind.PERSON).tokens]
    ['sechin', 'igor']
    """
    return of_person(person_name(Name.model_construct(text=text))) if kind is PartyKind.PERSON else of_firm(firm_name(text))


def _parsed(
    name: FirmName | PersonName, words: tuple[str, ...], person: bool, of_firms: tuple[str, frozenset[str], frozenset[str]]
) -> ParsedName:
    tokens = tuple(map(token, words))
    form, numbers, places = of_firms
    return ParsedName(
        text=name.text,
        person=person,
        single=len(tokens) == 1,
        tokens=tokens,
        indexed_tokens=tuple(enumerate(tokens)),
        runs=tuple(neighbours(words)),
        words=frozenset(words),
        compact="".join(words),
        whole=name.text.replace(" ", ""),
        initials="".join(word[0] for word in words),
        hints=frozenset(hint for word in tokens for hint in (word.skeleton, *word.groups)),
        own_words=_own_words(name.tokens) if person else frozenset(),
        bits=sum(word.bits for word in tokens),
        form=form,
        numbers=numbers,
        places=places,
        branch=name.branch if isinstance(name, FirmName) else "",
        regions=name.regions if isinstance(name, FirmName) else (),
        script=_script(name),
        source=name,
    )


def neighbours(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Two and three words in a row as one: their places as bits of a number, written together, and their initials."""
    for first in range(len(words) - 1):
        for span in range(2, min(RUN_MAX, len(words) - first) + 1):
            run = words[first : first + span]
            if not run[-1].isdigit():
                yield (2**span - 1) << first, "".join(run), "".join(word[0] for word in run)


def _own_words(words: tuple[str, ...]) -> frozenset[str]:
    index = next((index for index, word in enumerate(words) if word in FATHERS), 0)
    return frozenset(words[:index])


def _script(name: FirmName | PersonName) -> str:
    """`han`, `latin`, or the block of the first letter that was not read (`arabic`, `hangul` …)."""
    if name.han:
        return "han"
    foreign = next((c for c in name.text if not c.isascii()), "")
    return f"block {ord(foreign) >> 8:02x}" if foreign else "latin"
