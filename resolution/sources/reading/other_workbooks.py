"""Sheets of .xls, .xlsb and .ods files, read by a process of its own whose memory is bounded.

What such a workbook costs is known only while it is opened, by a library that lays a sheet out as one table and ends its process
where there is no room: a file of a kilobyte with two cells in opposite corners takes 512 GB. A process of its own may end without
harm to this one.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ontology.errors import SourceUnreadable
from ontology.limits import CELLS_MAX, OTHER_WORKBOOK_MEMORY_MAX
from resolution.sources.reading.bounded_memory import bound_memory, pieces_of, serve_pieces, start_reader

ROWS_AT_ONCE = 200
AS_XLSX = "Save it as .xlsx, or as CSV."
Texts = list[str]
PickSheet = Callable[[list[str]], str]
"""Which of a workbook's sheets is meant; goes to another process. Raises SourceUnreadable where none is."""


def rows_of_other(path: Path, pick: PickSheet) -> Iterator[Texts]:
    """The rows of one sheet as texts, from its first row on. Raises SourceUnreadable."""
    for rows in _ask(path, pick):
        yield from rows


def sheet_names_of_other(path: Path) -> Texts:
    """Names of the sheets, in their order. Raises SourceUnreadable."""
    return [name for names in _ask(path, None) for (name,) in names]


def _ask(path: Path, pick: PickSheet | None) -> Iterator[list[Texts]]:
    try:
        reader = start_reader(__name__, "serve_sheet()")
    except OSError as cause:
        problem = "no process can be started to read it"
        raise SourceUnreadable(file=path.name, problem=problem, remedy=AS_XLSX) from cause
    return pieces_of(reader, path, pick, _too_large)


def _too_large(path: Path) -> SourceUnreadable:
    problem = f"a damaged workbook, or one that takes more than {OTHER_WORKBOOK_MEMORY_MAX >> 20} MB of memory to read"
    return SourceUnreadable(file=path.name, problem=problem, remedy=AS_XLSX)


def serve_sheet() -> None:
    """What the other process does: one sheet, some rows after others."""
    serve_pieces(_read, _too_large)


def _read(path: Path, pick: PickSheet | None) -> Iterator[list[Texts]]:
    from resolution.sources.reading.workbooks import open_workbook, sheet_cell_text

    with open_workbook(path.name) as book:
        bound_memory(OTHER_WORKBOOK_MEMORY_MAX)
        workbook_file = book(str(path))
        names = list(workbook_file.sheet_names)
        if pick is None:
            yield [[name] for name in names]
            return
        sheet = workbook_file.get_sheet_by_name(pick(names))
        _check_cells(sheet, path)
        rows = iter(sheet.iter_rows())
    while some := [list(map(sheet_cell_text, cells)) for cells in islice(rows, ROWS_AT_ONCE)]:
        yield some


def _check_cells(sheet: Any, path: Path) -> None:
    cells = sheet.total_height * sheet.total_width
    if cells > CELLS_MAX:
        problem = f"a sheet of {sheet.total_height} rows and {sheet.total_width} columns; at most {CELLS_MAX} cells are read"
        remedy = "Delete what is empty or formatted below and beside the table, or save the sheet as CSV."
        raise SourceUnreadable(file=path.name, problem=problem, remedy=remedy)
