"""A list to be checked, in whatever Python keeps it: read by the one reader of supplier lists."""

import csv
import io
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from api.screenings.lists import Supplier, named, suppliers
from api.settings import Settings
from api.words import words
from ontology.errors import WrongCall
from ontology.files import read_whole

if TYPE_CHECKING:
    import pandas
    import pyarrow

Suppliers = Union[str, "PathLike[str]", Iterable[str], Iterable[Mapping[str, object]], "pandas.DataFrame", "pyarrow.Table"]
"""A file's path; names; rows with the columns name, uscc, place, in English or Chinese; a table with such columns."""


def suppliers_of(given: Suppliers, settings: Settings) -> list[Supplier]:
    """The rows to check. Raises SourceUnreadable, WrongCall where it is nothing of the kind."""
    say, rows_max = words(settings.lang), settings.screening_rows_max
    if isinstance(given, str | PathLike):
        path = Path(given)
        return suppliers(read_whole(path), file=path.name, rows_max=rows_max, say=say)
    rows = list(_rows(given))
    if all(isinstance(row, str) for row in rows):
        if len(rows) > rows_max:
            raise WrongCall(rows=len(rows), rows_max=rows_max, remedy="Split the list.")
        return named(rows, say)
    return suppliers(_as_csv(rows), file="rows", rows_max=rows_max, say=say)


def _rows(given: Any) -> Iterable[Any]:
    if hasattr(given, "to_pylist"):
        return given.to_pylist()  # type: ignore[no-any-return]
    if hasattr(given, "to_csv"):
        return csv.DictReader(io.StringIO(given.to_csv(index=False), newline=""))
    return given  # type: ignore[no-any-return]


def _as_csv(rows: list[Any]) -> bytes:
    if not all(isinstance(row, Mapping) for row in rows):
        raise WrongCall(reason="a list of suppliers is names, or rows with a name", remedy='Give ["…"] or [{"name": "…"}].')
    headings = list(dict.fromkeys(str(name) for row in rows for name in row))
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, headings, restval="")
    table.writeheader()
    table.writerows({str(name): "" if value is None else value for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8")
