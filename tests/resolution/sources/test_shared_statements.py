"""Several files that speak of the same parties: what they say adds up, in any order, and each can be taken away again."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import SourceClass
from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Record
from resolution.sources.shared_statements import forget_file
from resolution.sources.statements.file_merge import merge_file_records, merge_file_rows
from store.port import Store
from store.rows import from_row, to_row
from store.sqlite import SqliteStore
from tests.resolution.parties import firm
from tests.resolution.sources.test_ingest import load

HEAD = 'version: "1"\ntitle: t\ndataset: quay\nsource_class: 3\n'
REGISTER = f"""mapping: register
{HEAD}columns: {{no: [no], name: [name], place: [place], seen: [seen]}}
parties: {{firm: {{kind: firm, key: no, names: [name], addresses: [place], observed_on: seen}}}}
"""
TRADE_NAMES = f"""mapping: trade_names
{HEAD}columns: {{no: [no], other: [other], phone: [phone]}}
parties: {{firm: {{kind: firm, key: no, names: [{{value: other, role: alias}}], contacts: [{{value: phone, kind: phone}}]}}}}
"""
STAKES = f"""mapping: stakes
{HEAD}columns: {{owner: [owner], no: [no], share: [share], until: [until]}}
parties: {{owner: {{kind: firm, key: owner, names: [owner]}}, firm: {{kind: firm, key: no, names: [owner]}}}}
links: [{{kind: {{text: OWNS}}, source: owner, target: firm, share: share, ended_on: until}}]
"""
LISTS = f"""mapping: bans
{HEAD}columns: {{no: [no], name: [name], day: [day], removed: [removed]}}
parties: {{firm: {{kind: firm, key: no, names: [name]}}}}
listings:
  - {{list_type: {{text: serious_violation}}, party: firm, issuer: {{text: Harbour Office}}, listed_on: day, removed_on: removed}}
"""


def file(folder: Path, name: str, mapping: str, *rows: str) -> tuple[Path, Path]:
    """A file and its mapping."""
    table, page = folder / f"{name}.csv", folder / f"{name}.yaml"
    table.write_text("\n".join(rows) + "\n", "utf-8")
    page.write_text(mapping, "utf-8")
    return table, page


def record(store: Store, id_: str) -> Record:
    (row,) = store.read("entities/records_by_ids", ids=[id_])
    return from_row(Record, row)


def texts(told: Record) -> dict[str, set[str]]:
    return {
        "names": {name.text for name in told.names},
        "addresses": {one.text for one in told.addresses},
        "contacts": {one.value for one in told.contacts},
    }


@pytest.fixture
def three(tmp_path: Path) -> list[tuple[Path, Path]]:
    return [
        file(tmp_path, "spring", REGISTER, "no,name,place,seen", "Q7,Osprey Cordage Ltd,3 Tar Lane,2023-04-01"),
        file(tmp_path, "autumn", REGISTER, "no,name,place,seen", "Q7,Osprey Ropes Ltd,8 Mast Street,2024-10-01"),
        file(tmp_path, "names", TRADE_NAMES, "no,other,phone", "Q7,Old Osprey,+44 20 7946 0007"),
    ]


def test_what_three_files_say_of_one_party_is_the_same_in_every_order(three: list[tuple[Path, Path]], tmp_path: Path) -> None:
    told = []
    for number, order in enumerate(permutations(three)):
        store = SqliteStore(tmp_path / f"{number}.db")
        for table, page in order:
            load(store, table, mapping=page)
        told.append(record(store, "quay:Q7"))
        store.close()
    assert all(one == told[0] for one in told)
    assert texts(told[0]) == {
        "names": {"Osprey Cordage Ltd", "Osprey Ropes Ltd", "Old Osprey"},
        "addresses": {"3 Tar Lane", "8 Mast Street"},
        "contacts": {"+44 20 7946 0007"},
    }
    assert told[0].name == "Osprey Ropes Ltd"


def test_a_file_that_is_taken_out_takes_its_own_words_along_and_no_others(store: Store, three: list[tuple[Path, Path]]) -> None:
    loaded = [load(store, table, mapping=page)[0] for table, page in three]
    assert [bool(one.notes) for one in loaded] == [False, True, True]
    forget_file(store, loaded[1].file_id)
    assert texts(record(store, "quay:Q7"))["names"] == {"Osprey Cordage Ltd", "Old Osprey"}
    forget_file(store, loaded[0].file_id)
    assert texts(record(store, "quay:Q7")) == {"names": {"Old Osprey"}, "addresses": set(), "contacts": {"+44 20 7946 0007"}}
    forget_file(store, loaded[2].file_id)
    assert store.read("entities/records_by_ids", ids=["quay:Q7"]) == []


def test_a_load_that_was_broken_off_and_is_repeated_says_nothing_twice(store: Store, three: list[tuple[Path, Path]]) -> None:
    for table, page in three:
        load(store, table, mapping=page)
    before = record(store, "quay:Q7")
    (last,) = [one for one in store.read("sources/files") if one["name"] == "names.csv"]
    store.write("sources/put_files", rows=[last | {"complete": False, "content_id": ""}])
    load(store, three[2][0], mapping=three[2][1])
    assert record(store, "quay:Q7") == before
    told = store.read("sources/file_statements", kind="records", ids=["quay:Q7"])
    assert len(told) == 3


def test_a_stake_and_a_ban_that_two_files_tell_are_one_each_with_the_end_that_either_knows(store: Store, tmp_path: Path) -> None:
    for name, until, removed in (("a", "", ""), ("b", "2024-02-03", "2024-05-06")):
        table, page = file(
            tmp_path, f"s{name}", STAKES, "owner,no,share,until", f"Tern Holding,Q7,55%,{until}", f"# {name},Q9,1%,"
        )
        load(store, table, mapping=page)
        table, page = file(
            tmp_path, f"l{name}", LISTS, "no,name,day,removed", f"Q7,Osprey,2023-01-01,{removed}", f"Z{name},Z,2023-01-01,"
        )
        load(store, table, mapping=page)
    stored = {row["id"]: row for row in _rows(store, "links") if row["source_id"] == "quay:Tern Holding"}
    (stake,) = stored.values()
    assert (stake["share"], stake["ended_on"]) == (0.55, "2024-02-03")
    (ban,) = [row for row in _rows(store, "listings") if row["record_id"] == "quay:Q7"]
    assert ban["removed_on"] == "2024-05-06"


def _rows(store: Store, table: str) -> list[dict[str, Any]]:
    names = {"links": "network/links_by_ids", "listings": "network/listings_by_ids"}
    told = [row for file in store.read("sources/files") for row in store.read("sources/shared_ids", file_id=file["id"])]
    return store.read(names[table], ids=sorted({row["id"] for row in told if row["kind"] == table}))


def test_files_that_share_nothing_leave_nothing_beside_their_tables(store: Store, tmp_path: Path) -> None:
    for name, no in (("a", "Q1"), ("b", "Q2")):
        table, page = file(tmp_path, name, REGISTER, "no,name,place,seen", f"{no},Gull {name} Ltd,1 Quay,2024-01-01")
        load(store, table, mapping=page)
    assert store.read("sources/file_statements", kind="records", ids=["quay:Q1", "quay:Q2"]) == []


def test_a_record_put_by_hand_replaces_all_and_a_later_file_adds_to_it(
    sqlite_store: Store, three: list[tuple[Path, Path]]
) -> None:
    for table, page in three[:2]:
        load(sqlite_store, table, mapping=page)
    put = firm("quay:Q7", "Osprey Group plc").model_copy(update={"row_id": "put#1", "dataset": "quay"})
    sqlite_store.write("sources/forget_file_statements", ids=[put.id])
    sqlite_store.write("sources/put_records", rows=[to_row(put)])
    load(sqlite_store, three[2][0], mapping=three[2][1])
    assert texts(record(sqlite_store, put.id))["names"] == {"Osprey Group plc", "Old Osprey"}


def test_rows_of_one_graph_file_that_speak_of_one_party_add_up(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "fragments.jsonl"
    path.write_text(
        '{"id":"p1","schema":"Person","properties":{"name":["Mara Tidewell"]}}\n'
        '{"id":"p1","schema":"Person","properties":{"birthDate":["1971-06-02"]}}\n'
    )
    load(store, path)
    told = record(store, "fragments:p1")
    assert (told.name, told.born_on) == ("Mara Tidewell", "1971-06-02")


RECORDS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda names, day, class_, phone: firm("q:1", *names, phone=phone).model_copy(
            update={"observed_on": day, "source_class": class_}
        ),
        st.lists(st.sampled_from(["Rope A", "Rope B", "Rope C"]), max_size=3, unique=True),
        st.none() | st.dates(),
        st.sampled_from(list(SourceClass)),
        st.none() | st.sampled_from(["1", "2"]),
    ),
    min_size=1,
)


@given(RECORDS, st.randoms())
def test_what_files_say_together_hangs_on_what_they_say_and_on_no_order(told: dict[str, Record], random: Any) -> None:
    shuffled = list(told.items())
    random.shuffle(shuffled)
    whole = merge_file_records(told)
    assert merge_file_records(dict(shuffled)) == whole
    assert {name.text for name in whole.names} == {name.text for one in told.values() for name in one.names}
    assert whole.observed_on == max((one.observed_on for one in told.values() if one.observed_on), default=None)


@given(RECORDS)
def test_a_file_that_says_the_same_under_another_name_adds_nothing(told: dict[str, Record]) -> None:
    again = {f"{name}2": one for name, one in told.items()}
    assert merge_file_records(told | again) == merge_file_records(told)


def test_of_two_amounts_the_larger_holds_with_its_currency_and_of_two_classes_the_better() -> None:
    base = {"id": "q:L-1", "dataset": "q", "kind": "SUPPLIES", "source_id": "q:a", "target_id": "q:b"}
    part = Link(row_id="f1#2", source_class="2", amount=40.0, currency="EUR", **base)
    whole = Link(row_id="f2#2", source_class="2", amount=90.0, currency="CNY", **base)
    customs = Link(row_id="f3#2", source_class="3", amount=70.0, currency="CNY", verified=True, **base)
    rows = {one.row_id[:2]: to_row(one) for one in (part, whole, customs)}
    assert merge_file_rows("links", {name: rows[name] for name in ("f1", "f2")})["currency"] == "CNY"
    both = merge_file_rows("links", rows)
    assert (both["amount"], both["verified"], both["row_id"]) == (70.0, True, "f3#2")


def test_creditors_that_either_file_names_are_kept() -> None:
    base = {
        "id": "q:J-1", "dataset": "q", "source_class": "3", "list_type": "t", "record_id": "q:a", "issuer": "i",
        "listed_on": "2024-01-01",
    }  # fmt: skip
    one, other = (Listing(row_id=f"f{n}#1", creditor_ids=(f"q:{n}",), **base) for n in (1, 2))
    both = from_row(Listing, merge_file_rows("listings", {"f1": to_row(one), "f2": to_row(other)}))
    assert both.creditor_ids == ("q:1", "q:2")
