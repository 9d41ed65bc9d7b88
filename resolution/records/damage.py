"""What a spreadsheet does to a code: it takes the text for a number, and writes the number in its own way."""

import re
import unicodedata

SCIENTIFIC = "scientific notation"
ROUNDED = "rounded tail"
SHORTENED = "lost leading zeros"
SIGNIFICANT_DIGITS = 15  # A 64-bit float keeps so many; a spreadsheet writes zeros for those behind.
ROUNDED_MIN = 17  # Digits from which zeros at the end are no accident: of true numbers with 17 one in a hundred ends so.
ZEROS_LOST_MAX = 3
LENGTHS = {"org_code": 9, "ein": 9, "ssn": 9, "duns": 9, "customs_no": 10, "lei": 20}  # Characters of a whole code.

_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+E[+-]?|E\+)\d{1,3}", re.IGNORECASE)
_POINT_ZERO = re.compile(r"(\d+)[.,]0{1,2}")
_GAPS = re.compile(r"[\s\-_]")


def damage(text: str, scheme: str | None = None) -> str | None:
    """What a spreadsheet did to a code, in words; None where nothing shows.

    scheme: of `identifiers.yaml`, where it is known: lost zeros show only in a code of fixed length.

    >>> damage("9.13E+17"), damage("913501000012340000"), damage("1234567", "ein"), damage("08431127")
    ('scientific notation', 'rounded tail', 'lost leading zeros', None)
    """
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", text))
    if _SCIENTIFIC.fullmatch(plain):
        return SCIENTIFIC
    plain = without_point_zero(plain)
    if not (plain.isascii() and plain.isdigit()):
        return None
    if is_rounded(plain):
        return ROUNDED
    whole = LENGTHS.get(scheme or "", 0)
    return SHORTENED if 0 < whole - len(plain) <= ZEROS_LOST_MAX else None


def is_rounded(code: str) -> bool:
    """Whether a whole number is so long, and ends in so many zeros, that a spreadsheet rounded it.

    >>> is_rounded("913501000012340000"), is_rounded("9135010000123450"), is_rounded("0" * 18)
    (True, False, False)
    """
    return code.isdigit() and len(code) >= ROUNDED_MIN and bool(code.strip("0")) and not code[SIGNIFICANT_DIGITS:].strip("0")


def without_point_zero(text: str) -> str:
    """A whole number that was written as a fraction: `431127.0` is `431127`."""
    match = _POINT_ZERO.fullmatch(text)
    return match[1] if match else text
