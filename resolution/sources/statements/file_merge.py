"""What several files say under one id, as one statement: the same whatever the order they were loaded in.

Lists hold what any of them says. Where only one can be right the newest day holds, then the class of the source (public bodies
first), then, of amounts, the larger one: a file that was cut short tells less. Between equals the id of the file decides.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from pydantic_core import from_json, to_json

from ontology.record import Record
from resolution.sources.statements.party_plan import merged
from store.port import Row
from store.rows import from_row, to_row

PAIRS = (("amount", "currency"), ("removed_on", "removal_ground"))  # What belongs together is taken from one file.
EITHER = ("verified", "disputed")
NAMED = "creditor_ids"


def joined_rows(table: str, by_file: Mapping[str, Row]) -> Row:
    """One row of a table from what each file says; `by_file` holds at least one row."""
    if len(by_file) == 1:
        return next(iter(by_file.values()))
    if table == "records":
        return to_row(joined_records({file: from_row(Record, row) for file, row in by_file.items()}))
    ranked = sorted(sorted(by_file.items()), key=lambda one: _rank(one[1]), reverse=True)
    return _filled([row for _, row in ranked])


def joined_records(by_file: Mapping[str, Record]) -> Record:
    """One record from what each file says of it."""
    ranked = sorted(sorted(by_file.items()), key=lambda one: _record_rank(one[1]), reverse=True)
    return reduce(merged, (record for _, record in ranked))


def in_order(earlier: Row, later: Row) -> Row:
    """A record's row from two rows of one file."""
    return to_row(merged(from_row(Record, earlier), from_row(Record, later)))


def _record_rank(record: Record) -> tuple[str, str]:
    return record.observed_on.isoformat() if record.observed_on else "", record.source_class.value


def _rank(row: Row) -> tuple[Any, ...]:
    return row.get("happened_on") or "", row["source_class"], abs(row.get("amount") or 0.0)


def _filled(ranked: list[Row]) -> Row:
    """The first row, with what it leaves open from those after it."""
    first = dict(ranked[0])
    together = {name for pair in PAIRS for name in pair}
    for name, value in first.items():
        if value is None and name not in together:
            first[name] = next((row[name] for row in ranked if row[name] is not None), None)
    for leading, following in PAIRS:
        if leading in first:
            source = next((row for row in ranked if row[leading] is not None), ranked[0])
            first |= {leading: source[leading], following: source.get(following)} if following in first else {}
    first |= {name: any(row[name] for row in ranked) for name in EITHER if name in first}
    if NAMED in first:
        first[NAMED] = _named(row[NAMED] for row in ranked)
    return first


def _named(lists: Iterable[str]) -> str:
    return to_json(list(dict.fromkeys(id_ for text in lists for id_ in from_json(text)))).decode()
