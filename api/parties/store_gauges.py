"""What a store holds and how old it is, in numbers that cost one look at few rows: no table is counted."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic_core import from_json

from api.context.kept_networks import LAST_REPORT_KEY
from api.parties.source_rows import loaded_files
from store.freshness import freshness
from store.port import Store


@dataclass(frozen=True)
class StoreGauges:
    """Figures of a store.

    rows_loaded:        rows read of all loaded files.
    parties, ties:      as of the last run; 0 before one.
    sources:            loaded files; overdue ones, and days since the oldest of those was loaded.
    files_waiting:      files loaded that no run used yet.
    last_run_at:        when the last `kith propagate` ended, None before one.
    """

    rows_loaded: int
    parties: int
    ties: int
    sources: int
    sources_overdue: int
    overdue_days_max: int
    files_waiting: int
    last_run_at: datetime | None


def store_gauges(store: Store, today: date) -> StoreGauges:
    """The figures of a store on a day. Raises StoreTrouble."""
    meta = {row["key"]: row["value"] for row in store.read("meta/all")}
    report = from_json(meta.get(LAST_REPORT_KEY, "{}"))
    files = loaded_files(store, None, today)
    overdue_days = [file.age_days for file in files if file.overdue]
    last_run = meta.get("propagate.at")
    return StoreGauges(
        rows_loaded=sum(file.rows_read for file in files),
        parties=report.get("parties", 0),
        ties=report.get("ties", 0),
        sources=len(files),
        sources_overdue=len(overdue_days),
        overdue_days_max=max(overdue_days, default=0),
        files_waiting=len(freshness(store).unused),
        last_run_at=datetime.fromisoformat(last_run) if last_run else None,
    )
