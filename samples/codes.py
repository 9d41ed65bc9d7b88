"""Codes with correct check digits in ranges that no authority assigns."""

from datetime import date
from random import Random

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z.
ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
PHONE_AREA = "0390"  # Assigned to no place.


def uscc(prefix: str, division: str, serial: int) -> str:
    """A unified social credit code: 2 characters of register and kind, 6 of division, organisation code, check.

    prefix: "91" firm, "92" sole trader, "11" state organ; serial: 0..99,999,999, one a party.

    >>> uscc("91", "391082", 1)
    '91391082000000019Y'
    """
    body = f"{prefix}{division}{_with_org_check(f'{serial:08d}')}"
    total = sum(USCC_LETTERS.index(letter) * pow(3, position, 31) for position, letter in enumerate(body))
    return body + USCC_LETTERS[-total % 31]


def wrong_uscc(right: str) -> str:
    """The same code with another check digit, as a slip of the pen leaves it."""
    return right[:-1] + USCC_LETTERS[(USCC_LETTERS.index(right[-1]) + 7) % 31]


def resident_id(division: str, born_on: date, serial: int) -> str:
    """A resident identity number: division, day of birth, serial 0..999, check digit.

    >>> resident_id("391082", date(1979, 3, 8), 12)
    '391082197903080123'
    """
    body = f"{division}{born_on:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, RESIDENT_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def court_mask(number: str) -> str:
    """A resident id as courts publish it: month and day of birth hidden."""
    return f"{number[:10]}****{number[14:]}"


def phone(rng: Random) -> str:
    """Eight digits behind the area code, without any mark."""
    return f"{PHONE_AREA}{rng.randrange(20_000_000, 89_999_999)}"


def _with_org_check(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, ORG_CODE_WEIGHTS, strict=True))
    return body + "0123456789X0"[11 - total % 11]
