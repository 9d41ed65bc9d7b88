"""Dates that may be partial, and how near two of them are."""

from rapidfuzz.distance import OSA

EXACT, SWAPPED, NEAR, PARTIAL, SAME_YEAR, DIFFERENT = 5.0, 4.0, 3.0, 2.0, 1.0, 0.0
YEAR_NEAR = 1.5  # Of persons: the same year, or its last digit misread; weighs as the same year. No two generations.
CLOSE = 1.7  # Of persons: another day within a month, as a day that was reckoned, or told for another, is.
NEARBY = 0.5  # Of persons: within a year, or a digit of the year misread and the rest within a month.
MONTH_DAYS, YEAR_DAYS = 31, 372  # A month and a year of days counted as if every month had 31.
FIRST_OF_YEAR = "-01-01"
WHOLLY = -1.0  # Of persons: year, month and day all differ, and not by a slip.
YEARS_APART = -0.5  # Of persons: FAR_YEARS and more between the years, and no slip of the pen in the year.
FAR = -2.0  # And month and day differ, too.
FAR_YEARS = 15  # Half a generation: of two records of one person hardly any differ by so much, of two persons every other.


def nearness(left: str, right: str) -> float:
    """How near two ISO dates are, each as exact as its source.

    The first of January is what many sources write for a year, and counts as the year. Day and month exchanged are nearly as
    good as the same day, one slip of the pen is near; a partial date that fits agrees on what it tells.

    >>> nearness("1978-12-11", "1978-11-12") == SWAPPED, nearness("1978", "1978-11-12") == PARTIAL
    (True, True)
    """
    if left == right:
        return PARTIAL if len(left) != 10 or left.endswith(FIRST_OF_YEAR) else EXACT
    if left.endswith(FIRST_OF_YEAR) or right.endswith(FIRST_OF_YEAR):
        left, right = left.removesuffix(FIRST_OF_YEAR), right.removesuffix(FIRST_OF_YEAR)
    if len(left) != 10 or len(right) != 10:
        short = min(len(left), len(right))
        return PARTIAL if left[:short] == right[:short] else DIFFERENT
    if swapped(left) == right:
        return SWAPPED
    if OSA.distance(left, right) == 1 or OSA.distance(swapped(left), right) == 1:
        return NEAR
    return SAME_YEAR if left[:4] == right[:4] else DIFFERENT


def swapped(day: str) -> str:
    """The same year with day and month exchanged."""
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"
