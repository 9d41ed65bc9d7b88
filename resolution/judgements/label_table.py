"""Verdicts as a table that can be carried elsewhere and back: one row a pair of records."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import SourceUnreadable
from ontology.judgement import LedgerEntry, Verdict
from ontology.limits import unstorable_in, visible
from ontology.personal_ids import mask
from ontology.source import Rejection
from resolution.judgements.ledger import entries, entry, put, standing
from resolution.judgements.verdicts import BY_MODEL, pair_of
from resolution.sources.reading import RawRow, Reading, Trouble, read_rows
from resolution.sources.rejects import RejectFile, safe, sent_again, unsafe
from resolution.sources.statements.row_results import RowResult
from store.changes import Change
from store.port import Store
from store.private_files import private_text

COLUMNS = ("left_record", "right_record", "verdict", "by", "reason", "decided_at")
NEEDED = COLUMNS[:3]
REJECTIONS_TOLD = 20  # All of them are in the reject file.
AHEAD_MAX = timedelta(days=1)  # Clocks differ, and a day alone is told without its zone.
LOOKED_UP = 5_000  # Records read at a time.
TEXT_MAX = {"left_record": 300, "right_record": 300, "by": 100, "reason": 2000}


class Imported(BaseModel):
    """What came of a file of labels."""

    model_config = ConfigDict(frozen=True)

    file: str
    rows_read: int
    added: int
    known: int = Field(description="Rows that stood in the ledger already.")
    rejected: int
    absent: int = Field(description="Rows that name a record the store does not hold; they count once it does.")
    rejections: tuple[Rejection, ...] = ()
    reject_file: str | None = None


def export_labels(store: Store, target: Path) -> int:
    """Write every verdict that stands to a CSV file; returns how many. Raises SourceUnreadable where it cannot be written."""
    lines = standing(entries(store))
    try:
        with private_text(target, encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(map(_row, lines))
    except OSError as cause:
        raise SourceUnreadable(file=target.name, problem="cannot be written", remedy="Check the path.") from cause
    return len(lines)


def import_labels(
    store: Store,
    source: Path,
    *,
    by: str,
    now: datetime,
    rejects_dir: Path | None = None,
    record_name: Callable[[str], str] = mask,
) -> Imported:
    """Add a table of labels to the ledger; rows that cannot be taken go to `<stem>.rejects.csv`, to be mended and sent again.

    by:  signs rows that name nobody. now: the time of rows that tell none.
    record_name: a record named with a resident id in clear, as the store keeps it.
    The same file twice adds nothing. Raises SourceUnreadable where it is no table with the columns needed.
    """
    rejects = RejectFile(source, rejects_dir)
    taken = _Taken(entries(store), by, now, record_name)
    fresh: list[LedgerEntry] = []
    read = 0
    for row in sent_again(_rows(source)):
        read += 1
        told = taken.line(row)
        if isinstance(told, Trouble):
            shown = {visible(name): mask(visible(text)) for name, text in row.values.items()}
            rejects.add(RowResult(row.number, shown, trouble=told))
        elif told is not None:
            fresh.append(told)
    written = rejects.write()  # Before anything is kept: a row that is in neither place is lost.
    if fresh:
        put(store, fresh, Change.LABELLED)
    return Imported(
        file=mask(source.name),
        rows_read=read,
        added=len(fresh),
        known=read - len(fresh) - rejects.count,
        rejected=rejects.count,
        absent=_absent(store, fresh),
        rejections=tuple(rejects.first_rejections(mask(source.name), REJECTIONS_TOLD)),
        reject_file=str(written) if written else None,
    )


class _Taken:
    """Turns rows to lines and knows which there are: a line comes once, and a person says one thing at a time."""

    def __init__(self, lines: list[LedgerEntry], by: str, now: datetime, record_name: Callable[[str], str]) -> None:
        self._ids = {line.id for line in lines}
        self._said = {_moment(line): line.verdict for line in lines if line.verdict}
        self._by, self._now, self._record_name = by, now, record_name

    def line(self, row: RawRow) -> LedgerEntry | Trouble | None:
        """The line of a row, what is wrong with it, or None where it is in the ledger."""
        if row.trouble:
            return row.trouble
        told = {name: unsafe(row.values.get(name, "").strip()) for name in COLUMNS}
        trouble = _unstorable(told)
        if trouble is None:
            told |= {name: self._record_name(told[name]) for name in COLUMNS[:2]} | {"by": mask(told["by"])}
            trouble = _trouble(told)
        if trouble:
            return trouble
        when = _time(told["decided_at"], self._now)
        if isinstance(when, Trouble):
            return when
        left, right = pair_of(told["left_record"], told["right_record"])
        by, verdict = told["by"] or self._by, Verdict(told["verdict"].lower())
        line = entry(left, right, verdict, by=by, reason=mask(told["reason"]), decided_at=when)
        if line.id in self._ids:
            return None
        if self._said.get(_moment(line), verdict) is not verdict:
            return Trouble("verdict", f"{by} says otherwise of this pair at the same time", "Keep one of the rows, or tell when.")
        self._ids.add(line.id)
        self._said[_moment(line)] = verdict
        return line


def _rows(source: Path) -> Iterator[RawRow]:
    """Rows of the table. Raises SourceUnreadable where a column is missing that every row needs."""
    first = True
    for row in read_rows(source, Reading()):
        absent = [name for name in NEEDED if name not in row.values]
        if first and not row.trouble and absent:
            wanted = ", ".join(COLUMNS)
            raise SourceUnreadable(file=mask(source.name), problem=f"no column {absent[0]}", remedy=f"Columns: {wanted}.")
        first = False
        yield row


def _unstorable(told: dict[str, str]) -> Trouble | None:
    found = unstorable_in(told)
    return Trouble(*found) if found else None


def _trouble(told: dict[str, str]) -> Trouble | None:
    for name in NEEDED:
        if not told[name]:
            return Trouble(name, "is empty", "Fill it in.")
    for name, most in TEXT_MAX.items():
        if len(told[name]) > most:
            return Trouble(name, f"is longer than {most} characters", "Shorten it.")
    if told["verdict"].lower() not in set(Verdict):
        return Trouble("verdict", f"{told['verdict']} is no verdict", "Write same, different or unsure.")
    if told["left_record"] == told["right_record"]:
        return Trouble("right_record", "is the same record", "Name two records.")
    if told["by"].startswith(BY_MODEL):
        return Trouble("by", f"{told['by']} is a model", "A label is a person's: write an account name.")
    return None


def _time(told: str, now: datetime) -> datetime | Trouble:
    """When it was decided, in UTC; a day alone is its midnight, nothing is now."""
    if not told:
        return now
    try:
        when = datetime.combine(date.fromisoformat(told), time()) if len(told) == 10 else datetime.fromisoformat(told)
    except ValueError:
        return Trouble("decided_at", f"{told} is no time", "Write 2026-11-22 or 2026-11-22T09:30:00+08:00.")
    whole = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return (
        whole
        if whole <= now + AHEAD_MAX
        else Trouble("decided_at", f"{told} is still to come", "Check the year and the time zone.")
    )


def _absent(store: Store, lines: list[LedgerEntry]) -> int:
    named = sorted({one for line in lines for one in (line.left_id, line.right_id)})
    held = set[str]()
    for start in range(0, len(named), LOOKED_UP):
        held |= {row["id"] for row in store.read("sources/known_records", ids=named[start : start + LOOKED_UP])}
    return sum(1 for line in lines if not {line.left_id, line.right_id} <= held)


def _row(line: LedgerEntry) -> list[str]:
    said = (line.left_id, line.right_id, str(line.verdict), line.by, line.reason, line.decided_at.isoformat())
    return [safe(text) for text in said]


def _moment(line: LedgerEntry) -> tuple[str, str, str, datetime]:
    return line.left_id, line.right_id, line.by, line.decided_at
