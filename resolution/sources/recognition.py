"""Which kind of file it is: by its headers first, by its name where headers leave several."""

from itertools import islice
from pathlib import Path

from ontology.errors import MappingInvalid, SourceUnreadable
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import library
from resolution.sources.reading import Reading, read_rows
from resolution.sources.rejects import ERROR, ROW
from resolution.sources.seals import mask
from resolution.sources.statements.spellings import places
from resolution.sources.statements.values import folded

LOOKED_AT_ROWS = 50
NAME_BONUS = 0.35  # A telling file name outweighs a third of the headers.
MARGIN = 0.08  # A kind must be this much ahead of the next to be taken without asking.
ENOUGH = 0.4  # Share of headers that must be known, the bonus included.


def headers_of(path: Path, reading: Reading) -> list[str]:
    """Headers of the first rows. Raises SourceUnreadable where there is no row."""
    found: dict[str, None] = {}
    for row in islice(read_rows(path, reading), LOOKED_AT_ROWS):
        if row.trouble is None or len(row.values) > 1:
            found |= dict.fromkeys(row.values)
    if not found:
        raise SourceUnreadable(file=mask(path.name), problem="no row could be read", remedy="Check format, encoding and content.")
    return [name for name in found if name not in (ROW, ERROR)]


def recognised(path: Path, headers: list[str]) -> Mapping:
    """The built-in mapping that fits. Raises MappingInvalid with the candidates where several do, or none."""
    scored = sorted(((_fit(mapping, path, headers), name) for name, mapping in library().items()), reverse=True)
    (best, name), (second, _) = scored[0], scored[1]
    if best >= ENOUGH and best - second >= MARGIN:
        return library()[name]
    close = [name for fit, name in scored if fit >= max(ENOUGH, best - MARGIN)]
    problem = f"could be any of {', '.join(close)}" if close else "no known kind of file has these columns"
    told = ", ".join(mask(header) for header in headers[:30])
    remedy = "Name the kind (--as KIND), or write a mapping (kith mapping suggest)."
    raise MappingInvalid(file=mask(path.name), problem=problem, columns=told, remedy=remedy)


def _fit(mapping: Mapping, path: Path, headers: list[str]) -> float:
    """Share of the headers the mapping knows, plus a bonus for the file's name; 0 where a required column is missing."""
    found = places(mapping, tuple(headers))
    if mapping.format.header or not {*mapping.required} <= {one.column for one in found}:
        return 0.0
    named = any(folded(word) in folded(path.stem) for word in (*mapping.recognise.file_names, mapping.mapping))
    return len({one.column for one in found}) / len(headers) + NAME_BONUS * named
