"""Phones, e-mail addresses, websites and accounts in the form they are compared in."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ontology.limits import CELL_LENGTH_MAX
from ontology.record import Contact
from resolution.records.phones import PHONE_DIGITS_MIN, phone_numbers
from resolution.records.placeholders import is_word_for_nothing, listed
from resolution.records.text import NONE
from resolution.records.words import lines

MAIL = re.compile(r"[^\s<>@\"',;]+@[^\s<>@\"',;]+\.[a-z]{2,}")
SCHEME = re.compile(r"^[a-z]+:/*")
SPACE = re.compile(r"\s")
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+")  # Letters of any script, a letter first in the last part.
LANGUAGE_HOST = re.compile(r"m|mobile|touch|web|[a-z]{2}|[a-z]{2}-[a-z]{2}")


def same_phone(left: str, right: str) -> bool:
    """Whether one number is the other with an area or country code in front, a trunk zero left out."""
    left_digits, right_digits = left.lstrip("0"), right.lstrip("0")
    if not (left_digits.endswith(right_digits) or right_digits.endswith(left_digits)):
        return False
    return min(len(left_digits), len(right_digits)) >= PHONE_DIGITS_MIN


def phone_tail(phone: str) -> str:
    """The last digits, which two writings of one number share; "" of a number too short to be the same as any."""
    digits = phone.lstrip("0")
    return digits[-PHONE_DIGITS_MIN:] if len(digits) >= PHONE_DIGITS_MIN else ""


def mail_address(text: str) -> str:
    """The address inside `"Name" <name@host>`, in lower case; "" where there is none, or one that stands for none."""
    match = MAIL.search(text.lower()[:CELL_LENGTH_MAX])
    return match[0] if match and not _is_nobodys(match[0]) else ""


@lru_cache(maxsize=1 << 14)
def _is_nobodys(address: str) -> bool:
    """Whether a mailbox stands for none: unknown@…, none@none.com, test@example.com."""
    name, _, host = address.partition("@")
    if is_word_for_nothing(name) or name in listed("mail_names") or len(set(name)) == 1:
        return True
    return host in listed("mail_hosts") or host.rpartition(".")[2] in listed("reserved_ends")


def is_shared_mailbox(address: str) -> bool:
    """Whether the part before the @ names a desk (info@, sales@), not a person."""
    return address.partition("@")[0] in _desks()


@cache
def _desks() -> frozenset[str]:
    return frozenset(lines("mailboxes.txt"))


def site_address(text: str) -> str:
    """Host of a website without `www.`; of a platform the whole address, and "" where that tells no page. "" where it is no site.

    >>> site_address("https://www.acme.example.co/about"), site_address("de-de.facebook.com/acme/"), site_address("facebook.com")
    ('acme.example.co', 'facebook.com/acme', '')
    """
    whole = SCHEME.sub("", text.strip().lower())
    if SPACE.search(whole):
        return ""
    host, _, path = whole.partition("/")
    host = host.partition(":")[0].removeprefix("www.").rstrip(".")
    if (
        len(host) > CELL_LENGTH_MAX
        or not HOST.fullmatch(host)
        or host in listed("mail_hosts")
        or host in listed("mail_providers")
    ):
        return ""
    if host.rpartition(".")[2] in listed("reserved_ends") or is_word_for_nothing(host.partition(".")[0]):
        return ""
    platform = _platform(host)
    return _page(platform, path) if platform else host


def _platform(host: str) -> str:
    """The platform that a host is, its languages and devices aside; "" of any other, and of a shop with a host of its own."""
    if host in listed("public_hosts"):
        return host
    first, _, parent = host.partition(".")
    return parent if parent in listed("public_hosts") and LANGUAGE_HOST.fullmatch(first) else ""


def _page(platform: str, path: str) -> str:
    """The page of a platform, without what its address tells of the visit."""
    page, mark, query = path.partition("#")[0].partition("?")
    page_query = "&".join(part for part in query.split("&") if part.startswith(("id=", "v=", "q=", "cid="))) if mark else ""
    page = page.strip("/")
    return f"{platform}/{page}{'?' if page_query else ''}{page_query}" if page else ""


def by_kind(contacts: tuple[Contact, ...], kind: str, country: str = "") -> frozenset[str]:
    """Every usable value of one kind, in the form it is compared in. country: of phones without a country code, ISO 3166-1."""
    values = (value for contact in contacts if contact.kind == kind for value in usable(contact, country))
    return frozenset(values) or NONE


def usable(contact: Contact, country: str = "") -> tuple[str, ...]:
    """What a contact says, in the form it is compared in; nothing where it is what is written for none."""
    if contact.kind == "phone":
        return phone_numbers(contact.value, country)
    normal = NORMAL.get(contact.kind)
    value = normal(contact.value) if normal else "" if is_word_for_nothing(contact.value) else contact.value.strip()
    return (value,) if value else ()


NORMAL: dict[str, Callable[[str], str]] = {"email": mail_address, "website": lru_cache(maxsize=1 << 16)(site_address)}
