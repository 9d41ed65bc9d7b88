"""Month words of many languages, and days that a calendar has."""

from datetime import date
from functools import cache

from resolution.records.words import rows
from resolution.sources.mappings.value_formats import Ways


@cache
def month_words() -> dict[str, dict[str, int]]:
    """Month by language for each word, without marks: listopad is October in Croatian and November in Czech."""
    months_by_word: dict[str, dict[str, int]] = {}
    for word, month, languages in rows("months.csv"):
        months_by_word.setdefault(word, {}).update(dict.fromkeys(languages.split(), int(month)))
    return months_by_word


@cache
def month_languages() -> Ways:
    """Every language of the month words."""
    return frozenset(language for spoken in month_words().values() for language in spoken)


def in_calendar(year: int, month: int, day_of_month: int) -> str | None:
    """ISO text as exact as the numbers are, 0 being one that is not known; None for a day that no calendar has."""
    if not month:
        return None if day_of_month or not year else f"{year:04d}"
    try:
        iso = date(year, month, day_of_month or 1).isoformat()
    except ValueError:
        return None
    return iso if day_of_month else iso[:7]
