"""A file may name more parties than are held in memory: what its rows say of one is put together all the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.record import Record
from resolution.sources import row_blocks
from resolution.sources.ingest import ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.statements import table_mapper
from store.rows import from_row
from store.sqlite import SqliteStore
from tests.resolution.sources.shorthands import KEY, NOW

PAGE = """
mapping: spring_fair
version: "1"
title: Spring fair
source_class: 3
columns: {no: [no], name: [name], land: [land]}
parties: {guest: {kind: firm, key: no, names: [name], countries: [land]}}
"""
Guest = tuple[int, str, str]
guests = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["Alder", "Birch", "Cedar"]), st.sampled_from(["gb", "de", ""])),
    min_size=1,
    max_size=12,
)


def load(folder: Path, rows: list[Guest]) -> dict[str, tuple[set[str], set[str]]]:
    """Names and countries by record."""
    folder.mkdir(exist_ok=True)
    path = folder / "guests.csv"
    path.write_text("no,name,land\n" + "".join(f"{no},{name},{land}\n" for no, name, land in rows))
    database = folder / "kith.db"
    database.unlink(missing_ok=True)
    store = SqliteStore(database)
    ingest(store, [path], id_key=KEY, now=NOW, mapping=parse_mapping(PAGE, "page.yaml"))
    records = [from_row(Record, row) for row in store.read("entities/records")]
    store.close()
    return {record.id: ({name.text for name in record.names}, set(record.countries)) for record in records}


@given(rows=guests, block_rows=st.integers(1, 4))
def test_what_rows_say_of_a_party_adds_up_however_many_are_held(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Guest], block_rows: int
) -> None:
    folder = tmp_path_factory.mktemp("guests")
    whole = load(folder / "whole", rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(table_mapper, "MENTIONS_MAX", 1)
        patched.setattr(row_blocks, "BLOCK_ROWS", block_rows)
        assert load(folder / "held", rows) == whole
