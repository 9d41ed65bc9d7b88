# ruff: noqa: PLR0917  # Compiled functions take columns, not objects.
"""How two words agree, compiled: over tables of words in bytes, for millions of pairs a second."""

import numpy as np
from numba import njit

LETTERS_MAX = 24  # Letters of a word that are looked at; longer words agree in full or not at all.
EXACT, ALIAS, LEARNED, SPELLING, SLIP, SHORT, LETTER, NONE = 7, 6, 5, 4, 3, 2, 1, 0
LETTER_A, LETTER_O = ord("a"), ord("o")


@njit(cache=True, nogil=True)
def one_slip(word: np.ndarray, length: int, other_word: np.ndarray, other_length: int) -> bool:
    """Whether two words differ in one letter: another, one more, one less, or two neighbours exchanged."""
    if length > other_length:
        word, other_word = other_word, word
        length, other_length = other_length, length
    if other_length - length > 1:
        return False
    index = 0
    while index < length and word[index] == other_word[index]:
        index += 1
    end = 0
    while end < length - index and word[length - 1 - end] == other_word[other_length - 1 - end]:
        end += 1
    between = length - index - end
    if other_length > length:
        return bool(between == 0)
    if between <= 1:
        return True
    return bool(between == 2 and word[index] == other_word[index + 1] and word[index + 1] == other_word[index])


@njit(cache=True, nogil=True)
def within_two(word: np.ndarray, length: int, other_word: np.ndarray, other_length: int, row: np.ndarray) -> bool:
    """Whether one word becomes the other in two steps (optimal string alignment). row: scratch, 3 x LETTERS_MAX + 1."""
    if abs(length - other_length) > 2:
        return False
    for j in range(other_length + 1):
        row[1, j] = j
    for i in range(1, length + 1):
        row[2, 0] = i
        least = i
        for j in range(1, other_length + 1):
            step = 0 if word[i - 1] == other_word[j - 1] else 1
            best = min(row[1, j] + 1, row[2, j - 1] + 1, row[1, j - 1] + step)
            if i > 1 and j > 1 and word[i - 1] == other_word[j - 2] and word[i - 2] == other_word[j - 1]:
                best = min(best, row[0, j - 2] + 1)
            row[2, j] = best
            least = min(least, best)
        if least > 2:
            return False
        for j in range(other_length + 1):
            row[0, j] = row[1, j]
            row[1, j] = row[2, j]
    return bool(row[1, other_length] <= 2)


@njit(cache=True, nogil=True)
def begins(word: np.ndarray, length: int, other_word: np.ndarray, other_length: int) -> bool:
    """Whether the shorter word is the beginning of the longer one."""
    for index in range(min(length, other_length)):  # noqa: SIM110  # Compiled: a loop is the plain way.
        if word[index] != other_word[index]:
            return False
    return True


@njit(cache=True, nogil=True)
def share_any(values: np.ndarray, start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two stretches of sorted numbers have one in common."""
    while start < end and other_start < other_end:
        if values[start] == values[other_start]:
            return True
        if values[start] < values[other_start]:
            start += 1
        else:
            other_start += 1
    return False


@njit(cache=True, nogil=True)
def shares_any(start: np.ndarray, members: np.ndarray, row: int, other_row: int) -> bool:
    """Whether two rows of a ragged table of sorted numbers have a number in common: row i is members[start[i]:start[i + 1]]."""
    return bool(share_any(members, start[row], start[row + 1], start[other_row], start[other_row + 1]))


@njit(cache=True, nogil=True)
def spelled_alike(
    letters: np.ndarray, lengths: np.ndarray, skeletons: np.ndarray, skeleton_lengths: np.ndarray, word: int, other_word: int
) -> bool:
    """One slip in words of five letters and more, or the same consonants in longer ones; -o and -a are two names.

    skeletons: number of each word's skeleton; skeleton_lengths: how many letters it has.
    """
    length, other_length = lengths[word], lengths[other_word]
    shorter = min(length, other_length)
    last, other_last = letters[word, length - 1], letters[other_word, other_length - 1]
    if length == other_length and last != other_last and min(last, other_last) == LETTER_A and max(last, other_last) == LETTER_O:
        same_stem = True
        for index in range(length - 1):
            same_stem = same_stem and letters[word, index] == letters[other_word, index]
        if same_stem:
            return False
    if shorter >= 5 and one_slip(letters[word], length, letters[other_word], other_length):
        return True
    if letters[word, 0] != letters[other_word, 0] or shorter < 4 or skeletons[word] != skeletons[other_word]:
        return False
    return bool(skeleton_lengths[word] >= 3 or (shorter >= 5 and abs(length - other_length) <= 1))
