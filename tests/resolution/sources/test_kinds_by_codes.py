"""From files to kinds: what a mapping says, what names and codes tell, and what stays unknown."""

import json
from pathlib import Path
from typing import Any

import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.sources.ingest import ingest
from resolution.sources.statements.record_merge import merge_records
from store.port import Store
from store.rows import from_row
from tests.resolution.parties import firm
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT, USCC, registry

MAPPING = """
mapping: mine
version: "1"
title: Mine
source_class: 1
columns: {name: [name], type: [type], code: [code], born: [born], founded: [founded]}
parties:
  party:
    kind: {column: type, values: {P: person, "?": unknown}, otherwise: by_name}
    key: name
    names: [name]
    identifiers: [{value: code, schemes: {firm: uscc, person: resident_id}}]
    born_on: born
    founded_on: founded
"""


@pytest.fixture
def read(sqlite_store: Store, tmp_path: Path) -> Any:
    """Load rows by the mapping, and give the records by name."""

    def load(*rows: str) -> dict[str, Record]:
        (tmp_path / "mine.yaml").write_text(MAPPING, "utf-8")
        (tmp_path / "mine.csv").write_text("\n".join(["name,type,code,born,founded", *rows]) + "\n", "utf-8")
        ingest(sqlite_store, [tmp_path / "mine.csv"], id_key=KEY, now=NOW, mapping=tmp_path / "mine.yaml")
        return records(sqlite_store)

    return load


def records(store: Store) -> dict[str, Record]:
    found = (from_row(Record, row) for row in store.read("entities/records"))
    return {record.name: record for record in found}


def test_a_mapping_names_the_kind_or_leaves_it_to_the_name(read: Any) -> None:
    told = read("Kestrel Optics Institute,,,,", "Norma Sharipova,,,,", "Kunlun Zarya,,,,", "Thomas Cooper,?,,,", "Zarya,P,,,")
    kinds = {name: record.kind.value for name, record in told.items()}
    assert kinds == {
        "Kestrel Optics Institute": "firm",
        "Norma Sharipova": "person",
        "Kunlun Zarya": "unknown",
        "Thomas Cooper": "unknown",
        "Zarya": "person",
    }


def test_a_code_that_only_one_kind_has_tells_it(read: Any) -> None:
    told = read(f"Kunlun Zarya,,{USCC},,", f"Gazovik Sever,,{RESIDENT},,", "Orel Severny,,91350100M000100Y44,,")
    kinds = {name: record.kind.value for name, record in told.items()}
    assert kinds == {"Kunlun Zarya": "firm", "Gazovik Sever": "person", "Orel Severny": "unknown"}
    assert told["Gazovik Sever"].identifiers[0].scheme == "resident_id"


def test_of_an_unknown_kind_both_days_are_kept(read: Any) -> None:
    told = read("Kunlun Zarya,?,,1971-03-05,", "Orel Severny,?,,,2001-02-03")
    assert (told["Kunlun Zarya"].born_on, told["Orel Severny"].founded_on) == ("1971-03-05", "2001-02-03")


def test_a_told_kind_stands_over_an_unknown_one_of_the_same_record() -> None:
    untold, told = firm("r", "Kunlun Zarya", kind="unknown"), firm("r", "Kunlun Zarya")
    assert merge_records(untold, told).kind is merge_records(told, untold).kind is PartyKind.FIRM


def test_persons_of_other_peoples_and_lands_are_persons_in_a_register(sqlite_store: Store, tmp_path: Path) -> None:
    people = ("阿依古丽·买买提", "扎西旺堆", "约翰·斯坦贝克", "欧阳修文")
    rows = (f",榕江第{n}贸易有限公司,{one},2015-03-02" for n, one in enumerate(people))
    ingest(sqlite_store, [registry(tmp_path, *rows)], id_key=KEY, now=NOW)
    told = records(sqlite_store)
    assert {told[name].kind for name in people} == {PartyKind.PERSON}


@pytest.mark.parametrize(
    ("schema", "name", "kind"),
    [
        ("LegalEntity", "Kestrel Relief Foundation", "firm"),
        ("LegalEntity", "Thomas Cooper", "unknown"),
        ("Thing", "Kunlun Zarya", "unknown"),
        ("Company", "Thomas Cooper", "firm"),
        ("Person", "Kestrel Holdings", "person"),
    ],
)
def test_a_schema_that_tells_no_kind_tells_none(sqlite_store: Store, tmp_path: Path, schema: str, name: str, kind: str) -> None:
    path = tmp_path / "some.ftm.jsonl"
    path.write_text(json.dumps({"id": "e1", "schema": schema, "properties": {"name": [name]}}) + "\n", "utf-8")
    ingest(sqlite_store, [path], id_key=KEY, now=NOW)
    assert records(sqlite_store)[name].kind.value == kind


@pytest.mark.parametrize(("form", "kind"), [("registeredEntity", "firm"), ("unknownEntity", "unknown"), ("stateBody", "agency")])
def test_a_statement_about_an_unknown_entity_tells_no_kind(sqlite_store: Store, tmp_path: Path, form: str, kind: str) -> None:
    details = {"isComponent": False, "entityType": {"type": form}, "name": "Kunlun Zarya"}
    row = {"statementId": "s1", "recordId": "e1", "recordType": "entity", "recordDetails": details}
    path = tmp_path / "some.bods.json"
    path.write_text(json.dumps([row]), "utf-8")
    ingest(sqlite_store, [path], id_key=KEY, now=NOW)
    assert records(sqlite_store)["Kunlun Zarya"].kind.value == kind
