# ruff: noqa: PLR0911, PLR0912, PLR0917  # Compiled functions take columns, not objects.
"""Names of persons compared, compiled: words aligned one to one, what agrees and what does not weighed by rarity."""

import numpy as np
from numba import njit

from resolution.comparisons.spellings import (
    ALIAS,
    EXACT,
    LEARNED,
    LETTER,
    LETTERS_MAX,
    NONE,
    SHORT,
    SLIP,
    SPELLING,
    begins,
    one_slip,
    shares_any,
    spelled_alike,
    within_two,
)

# What two names have in common, best first; told in words, and read by the guards.
SAME_HAN = 8.5  # The same two characters or more: few syllables, so that many are born in one year under one name.
SAME = 8.0  # Every word the same.
ALIKE = 7.0  # The same but for spelling, nickname or a word one side leaves out.
INITIAL = 6.0  # A given name on one side, its first letter on the other.
MOSTLY = 5.0  # Two words agree, and each side has one the other lacks.
SOUND = 4.0  # Han, or a script kith cannot read, on one side, the same sounds on the other.
SLIPPED = 3.5  # The same but for a slip in a short word: Jago, Javo; John, Jhon. Two names that people bear are two: Mary, Mark.
PART = 3.0  # One word on one side, found on the other.
OTHER_FAMILY = 2.0  # Given name the same, surname not: a marriage, or a namesake.
OTHER_MIDDLE = 1.5  # First name and surname the same, another patronymic, middle name or initial: another father, or a namesake.
OTHER_GIVEN = 1.0  # Surname the same, given name not: kin, or a namesake.
NOTHING = 0.0
OTHER_HAN = -0.5  # Two Han names that differ: two names, however alike.
OTHER_GENERATION = -1.0  # Senior and junior, I and II.
UNTOLD = -2.0  # A record without any name: neither for nor against.

WIDTH = 8  # Words of a name.
# Columns of the table of names: all a pair asks of a name lies in one line of the processor's cache.
START, END, KIND, FAMILY, GENERATION, SOUND_ONE, SOUND_TWO, RANK = range(8)
HAN_SINGLE, HAN, UNREAD = 1, 2, 3
# Bits: what a pair of words that are not the same counts less than their rarity, and what is the most one can count against.
LESS = np.array([0.0, 0.0, 5.0, 4.0, 2.5, 2.5, 1.5, 0.0])
LETTER_BITS = 2.0
AGAINST_MAX = 8.0
AGAINST = 0.75
MISSPELT_BITS = 3.0  # Of two given names a slip apart one is hardly ever seen, the other so much more often: Kabe, Kane.
SOUND_BITS = 8.0
CLASH_BITS = -6.0  # Two Han names, or two generations, of one surname.
APART_BITS = -9.0


@njit(cache=True, nogil=True)
def word_kind(words, one: int, other: int, row: np.ndarray) -> int:  # type: ignore[no-untyped-def]
    """How two words agree: exact, alias, learned alias, spelling, slip, the beginning of the other, its letter, or not."""
    letters, lengths, skeletons, bones, alias_start, alias_held, learned_start, learned_held, masks = words
    if one == other:
        return EXACT
    a, b = lengths[one], lengths[other]
    if a == 1 or b == 1:
        if a == b:
            return NONE
        short, long = (one, other) if a == 1 else (other, one)
        return LETTER if masks[short] & masks[long] else NONE
    if shares_any(alias_start, alias_held, one, other):
        return ALIAS
    if a >= LETTERS_MAX or b >= LETTERS_MAX:
        return NONE
    if spelled_alike(letters, lengths, skeletons, bones, one, other):
        return SPELLING
    if shares_any(learned_start, learned_held, one, other):
        return LEARNED
    if min(a, b) >= 8 and letters[one, 0] == letters[other, 0] and within_two(letters[one], a, letters[other], b, row):
        return SPELLING
    if min(a, b) >= 3 and one_slip(letters[one], a, letters[other], b):
        return SLIP
    if min(a, b) >= 3 and begins(letters[one], a, letters[other], b):
        return SHORT
    return NONE


@njit(cache=True, nogil=True)
def align(held: np.ndarray, a: int, end_a: int, b: int, end_b: int, words, scratch, kinds, partner) -> None:  # type: ignore[no-untyped-def]
    """Give each word of one name its partner in the other: best kinds first, then those that stand nearest.

    held[a:end_a] and held[b:end_b] are the words. partner[i] becomes the place of the other word, -1 without one; kinds[i, j]
    how two words agree.
    """
    n, m = min(end_a - a, WIDTH), min(end_b - b, WIDTH)
    taken = 0  # One bit a word: an array for every pair took longer than comparing.
    for i in range(n):
        partner[i] = -1
        for j in range(m):
            kinds[i, j] = word_kind(words, held[a + i], held[b + j], scratch)
    for _ in range(min(n, m)):
        best, near, at, to = NONE, WIDTH, -1, -1
        for i in range(n):
            if partner[i] >= 0:
                continue
            for j in range(m):
                if not taken >> j & 1 and (kinds[i, j] > best or (kinds[i, j] == best and best > NONE and abs(i - j) < near)):
                    best, near, at, to = kinds[i, j], abs(i - j), i, j
        if at < 0:
            return
        partner[at] = to
        taken |= 1 << to


@njit(cache=True, nogil=True)
def _misspelt(words, one, other, bits):  # type: ignore[no-untyped-def]
    """Whether one of two given names a slip apart is a misspelling: nobody else bears it. Last letters tell Mario from Maria."""
    letters, lengths, rarest = words[0], words[1], bits[-1]
    same_end = letters[one, lengths[one] - 1] == letters[other, lengths[other] - 1]
    return same_end and max(bits[one], bits[other]) >= rarest and min(bits[one], bits[other]) <= rarest - MISSPELT_BITS


@njit(cache=True, nogil=True)
def _sound_alike(table, one, other):  # type: ignore[no-untyped-def]
    for i in (SOUND_ONE, SOUND_TWO):
        for j in (SOUND_ONE, SOUND_TWO):
            if table[one, i] >= 0 and table[one, i] == table[other, j]:
                return True
    return False


@njit(cache=True, nogil=True)
def latin(table, held, a, b, words, bits, whole, scratch, kinds, partner):  # type: ignore[no-untyped-def]
    """Kind and bits of agreement of two Latin names, rows a and b of the table. whole: how rare each name is."""
    start_a, start_b = table[a, START], table[b, START]
    align(held, start_a, table[a, END], start_b, table[b, END], words, scratch, kinds, partner)
    n, m = min(table[a, END] - start_a, WIDTH), min(table[b, END] - start_b, WIDTH)
    aligned, full, worst, family, free_a, learned, slips, misspelt = 0, 0, EXACT, False, n, False, 0, 0
    matched, left, right = 0.0, 0.0, 0.0
    surnames = (table[a, FAMILY], table[b, FAMILY])
    taken, near, surname_pairs, lone_a, lone_b = 0, 0, 0, False, False
    for i in range(n):
        one, j = held[start_a + i], partner[i]
        if j < 0:
            left += min(bits[one], AGAINST_MAX)
            lone_a = lone_a or one == surnames[0]
            continue
        other, kind = held[start_b + j], kinds[i, j]
        taken |= 1 << j
        matched += LETTER_BITS if kind == LETTER else max(min(bits[one], bits[other]) - LESS[kind], 1.0)
        if kind in (SLIP, SHORT):
            near += 1
            slips += kind == SLIP
            misspelt += kind == SLIP and _misspelt(words, one, other, bits)
            continue
        aligned += 1
        free_a -= 1
        full += kind >= SPELLING
        learned = learned or kind == LEARNED
        worst = min(worst, kind)
        family = family or one in surnames or other in surnames
        surname_pairs += one == surnames[0] and other == surnames[1]
    for j in range(m):
        if not taken >> j & 1:
            right += min(bits[held[start_b + j]], AGAINST_MAX)
            lone_b = lone_b or held[start_b + j] == surnames[1]
    free_b = m - aligned
    alike = _sound_alike(table, a, b)
    told = _latin_kind(aligned, full, worst, free_a, free_b, min(n, m), family, alike, slips, misspelt)
    if told == MOSTLY and not alike and min(free_a, free_b) > near:
        told = _mostly(surname_pairs > 0, lone_a and lone_b)
    score = matched - AGAINST * min(left, right)
    if alike:
        score = max(score, min(whole[a], whole[b]) - 1.0)
    if told == SAME:
        score = min(score, whole[a], whole[b])
    if learned:  # Never as much as the same name.
        score = min(score, min(whole[a], whole[b]) - LESS[LEARNED])
    return told, score


@njit(cache=True, nogil=True)
def _latin_kind(aligned, full, worst, free_a, free_b, shorter, family, alike, slips, misspelt):  # type: ignore[no-untyped-def]
    if aligned == 0:
        return SAME if alike else NOTHING
    if free_a == 0 or free_b == 0:
        if shorter == 1 or full == 0:
            return PART
        if full < 2:
            return INITIAL
        return SAME if worst == EXACT and free_a == free_b else ALIKE
    if full >= 2:
        return MOSTLY
    if alike:
        return ALIKE
    if family:
        return SLIPPED if misspelt >= min(free_a, free_b) else OTHER_GIVEN
    return SLIPPED if slips >= min(free_a, free_b) else OTHER_FAMILY


@njit(cache=True, nogil=True)
def _mostly(one_surname, other_surname):  # type: ignore[no-untyped-def]
    """Two words agree and each side has another one: left out on neither side, so that it contradicts."""
    if one_surname:
        return OTHER_MIDDLE
    return OTHER_FAMILY if other_surname else MOSTLY


@njit(cache=True, nogil=True)
def _unread(heard, whole, one, other):  # type: ignore[no-untyped-def]
    """Kind and bits of two names of which one at least is in a script kith cannot read: the same as written, or as it sounds."""
    if one == other:
        return SAME, whole[one]
    if heard[one, 0] >= 0 and heard[one, 0] == heard[other, 0]:
        return SOUND, float(min(heard[one, 1], heard[other, 1]))
    return NOTHING, 0.0


@njit(cache=True, nogil=True)
def names_agree(left, right, of_start, of_held, of_weak, names, words, bits):  # type: ignore[no-untyped-def]
    """For each pair of records the best kind of agreement of any two names and the most bits; NaN where none compare.

    names: table, held (words of all names), bits and rough sounds of `packed.Names`. of_weak: which of the names of records are
    weak: two that agree through one are compared no further, so that it makes no match and contradicts none.
    """
    table, held, whole, heard = names
    kinds_of, score_of = np.full(len(left), np.nan), np.full(len(left), np.nan)
    scratch = np.zeros((3, LETTERS_MAX + 1), dtype=np.int64)
    kinds = np.zeros((WIDTH, WIDTH), dtype=np.int64)
    partner = np.zeros(WIDTH, dtype=np.int64)
    for row in range(len(left)):
        i, j = left[row], right[row]
        if of_start[i] == of_start[i + 1] or of_start[j] == of_start[j + 1]:
            kinds_of[row] = UNTOLD
            continue
        confirmed = False
        for x in range(of_start[i], of_start[i + 1]):
            for y in range(of_start[j], of_start[j + 1]):
                one, other = of_held[x], of_held[y]
                if table[one, RANK] > table[other, RANK]:
                    one, other = other, one
                kind, family, generation = table[one, KIND], table[one, FAMILY], table[one, GENERATION]
                if kind == UNREAD or table[other, KIND] == UNREAD:
                    told, score = _unread(heard, whole, one, other)
                    if told == NOTHING:  # What kith cannot read never speaks against.
                        continue
                elif (kind == 0) != (table[other, KIND] == 0):
                    if not _sound_alike(table, one, other):
                        continue
                    told, score = SOUND, SOUND_BITS
                elif kind > 0:
                    if one == other:
                        told, score = (SAME_HAN, whole[one]) if kind == HAN else (PART, 3.0)
                    elif family >= 0 and family == table[other, FAMILY]:
                        told, score = OTHER_HAN, CLASH_BITS
                    else:
                        told, score = OTHER_HAN, APART_BITS
                elif generation > 0 and table[other, GENERATION] > 0 and generation != table[other, GENERATION]:
                    told, score = OTHER_GENERATION, APART_BITS
                else:
                    told, score = latin(table, held, one, other, words, bits, whole, scratch, kinds, partner)
                if of_weak[x] or of_weak[y]:
                    confirmed = confirmed or told >= PART
                    continue
                if not kinds_of[row] >= told:
                    kinds_of[row] = told
                if not score_of[row] >= score:
                    score_of[row] = score
        if confirmed and not kinds_of[row] > OTHER_FAMILY:
            kinds_of[row], score_of[row] = UNTOLD, np.nan
    return kinds_of, score_of
