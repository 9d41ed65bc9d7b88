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

    code: str = Field(description="Code of the reason.")
    sentence: str = Field(description="The reason in words.")
    points: int = Field(0, description="Points it adds to the score, negative where it lowers it.")


class Candidate(ImmutableModel):
    """A party that may be meant by a row. `result` is what it makes of the row, `doubt` what speaks against its being meant."""

    party: PartyLine = Field(description="The party.")
    match_percent: int = Field(description="How well the party fits what was given, in per cent, 0..100.")
    result: Result = Field(description="What the party makes of the row.")
    doubt: str | None = Field(None, description="What speaks against its being meant; null where nothing does.")


class ScreenedRow(ImmutableModel):
    """One row of a supplier list and what was found.

    `party` is the one that decides, and only where it is taken as found. `candidates` are all that answer, where they are more
    than that one: parties that fit equally well, parties in doubt.
    """

    row: int = Field(description="Number of the row, as a spreadsheet counts.")
    given: dict[str, str] = Field(description="What the row says, by column.")
    result: Result = Field(description="What to do: stop, look, unknown or fine.")
    party: PartyLine | None = Field(None, description="The party that decides, where it is taken as found.")
    match_percent: int | None = Field(None, description="How well the party fits what was given, 0..100.")
    candidates: tuple[Candidate, ...] = Field((), description="Parties that answer, where they are more than that one.")
    reasons: tuple[Ground, ...] = Field((), description="At most four reasons, the weightiest first.")
    nearest: PathLine | None = Field(None, description="The way to the nearest listed party.")
    error: str | None = Field(None, description="Why the row could not be read, and what would do.")


class Screening(ImmutableModel):
    """A checked supplier list: Stop, Look, Unknown, Fine, and file order within."""

    rows: tuple[ScreenedRow, ...] = Field(description="The rows: Stop, Look, Unknown, Fine, and file order within.")
    counts: dict[Result, int] = Field(description="Number of rows by result.")
    rejected: tuple[ScreenedRow, ...] = Field((), description="Rows that could not be read.")
    sources: tuple[str, ...] = Field((), description="Data sets that the results rest on.")
    as_of: date = Field(description="The day that is answered for.")
    rulebook: str = Field(description="Version of the rulebook that the results rest on.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class NamesToScreen(ImmutableModel):
    """Names to check without a file."""

    names: tuple[str, ...] = Field(min_length=1, max_length=100_000, description="Names of suppliers.")
