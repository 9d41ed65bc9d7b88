"""Dates that may be partial, and how near two of them are."""

from rapidfuzz.distance import OSA

EXACT, SWAPPED, NEAR, PARTIAL, SAME_YEAR, DIFFERENT = 5.0, 4.0, 3.0, 2.0, 1.0, 0.0


def nearness(left: str, right: str) -> float:
    """How near two ISO dates are, each as exact as its source.

    Day and month exchanged are as good as a slip of the pen; a partial date that fits agrees on what it tells.

    >>> nearness("1978-12-11", "1978-11-12") == SWAPPED, nearness("1978", "1978-11-12") == PARTIAL
    (True, True)
    """
    if left == right:
        return EXACT if len(left) == 10 else PARTIAL
    if len(left) != 10 or len(right) != 10:
        short = min(len(left), len(right))
        return PARTIAL if left[:short] == right[:short] else DIFFERENT
    if left[:4] == right[:4] and left[5:7] == right[8:] and left[8:] == right[5:7]:
        return SWAPPED
    if OSA.distance(left, right) == 1:
        return NEAR
    return SAME_YEAR if left[:4] == right[:4] else DIFFERENT
