"""Stakes as the graph formats tell them: percent by definition, exact or a range, of which the lower bound counts."""

import re
from typing import NamedTuple

from resolution.sources.statements.values import ValueRefused

WHOLE = 100.0
_NUMBER = r"\d+(?:[.,]\d+)?|\.\d+"
_RANGE = re.compile(rf"({_NUMBER})\s*%?\s*(?:-|–|—|~|to|bis|à|至|and|up to)\s*({_NUMBER})\s*%?")
_ABOVE = re.compile(
    rf"(?:>=?|≥|over|above|more than|at least|from|min\.?)\s*({_NUMBER})\s*%?|({_NUMBER})\s*%?\s*(?:\+|or more|and more|以上)"
)
_BELOW = re.compile(rf"(?:<=?|≤|under|below|less than|up to|max\.?)\s*({_NUMBER})\s*%?")
_EXACT = re.compile(rf"({_NUMBER})\s*%?")


class Stake(NamedTuple):
    """share: 0..1, None where only an upper bound is known. range_text: the range in words, empty where it is one number."""

    share: float | None
    range_text: str = ""


def percentage(text: str) -> Stake:
    """A stake in percent, whatever its size: 0.5 is half a percent. Raises ValueRefused.

    >>> percentage("0.5"), percentage("25-50%")
    (Stake(share=0.005, range_text=''), Stake(share=0.25, range_text='25 % to 50 %'))
    >>> percentage("> 75 %")
    Stake(share=0.75, range_text='75 % or more')
    """
    normalized = text.strip().lower()
    if match := _EXACT.fullmatch(normalized):
        return Stake(_share(match[1], text))
    if match := _RANGE.fullmatch(normalized):
        return between(_number(match[1]), _number(match[2]))
    if match := _ABOVE.fullmatch(normalized):
        return between(_number(match[1] or match[2]), None)
    if match := _BELOW.fullmatch(normalized):
        return between(None, _number(match[1]))
    raise ValueRefused(f"{text!r} is no percentage", "Write percent, such as 62.5 or 25-50.", "percentage")


def between(low: float | None, high: float | None) -> Stake:
    """A stake of which bounds are told, in percent. Raises ValueRefused beyond 0..100."""
    for bound in (low, high):
        if bound is not None and not 0 <= bound <= WHOLE:
            raise ValueRefused(f"share {bound:g} is beyond 100 %", "Give a share between 0 and 100.", "share")
    if low is not None and high is not None and low > high:
        raise ValueRefused(f"share {low:g} to {high:g} ends before it begins", "Write the lower bound first.", "share")
    if low is None:
        return Stake(None, f"up to {high:g} %" if high is not None else "")
    range_text = f"{low:g} % or more" if high is None else "" if low == high else f"{low:g} % to {high:g} %"
    return Stake(round(low / WHOLE, 10), range_text)


def _share(number: str, text: str) -> float:
    percent = _number(number)
    if percent > WHOLE:
        raise ValueRefused(f"share {text} is beyond 100 %", "Give a share between 0 and 100.", "percentage")
    return round(percent / WHOLE, 10)


def _number(text: str) -> float:
    """A number of percent: a comma is a decimal mark, for there are no thousands."""
    return float(text.replace(",", "."))
