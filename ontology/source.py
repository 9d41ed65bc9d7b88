"""A file that was loaded, and the rows it gave."""

from datetime import datetime

from pydantic import Field

from ontology.base import Identity, ImmutableModel

ROWS_OF_STATE = 1_000_000_000
"""Rows of a source's second state are numbered from here on, of the third from twice as far: each keeps the rows it changed."""


def row_number(number: int) -> int:
    """The number that a row has in its own file, of the number it is kept under."""
    return number % ROWS_OF_STATE


class SourceFile(ImmutableModel):
    """One loaded file. `id` is the first 16 hex digits of SHA-256 over its bytes and the mapping's name."""

    id: Identity
    name: str = Field(description="File name without folders: a path may say who works where.")
    dataset: Identity
    mapping: str
    mapping_version: str
    rows_read: int
    rows_rejected: int
    loaded_at: datetime
    content_id: str = Field("", description="Of its bytes alone: files that share it are one source, whatever they are called.")
    loaded_change: int = Field(
        0, description="Number of the change of the store that it was loaded by; 0 where none was counted."
    )
    mapping_hash: str = Field("", description="Of all that says how it is read; empty where none was kept.")
    listings: int = Field(-1, description="Listings it states; -1 where they were not counted.")
    pack: str = Field("", description="The pack whose file it is.")
    publisher: str = ""
    licence: str = Field("", description="The terms its data comes under, as its publisher states them.")
    state: int = Field(1, ge=1, description="Number of the delivery, where each is the whole of one source.")


class Rejection(ImmutableModel):
    """Why a row did not go in: where, which field, what was found, what would do."""

    file: str
    row: int = Field(ge=0, description="0 where the whole file is meant.")
    field: str | None
    problem: str
    remedy: str
