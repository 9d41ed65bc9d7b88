"""The shapes of what a store holds."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness, Stage
from ontology.base import ImmutableModel


class PartyCounts(ImmutableModel):
    """How many of each kind."""

    firm: int = 0
    person: int = 0
    agency: int = 0
    unknown: int = 0


class LoadedFile(ImmutableModel):
    """One loaded file."""

    name: str
    dataset: str
    rows_read: int
    rows_rejected: int
    loaded_at: datetime
    waits_for: Stage | None = Field(None, description="The run that would use it; None where it is used.")
    pack: str = Field("", description="The pack whose file it is; empty for a file of another kind.")
    publisher: str = ""
    licence: str = Field("", description="The terms its data comes under, as its publisher states them.")
    state: int = Field(1, description="Number of the delivery, of a source whose deliveries each tell the whole of it.")
    age_days: int = Field(0, description="Whole days since it was loaded.")
    overdue: bool = Field(False, description="Its publisher has renewed it since, by the rhythm its pack names.")


class SourceChange(ImmutableModel):
    """One statement that a delivery brought, changed or no longer tells."""

    statement: str = Field(description="record, link, listing, recognition or experience.")
    id: str
    name: str | None = Field(None, description="Of a record, the name to show.")
    change: Literal["came", "changed", "went"]


class SourceState(ImmutableModel):
    """One delivery of a source whose deliveries each tell the whole of it; counts are of statements."""

    file: str
    state: int = Field(ge=1)
    day: date
    rows_read: int
    came: int
    changed: int
    went: int
    unchanged: int
    changes: tuple[SourceChange, ...] = Field(description="The first of them.")


class About(ImmutableModel):
    """What this store holds, and by which rules it was judged."""

    version: str
    rulebook: str
    as_of: date
    parties: PartyCounts
    records: int
    files: tuple[LoadedFile, ...]
    listed: int = Field(description="Parties with a listing of their own in force.")
    engine: str
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)
