"""The first rows of an unknown file, and how it has to be read: where its rows are, whether it has a header, its empty word."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ontology.errors import SourceUnreadable
from ontology.limits import unstorable_in, visible
from ontology.personal_ids import mask
from resolution.sources.drafts.preambles import NAME_ABOVE, name_above
from resolution.sources.drafts.xml_records import record_elements
from resolution.sources.reading import WORKBOOKS, Reading, header_of, inner_lists, read_rows, sheet_names
from resolution.sources.reading.header_detection import is_data
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.statements.json_cells import SEVERAL, TEXT, day_in, parse_json_cell, readable_text
from resolution.sources.statements.values import ValueRefused, day, money, says_nothing

LOOKED_AT_ROWS = 200
NULL_SHARE_MIN = 0.1  # Of all cells: a mark that stands for an empty cell fills whole columns.
NULL_LENGTH_MAX = 10
TABLES = (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
LONGEST_HEADER = 80  # Letters; a longer cell in the only line of a table is no name of a column.
_NULL = re.compile(
    r"[^\w\s]*(?:[0Xx]|null|none|nil|blank|empty|unknown|n/?a)?[^\w\s]+|[^\w\s]+(?:N|0|null|none|blank|empty|n/?a)[^\w\s]*",
    re.IGNORECASE,
)


class Sample(NamedTuple):
    """Filled cells by header, the lines of the mapping's `format` that reading needs, and whether the headers are the file's.

    rows:  the same cells row by row.
    lists: headers whose cells list objects, with the paths of their parts; these stand among the headers, as `header.part`.
    """

    values: dict[str, list[str]]
    lines: list[str]
    has_header_names: bool
    rows: list[dict[str, str]]
    lists: dict[str, list[str]]


def sample_of(path: Path, reading: Reading, *, takes_name_above: bool = False) -> Sample:
    """The first rows of a file. Raises SourceUnreadable where it cannot be read.

    takes_name_above: a name above the table, if there is one, is a column of every row.
    """
    reading, sheet_lines = _with_fullest_sheet(path, reading)
    lines = [
        f"  {name}: {quote_yaml(setting)}"
        for name in ("encoding", "sheet")
        if not sheet_lines and (setting := getattr(reading, name))
    ]
    lines += sheet_lines
    reading, path_lines = _with_rows_path(path, _with_delimiter(path, reading))
    lines += [f"  delimiter: {quote_yaml(reading.delimiter)}"] if reading.delimiter else []
    lines += path_lines
    headers = _headless(path, reading)
    if headers:
        reading = Reading(**(reading.model_dump(exclude_unset=True) | {"header": headers}))
        lines.append(f"  header: [{', '.join(headers)}]   # CHECK: the first line has no names, it looks like the lines below it")
    if takes_name_above:
        reading, preamble_lines = _with_name_above(path, reading)
        lines += preamble_lines
    values: dict[str, list[str]] = {}
    cells_by_row: list[dict[str, str]] = []
    lists: dict[str, dict[str, None]] = {}
    for row in islice(read_rows(path, reading), LOOKED_AT_ROWS):
        if row.trouble or unstorable_in(row.values):  # A load rejects it: a draft that rests on it would be refused.
            continue
        cells = {header: text.strip() for name, cell in row.values.items() for header, text in _flatten(name, cell, lists)}
        cells_by_row.append(cells)
        for header, text in cells.items():
            values.setdefault(header, []).append(text)
    nulls = _null_marks(values)
    if nulls:
        lines.append(f"  null: [{', '.join(map(quote_yaml, nulls))}]   # CHECK: stands for an empty cell in the whole file")
    filled = {
        header: [cell for cell in cells if not says_nothing(cell) and cell not in nulls] for header, cells in values.items()
    }
    rows = [
        {header: text for header, text in cells.items() if not says_nothing(text) and text not in nulls} for cells in cells_by_row
    ]
    return Sample(filled, lines, not headers, rows, {header: [*parts] for header, parts in lists.items()})


def _with_fullest_sheet(path: Path, reading: Reading) -> tuple[Reading, list[str]]:
    """The reading of the sheet with the most rows where a workbook has several, and the line that says so."""
    if reading.sheet or path.suffix.lower() not in WORKBOOKS or not path.is_file() or len(names := sheet_names(path)) < 2:
        return reading, []
    settings = reading.model_dump(exclude_unset=True)
    readings = {name: Reading(**(settings | {"sheet": name})) for name in names}
    fullest = max(names, key=lambda name: _count_rows(path, readings[name]))
    others = ", ".join(visible(mask(name)) for name in names if name != fullest)
    return readings[fullest], [f"  sheet: {quote_yaml(fullest)}   # CHECK: the one with the most rows; not read: {others}"]


def _count_rows(path: Path, reading: Reading) -> int:
    try:
        return sum(row.trouble is None for row in islice(read_rows(path, reading), LOOKED_AT_ROWS))
    except SourceUnreadable:  # A sheet without a table.
        return 0


def _with_delimiter(path: Path, reading: Reading) -> Reading:
    """The reading itself; of a table of which no row can be read so, one by the delimiter by which most can be."""
    if path.suffix.lower() not in TABLES or reading.delimiter or not path.is_file() or not path.stat().st_size:
        return reading
    if any(row.trouble is None for row in islice(read_rows(path, reading), LOOKED_AT_ROWS)):
        return reading
    settings = reading.model_dump(exclude_unset=True)
    for delimiter in DELIMITERS:
        other = Reading(**(settings | {"delimiter": delimiter}))
        rows = list(islice(read_rows(path, other), LOOKED_AT_ROWS))
        if any(row.trouble is None and len(row.values) > 1 for row in rows):
            return other
    return reading


def _with_name_above(path: Path, reading: Reading) -> tuple[Reading, list[str]]:
    """The reading with the name that stands above the table as a column, and the line that says so."""
    above = None if reading.preamble else name_above(path, reading)
    if above is None:
        return reading, []
    settings = reading.model_dump(exclude_unset=True) | {"preamble": {NAME_ABOVE: above.pattern}}
    line = f"  preamble: {{{NAME_ABOVE}: {quote_yaml(above.pattern)}}}   # CHECK: the name that stands above the table"
    return Reading(**settings), [line]


def _with_rows_path(path: Path, reading: Reading) -> tuple[Reading, list[str]]:
    """Where the rows are in a JSON or XML file, and the line that says so where they are not looked for there by themselves."""
    settings = reading.model_dump(exclude_unset=True)
    if path.suffix.lower() == ".xml" and not reading.xml and path.is_file():
        records = record_elements(path, reading)
        quoted = ", ".join(map(quote_yaml, records))
        return Reading(**(settings | {"xml": {"record": records}})), [
            f"  xml: {{record: [{quoted}]}}   # CHECK: the elements that are rows"
        ]
    json_path = None if reading.path else _path_of_rows(path, reading)
    if json_path is None:
        return reading, []
    return Reading(**(settings | {"path": json_path})), [f"  path: {quote_yaml(json_path)}   # CHECK: where the rows are listed"]


def _path_of_rows(path: Path, reading: Reading) -> str | None:
    """The path of a list that the one element of the outer list holds: answers of interfaces wrap their rows so."""
    lists = inner_lists(path, reading) if path.is_file() and path.stat().st_size else {}
    rows = list(islice(read_rows(path, reading), 2)) if lists else []
    if len(rows) != 1:
        return None
    texts = sum(parse_json_cell(cell) is None for cell in rows[0].values.values())
    wide = {json_path: fields for json_path, fields in lists.items() if len(fields) > texts and {*fields} != {*rows[0].values}}
    return max(wide, key=lambda json_path: (len(wide[json_path]), -json_path.count(".")), default=None)


def _headless(path: Path, reading: Reading) -> tuple[str, ...]:
    """Names for the columns of a table whose first line is a row like those below it; none where it has a header."""
    head = None if reading.header or reading.header_line else header_of(path, reading)
    if head is None:
        return ()
    names = tuple(f"column_{place}" for place in range(1, len(head[1]) + 1))
    rows = islice(read_rows(path, Reading(**(reading.model_dump(exclude_unset=True) | {"header": names}))), LOOKED_AT_ROWS)
    first, *below = [[*row.values.values()] for row in rows if row.trouble is None and row.number >= head[0]] or [[]]
    alone = bool(first) and not below and any(cell.strip().isdigit() or len(cell) > LONGEST_HEADER for cell in first)
    return names if first and (alone or is_data(first, below)) else ()


def _flatten(name: str, cell: str, lists: dict[str, dict[str, None]]) -> Iterator[tuple[str, str]]:
    """A cell, or the parts of the object it holds, by path; of several objects the texts of each part, as a path reads them."""
    value = parse_json_cell(cell)
    objects = [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []
    if objects and len(objects) == len(value or ()):
        parts: dict[str, list[str]] = {}
        for element in objects:
            for path, text in _parts_of(element):
                parts.setdefault(path, []).append(text)
        if len(objects) > 1:
            lists.setdefault(name, {}).update(dict.fromkeys(parts))
        yield from ((f"{name}.{path}" if path else name, SEVERAL.join(texts)) for path, texts in parts.items())
        return
    if isinstance(value, dict) and not day_in(cell):
        for part, inner in value.items():
            if "." not in part:
                yield from _flatten(name if part == TEXT else f"{name}.{part}", cell_text(inner), lists)
        return
    yield name, readable_text(cell) if isinstance(value, list) and not objects else day_in(cell) or cell


def _parts_of(element: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The filled parts of one object of a list by path; lists in it are texts."""
    for part, inner in element.items():
        text = cell_text(inner)
        if "." in part or not text:
            continue
        if isinstance(inner, dict) and not day_in(text):
            yield from (
                (part if not path else f"{part}.{path}" if part != TEXT else path, deep) for path, deep in _parts_of(inner)
            )
        else:
            yield "" if part == TEXT else part, day_in(text) or readable_text(text)


def _null_marks(values: dict[str, list[str]]) -> list[str]:
    """Marks that fill so many cells that they must mean an empty one, and that are not known for it anyway."""
    cells = Counter(cell for listed in values.values() for cell in listed)
    columns = Counter(cell for listed in values.values() for cell in {*listed})
    total = sum(cells.values())
    return [
        cell
        for cell, count in cells.most_common(5)
        if _is_mark(cell) and count >= NULL_SHARE_MIN * total and (columns[cell] > 1 or count > total / len(values) / 2)
    ]


def _is_mark(cell: str) -> bool:
    if not cell or len(cell) > NULL_LENGTH_MAX or says_nothing(cell) or not _NULL.fullmatch(cell):
        return False
    for convert in (money, day):
        try:
            convert(cell)
        except ValueRefused:
            continue
        return False
    return True


def quote_yaml(text: str) -> str:
    """A text as YAML takes it for one, on one line."""
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10_000)).rstrip("\n")
