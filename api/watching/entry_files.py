"""Entries as they are sent in bulk: JSON, one JSON object a line, or a table with headings in English or Chinese."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError

from api.schemas.watching import EntryToAdd, RefusedEntry
from api.screenings.columns import heading_field
from api.text.json_documents import json_of_line, json_values
from ontology.errors import RecordInvalid, SourceUnreadable, WrongCall
from ontology.field_errors import describe_field_error
from ontology.limits import unstorable_in
from ontology.personal_ids import mask
from resolution.sources.reading.encodings import decode_text

OWN_COLUMNS = ("entity_id", "country", "reference", "note", "active_until")
COUNTRY_LENGTH = 2  # Letters of ISO 3166-1 alpha-2.
Rows = list[EntryToAdd | RefusedEntry]


def read_entries(content: bytes, *, media_type: str, rows_max: int) -> Rows:
    """What was sent, row by row, each an entry or the refusal of one.

    media_type: of the body, `text/csv`, `application/x-ndjson` or JSON. Raises WrongCall, SourceUnreadable, RecordInvalid.
    """
    rows = list(_reader_of(media_type)(content))
    if not rows:
        raise WrongCall(
            problem="no entry was sent", remedy='Send {"entries": [{"name": "…"}]}, one object a line, or a CSV table.'
        )
    if len(rows) > rows_max:
        raise WrongCall(rows=len(rows), rows_max=rows_max, remedy="Send them in several calls.")
    return rows


def _reader_of(media_type: str) -> Callable[[bytes], Iterator[EntryToAdd | RefusedEntry]]:
    kind = media_type.partition(";")[0].strip().lower()
    return {"text/csv": _table_rows, "application/x-ndjson": _line_rows}.get(kind, _json_rows)


def _line_rows(content: bytes) -> Iterator[EntryToAdd | RefusedEntry]:
    for number, line in enumerate((line for line in content.splitlines() if line.strip()), 1):
        try:
            yield _entry(number, json_of_line(line, number))
        except RecordInvalid as refusal:
            yield RefusedEntry(row=number, problem=f"{refusal.facts['problem']}: send one JSON object a line")


def _json_rows(content: bytes) -> Iterator[EntryToAdd | RefusedEntry]:
    values = list(json_values(content))
    first = values[0] if len(values) == 1 else None
    if isinstance(first, dict) and isinstance(first.get("entries"), list):
        values = first["entries"]
    return (_entry(number, value) for number, value in enumerate(values, 1))


def _table_rows(content: bytes) -> Iterator[EntryToAdd | RefusedEntry]:
    text = decode_text(content, "entries.csv")
    heading = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    headings = [cell.strip() for cell in next(rows, [])]
    known_headings = {field: place for place, heading in reversed([*enumerate(headings)]) if (field := _field(heading))}
    fields = known_headings | {name: headings.index(name) for name in OWN_COLUMNS if name in headings}
    if not fields.keys() & {"name", "code", "entity_id"}:
        remedy = "Name one column entity_id, name (名称) or code (统一社会信用代码)."
        raise SourceUnreadable(file="entries.csv", headings=", ".join(map(mask, headings)) or "none", remedy=remedy)
    filled = (row for row in rows if any(cell.strip() for cell in row))
    return (_entry(number, _cells(row, fields)) for number, row in enumerate(filled, 1))


def _field(heading: str) -> str | None:
    """The field of an entry that a heading of supplier lists names; an id of one's own is its reference."""
    field = heading_field(heading)
    return "reference" if field == "id" else field


def _cells(row: list[str], fields: Mapping[str, int]) -> dict[str, str]:
    """The filled cells by field; a country that is written out is a place, as supplier lists have it."""
    cells = {name: text for name, place in fields.items() if place < len(row) and (text := row[place].strip())}
    country = cells.pop("country", "").lower()
    if country:
        cells.setdefault("country" if len(country) == COUNTRY_LENGTH else "place", country)
    return cells


def _entry(number: int, value: object) -> EntryToAdd | RefusedEntry:
    if problem := unstorable_in(value) if isinstance(value, dict) else None:
        return RefusedEntry(row=number, field=problem.field, problem=problem.problem)
    try:
        return EntryToAdd.model_validate(value)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or None
        return RefusedEntry(row=number, field=field, problem=describe_field_error(first))
