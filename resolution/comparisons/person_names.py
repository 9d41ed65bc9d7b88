# ruff: noqa: PLR0911, PLR0912, PLR0917  # Compiled functions take columns, not objects.
"""Names of persons compared, compiled: words aligned one to one, what agrees and what does not weighed by rarity."""

import numpy as np
from numba import njit

from resolution.comparisons.word_agreement import (
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
KIND_WORDS = {
    SAME_HAN: "same",
    SAME: "same",
    ALIKE: "alike",
    INITIAL: "initial",
    MOSTLY: "mostly",
    SOUND: "sound",
    SLIPPED: "slipped",
    PART: "part",
    OTHER_FAMILY: "other_family",
    OTHER_MIDDLE: "other_middle",
    OTHER_GIVEN: "other_given",
    NOTHING: "nothing",
    OTHER_HAN: "other_characters",
    OTHER_GENERATION: "other_generation",
    UNTOLD: "untold",
}

WIDTH = 8  # Words of a name.
# Columns of the table of names: all a pair asks of a name lies in one line of the processor's cache.
START, END, KIND, FAMILY, GENERATION, SOUND_ONE, SOUND_TWO, RANK = range(8)
HAN_SINGLE, HAN, UNREAD = 1, 2, 3
# Bits: what a pair of words that are not the same counts less than their rarity, and what is the most one can count against.
PENALTY_BITS = np.array([0.0, 0.0, 5.0, 4.0, 2.5, 2.5, 1.5, 0.0])
LETTER_BITS = 2.0
AGAINST_MAX = 8.0
AGAINST_SHARE = 0.75
MISSPELT_BITS = 3.0  # Of two given names a slip apart one is hardly ever seen, the other so much more often: Kabe, Kane.
SOUND_BITS = 8.0
CLASH_BITS = -6.0  # Two Han names, or two generations, of one surname.
APART_BITS = -9.0


@njit(cache=True, nogil=True)
def word_kind(words, word: int, other_word: int, row: np.ndarray) -> int:  # type: ignore[no-untyped-def]
    """How two words agree: exact, alias, learned alias, spelling, slip, the beginning of the other, its letter, or not."""
    letters, lengths, skeletons, skeleton_lengths, alias_start, alias_groups, learned_start, learned_pairs, masks = words
    if word == other_word:
        return EXACT
    length, other_length = lengths[word], lengths[other_word]
    if length == 1 or other_length == 1:
        if length == other_length:
            return NONE
        short, long = (word, other_word) if length == 1 else (other_word, word)
        return LETTER if masks[short] & masks[long] else NONE
    if shares_any(alias_start, alias_groups, word, other_word):
        return ALIAS
    if length >= LETTERS_MAX or other_length >= LETTERS_MAX:
        return NONE
    if spelled_alike(letters, lengths, skeletons, skeleton_lengths, word, other_word):
        return SPELLING
    if shares_any(learned_start, learned_pairs, word, other_word):
        return LEARNED
    if (
        min(length, other_length) >= 8
        and letters[word, 0] == letters[other_word, 0]
        and within_two(letters[word], length, letters[other_word], other_length, row)
    ):
        return SPELLING
    if min(length, other_length) >= 3 and one_slip(letters[word], length, letters[other_word], other_length):
        return SLIP
    if min(length, other_length) >= 3 and begins(letters[word], length, letters[other_word], other_length):
        return SHORT
    return NONE


@njit(cache=True, nogil=True)
def align(word_numbers: np.ndarray, a: int, end_a: int, b: int, end_b: int, words, scratch, kinds, partner) -> None:  # type: ignore[no-untyped-def]
    """Give each word of one name its partner in the other: best kinds first, then those that stand nearest.

    word_numbers[a:end_a] and word_numbers[b:end_b] are the words. partner[i] becomes the place of the other word, -1 without
    one; kinds[i, j] how two words agree.
    """
    n, m = min(end_a - a, WIDTH), min(end_b - b, WIDTH)
    partnered = 0  # One bit a word: an array for every pair took longer than comparing.
    for i in range(n):
        partner[i] = -1
        for j in range(m):
            kinds[i, j] = word_kind(words, word_numbers[a + i], word_numbers[b + j], scratch)
    for _ in range(min(n, m)):
        best, near, index, to = NONE, WIDTH, -1, -1
        for i in range(n):
            if partner[i] >= 0:
                continue
            for j in range(m):
                if not partnered >> j & 1 and (kinds[i, j] > best or (kinds[i, j] == best and best > NONE and abs(i - j) < near)):
                    best, near, index, to = kinds[i, j], abs(i - j), i, j
        if index < 0:
            return
        partner[index] = to
        partnered |= 1 << to


@njit(cache=True, nogil=True)
def _misspelt(words, word, other_word, bits):  # type: ignore[no-untyped-def]
    """Whether one of two given names a slip apart is a misspelling: nobody else bears it. Last letters tell Mario from Maria."""
    letters, lengths, rarest = words[0], words[1], bits[-1]
    same_end = letters[word, lengths[word] - 1] == letters[other_word, lengths[other_word] - 1]
    return (
        same_end and max(bits[word], bits[other_word]) >= rarest and min(bits[word], bits[other_word]) <= rarest - MISSPELT_BITS
    )


@njit(cache=True, nogil=True)
def _sound_alike(table, name, other_name):  # type: ignore[no-untyped-def]
    for i in (SOUND_ONE, SOUND_TWO):
        for j in (SOUND_ONE, SOUND_TWO):
            if table[name, i] >= 0 and table[name, i] == table[other_name, j]:
                return True
    return False


@njit(cache=True, nogil=True)
def latin_names_agree(table, word_numbers, a, b, words, bits, name_bits, scratch, kinds, partner):  # type: ignore[no-untyped-def]
    """Kind and bits of agreement of two Latin names, rows a and b of the table. name_bits: how rare each name is."""
    start_a, start_b = table[a, START], table[b, START]
    align(word_numbers, start_a, table[a, END], start_b, table[b, END], words, scratch, kinds, partner)
    n, m = min(table[a, END] - start_a, WIDTH), min(table[b, END] - start_b, WIDTH)
    aligned, full, worst, family, free_a, learned, slips, misspelt = 0, 0, EXACT, False, n, False, 0, 0
    matched, left_bits, right_bits = 0.0, 0.0, 0.0
    surnames = (table[a, FAMILY], table[b, FAMILY])
    partnered, near, surname_pairs, lone_a, lone_b = 0, 0, 0, False, False
    for i in range(n):
        word, j = word_numbers[start_a + i], partner[i]
        if j < 0:
            left_bits += min(bits[word], AGAINST_MAX)
            lone_a = lone_a or word == surnames[0]
            continue
        other_word, kind = word_numbers[start_b + j], kinds[i, j]
        partnered |= 1 << j
        matched += LETTER_BITS if kind == LETTER else max(min(bits[word], bits[other_word]) - PENALTY_BITS[kind], 1.0)
        if kind in (SLIP, SHORT):
            near += 1
            slips += kind == SLIP
            misspelt += kind == SLIP and _misspelt(words, word, other_word, bits)
            continue
        aligned += 1
        free_a -= 1
        full += kind >= SPELLING
        learned = learned or kind == LEARNED
        worst = min(worst, kind)
        family = family or word in surnames or other_word in surnames
        surname_pairs += word == surnames[0] and other_word == surnames[1]
    for j in range(m):
        if not partnered >> j & 1:
            right_bits += min(bits[word_numbers[start_b + j]], AGAINST_MAX)
            lone_b = lone_b or word_numbers[start_b + j] == surnames[1]
    free_b = m - aligned
    alike = _sound_alike(table, a, b)
    agreement = _latin_kind(aligned, full, worst, free_a, free_b, min(n, m), family, alike, slips, misspelt)
    if agreement == MOSTLY and not alike and min(free_a, free_b) > near:
        agreement = _mostly(surname_pairs > 0, lone_a and lone_b)
    score = matched - AGAINST_SHARE * min(left_bits, right_bits)
    if alike:
        score = max(score, min(name_bits[a], name_bits[b]) - 1.0)
    if agreement == SAME:
        score = min(score, name_bits[a], name_bits[b])
    if learned:  # Never as much as the same name.
        score = min(score, min(name_bits[a], name_bits[b]) - PENALTY_BITS[LEARNED])
    return agreement, score


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
def _unread(rough_sounds, name_bits, name, other_name):  # type: ignore[no-untyped-def]
    """Kind and bits of two names of which one at least is in a script kith cannot read: the same as written, or as it sounds."""
    if name == other_name:
        return SAME, name_bits[name]
    if rough_sounds[name, 0] >= 0 and rough_sounds[name, 0] == rough_sounds[other_name, 0]:
        return SOUND, float(min(rough_sounds[name, 1], rough_sounds[other_name, 1]))
    return NOTHING, 0.0


@njit(cache=True, nogil=True)
def names_agree(left, right, name_start, record_names, is_weak, names, words, bits):  # type: ignore[no-untyped-def]
    """For each pair of records the best kind of agreement of any two names and the most bits; NaN where none compare.

    names: the columns of `person_columns.Names`. Names of record i are record_names[name_start[i]:name_start[i + 1]], numbers of
    rows of its table. is_weak: which of them are weak: two that agree through one are compared no further, so that it makes no
    match and contradicts none.
    """
    table, word_numbers, name_bits, rough_sounds = names
    kinds_of, score_of = np.full(len(left), np.nan), np.full(len(left), np.nan)
    scratch = np.zeros((3, LETTERS_MAX + 1), dtype=np.int64)
    kinds = np.zeros((WIDTH, WIDTH), dtype=np.int64)
    partner = np.zeros(WIDTH, dtype=np.int64)
    for row in range(len(left)):
        i, j = left[row], right[row]
        if name_start[i] == name_start[i + 1] or name_start[j] == name_start[j + 1]:
            kinds_of[row] = UNTOLD
            continue
        confirmed = False
        for x in range(name_start[i], name_start[i + 1]):
            for y in range(name_start[j], name_start[j + 1]):
                name, other_name = record_names[x], record_names[y]
                if table[name, RANK] > table[other_name, RANK]:
                    name, other_name = other_name, name
                kind, family, generation = table[name, KIND], table[name, FAMILY], table[name, GENERATION]
                if kind == UNREAD or table[other_name, KIND] == UNREAD:
                    agreement, score = _unread(rough_sounds, name_bits, name, other_name)
                    if agreement == NOTHING:  # What kith cannot read never speaks against.
                        continue
                elif (kind == 0) != (table[other_name, KIND] == 0):
                    if not _sound_alike(table, name, other_name):
                        continue
                    agreement, score = SOUND, SOUND_BITS
                elif kind > 0:
                    if name == other_name:
                        agreement, score = (SAME_HAN, name_bits[name]) if kind == HAN else (PART, 3.0)
                    elif family >= 0 and family == table[other_name, FAMILY]:
                        agreement, score = OTHER_HAN, CLASH_BITS
                    else:
                        agreement, score = OTHER_HAN, APART_BITS
                elif generation > 0 and table[other_name, GENERATION] > 0 and generation != table[other_name, GENERATION]:
                    agreement, score = OTHER_GENERATION, APART_BITS
                else:
                    agreement, score = latin_names_agree(
                        table, word_numbers, name, other_name, words, bits, name_bits, scratch, kinds, partner
                    )
                if is_weak[x] or is_weak[y]:
                    confirmed = confirmed or agreement >= PART
                    continue
                if not kinds_of[row] >= agreement:
                    kinds_of[row] = agreement
                if not score_of[row] >= score:
                    score_of[row] = score
        if confirmed and not kinds_of[row] > OTHER_FAMILY:
            kinds_of[row], score_of[row] = UNTOLD, np.nan
    return kinds_of, score_of
