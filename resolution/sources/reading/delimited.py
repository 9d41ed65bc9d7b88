"""CSV and its kin: delimiter found out, quoted line breaks kept, a broken row told apart from its neighbours."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ontology.errors import SourceUnreadable
from resolution.sources.reading.header_detection import LOOKED_AT, Cells, header_place
from resolution.sources.reading.lines import Line, lines
from resolution.sources.reading.rows import SKIPPED, UNSPLIT, RawRow, Reading, RowFilter, Trouble

DELIMITERS = ",\t;|，"
BLANK = " \t\r\x1a"  # Files of another age end with a mark of their own.
EXTRA = "extra"  # Cells beyond the last header.


class Table(NamedTuple):
    """Where a text table starts: the line of its header, its cells as written, the delimiter, and the lines of its rows.

    header_line: 0 where the names of the columns are given and no line is passed over for them.
    """

    header_line: int
    cells: list[str]
    delimiter: str
    lines: Iterator[Line]


def delimited(path: Path, reading: Reading, is_wanted: RowFilter) -> Iterator[RawRow]:
    """Rows by header: `reading.header`, or the line that is found to be it. See `header_place`."""
    csv.field_size_limit(max(csv.field_size_limit(), reading.line_bytes_max))
    table = table_of(path, reading)
    if table is None:
        return
    header = list(reading.header) or distinct_headers(table.cells)
    for place, record in enumerate(_records(table.lines, table.delimiter, len(header), reading.line_bytes_max)):
        yield _row(record, header, table.delimiter) if is_wanted(place) else SKIPPED


def table_of(path: Path, reading: Reading) -> Table | None:
    """The table of a text file; None where no line has text. Raises SourceUnreadable where the header is not there."""
    filled_lines: Iterator[Line] = (line for line in lines(path, reading) if line.trouble or line.text.strip(BLANK))
    if reading.header_line:
        return _table_at(path, reading, filled_lines)
    head = list(islice(filled_lines, LOOKED_AT))
    if not head:
        return None
    if reading.header:
        return Table(0, list(reading.header), reading.delimiter or sniff_delimiter(head[0].text), chain(head, filled_lines))
    joined_lines = list(_join_quoted(head, reading))
    place = header_place(len(joined_lines), _cut([line.text for line, _ in joined_lines], reading.delimiter), _is_as_wide)
    return _table(*joined_lines[place], head, filled_lines, reading)


def _table_at(path: Path, reading: Reading, filled_lines: Iterator[Line]) -> Table:
    head = list(islice((line for line in filled_lines if line.number >= (reading.header_line or 0)), LOOKED_AT))
    if not head or head[0].number != reading.header_line:
        problem = f"line {reading.header_line} is empty or not there"
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Name the line of the header (format: header_line).")
    return _table(*next(_join_quoted(head, reading)), head, filled_lines, reading)


def _table(header: Line, ended: int, head: list[Line], filled_lines: Iterator[Line], reading: Reading) -> Table:
    delimiter = reading.delimiter or sniff_delimiter(header.text)
    cells = list(reading.header) or _split(header.text, delimiter)
    return Table(header.number, cells, delimiter, chain(head[ended:], filled_lines))


def _join_quoted(head: list[Line], reading: Reading) -> Iterator[tuple[Line, int]]:
    """The first lines, each with how many lines end with it: those of a quoted cell that goes over several are one."""
    place = 0
    while place < len(head):
        line = head[place]
        delimiter = reading.delimiter or sniff_delimiter(line.text)
        for end in range(place, min(place + 20, len(head))):
            text = "\n".join(part.text for part in head[place : end + 1])
            if not _is_quote_open(text, delimiter):
                line, place = line._replace(text=text), end
                break
        place += 1
        yield line, place


def _cut(texts: list[str], delimiter: str | None) -> Callable[[int], list[list[str]]]:
    """See `Cut`: each row says by itself what delimiter it would cut the table with."""
    rows_by = cache(lambda mark: [_split(text, mark) for text in texts])
    return lambda place: rows_by(delimiter or sniff_delimiter(texts[place]))


def _is_as_wide(row: Cells, header: Cells) -> bool:
    return len(row) == len(header)


def sniff_delimiter(line: str) -> str:
    """The delimiter that cuts the first line into most pieces; a comma where none does."""
    return max(DELIMITERS, key=lambda delimiter: len(_split(line, delimiter)))


def distinct_headers(header: list[str]) -> list[str]:
    """Headers without blanks around them, empty ones named by their place, repeated ones numbered."""
    counts: dict[str, int] = {}
    names = []
    for place, raw in enumerate(header, start=1):
        name = raw.strip() or f"column {place}"
        counts[name] = counts.get(name, 0) + 1
        names.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return names


TextRecord = tuple[int, str, Trouble | None, list[str] | None]
"""Line number, whole text, trouble, cells where they are split already."""


def _row(record: TextRecord, header: list[str], delimiter: str) -> RawRow:
    number, text, trouble, cells = record
    if trouble:
        return RawRow(number, {UNSPLIT: text}, trouble)
    if cells is None:
        cells = _split(text, delimiter)
    if len(cells) == len(header):
        return RawRow(number, dict(zip(header, cells, strict=True)))
    values = dict(zip(header, cells, strict=False))
    if len(cells) > len(header):
        values[EXTRA] = " | ".join(cells[len(header) :])
    problem = f"{len(cells)} columns instead of {len(header)}"
    return RawRow(number, values, Trouble(None, problem, "Mend the line: a delimiter or a quote is missing or too many."))


def _records(filled_lines: Iterator[Line], delimiter: str, width: int, chars_max: int) -> Iterator[TextRecord]:
    """Lines joined where a quoted cell goes over several; one that never closes is given up, those after it are not."""
    waiting: deque[Line] = deque()
    while line := (waiting.popleft() if waiting else next(filled_lines, None)):
        if line.trouble or '"' not in line.text or not _is_quote_open(line.text, delimiter):
            yield *line, None
            continue
        quoted_lines = _take_quoted(line, _chain_lines(waiting, filled_lines), delimiter, chars_max)
        text = "\n".join(part.text for part in quoted_lines)
        cells = _split_strictly(text, delimiter)
        if len(cells) != width:
            waiting.extendleft(reversed(quoted_lines[1:]))
            yield line.number, line.text, Trouble(None, "a quote is opened and never closed", "Close or remove the quote."), None
        else:
            yield line.number, text, next((part.trouble for part in quoted_lines if part.trouble), None), cells


def _take_quoted(line: Line, following: Iterator[Line], delimiter: str, chars_max: int) -> list[Line]:
    """The line and those after it up to where its quote closes, or the bound is reached."""
    quoted_lines, text = [line], line.text
    for next_line in following:
        quoted_lines.append(next_line)
        text = f"{text}\n{next_line.text}"
        if len(text) > chars_max or ('"' in next_line.text and not _is_quote_open(text, delimiter)):
            break
    return quoted_lines


def _chain_lines(waiting: deque[Line], filled_lines: Iterator[Line]) -> Iterator[Line]:
    while line := (waiting.popleft() if waiting else next(filled_lines, None)):
        yield line


def _is_quote_open(text: str, delimiter: str) -> bool:
    """Whether a quoted cell is still open at the end of `text`; a quote inside an unquoted cell is only a letter."""
    if text.count('"') % 2 == 0:
        return False
    place, is_open = 0, False
    while place < len(text):
        if is_open:
            place = text.find('"', place)
            if place < 0:
                return True
            is_open = text.startswith('""', place)
            place += 2 if is_open else 1
        elif text[place] == '"' and (place == 0 or text[place - 1] in (delimiter, "\n")):
            is_open, place = True, place + 1
        else:
            place = (
                min((at for at in (text.find(delimiter + '"', place), text.find('\n"', place)) if at >= 0), default=len(text)) + 1
            )
    return is_open


def _split(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return [text]


def _split_strictly(text: str, delimiter: str) -> list[str]:
    """Cells; none where a quote stays open, or closes in the middle of a cell."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
