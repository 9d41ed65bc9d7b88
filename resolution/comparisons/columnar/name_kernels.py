# ruff: noqa: PLR0917  # Compiled functions take columns, not objects.
"""The best agreement of the names of two firms, compiled: `firm_names.names_agree` of names that are not both Han.

Most pairs of names are never aligned: what two names can reach at best is told by cheap parts of them, and a pair that cannot
raise what other names of the two records have reached is passed over. The answer is that of all pairs.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from resolution.comparisons.columnar.pair_kernels import (
    ALIKE,
    BRANCH,
    COMPACT,
    FORM,
    HAN,
    JOINED_SOUND,
    MEMBER,
    NEVER,
    NOTHING,
    OTHER_BUSINESS,
    RUN_TEXT,
    SAME_AT,
    SHORT,
    SOMETHING,
    TOKEN,
    TRANSLATION,
    WHOLE,
    Names,
    Scratch,
    agree_names,
    are_initials,
    is_group,
    may_be_translated,
    new_scratch,
)
from resolution.comparisons.columnar.word_kernels import CLOSE_MIN, SIZE, SOUND, Texts, alike, as_one
from resolution.comparisons.names.alignment import JOINED_EDITS_MAX
from resolution.comparisons.names.features import EDITS_MAX, Features
from resolution.comparisons.names.tokens import ALIKE_MIN

FIRST, AFTER, FIRST_WORD, AFTER_WORD, FIRST_RUN, AFTER_RUN = range(6)  # Of records: where names, words and runs begin and end.
RECORD_RUN_INITIALS, RECORD_RUN_WORDS = 1, 2  # Of runs of records, behind the text: then its words among those of the record.
NAME, IS_OWN, PLACES_START, PLACES_END = range(4)  # Of names of records: where its words stand among those of the record.
APART, WORD_HEARD = 127, -1  # Instead of edits.
PARTNERED, CLOSE = 1, 2  # Reach of a name.
SOUNDS_AT, JOINED_AT, CORE_AT = (Features._fields.index(name) for name in ("sounds", "joined", "core"))


class Records(NamedTuple):
    """Records by number; the names of all of them one after the other; their words, places of names' words
    among them, and neighbours as one text."""

    table: np.ndarray
    names: np.ndarray
    words: np.ndarray
    places: np.ndarray
    runs: np.ndarray


@njit(cache=True, nogil=True)
def _partner_words(texts: Texts, records: Records, left: int, right: int, scratch: Scratch):  # type: ignore[no-untyped-def]
    """Of every word of one record and every word of the other: edits as partners in some pair of names, and whether closely.

    Edits are APART where the two are never partners, WORD_HEARD where they sound alike, 0 where one is a part of the other.
    """
    start, other_start = records.table[left, FIRST_WORD], records.table[right, FIRST_WORD]
    shape = records.table[left, AFTER_WORD] - start, records.table[right, AFTER_WORD] - other_start
    edits, close = np.full(shape, APART, np.int8), np.zeros(shape, np.bool_)
    for i in range(shape[0]):
        for j in range(shape[1]):
            word, other_word = records.words[start + i], records.words[other_start + j]
            if word == other_word:
                edits[i, j], close[i, j] = 0, True
                continue
            share, kind, steps = alike(texts, word, other_word, scratch.rows)
            if share >= ALIKE_MIN:
                edits[i, j], close[i, j] = WORD_HEARD if kind == SOUND else min(steps, EDITS_MAX), share >= CLOSE_MIN
    _add_joined_words(texts, records, left, right, edits, close, scratch)
    _add_joined_words(texts, records, right, left, edits.T, close.T, scratch)
    return edits, close


@njit(cache=True, nogil=True)
def _add_joined_words(
    texts: Texts, records: Records, left: int, right: int, edits: np.ndarray, close: np.ndarray, scratch: Scratch
) -> None:
    """Words of one record that, written together, are a word of the other."""
    start = records.table[right, FIRST_WORD]
    for at in range(records.table[left, FIRST_RUN], records.table[left, AFTER_RUN]):
        run, initials = records.runs[at, RUN_TEXT], records.runs[at, RECORD_RUN_INITIALS]
        for j in range(edits.shape[1]):
            word = records.words[start + j]
            if abs(texts.table[run, SIZE] - texts.table[word, SIZE]) > JOINED_EDITS_MAX and word != initials:
                continue
            if as_one(texts, run, initials, word, scratch.rows)[0] > 0:
                for i in records.runs[at, RECORD_RUN_WORDS:]:
                    if i >= 0:
                        edits[i, j], close[i, j] = min(edits[i, j], 0), True


@njit(cache=True, nogil=True)
def _bound_name(records: Records, card: np.ndarray, edits: np.ndarray, close: np.ndarray, at: int, other_at: int):  # type: ignore[no-untyped-def]
    """What every word of a name having a partner costs at least in log odds, inf where one cannot; whether all may be close."""
    loss, gain, all_close = 0.0, 0.0, True
    for i in records.places[records.names[at, PLACES_START] : records.names[at, PLACES_END]]:
        least, any_close = APART, False
        for j in records.places[records.names[other_at, PLACES_START] : records.names[other_at, PLACES_END]]:
            least = min(least, edits[i, j])
            any_close = any_close or close[i, j]
        if least == APART:
            return np.inf, False
        all_close = all_close and any_close
        if least == WORD_HEARD:
            gain += card[1 + SOUNDS_AT]
        else:
            loss += least
    return -card[1] * min(loss, EDITS_MAX) - gain, all_close


@njit(cache=True, nogil=True)
def _reach(records: Records, edits: np.ndarray, close: np.ndarray, record: int) -> np.ndarray:
    """Of each name of a record whether every word may have a partner, and a close one, in any name of the other record."""
    most, any_close = np.zeros(edits.shape[0], np.bool_), np.zeros(edits.shape[0], np.bool_)
    for i in range(edits.shape[0]):
        for j in range(edits.shape[1]):
            most[i] |= edits[i, j] != APART
            any_close[i] |= close[i, j]
    first = records.table[record, FIRST]
    reach = np.zeros(records.table[record, AFTER] - first, np.int8)
    for at in range(len(reach)):
        places = records.places[records.names[first + at, PLACES_START] : records.names[first + at, PLACES_END]]
        all_partnered, all_close = True, True
        for i in places:
            all_partnered = all_partnered and most[i]
            all_close = all_close and any_close[i]
        reach[at] = (PARTNERED if all_partnered else 0) | (CLOSE if all_close else 0)
    return reach


@njit(cache=True, nogil=True)
def _share_sound(names: Names, records: Records, left: int, right: int, column: int) -> bool:
    """Whether any name of one record and any of the other have the same number in a column."""
    for at in range(records.table[left, FIRST], records.table[left, AFTER]):
        number = names.table[records.names[at, NAME], column]
        for other_at in range(records.table[right, FIRST], records.table[right, AFTER]):
            if number and number == names.table[records.names[other_at, NAME], column]:
                return True
    return False


@njit(cache=True, nogil=True)
def _bound_records(names: Names, texts: Texts, records: Records, left: int, right: int, scratch: Scratch):  # type: ignore[no-untyped-def]
    """What is known of two records before their names are compared: bounds of words, from either side, and reach of names."""
    edits, close = _partner_words(texts, records, left, right, scratch)
    reach, other_reach = _reach(records, edits, close, left), _reach(records, edits.T, close.T, right)
    if _share_sound(names, records, left, right, JOINED_SOUND):
        reach[:], other_reach[:] = PARTNERED | CLOSE, PARTNERED | CLOSE
    return edits, close, edits.T, close.T, reach, other_reach, np.any(edits != APART)


@njit(cache=True, nogil=True)
def _any_partner(records: Records, edits: np.ndarray, at: int, other_at: int) -> bool:
    """Whether any word of one name may have a partner in the other."""
    for i in records.places[records.names[at, PLACES_START] : records.names[at, PLACES_END]]:
        for j in records.places[records.names[other_at, PLACES_START] : records.names[other_at, PLACES_END]]:
            if edits[i, j] != APART:
                return True
    return False


@njit(cache=True, nogil=True)
def _may_exceed(  # type: ignore[no-untyped-def]
    names: Names, records: Records, card: np.ndarray, words, at: int, other_at: int, best: float
) -> bool:
    """Whether two names, neither of them Han, may agree better than `best`; False only where they cannot. words: their bounds."""
    edits, close, edits_back, close_back, any_partner = words
    a, b = records.names[at, NAME], records.names[other_at, NAME]
    if best < SOMETHING:
        return best < NOTHING or bool(any_partner and _any_partner(records, edits, at, other_at))
    if names.table[a, TOKEN] == names.table[b, TOKEN]:
        return True
    if names.table[a, JOINED_SOUND] == names.table[b, JOINED_SOUND] or names.table[a, COMPACT] == names.table[b, COMPACT]:
        return True
    registered, of_group = names.table[a, FORM] > 0 and names.table[b, FORM] > 0, is_group(names, a, b)
    if best >= (ALIKE if not of_group else MEMBER if registered else OTHER_BUSINESS):
        return False
    loss, all_close = _bound_name(records, card, edits, close, at, other_at)
    other_loss, other_close = _bound_name(records, card, edits_back, close_back, other_at, at)
    if not registered and best < SHORT and (all_close or other_close):
        return True
    core = card[1 + CORE_AT] if names.table[a, WHOLE] == names.table[b, WHOLE] else 0.0
    return bool(card[0] + card[1 + JOINED_AT] + core - max(loss, other_loss) >= card[SAME_AT])


@njit(cache=True, nogil=True)
def agree_records(
    left: np.ndarray,
    right: np.ndarray,
    own: np.ndarray,
    any_level: np.ndarray,
    names: Names,
    texts: Texts,
    records: Records,
    card: np.ndarray,
) -> np.ndarray:
    """`firm_names.names_agree` of each pair of records; NaN where no names can be compared.

    own, any_level: the best of the pairs of names that are both Han, of own names and of all; -inf where there is none.
    """
    levels = np.full(len(left), np.nan)
    scratch = new_scratch()
    for row in range(len(left)):
        bounds = _bound_records(names, texts, records, left[row], right[row], scratch)
        best_own = _best_level(names, texts, records, card, bounds, left[row], right[row], own[row], np.inf, True, scratch)
        best = max(any_level[row], best_own)
        if best_own == NEVER:
            best_own = _best_level(names, texts, records, card, bounds, left[row], right[row], best, np.inf, False, scratch)
        elif NOTHING <= best_own < SHORT:
            best = _best_level(names, texts, records, card, bounds, left[row], right[row], best, SHORT, False, scratch)
            best_own = max(best_own, min(best, SHORT))
        if best_own > NEVER:
            levels[row] = best_own
    return levels


@njit(cache=True, nogil=True)
def _best_level(  # type: ignore[no-untyped-def]
    names: Names, texts: Texts, records: Records, card: np.ndarray, bounds, left: int, right: int, best: float, enough: float,
    of_own: bool, scratch: Scratch,
) -> float:  # fmt: skip
    """The best of `best` and of all pairs of names of which one is not Han: of own names, or of the others; `enough` ends it."""
    edits, close, edits_back, close_back, reach, other_reach, any_partner = bounds
    words = edits, close, edits_back, close_back, any_partner
    first, other_first = records.table[left, FIRST], records.table[right, FIRST]
    for i in range(len(reach)):
        for j in range(len(other_reach)):
            at, other_at = first + i, other_first + j
            if best >= enough:
                return best
            if (records.names[at, IS_OWN] + records.names[other_at, IS_OWN] == 2) != of_own:
                continue
            a, b = records.names[at, NAME], records.names[other_at, NAME]
            is_han, other_han = names.table[a, HAN] > 0, names.table[b, HAN] > 0
            if is_han or other_han:
                if is_han != other_han and best < TRANSLATION and (best < BRANCH or may_be_translated(names, a, b)):
                    best = max(best, agree_names(names, texts, card, a, b, scratch))
                continue
            if best < SHORT and are_initials(names, a, b):
                best = max(best, agree_names(names, texts, card, a, b, scratch))
                continue
            may_reach = reach[i] & other_reach[j] & PARTNERED or (reach[i] | other_reach[j]) & CLOSE
            if (best < SOMETHING or may_reach) and _may_exceed(names, records, card, words, at, other_at, best):
                best = max(best, agree_names(names, texts, card, a, b, scratch))
    return best
