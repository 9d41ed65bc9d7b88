"""The shapes of what a store holds."""

from datetime import date, datetime

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
