"""The names in a cell for a name: its own, former, further ones (`formerly X`, `t/a X`, 原X), and whose post it is (`c/o`)."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ontology.documents import read_yaml
from ontology.record import Name, NameRole

ROLES = {"previous": NameRole.PREVIOUS, "known_as": NameRole.ALIAS, "care_of": None}
BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]*)[)）\]］】]")
EDGES = " \t\r\n,;:：，；、-–—/|\"“”'"
NAME_MIN = 2  # Characters that a name has at least.
WORDS_BEFORE = 2  # Words in front of a mark that may also be part of a name.


class Mark(NamedTuple):
    """Where a mark stands in a text, and what the name behind it is: None where it is somebody else's."""

    start: int
    end: int
    role: NameRole | None


@lru_cache(maxsize=1 << 16)
def names_in(name: Name) -> tuple[Name, ...]:
    """The name itself, then the others that its cell tells; a cell without marks holds one name, as it is.

    >>> [(name.text, str(name.role)) for name in names_in(Name(text="Harrow Tools Ltd t/a Handy Andy"))]
    [('Harrow Tools Ltd', 'primary'), ('Handy Andy', 'alias')]
    >>> [name.text for name in names_in(Name(text="Ferndale Foods Ltd c/o Jones Accountants"))]
    ['Ferndale Foods Ltd']
    >>> [name.text for name in names_in(Name(text="福州建安贸易有限公司（原福州永丰贸易有限公司）"))]
    ['福州建安贸易有限公司', '福州永丰贸易有限公司']
    """
    further_names: list[Name] = []
    text = name.text
    for bracket in BRACKET.finditer(name.text):
        if mark := _mark_at_start(bracket[1]):
            further_names += _with_role(bracket[1][mark.end :], mark.role)
            text = text.replace(bracket[0], " ")
    if mark := _mark_within(text):
        further_names += _with_role(text[mark.end :], mark.role)
        text = text[: mark.start]
    main_name = text.strip(EDGES)
    if text == name.text or len(main_name) < NAME_MIN:
        return (name,)
    return tuple(dict.fromkeys((name.model_copy(update={"text": main_name}), *further_names)))


def _with_role(text: str, role: NameRole | None) -> list[Name]:
    stripped = text.strip(EDGES + "()（）")
    return [Name(text=stripped, role=role)] if role and len(stripped) >= NAME_MIN else []


def _mark_at_start(text: str) -> Mark | None:
    """The longest mark that a bracket begins with, words of their own included."""
    match = _pattern("anywhere", "behind", "bracketed").match(text.lstrip(EDGES))
    skipped = len(text) - len(text.lstrip(EDGES))
    return Mark(skipped, skipped + match.end(), _role(match)) if match else None


def _mark_within(text: str) -> Mark | None:
    """The first mark that stands behind a name."""
    clear = _pattern("anywhere").search(text)
    doubtful = next((m for m in _pattern("behind").finditer(text) if len(text[: m.start()].split()) >= WORDS_BEFORE), None)
    match = min((m for m in (clear, doubtful) if m and text[: m.start()].strip(EDGES)), key=lambda m: m.start(), default=None)
    return Mark(match.start(), match.end(), _role(match)) if match else None


def _role(match: re.Match[str]) -> NameRole | None:
    return ROLES[str(match.lastgroup)]


@cache
def _pattern(*places: str) -> re.Pattern[str]:
    """One group a role; longer marks first. Marks in letters are whole words, in Han signs they need no gap."""
    table = read_yaml(files("resolution.records.words").joinpath("name_marks.yaml").read_text("utf-8"))
    groups = []
    for role in ROLES:
        marks = sorted({mark for place in places for mark in table[role][place]}, key=lambda mark: (-len(mark), mark))
        groups.append(f"(?P<{role}>{'|'.join(map(_bounded, marks)) or '(?!)'})")
    return re.compile("|".join(groups), re.IGNORECASE)


def _bounded(mark: str) -> str:
    if "\u3400" <= mark[0] <= "\ud7a3":
        return re.escape(mark)
    return rf"(?<![\w/]){re.escape(mark)}(?![\w/])"
