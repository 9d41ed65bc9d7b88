"""Tables of codes beside a mapping: `values_file: countries.csv` stands for the `values` that the file lists."""

import csv
from pathlib import Path
from typing import Any

from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.files import lies_within, read_whole

FIELD = "values_file"
TABLE_BYTES_MAX = 1 << 22  # Some fifty thousand codes.
REMEDY = "A table of codes is a UTF-8 .csv beside the page: a header, then a code and what it stands for in each line."


def fill_in_tables(part: Any, page: str, folder: Path | None) -> None:
    """Put the entries of each table in the place of its name; entries that the page gives itself go before them.

    Raises MappingInvalid where a table is not there, or is none.
    """
    if isinstance(part, list):
        for inner in part:
            fill_in_tables(inner, page, folder)
    elif isinstance(part, dict):
        if FIELD in part:
            part["values"] = _entries(part.pop(FIELD), page, folder) | (part.get("values") or {})
        for inner in part.values():
            fill_in_tables(inner, page, folder)


def _entries(name: Any, page: str, folder: Path | None) -> dict[str, str | None]:
    is_name = isinstance(name, str) and Path(name).name == name and name.endswith(".csv")
    if folder is None or not is_name or not lies_within(folder / name, folder):
        raise MappingInvalid(mapping=page, values_file=str(name)[:100], problem="no table beside the page", remedy=REMEDY)
    try:
        lines = read_whole(folder / name, TABLE_BYTES_MAX).decode("utf-8-sig").splitlines()
        rows = [row for row in csv.reader(lines[1:]) if any(row)]
    except SourceUnreadable as cause:
        raise MappingInvalid(mapping=page, values_file=name, problem=cause.facts.get("problem"), remedy=REMEDY) from cause
    except (UnicodeDecodeError, csv.Error) as cause:
        raise MappingInvalid(mapping=page, values_file=name, problem="not UTF-8 text", remedy=REMEDY) from cause
    if wrong := next((row for row in rows if len(row) != 2), None):
        problem = f"a line of {len(wrong)} cells: {', '.join(wrong)[:60]}"
        raise MappingInvalid(mapping=page, values_file=name, problem=problem, remedy=REMEDY)
    entries: dict[str, str | None] = {}
    for code, text in rows:
        entry = text.strip() or None
        if entries.setdefault(code.strip(), entry) != entry:
            problem = f"two lines for {code.strip()[:40]!r}, which say different things"
            raise MappingInvalid(mapping=page, values_file=name, problem=problem, remedy="Keep one of them.")
    return entries
