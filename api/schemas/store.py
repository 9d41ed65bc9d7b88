"""The shapes of what a store holds."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness, Stage
from ontology.base import ImmutableModel


class PartyCounts(ImmutableModel):
    """How many of each kind."""

    firm: int = Field(0, description="Number of firms.")
    person: int = Field(0, description="Number of persons.")
    agency: int = Field(0, description="Number of agencies.")
    unknown: int = Field(0, description="Number of parties whose kind no source tells.")


class LoadedFile(ImmutableModel):
    """One loaded file."""

    name: str = Field(description="Name of the file.")
    dataset: str = Field(description="Data set the file belongs to.")
    rows_read: int = Field(description="Rows that were read.")
    rows_rejected: int = Field(description="Rows that were refused; they lie in the reject file.")
    loaded_at: datetime = Field(description="When it was loaded, in UTC.")
    waits_for: Stage | None = Field(None, description="The run that would use it; None where it is used.")
    pack: str = Field("", description="The pack whose file it is; empty for a file of another kind.")
    publisher: str = Field("", description="Who publishes it, where its pack or mapping says so.")
    licence: str = Field("", description="The terms its data comes under, as its publisher states them.")
    state: int = Field(1, description="Number of the delivery, of a source whose deliveries each tell the whole of it.")
    age_days: int = Field(0, description="Whole days since it was loaded.")
    overdue: bool = Field(False, description="Its publisher has renewed it since, by the rhythm its pack names.")


class SourceChange(ImmutableModel):
    """One statement that a delivery brought, changed or no longer tells."""

    statement: str = Field(description="record, link, listing, recognition or experience.")
    id: str = Field(description="Id of the statement.")
    name: str | None = Field(None, description="Of a record, the name to show.")
    change: Literal["came", "changed", "went"] = Field(
        description="Whether the delivery brought it, changed it, or no longer tells it."
    )


class SourceState(ImmutableModel):
    """One delivery of a source whose deliveries each tell the whole of it; counts are of statements."""

    file: str = Field(description="Name of the file.")
    state: int = Field(ge=1, description="Number of the delivery, from 1 on.")
    day: date = Field(description="Day it was loaded.")
    rows_read: int = Field(description="Rows that were read.")
    came: int = Field(description="Statements that it brought.")
    changed: int = Field(description="Statements that it changed.")
    went: int = Field(description="Statements that it no longer tells.")
    unchanged: int = Field(description="Statements that it tells as before.")
    changes: tuple[SourceChange, ...] = Field(description="The first of them.")


class About(ImmutableModel):
    """What this store holds, and by which rules it was judged."""

    version: str = Field(description="Version of the program that answers.")
    rulebook: str = Field(description="Version of the rulebook that scores are computed by.")
    as_of: date = Field(description="The day that is answered for.")
    parties: PartyCounts = Field(description="Number of parties by kind.")
    records: int = Field(description="Number of source records, before resolution.")
    files: tuple[LoadedFile, ...] = Field(description="The loaded files, the latest first.")
    listed: int = Field(description="Parties with a listing of their own in force.")
    engine: str = Field(description="Engine of the store: sqlite or neo4j.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)
