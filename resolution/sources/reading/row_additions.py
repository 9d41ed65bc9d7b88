"""What a row says by where it stands: texts of the lines above the header, and cells filled in once for several rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import Path

import re2

from ontology.errors import SourceUnreadable
from resolution.sources.reading.rows import SKIPPED, Join, RawRow, RowFilter


def captured_texts(lines: Sequence[str], patterns: Mapping[str, str]) -> dict[str, str]:
    """For each name the first text that its pattern takes of these lines; without it where none fits."""
    texts: dict[str, str] = {}
    for name, pattern in patterns.items():
        compiled = re2.compile(pattern)
        matches = (match for line in lines if (match := compiled.search(line)))
        if match := next(matches, None):
            texts[name] = (match.group(compiled.groups) or "").strip()
    return texts


JOINED_ROWS_MAX = 5_000_000
Tables = list[tuple[Join, dict[str, tuple[str, ...]]]]


def joined_tables(path: Path, joins: Sequence[Join], read: Callable[[Path], Iterator[RawRow]]) -> Tables:
    """The tables of the other files by their numbers. Raises SourceUnreadable where a file is not there, or too long to hold."""
    tables: Tables = []
    for join in joins:
        others = sorted(other for other in path.parent.iterdir() if fnmatch(other.name.lower(), join.file.lower()))
        if not others and join.optional:
            tables.append((join, {}))
            continue
        if len(others) != 1:
            problem = f"needs one file {join.file} beside it, and there are {len(others)}"
            raise SourceUnreadable(file=path.name, problem=problem, remedy="Load the files of one delivery from one folder.")
        table: dict[str, tuple[str, ...]] = {}
        for row in read(others[0]):
            if row.trouble is None and (key := row.values.get(join.key, "").strip()):
                table.setdefault(key, tuple(row.values.get(header, "") for header in join.take))
            if len(table) > JOINED_ROWS_MAX:
                raise SourceUnreadable(
                    file=others[0].name, problem=f"more than {JOINED_ROWS_MAX} rows to join", remedy="Join the files beforehand."
                )
        tables.append((join, table))
    return tables


def with_joined(rows: Iterable[RawRow], tables: Tables) -> Iterator[RawRow]:
    """The rows with the columns that other files have for their numbers."""
    for row in rows:
        added = {
            header: text
            for join, table in tables
            for header, text in zip(
                join.take.values(),
                table.get(
                    row.values.get(join.on, "").strip(),
                    (),
                )
                or ("",) * len(join.take),
                strict=True,
            )
        }
        yield row if row is SKIPPED else row._replace(values=row.values | added)


def with_preamble(rows: Iterable[RawRow], texts: Mapping[str, str]) -> Iterator[RawRow]:
    """The rows with these texts as further columns."""
    for row in rows:
        yield row if row is SKIPPED or not texts else row._replace(values={**row.values, **texts})


def without_cells(rows: Iterable[RawRow], headers: frozenset[str]) -> Iterator[RawRow]:
    """The rows with the cells of these headers emptied; a row that could not be split keeps nothing."""
    for row in rows:
        if row.trouble:
            yield row._replace(values=dict.fromkeys(row.values, ""))
        elif headers.isdisjoint(row.values):
            yield row
        else:
            yield row._replace(values={name: "" if name in headers else text for name, text in row.values.items()})


def rows_until(rows: Iterable[RawRow], pattern: str) -> Iterator[RawRow]:
    """The rows above the first in which the pattern is found."""
    compiled = re2.compile(pattern)
    return takewhile(lambda row: not compiled.search("\t".join(row.values.values())), rows)


def filled_down(rows: Iterable[RawRow], headers: Sequence[str], is_wanted: RowFilter) -> Iterator[RawRow]:
    """The rows with empty cells of these headers filled by the last one above; SKIPPED for rows that are not wanted."""
    last: dict[str, str] = {}
    for place, row in enumerate(rows):
        filled = {header: row.values[header] or last.get(header, "") for header in headers if header in row.values}
        last |= filled
        yield row._replace(values=row.values | filled) if is_wanted(place) else SKIPPED
