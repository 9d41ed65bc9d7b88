"""What came of one file: counts, rejected and repaired rows, notes, or why nothing of it went in."""

from pydantic import BaseModel, ConfigDict, Field

from ontology.source import Rejection


class Ingested(BaseModel):
    """What came of one file. `trouble` is set where nothing of it went in while other files did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    file_id: str = ""
    kind: str = ""
    dataset: str = ""
    rows_read: int = 0
    rows_in: int = 0
    rows_ignored: int = 0
    rows_rejected: int = 0
    rows_repaired: int = Field(
        0, description="Rows that went in without a fact that cannot be read or cannot be, such as 31 February."
    )
    statements: dict[str, int] = {}
    rejections: tuple[Rejection, ...] = ()
    reject_file: str | None = None
    header_line: int | None = Field(None, description="The line its header was found in, where lines stand above it.")
    encoding: str | None = Field(None, description="The encoding and a piece of the text, where only its letters told which.")
    repairs: tuple[Rejection, ...] = Field((), description="The first of them; `remedy` tells what was kept.")
    notes: tuple[str, ...] = Field((), description="What is worth knowing of the file although its rows went in.")
    rows_warned: int = Field(0, description="Statements in words that the rulebook or the table of issuers does not know.")
    warnings: tuple[Rejection, ...] = Field((), description="Those words, each with its first row and the nearest known one.")
    ignored: dict[str, int] = Field({}, description="Rows that state nothing here, by what they are.")
    unread: dict[str, int] = Field({}, description="Filled cells by column that no part of the mapping reads; rows keep them.")
    loaded_already: bool = False
    state: int = Field(1, description="Number of the delivery, of a source whose deliveries each tell the whole of it.")
    came: int = Field(0, description="Statements that the last state did not have.")
    changed: int = 0
    went: int = Field(0, description="Statements that ended, or are not told any more, with this state.")
    replaced: tuple[str, ...] = Field((), description="Data sets whose former statements from these bytes this load replaced.")
    trouble: str | None = None
    remedy: str | None = None
