"""Exports verdicts to a CSV table and imports them from one: one row a pair of records."""

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
from resolution.judgements.ledger import append_entries, entry, read_entries, standing_entries
from resolution.judgements.verdicts import BY_MODEL, pair_of
from resolution.sources.reading import RawRow, Reading, Trouble, read_rows
from resolution.sources.rejects import RejectFile, escape_formula, restore_rejected_rows, unescape_formula
from resolution.sources.statements.row_results import RowResult
from store.changes import Change
from store.port import Store
from store.private_files import private_text

COLUMNS = ("left_record", "right_record", "verdict", "by", "reason", "decided_at")
REQUIRED_COLUMNS = COLUMNS[:3]
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
    """Write every standing verdict to a CSV file; returns how many. Raises SourceUnreadable where it cannot be written."""
    lines = standing_entries(read_entries(store))
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
    """Add a table of labels to the ledger; invalid rows go to `<stem>.rejects.csv`, to be corrected and imported again.

    by:          the person of rows that name nobody.
    now:         the time of rows without one.
    record_name: turns a record id with a resident id in clear into the id that the store keeps.
    Importing a file twice adds nothing. Raises SourceUnreadable where the file is no table with the columns needed.
    """
    rejects = RejectFile(source, rejects_dir)
    row_reader = _RowReader(read_entries(store), by, now, record_name)
    new_entries: list[LedgerEntry] = []
    rows_read = 0
    for row in restore_rejected_rows(_rows(source)):
        rows_read += 1
        outcome = row_reader.line(row)
        if isinstance(outcome, Trouble):
            visible_values = {visible(name): mask(visible(text)) for name, text in row.values.items()}
            rejects.add(RowResult(row.number, visible_values, trouble=outcome))
        elif outcome is not None:
            new_entries.append(outcome)
    reject_path = rejects.write()  # Before anything is kept: a row that is in neither place is lost.
    if new_entries:
        append_entries(store, new_entries, Change.LABELLED)
    return Imported(
        file=mask(source.name),
        rows_read=rows_read,
        added=len(new_entries),
        known=rows_read - len(new_entries) - rejects.count,
        rejected=rejects.count,
        absent=_count_absent(store, new_entries),
        rejections=tuple(rejects.first_rejections(mask(source.name), REJECTIONS_TOLD)),
        reject_file=str(reject_path) if reject_path else None,
    )


class _RowReader:
    """Turns rows to lines and knows which there are: a line comes once, and a person says one thing at a time."""

    def __init__(self, lines: list[LedgerEntry], by: str, now: datetime, record_name: Callable[[str], str]) -> None:
        self._ids = {line.id for line in lines}
        self._verdict_at = {_moment(line): line.verdict for line in lines if line.verdict}
        self._by, self._now, self._record_name = by, now, record_name

    def line(self, row: RawRow) -> LedgerEntry | Trouble | None:
        """The line of a row, what is wrong with it, or None where it is in the ledger."""
        if row.trouble:
            return row.trouble
        fields = {name: unescape_formula(row.values.get(name, "").strip()) for name in COLUMNS}
        trouble = _unstorable(fields)
        if trouble is None:
            fields |= {name: self._record_name(fields[name]) for name in COLUMNS[:2]} | {"by": mask(fields["by"])}
            trouble = _trouble(fields)
        if trouble:
            return trouble
        decided_at = _decision_time(fields["decided_at"], self._now)
        if isinstance(decided_at, Trouble):
            return decided_at
        left, right = pair_of(fields["left_record"], fields["right_record"])
        by, verdict = fields["by"] or self._by, Verdict(fields["verdict"].lower())
        line = entry(left, right, verdict, by=by, reason=mask(fields["reason"]), decided_at=decided_at)
        if line.id in self._ids:
            return None
        if self._verdict_at.get(_moment(line), verdict) is not verdict:
            return Trouble("verdict", f"{by} says otherwise of this pair at the same time", "Keep one of the rows, or tell when.")
        self._ids.add(line.id)
        self._verdict_at[_moment(line)] = verdict
        return line


def _rows(source: Path) -> Iterator[RawRow]:
    """Rows of the table. Raises SourceUnreadable where a column is missing that every row needs."""
    first = True
    for row in read_rows(source, Reading()):
        absent_columns = [name for name in REQUIRED_COLUMNS if name not in row.values]
        if first and not row.trouble and absent_columns:
            column_names = ", ".join(COLUMNS)
            raise SourceUnreadable(
                file=mask(source.name), problem=f"no column {absent_columns[0]}", remedy=f"Columns: {column_names}."
            )
        first = False
        yield row


def _unstorable(fields: dict[str, str]) -> Trouble | None:
    finding = unstorable_in(fields)
    return Trouble(*finding) if finding else None


def _trouble(fields: dict[str, str]) -> Trouble | None:
    for name in REQUIRED_COLUMNS:
        if not fields[name]:
            return Trouble(name, "is empty", "Fill it in.")
    for name, length_max in TEXT_MAX.items():
        if len(fields[name]) > length_max:
            return Trouble(name, f"is longer than {length_max} characters", "Shorten it.")
    if fields["verdict"].lower() not in set(Verdict):
        return Trouble("verdict", f"{fields['verdict']} is no verdict", "Write same, different or unsure.")
    if fields["left_record"] == fields["right_record"]:
        return Trouble("right_record", "is the same record", "Name two records.")
    if fields["by"].startswith(BY_MODEL):
        return Trouble("by", f"{fields['by']} is a model", "A label is a person's: write an account name.")
    return None


def _decision_time(text: str, now: datetime) -> datetime | Trouble:
    """When it was decided, in UTC; a day alone is its midnight, nothing is now."""
    if not text:
        return now
    try:
        decided_at = datetime.combine(date.fromisoformat(text), time()) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return Trouble("decided_at", f"{text} is no time", "Write 2026-11-22 or 2026-11-22T09:30:00+08:00.")
    decided_at_utc = decided_at.astimezone(UTC) if decided_at.tzinfo else decided_at.replace(tzinfo=UTC)
    return (
        decided_at_utc
        if decided_at_utc <= now + AHEAD_MAX
        else Trouble("decided_at", f"{text} is still to come", "Check the year and the time zone.")
    )


def _count_absent(store: Store, lines: list[LedgerEntry]) -> int:
    record_ids = sorted({record_id for line in lines for record_id in (line.left_id, line.right_id)})
    known_ids = set[str]()
    for start in range(0, len(record_ids), LOOKED_UP):
        known_ids |= {row["id"] for row in store.read("sources/known_records", ids=record_ids[start : start + LOOKED_UP])}
    return sum(1 for line in lines if not {line.left_id, line.right_id} <= known_ids)


def _row(line: LedgerEntry) -> list[str]:
    texts = (line.left_id, line.right_id, str(line.verdict), line.by, line.reason, line.decided_at.isoformat())
    return [escape_formula(text) for text in texts]


def _moment(line: LedgerEntry) -> tuple[str, str, str, datetime]:
    return line.left_id, line.right_id, line.by, line.decided_at
