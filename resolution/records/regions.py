"""Names of Chinese divisions by their GB/T 2260 code."""

from functools import cache

from resolution.records.text import plain_u, sound
from resolution.records.words import rows

SUFFIXES = ("自治区", "自治州", "地区", "省", "市", "盟")
PROVINCES, PROVINCES_AND_TOWNS = "0000", "00"  # The end of their codes; names of counties are names of everything.


def region_name(code: str) -> str | None:
    """The full name of a division, today's where there are several; None for an unknown code.

    >>> region_name("440300")
    '深圳市'
    """
    return _names().get(code)


@cache
def region_sounds(code_end: str = PROVINCES_AND_TOWNS) -> dict[str, str]:
    """Names of provinces and of towns with a prefecture's rank, with and without their rank, to their pinyin without it."""
    names = [name for name, code in rows("regions.csv") if code.endswith(code_end)]
    return {name: plain_u(sound(_without_rank(name))) for name in names}


def _without_rank(name: str) -> str:
    suffix = next((suffix for suffix in SUFFIXES if name.endswith(suffix) and len(name) > len(suffix) + 1), "")
    return name.removesuffix(suffix)


@cache
def _names() -> dict[str, str]:
    name_by_code: dict[str, str] = {}
    for name, code in rows("regions.csv"):
        if len(name) > len(name_by_code.get(code, "")):
            name_by_code[code] = name
    return name_by_code
