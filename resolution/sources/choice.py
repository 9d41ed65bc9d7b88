"""What a file is to be read as: a mapping of one's own, a named kind, or what it is recognised as."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ontology.errors import MappingInvalid
from ontology.personal_ids import PersonalIdKey, mask, mask_with_hash
from resolution.sources.graphs.formats import GRAPHS
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.kind_detection import (
    detect_mapping,
    fit_reading,
    headers_of,
    is_of_graph,
    list_of_graph,
    mapping_by_root,
    mapping_of_inner_list,
    reading_at,
)
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import mapping_at
from resolution.sources.packs.pack import Pack, PackFile
from resolution.sources.packs.pack_library import known_mappings, pack_of_kind
from resolution.sources.reading import Reading
from resolution.sources.row_prints import print_key
from resolution.sources.statements.column_formats import ColumnFormats
from resolution.sources.statements.row_results import RowMapper
from resolution.sources.statements.table_mapper import TableMapper


@dataclass(frozen=True)
class Choice:
    """How one file is read: the kind's name and version, its dataset, how to open it, and what maps its rows.

    make: file id (16 hex digits) to a fresh mapper.
    state_of: the source that the file tells the whole of, so that what its last delivery told and this does not has ended.
    print_key: key of the prints of its rows; empty where none are kept.
    part:     the sheet of a workbook of which each sheet is a file of its own.
    """

    kind: str
    version: str
    dataset: str
    reading: Reading
    make: Callable[[str], RowMapper]
    mapping: Mapping | None = None
    pack: str = ""
    publisher: str = ""
    licence: str = ""
    state_of: str = ""
    print_key: bytes = b""
    part: str = ""

    @property
    def gives_records(self) -> bool:
        """Whether rows may give parties; a table of ties alone does not."""
        return self.mapping is None or bool(self.mapping.parties)


def kinds() -> dict[str, str]:
    """Every kind that can be named, with its title."""
    tables = {name: mapping.title for name, mapping in known_mappings().items()}
    return dict(sorted((tables | {name: graph.title for name, graph in GRAPHS.items()}).items()))


def choose_reading(
    path: Path,
    *,
    mapping: Mapping | Path | None,
    kind: str | None,
    dataset: str | None,
    reading: Reading,
    id_key: PersonalIdKey,
    today: date,
    index: CrossFileIndex,
    pack: Pack | None = None,
    pack_file: PackFile | None = None,
    is_state: bool = False,
) -> Choice:
    """How to read the file at `path`. Raises MappingInvalid and SourceUnreadable.

    pack, pack_file: the pack it is a file of, and which of its files, which then say what it is.
    is_state:        whether it is one more delivery of a source that always tells the whole of itself.
    """
    part = ""
    if pack is not None:
        if pack_file is None:
            raise pack.refusal(mask(path.name))
        mapping, kind = pack.mappings.get(pack_file.mapping), pack_file.mapping
        dataset = dataset or pack_file.dataset or (None if mapping else pack.pack)
        if pack_file.sheet:
            part, reading = pack_file.sheet, reading.model_copy(update={"sheet": pack_file.sheet})
    choose = partial(_choose, path, dataset=dataset, reading=reading, id_key=id_key, today=today, index=index)
    choice = choose(mapping, kind)
    origin = pack or pack_of_kind(choice.kind)
    told = choice.mapping
    choice = replace(
        choice,
        pack=origin.pack if origin else "",
        publisher=(told and told.publisher) or (origin.publisher if origin else ""),
        licence=(told and told.licence) or (origin.licence.name if origin else ""),
        state_of=_source_of(pack, pack_file) if is_state and pack is not None and pack_file is not None else "",
        part=part,
    )
    return _with_prints(choice, id_key)


def _with_prints(choice: Choice, id_key: PersonalIdKey) -> Choice:
    """A choice that keeps prints of its rows, so that the next delivery is compared by them."""
    return replace(choice, print_key=print_key(id_key)) if choice.state_of and choice.mapping else choice


def _source_of(pack: Pack, file: PackFile) -> str:
    """What a file of a pack is one more delivery of; empty where deliveries are not whole."""
    is_whole = pack.complete if file.complete is None else file.complete
    return "\n".join((pack.pack, file.mapping, *file.names, file.sheet or "")) if is_whole else ""


def _choose(
    path: Path,
    mapping: Mapping | Path | None,
    kind: str | None,
    *,
    dataset: str | None,
    reading: Reading,
    id_key: PersonalIdKey,
    today: date,
    index: CrossFileIndex,
) -> Choice:
    choose_table = partial(_table_choice, path, dataset=dataset, id_key=id_key, today=today)
    if mapping is not None:
        return choose_table(mapping_at(mapping) if isinstance(mapping, Path) else mapping, reading=reading)
    if kind is None:
        kind, reading = _detect_kind(path, reading)
    if kind in GRAPHS:
        reading = _reading_of_graph(path, kind, reading)
        return _graph_choice(kind, mask_with_hash(dataset or _stem(path), id_key), reading, id_key, index)
    if kind not in known_mappings():
        raise MappingInvalid(kind=kind, problem="unknown kind", remedy=f"Known: {', '.join(kinds())}.")
    return choose_table(known_mappings()[kind], reading=reading)


def _detect_kind(path: Path, reading: Reading) -> tuple[str, Reading]:
    """The kind a file says it is, and how to read it. Raises MappingInvalid with the candidates, or where there is none."""
    if (root := mapping_by_root(path, reading)) is not None:
        return root.mapping, reading
    headers = headers_of(path, reading)
    if graph := next((graph for graph in GRAPHS.values() if is_of_graph(graph, path, reading, headers)), None):
        return graph.name, reading
    try:
        return detect_mapping(path, headers).mapping, reading
    except MappingInvalid:
        inner = mapping_of_inner_list(path, reading)
        if inner is None:
            raise
        return inner[0].mapping, inner[1]


def _table_choice(
    path: Path, mapping: Mapping, *, dataset: str | None, reading: Reading, id_key: PersonalIdKey, today: date
) -> Choice:
    dataset_name = mask_with_hash(dataset or mapping.dataset or mapping.mapping, id_key)  # Part of every record's id.
    settings = mapping.format.model_dump(exclude_unset=True) | reading.model_dump(exclude_unset=True)

    table_reading = fit_reading(path, Reading(**settings), mapping)
    columns = ColumnFormats(path.absolute(), table_reading, mapping)
    make = partial(
        _make_table_mapper, columns, dataset_name, id_key, today
    )  # No lambda: a table's choice goes to the process that maps it.
    return Choice(mapping.mapping, mapping.version, dataset_name, table_reading, make, mapping)


def _make_table_mapper(columns: ColumnFormats, dataset: str, id_key: PersonalIdKey, today: date, file_id: str) -> RowMapper:
    return TableMapper(columns, dataset=dataset, file_id=file_id, id_key=id_key, today=today)


def _graph_choice(kind: str, dataset: str, reading: Reading, id_key: PersonalIdKey, index: CrossFileIndex) -> Choice:
    graph = GRAPHS[kind]
    return Choice(kind, graph.version, dataset, reading, lambda file_id: graph.make(dataset, file_id, id_key, index))


def _reading_of_graph(path: Path, kind: str, reading: Reading) -> Reading:
    inner = list_of_graph(GRAPHS[kind], path, reading)
    return reading_at(reading, inner) if inner else reading


def _stem(path: Path) -> str:
    """The name of a file without its ending, as a dataset: a graph format has no name of its own for what it holds."""
    return path.stem.removesuffix(".rejects").lower()[:80]
