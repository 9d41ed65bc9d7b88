"""Words of names by their spelling: an index of every word with each one letter left out, for words that are misspelt.

Two words that are one letter apart (put in, left out, another one, two neighbours exchanged) share such a rest. A full run writes
the index in blocks, as that of keys; words that come with single records later are in none until the next full run.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from ontology.base import PartyKind
from resolution.live.hashes import BITS, number_of, numbers_of
from resolution.live.postings import BLOCK_POSTINGS, Integers, InvertedIndex, RecordNumbers
from resolution.records.analysed import Analysed
from resolution.records.persons import spoken
from store.port import Row, Store

RESTS, WORDS = "rests", "words"  # Shelves: rests -> numbers of words; words by number.
WORD_MIN, WORD_MAX = 4, 24  # Letters: shorter words have too many neighbours, and longer ones are whole names.
BLOCK_SHIFT = 5  # 32 words a block.
CHUNK_WORDS = 20_000  # Words whose rests are held as text at a time.
NEIGHBOURS_MAX = 200  # Words looked at for one rest: beyond, a rest says little.


def name_words(form: Analysed) -> set[str]:
    """Words by which a record's names may be found again when misspelt: those in Latin letters, and how Han ones sound."""
    words = {word for name in form.persons for word in (name.sounds if name.han else spoken(name))}
    words |= {word for name in form.firms for word in ((name.sound,) if name.han else name.tokens)}
    return {f"{_side(form.kind)}{word}" for word in words if WORD_MIN <= len(word) <= WORD_MAX}


def _side(kind: PartyKind) -> str:
    """Persons and others have words of their own."""
    return "p" if kind is PartyKind.PERSON else "f"


def rests(word: str) -> set[str]:
    """A word as `name_words` writes it, and all that is left of it without one letter.

    >>> sorted(rests("pana"))
    ['paa', 'pan', 'pana', 'pna']
    """
    return {word} | {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def size_index(postings: int) -> InvertedIndex:
    """The index of rests, with blocks sized for so many postings."""
    return InvertedIndex(RESTS, BITS - max(postings // BLOCK_POSTINGS, 1).bit_length())


def rest_postings(words: Sequence[str]) -> tuple[Integers, RecordNumbers]:
    """Keys of all rests, and the number of the word that each is of: its place among `words`."""
    keys, numbers = [np.empty(0, np.int64)], [np.empty(0, np.uint32)]
    for start in range(0, len(words), CHUNK_WORDS):
        rests_of = [sorted(rests(word)) for word in words[start : start + CHUNK_WORDS]]
        keys.append(numbers_of([rest for word_rests in rests_of for rest in word_rests]))
        numbers.append(np.repeat(np.arange(start, start + len(rests_of), dtype=np.uint32), [*map(len, rests_of)]))
    return np.concatenate(keys), np.concatenate(numbers)


def word_block_rows(words: Sequence[str]) -> Iterator[Row]:
    """Rows of `live/put_blocks` for all words, numbered from 0 in this order."""
    for first in range(0, len(words), 1 << BLOCK_SHIFT):
        content = json.dumps(words[first : first + (1 << BLOCK_SHIFT)], ensure_ascii=False)
        yield {"shelf": WORDS, "block": first >> BLOCK_SHIFT, "content": content}


def words_near(store: Store, index: InvertedIndex, words: Collection[str]) -> dict[str, set[str]]:
    """For each word, as `name_words` writes it, the words of the store that share a rest with it, itself among them.

    Some may be two letters apart. Of rests that more than `NEIGHBOURS_MAX` words share none are told.
    """
    keys_by_word = {word: [number_of(rest) for rest in rests(word)] for word in words}
    postings = index.read_postings(store, {key for keys in keys_by_word.values() for key in keys})
    numbers_by_word = {
        word: {number for key in keys if len(postings[key]) <= NEIGHBOURS_MAX for number in postings[key]}
        for word, keys in keys_by_word.items()
    }
    texts = _read_words(store, {number for numbers in numbers_by_word.values() for number in numbers})
    return {word: {texts[number] for number in numbers} for word, numbers in numbers_by_word.items()}


def _read_words(store: Store, numbers: Iterable[int]) -> dict[int, str]:
    wanted = set(numbers)
    blocks = sorted({number >> BLOCK_SHIFT for number in wanted})
    texts: dict[int, str] = {}
    for row in store.read("live/blocks", shelf=WORDS, blocks=blocks) if blocks else ():
        first = row["block"] << BLOCK_SHIFT
        texts.update({first + place: word for place, word in enumerate(json.loads(row["content"])) if first + place in wanted})
    return texts
