"""What a resident id that somebody hid in part still tells: its beginning and its end, in any dress, as keyed hashes.

A court hides month and day (`1101051949****002X`), a register the whole birth (`110105********002X`), and nobody agrees on how
many stars, or which sign, stand for what is hidden. Both numbers, and the whole one, tell the same of what all of them show.
Beginning and end are hashed as one: what a public mask tells in clear is then no key to the numbers of others.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

from ontology.personal_ids import (
    LENGTHS,
    PersonalIdKey,
    birth_year,
    extend_to_18,
    is_whole,
    mask_number,
    narrow_digits,
)

RESIDENT_PARTS = "resident_id_parts"  # Attribute of a person: the keyed hashes of what its number shows.
CLEAR = (3, 2)  # What a masked number shows everybody anyhow (decision 3).
HEADS = (3, 4, 6, 10, 14)  # Characters shown in front: province, city, county, county and year, county and day of birth.
TAILS = (2, 4)  # And at the end: of the sequence and the check digit.
BIRTHDAY_SHOWN = 14  # With as many in front a mask needs no end.
YEAR_SHOWN = 10
PART_DIGITS = 8  # Hex digits, 32 bits: enough to tell the parts of one store from another.
_MASKED = re.compile(r"([1-9]\d{2,13})[*X#]{2,}(\d{0,5}[\dX]?)", re.ASCII)
_SIGNS = re.compile(r"[•●○◯◦∙⦁⚫⚪■□▪▫█＿_]")


def shown_parts(text: str, key: PersonalIdKey) -> tuple[str, ...]:
    """Every `head.tail:hash` that a resident id shows, whole or hidden in part; none where the text is no such number.

    head, tail: so many characters in front and at the end, more than CLEAR; hash: their keyed hash, as one. A number of 15
    characters ends otherwise, so that nothing is told of one that is hidden.

    >>> court, register = shown_parts("1101051949****002X", b"k"), shown_parts("110105••••002x", b"k")
    >>> set(register) < set(court) < set(shown_parts("11010519491231002X", b"k"))
    True
    """
    head, tail = _head_and_tail(text)
    shapes = [(first, last) for first in HEADS for last in TAILS if first <= len(head) and last <= len(tail)]
    shapes = [shape for shape in shapes if shape != CLEAR]
    shapes += [(BIRTHDAY_SHOWN, 0)] if len(head) >= BIRTHDAY_SHOWN else []
    return tuple(f"{first}.{last}:{_hash(head[:first], tail[len(tail) - last :], key)}" for first, last in shapes)


def shown_year(text: str) -> str | None:
    """The year of birth that a resident id tells, whole or hidden in part, whatever stands for what is hidden."""
    head, _ = _head_and_tail(text)
    return birth_year(text) or (head[6:YEAR_SHOWN] if len(head) >= YEAR_SHOWN else None)


def mask_resident_id(text: str) -> str:
    """A resident id as its column declares it, masked, whatever its shape and whoever hid a part of it before.

    >>> mask_resident_id("110105○○○○002X"), mask_resident_id("1101051949****002X")
    ('110*************2X', '110*************2X')
    """
    head, tail = _head_and_tail(text)
    if not head or is_whole(narrow_digits(text)):
        return mask_number(text)
    return head[:3] + "*" * 13 + (tail[-2:] if len(tail) >= 2 else "**")


def finest_shared(parts: Mapping[str, frozenset[str]], other_parts: Mapping[str, frozenset[str]]) -> str | None:
    """Of two numbers' parts by shape, `head.tail`, the shape that says most of those both show."""
    return max(parts.keys() & other_parts.keys(), key=_shape, default=None)


def _shape(shape: str) -> tuple[bool, int]:
    head, _, tail = shape.partition(".")
    return tail != "0", int(head) + int(tail)


def _head_and_tail(text: str) -> tuple[str, str]:
    """What is shown in front and at the end, in the form of 18 characters; empty where nothing is told."""
    digits = narrow_digits(_SIGNS.sub("*", text))
    if is_whole(digits):
        digits = extend_to_18(digits)
        return digits[:14], digits[14:]
    match = _MASKED.fullmatch(digits)
    if match is None or len(digits) == LENGTHS[0]:
        return "", ""
    return match[1], match[2][-4:]


def _hash(head: str, tail: str, key: PersonalIdKey) -> str:
    return hmac.new(key, f"part:{head}*{tail}".encode(), hashlib.sha256).hexdigest()[:PART_DIGITS]
