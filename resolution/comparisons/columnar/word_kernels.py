# ruff: noqa: PLR0911  # Compiled functions take columns, not objects.
"""How two words of names of firms agree, compiled: `names.tokens.alike` and joined words, over tables of texts by number."""

from typing import NamedTuple

import numpy as np
from numba import njit

from resolution.comparisons.names.alignment import JOINED_ALIKE, JOINED_EDITS_MAX, JOINED_MIN
from resolution.comparisons.names.tokens import ALIAS_ALIKE, ALIKE_MIN, INITIAL_ALIKE, SIGNS_ALIKE
from resolution.comparisons.word_agreement import share_any

LETTER, NUMBER, SIGNS, LIGHT, PINYIN = 1, 2, 4, 8, 16
"""Flags of a text."""
OTHER, SOUND, JOINED = 0, 1, 2  # Ways in which words agree, as far as a weight depends on them.
CLOSE_MIN = 0.65  # Of two words from which on one may be the other.
NOT_ALIKE = (0.0, OTHER, 0)


START, LENGTH, SIZE, MARKS, FLAGS, SINO, SKELETON, SKELETON_LENGTH, GROUP_START, GROUP_END = range(10)
"""Columns of the table of texts: where its letters begin, how many are looked at (TEXT_MAX at most) and how many it has; which
letters occur, as bits of their code points modulo 64; flags; the number of what all spellings of a Chinese word share, 0 of other
words; of words the number and length of the skeleton, and where the lists of spellings begin and end that it stands in."""


class Texts(NamedTuple):
    """Words, neighbouring words written together and whole names without gaps, by number.

    table: whole numbers, a row a text. letters: their code points. bits: what sharing a word tells. groups: sorted numbers of
    lists of spellings, as `names.tokens.Token` has them.
    """

    table: np.ndarray
    letters: np.ndarray
    bits: np.ndarray
    groups: np.ndarray


@njit(cache=True, nogil=True)
def count_bits(number: np.uint64) -> int:
    """How many bits of an unsigned 64-bit number are set. Source: Knuth, TAOCP 4A, 7.1.3."""
    number -= (number >> np.uint64(1)) & np.uint64(0x5555555555555555)
    number = (number & np.uint64(0x3333333333333333)) + ((number >> np.uint64(2)) & np.uint64(0x3333333333333333))
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def edits_at_least(texts: Texts, word: int, other_word: int) -> int:
    """A bound below `count_edits`: letters of one text that the other has not."""
    marks, other_marks = np.uint64(texts.table[word, MARKS]), np.uint64(texts.table[other_word, MARKS])
    bound = max(count_bits(marks & ~other_marks), count_bits(other_marks & ~marks))
    return int(max(bound, abs(texts.table[word, LENGTH] - texts.table[other_word, LENGTH])))


@njit(cache=True, nogil=True)
def count_edits(texts: Texts, word: int, other_word: int, rows: np.ndarray) -> int:
    """Steps of optimal string alignment between two texts. rows: scratch, 3 x TEXT_MAX + 1."""
    start, other_start = texts.table[word, START], texts.table[other_word, START]
    length, other_length = texts.table[word, LENGTH], texts.table[other_word, LENGTH]
    letters = texts.letters
    for j in range(other_length + 1):
        rows[1, j] = j
    for i in range(1, length + 1):
        letter, before = letters[start + i - 1], letters[start + i - 2] if i > 1 else 0
        rows[2, 0] = i
        for j in range(1, other_length + 1):
            other_letter = letters[other_start + j - 1]
            best = rows[1, j - 1] + (letter != other_letter)
            best = min(best, rows[1, j] + 1, rows[2, j - 1] + 1)
            if i > 1 and j > 1 and letter == letters[other_start + j - 2] and before == other_letter:
                best = min(best, rows[0, j - 2] + 1)
            rows[2, j] = best
        for j in range(other_length + 1):
            rows[0, j] = rows[1, j]
            rows[1, j] = rows[2, j]
    return int(rows[1, other_length])


@njit(cache=True, nogil=True)
def similarity(texts: Texts, word: int, other_word: int, rows: np.ndarray) -> float:
    """One less the share of letters that must change, 0..1."""
    longer = max(texts.table[word, LENGTH], texts.table[other_word, LENGTH])
    return 1.0 - count_edits(texts, word, other_word, rows) / longer if longer else 1.0


@njit(cache=True, nogil=True)
def one_chinese_word(texts: Texts, word: int, other_word: int) -> bool:
    """`syllables.one_word` of two texts that differ."""
    if texts.table[word, SINO] == 0 or texts.table[word, SINO] != texts.table[other_word, SINO]:
        return False
    return bool((texts.table[word, FLAGS] & PINYIN) != (texts.table[other_word, FLAGS] & PINYIN))


@njit(cache=True, nogil=True)
def share_group(texts: Texts, word: int, other_word: int) -> bool:
    """Whether two words stand in one list of spellings."""
    table = texts.table
    start, end, other_start = table[word, GROUP_START], table[word, GROUP_END], table[other_word, GROUP_START]
    return bool(share_any(texts.groups, start, end, other_start, table[other_word, GROUP_END]))


@njit(cache=True, nogil=True)
def alike(texts: Texts, word: int, other_word: int, rows: np.ndarray):  # type: ignore[no-untyped-def]
    """`names.tokens.alike` of two words that differ: how alike, in what way, and edits; 0 where it is below ALIKE_MIN."""
    flags = texts.table[word, FLAGS] | texts.table[other_word, FLAGS]
    if flags & LETTER:
        same = texts.letters[texts.table[word, START]] == texts.letters[texts.table[other_word, START]]
        return (INITIAL_ALIKE, OTHER, 0) if same else NOT_ALIKE
    if flags & NUMBER:
        return NOT_ALIKE
    if share_group(texts, word, other_word):
        return ALIAS_ALIKE, OTHER, 0
    if not flags & SIGNS:
        if one_chinese_word(texts, word, other_word):
            return ALIAS_ALIKE, OTHER, 0
        if texts.table[word, SKELETON] == texts.table[other_word, SKELETON]:
            edits = count_edits(texts, word, other_word, rows)
            share = 1.0 - edits / max(texts.table[word, LENGTH], texts.table[other_word, LENGTH])
            return (0.5 + 0.5 * share if texts.table[word, SKELETON_LENGTH] > 2 else 0.3 + 0.6 * share), SOUND, edits
    longer = max(texts.table[word, LENGTH], texts.table[other_word, LENGTH])
    if 1.0 - edits_at_least(texts, word, other_word) / longer < ALIKE_MIN:
        return NOT_ALIKE
    edits = count_edits(texts, word, other_word, rows)
    share = 1.0 - edits / longer
    return (share * SIGNS_ALIKE if flags & SIGNS else share), OTHER, edits


@njit(cache=True, nogil=True)
def as_one(texts: Texts, run: int, initials: int, word: int, rows: np.ndarray):  # type: ignore[no-untyped-def]
    """Words written together against a word, as `names.alignment` says it. initials: number of their first letters' text."""
    size = texts.table[word, SIZE]
    if word == initials and size < JOINED_MIN and not texts.table[word, FLAGS] & LIGHT:
        return INITIAL_ALIKE, OTHER, 0
    if size < JOINED_MIN:
        return NOT_ALIKE
    if edits_at_least(texts, run, word) <= JOINED_EDITS_MAX:
        edits = count_edits(texts, run, word, rows)
        if edits == 0:
            return JOINED_ALIKE, JOINED, 0
        longer = max(texts.table[run, LENGTH], texts.table[word, LENGTH])
        if (edits == 1 and longer >= 6) or (edits == 2 and longer > 8):
            return 1.0 - edits / longer, JOINED, edits
    return (ALIAS_ALIKE, OTHER, 0) if one_chinese_word(texts, run, word) else NOT_ALIKE
