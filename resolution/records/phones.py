"""Phone numbers in the form they are compared in: digits with the country's code in front, where the country can be told.

Plans of numbers (codes, trunk prefixes, lengths) are those of `phonenumbers`, Google's libphonenumber. Its parser takes some 60
microseconds a number, so it is asked only where a country's trunk prefix is more than a few digits; elsewhere its tables do.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import phonenumbers

from resolution.records.placeholders import is_placeholder_number

PHONE_DIGITS_MIN = 7  # Shorter numbers are extensions and service lines.
_NOT_DIGIT = re.compile(r"\D")
_SEVERAL = re.compile(r"[;,|、；，]|\s/\s|/(?=\s*(?:\+|00|\(?0\d))|\bor\b|或")
_EXTENSION = re.compile(
    r"(?:\bext(?:ension|n)?\b|\bx|#|转|轉|分机|\bдоб(?:авочный)?|\bposte\b|\banexo\b|\bramal\b|\bint(?:erno)?\b|\bdurchwahl\b)"
    r"[\s.:]*\d{1,6}\s*$",
    re.IGNORECASE,
)
_DIALLED_ON = re.compile(r"^(\(?0\d{2,3}\)?[-\s]\d{7,8})-\d{1,5}$")  # 0571-88888881-802
_ORDINARY = re.compile(r"\s*\+?[\d\s().-]+", re.ASCII)


class Plan(NamedTuple):
    """Numbers of one country: its code, what is dialled in front within it, and how many digits a number has behind that.

    bare:   digits that may stand without what is dialled in front: a number of a town without its code is too short for that.
    simple: whether the tables tell all; else the library's parser is asked.
    """

    code: str
    trunk: str
    lengths: frozenset[int]
    bare: frozenset[int]
    simple: bool


def phone_numbers(text: str, country: str = "") -> tuple[str, ...]:
    """The numbers of one cell as digits, without extensions; none where there are too few digits, or they stand for no number.

    country: ISO 3166-1 alpha-2 of whoever has the number, "" where it is not told.

    >>> phone_numbers("+39 0352 6553537"), phone_numbers("(020) 7946 0018 ext. 4", "gb"), phone_numbers("0000000")
    (('3903526553537',), ('442079460018',), ())
    """
    if _ORDINARY.fullmatch(text):
        digits = _number(text, country)
        return (digits,) if digits else ()
    numbers = [digits for part in _SEVERAL.split(text) if (digits := _number(_EXTENSION.sub("", part), country))]
    return tuple(dict.fromkeys(numbers))


@lru_cache(maxsize=1 << 16)
def _number(text: str, country: str) -> str:
    plain = text.strip().replace("(0)", "") if "+" in text else text.strip()
    if plain.count("-") > 1:
        plain = _DIALLED_ON.sub(r"\1", plain)
    digits = _NOT_DIGIT.sub("", plain)
    if len(digits) < PHONE_DIGITS_MIN or is_placeholder_number(digits) or not digits.isascii():
        return ""
    if plain.startswith(("+", "(+", "＋")):
        return digits
    if digits.startswith("00"):
        return digits.removeprefix("00") if len(digits) > PHONE_DIGITS_MIN + 1 else ""
    whole = _international(digits, country.upper()) if country else digits
    return "" if whole != digits and is_placeholder_number(whole) else whole


def _international(digits: str, country: str) -> str:
    """Digits with the country's code in front; as they are where the country's plan has no such number."""
    plan = _plan(country)
    if plan is None:
        return digits
    if not plan.simple:
        return _parse_by_library(digits, country)
    national = digits.removeprefix(plan.trunk)
    if plan.trunk and national != digits and len(national) in plan.lengths:
        return plan.code + national
    return plan.code + digits if len(digits) in plan.bare else digits


@lru_cache(maxsize=1 << 16)
def _parse_by_library(digits: str, country: str) -> str:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


@cache
def _plan(country: str) -> Plan | None:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    if metadata is None or metadata.general_desc is None or metadata.mobile is None:
        return None
    trunk = metadata.national_prefix or ""
    lengths = frozenset(metadata.general_desc.possible_length)
    bare = frozenset(metadata.mobile.possible_length) if trunk else lengths
    return Plan(str(metadata.country_code), trunk, lengths, bare, metadata.national_prefix_transform_rule is None)
