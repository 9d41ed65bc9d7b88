"""Where a table starts: the line of its header below titles and notes, and whether its first line is a header at all."""

import re
from collections.abc import Callable, Sequence

LOOKED_AT = 60  # Rows from the start; the longest preamble known, of a payment service's statement, has 23.
FILLED_MIN = 0.5  # Of its cells a header fills this share at least; titles and notes fill one or two.
BELOW_MIN = 0.5  # Of the rows below a header this share is as wide as it: footers and broken rows are not.
SURE = 0.8  # A first line with so many rows of its width below it is not doubted.
Cells = Sequence[str]
Cut = Callable[[int], Sequence[Cells]]
"""All first rows, cut into cells as they are where the row at that place is the header."""
Fits = Callable[[Cells, Cells], bool]
"""Whether a row can stand under a header."""

SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "day",
        re.compile(
            r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?([T ].*)?|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{4}.*"
        ),
    ),
    ("number", re.compile(r"[(+-]?[¥$€£￥]?\s?\d[\d.,' ]*%?\)?")),
    ("mail", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("site", re.compile(r"(https?://|www\.)\S+")),
    ("code", re.compile(r"(?=(?:\D*\d){4})[A-Za-z0-9/-]{6,}")),
    ("mark", re.compile(r"[^\w\s]+\d?[^\w\s]+")),
    (
        "firm",
        re.compile(
            r".{2,}(有限(责任|責任)?公司|株式会社|有限会社|주식회사)|(株式会社|有限会社|주식회사)\s?.{2,}"
            r"|.*\w.*[\s,](llc|ltd|limited|inc|gmbh|corp|plc|s\.?a|s\.?r\.?l|b\.?v|oy|a/?s|llp|pte|pty)\.?\s*",
            re.IGNORECASE,
        ),
    ),
)


def header_place(count: int, cut: Cut, fits: Fits) -> int:
    """Place of the first row whose width and filled cells fit the rows below it and that is no data; 0 where none does.

    A row is passed over only where it fills too few cells to be of the table, or tells a day or a number as a note does.
    """
    if not count or _is_header(cut(0), 0, fits, SURE):
        return 0
    fitting = [place for place in range(count) if _may_be(cut(place), place, fits)]
    scored = [(_below(cut(place), place, fits) * (len(cut(place)[place]) - 1), -place) for place in fitting]
    place = -max(scored)[1] if scored else 0
    rows = cut(place)
    return place if all(_is_note(row, rows[place], first=at == 0) for at, row in enumerate(rows[:place])) else 0


def is_data(first: Cells, rows: Sequence[Cells]) -> bool:
    """Whether a first line is rather a row like those below it: its cells have the shapes theirs have."""
    columns = [[row[place].strip() for row in rows if place < len(row) and row[place].strip()] for place in range(len(first))]
    votes = sum(_vote(cell.strip(), below) for cell, below in zip(first, columns, strict=True))
    return votes > 0


def shape(cell: str) -> str | None:
    """What a cell looks like: one of `SHAPES`, or None for words."""
    return next((name for name, pattern in SHAPES if pattern.fullmatch(cell)), None)


def _is_header(rows: Sequence[Cells], place: int, fits: Fits, share: float) -> bool:
    row, below = rows[place], len(rows) - place - 1
    return len(row) > 1 and _filled(row) >= FILLED_MIN * len(row) and _below(rows, place, fits) >= share * max(below, 1)


def _may_be(rows: Sequence[Cells], place: int, fits: Fits) -> bool:
    if any(map(_is_fact, rows[place])) or not _is_header(rows, place, fits, BELOW_MIN):
        return False
    return not is_data(rows[place], rows[place + 1 :])


def _below(rows: Sequence[Cells], place: int, fits: Fits) -> int:
    return sum(fits(row, rows[place]) for row in rows[place + 1 :])


def _is_note(row: Cells, header: Cells, *, first: bool) -> bool:
    """A title or a note above the header; a first line as wide and as full as it is rather the header itself."""
    has_fact = any(map(_is_fact, row)) or row[0].strip().endswith((":", "："))
    return _filled(row) < FILLED_MIN * len(header) or (has_fact and not (first and len(row) == len(header)))


def _is_fact(cell: str) -> bool:
    """A day, a number or an address, which no column is called; a year it may be."""
    return shape(cell.strip()) in ("day", "number", "mail", "site") and not _is_year(cell.strip())


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", cell))


def _filled(row: Cells) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _vote(cell: str, below: list[str]) -> int:
    """1 for a row of data, -2 for a header, 0 where the column does not tell."""
    if not cell:
        return 0
    cell_shape, shapes_below = shape(cell), [shape(row_cell) for row_cell in below]
    if _is_year(cell) and not any(map(_is_year, below)):
        return 0  # A year over its amounts.
    if cell_shape and (not below or shapes_below.count(cell_shape) * 2 > len(below)):
        return 1
    if cell_shape is None and below and sum(row_shape is not None for row_shape in shapes_below) * 2 > len(below):
        return -2
    return 1 if len(below) > 1 and below.count(cell) * 2 > len(below) else 0
