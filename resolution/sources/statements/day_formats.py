"""Days in the formats that a mapping declares: DD/MM/YYYY, D MMMM YYYY, epoch_ms …"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache

from resolution.records.text import unmarked
from resolution.sources.mappings.value_formats import PARTS, SINCE_1970
from resolution.sources.statements.months import in_calendar, month_words

MILLISECONDS_FROM = 10**11  # As seconds these would lie in the year 5138.
EXCEL_START = datetime(1899, 12, 30, tzinfo=UTC)
EXCEL_LAST = 2_958_465  # 31 December 9999.
CENTURY = 100
PATTERNS = {"MMMM": r"([^\W\d_]+)\.?", "MMM": r"([^\W\d_]+)\.?", "YYYY": r"(\d{4})", "YY": r"(\d{2})"}
TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*|T.*)?"


@lru_cache(maxsize=1 << 14)
def declared_readings(text: str, formats: tuple[str, ...], pivot: int | None) -> dict[str, str]:
    """ISO text by way, for each declared format in which the text can be read."""
    readings: dict[str, str] = {}
    for day_format in formats:
        if day_format == "excel" or SINCE_1970.fullmatch(day_format):
            read = {day_format: iso} if (iso := _day_of_count(text, day_format)) else {}
        else:
            read = _days_of_parts(text, day_format, pivot)
        readings |= {f"{way} {day_format}" if way in readings else way: iso for way, iso in read.items()}
    return readings


def _day_of_count(text: str, form: str) -> str | None:
    """Days since 1900 as spreadsheets count them, or seconds since 1970, as a day."""
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d+)?", text):
        return None
    count = float(text)
    if form == "excel":
        return (EXCEL_START + timedelta(days=count)).date().isoformat() if 0 < count <= EXCEL_LAST else None
    match = SINCE_1970.fullmatch(form)
    unit, zone = (match["unit"], match["zone"]) if match else (None, None)
    seconds = count / 1000 if unit == "_ms" or (unit is None and abs(count) >= MILLISECONDS_FROM) else count
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(_zone(zone)).date().isoformat()
    except OverflowError:
        return None


def _zone(text: str | None) -> timezone:
    if text is None:
        return UTC
    sign = -1 if text.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))


def _days_of_parts(text: str, form: str, pivot: int | None) -> dict[str, str]:
    pattern, letters = _pattern(form)
    match = pattern.fullmatch(text)
    if not match:
        return {}
    parts = dict(zip(letters, match.groups(), strict=True))
    year, day_number = _year(parts["Y"], pivot), int(parts.get("D", "0"))
    month = parts.get("M", "0")
    by_language = {form: int(month)} if month.isdigit() else month_words().get(unmarked(month), {})
    return {way: iso for way, number in by_language.items() if (iso := in_calendar(year, number, day_number))}


def _year(digits: str, pivot: int | None) -> int:
    """The year of four digits, or the one of the hundred years from `pivot` on that ends so."""
    if len(digits) > 2 or pivot is None:
        return int(digits)
    return pivot + (int(digits) - pivot) % CENTURY


@cache
def _pattern(form: str) -> tuple[re.Pattern[str], str]:
    """What matches a format, and the first letters of its parts in their order."""
    has_separators = bool(PARTS.sub("", form))
    pieces, letters, end = [], "", 0
    for part in PARTS.finditer(form):
        pieces.append(_literal(form[end : part.start()]))
        pieces.append(PATTERNS.get(part[0]) or (r"(\d{1,2})" if has_separators else r"(\d{2})"))
        letters, end = letters + part[0][0], part.end()
    return re.compile("".join(pieces) + _literal(form[end:]) + TIME), letters


def _literal(text: str) -> str:
    return r"\s+".join(re.escape(piece) for piece in text.split(" ")) if text.strip() or not text else r"\s+"
