"""What a row says by where it stands: lines above the header, cells above it, another file's columns, and what is emptied."""

import json
import sqlite3
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from ontology.errors import MappingInvalid, SourceUnreadable
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.loads import PARALLEL_BYTES_MIN
from resolution.sources.mappings.library import mapping_at
from resolution.sources.parallel_mapping import map_blocks_in_parallel
from resolution.sources.reading import Reading, read_rows
from resolution.sources.row_blocks import map_blocks
from store.open import open_store
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT, choice_by

PAGE = """
mapping: quay_orders
version: "1"
title: Orders of the quay
source_class: 1
columns: {no: [no], name: [name], order: [order], place: [place_text], holder: [holder], phone: [phone]}
parties:
  buyer: {kind: firm, key: no, names: [name], addresses: [place], attributes: {order: order, phone: phone}}
  holder: {kind: firm, key: "{holder}", names: [holder]}
"""


def rows(path: Path, text: str, **reading: object) -> list[dict[str, str]]:
    path.write_text(text, "utf-8")
    return [row.values for row in read_rows(path, Reading.model_validate(reading))]


def load(store: Store, path: Path, form: str, page: str = PAGE) -> Ingested:
    mapping = path.parent / "orders.yaml"
    mapping.write_text(page + f"format: {form}\n", "utf-8")
    (outcome,) = ingest(store, [path], id_key=KEY, now=NOW, mapping=mapping)
    return outcome


# Lines above the header


def test_a_text_above_the_header_stands_in_every_row(tmp_path: Path) -> None:
    text = "Account: Alder Ltd,,\nFrom 2024,,\nno,name,day\n1,Birch Ltd,2024-01-01\n2,Cedar Ltd,2024-01-02\n"
    assert [row["holder"] for row in rows(tmp_path / "a.csv", text, preamble={"holder": r"Account: ([^,]+)"})] == [
        "Alder Ltd"
    ] * 2


def test_a_text_that_is_not_above_the_header_is_no_column(tmp_path: Path) -> None:
    text = "no,name\n1,Account: Alder Ltd\n"
    assert rows(tmp_path / "a.csv", text, preamble={"holder": r"Account: ([^,]+)"}) == [{"no": "1", "name": "Account: Alder Ltd"}]


def test_what_stands_above_one_table_does_not_stand_above_the_next(store: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Account: Alder Ltd,,\n,,\nno,name,order\n1,Birch Ltd,5\n")
    second.write_text("Account,,\n,,\nno,name,order\n2,Cedar Ltd,6\n")
    mapping = tmp_path / "orders.yaml"
    mapping.write_text(PAGE + 'format: {preamble: {holder: "Account: ([^,]+)"}}\n')
    ingest(store, [first, second], id_key=KEY, now=NOW, mapping=mapping)
    contents = {file["name"]: content_of(store, file["id"]) for file in store.read("sources/files")}
    assert "Alder Ltd" in contents["a.csv"]
    assert "Alder Ltd" not in contents["b.csv"]


def content_of(store: Store, file_id: str) -> str:
    return "".join(row["content"] for row in store.read("sources/row_block", file_id=file_id, number=4))


# Cells above


def test_an_empty_cell_repeats_the_last_filled_one_above(tmp_path: Path) -> None:
    text = "order,no,note\n7,1,x\n,2,\n8,3,\n ,4,\n"
    assert [row["order"] for row in rows(tmp_path / "a.csv", text, fill_down=["order"])] == ["7", "7", "8", "8"]


def test_a_header_to_fill_down_may_be_spelled_otherwise(tmp_path: Path) -> None:
    text = "Order-ID,no\n7,1\n,2\n"
    assert [row["Order-ID"] for row in rows(tmp_path / "a.csv", text, fill_down=["order id"])] == ["7", "7"]


def test_lines_below_a_broken_one_are_none_of_the_order_before_it(tmp_path: Path) -> None:
    text = "order,no,note\n7,1,x\n8,2,x,too many\n,3,x\n"
    assert [row["order"] for row in rows(tmp_path / "a.csv", text, fill_down=["order"])] == ["7", "8", ""]


# The end of the table


def test_a_table_ends_at_the_first_row_of_the_pattern(tmp_path: Path) -> None:
    text = "no,name\n1,Alder Ltd\n------------\nTotal: 1\n2,Not in it Ltd\n"
    assert rows(tmp_path / "a.csv", text, until="^-{10,}") == [{"no": "1", "name": "Alder Ltd"}]


def test_a_row_with_half_a_character_does_not_stop_a_pattern(tmp_path: Path) -> None:
    text = json.dumps({"no": "1", "name": "\ud800"}) + "\n" + json.dumps({"no": "end"}) + "\n"
    assert len(rows(tmp_path / "a.jsonl", text, until="^end$")) == 1


# Other files


PLACES = [{"file": "places*.csv", "on": "no", "key": "firm_no", "take": {"place": "place_text"}}]


def test_a_column_of_another_file_stands_beside_the_row_of_its_number(tmp_path: Path) -> None:
    (tmp_path / "places-2024.csv").write_text("firm_no,place\n2,Quay St\n2,Second St\n1,Pier Rd\n")
    got = rows(tmp_path / "a.csv", "no,name\n1,Alder\n2,Birch\n3,Cedar\n,Date\n", join=PLACES)
    assert [row["place_text"] for row in got] == ["Pier Rd", "Quay St", "", ""]


def test_headers_of_a_joined_file_may_be_spelled_otherwise(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("Firm No.,PLACE\n1,Pier Rd\n")
    assert rows(tmp_path / "a.csv", "NO,name\n1,Alder\n", join=PLACES)[0]["place_text"] == "Pier Rd"


def test_a_column_that_a_joined_file_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("number,place\n1,Pier Rd\n")
    with pytest.raises(SourceUnreadable, match="firm_no") as refused:
        rows(tmp_path / "a.csv", "no,name\n1,Alder\n", join=PLACES)
    assert "format: join" in (refused.value.remedy or "")


@pytest.mark.parametrize("names", [[], ["places1.csv", "places2.csv"]])
def test_none_or_two_files_to_join_are_told(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("firm_no,place\n1,Pier Rd\n")
    with pytest.raises(SourceUnreadable, match=f"there are {len(names)}"):
        rows(tmp_path / "a.csv", "no,name\n1,Alder\n", join=PLACES)


def test_rejected_rows_of_a_joined_file_are_no_second_one(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("firm_no,place\n1,Pier Rd\n")
    (tmp_path / "places.rejects.csv").write_text("firm_no,place,row,error\n2,,3,empty\n")
    (tmp_path / "places_folder.csv").mkdir()
    assert rows(tmp_path / "a.csv", "no,name\n1,Alder\n", join=PLACES)[0]["place_text"] == "Pier Rd"


@pytest.mark.parametrize("pattern", ["../outside/places*.csv", "/etc/places*.csv", "*/places.csv"])
def test_a_joined_file_lies_in_the_folder_itself(tmp_path: Path, pattern: str) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "places.csv").write_text("firm_no,place\n1,Secret St\n")
    with pytest.raises(SourceUnreadable, match="there are 0"):
        rows(inside / "a.csv", "no,name\n1,Alder\n", join=[PLACES[0] | {"file": pattern}])


def test_a_link_to_what_lies_elsewhere_is_not_joined(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text("firm_no,place\n1,Secret St\n")
    (inside / "places.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SourceUnreadable, match="there are 0"):
        rows(inside / "a.csv", "no,name\n1,Alder\n", join=PLACES)


def test_a_file_is_read_anew_where_only_the_file_it_is_joined_with_changed(store: Store, tmp_path: Path) -> None:
    form = '{join: [{file: "places*.csv", on: no, key: firm_no, take: {place: place_text}}]}'
    (tmp_path / "a.csv").write_text("no,name\n1,Alder Ltd\n")
    for place in ("Pier Rd", "Quay St"):
        (tmp_path / "places.csv").write_text(f"firm_no,place\n1,{place}\n")
        assert not load(store, tmp_path / "a.csv", form).loaded_already
        (record,) = store.read("entities/records_by_ids", ids=["quay_orders:1"])
        assert place in record["document"]
    assert load(store, tmp_path / "a.csv", form).loaded_already


# What is emptied


def test_dropped_cells_are_in_no_byte_of_the_store(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    cells = "Zebulon Quill,13900008888"
    path.write_text(f"no,name,收货人姓名,联系手机 ,note\n1,Alder Ltd,{cells},x\n2,Birch Ltd,{cells},x,y\n")
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    outcome = load(store, path, "{drop: [收货人姓名, 联系手机]}")
    store.close()
    written = [tmp_path / "kith.db", *tmp_path.glob("kith.db-*"), Path(outcome.reject_file or "")]
    for content in (file.read_bytes() for file in written):
        assert b"Zebulon" not in content
        assert b"13900008888" not in content
    assert "13900008888" not in str(outcome)


@pytest.mark.parametrize("header", ["Phone", " phone ", "PHONE", "ｐｈｏｎｅ"])
def test_a_header_to_drop_may_be_spelled_otherwise(tmp_path: Path, header: str) -> None:
    assert "139" not in str(rows(tmp_path / "a.csv", f"no,{header},name\n1,139,Alder\n", drop=["phone"]))


def test_a_second_column_of_a_dropped_header_is_dropped_too(tmp_path: Path) -> None:
    assert "139" not in str(rows(tmp_path / "a.csv", "no,phone,phone,name\n1,1391,1392,Alder\n", drop=["phone"]))


def test_dropped_fields_of_json_and_cells_of_sheets_are_emptied_too(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["no", "phone"], ["1", "13900008888"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [row.values for row in read_rows(tmp_path / "a.xlsx", Reading(drop=("phone",)))] == [{"no": "1", "phone": ""}]
    assert rows(tmp_path / "a.json", '[{"no": "1", "phone": {"home": "139"}}]', drop=["phone"]) == [{"no": "1", "phone": ""}]


# Wrong patterns


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ('{until: "("}', "is no pattern"),
        ('{preamble: {holder: "["}}', "is no pattern"),
        ('{preamble: {holder: "(a)(b)"}}', "2 groups"),
        ('{until: ""}', "at least 1 character"),
        ('{until: "(?=x)"}', "is no pattern"),
    ],
)
def test_a_wrong_pattern_is_told_when_the_page_is_read(tmp_path: Path, form: str, problem: str) -> None:
    page = tmp_path / "orders.yaml"
    page.write_text(PAGE + f"format: {form}\n")
    with pytest.raises(MappingInvalid, match=problem):
        mapping_at(page)


# Long files, which other processes map

FORMS: dict[str, tuple[str, Callable[[int], str]]] = {
    "join": (
        '{join: [{file: "places*.csv", on: no, key: firm_no, take: {place: place_text}}]}',
        lambda n: f"{n},Firm {n} Ltd,{n},139{n},",
    ),
    "preamble": ('{preamble: {holder: "Account: ([^,]+)"}}', lambda n: f"{n},Firm {n} Ltd,{n},139{n},"),
    "fill_down": ("{fill_down: [order]}", lambda n: f"{n},Firm {n} Ltd,{'' if n % 3 else n},139{n},"),
    "until": ('{until: "^60000"}', lambda n: f"{n},Firm {n} Ltd,{n},139{n},"),
    "drop": ("{drop: [note]}", lambda n: f"{n},Firm {n} Ltd,{n},139{n},secret {n}"),
}


@pytest.mark.parametrize("name", FORMS)
def test_other_processes_read_a_long_file_as_one_does(tmp_path: Path, name: str) -> None:
    form, row = FORMS[name]
    page, path = tmp_path / "orders.yaml", tmp_path / "orders.csv"
    page.write_text(PAGE + f"format: {form}\n")
    (tmp_path / "places.csv").write_text("firm_no,place\n" + "".join(f"{n},{n} Quay St\n" for n in range(0, 70_000, 7)))
    head = "Account: Alder Ltd,,,,\n,,,,\n" if name == "preamble" else ""
    path.write_text(head + "no,name,order,phone,note\n" + "\n".join(map(row, range(70_000))) + "\n")
    assert path.stat().st_size >= PARALLEL_BYTES_MIN
    choice = choice_by(path, page)
    alone = [*map_blocks(path, choice, choice.make("f" * 16))]
    together = [block for block in map_blocks_in_parallel(path, choice, "f" * 16) if block.rows_read]
    assert len(alone) == len(together) == (60 if name == "until" else 70)
    for one, other in zip(alone, together, strict=True):
        assert (one.rows_read, one.content, one.first_number, one.unread) == (
            other.rows_read,
            other.content,
            other.first_number,
            other.unread,
        )
    documents = [
        {row["id"]: row["document"] for row in chain.from_iterable(block.rows_by_table.get("records", ()) for block in blocks)}
        for blocks in (alone, together)
    ]
    assert documents[0].keys() == documents[1].keys()
    same = sum(documents[0][id_] == documents[1][id_] for id_ in documents[0] if not id_.endswith("Alder Ltd"))
    assert same >= len(documents[0]) - 1


def test_a_resident_id_above_the_header_or_in_a_joined_file_is_kept_masked_and_hashed(tmp_path: Path) -> None:
    page = """
mapping: quay_people
version: "1"
title: People of the quay
source_class: 1
columns: {no: [no], name: [name], joined_id: [joined_id], above_id: [above_id], plain_id: [plain_id]}
parties:
  joined: {kind: person, key: "j{no}", names: [name], identifiers: [{value: joined_id, scheme: resident_id}]}
  above: {kind: person, key: "a{no}", names: [name], identifiers: [{value: above_id, scheme: resident_id}]}
  plain: {kind: person, key: "p{no}", names: [name], identifiers: [{value: plain_id, scheme: resident_id}]}
"""
    form = '{preamble: {above_id: "ID: (\\\\w+)"}, join: [{file: "ids*.csv", on: no, key: no, take: {id: joined_id}}]}'
    path = tmp_path / "a.csv"
    path.write_text(f"ID: {RESIDENT},,\n,,\nno,name,plain_id\n1,Quill Ada,{RESIDENT}\n")
    (tmp_path / "ids.csv").write_text(f"no,id\n1,{RESIDENT}\n")
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    load(store, path, form, page)
    ids = [f"quay_people:{mark}1" for mark in "jap"]
    documents = {row["id"]: json.loads(row["document"]) for row in store.read("entities/records_by_ids", ids=ids)}
    store.close()
    codes = [documents[id_]["identifiers"][0]["value"] for id_ in ids]
    assert len(codes) == 3
    assert len(set(codes)) == 1
    assert RESIDENT not in codes
    assert RESIDENT.encode() not in (tmp_path / "kith.db").read_bytes()
    assert sqlite3.connect(tmp_path / "kith.db").execute("select count(*) from row_blocks").fetchone() == (1,)
