"""Stakes as people write them: percents, parts of one, ranges. Whether a bare 0.8 is a percent is its column's to say."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from resolution.sources.mappings.value_formats import Ways, Writing
from resolution.sources.statements.ambiguity import possible_values
from resolution.sources.statements.texts import ValueRefused

UNITS: Ways = frozenset({"percent", "part"})
BY_ITSELF = Writing(lambda: frozenset({"part"}))  # Of a text without a column: 62.5 can be percents only, 0.625 is a part.
WHOLE_MAX = 1.0001  # What rounding makes of the whole.
SAY_IT = "Say in the mapping share: percent or share: part of this value, or write it with a percent sign."
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?|[.,]\d+)"
_SIGNED = re.compile(rf"{_NUMBER}\s*(?:%|percent|per cent|pct\.?|٪)", re.IGNORECASE)
_BARE = re.compile(rf"[+]?{_NUMBER}(?:[eE]-\d+)?")
_SIGN = r"\s*(?:%|percent|per cent)?\s*"
_BOTH_ENDS = re.compile(
    rf"(?:(?:more than|over|above|from|between|>=?|≥)\s*)?{_NUMBER}{_SIGN}"
    rf"(?:-|–|—|~|to|up to|and|bis|à|至|到|but (?:less|not more) than|(?:and|,)?\s*<=?)\s*(?:-?to-?)?\s*{_NUMBER}{_SIGN}",
    re.IGNORECASE,
)
_LOW_END = re.compile(
    rf"(?:more than|over|above|at least|from|>=?|≥|至少|超过)\s*{_NUMBER}{_SIGN}(?:or more)?|{_NUMBER}{_SIGN}(?:or more|\+|以上)",
    re.IGNORECASE,
)


_NATURE = re.compile(
    r"(?:[a-z-]+-)?(?:(\d{1,3})-to-(\d{1,3})|more-than-(\d{1,3}))-percent(?:-[a-z-]+)?"
)  # As Companies House writes control.
_NATURES = re.compile(r"[a-z\d]+(?:-[a-z\d]+)+(?:\s*;\s*[a-z\d]+(?:-[a-z\d]+)+)*")
_OF_SHARES = "shares"  # Of several natures of control the one of shares is the stake; votes may be others.


class PercentRange(NamedTuple):
    """A stake of which only bounds are known, in parts of one. The lower one counts; `range_text` is shown."""

    low: float
    high: float
    range_text: str


def share(text: str, writing: Writing = BY_ITSELF) -> float:
    """A stake as 0..1: 62.5%, 62,5 %, 62.5, 0.625; the lower bound of 25-50%. Raises ValueRefused beyond 100 %.

    >>> share("62.5%"), share("25-50%")
    (0.625, 0.25)
    """
    by_unit = readings(text)
    if not by_unit:
        bounds = percent_range(text)
        if bounds:
            return bounds.low
        raise ValueRefused(f"{text!r} is no share", "Write a share such as 62.5%.")
    values = possible_values(by_unit, writing)
    if not values:
        raise ValueRefused(f"{text!r} is no part of one", "Write a part between 0 and 1, or say share: percent in the mapping.")
    if len(values) > 1:
        raise ValueRefused(f"{text!r} can be {text}% or {text} of one, and the column does not say which", SAY_IT, unsettled=True)
    value = values.pop()
    if value > WHOLE_MAX:
        raise ValueRefused(f"{text!r} is more than the whole", "Write a share between 0 % and 100 %.")
    return min(round(value, 10), 1.0)


@lru_cache(maxsize=1 << 14)
def readings(text: str) -> dict[str, float]:
    """The stake by unit; a percent sign leaves one value, and so does a number above one. None where it is no share."""
    normalized = unicodedata.normalize("NFKC", text).strip()
    if signed := _SIGNED.fullmatch(normalized):
        part = _float(signed[1]) / 100
        return dict.fromkeys(UNITS, part)
    if not _BARE.fullmatch(normalized):
        return {}
    number = _float(normalized)
    return {"percent": number / 100} if number > 1 else {"percent": number / 100, "part": number}


def is_signed(text: str) -> bool:
    """Whether a share says itself that it is in percent."""
    normalized = unicodedata.normalize("NFKC", text).strip()
    return _SIGNED.fullmatch(normalized) is not None


@lru_cache(maxsize=1 << 12)
def percent_range(text: str) -> PercentRange | None:
    """The bounds of `25-50%`, `25% to 50%`, `more than 25% but not more than 50%`, `75% or more`; None for anything else.

    Bounds are parts of one; of `75% or more` the upper one is the whole.

    >>> percent_range("25-50%")
    PercentRange(low=0.25, high=0.5, range_text='25-50%')
    """
    normalized = unicodedata.normalize("NFKC", text).strip()
    if stake := _of_natures(normalized.lower()):
        low, high = stake
    elif match := _BOTH_ENDS.fullmatch(normalized):
        low, high = _float(match[1]) / 100, _float(match[2]) / 100
    elif match := _LOW_END.fullmatch(normalized):
        low, high = _float(match[1] or match[2]) / 100, 1.0
    else:
        return None
    is_percent = "%" in normalized or "per" in normalized.lower() or low > 1 / 100
    return PercentRange(round(low, 10), round(high, 10), text.strip()) if is_percent and 0 <= low < high <= 1 else None


def _of_natures(text: str) -> tuple[float, float] | None:
    """The bounds of the stake that a list of natures of control tells, in parts of one; None where it tells none."""
    if not _NATURES.fullmatch(text):
        return None
    parts = [(part, bounds) for part in re.split(r"\s*;\s*", text) if (bounds := _NATURE.fullmatch(part))]
    of_shares = [bounds for part, bounds in parts if _OF_SHARES in part.split("-")] or [bounds for _, bounds in parts]
    return max((_bounds(bounds) for bounds in of_shares), default=None)


def _bounds(nature: re.Match[str]) -> tuple[float, float]:
    low, high = nature[1] or nature[3], nature[2] or "100"
    return _float(low) / 100, _float(high) / 100


def unit_of_list(texts: Iterable[str]) -> Ways:
    """The units in which the shares that one cell lists can be read; a list that sums to the whole tells its own unit."""
    bare = [by_unit for text in texts if not is_signed(text) and (by_unit := readings(text))]
    units = UNITS.intersection(*bare) if bare else UNITS
    if len(bare) > 1 and units == UNITS and abs(sum(by_unit["part"] for by_unit in bare) - 1) < WHOLE_MAX - 1:
        return frozenset({"part"})
    return units


def _float(text: str) -> float:
    return float(text.replace(",", "."))
