"""Names of Chinese divisions by their GB/T 2260 code."""

from functools import cache

from resolution.records.words import rows


def region_name(code: str) -> str | None:
    """The full name of a division, today's where there are several; None for an unknown code.

    >>> region_name("440300")
    '深圳市'
    """
    return _names().get(code)


@cache
def _names() -> dict[str, str]:
    name_by_code: dict[str, str] = {}
    for name, code in rows("regions.csv"):
        if len(name) > len(name_by_code.get(code, "")):
            name_by_code[code] = name
    return name_by_code
