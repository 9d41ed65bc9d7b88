"""Text of a cell to a fact: days, numbers, money, shares, yes or no. Closed: a mapping can ask for these and nothing else."""

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from resolution.sources.reading import Trouble

LONGEST_NOTHING = 8  # Characters of the longest word for empty, blanks included.
YEARS = range(1700, 2200)  # Beyond these a date is a slip of the pen.
BIRTH_YEARS = range(1000, 2200)  # People of history, too; year 1 is what programs write for no date.
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T ].*)?")
_DAY_SQUEEZED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_PARTIAL = re.compile(r"(\d{4})\s*(?:年|[-/.]\s*(\d{1,2})\s*月?|年\s*(\d{1,2})\s*月?)?")
_MONEY = re.compile(
    r"(?P<before>[^\d(+-]*)(?P<open>\(?)(?P<number>[+-]?\d[\d,，' ]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\)?\s*(?P<after>\D*)"
)


class ValueRefused(ValueError):
    """A cell does not hold what its field needs; becomes the rejection of its row.

    sure: what of the value is certain all the same, for fields that can do with it.
    """

    def __init__(self, problem: str, remedy: str, field: str | None = None, *, sure: str | None = None) -> None:
        super().__init__(problem)
        self.trouble = Trouble(field, problem, remedy)
        self.sure = sure


@cache
def words() -> dict[str, Any]:
    """The word lists of `words.yaml`."""
    return dict(yaml.safe_load(files("resolution.sources.statements").joinpath("words.yaml").read_text("utf-8")))


@cache
def _word_set(name: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words()[name])


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Text as tables compare it: width, case and blanks around it do not count."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@lru_cache(maxsize=1 << 14)
def is_nothing(text: str) -> bool:
    """Whether a short text is empty, or a word for empty."""
    return not text or text.isspace() or folded(text) in _word_set("nothing")


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, or filled with a word for empty."""
    return len(text) <= LONGEST_NOTHING and is_nothing(text)


@lru_cache(maxsize=1 << 16)
def day(text: str, *, years: range = YEARS) -> date | None:
    """2024-01-02, 2024/1/2, 2024.1.2, 20240102 or 2024年1月2日, with or without a time; None for an open end.

    Raises ValueRefused on anything else, on days that no calendar has and beyond `years`.
    """
    given = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(given) or _DAY_SQUEEZED.fullmatch(given)
    if folded(text) in _word_set("open_end"):
        return None
    if not found:
        raise ValueRefused(f"{text!r} is no day", "Write it as YYYY-MM-DD.")
    return _calendar(*(int(part) for part in found.groups()[:3]), text=text, years=years)


def birth(text: str) -> str | None:
    """As `partial_day`, of people since the year 1000. Raises ValueRefused; `sure` of it is the year, where the year can be."""
    return partial_day(text, years=BIRTH_YEARS)


@lru_cache(maxsize=1 << 16)
def partial_day(text: str, *, years: range = YEARS) -> str | None:
    """As exact as the source is: YYYY-MM-DD, YYYY-MM or YYYY. Raises ValueRefused as `day` does."""
    given = unicodedata.normalize("NFKC", text).strip()
    found = _PARTIAL.fullmatch(given)
    if not found or (len(given) > 4 and given.isdigit()):
        told = day(text, years=years)
        return told.isoformat() if told else None
    year, month = int(found.group(1)), int(found.group(2) or found.group(3) or 0)
    _calendar(year, month or 1, 1, text=text, years=years)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


def number(text: str) -> float:
    """A number, with or without thousands marks and a word for its scale (万, 亿). Raises ValueRefused."""
    return money(text)


def money(text: str) -> float:
    """1,234.50, ￥1234.5, 120万元, (35.00) for a negative one. Raises ValueRefused.

    >>> money("120.5万元")
    1205000.0
    """
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    return _money_in_words(text)


@lru_cache(maxsize=1 << 14)
def _money_in_words(text: str) -> float:
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise ValueRefused(f"{text!r} is no amount", "Write digits, such as 1234.50.")
    amount = float(re.sub(r"[,' ]", "", found["number"]))
    scaled = amount * _scale(found["after"].strip(), text)
    return -scaled if found["open"] else scaled


def share(text: str) -> float:
    """A stake as 0..1: 62.5%, 62.5 or 0.625; a bare 1 is the whole. Raises ValueRefused beyond 100 %.

    >>> share("62.5%")
    0.625
    """
    given = unicodedata.normalize("NFKC", text).strip()
    told = _bare(given.rstrip("% "), text)
    part = told / 100 if given.endswith("%") or told > 1 else told
    if not 0.0 <= part <= 1.0:
        raise ValueRefused(f"{text!r} is no share", "Write a share between 0 % and 100 %.")
    return round(part, 10)


def yes_or_no(text: str) -> bool:
    """Yes and no in the words of `words.yaml`. Raises ValueRefused."""
    told = folded(text)
    if told in _word_set("yes"):
        return True
    if told in _word_set("no"):
        return False
    raise ValueRefused(f"{text!r} is neither yes nor no", "Write yes or no.")


@lru_cache(maxsize=1 << 10)
def currency(text: str) -> str:
    """Three letters of ISO 4217, from the code or a usual word for it. Raises ValueRefused."""
    told = folded(text)
    known = words()["currency"].get(told)
    if known or re.fullmatch(r"[a-z]{3}", told):
        return str(known or told.upper())
    raise ValueRefused(f"{text!r} is no currency", "Write three letters, such as CNY.")


def _scale(word: str, text: str) -> float:
    word = re.sub(r"[a-z]{3}$|[$¥€£]", "", folded(word)).strip()
    for known in sorted(words()["currency"], key=len, reverse=True):
        word = word.removesuffix(folded(known)).strip()
    if not word:
        return 1.0
    if word not in words()["scale"]:
        raise ValueRefused(f"{text!r} is no amount", "Write digits, such as 1234.50.")
    return float(words()["scale"][word])


def _bare(given: str, text: str) -> float:
    try:
        return float(given)
    except ValueError as cause:
        raise ValueRefused(f"{text!r} is no share", "Write a share such as 62.5%.") from cause


def _calendar(year: int, month: int, day_of_month: int, *, text: str, years: range) -> date:
    if year not in years:
        raise ValueRefused(f"{text!r} lies outside the years {years.start} to {years.stop - 1}", "Write it as YYYY-MM-DD.")
    try:
        return date(year, month, day_of_month)
    except ValueError as cause:
        remedy = "Write a day that exists, as YYYY-MM-DD."
        raise ValueRefused(f"{text!r} is a day no calendar has", remedy, sure=f"{year:04d}") from cause
