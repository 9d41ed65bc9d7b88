"""A list to be checked, in whatever Python keeps it: read by the one reader of supplier lists."""

import csv
import io
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from api.screenings.supplier_lists import ListOptions, SupplierList, read_suppliers, suppliers_from_names
from api.settings import Settings
from api.words import words
from ontology.errors import WrongCall
from ontology.files import read_whole

if TYPE_CHECKING:
    import pandas
    import pyarrow

Suppliers = Union[str, "PathLike[str]", Iterable[str], Iterable[Mapping[str, object]], "pandas.DataFrame", "pyarrow.Table"]
"""A file's path; names; rows with the columns name, code, place, country, id, under any headings; a table with such columns."""


def suppliers_of(
    source: Suppliers, settings: Settings, *, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> SupplierList:
    """The rows to check. Raises SourceUnreadable, WrongCall where it is nothing of the kind."""
    say, rows_max = words(settings.lang), settings.screening_rows_max
    options = ListOptions(rows_max, columns, sheet)
    if isinstance(source, str | PathLike):
        path = Path(source)
        return read_suppliers(read_whole(path), file=path.name, options=options, say=say)
    rows = list(_rows(source))
    if all(isinstance(row, str) for row in rows):
        if len(rows) > rows_max:
            raise WrongCall(rows=len(rows), rows_max=rows_max, remedy="Split the list.")
        return suppliers_from_names(rows, say)
    return read_suppliers(_as_csv(rows), file="rows", options=options, say=say)


def _rows(source: Any) -> Iterable[Any]:
    if hasattr(source, "to_pylist"):
        return source.to_pylist()  # type: ignore[no-any-return]
    if hasattr(source, "to_csv"):
        return csv.DictReader(io.StringIO(source.to_csv(index=False), newline=""))
    return source  # type: ignore[no-any-return]


def _as_csv(rows: list[Any]) -> bytes:
    if not all(isinstance(row, Mapping) for row in rows):
        raise WrongCall(reason="a list of suppliers is names, or rows with a name", remedy='Give ["…"] or [{"name": "…"}].')
    headings = list(dict.fromkeys(str(name) for row in rows for name in row))
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, headings, restval="")
    table.writeheader()
    table.writerows({str(name): "" if value is None else value for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8")
