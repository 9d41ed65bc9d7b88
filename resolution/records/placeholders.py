"""What is written where nothing is known: zeros, runs of digits, PENDING, 待定, none@none.com. It is no evidence for anything.

What cannot be told by its looks is told by those who bear it: see `resolution/comparisons/crowds.py`.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml
from resolution.records.text import fold

RUN_MIN = 6  # 12345 may be a number; 123456 is a finger on the keyboard.
REPEATED_MIN = 5
LETTERS_MAX = 4  # In front of a number: DE, HRB, CHE. One letter is a part of it, as of a passport.
NOTHING_MAX = 40  # Characters of the longest word for nothing.
ASCENDING = ("01234567890123456789", "12345678901234567890", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DESCENDING = ("98765432109876543210", "0987654321")
TYPED_ENDS = ("000000", "1234567", "12345678", "123456789", "234567890", "7654321", "876543210")
DIGITS_OF_PERIOD = 3
_PREFIX = re.compile(rf"[A-Z]{{2,{LETTERS_MAX}}}(?=\d{{{REPEATED_MIN},}}$)")
_PERIODIC = re.compile(r"(..)\1{3,}|(...)\2{2,}")  # 12121212, 123123123
_GAPS = re.compile(r"[\W_]+")


@cache
def lists() -> dict[str, Any]:
    """The lists of `placeholders.yaml`."""
    return dict(read_yaml(files("resolution.records").joinpath("placeholders.yaml").read_text("utf-8")))


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists."""
    return frozenset(lists()[name])


@lru_cache(maxsize=1 << 16)
def is_word_for_nothing(text: str) -> bool:
    """Whether a text has no letter or digit, or is a word for unknown, none or not yet, in any of many languages.

    >>> is_word_for_nothing("Not available"), is_word_for_nothing("待定"), is_word_for_nothing("Nonesuch")
    (True, True, False)
    """
    plain = _squeezed(text) if len(text) <= NOTHING_MAX else text
    return not plain or plain in _words() or (len(plain) > 1 and set(plain) == {"x"})


def is_placeholder_code(value: str) -> bool:
    """Whether a code, in upper case without gaps, is a finger on the keyboard: zeros, 99999999, 123456789, HRB00000, 12121212.

    >>> is_placeholder_code("DE123456789"), is_placeholder_code("111111111111"), is_placeholder_code("08431127")
    (True, True, False)
    """
    return is_empty_code(value) or _is_pattern(_PREFIX.sub("", value))


def is_empty_code(value: str) -> bool:
    """Whether a code is a word for nothing, or zeros: that no register gives, however it counts."""
    return is_word_for_nothing(value) or not _PREFIX.sub("", value).strip("0")


def is_placeholder_number(digits: str) -> bool:
    """Whether the digits of a phone were not dialled but typed: one digit, a run, or a subscriber of zeros or in a run.

    >>> is_placeholder_number("9999999999"), is_placeholder_number("8613800000000"), is_placeholder_number("4315550123")
    (True, True, False)
    """
    national = digits.removeprefix("86") if len(digits) == 13 else digits
    if national.endswith(TYPED_ENDS) or national in listed("phones"):
        return True
    return len(set(national[-8:])) <= DIGITS_OF_PERIOD and (len(set(national[-8:])) == 1 or bool(_PERIODIC.fullmatch(national)))


def _is_pattern(plain: str) -> bool:
    if len(plain) >= REPEATED_MIN and len(set(plain)) == 1:
        return True
    return _is_run(plain) or bool(_PERIODIC.fullmatch(plain))


def _is_run(plain: str) -> bool:
    if len(plain) < RUN_MIN:
        return False
    return any(run.startswith(plain) for run in (*ASCENDING, *DESCENDING))


@cache
def _words() -> frozenset[str]:
    return frozenset(_squeezed(word) for line in lists()["words"] for word in line.split(";"))


def _squeezed(text: str) -> str:
    return _GAPS.sub("", fold(text))
