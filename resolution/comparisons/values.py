# ruff: noqa: PLR0917  # Compiled functions take columns, not objects.
"""Single values of two persons compared, compiled: days, postcodes, birth places, callings, genders, mail addresses."""

import numpy as np
from numba import njit

from resolution.comparisons.spellings import begins, one_slip
from resolution.records import dates

UNTOLD, OTHER, AREA, ALIKE, SAME, SAME_RARE = 0, 1, 2, 3, 4, 5
LEVELS = (UNTOLD, OTHER, AREA, ALIKE, SAME, SAME_RARE)
UNUSUAL_BITS, RARE_DAY_BITS = 9.0, 12.0
PLACEHOLDER = 101  # 1 January: what many sources write for a year.
EPOCHS = (19000101, 19700101, 19800101, 20000101)  # And what programs write for no day: here two are no more than a year.


@njit(cache=True, nogil=True)
def values_agree(left, right, of, spelled, lengths, bits, area, rare):  # type: ignore[no-untyped-def]
    """How two values agree: untold, other, the same area, alike in spelling, the same, the same and rare.

    area: bytes in front that make an area; 0 where a value may be the beginning of another instead, -1 where neither is so.
    rare: bits of rarity from which a shared value is rare.
    """
    found = np.zeros(len(left), dtype=np.int64)
    for row in range(len(left)):
        one, other = of[left[row]], of[right[row]]
        if one < 0 or other < 0:
            continue
        if one == other:
            found[row] = SAME_RARE if bits[one] >= rare else SAME
        else:
            found[row] = _spelled(spelled, lengths, one, other, area)
    return found


@njit(cache=True, nogil=True)
def _spelled(spelled, lengths, one, other, area):  # type: ignore[no-untyped-def]
    a, b = lengths[one], lengths[other]
    if max(a, b) < spelled.shape[1] and min(a, b) >= 4:
        if one_slip(spelled[one], a, spelled[other], b):
            return ALIKE
        if area == 0 and min(a, b) >= 5 and begins(spelled[one], a, spelled[other], b):
            return ALIKE
    if area > 0 and min(a, b) >= area and begins(spelled[one], area, spelled[other], area):
        return AREA
    return OTHER


@njit(cache=True, nogil=True)
def days_agree(left, right, day, bits):  # type: ignore[no-untyped-def]
    """Nearness of two days (`records/dates.py`) as numbers yyyymmdd, 0 where not told; NaN where one is not told.

    The same day counts one more from UNUSUAL_BITS of rarity on, two more from RARE_DAY_BITS on.
    """
    found = np.full(len(left), np.nan)
    for row in range(len(left)):
        one, other = day[left[row]], day[right[row]]
        if one > 0 and other > 0:
            found[row] = _nearness(min(one, other), max(one, other))
            if found[row] == dates.EXACT:
                found[row] += (bits[left[row]] >= UNUSUAL_BITS) + (bits[left[row]] >= RARE_DAY_BITS)
    return found


@njit(cache=True, nogil=True)
def _nearness(one, other):  # type: ignore[no-untyped-def]
    whole = one % 100 > 0 and other % 100 > 0
    if one == other:
        return dates.EXACT if whole and not _is_epoch(one) else dates.PARTIAL
    if not whole:
        return _partial(one, other)
    if one % 10000 == PLACEHOLDER or other % 10000 == PLACEHOLDER:
        return dates.PARTIAL if one // 10000 == other // 10000 else _far(one, other)
    turned = one // 10000 * 10000 + one % 100 * 100 + one // 100 % 100
    if turned == other:
        return dates.SWAPPED
    if _one_digit(one, other) or _one_digit(turned, other):
        return dates.NEAR
    return _far(one, other)


@njit(cache=True, nogil=True)
def _is_epoch(day):  # type: ignore[no-untyped-def]
    for epoch in EPOCHS:  # noqa: SIM110  # Compiled.
        if day == epoch:
            return True
    return False


@njit(cache=True, nogil=True)
def _far(one, other):  # type: ignore[no-untyped-def]
    if one // 10000 == other // 10000:
        return dates.YEAR_NEAR
    if _one_digit(one, other):
        return dates.YEAR_NEAR if one // 100000 == other // 100000 else dates.SAME_YEAR
    placeholder = one % 10000 == PLACEHOLDER or other % 10000 == PLACEHOLDER
    apart = one // 100 % 100 != other // 100 % 100 and one % 100 != other % 100 and abs(one // 10000 - other // 10000) > 2
    return dates.WHOLLY if apart and not placeholder else dates.DIFFERENT


@njit(cache=True, nogil=True)
def _partial(one, other):  # type: ignore[no-untyped-def]
    if one // 10000 != other // 10000:
        return dates.DIFFERENT
    if one // 100 % 100 == 0 or other // 100 % 100 == 0 or one // 100 == other // 100:
        return dates.PARTIAL
    return dates.DIFFERENT


@njit(cache=True, nogil=True)
def _one_digit(one, other):  # type: ignore[no-untyped-def]
    """Whether two numbers of eight digits differ in one of them, or in two neighbours exchanged."""
    differ, first, second = 0, -1, -1
    scale = 1
    for at in range(8):
        if one // scale % 10 != other // scale % 10:
            differ += 1
            if first < 0:
                first = at
            else:
                second = at
        scale *= 10
    if differ == 1:
        return True
    if differ != 2 or second != first + 1:
        return False
    low, high = 10**first, 10**second
    return bool(one // low % 10 == other // high % 10 and one // high % 10 == other // low % 10)
