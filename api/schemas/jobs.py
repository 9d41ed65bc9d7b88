"""The shapes of jobs: what may be begun, and how it stands."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas.days import Day
from api.schemas.pages import Next
from api.schemas.screenings import SupplierRow
from ontology.base import ImmutableModel

NAMES_MAX = 100_000
ShortText = Annotated[str, Field(min_length=1, max_length=300)]


class JobKind(StrEnum):
    """What a job does."""

    INGEST = "ingest"
    RESOLVE = "resolve"
    PROPAGATE = "propagate"
    RUN = "run"
    SCREENING = "screening"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


class Job(ImmutableModel):
    """Long work in the background of a server."""

    id: str = Field(description="Id of the job.", examples=["20261122T080000123456-5f1c2a90"])
    kind: JobKind = Field(description="What it does.", examples=["ingest"])
    state: JobState = Field(description="Where it stands.", examples=["running"])
    waits_for: str | None = Field(
        None,
        description="Why it does not go on yet, as a sentence; left out where it does.",
        examples=["Another job writes to this store."],
    )
    stage: str = Field("", description="What it is doing, in words.", examples=["Reading court.csv"])
    done: int = Field(0, ge=0, description="How much of the stage is done: rows, records or steps.", examples=[12000])
    total: int = Field(0, ge=0, description="How much the stage has; 0 where that is not known.", examples=[40000])
    leaving: bool = Field(False, description="Whether it was told to end, and ends at its next safe point.", examples=[False])
    files: tuple[str, ...] = Field((), description="Names of the files it was given.", examples=[["court.csv"]])
    requested_at: datetime = Field(description="When it was asked for (UTC).", examples=["2026-11-22T08:00:00Z"])
    started_at: datetime | None = Field(None, description="When it was begun (UTC).", examples=["2026-11-22T08:00:01Z"])
    ended_at: datetime | None = Field(None, description="When it ended (UTC).", examples=["2026-11-22T08:01:10Z"])
    expires_at: datetime | None = Field(
        None, description="When an ended job and its result are forgotten (UTC).", examples=["2026-11-23T08:01:10Z"]
    )
    report: dict[str, Any] | None = Field(
        None,
        description="What came of it: the answer of the command of the same name; of a screening its counts.",
        examples=[{"counts": {"stop": 1, "look": 3, "unknown": 20, "fine": 176}}],
    )
    result: str | None = Field(
        None,
        description="Where its result is fetched, once there is one.",
        examples=["/v1/jobs/20261122T080000123456-5f1c2a90/result"],
    )
    problem: dict[str, Any] | None = Field(
        None, description="Why it failed, as a problem.", examples=[{"title": "The file could not be read", "status": 400}]
    )


class Jobs(ImmutableModel):
    """Jobs of the caller, the latest first."""

    jobs: tuple[Job, ...] = Field(description="The jobs of this page.", examples=[[]])
    next: Next = None


class FilesToLoad(ImmutableModel):
    """How the files of a job are read; see `kith ingest`."""

    paths: tuple[ShortText, ...] = Field(
        (), max_length=100, description="Files in the inbox folder, where the operator set one.", examples=[["court.csv"]]
    )
    file_kind: ShortText | None = Field(None, description="What the files are; else found out.", examples=["court_defaulters"])
    pack: ShortText | None = Field(None, description="Name of the pack whose files these are.", examples=["un"])
    dataset: ShortText | None = Field(None, description="Name of the data set; else the kind's.", examples=["crm"])
    encoding: ShortText | None = Field(None, description="Encoding; else judged by its letters.", examples=["gb18030"])
    sheet: ShortText | None = Field(None, description="Sheet of a workbook; else the first.", examples=["Sheet1"])
    part: bool = Field(False, description="Of a pack: add the files to what is there; nothing ends.", examples=[False])
    drop_max: float | None = Field(
        None, ge=0, le=1, description="Share of a list's statements that its next state may be without, 0 to 1.", examples=[0.2]
    )


class IngestToStart(FilesToLoad):
    """Load files."""

    kind: Literal[JobKind.INGEST] = Field(description="`ingest`.", examples=["ingest"])


class ResolveToStart(ImmutableModel):
    """Find out which records are one party."""

    kind: Literal[JobKind.RESOLVE] = Field(description="`resolve`.", examples=["resolve"])


class PropagateToStart(ImmutableModel):
    """Spread risk and trust and score every party."""

    kind: Literal[JobKind.PROPAGATE] = Field(description="`propagate`.", examples=["propagate"])
    seeds: tuple[ShortText, ...] = Field(
        (), max_length=10_000, description="Vetted parties by any name; none for the rulebook's.", examples=[["K-2a"]]
    )


class RunToStart(FilesToLoad):
    """Load files, where some are given, then resolve and propagate what is not used yet."""

    kind: Literal[JobKind.RUN] = Field(description="`run`.", examples=["run"])


class ScreeningToStart(ImmutableModel):
    """Check a list of suppliers."""

    kind: Literal[JobKind.SCREENING] = Field(description="`screening`.", examples=["screening"])
    names: tuple[str, ...] = Field(
        (), max_length=NAMES_MAX, description="Names to check, without a file.", examples=[["Hengtai"]]
    )
    rows: tuple[SupplierRow, ...] = Field(
        (),
        max_length=NAMES_MAX,
        description="Rows to check, without a file: any of name, code, place, country, id.",
        examples=[[{"name": "Hengtai Trading", "country": "cn", "id": "4711"}]],
    )
    columns: dict[str, str] = Field(
        {}, description="Which column of the list holds which field.", examples=[{"name": "Lieferant"}]
    )
    sheet: ShortText | None = Field(None, description="Sheet of a workbook; else the first.", examples=["Sheet1"])
    as_of: Day | None = Field(None, description="The day to answer for; else that of the last run.", examples=["2026-11-22"])


JobToStart = Annotated[
    IngestToStart | ResolveToStart | PropagateToStart | RunToStart | ScreeningToStart, Field(discriminator="kind")
]
