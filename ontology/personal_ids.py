"""Resident ids leave a row here: hashed for joining, masked for showing, before anything else sees the row.

A resident id has 18 characters (GB 11643: region 6, birth date 8, sequence 3, check digit MOD 11-2) or, before 1999, 15 digits.
It is found by its shape and a possible birth date wherever it stands, with full-width digits, spaces or hyphens inside. The check
digit decides only whether it may be hashed: a mistyped id is still somebody's, so it is masked all the same.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache

PersonalIdKey = bytes
LENGTHS = (15, 18)
SHORTEST = 15  # characters; nothing shorter can hold a resident id, so most values are passed at once
SUFFIX = "~"  # Between what is shown of an id in a key and what tells it from others.
SUFFIX_DIGITS = 12  # Hex digits, 48 bits: of ten million ids, ten thousand each shown alike, two meet in one store of 5,000.

FILLERS = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Mn", "Me")  # Blanks, invisible marks, dashes and accents of any script.
_MARKS = r"\s\-_.,:;/|·−"
_GAP = rf"[{_MARKS}]{{0,6}}"
_MONTH = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_DAY = rf"(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
_REGION = _GAP.join([r"[1-9]"] + [r"\d"] * 5)
_NEW = _GAP.join([_REGION, rf"(?:1{_GAP}[89]|2{_GAP}0){_GAP}\d{_GAP}\d", _MONTH, _DAY, r"\d", r"\d", r"\d", r"[\dXx]"])
_OLD = _GAP.join([_REGION, r"\d", r"\d", _MONTH, _DAY, r"\d", r"\d", r"\d"])
_WHOLE = re.compile(rf"(?<!\d)(?:{_NEW}|{_OLD})(?!\d)", re.ASCII)
_DECIMAL = re.compile(r"\d{9,10}\.\d+")  # Seconds since 1970 with a fraction have fifteen digits too.
_HIDDEN = re.compile(  # Any text of such a length; what it is made of is looked at without its gaps.
    r"(?<![\d*])(?=([1-9](?:" + _GAP + r"[\d*#Xx]){17})(?![\d*#]))|(?<![\d*])(?=([1-9](?:" + _GAP + r"[\d*#Xx]){14})(?![\d*#]))",
    re.ASCII,
)
_PARTLY = re.compile(r"[1-9]\d{2,13}[*#X]{2,15}[\dX*]{0,6}", re.ASCII)
_STARS = "*＊∗✱⁎●•○◯×#＃xXＸｘ"
_ANY_DIGIT = r"[\d⓪①-⑨⁰¹²³⁴-⁹₀-₉]"
_CANDIDATE = re.compile(rf"{_ANY_DIGIT}(?:[\W_]{{0,6}}{_ANY_DIGIT}){{13}}|\d[\W_]{{0,6}}[{_STARS}][\W_]{{0,6}}[{_STARS}]")
_KEYED = re.compile(rf"\d{{3}}\*{{10}}(?:\*{{3}})?[\dX*]{{2}}{SUFFIX}[0-9a-f]{{{SUFFIX_DIGITS}}}(?![0-9a-zA-Z])", re.ASCII)
PROVINCES = frozenset(  # GB/T 2260, first two digits, with 83 (residents of Taiwan) and 91 (permanent residents from abroad).
    f"{region}{number}"
    for region, numbers in {
        1: "12345",
        2: "123",
        3: "1234567",
        4: "123456",
        5: "01234",
        6: "12345",
        7: "1",
        8: "123",
        9: "1",
    }.items()
    for number in numbers
)
_OTHER_DIGITS = re.compile(r"[^\x00-\x7f\u3400-\u9fff]")  # Han letters are none, and pass at once.
_TWINS = (
    dict.fromkeys("ＸⅩХΧ×", "X")
    | dict.fromkeys("ｘⅹхχ", "x")
    | dict.fromkeys("＊∗✱⁎●•○◯", "*")
    | {"＃": "#", "．": ".", "。": "."}
)
_TWINS |= dict.fromkeys("，、：；／｜", ",")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 2^(18-i) mod 11
_CHECKS = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mask(text: str, *, declared: bool = False) -> str:
    """`text` with every resident id in it, whole or half hidden, replaced by its first 3, stars and last 2.

    declared: the column is declared as another number (a firm's registration, an amount, an account, an order): then only what
    an id alone can be is one, 18 characters with area, day and check digit right; never a number of 15 digits.

    >>> mask("id 11010519491231002X, formerly 110105 19491231 002x")
    'id 110*************2X, formerly 110*************2X'
    >>> mask("11010519491231****")
    '110***************'
    >>> mask("350102900307123", declared=True), mask("350102900307123")
    ('350102900307123', '350**********23')
    """
    return _replace_ids(text, _mask_digits, declared=declared)


def mask_with_hash(text: str, key: PersonalIdKey, *, declared: bool = False) -> str:
    """`text` for a record's id or another key: masked, and each id followed by `~` and digits of its keyed hash.

    Unlike what is only masked, two ids never become one, and the same id becomes the same text in every file and call; both
    forms of one id do. What is keyed already stays as it is. In the id of a record a number that looks like a resident id is
    written so whatever its column: who names the record elsewhere does not say where the number stood. declared: see `mask`.

    >>> mask_with_hash("crm:110105 19491231 002X", b"k") == mask_with_hash("crm:11010519491231002X", b"k")
    True
    >>> mask_with_hash("crm:11010519491231002X", b"k")[:23]
    'crm:110*************2X~'
    """

    def mask_and_hash(plain: str) -> str:
        digits = extend_to_18(_strip_gaps(plain))
        return _mask_digits(digits) + hash_suffix(digits, key)

    return _replace_ids(text, mask_and_hash, declared=declared)


def hash_suffix(digits: str, key: PersonalIdKey) -> str:
    """What tells a masked id in a key from others shown alike: `~` and 12 hex digits."""
    canonical = (
        re.sub(r"[X#](?=.)", "*", digits) if digits[:1].isdigit() else digits
    )  # Hidden with X or with stars, it is one number.
    return SUFFIX + hmac.new(key, f"key:{canonical}".encode(), hashlib.sha256).hexdigest()[:SUFFIX_DIGITS]


def has_hash_suffix(text: str) -> bool:
    """Whether a text holds an id as `mask_with_hash` writes it."""
    return SUFFIX in text and _KEYED.search(text) is not None


def mask_row(values: dict[str, str], *, declared: Collection[str] = ()) -> dict[str, str]:
    """All values of a row, and its headers, masked; the row itself where there was nothing to mask.

    declared: headers of columns declared as other numbers, see `mask`.
    """
    long_columns = [
        name for name, value in values.items() if len(value) >= SHORTEST and (not value.isdigit() or len(value) in LENGTHS)
    ]
    masked_values = {
        name: masked for name in long_columns if (masked := _cached_mask(values[name], declared=name in declared)) != values[name]
    }
    masked_headers = _masked_headers(tuple(values))
    if not masked_values and masked_headers is None:
        return values
    return dict(zip(masked_headers or values, (values | masked_values).values(), strict=True))


def texts_to_mask(texts: Iterable[str], *, declared: bool = False) -> frozenset[str]:
    """Those of the texts of a column that `mask_row` would change."""
    return frozenset(
        text
        for text in texts
        if len(text) >= SHORTEST
        and (not text.isdigit() or len(text) in LENGTHS)
        and _cached_mask(text, declared=declared) != text
    )


def has_plain_headers(headers: tuple[str, ...]) -> bool:
    """Whether `mask_row` leaves the headers of a row as they are."""
    return _masked_headers(headers) is None


def mask_number(text: str) -> str:
    """A personal number as its column declares it, masked whatever its shape: a passport, a number with a digit too few.

    >>> mask_number("1101051949123100"), mask_number("E12345678"), mask_number("none")
    ('110***********00', 'E12****78', 'none')
    """
    masked = mask(text)
    return masked if masked != text or has_hash_suffix(text) else _NUMBER.sub(lambda match: _mask_letters(match.group()), text)


def mask_number_with_hash(text: str, key: PersonalIdKey) -> str:
    """As `mask_with_hash`, of a personal number of any shape."""
    masked = mask_with_hash(text, key)
    if masked != text or has_hash_suffix(text):
        return masked
    return _NUMBER.sub(lambda match: _mask_letters(match.group()) + hash_suffix(_alphanumerics(match.group()), key), text)


def hash_resident_id(text: str, key: PersonalIdKey) -> str | None:
    """HMAC-SHA-256 (hex) of the one resident id that `text` is; None where it is none or its check digit contradicts.

    The 15-digit form is brought to 18 first, so that both forms of one id join.
    """
    if len(text) < SHORTEST:
        return None
    digits = _strip_gaps(_to_ascii(text))
    if not _WHOLE.fullmatch(digits):
        return None
    digits = extend_to_18(digits)
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
    digits = _strip_gaps(_to_ascii(text))
    if not (_WHOLE.fullmatch(digits) or (len(digits) in LENGTHS and _PARTLY.fullmatch(digits))):
        return None
    year = digits[6:10] if len(digits) == LENGTHS[1] else f"19{digits[6:8]}"
    return year if year.isdigit() else None


def narrow_digits(text: str) -> str:
    """Digits, X and the signs that hide others, in ASCII and without gaps."""
    return _strip_gaps(_to_ascii(text))


def is_whole(digits: str) -> bool:
    """Whether digits without gaps are a whole resident id, by their shape."""
    return _WHOLE.fullmatch(digits) is not None


def check_digit(digits: str) -> str:
    """The 18th character to the first 17 digits. Source: GB 11643-1999, ISO 7064 MOD 11-2.

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


def _replace_ids(text: str, write: Callable[[str], str], *, declared: bool = False) -> str:
    if len(text) < SHORTEST or (text.isdigit() and len(text) not in LENGTHS) or not _CANDIDATE.search(text):
        return text
    plain = _to_ascii(text)
    for start, end in sorted(_spans(plain, declared=declared), reverse=True):
        text = text[:start] + write(plain[start:end]) + text[end:]
    return text


def _spans(plain: str, *, declared: bool) -> list[tuple[int, int]]:
    """Where ids stand, none of them within another; those that are keyed already are left out."""
    spans = [match.span() for match in _KEYED.finditer(plain)] if SUFFIX in plain else []
    already_hashed = len(spans)
    is_id = _is_certain if declared else _is_likely
    whole = (match.span() for match in _WHOLE.finditer(plain) if is_id(match.group()))
    hidden = (match.span(1 if match.group(1) else 2) for match in _HIDDEN.finditer(plain) if _is_hidden(match[1] or match[2]))
    for start, end in (*whole, *hidden):
        if all(end <= other_start or start >= other_end for other_start, other_end in spans):
            spans.append((start, end))
    return spans[already_hashed:]


def _is_hidden(plain: str) -> bool:
    return _PARTLY.fullmatch(_strip_gaps(plain)) is not None


def _is_likely(plain: str) -> bool:
    """Of a number in a free text: one of 18 is an id by its year, month and day, however mistyped; one of 15 if it can be one."""
    digits = _strip_gaps(plain)
    if len(digits) == LENGTHS[0]:
        return not _DECIMAL.fullmatch(plain) and _is_possible(extend_to_18(digits))
    return not _is_uscc(plain)


def _is_certain(plain: str) -> bool:
    """Of a number in a column declared as another: one that nothing but an id is."""
    digits = _strip_gaps(plain)
    return (
        len(digits) == LENGTHS[1] and _is_possible(digits) and check_digit(digits) == digits[17] and not _is_credit_code(digits)
    )


def _is_possible(digits: str) -> bool:
    """Whether there is such a province, and such a day."""
    try:
        return digits[:2] in PROVINCES and bool(date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14])))
    except ValueError:
        return False


def extend_to_18(digits: str) -> str:
    """The form of 18 characters of an id of 15 digits; anything else as it is."""
    if len(digits) != LENGTHS[0] or not digits.isdigit():
        return digits
    longer = f"{digits[:6]}19{digits[6:]}"
    return longer + check_digit(longer)


def _mask_letters(text: str) -> str:
    letters = _alphanumerics(text)
    return letters[:3] + "*" * (len(letters) - 5) + letters[-2:]


def _alphanumerics(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", _to_ascii(text)).upper()


_NUMBER = re.compile(r"(?=[^\d]{0,3}\d)[^\W_](?:[ \-./]?[^\W_]){5,}")  # Of a number with its letters: E12345678, 123-45-6789.
_cached_mask = lru_cache(maxsize=1 << 17)(mask)  # Codes and headers come again and again.


@lru_cache(maxsize=1 << 10)
def _masked_headers(headers: tuple[str, ...]) -> tuple[str, ...] | None:
    masked = tuple(mask(header) for header in headers)
    return None if masked == headers else masked


def _to_ascii(text: str) -> str:
    """Digits of any script, full-width X and star as ASCII, blanks and dashes as blanks; one for one, so that positions stay."""
    if text.isascii():
        return text
    return _OTHER_DIGITS.sub(_ascii_twin, text)


def _ascii_twin(match: re.Match[str]) -> str:
    letter = match.group()
    if letter.isdigit():
        return str(unicodedata.digit(letter))
    if unicodedata.category(letter) in FILLERS:
        return " "
    return _TWINS.get(letter, letter)


def _strip_gaps(plain: str) -> str:
    return re.sub(r"[^\dXx*#]", "", plain).upper()


def _mask_digits(plain: str) -> str:
    digits = _strip_gaps(plain)
    return digits[:3] + "*" * (len(digits) - 5) + re.sub(r"[#X](?=.)|#", "*", digits[-2:])


def _is_uscc(plain: str) -> bool:
    """A credit code of digits only can look like a resident id; it is one when only its own check digit holds."""
    return len(plain) == 18 and plain.isdigit() and check_digit(plain) != plain[17] and _is_credit_code(plain)


def _is_credit_code(plain: str) -> bool:
    """Whether the check digit of a credit code holds (GB 32100-2015)."""
    if not plain.isdigit():
        return False
    total = sum(int(digit) * pow(3, position, 31) for position, digit in enumerate(plain[:17]))
    return _USCC[-total % 31] == plain[17]
