"""Resident ids leave a row here: hashed for joining, masked for showing, before anything else sees the row.

A resident id has 18 characters (GB 11643: region 6, birth date 8, sequence 3, check digit MOD 11-2) or, before 1999, 15 digits.
It is found by its shape and a possible birth date wherever it stands, with full-width digits, spaces or hyphens inside. The check
digit decides only whether it may be hashed: a mistyped id is still somebody's, so it is masked all the same.
"""

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

PersonalIdKey = bytes
LENGTHS = (15, 18)
SHORTEST = 15  # characters; nothing shorter can hold a resident id, so most values are passed at once

FILLERS = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd")  # Blanks, invisible marks and dashes of any script.
_GAP = r"[\s\-_.·−]{0,3}"
_MONTH = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_DAY = rf"(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
_REGION = _GAP.join([r"[1-9]"] + [r"\d"] * 5)
_NEW = _GAP.join([_REGION, rf"(?:1{_GAP}[89]|2{_GAP}0){_GAP}\d{_GAP}\d", _MONTH, _DAY, r"\d", r"\d", r"\d", r"[\dXx]"])
_OLD = _GAP.join([_REGION, r"\d", r"\d", _MONTH, _DAY, r"\d", r"\d", r"\d"])
_WHOLE = re.compile(rf"(?<!\d)(?:{_NEW}|{_OLD})(?!\d)", re.ASCII)
_DECIMAL = re.compile(r"\d+\.\d+")  # Seconds since 1970 with a fraction have fifteen digits too.
_PARTLY = re.compile(r"(?<![\dA-Za-z])[1-9]\d{2,13}[*＊]{2,15}[\dXx*＊]{0,6}(?![\dA-Za-z*＊])", re.ASCII)
_WORTH_A_LOOK = re.compile(r"\d(?:[\W_]{0,3}\d){13}|\d[*＊]")
_OTHER_DIGITS = re.compile(r"[^\x00-\x7f\u3400-\u9fff]")  # Han letters are none, and pass at once.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 2^(18-i) mod 11
_CHECKS = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mask(text: str) -> str:
    """`text` with every resident id in it, whole or half hidden, replaced by its first 3, stars and last 2.

    >>> mask("id 11010519491231002X, formerly 110105 19491231 002x")
    'id 110*************2X, formerly 110*************2X'
    >>> mask("11010519491231****")
    '110***************'
    """
    if len(text) < SHORTEST or (text.isdigit() and len(text) not in LENGTHS) or not _WORTH_A_LOOK.search(text):
        return text
    plain = _plain(text)
    spans = [
        found.span() for found in _WHOLE.finditer(plain) if not (_DECIMAL.fullmatch(found.group()) or _is_uscc(found.group()))
    ]
    spans += [found.span() for found in _PARTLY.finditer(plain) if len(found.group()) in LENGTHS]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + _shown(plain[start:end]) + text[end:]
    return text


def mask_row(values: dict[str, str]) -> dict[str, str]:
    """All values of a row, and its headers, masked; the row itself where there was nothing to mask."""
    long = [name for name, value in values.items() if len(value) >= SHORTEST and (not value.isdigit() or len(value) in LENGTHS)]
    changed = {name: shown for name in long if (shown := _cached(values[name])) != values[name]}
    shown_headers = _masked_headers(tuple(values))
    if not changed and shown_headers is None:
        return values
    return dict(zip(shown_headers or values, (values | changed).values(), strict=True))


def sealed(text: str, key: PersonalIdKey) -> str | None:
    """HMAC-SHA-256 (hex) of the one resident id that `text` is; None where it is none or its check digit contradicts.

    The 15-digit form is brought to 18 first, so that both forms of one id join.
    """
    if len(text) < SHORTEST:
        return None
    digits = _squeezed(_plain(text))
    if not _WHOLE.fullmatch(digits):
        return None
    if len(digits) == 15:
        digits = f"{digits[:6]}19{digits[6:]}"
        digits += check_digit(digits)
    if check_digit(digits) != digits[17]:
        return None
    return hmac.new(key, digits.encode("ascii"), hashlib.sha256).hexdigest()


def birth_year(text: str) -> str | None:
    """The year of birth in the one resident id that `text` is, whole or with its month and day hidden; None where it is none.

    Of all that the mask hides it is the only part that is kept, as the year and no more.

    >>> birth_year("3203011975****4417"), birth_year("320301********4417")
    ('1975', None)
    """
    if len(text) < SHORTEST:
        return None
    digits = _squeezed(_plain(text))
    if not (_WHOLE.fullmatch(digits) or (len(digits) in LENGTHS and _PARTLY.fullmatch(digits))):
        return None
    year = digits[6:10] if len(digits) == LENGTHS[1] else f"19{digits[6:8]}"
    return year if year.isdigit() else None


def check_digit(digits: str) -> str:
    """The 18th character to the first 17 digits. Source: GB 11643-1999, ISO 7064 MOD 11-2.

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


_cached = lru_cache(maxsize=1 << 17)(mask)  # Codes and headers come again and again.


@lru_cache(maxsize=1 << 10)
def _masked_headers(headers: tuple[str, ...]) -> tuple[str, ...] | None:
    shown = tuple(mask(header) for header in headers)
    return None if shown == headers else shown


def _plain(text: str) -> str:
    """Digits of any script, full-width X and star as ASCII, blanks and dashes as blanks; one for one, so that positions stay."""
    if text.isascii():
        return text
    return _OTHER_DIGITS.sub(_ascii_twin, text)


def _ascii_twin(found: re.Match[str]) -> str:
    letter = found.group()
    if letter.isdecimal():
        return str(int(letter))
    if unicodedata.category(letter) in FILLERS:
        return " "
    return {"Ｘ": "X", "ｘ": "x", "＊": "*"}.get(letter, letter)


def _squeezed(plain: str) -> str:
    return re.sub(r"[^\dXx*]", "", plain).upper()


def _shown(plain: str) -> str:
    digits = _squeezed(plain)
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]


def _is_uscc(plain: str) -> bool:
    """A credit code of digits only can look like a resident id; it is one when only its own check digit holds."""
    if len(plain) != 18 or not plain.isdigit() or check_digit(plain) == plain[17]:
        return False
    total = sum(int(digit) * pow(3, place, 31) for place, digit in enumerate(plain[:17]))
    return _USCC[-total % 31] == plain[17]
