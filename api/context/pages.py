"""Pages of a list: a cursor names the place of a page's last line, so that lines that come or go meanwhile move no other."""

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Generic, TypeVar

from ontology.errors import CursorInvalid

Item = TypeVar("Item")
Part = str | int | float
Place = tuple[Part, ...]
"""Where a line stands in its list: what the list is ordered by, ascending; the last part is an id, so that no two are equal."""
CURSOR_LENGTH_MAX = 2000
WHOLE_LIST_MAX = 1 << 40


@dataclass(frozen=True)
class PageRequest:
    """Which page is asked for. limit: most lines of it; cursor: as the page before named it, None for the first page."""

    limit: int
    cursor: str | None = None


WHOLE_LIST = PageRequest(WHOLE_LIST_MAX)
"""All of a list on one page, for doors that print it."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Lines of one page in order. next: the cursor of the next page, None on the last."""

    lines: tuple[Item, ...]
    next: str | None


def page_of(lines: Iterable[Item], request: PageRequest, *, place: Callable[[Item], Place], question: str) -> Page[Item]:
    """The lines behind the cursor's place, at most `request.limit`.

    lines:    the whole list, in any order.
    place:    the place of a line in it.
    question: what is asked, with the parameters that choose and order the lines; a cursor holds for no other question.
    Raises CursorInvalid.
    """
    after = read_cursor(request.cursor, question=question)
    ordered_lines = sorted(lines, key=place)
    if after is not None:
        try:
            ordered_lines = [line for line in ordered_lines if place(line) > after]
        except TypeError:
            raise CursorInvalid from None
    return cut_page(ordered_lines, request, place=place, question=question)


def cut_page(lines: Iterable[Item], request: PageRequest, *, place: Callable[[Item], Place], question: str) -> Page[Item]:
    """A page of lines that stand in order and behind the cursor already; one more than `limit` tells that there is a next."""
    listed_lines = list(lines)
    page = tuple(listed_lines[: request.limit])
    more = len(listed_lines) > len(page) and page
    return Page(page, write_cursor(place(page[-1]), question=question) if more else None)


def page_behind(lines: Iterable[Item], request: PageRequest, *, id_of: Callable[[Item], str], question: str) -> Page[Item]:
    """A page of a list in its own order, behind the line whose id the cursor names.

    For lists whose lines stay: a ledger, or a ranking between two runs. Raises CursorInvalid, also where that line is gone.
    """
    listed_lines = list(lines)
    after = read_cursor(request.cursor, question=question, types=(str,))
    if after is not None:
        ids = [id_of(line) for line in listed_lines]
        if after[0] not in ids:
            raise CursorInvalid
        listed_lines = listed_lines[ids.index(str(after[0])) + 1 :]
    return cut_page(listed_lines, request, place=lambda line: (id_of(line),), question=question)


def write_cursor(place: Place, *, question: str) -> str:
    """The cursor of what comes behind a place.

    >>> read_cursor(write_cursor((3, "K-1"), question="ties K-1"), question="ties K-1")
    (3, 'K-1')
    """
    text = json.dumps([_print_of(question), *place], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def read_cursor(cursor: str | None, *, question: str, types: tuple[type[Part], ...] | None = None) -> Place | None:
    """The place that a cursor names, None without one. types: those of its parts, where a store query is given them.

    Raises CursorInvalid where it is no cursor, or one of another question.
    """
    if cursor is None:
        return None
    try:
        parts = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise CursorInvalid from None
    if not isinstance(parts, list) or len(parts) < 2 or parts[0] != _print_of(question) or not all(map(_is_part, parts[1:])):
        raise CursorInvalid
    if types is not None and tuple(map(type, parts[1:])) != types:
        raise CursorInvalid
    return tuple(parts[1:])


def _is_part(part: object) -> bool:
    return type(part) in (str, int) or (type(part) is float and isfinite(part))


def _print_of(question: str) -> str:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()[:12]
