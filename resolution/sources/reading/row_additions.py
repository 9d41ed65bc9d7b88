"""What a row says by where it stands: texts of the lines above the header, and cells filled in once for several rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import re2

from resolution.sources.reading.rows import SKIPPED, RawRow, RowFilter


def captured_texts(lines: Sequence[str], patterns: Mapping[str, str]) -> dict[str, str]:
    """For each name the first text that its pattern takes of these lines; without it where none fits."""
    texts: dict[str, str] = {}
    for name, pattern in patterns.items():
        compiled = re2.compile(pattern)
        matches = (match for line in lines if (match := compiled.search(line)))
        if match := next(matches, None):
            texts[name] = (match.group(compiled.groups) or "").strip()
    return texts


def with_preamble(rows: Iterable[RawRow], texts: Mapping[str, str]) -> Iterator[RawRow]:
    """The rows with these texts as further columns."""
    for row in rows:
        yield row if row is SKIPPED or not texts else row._replace(values={**row.values, **texts})


def filled_down(rows: Iterable[RawRow], headers: Sequence[str], is_wanted: RowFilter) -> Iterator[RawRow]:
    """The rows with empty cells of these headers filled by the last one above; SKIPPED for rows that are not wanted."""
    last: dict[str, str] = {}
    for place, row in enumerate(rows):
        filled = {header: row.values[header] or last.get(header, "") for header in headers if header in row.values}
        last |= filled
        yield row._replace(values=row.values | filled) if is_wanted(place) else SKIPPED
