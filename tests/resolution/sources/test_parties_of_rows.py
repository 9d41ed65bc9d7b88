"""Which parties a row names: in any order of a mapping's blocks, with or without a name, and what is said where one is lost."""

from pathlib import Path
from typing import Any

import pytest

from ontology.errors import MappingInvalid
from ontology.record import Record
from resolution.sources.mappings.library import parse_mapping
from store.port import Store
from store.rows import from_row
from tests.resolution.sources.test_ingest import load

HEAD = 'mapping: moorings\nversion: "1"\ntitle: t\nsource_class: 3\n'
BLOCKS = {
    "harbour": "{kind: agency, key: harbour, names: [harbour]}",
    "berth": '{kind: firm, key: "{@harbour}/{berth}", names: [berth]}',
    "ship": '{kind: firm, key: "{@berth}/{ship}", names: [ship]}',
}


def page(order: str) -> str:
    blocks = "".join(f"  {name}: {BLOCKS[name]}\n" for name in order.split())
    links = "links: [{kind: {text: OWNS}, source: berth, target: ship}]\n"
    return f"{HEAD}columns: {{harbour: [harbour], berth: [berth], ship: [ship]}}\nparties:\n{blocks}{links}"


def loaded(store: Store, folder: Path, mapping: str, *rows: str) -> Any:
    (folder / "m.yaml").write_text(mapping, "utf-8")
    (folder / "t.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (told,) = load(store, folder / "t.csv", mapping=folder / "m.yaml")
    return told


def records(store: Store) -> dict[str, Record]:
    return {row["id"]: from_row(Record, row) for row in store.read("entities/records")}


@pytest.mark.parametrize("order", ["harbour berth ship", "ship berth harbour", "berth ship harbour"])
def test_parties_that_read_one_anothers_keys_load_in_any_order_of_their_blocks(
    sqlite_store: Store, tmp_path: Path, order: str
) -> None:
    told = loaded(sqlite_store, tmp_path, page(order), "harbour,berth,ship", "Wick,North Pier Ltd,Petrel Shipping")
    assert told.statements == {"records": 3, "links": 1}
    assert sorted(records(sqlite_store)) == [
        "moorings:Wick",
        "moorings:Wick/North Pier Ltd",
        "moorings:Wick/North Pier Ltd/Petrel Shipping",
    ]


def test_keys_that_need_one_another_are_refused_by_name() -> None:
    circle = page("harbour berth ship").replace("key: harbour", 'key: "{@ship}/{harbour}"')
    with pytest.raises(MappingInvalid, match="need one another") as refused:
        parse_mapping(circle, "m.yaml")
    assert all(name in str(refused.value) for name in BLOCKS)


def test_a_party_whose_key_needs_one_that_the_row_does_not_name_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    told = loaded(sqlite_store, tmp_path, page("ship berth harbour"), "harbour,berth,ship", "Wick,,Petrel Shipping")
    assert told.rows_in == 1
    assert [one.problem for one in told.repairs] == ["ship is named without the party berth, which its key needs"]


def test_a_row_that_names_a_party_without_its_key_alone_is_refused_by_what_it_lacks(sqlite_store: Store, tmp_path: Path) -> None:
    mapping = HEAD + "columns: {no: [no], name: [name]}\nparties: {p: {kind: firm, key: no, names: [name]}}\n"
    told = loaded(sqlite_store, tmp_path, mapping, "no,name", "1,Tern Ltd", ",Gull Ltd")
    (refused,) = told.rejections
    assert (refused.field, refused.problem) == ("no", "p is named without no, which its key needs")


PEOPLE = f"""{HEAD}columns: {{no: [no], name: [name], born: [born], mail: [mail], passport: [passport], home: [home]}}
parties:
  p: {{kind: person, key: no, names: [name], born_on: born, contacts: [{{value: mail, kind: email}}], addresses: [home],
      identifiers: [{{value: passport, scheme: passport}}]}}
"""


def test_rows_without_a_name_add_to_the_party_of_their_key(sqlite_store: Store, tmp_path: Path) -> None:
    rows = ["7,,1966-05-04,,,", "7,Ola Fenwick,,,,", "7,,,,N0441,", "7,,,,,2 Weir Row", "8,,,ola@weir.example,,"]
    told = loaded(sqlite_store, tmp_path, PEOPLE, "no,name,born,mail,passport,home", *rows)
    assert (told.rows_in, told.rows_rejected) == (5, 0)
    whole = records(sqlite_store)["moorings:7"]
    assert (whole.name, whole.born_on, len(whole.identifiers), whole.addresses[0].text) == (
        "Ola Fenwick", "1966-05-04", 1, "2 Weir Row",
    )  # fmt: skip
    assert [name.role for name in whole.names] == ["primary"]
    assert records(sqlite_store)["moorings:8"].name == "moorings:8"


def test_a_column_that_two_parties_share_makes_none_of_them_out_of_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    mapping = f"""{HEAD}columns: {{no: [no], firm: [firm], head: [head], phone: [phone]}}
parties:
  firm: {{kind: firm, key: no, names: [firm], contacts: [{{value: phone, kind: phone}}]}}
  head: {{kind: person, key: "{{no}}/head", names: [head], contacts: [{{value: phone, kind: phone}}]}}
  deputy: {{kind: person, key: "{{@firm}}/deputy", names: [head]}}
"""
    loaded(sqlite_store, tmp_path, mapping, "no,firm,head,phone", "1,Tern Ltd,,0301 555")
    assert sorted(records(sqlite_store)) == ["moorings:1"]


def test_a_party_that_no_row_names_is_told_with_the_columns_to_look_at(sqlite_store: Store, tmp_path: Path) -> None:
    told = loaded(sqlite_store, tmp_path, page("ship berth harbour"), "harbour,berths,ship", "Wick,North Pier Ltd,Petrel")
    assert any("names the party berth" in note and "berth (berth)" in note for note in told.notes)
    assert not any("names the party harbour" in note for note in told.notes)


def test_the_same_bytes_under_another_name_are_told(sqlite_store: Store, tmp_path: Path) -> None:
    rows = ("harbour,berth,ship", "Wick,North Pier Ltd,Petrel")
    loaded(sqlite_store, tmp_path, page("ship berth harbour"), *rows)
    told = loaded(sqlite_store, tmp_path, page("ship berth harbour").replace("moorings", "moorings_again"), *rows)
    assert told.loaded_already
    assert "loaded already as t.csv of the data set moorings" in told.notes[0]
    (again,) = load(sqlite_store, tmp_path / "t.csv", mapping=tmp_path / "m.yaml", dataset="other")
    assert (again.loaded_already, again.dataset) == (True, "moorings")
