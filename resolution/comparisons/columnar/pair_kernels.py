# ruff: noqa: PLR0911, PLR0917  # Compiled functions take columns, not objects.
"""How well two names of firms agree, compiled: `firm_names.agree` of names that are not both Han, over tables of names."""

from typing import NamedTuple

import numpy as np
from numba import njit

from resolution.comparisons import firm_names
from resolution.comparisons.columnar.word_kernels import (
    CLOSE_MIN,
    FLAGS,
    JOINED,
    LIGHT,
    SIZE,
    SOUND,
    Texts,
    alike,
    as_one,
    similarity,
)
from resolution.comparisons.names.alignment import JOINED_EDITS_MAX
from resolution.comparisons.names.features import (
    ACRONYM_MIN,
    BITS_A_UNIT,
    CONFLICT_BITS_MAX,
    EDITS_MAX,
    EXTRA_BITS_MAX,
)
from resolution.comparisons.names.guards import FIRM_BITS_MIN
from resolution.comparisons.names.parsed import RUN_MAX, WORDS_MAX
from resolution.comparisons.names.scorecard import CAP_BELOW, LOG_ODDS_MAX, PROPOSED
from resolution.comparisons.names.tokens import ALIKE_MIN, TEXT_MAX
from resolution.comparisons.word_agreement import share_any

SAME, OTHER_FORM, ALIKE, SHORT = firm_names.SAME, firm_names.OTHER_FORM, firm_names.ALIKE, firm_names.SHORT
TRANSLATION, HEARD, TRANSLATED = firm_names.TRANSLATION, firm_names.SOUND, firm_names.TRANSLATED
OTHER_BUSINESS, SOMETHING = firm_names.OTHER_BUSINESS, firm_names.SOMETHING
NOTHING, MEMBER, OTHER_REGION = firm_names.NOTHING, firm_names.MEMBER, firm_names.OTHER_REGION
BRANCH = firm_names.BRANCH
NEVER = -np.inf
PAIRS_MAX = WORDS_MAX * (WORDS_MAX + 2 * (RUN_MAX - 1) * WORDS_MAX)
SAME_AT, POSSIBLE_AT = -2, -1  # Places in the scorecard as a row of numbers: bias, weights, `same_at`, `possible_at`.


# Columns of the table of names. START and END are places in `Names.values`: of words, branch words, places, of the sounds of
# a Han name or those another is heard as, of what a name means in whole, and with a word left out (LESS), and of those the
# ones of many parts (FULL); of runs in `Names.runs`. Other parts are numbers, 0 where they are not told.
(
    HAN, WORD_START, WORD_END, RUN_START, RUN_END, BRANCH_NUMBER, BRANCH_UNTOLD, BRANCH_START, BRANCH_END, NUMBER, PLACE_START,
    PLACE_END, TOKEN, JOINED_SOUND, FORM, TELLING_FORM, FAMILY, ROLES, COMPACT, WHOLE, INITIALS, LETTERS, SOUND_START, SOUND_END,
    MEANT_START, MEANT_END, LESS_START, LESS_END, FULL_START, FULL_END, FULL_LESS_START, FULL_LESS_END,
) = range(32)  # fmt: skip
RUN_TEXT, RUN_PLACES, RUN_INITIALS = range(3)  # Of runs: the text, the places of its words as bits, the text of its initials.
SHARE_KIND, SHARE_EDITS, OURS, THEIRS = range(4)  # Of pairs of words: way, edits, and the words of each side as bits.


class Names(NamedTuple):
    """Names of firms by number: whole numbers of each (see the columns), and what those point at."""

    table: np.ndarray
    values: np.ndarray
    runs: np.ndarray


class Scratch(NamedTuple):
    """Room for one alignment: rows of edits; pairs of words, and how alike those are."""

    rows: np.ndarray
    pairs: np.ndarray
    shares: np.ndarray


@njit(cache=True, nogil=True)
def new_scratch() -> Scratch:
    """Empty room."""
    return Scratch(np.zeros((3, TEXT_MAX + 1), np.int64), np.zeros((PAIRS_MAX, 4), np.int64), np.zeros(PAIRS_MAX))


# --- parts ---------------------------------------------------------------------------------------------------------
@njit(cache=True, nogil=True)
def _share_part(names: Names, a: int, b: int, start: int) -> bool:
    """Whether two names share a value of a part; start: the column of where it begins, the next one tells where it ends."""
    table = names.table
    return bool(share_any(names.values, table[a, start], table[a, start + 1], table[b, start], table[b, start + 1]))


@njit(cache=True, nogil=True)
def _branches_differ(names: Names, a: int, b: int) -> bool:
    branch, other_branch = names.table[a, BRANCH_NUMBER], names.table[b, BRANCH_NUMBER]
    if branch == 0 or other_branch == 0 or names.table[a, HAN] or names.table[b, HAN]:
        return bool((branch > 0) != (other_branch > 0))
    if branch == other_branch or names.table[a, BRANCH_UNTOLD] or names.table[b, BRANCH_UNTOLD]:
        return False
    return not _share_part(names, a, b, BRANCH_START)


@njit(cache=True, nogil=True)
def _is_heard(names: Names, han: int, latin: int) -> bool:
    return bool(_share_part(names, han, latin, SOUND_START))


@njit(cache=True, nogil=True)
def _is_left_short(names: Names, a: int, b: int, whole: int, less: int) -> bool:
    """Whether what one name means in whole is what the other does with a word left out.

    whole, less: columns of where these meanings begin; the next column tells where they end.
    """
    table, values = names.table, names.values
    of_other = share_any(values, table[a, whole], table[a, whole + 1], table[b, less], table[b, less + 1])
    return bool(of_other or share_any(values, table[a, less], table[a, less + 1], table[b, whole], table[b, whole + 1]))


@njit(cache=True, nogil=True)
def _agree_in_sound(names: Names, han: int, latin: int) -> float:
    """`firm_names.agree` of a Han name and another."""
    if _share_part(names, han, latin, FULL_START) or _is_left_short(names, han, latin, FULL_START, FULL_LESS_START):
        return TRANSLATION
    if _is_heard(names, han, latin):
        return HEARD
    return TRANSLATED if _is_left_short(names, han, latin, MEANT_START, LESS_START) else NEVER


@njit(cache=True, nogil=True)
def may_be_translated(names: Names, a: int, b: int) -> bool:
    """Whether both names, one Han and one not, have sounds that names of these records share, or meanings."""
    table = names.table
    have_sounds = table[a, SOUND_START] < table[a, SOUND_END] and table[b, SOUND_START] < table[b, SOUND_END]
    return bool(have_sounds or (table[a, MEANT_START] < table[a, MEANT_END] and table[b, MEANT_START] < table[b, MEANT_END]))


@njit(cache=True, nogil=True)
def is_group(names: Names, a: int, b: int) -> bool:
    """`firm_names.two_of_a_group`."""
    family, other_family = names.table[a, FAMILY], names.table[b, FAMILY]
    return bool(names.table[a, ROLES] != names.table[b, ROLES] or (family > 0 and other_family > 0 and family != other_family))


@njit(cache=True, nogil=True)
def _of_group(names: Names, a: int, b: int, level: float) -> float:
    """The level of two names of one brand, where they are two members of a group, or may be."""
    if level < OTHER_BUSINESS:
        return level
    of_group = is_group(names, a, b)
    if not of_group and level > SHORT:
        return level
    if names.table[a, FORM] > 0 and names.table[b, FORM] > 0:
        return MEMBER
    return min(level, OTHER_BUSINESS) if of_group else level


@njit(cache=True, nogil=True)
def _is_acronym(names: Names, texts: Texts, a: int, b: int) -> bool:
    """`features.is_acronym`."""
    if _count_words(names, a) == 1:
        return bool(
            names.table[a, COMPACT] == names.table[b, INITIALS] and texts.table[names.table[a, COMPACT], SIZE] >= ACRONYM_MIN
        )
    if _count_words(names, b) != 1:
        return False
    return bool(names.table[b, COMPACT] == names.table[a, INITIALS] and texts.table[names.table[b, COMPACT], SIZE] >= ACRONYM_MIN)


@njit(cache=True, nogil=True)
def _count_words(names: Names, name: int) -> int:
    return int(names.table[name, WORD_END] - names.table[name, WORD_START])


# --- alignment -----------------------------------------------------------------------------------------------------
@njit(cache=True, nogil=True)
def _without_partner(names: Names, a: int, b: int) -> int:
    """Words of a that b has not, as bits of their places."""
    free = 0
    for i in range(_count_words(names, a)):
        word = names.values[names.table[a, WORD_START] + i]
        is_shared = False
        for at in range(names.table[b, WORD_START], names.table[b, WORD_END]):
            is_shared = is_shared or names.values[at] == word
        if not is_shared:
            free |= 1 << i
    return free


@njit(cache=True, nogil=True)
def _find_pairs(names: Names, texts: Texts, a: int, b: int, free: int, other_free: int, scratch: Scratch) -> int:
    """Write every pair of words that may be partners, in the order of `alignment.align`; returns how many there are."""
    count = 0
    for i in range(_count_words(names, a)):
        for j in range(_count_words(names, b)):
            if free >> i & 1 and other_free >> j & 1:
                word, other_word = names.values[names.table[a, WORD_START] + i], names.values[names.table[b, WORD_START] + j]
                share, kind, edits = alike(texts, word, other_word, scratch.rows)
                if share >= ALIKE_MIN:
                    scratch.shares[count], scratch.pairs[count, SHARE_KIND], scratch.pairs[count, SHARE_EDITS] = (
                        share,
                        kind,
                        edits,
                    )
                    scratch.pairs[count, OURS], scratch.pairs[count, THEIRS] = 1 << i, 1 << j
                    count += 1
    count = _find_joined(names, texts, a, b, free, other_free, scratch, count, False)
    return _find_joined(names, texts, b, a, other_free, free, scratch, count, True)


@njit(cache=True, nogil=True)
def _find_joined(
    names: Names, texts: Texts, a: int, b: int, free: int, other_free: int, scratch: Scratch, count: int, swapped: bool
) -> int:
    """Add neighbours of a that, written together, are a word of b."""
    if free & (free - 1) == 0:
        return count
    for j in range(_count_words(names, b)):
        if not other_free >> j & 1:
            continue
        word = names.values[names.table[b, WORD_START] + j]
        for at in range(names.table[a, RUN_START], names.table[a, RUN_END]):
            run, places, initials = names.runs[at, RUN_TEXT], names.runs[at, RUN_PLACES], names.runs[at, RUN_INITIALS]
            near = abs(texts.table[run, SIZE] - texts.table[word, SIZE]) <= JOINED_EDITS_MAX or word == initials
            if not near or places & free != places:
                continue
            share, kind, edits = as_one(texts, run, initials, word, scratch.rows)
            if share > 0:
                scratch.shares[count], scratch.pairs[count, SHARE_KIND], scratch.pairs[count, SHARE_EDITS] = share, kind, edits
                scratch.pairs[count, OURS], scratch.pairs[count, THEIRS] = (1 << j, places) if swapped else (places, 1 << j)
                count += 1
    return count


@njit(cache=True, nogil=True)
def _pick_pairs(scratch: Scratch, count: int) -> int:
    """Bring the pairs that count to the front, most alike first; returns how many. At a tie words in nearly one place."""
    picked, ours, theirs = 0, 0, 0
    while True:
        best, best_share, best_apart, best_sum = -1, 0.0, 0, 0
        for at in range(picked, count):
            left, right, share = scratch.pairs[at, OURS], scratch.pairs[at, THEIRS], scratch.shares[at]
            if left & ours or right & theirs:
                continue
            apart, places = abs(left - right), left + right
            closer = apart < best_apart or (apart == best_apart and places < best_sum)
            if best < 0 or share > best_share or (share == best_share and closer):
                best, best_share, best_apart, best_sum = at, share, apart, places
        if best < 0:
            return picked
        _move_to(scratch, best, picked)
        ours |= scratch.pairs[picked, OURS]
        theirs |= scratch.pairs[picked, THEIRS]
        picked += 1


@njit(cache=True, nogil=True)
def _move_to(scratch: Scratch, start: int, end: int) -> None:
    """Move one pair forward; the order of the rest stays."""
    share, kind, edits = scratch.shares[start], scratch.pairs[start, SHARE_KIND], scratch.pairs[start, SHARE_EDITS]
    ours, theirs = scratch.pairs[start, OURS], scratch.pairs[start, THEIRS]
    for at in range(start, end, -1):
        scratch.shares[at], scratch.pairs[at, SHARE_KIND] = scratch.shares[at - 1], scratch.pairs[at - 1, SHARE_KIND]
        scratch.pairs[at, SHARE_EDITS], scratch.pairs[at, OURS] = scratch.pairs[at - 1, SHARE_EDITS], scratch.pairs[at - 1, OURS]
        scratch.pairs[at, THEIRS] = scratch.pairs[at - 1, THEIRS]
    scratch.shares[end], scratch.pairs[end, SHARE_KIND], scratch.pairs[end, SHARE_EDITS] = share, kind, edits
    scratch.pairs[end, OURS], scratch.pairs[end, THEIRS] = ours, theirs


@njit(cache=True, nogil=True)
def _bits_of(names: Names, texts: Texts, name: int, places: int) -> float:
    bits = 0.0
    for i in range(_count_words(names, name)):
        if places >> i & 1:
            bits += texts.bits[names.values[names.table[name, WORD_START] + i]]
    return bits


@njit(cache=True, nogil=True)
def _count_telling(names: Names, texts: Texts, name: int, places: int) -> int:
    """Words at these places that are more than a particle."""
    count = 0
    for i in range(_count_words(names, name)):
        count += places >> i & 1 and not texts.table[names.values[names.table[name, WORD_START] + i], FLAGS] & LIGHT
    return count


@njit(cache=True, nogil=True)
def _matched_bits(names: Names, texts: Texts, a: int, b: int, free: int, scratch: Scratch, count: int) -> float:
    """`features.matched_bits`."""
    bits = _bits_of(names, texts, a, ~free)
    for at in range(count):
        left_bits, right_bits = (
            _bits_of(names, texts, a, scratch.pairs[at, OURS]),
            _bits_of(names, texts, b, scratch.pairs[at, THEIRS]),
        )
        bits += max(left_bits, right_bits) if scratch.pairs[at, SHARE_KIND] == JOINED else min(left_bits, right_bits)
    return bits


# --- levels --------------------------------------------------------------------------------------------------------
@njit(cache=True, nogil=True)
def _agree_in_words(names: Names, texts: Texts, card: np.ndarray, a: int, b: int, scratch: Scratch) -> float:
    """`firm_names._agree_in_words` of two names of which cheaper parts do not decide."""
    free, other_free = _without_partner(names, a, b), _without_partner(names, b, a)
    equal = _count_words(names, a) - _count_set(free)
    candidates = _find_pairs(names, texts, a, b, free, other_free, scratch) if free and other_free else 0
    pairs = _pick_pairs(scratch, candidates)
    left, right, close = free, other_free, 0
    for at in range(pairs):
        left &= ~scratch.pairs[at, OURS]
        right &= ~scratch.pairs[at, THEIRS]
        close += scratch.shares[at] >= CLOSE_MIN
    least = SOMETHING if equal or pairs else NOTHING
    if left and right:
        return least
    bits = _matched_bits(names, texts, a, b, free, scratch, pairs)
    score = _log_odds(names, texts, card, a, b, left, right, scratch, pairs, bits)
    if not left and not right and score >= card[SAME_AT]:
        return ALIKE
    enough = equal + close > 1 or bits >= FIRM_BITS_MIN
    return SHORT if enough and close == pairs and score >= card[POSSIBLE_AT] else least


@njit(cache=True, nogil=True)
def _count_set(number: int) -> int:
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count


@njit(cache=True, nogil=True)
def _log_odds(
    names: Names,
    texts: Texts,
    card: np.ndarray,
    a: int,
    b: int,
    left: int,
    right: int,
    scratch: Scratch,
    pairs: int,
    bits: float,
) -> float:
    """`scorecard.align_and_score` of two aligned names that share something. left, right: words without partner."""
    if names.table[a, BRANCH_NUMBER] != names.table[b, BRANCH_NUMBER]:
        return -LOG_ODDS_MAX
    edits, sounds = 0, 0
    for at in range(pairs):
        edits += scratch.pairs[at, SHARE_EDITS]
        sounds += scratch.pairs[at, SHARE_KIND] == SOUND
    left_bits, right_bits = _bits_of(names, texts, a, left), _bits_of(names, texts, b, right)
    conflicts = min(_count_telling(names, texts, a, left), _count_telling(names, texts, b, right))
    compact, other_compact = names.table[a, COMPACT], names.table[b, COMPACT]
    core = compact == other_compact or names.table[a, WHOLE] == names.table[b, WHOLE]
    lone = (_count_words(names, a) == 1) != (_count_words(names, b) == 1)
    form, other_form = names.table[a, TELLING_FORM], names.table[b, TELLING_FORM]
    forms_differ = form > 0 and other_form > 0 and form != other_form
    acronym = _is_acronym(names, texts, a, b)
    row = (
        float(min(edits, EDITS_MAX)),
        float(conflicts),
        min(left_bits, right_bits, CONFLICT_BITS_MAX) / BITS_A_UNIT,
        min(left_bits + right_bits, EXTRA_BITS_MAX) / BITS_A_UNIT,
        0.0,
        float(sounds),
        1.0 if core else similarity(texts, compact, other_compact, scratch.rows),
        1.0 if core else 0.0,
        1.0 if forms_differ else 0.0,
        0.0,  # Places that differ were seen before.
        1.0 if lone and acronym else 0.0,
        0.0,
        1.0 if lone else 0.0,
    )
    total = 0.0
    for at in range(len(row)):
        total += card[1 + at] * row[at]
    score = card[0] + total
    if score < card[SAME_AT]:
        return float(max(score, PROPOSED if lone and acronym else -LOG_ODDS_MAX))
    if names.table[a, NUMBER] != names.table[b, NUMBER] or acronym or forms_differ:
        return float(card[SAME_AT] - CAP_BELOW)
    if (lone and compact != other_compact) or bits < FIRM_BITS_MIN:
        return float(card[SAME_AT] - CAP_BELOW)
    return float(min(score, LOG_ODDS_MAX))


@njit(cache=True, nogil=True)
def agree_names(names: Names, texts: Texts, card: np.ndarray, a: int, b: int, scratch: Scratch) -> float:
    """`firm_names.agree` of two names that are not both Han; NEVER where they cannot be compared."""
    if _branches_differ(names, a, b):
        return BRANCH
    if names.table[a, HAN] != names.table[b, HAN]:
        han, latin = (a, b) if names.table[a, HAN] else (b, a)
        return float(_agree_in_sound(names, han, latin))
    if names.table[a, NUMBER] > 0 and names.table[b, NUMBER] > 0 and names.table[a, NUMBER] != names.table[b, NUMBER]:
        return OTHER_REGION
    if are_initials(names, a, b):
        return SHORT
    if _places_differ(names, a, b):
        return OTHER_REGION
    if names.table[a, TOKEN] == names.table[b, TOKEN] or names.table[a, JOINED_SOUND] == names.table[b, JOINED_SOUND]:
        form, other_form = names.table[a, FORM], names.table[b, FORM]
        return _of_group(names, a, b, OTHER_FORM if form > 0 and other_form > 0 and form != other_form else SAME)
    return _of_group(names, a, b, _agree_in_words(names, texts, card, a, b, scratch))


@njit(cache=True, nogil=True)
def are_initials(names: Names, a: int, b: int) -> bool:
    """`firm_names.are_initials`. LETTERS: the text of a name that may be initials, else -1."""
    table = names.table
    is_so = table[a, LETTERS] >= 0 and table[a, LETTERS] == table[b, INITIALS]
    is_so = is_so or (table[b, LETTERS] >= 0 and table[b, LETTERS] == table[a, INITIALS])
    return bool(is_so and table[a, ROLES] == table[b, ROLES])


@njit(cache=True, nogil=True)
def _places_differ(names: Names, a: int, b: int) -> bool:
    table = names.table
    if table[a, PLACE_START] == table[a, PLACE_END] or table[b, PLACE_START] == table[b, PLACE_END]:
        return False
    return not _share_part(names, a, b, PLACE_START)
