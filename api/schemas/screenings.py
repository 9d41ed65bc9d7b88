"""The shapes of a checked supplier list."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.parties import PartyLine, PathLine
from ontology.base import ImmutableModel


class Result(StrEnum):
    """What a supplier check says of one row, in the order they are listed."""

    STOP = "stop"
    LOOK = "look"
    UNKNOWN = "unknown"
    FINE = "fine"


class Ground(ImmutableModel):
    """One reason for a result."""

    code: str
    sentence: str
    points: int = 0


class Candidate(ImmutableModel):
    """A party that may be meant by a row. `result` is what it makes of the row, `doubt` what speaks against its being meant."""

    party: PartyLine
    match_percent: int
    result: Result
    doubt: str | None = None


class ScreenedRow(ImmutableModel):
    """One row of a supplier list and what was found.

    `party` is the one that decides, and only where it is taken as found. `candidates` are all that answer, where they are more
    than that one: parties that fit equally well, parties in doubt.
    """

    row: int
    given: dict[str, str]
    result: Result
    party: PartyLine | None = None
    match_percent: int | None = Field(None, description="How well the party fits what was given, 0..100.")
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Ground, ...] = ()
    nearest: PathLine | None = None
    error: str | None = Field(None, description="Why the row could not be read, and what would do.")


class Screening(ImmutableModel):
    """A checked supplier list: Stop, Look, Unknown, Fine, and file order within."""

    rows: tuple[ScreenedRow, ...]
    counts: dict[Result, int]
    rejected: tuple[ScreenedRow, ...] = ()
    sources: tuple[str, ...] = Field((), description="Data sets that the results rest on.")
    as_of: date
    rulebook: str
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class NamesToScreen(ImmutableModel):
    """Names to check without a file."""

    names: tuple[str, ...] = Field(min_length=1, max_length=100_000)
