"""Phones, e-mail addresses, websites and accounts in the form they are compared in."""

import re
from functools import cache

from ontology.record import Contact
from resolution.records.text import NONE
from resolution.records.words import lines

MAIL = re.compile(r"[^\s<>@\"',;]+@[^\s<>@\"',;]+\.[a-z]{2,}")
PHONE_DIGITS_MIN = 7  # Shorter numbers are extensions and service lines.


NOT_DIGIT = re.compile(r"\D")
SCHEME = re.compile(r"^[a-z]+://")


def phone_digits(text: str) -> str:
    """Digits without the international prefix; "" where there are too few to tell a subscriber.

    >>> phone_digits("+39 0352 6553537"), phone_digits("(0) 123")
    ('3903526553537', '')
    """
    digits = NOT_DIGIT.sub("", text).removeprefix("00")
    return digits if len(digits) >= PHONE_DIGITS_MIN else ""


def same_phone(left: str, right: str) -> bool:
    """Whether one number is the other with an area or country code in front, a trunk zero left out."""
    one, other = left.lstrip("0"), right.lstrip("0")
    if not (one.endswith(other) or other.endswith(one)):
        return False
    return min(len(one), len(other)) >= PHONE_DIGITS_MIN


def phone_tail(phone: str) -> str:
    """The last digits, which two writings of one number share; "" of a number too short to be the same as any."""
    own = phone.lstrip("0")
    return own[-PHONE_DIGITS_MIN:] if len(own) >= PHONE_DIGITS_MIN else ""


def mail_address(text: str) -> str:
    """The address inside `"Name" <name@host>`, in lower case; "" where there is none."""
    found = MAIL.search(text.lower())
    return found[0] if found else ""


def is_shared_mailbox(address: str) -> bool:
    """Whether the part before the @ names a desk (info@, sales@), not a person."""
    return address.partition("@")[0] in _desks()


@cache
def _desks() -> frozenset[str]:
    return frozenset(lines("mailboxes.txt"))


def site_host(text: str) -> str:
    """Host of a website without `www.`."""
    return SCHEME.sub("", text.strip().lower()).partition("/")[0].removeprefix("www.")


def by_kind(contacts: tuple[Contact, ...], kind: str) -> frozenset[str]:
    """Every usable value of one kind, in the form it is compared in."""
    normal = NORMAL.get(kind, str.strip)
    return frozenset([value for contact in contacts if contact.kind == kind and (value := normal(contact.value))]) or NONE


NORMAL = {"phone": phone_digits, "email": mail_address, "website": site_host}
