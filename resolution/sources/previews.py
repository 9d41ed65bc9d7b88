"""What files state, without a store: statements by table and id, for a look before they are loaded and for the tests of packs."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from ontology.personal_ids import PersonalIdKey
from ontology.source import Rejection
from resolution.sources.choice import Choice, choose_reading
from resolution.sources.earlier_loads import digests
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.packs.pack import Pack
from resolution.sources.reading import ENDINGS, Reading
from resolution.sources.reading.archives import files_inside
from resolution.sources.record_references import promised_ids, settle_references
from resolution.sources.rejects import rejection
from resolution.sources.row_blocks import BLOCK_ROWS, map_blocks
from resolution.sources.statements.file_merge import merge_file_rows
from resolution.sources.statements.row_results import RowResult
from resolution.sources.sums import LineSums
from store.port import Row

QUIET = ("id", "dataset", "source_class", "row_id", "release_id")
"""Columns of a statement that tell where it stands, not what it says."""
Facts = dict[str, dict[str, Row]]


class Preview(NamedTuple):
    """What files come to.

    facts:      rows of the store by table and statement id.
    rejections: rows that would not go in; of repaired rows what would be left out.
    """

    rows_read: int
    rows_ignored: int
    facts: Facts
    rejections: tuple[Rejection, ...]
    repairs: tuple[Rejection, ...]


def preview_pack(pack: Pack, paths: Iterable[Path], *, id_key: PersonalIdKey, today: date) -> Preview:
    """What these files of a pack state. Raises MappingInvalid and SourceUnreadable."""
    choose = partial(
        choose_reading,
        mapping=None,
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=id_key,
        today=today,
        index=CrossFileIndex(),
        pack=pack,
    )
    with tempfile.TemporaryDirectory() as work_folder:
        files = [file for path in paths for file in files_inside(path, Path(work_folder), ENDINGS)]
        ordered = pack.in_order(file.path for file in files)
        return preview([(path, choose(path, pack_file=pack_file)) for path, pack_file in ordered])


def preview(files: Sequence[tuple[Path, Choice]], *, rows_max: int | None = None) -> Preview:
    """What the first rows of these files state, put together as a store would. rows_max: of each file; all when left out."""
    rows_by_file: dict[str, dict[str, dict[str, Row]]] = {}
    rejections: list[Rejection] = []
    repairs: list[Rejection] = []
    rows_read = rows_ignored = 0
    known_ids = promised_ids(files)

    def settle(row_results: list[RowResult]) -> None:
        settle_references(row_results, known_ids, lambda ids: set())

    for path, choice in files:
        file_id, _ = digests(path, choice.kind)
        rows_of_file: Facts = {}
        sums = LineSums(partial(_rows_so_far, rows_of_file))
        blocks = map_blocks(path, choice, choice.make(file_id), reject_unknown=settle)
        for block in islice(blocks, None if rows_max is None else -(-rows_max // BLOCK_ROWS)):
            rows_read, rows_ignored = rows_read + block.rows_read, rows_ignored + block.rows_ignored
            rejections += [rejection(path.name, bad.number, bad.trouble) for bad in block.rejected if bad.trouble]
            repairs += [rejection(path.name, number, trouble) for number, troubles in block.repaired for trouble in troubles]
            for table in (*block.rows_by_table, *block.sum_lines):
                new_rows = [*block.rows_by_table.get(table, []), *sums.add_lines(table, block.sum_lines.get(table, []))]
                rows_of_file.setdefault(table, {}).update({row["id"]: row for row in new_rows})
        for table, rows in rows_of_file.items():
            for id_, row in rows.items():
                rows_by_file.setdefault(table, {}).setdefault(id_, {})[file_id] = row
    facts = {
        table: {id_: merge_file_rows(table, versions) for id_, versions in sorted(statements.items())}
        for table, statements in sorted(rows_by_file.items())
    }
    return Preview(rows_read, rows_ignored, facts, tuple(rejections), tuple(repairs))


def _rows_so_far(rows_of_file: Facts, table: str, ids: list[str]) -> dict[str, Row]:
    return {id_: rows_of_file[table][id_] for id_ in ids}


def stated_facts(preview_: Preview) -> dict[str, Any]:
    """The facts to read and compare: records by id, other statements by table, without what only says where they stand."""
    records = {id_: _record_facts(row) for id_, row in preview_.facts.get("records", {}).items()}
    other_statements = {
        table: sorted((_other_facts(row) for row in rows.values()), key=str)
        for table, rows in preview_.facts.items()
        if table != "records"
    }
    counts = {"rows_read": preview_.rows_read, "rows_ignored": preview_.rows_ignored, "rows_rejected": len(preview_.rejections)}
    left_out = [f"{repair.file} row {repair.row}, {repair.field}: {repair.problem}" for repair in preview_.repairs]
    refusals = [f"{bad.file} row {bad.row}, {bad.field}: {bad.problem}" for bad in preview_.rejections]
    return (
        counts
        | {"records": records}
        | other_statements
        | ({"refused": refusals} if refusals else {})
        | ({"left_out": left_out} if left_out else {})
    )


def _record_facts(row: Row) -> dict[str, Any]:
    document: dict[str, Any] = from_json(row["document"])
    names: dict[str, list[str]] = {}
    for name in document.get("names", ()):
        names.setdefault(name.get("role", "primary"), []).append(name["text"])
    facts = {name: value for name, value in document.items() if name not in (*QUIET, "names")}
    identifiers = [_identifier_text(code) for code in facts.pop("identifiers", ())]
    addresses = [_address_text(address) for address in facts.pop("addresses", ())]
    contacts = [f"{contact['kind']} {contact['value']}" for contact in facts.pop("contacts", ())]
    listed = {"names": names, "identifiers": identifiers, "addresses": addresses, "contacts": contacts}
    return {"kind": facts.pop("kind", row["kind"])} | {name: value for name, value in listed.items() if value} | facts


def _identifier_text(code: Mapping[str, Any]) -> str:
    shown = code.get("masked") or code["value"]
    return f"{code['scheme']} {shown}" + ("" if code.get("valid", True) else " (not valid)")


def _address_text(address: Mapping[str, Any]) -> str:
    parts = [f"{name} {address[name]}" for name in ("country", "region", "city", "postcode") if address.get(name)]
    return f"{address['text']} [{', '.join(parts)}]" if parts else str(address["text"])


def _other_facts(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in QUIET and value not in (None, False, "", "[]")}
