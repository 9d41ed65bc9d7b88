"""The shapes of a checked supplier list."""

from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.parties import PartyLine, PathLine
from ontology.base import ImmutableModel


class Result(StrEnum):
    """What a supplier check says of one row, in the order they are listed."""

    STOP = "stop"
    LOOK = "look"
    UNKNOWN = "unknown"
    FINE = "fine"


class ColumnRead(ImmutableModel):
    """Which column of a list was taken for a field."""

    field: str = Field(description="id, name, code, place or country.", examples=["name"])
    column: str = Field(description="Letters of the column, as a spreadsheet has them.", examples=["B"])
    heading: str = Field(description="Its heading, as it is written; empty where it has none.", examples=["Lieferant"])
    by: Literal["set", "heading", "content"] = Field(
        description="How it was chosen: as you set it, by its heading, or by what stands in it.", examples=["heading"]
    )
    doubt: str | None = Field(
        None,
        description="Why it may be the wrong one, as a sentence; null where nothing speaks against it.",
        examples=["Column B, headed “Bezeichnung”, was taken for the name by what stands in it."],
    )


class UnreadColumn(ImmutableModel):
    """A column of a list that nothing was made of."""

    column: str = Field(description="Letters of the column, as a spreadsheet has them.", examples=["F"])
    heading: str = Field(description="Its heading; empty where it has none.", examples=["Telefon"])
    cells: int = Field(description="Filled cells in it, below the header.", examples=[118])


class ListReading(ImmutableModel):
    """How a list was read."""

    sheet: str | None = Field(None, description="Sheet of the workbook; null for CSV.", examples=["Lieferanten"])
    other_sheets: tuple[str, ...] = Field((), description="Sheets that were not read.", examples=[["Notes"]])
    header_row: int | None = Field(None, description="Row of the header; null where the list has none.", examples=[4])
    columns: tuple[ColumnRead, ...] = Field(description="Which column was taken for which field.", examples=[[]])
    unread: tuple[UnreadColumn, ...] = Field((), description="Columns that nothing was made of.", examples=[[]])
    notes: tuple[str, ...] = Field(
        (), description="What may have gone wrong in reading it, as sentences.", examples=[["The list has no header."]]
    )


class DuplicateKind(StrEnum):
    """How rows are the same."""

    GIVEN_TWICE = "given_twice"
    SAME_PARTY = "same_party"


class Duplicate(ImmutableModel):
    """Rows that are the same: they say the same, or mean the same party in other words."""

    kind: DuplicateKind = Field(description="Whether they say the same, or mean the same party.", examples=["same_party"])
    rows: tuple[int, ...] = Field(description="Numbers of the rows.", examples=[[4, 19]])
    party: str | None = Field(None, description="Id of the party they mean, where one was taken as found.", examples=["K-1"])
    name: str = Field(description="The name in the first of them, or the party's.", examples=["Hengtai Trading Co Ltd"])


class CodeDamage(StrEnum):
    """What happened to a code."""

    SCIENTIFIC = "scientific"
    ROUNDED = "rounded"
    DECIMAL = "decimal"
    ZEROS = "zeros"
    CHECK = "check"


class DamagedCode(ImmutableModel):
    """A code that cannot be compared as it stands."""

    row: int = Field(description="Number of the row.", examples=[7])
    given: str = Field(description="The code, as the list has it.", examples=["9.13E+17"])
    damage: CodeDamage = Field(
        description="In scientific notation, rounded to zeros, kept as a decimal, without its zeros in front; or its check digit "
        "or length is wrong.",
        examples=["scientific"],
    )


class Restriction(ImmutableModel):
    """What a listing in force restricts for the party."""

    measure: str = Field(description="What is restricted, as the rulebook names it.", examples=["procurement"])
    effect: str = Field(description="block, require_review or advise.", examples=["block"])
    list_type: str = Field(description="The type of list that says so.", examples=["government_procurement_serious"])


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
    id: str | None = Field(None, description="Your own id of it, as the list has it.", examples=["4711"])
    given: dict[str, str] = Field(description="What the row says, by column.")
    result: Result = Field(description="What to do: stop, look, unknown or fine.")
    party: PartyLine | None = Field(None, description="The party that decides, where it is taken as found.")
    match_percent: int | None = Field(None, description="How well the party fits what was given, 0..100.")
    candidates: tuple[Candidate, ...] = Field((), description="Parties that answer, where they are more than that one.")
    reasons: tuple[Ground, ...] = Field((), description="At most four reasons, the weightiest first.")
    restrictions: tuple[Restriction, ...] = Field(
        (), description="What listings of the party restrict today: in force and not disputed.", examples=[[]]
    )
    nearest: PathLine | None = Field(None, description="The way to the nearest listed party.")
    damage: CodeDamage | None = Field(
        None, description="What happened to the code given; null where nothing did.", examples=["rounded"]
    )
    error: str | None = Field(None, description="Why the row could not be read, and what would do.")


class Screening(ImmutableModel):
    """A checked supplier list: Stop, Look, Unknown, Fine, and file order within."""

    rows: tuple[ScreenedRow, ...] = Field(description="The rows: Stop, Look, Unknown, Fine, and file order within.")
    counts: dict[Result, int] = Field(description="Number of rows by result.")
    rejected: tuple[ScreenedRow, ...] = Field((), description="Rows that could not be read.")
    sources: tuple[str, ...] = Field((), description="Data sets that the results rest on.")
    as_of: date = Field(description="The day that is answered for.")
    reading: ListReading | None = Field(None, description="How the list was read; null where it was no file.")
    duplicates: tuple[Duplicate, ...] = Field((), description="Rows that are the same.", examples=[[]])
    damaged_codes: tuple[DamagedCode, ...] = Field((), description="Codes that cannot be compared as they stand.", examples=[[]])
    rulebook: str = Field(description="Version of the rulebook that the results rest on.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class SupplierRow(ImmutableModel):
    """One row to check: a name, a code, or both."""

    name: str = Field("", description="Name, in any script.", examples=["Hengtai Trading Co Ltd"])
    code: str = Field(
        "",
        validation_alias=AliasChoices("code", "uscc"),
        description="Credit code, registration or tax number, or LEI.",
        examples=["91350100M000100Y43"],
    )
    place: str = Field("", description="City, region or address.", examples=["Fuzhou"])
    country: str = Field("", description="Country, by code or name.", examples=["cn"])
    id: str = Field("", description="Your own id of it, which is handed back.", examples=["4711"])


class ListToScreen(ImmutableModel):
    """A list to check without a file: names, or rows."""

    names: tuple[str, ...] = Field((), max_length=100_000, description="Names to check.", examples=[["Hengtai Trading Co Ltd"]])
    rows: tuple[SupplierRow, ...] = Field((), max_length=100_000, description="Rows to check.", examples=[[{"name": "Hengtai"}]])

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.names) == bool(self.rows):
            raise ValueError("give names, or rows")
        return self
