"""What several files say under one id, as one statement: the same whatever the order they were loaded in.

Lists hold what any of them says. Where only one can be right the newest day holds, then the class of the source (public bodies
first), then, of amounts, the larger one: a file that was cut short tells less. Between equals the id of the file decides.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from pydantic_core import from_json, to_json

from ontology.record import Record
from resolution.sources.statements.record_merge import merge_records
from store.port import Row
from store.rows import from_row, to_row

PAIRS = (("amount", "currency"), ("removed_on", "removal_ground"))  # What belongs together is taken from one file.
EITHER = ("verified", "disputed")
CREDITORS = "creditor_ids"


def merge_file_rows(table: str, rows_by_file: Mapping[str, Row]) -> Row:
    """One row of a table from what each file says; `rows_by_file` holds at least one row."""
    if len(rows_by_file) == 1:
        return next(iter(rows_by_file.values()))
    if table == "records":
        return to_row(merge_file_records({file: from_row(Record, row) for file, row in rows_by_file.items()}))
    ranked_rows = sorted(sorted(rows_by_file.items()), key=lambda file_row: _rank(file_row[1]), reverse=True)
    return _fill_gaps([row for _, row in ranked_rows])


def merge_file_records(rows_by_file: Mapping[str, Record]) -> Record:
    """One record from what each file says of it."""
    ranked_records = sorted(sorted(rows_by_file.items()), key=lambda file_record: _record_rank(file_record[1]), reverse=True)
    return reduce(merge_records, (record for _, record in ranked_records))


def merge_row_versions(earlier: Row, later: Row) -> Row:
    """A record's row from two rows of one file."""
    return to_row(merge_records(from_row(Record, earlier), from_row(Record, later)))


def _record_rank(record: Record) -> tuple[str, str]:
    return record.observed_on.isoformat() if record.observed_on else "", record.source_class.value


def _rank(row: Row) -> tuple[Any, ...]:
    return row.get("happened_on") or "", row["source_class"], abs(row.get("amount") or 0.0)


def _fill_gaps(ranked_rows: list[Row]) -> Row:
    """The first row, with what it leaves open from those after it."""
    first = dict(ranked_rows[0])
    paired_names = {name for pair in PAIRS for name in pair}
    for name, value in first.items():
        if value is None and name not in paired_names:
            first[name] = next((row[name] for row in ranked_rows if row[name] is not None), None)
    for leading, following in PAIRS:
        if leading in first:
            source = next((row for row in ranked_rows if row[leading] is not None), ranked_rows[0])
            first |= {leading: source[leading], following: source.get(following)} if following in first else {}
    first |= {name: any(row[name] for row in ranked_rows) for name in EITHER if name in first}
    if CREDITORS in first:
        first[CREDITORS] = _union_of_ids(row[CREDITORS] for row in ranked_rows)
    return first


def _union_of_ids(lists: Iterable[str]) -> str:
    return to_json(list(dict.fromkeys(id_ for text in lists for id_ in from_json(text)))).decode()
