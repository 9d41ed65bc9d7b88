"""Source rows as they are kept: up to 1,000 as one JSON text, so that each can be shown again as it stood in its file.

The text holds the headers once and the values of each row under its number, after the place of its headers: rows of a table share
theirs, rows of a JSON file may not. `{"headers": [["name", …]], "rows": {"2": [0, "榕江", …]}}`
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pydantic_core import to_json

if TYPE_CHECKING:
    from resolution.sources.statements.row_results import RowResult


def pack_rows(row_results: Iterable["RowResult"]) -> str:
    """Rows, masked already, as one text."""
    headers: dict[tuple[str, ...], int] = {}
    rows = {
        str(row_result.number): [headers.setdefault(tuple(row_result.values), len(headers)), *row_result.values.values()]
        for row_result in row_results
    }
    return to_json({"headers": [*headers], "rows": rows}).decode()


def pick_rows(content: str, numbers: Mapping[int, int]) -> str:
    """The rows of such a text that have one of these numbers, each under the number it is kept under."""
    unpacked = json.loads(content)
    rows = {str(numbers[int(number)]): row for number, row in unpacked["rows"].items() if int(number) in numbers}
    return to_json({"headers": unpacked["headers"], "rows": rows}).decode()


def unpack_rows(content: str) -> dict[int, dict[str, str]]:
    """All rows of such a text by number."""
    unpacked = json.loads(content)
    headers = unpacked["headers"]
    return {int(number): dict(zip(headers[row[0]], row[1:], strict=True)) for number, row in unpacked["rows"].items()}


def unpack_row(content: str, number: int) -> dict[str, str] | None:
    """One row of such a text by header; None where it is not in it."""
    unpacked = json.loads(content)
    row = unpacked["rows"].get(str(number))
    return None if row is None else dict(zip(unpacked["headers"][row[0]], row[1:], strict=True))
