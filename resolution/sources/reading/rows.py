"""What every reader hands on: rows with the number a person would see, and troubles in place of rows that are none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ontology.limits import DOCUMENT_BYTES_ALLOWED, DOCUMENT_BYTES_MAX, LINE_BYTES_ALLOWED, LINE_BYTES_MAX
from resolution.sources.patterns import Pattern

UNSPLIT = "line"
"""The column a row stands in that could not be split into columns."""


class Trouble(NamedTuple):
    """Why something could not be taken: the column where there is one, what was found, and what would do."""

    field: str | None
    problem: str
    remedy: str


class RawRow(NamedTuple):
    """One row as it stands in the file, by header; `trouble` where it cannot be used.

    number: 1-based; a line of a text file, a row of a sheet, an element of a JSON array or a row of a Parquet file.
    values: text by header. Lists and objects inside are JSON text. A row that could not be split stands under `line`.
    """

    number: int
    values: dict[str, str]
    trouble: Trouble | None = None


SKIPPED = RawRow(0, {})
"""Stands for a row nobody wanted: passing one over takes a fraction of reading it."""

RowFilter = Callable[[int], bool]
"""Whether the row at a place, counted from 0, is to be read."""


@dataclass(frozen=True)
class EveryNthBlock:
    """A filter for the first block of a file and for every `of`-th one from number `at` on; goes to other processes."""

    rows: int
    at: int
    of: int

    def __call__(self, place: int) -> bool:
        """Whether the row at `place` is in one of these blocks."""
        number = place // self.rows
        return number == 0 or number % self.of == self.at


def read_every_row(place: int) -> bool:
    """All rows are wanted."""
    return True


class Reference(BaseModel):
    """Elements that stand once in an XML file and are named elsewhere by a number, as a place that many addresses are in.

    element: which, by name or by the end of their path.
    key:     their number: `@ssid`, or that of a part of theirs, `set.@ssid`.
    at:      what names it: `@place-id`, or the name of an element whose text is the number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    element: str = Field(min_length=1)
    key: str = Field(min_length=1)
    at: str = Field(min_length=1)


def _listed(words: object) -> object:
    return (words,) if isinstance(words, str) else words


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One word or a list of them."""


class Xml(BaseModel):
    """Which elements of an XML file are its rows: by name, or by the end of their path, `INDIVIDUALS.INDIVIDUAL`.

    `refer` puts elements that stand elsewhere in the file where they are named by their number, as if they were written there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    refer: tuple[Reference, ...] = ()
    record: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        BeforeValidator(
            lambda names: (names,) if isinstance(names, str) else names, json_schema_input_type=str | tuple[str, ...]
        ),
    ]


class Join(BaseModel):
    """Columns from the rows of another file of the same folder, by a number that both name; headers as columns are spelled.

    A row whose number that file lacks, or that has none, stays as it is; of several rows with one number the first counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(description="Pattern of the other file's name: nodes-addresses*.csv")
    on: str = Field(description="Header of the number in this file.")
    key: str = Field(description="Header of the number in the other file.")
    take: dict[str, str] = Field(min_length=1, description="Header here by header there: new columns of this file's rows.")
    optional: bool = Field(False, description="Where the other file is not there the columns are empty.")


class Reading(BaseModel):
    """How a file is to be read, where it does not say so itself, and what it may cost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoding: str | None = Field(None, description="utf-8, gb18030, utf-16 …; found out when left out.")
    delimiter: str | None = Field(None, min_length=1, max_length=1, description="Found out when left out.")
    header: tuple[str, ...] = Field((), description="Names of the columns of a table that starts without them.")
    header_line: int | None = Field(
        None, ge=1, description="Line or sheet row of the header, as an editor counts; found out when left out."
    )
    null: Words = Field((), description="Texts that stand for an empty cell anywhere in this file: -0-, \\N.")
    sheet: str | tuple[str | None, ...] | None = Field(
        None, description="Sheet of a workbook, or names of which the first that is there is taken; null is its first sheet."
    )
    preamble: dict[str, Pattern] = Field(
        {}, description="Columns that stand once above the header, by a pattern (RE2) whose group is their text in every row."
    )
    join: tuple[Join, ...] = Field((), description="Columns that stand in another file of the folder.")
    until: Pattern | None = Field(None, description="The table ends at the first row in which this pattern (RE2) is found.")
    drop: Words = Field((), description="Headers whose cells are emptied before anything is kept of a row.")
    fill_down: Words = Field((), description="Headers whose empty cells repeat the last filled one above them.")
    path: str | None = Field(None, description="Where the list is inside JSON, through objects and lists: data.items")
    xml: Xml | None = Field(None, description="Elements that are rows; found out when left out.")
    line_bytes_max: int = Field(
        LINE_BYTES_MAX, ge=64, le=LINE_BYTES_ALLOWED, description="Longest line, or element of a JSON list or an XML file."
    )
    document_bytes_max: int = Field(
        DOCUMENT_BYTES_MAX, ge=1024, le=DOCUMENT_BYTES_ALLOWED, description="Largest JSON object read whole."
    )
