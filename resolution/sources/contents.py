"""Source rows as they are kept: up to 1,000 as one JSON text, so that each can be shown again as it stood in its file.

The text holds the headers once and the values of each row under its number, after the place of its headers: rows of a table share
theirs, rows of a JSON file may not. `{"headers": [["name", …]], "rows": {"2": [0, "榕江", …]}}`
"""

import json
from collections.abc import Iterable

from pydantic_core import to_json

from resolution.sources.statements.row_results import RowResult


def packed_rows(told: Iterable[RowResult]) -> str:
    """Rows, masked already, as one text."""
    headers: dict[tuple[str, ...], int] = {}
    rows = {str(one.number): [headers.setdefault(tuple(one.values), len(headers)), *one.values.values()] for one in told}
    return to_json({"headers": [*headers], "rows": rows}).decode()


def row_of(content: str, number: int) -> dict[str, str] | None:
    """One row of such a text by header; None where it is not in it."""
    held = json.loads(content)
    row = held["rows"].get(str(number))
    return None if row is None else dict(zip(held["headers"][row[0]], row[1:], strict=True))
