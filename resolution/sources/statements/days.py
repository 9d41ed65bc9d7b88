"""Days as people write them, each as exact as its source: with month words of many languages, without a year invented.

The order of 03/04/2021, and the language of a month word that two languages use for different months, is the column's to say.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from resolution.records.text import unmarked
from resolution.sources.mappings.value_formats import Ways, Writing, nothing_known
from resolution.sources.statements.ambiguity import possible_values
from resolution.sources.statements.day_formats import declared_readings
from resolution.sources.statements.months import in_calendar, month_words
from resolution.sources.statements.texts import ValueRefused, word_set

YEARS = range(1700, 2200)  # Beyond these a date is a slip of the pen.
BIRTH_YEARS = range(1000, 2200)  # People of history, too; year 1 is what programs write for no date.
ORDERS: Ways = frozenset({"dmy", "mdy"})
NEVER = ("9999-12-31", "9999", "2999-12-31", "2099-12-31")  # As programs write an end that does not come, in any order.
ALWAYS = "always"  # The way of a text that can be read in one way only.
ALONE = Writing(nothing_known)
WRITE_IT = "Write it as YYYY-MM-DD."

_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*|T.*)?"
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2})"  # XML Schema lets a day, a month and a year have one.
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日号일]?\.?(?:[T ].*|" + _ZONE + ")?")
_SQUEEZED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|[T ,]+\d{1,2}:\d{2}.*|" + _ZONE + ")?")
_MONTH_LAST = re.compile(r"(\d{4})\s*(?:[-/.年년]\s*(\d{1,2})\s*[月월]?)?[年년]?(?:Z|\+\d{2}:\d{2})?")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})" + _TIME)
_TWO_DIGITS = re.compile(r"\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[^\W\d]+\.?)\s*[-/. ]\s*\d{2}" + _TIME)
_ZEROS = re.compile(r"0[0\s/.:T-]*")
_TOKENS = re.compile(r"\d+|[^\d\s,./\-–()\[\]~?'’:;،、]+")
_HOUR = re.compile(r"[T ,]+\d{1,2}:\d{2}.*")


class DayReading(NamedTuple):
    """What one text says: YYYY, YYYY-MM or YYYY-MM-DD by way; `sure` is the year that holds in any case."""

    by_way: dict[str, str]
    sure: str | None = None
    about: bool = False


def day(text: str, writing: Writing = ALONE, *, years: range = YEARS) -> date | None:
    """A whole day, with or without a time; None for an end that never comes and for a day of zeros.

    Raises ValueRefused on anything else, on days that no calendar has, on those that may be several, and beyond `years`.
    """
    if not writing.formats and (whole := _whole_day(text)) and whole.year in years:
        return whole
    iso_day = partial_day(text, writing, years=years)
    if iso_day is None or len(iso_day) == 10:
        return date.fromisoformat(iso_day) if iso_day else None
    raise ValueRefused(f"{text!r} is no day", WRITE_IT, sure=iso_day)


def birth(text: str, writing: Writing = ALONE) -> str | None:
    """As `partial_day`, of people since the year 1000."""
    return partial_day(text, writing, years=BIRTH_YEARS)


def partial_day(text: str, writing: Writing = ALONE, *, years: range = YEARS) -> str | None:
    """As exact as the source is: YYYY-MM-DD, YYYY-MM or YYYY. Raises ValueRefused; `sure` of it is the year, where one is.

    >>> partial_day("12-MAY-2003"), partial_day("5 января 2024 г."), partial_day("1980-05-00")
    ('2003-05-12', '2024-01-05', '1980-05')
    """
    if never_comes(text):
        return None
    reading = _declared_reading(text, writing) if writing.formats else readings(text)
    values = possible_values(reading.by_way, writing._replace(declared=False))
    sure = reading.sure if reading.sure and int(reading.sure) in years else None
    if not reading.by_way:
        remedy = _remedy(text, writing)
        raise ValueRefused(f"{text!r} is {_no_day(text, reading)}", remedy, sure=sure, unsettled="mapping" in remedy)
    if len(values) != 1:
        choices = " or ".join(sorted(set(reading.by_way.values())))
        raise ValueRefused(
            f"{text!r} can be {choices}, and the column does not say which", _remedy(text, writing), sure=sure, unsettled=True
        )
    value = values.pop()
    if value in NEVER:
        return None
    if int(value[:4]) not in years:
        raise ValueRefused(f"{text!r} lies outside the years {years.start} to {years.stop - 1}", WRITE_IT)
    if reading.about:
        raise ValueRefused(f"{text!r} is not exact", "Write the day where it is known.", sure=value)
    return value


@lru_cache(maxsize=1 << 16)
def _whole_day(text: str) -> date | None:
    """The day of a text that can be read in one way only, as nearly all of most files can."""
    reading = readings(text)
    certain = reading.by_way.get(ALWAYS, "")
    return date.fromisoformat(certain) if len(certain) == 10 and not reading.about and certain not in NEVER else None


@lru_cache(maxsize=1 << 14)
def never_comes(text: str) -> bool:
    """Whether a text stands for no day at all: an open end, or zeros as programs write them."""
    normalized = _normalize(text)
    return normalized.casefold() in word_set("open_end") or _ZEROS.fullmatch(normalized) is not None


@lru_cache(maxsize=1 << 16)
def readings(text: str) -> DayReading:
    """Every day that a text may mean."""
    normalized = _normalize(text)
    if match := _YEAR_FIRST.fullmatch(normalized):
        return _one_way_reading(*map(int, match.groups()))
    if match := _SQUEEZED.fullmatch(normalized):
        return DayReading(_one_way_reading(*map(int, match.groups())).by_way)  # No year is sure: it may be written day first.
    if match := _MONTH_LAST.fullmatch(normalized):
        return _one_way_reading(int(match[1]), int(match[2] or 0), 0, sure=match[2] is None)
    if match := _MONTH_FIRST.fullmatch(normalized):
        return _one_way_reading(int(match[2]), int(match[1]), 0)
    if match := _YEAR_LAST.fullmatch(normalized):
        return _two_orders_reading(*map(int, match.groups()))
    return _reading_with_words(normalized)


def _declared_reading(text: str, writing: Writing) -> DayReading:
    """What the formats of the page make of a text; else what it says by itself, where no format contradicts that."""
    normalized = _normalize(text)
    by_way = declared_readings(normalized, writing.formats, writing.pivot)
    if by_way:
        return DayReading(by_way)
    undeclared = readings(text)
    itself = not _SQUEEZED.fullmatch(normalized) and not any(day_format.startswith("YY") for day_format in writing.formats)
    return undeclared if itself and not ORDERS & undeclared.by_way.keys() else DayReading({}, undeclared.sure)


def _one_way_reading(year: int, month: int, day_of_month: int, *, sure: bool = True) -> DayReading:
    iso = in_calendar(year, month, day_of_month)
    return DayReading({ALWAYS: iso} if iso else {}, f"{year:04d}" if sure else None)


def _two_orders_reading(first: int, second: int, year: int) -> DayReading:
    orders = {"dmy": in_calendar(year, second, first), "mdy": in_calendar(year, first, second)}
    return DayReading({order: iso for order, iso in orders.items() if iso}, f"{year:04d}")


def _reading_with_words(normalized: str) -> DayReading:
    """A day with a month word in any order, and with words around it that do not change it."""
    tokens = _TOKENS.findall(_HOUR.sub("", normalized))
    spoken = [unmarked(token) for token in tokens if not token.isdigit()]
    about = bool(word_set("about").intersection(spoken)) or "?" in normalized or "~" in normalized
    months = [month_numbers for word in spoken if (month_numbers := month_words().get(word))]
    other_words = [
        word for word in spoken if word not in month_words() and word not in word_set("around_days") | word_set("about")
    ]
    years = [token for token in tokens if token.isdigit() and len(token) == 4]
    days = [token for token in tokens if token.isdigit() and len(token) < 3]
    if other_words or len(years) != 1 or len(years) + len(days) != sum(map(str.isdigit, tokens)):
        return DayReading({})
    if not months and not days:
        return DayReading({ALWAYS: years[0]}, years[0], about=about)
    if len(months) != 1 or len(days) > 1:
        return _without_words(normalized, years[0], about=about)
    day_number = int(days[0]) if days else 0
    by_way = {language: in_calendar(int(years[0]), month, day_number) for language, month in months[0].items()}
    return DayReading({language: iso for language, iso in by_way.items() if iso}, years[0], about=about)


def _without_words(normalized: str, year: str, *, about: bool) -> DayReading:
    """`circa 13/05/1980`: the numbers by themselves."""
    numbers = "/".join(token for token in _TOKENS.findall(normalized) if token.isdigit())
    match = _YEAR_LAST.fullmatch(numbers) or _YEAR_FIRST.fullmatch(numbers)
    return readings(numbers)._replace(about=about) if match and about else DayReading({}, year)


def _no_day(text: str, reading: DayReading) -> str:
    return "a day no calendar has" if reading.sure and _YEAR_FIRST.fullmatch(_normalize(text)) else "no day"


def _remedy(text: str, writing: Writing) -> str:
    if writing.formats:
        return f"The mapping says {' or '.join(writing.formats)}; write it so, or as YYYY-MM-DD."
    if _TWO_DIGITS.fullmatch(_normalize(text)):
        return "Write the whole year, or say in the mapping day: DD/MM/YY (or as it is written) and pivot: 1950 for 1950 to 2049."
    if re.fullmatch(r"\d{5}|\d{10}|\d{13}", text.strip()):
        return "Write it as YYYY-MM-DD, or say in the mapping day: excel, day: epoch_s or day: epoch_ms."
    if len(ORDERS & readings(text).by_way.keys()) > 1:
        return "Say in the mapping which comes first, as day: DD/MM/YYYY or day: MM/DD/YYYY of this value."
    return WRITE_IT


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
