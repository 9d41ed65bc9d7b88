"""Whether a firm or agency is still registered: one reading of what sources say of its status and its end, read everywhere."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ontology.base import ImmutableModel
from ontology.documents import read_yaml

STATUS_MAX = 200  # Characters; a longer text is no status.
DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class RegistrationState(StrEnum):
    """What became of a registration, the gravest first."""

    ENDED = "ended"
    REVOKED = "revoked"
    CLOSING = "closing"
    SUSPENDED = "suspended"
    MOVED = "moved"


class Registration(ImmutableModel):
    """A registration that is no longer in order. `since` is its day where a source tells one; `words` are the source's own."""

    state: RegistrationState
    since: date | None = None
    words: str = ""

    @property
    def over(self) -> bool:
        """Whether no year counts any more: a firm that is being wound up is still in business."""
        return self.state in (RegistrationState.ENDED, RegistrationState.REVOKED)


def registration(attributes: Mapping[str, str], ended_on: date | None, *, as_of: date) -> Registration | None:
    """What is wrong with the registration on a day; None where nothing is told, or all is in order, or it ends later.

    attributes: further facts of a record or party, of which some tell its status.
    ended_on:   first day the party no longer exists, as its source told it beside the status.

    >>> registration({"status": "吊销，未注销"}, None, as_of=date(2026, 1, 1)).state
    <RegistrationState.REVOKED: 'revoked'>
    >>> registration({"status": "Active"}, None, as_of=date(2026, 1, 1)) is None
    True
    """
    words = status_text(attributes)
    state = state_of(words)
    since = ended_on or (_day_in(words) if state else None)
    if state is None:
        state = RegistrationState.ENDED if ended_on else None
    if state is None or (since is not None and since > as_of):
        return None
    return Registration(state=state, since=since, words=words)


def status_text(attributes: Mapping[str, str]) -> str:
    """The words of the status, "" where none is told."""
    return next((attributes[name] for name in status_names() if attributes.get(name)), "")


@cache
def status_names() -> tuple[str, ...]:
    """Names of attributes that hold a status, the first one first."""
    return tuple(_table()["attributes"])


@lru_cache(maxsize=1 << 12)
def state_of(words: str) -> RegistrationState | None:
    """What a status means; None where it is in order or not understood.

    >>> state_of("Not dissolved") is None, state_of("Société radiée")
    (True, <RegistrationState.ENDED: 'ended'>)
    """
    if not words or len(words) > STATUS_MAX:
        return None
    states = {_phrases()[match.group()] for match in _pattern().finditer(_normalise(words))}
    return next((state for state in RegistrationState if state.value in states), None)


def reason_code() -> str:
    """The code of the reason that a registration is in a score."""
    return str(_table()["reason"])


def _day_in(words: str) -> date | None:
    match = DAY.search(words)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _normalise(text: str) -> str:
    """Lower case without width and diacritics, blanks as one."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    without_accents = "".join(
        character for character in decomposed if unicodedata.category(character) != "Mn" or UNSPACED.match(character)
    )
    return " ".join(unicodedata.normalize("NFC", without_accents).replace("ł", "l").replace("ø", "o").replace("ı", "i").split())


@cache
def _phrases() -> dict[str, str]:
    state_by_phrase: dict[str, str] = {}
    for state, languages in _table()["states"].items():
        for phrases in languages.values():
            for phrase in phrases:
                state_by_phrase.setdefault(_normalise(str(phrase)), state)
    return state_by_phrase


@cache
def _pattern() -> re.Pattern[str]:
    """The longest phrase at a place; whole words, where the script parts them."""
    longest = sorted(_phrases(), key=len, reverse=True)
    return re.compile("|".join(_bounded_pattern(phrase) for phrase in longest))


def _bounded_pattern(phrase: str) -> str:
    return re.escape(phrase) if UNSPACED.search(phrase) else rf"(?<!\w){re.escape(phrase)}(?!\w)"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_yaml(files("ontology").joinpath("registration.yaml").read_text("utf-8"))
    return table
