"""Which kind of file it is: by its headers first, by its name where headers leave several."""

from contextlib import suppress
from itertools import islice
from pathlib import Path

from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.personal_ids import mask
from resolution.sources.graphs import GraphFormat
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import library
from resolution.sources.packs.pack_library import known_mappings
from resolution.sources.reading import Reading, inner_lists, read_rows, root_of
from resolution.sources.rejects import ERROR, ROW
from resolution.sources.statements.spellings import places
from resolution.sources.statements.values import fold_text

LOOKED_AT_ROWS = 50
JSON = (".json", ".jsonl", ".ndjson")
NAME_BONUS = 0.35  # A telling file name outweighs a third of the headers.
MARGIN = 0.08  # A kind must be this much ahead of the next to be taken without asking.
ENOUGH = 0.4  # Share of headers that must be known, the bonus included.


def headers_of(path: Path, reading: Reading) -> list[str]:
    """Headers of the first rows. Raises SourceUnreadable where there is no row."""
    headers: dict[str, None] = {}
    for row in islice(read_rows(path, reading), LOOKED_AT_ROWS):
        if row.trouble is None or len(row.values) > 1:
            headers |= dict.fromkeys(row.values)
    if not headers:
        raise SourceUnreadable(file=mask(path.name), problem="no row could be read", remedy="Check format, encoding and content.")
    return [name for name in headers if name not in (ROW, ERROR)]


def detect_mapping(path: Path, headers: list[str]) -> Mapping:
    """The mapping of the product that fits. Raises MappingInvalid with the candidates where several do, or none.

    Where a built-in kind and pages of packs fit alike it is the built-in kind: what a file was read as stays so.
    """
    scored = sorted(((_fit(mapping, path, headers), name) for name, mapping in known_mappings().items()), reverse=True)
    (best, name), (second, _) = scored[0], scored[1]
    if best >= ENOUGH and best - second >= MARGIN:
        return known_mappings()[name]
    close = [name for fit, name in scored if fit >= max(ENOUGH, best - MARGIN)]
    built_in = [name for name in close if name in library()]
    if len(built_in) == 1:
        return library()[built_in[0]]
    problem = f"could be any of {', '.join(close)}" if close else "no known kind of file has these columns"
    column_names = ", ".join(mask(header) for header in headers[:30])
    remedy = "Name the kind (--as KIND), or write a mapping (kith mapping suggest)."
    raise MappingInvalid(file=mask(path.name), problem=problem, columns=column_names, remedy=remedy)


def mapping_by_root(path: Path, reading: Reading) -> Mapping | None:
    """The built-in mapping of XML files with this outermost element. Raises SourceUnreadable where the file is no XML."""
    if path.suffix.lower() != ".xml" or not path.is_file():
        return None
    root = root_of(path, reading)
    return next((mapping for mapping in known_mappings().values() if root in mapping.recognise.root), None)


def mapping_of_inner_list(path: Path, reading: Reading) -> tuple[Mapping, Reading] | None:
    """The built-in mapping that fits a list inside a JSON file best, and how to read that list; None where none does."""
    best: tuple[float, Mapping, Reading] | None = None
    for json_path, fields in inner_lists(path, reading).items() if not reading.path else ():
        with suppress(MappingInvalid):
            mapping = detect_mapping(path, fields)
            fit = _fit(mapping, path, fields)
            if best is None or fit > best[0]:
                best = fit, mapping, reading_at(reading, json_path)
    return best[1:] if best else None


def fit_reading(path: Path, reading: Reading, mapping: Mapping) -> Reading:
    """How to read a file by a mapping: as it is, or where the rows lack its columns, at the list inside that has most of them."""
    if (
        reading.path
        or not mapping.required
        or path.suffix.lower() not in JSON
        or _has_required(mapping, headers_of(path, reading))
    ):
        return reading
    lists = {json_path: fields for json_path, fields in inner_lists(path, reading).items() if _has_required(mapping, fields)}
    best = max(lists, key=lambda json_path: len(_columns(mapping, lists[json_path])), default=None)
    return reading_at(reading, best) if best else reading


def is_of_graph(graph: GraphFormat, path: Path, reading: Reading, headers: list[str]) -> bool:
    """Whether a file of these headers is of a graph format: its rows are, or those of a list inside it."""
    if not graph.lists:
        return graph.fits(frozenset(headers))
    is_json = path.suffix.lower() in JSON
    return is_json and (graph.marks <= {*headers} or list_of_graph(graph, path, reading) is not None)


def list_of_graph(graph: GraphFormat, path: Path, reading: Reading) -> str | None:
    """Where the rows of a graph format are listed inside a JSON file; None where they are its rows themselves."""
    if reading.path or not graph.lists or path.suffix.lower() not in JSON or graph.marks <= {*headers_of(path, reading)}:
        return None
    fields = inner_lists(path, reading)
    return next((inner for inner in graph.lists if graph.marks <= {*fields.get(inner, ())}), None)


def reading_at(reading: Reading, json_path: str) -> Reading:
    """The same reading, of the list at a path."""
    return Reading(**(reading.model_dump(exclude_unset=True) | {"path": json_path}))


def _columns(mapping: Mapping, headers: list[str]) -> set[str]:
    return {place.column for place in places(mapping, tuple(headers))}


def _has_required(mapping: Mapping, headers: list[str]) -> bool:
    return {*mapping.required} <= _columns(mapping, headers)


def _fit(mapping: Mapping, path: Path, headers: list[str]) -> float:
    """Share of the headers the mapping knows, plus a bonus for the file's name; 0 where a required column is missing."""
    if mapping.format.header or mapping.recognise.root or not _has_required(mapping, headers):
        return 0.0
    is_named = any(fold_text(word) in fold_text(path.stem) for word in (*mapping.recognise.file_names, mapping.mapping))
    return len(_columns(mapping, headers)) / len(headers) + NAME_BONUS * is_named
