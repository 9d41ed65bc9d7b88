# ruff: noqa: PLR0917  # Compiled functions take columns, not objects.
"""How two words agree, compiled: over tables of words in bytes, for millions of pairs a second."""

import numpy as np
from numba import njit

LETTERS_MAX = 24  # Letters of a word that are looked at; longer words agree in full or not at all.
EXACT, ALIAS, LEARNED, SPELLING, SLIP, SHORT, LETTER, NONE = 7, 6, 5, 4, 3, 2, 1, 0
LETTER_A, LETTER_O = ord("a"), ord("o")


@njit(cache=True, nogil=True)
def one_slip(one: np.ndarray, length: int, other: np.ndarray, length_other: int) -> bool:
    """Whether two words differ in one letter: another, one more, one less, or two neighbours exchanged."""
    if length > length_other:
        one, other = other, one
        length, length_other = length_other, length
    if length_other - length > 1:
        return False
    at = 0
    while at < length and one[at] == other[at]:
        at += 1
    end = 0
    while end < length - at and one[length - 1 - end] == other[length_other - 1 - end]:
        end += 1
    left = length - at - end
    if length_other > length:
        return bool(left == 0)
    if left <= 1:
        return True
    return bool(left == 2 and one[at] == other[at + 1] and one[at + 1] == other[at])


@njit(cache=True, nogil=True)
def within_two(one: np.ndarray, length: int, other: np.ndarray, length_other: int, row: np.ndarray) -> bool:
    """Whether one word becomes the other in two steps (optimal string alignment). row: scratch, 3 x LETTERS_MAX + 1."""
    if abs(length - length_other) > 2:
        return False
    for j in range(length_other + 1):
        row[1, j] = j
    for i in range(1, length + 1):
        row[2, 0] = i
        least = i
        for j in range(1, length_other + 1):
            step = 0 if one[i - 1] == other[j - 1] else 1
            best = min(row[1, j] + 1, row[2, j - 1] + 1, row[1, j - 1] + step)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, row[0, j - 2] + 1)
            row[2, j] = best
            least = min(least, best)
        if least > 2:
            return False
        for j in range(length_other + 1):
            row[0, j] = row[1, j]
            row[1, j] = row[2, j]
    return bool(row[1, length_other] <= 2)


@njit(cache=True, nogil=True)
def begins(one: np.ndarray, length: int, other: np.ndarray, length_other: int) -> bool:
    """Whether the shorter word is the beginning of the longer one."""
    for at in range(min(length, length_other)):  # noqa: SIM110  # Compiled: a loop is the plain way.
        if one[at] != other[at]:
            return False
    return True


@njit(cache=True, nogil=True)
def shares_any(start: np.ndarray, held: np.ndarray, one: int, other: int) -> bool:
    """Whether two rows of a ragged table of sorted numbers have one in common."""
    i, j = start[one], start[other]
    while i < start[one + 1] and j < start[other + 1]:
        if held[i] == held[j]:
            return True
        if held[i] < held[j]:
            i += 1
        else:
            j += 1
    return False


@njit(cache=True, nogil=True)
def spelled_alike(
    letters: np.ndarray, lengths: np.ndarray, skeletons: np.ndarray, bones: np.ndarray, one: int, other: int
) -> bool:
    """One slip in words of five letters and more, or the same consonants in longer ones; -o and -a are two names.

    skeletons: number of each word's skeleton; bones: how many letters it has.
    """
    a, b = lengths[one], lengths[other]
    shorter = min(a, b)
    last, last_other = letters[one, a - 1], letters[other, b - 1]
    if a == b and last != last_other and min(last, last_other) == LETTER_A and max(last, last_other) == LETTER_O:
        same = True
        for at in range(a - 1):
            same = same and letters[one, at] == letters[other, at]
        if same:
            return False
    if shorter >= 5 and one_slip(letters[one], a, letters[other], b):
        return True
    if letters[one, 0] != letters[other, 0] or shorter < 4 or skeletons[one] != skeletons[other]:
        return False
    return bool(bones[one] >= 3 or (shorter >= 5 and abs(a - b) <= 1))
