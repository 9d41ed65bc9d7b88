# ruff: noqa: PLR0917  # Compiled functions take columns, not objects.
"""Single values of two persons compared, compiled: days, postcodes, birth places, callings, genders, mail addresses."""

import numpy as np
from numba import njit

from resolution.comparisons.fields import MAIL_EDITS_MAX
from resolution.comparisons.word_agreement import begins, one_slip
from resolution.records import dates

UNTOLD, OTHER, AREA, ALIKE, SAME, SAME_RARE = 0, 1, 2, 3, 4, 5
LEVELS = (UNTOLD, OTHER, AREA, ALIKE, SAME, SAME_RARE)
ZERO, NINE = ord("0"), ord("9")
UNUSUAL_BITS, RARE_DAY_BITS = 9.0, 12.0
PLACEHOLDER = 101  # 1 January: what many sources write for a year.
EPOCHS = (19000101, 19700101, 19800101, 20000101)  # And what programs write for no day: here two are no more than a year.


@njit(cache=True, nogil=True)
def values_agree(left, right, value_of, letters, lengths, bits, area, rare):  # type: ignore[no-untyped-def]
    """How two values agree: untold, other, the same area, alike in spelling, the same, the same and rare.

    area: bytes in front that make an area; 0 where a value may be the beginning of another instead, -1 where neither is so.
    rare: bits of rarity from which a shared value is rare.
    """
    levels = np.zeros(len(left), dtype=np.int64)
    for row in range(len(left)):
        value, other_value = value_of[left[row]], value_of[right[row]]
        if value < 0 or other_value < 0:
            continue
        if value == other_value:
            levels[row] = SAME_RARE if bits[value] >= rare else SAME
        else:
            levels[row] = level_in_spelling(letters, lengths, value, other_value, area)
    return levels


@njit(cache=True, nogil=True)
def level_in_spelling(letters, lengths, value, other_value, area):  # type: ignore[no-untyped-def]
    """How two values that differ agree: other, the same area, alike in spelling. area: as in `values_agree`."""
    length, other_length = lengths[value], lengths[other_value]
    if max(length, other_length) < letters.shape[1] and min(length, other_length) >= 4:
        if one_slip(letters[value], length, letters[other_value], other_length):
            return ALIKE
        if area == 0 and min(length, other_length) >= 5 and begins(letters[value], length, letters[other_value], other_length):
            return ALIKE
    if area > 0 and min(length, other_length) >= area and begins(letters[value], area, letters[other_value], area):
        return AREA
    return OTHER


@njit(cache=True, nogil=True)
def may_be_misspelled(letters, lengths, value, other_value, counts):  # type: ignore[no-untyped-def]
    """Whether two mail addresses that differ may be one but for several slips: False only where `fields.are_one_mailbox` is.

    So many edits change no more letters than that, whatever their order, and no digit. counts: 128 numbers, 0 before and after.
    """
    length, other_length = lengths[value], lengths[other_value]
    if max(length, other_length) >= letters.shape[1]:
        return True
    digit, other_digit = 0, 0
    while True:
        while digit < length and not ZERO <= letters[value, digit] <= NINE:
            digit += 1
        while other_digit < other_length and not ZERO <= letters[other_value, other_digit] <= NINE:
            other_digit += 1
        if digit == length or other_digit == other_length:
            break
        if letters[value, digit] != letters[other_value, other_digit]:
            return False
        digit, other_digit = digit + 1, other_digit + 1
    if digit < length or other_digit < other_length:
        return False
    is_ascii = True
    for index in range(length):
        is_ascii &= letters[value, index] < len(counts)
        counts[letters[value, index] % len(counts)] += 1
    for index in range(other_length):
        is_ascii &= letters[other_value, index] < len(counts)
        counts[letters[other_value, index] % len(counts)] -= 1
    more, less = 0, 0
    for letter in range(len(counts)):
        more, less = more + max(counts[letter], 0), less - min(counts[letter], 0)
        counts[letter] = 0
    return not is_ascii or max(more, less) <= MAIL_EDITS_MAX


@njit(cache=True, nogil=True)
def days_agree(left, right, days, bits):  # type: ignore[no-untyped-def]
    """Nearness of two days (`records/dates.py`) as numbers yyyymmdd, 0 where not told; NaN where one is not told.

    The same day counts one more from UNUSUAL_BITS of rarity on, two more from RARE_DAY_BITS on.
    """
    nearness = np.full(len(left), np.nan)
    for row in range(len(left)):
        left_day, right_day = days[left[row]], days[right[row]]
        if left_day > 0 and right_day > 0:
            nearness[row] = nearness_of_days(min(left_day, right_day), max(left_day, right_day))
            if nearness[row] == dates.EXACT:
                nearness[row] += (bits[left[row]] >= UNUSUAL_BITS) + (bits[left[row]] >= RARE_DAY_BITS)
    return nearness


@njit(cache=True, nogil=True)
def nearness_of_days(earlier, later):  # type: ignore[no-untyped-def]
    """Nearness of two days (`records/dates.py`) as numbers yyyymmdd, the earlier first."""
    whole = earlier % 100 > 0 and later % 100 > 0
    if earlier == later:
        return dates.EXACT if whole and not _is_epoch(earlier) else dates.PARTIAL
    if not whole:
        return _partial(earlier, later)
    if earlier % 10000 == PLACEHOLDER or later % 10000 == PLACEHOLDER:
        return dates.PARTIAL if earlier // 10000 == later // 10000 else _far(earlier, later)
    swapped = earlier // 10000 * 10000 + earlier % 100 * 100 + earlier // 100 % 100
    if swapped == later:
        return dates.SWAPPED
    if _one_digit_apart(earlier, later) or _one_digit_apart(swapped, later):
        return dates.NEAR
    return _far(earlier, later)


@njit(cache=True, nogil=True)
def _is_epoch(day):  # type: ignore[no-untyped-def]
    for epoch in EPOCHS:  # noqa: SIM110  # Compiled.
        if day == epoch:
            return True
    return False


@njit(cache=True, nogil=True)
def _are_far(year, other_year):  # type: ignore[no-untyped-def]
    """Whether years are so far apart that none is a slip of the other: 1968 and 1986, 1978 or 1868 are one misread."""
    return abs(year - other_year) >= dates.FAR_YEARS and not _one_digit_apart(year, other_year)


@njit(cache=True, nogil=True)
def _count_days(day):  # type: ignore[no-untyped-def]
    return day // 10000 * dates.YEAR_DAYS + (day // 100 % 100 - 1) * dates.MONTH_DAYS + day % 100


@njit(cache=True, nogil=True)
def _far(earlier, later):  # type: ignore[no-untyped-def]
    placeholder = earlier % 10000 == PLACEHOLDER or later % 10000 == PLACEHOLDER
    apart = _count_days(later) - _count_days(earlier)
    if apart <= dates.MONTH_DAYS and not placeholder:
        return dates.CLOSE
    if earlier // 10000 == later // 10000:
        return dates.YEAR_NEAR
    if _one_digit_apart(earlier, later):
        return dates.YEAR_NEAR if earlier // 100000 == later // 100000 else dates.SAME_YEAR
    in_year = abs(_count_days(later) % dates.YEAR_DAYS - _count_days(earlier) % dates.YEAR_DAYS)
    slip_of_year = in_year <= dates.MONTH_DAYS and _one_digit_apart(earlier // 10000, later // 10000)
    if not placeholder and (apart <= dates.YEAR_DAYS or slip_of_year):
        return dates.NEARBY
    all_differ = (
        earlier // 100 % 100 != later // 100 % 100 and earlier % 100 != later % 100 and abs(earlier // 10000 - later // 10000) > 2
    )
    far = _are_far(earlier // 10000, later // 10000)
    if all_differ and not placeholder:
        return dates.FAR if far else dates.WHOLLY
    same_birthday = earlier % 10000 == later % 10000 and not placeholder  # Then the year alone was misread.
    return dates.YEARS_APART if far and not same_birthday else dates.DIFFERENT


@njit(cache=True, nogil=True)
def _partial(earlier, later):  # type: ignore[no-untyped-def]
    if earlier // 10000 != later // 10000:
        return dates.YEARS_APART if _are_far(earlier // 10000, later // 10000) else dates.DIFFERENT
    if earlier // 100 % 100 == 0 or later // 100 % 100 == 0 or earlier // 100 == later // 100:
        return dates.PARTIAL
    return dates.DIFFERENT


@njit(cache=True, nogil=True)
def _one_digit_apart(number, other_number):  # type: ignore[no-untyped-def]
    """Whether two numbers of eight digits differ in one of them, or in two neighbours exchanged."""
    differ, first, second = 0, -1, -1
    low, other_low, high, other_high = 0, 0, 0, 0
    for index in range(8):  # By tens, which the compiler makes a multiplication of: dividing takes ten times as long.
        digit, other_digit = number % 10, other_number % 10
        if digit != other_digit:
            differ += 1
            if differ > 2:
                return False
            if differ == 1:
                first, low, other_low = index, digit, other_digit
            else:
                second, high, other_high = index, digit, other_digit
        number //= 10
        other_number //= 10
    if differ == 1:
        return True
    return differ == 2 and second == first + 1 and low == other_high and high == other_low
