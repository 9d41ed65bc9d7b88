"""Keys of a name as it may have been meant: with a word of the store in the place of one that is a letter away."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, product

from rapidfuzz.distance import OSA

from resolution.live.memory import Memory
from resolution.live.spellings import WORD_MAX, WORD_MIN, words_near
from resolution.records.analysed import Analysed
from resolution.records.persons import spoken
from resolution.records.skeletons import skeleton
from store.port import Store

READINGS_MAX = 5  # Words of the store that one word is read as, the nearest first.
EDITS_MAX = 1
JOINED_MIN = 8  # Letters of a word that may be two without the gap between them.
Readings = Mapping[str, Sequence[str]]


def misspelt_keys(store: Store, memory: Memory, forms: Sequence[Analysed]) -> list[list[str]]:
    """For each form the keys of its names with one word or two read as others; none where the last full run made no index."""
    if memory.spellings is None:
        return [[] for _ in forms]
    letter_of = ["p" if form.persons else "f" for form in forms]
    words = {f"{letter}{word}" for letter, form in zip(letter_of, forms, strict=True) for word in _words(form)}
    near = words_near(store, memory.spellings, sorted(words))
    readings = {word: _nearest(word, words_read) for word, words_read in near.items()}
    return [sorted(set(_keys(letter, form, readings))) for letter, form in zip(letter_of, forms, strict=True)]


def _words(form: Analysed) -> Iterator[str]:
    """Words that may be misspelt, each by itself and two in a row together: how a Han name is written that was heard."""
    for words in _names(form):
        yield from (word for word in (*words, *map("".join, pairwise(words))) if WORD_MIN <= len(word) <= WORD_MAX)


def _names(form: Analysed) -> Iterator[tuple[str, ...]]:
    """The words of each name in Latin letters, those of a person in both orders."""
    for name in form.persons:
        if not name.han:
            yield spoken(name)
            yield spoken(name)[::-1]
    yield from (name.tokens for name in form.firms if not name.han)


def _nearest(word: str, words_read: Collection[str]) -> list[str]:
    """Others that are one step away, the longest first: of those the fewest are by chance."""
    others = (read for read in words_read if read != word and OSA.distance(word, read, score_cutoff=EDITS_MAX) <= EDITS_MAX)
    return sorted((read[1:] for read in others), key=lambda read: (-len(read), read))[:READINGS_MAX]


def _keys(letter: str, form: Analysed, readings: Readings) -> Iterator[str]:
    for words in _names(form):
        read_words = [readings.get(f"{letter}{word}", ()) for word in words]
        yield from (f"{letter}:{sort}:{read}" for reads in read_words for read in reads for sort in ("rare", "sound"))
        for together in map("".join, pairwise(words)):
            yield from (f"{letter}:sound:{read}" for read in readings.get(f"{letter}{together}", ()))
        yield from _pair_keys(letter, words, read_words)
        yield from (f"{letter}:rare:{part}" for word in words if len(word) >= JOINED_MIN for part in _parts(word))
        if form.persons:
            parts = {skeleton(read) for reads in read_words for read in reads}
            yield from (f"{letter}:born:{day[:4]}:{part}" for day in form.days for part in parts)


def _pair_keys(letter: str, words: Sequence[str], read_words: Sequence[Sequence[str]]) -> Iterator[str]:
    """Two words of the name, of which one at least is read as another."""
    choices = [(word, *reads) for word, reads in zip(words, read_words, strict=True)]
    for place, first_choices in enumerate(choices):
        for second_choices in choices[place + 1 :]:
            for first, second in product(first_choices, second_choices):
                if (first, second) != (first_choices[0], second_choices[0]) and min(len(first), len(second)) > 1:
                    yield f"{letter}:pair:{'+'.join(sorted((skeleton(first), skeleton(second))))}"


def _parts(word: str) -> Iterator[str]:
    """What may be the first word, or the last, of two that are written as one."""
    for place in range(WORD_MIN, len(word) - WORD_MIN + 1):
        yield from (word[:place], word[place:])
