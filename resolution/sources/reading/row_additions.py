"""What a row says by where it stands: texts of the lines above the header, and cells filled in once for several rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import Path

from ontology.errors import SourceUnreadable
from ontology.files import lies_within
from ontology.personal_ids import mask
from resolution.sources.header_spelling import squeeze_header, unnumbered_header
from resolution.sources.patterns import compile_pattern, searchable
from resolution.sources.reading.rows import SKIPPED, Join, RawRow, RowFilter


def captured_texts(lines: Sequence[str], patterns: Mapping[str, str]) -> dict[str, str]:
    """For each name the first text that its pattern takes of these lines; without it where none fits."""
    texts: dict[str, str] = {}
    for name, pattern in patterns.items():
        compiled = compile_pattern(pattern)
        matches = (match for line in lines if (match := compiled.search(searchable(line))))
        if match := next(matches, None):
            texts[name] = (match.group(compiled.groups) or "").strip()
    return texts


JOINED_ROWS_MAX = 5_000_000
Tables = list[tuple[Join, dict[str, tuple[str, ...]]]]


def joined_file(path: Path, join: Join) -> Path | None:
    """The file beside it that a join names; None where it may be absent and is. Raises SourceUnreadable."""
    fitting = sorted(
        other_file
        for other_file in path.parent.iterdir()
        if fnmatch(other_file.name.lower(), join.file.lower()) and _may_be_joined(other_file)
    )
    if not fitting and join.optional:
        return None
    if len(fitting) != 1:
        problem = f"needs one file {join.file} beside it, and there are {len(fitting)}"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Load the files of one delivery from one folder.")
    return fitting[0]


def _may_be_joined(other_file: Path) -> bool:
    """A file of this folder: none of rows that did not go in, no link to what lies elsewhere."""
    return other_file.is_file() and lies_within(other_file, other_file.parent) and ".rejects" not in other_file.suffixes


def joined_tables(path: Path, joins: Sequence[Join], read: Callable[[Path], Iterator[RawRow]]) -> Tables:
    """The tables of the other files by their numbers. Raises SourceUnreadable where a file is not there, or too long to hold."""
    files = ((join, joined_file(path, join)) for join in joins)
    return [(join, _joined_table(file, join, read) if file else {}) for join, file in files]


def _joined_table(other_file: Path, join: Join, read: Callable[[Path], Iterator[RawRow]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    find_headers = _HeaderFinder((join.key, *join.take))
    headers: set[str] = set()
    headers_read = False
    for row in read(other_file):
        if row.trouble is None:
            row_headers, headers_read = find_headers(row.values), True
            headers.update(row_headers)
            if key := _cell(row, row_headers, join.key).strip():
                table.setdefault(key, tuple(_cell(row, row_headers, header) for header in join.take))
        if len(table) > JOINED_ROWS_MAX:
            problem = f"more than {JOINED_ROWS_MAX} rows to join"
            raise SourceUnreadable(file=mask(other_file.name), problem=problem, remedy="Join the files beforehand.")
    absent = [header for header in (join.key, *join.take) if header not in headers]
    if absent and headers_read:
        remedy = "Write the headers as that file has them (format: join)."
        raise SourceUnreadable(
            file=mask(other_file.name), missing=", ".join(absent), problem="no such column to join", remedy=remedy
        )
    return table


def _cell(row: RawRow, headers: Mapping[str, str], header: str) -> str:
    return row.values.get(headers.get(header, ""), "")


def with_joined(rows: Iterable[RawRow], tables: Tables) -> Iterator[RawRow]:
    """The rows with the columns that other files have for their numbers."""
    find_headers = _HeaderFinder([join.on for join, _ in tables])
    for row in rows:
        if row is SKIPPED:
            yield row
            continue
        headers = find_headers(row.values)
        added_cells: dict[str, str] = {}
        for join, table in tables:
            texts = table.get(_cell(row, headers, join.on).strip(), ("",) * len(join.take))
            added_cells |= zip(join.take.values(), texts, strict=True)
        yield row._replace(values=row.values | added_cells)


class _HeaderFinder:
    """Which header of a row each of these names means: width, case, blanks and punctuation do not count."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name: squeeze_header(name) for name in names}
        self._headers: tuple[str, ...] = ()
        self._by_name: dict[str, str] = {}

    def __call__(self, values: Mapping[str, str]) -> dict[str, str]:
        """Header by name, of those names that the row has."""
        headers = tuple(values)
        if headers != self._headers:
            by_spelling = {squeeze_header(header): header for header in reversed(headers)}
            self._headers = headers
            self._by_name = {name: by_spelling[spelled] for name, spelled in self._names.items() if spelled in by_spelling}
        return self._by_name


def with_preamble(rows: Iterable[RawRow], texts: Mapping[str, str]) -> Iterator[RawRow]:
    """The rows with these texts as further columns."""
    for row in rows:
        yield row if row is SKIPPED or not texts else row._replace(values={**row.values, **texts})


def without_cells(rows: Iterable[RawRow], names: Iterable[str]) -> Iterator[RawRow]:
    """The rows with the cells of these headers emptied, however they are spelled; a row that could not be split keeps nothing."""
    dropped_cells = frozenset(map(squeeze_header, names))
    headers: frozenset[str] = frozenset()
    headers_seen: tuple[str, ...] = ()
    for row in rows:
        if row.trouble:
            yield row._replace(values=dict.fromkeys(row.values, ""))
            continue
        if (row_headers := tuple(row.values)) != headers_seen:
            headers_seen = row_headers
            headers = frozenset(
                name for name in row_headers if not dropped_cells.isdisjoint(map(squeeze_header, (name, unnumbered_header(name))))
            )
        yield row._replace(values=row.values | dict.fromkeys(headers, "")) if headers else row


def rows_until(rows: Iterable[RawRow], pattern: str) -> Iterator[RawRow]:
    """The rows above the first in which the pattern is found."""
    compiled = compile_pattern(pattern)
    return takewhile(lambda row: not compiled.search(searchable("\t".join(row.values.values()))), rows)


def filled_down(rows: Iterable[RawRow], names: Sequence[str], is_wanted: RowFilter) -> Iterator[RawRow]:
    """The rows with empty cells of these headers filled by the last one above; SKIPPED for rows that are not wanted."""
    last: dict[str, str] = {}
    find_headers = _HeaderFinder(names)
    for place, row in enumerate(rows):
        if row.trouble:
            last.clear()  # It may have been the first of a group: those below it are none of the group before.
            yield row if is_wanted(place) else SKIPPED
            continue
        headers = find_headers(row.values)
        last |= {name: text for name, header in headers.items() if (text := row.values[header]).strip()}
        filled = {header: last.get(name, "") for name, header in headers.items()}
        yield row._replace(values=row.values | filled) if is_wanted(place) else SKIPPED
