"""A list that is delivered anew: what is gone has ended that day, what changed is changed, and the rest is not touched."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from api.parties.source_rows import source_row
from ontology.errors import SourceUnreadable
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import pack_at
from resolution.sources.unloading import find_sources, unload
from store.port import Row, Store
from tests.resolution.sources.shorthands import KEY, NOW
from tests.stores import stored_listings

PACK = """
pack: wardens
version: "1"
title: List of the wardens
publisher: The wardens
layout: {address: "https://example.org/layout", compared_on: 2026-11-22}
licence: {name: Free, redistribution: allowed}
rhythm_days: 1
files: [{mapping: listed.yaml, names: ["listed*.csv"]}]
"""
PAGE = """
mapping: wardens_listed
version: "1"
title: Listed by the wardens
source_class: 3
columns: {no: [no], name: [name], day: [day], owner: [owner]}
parties:
  listed: {kind: firm, key: no, names: [name]}
  owner: {kind: firm, key: owner, names: [owner]}
links: [{kind: {text: OWNS}, source: owner, target: listed}]
listings: [{list_type: {text: sanctions_un}, party: listed, issuer: {text: The wardens}, listed_on: day}]
"""
FIRST = ["1,Alder Ltd,2020-01-01,Elm Ltd", "2,Birch Ltd,2020-01-02,Elm Ltd", "3,Cedar Ltd,2020-01-03,"]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    folder = tmp_path / "wardens"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "listed.yaml").write_text(PAGE)
    return pack_at(folder)


def deliver(store: Store, pack: Pack, rows: list[str], *, days: int = 0, part: bool = False, drop_max: float = 1.0) -> Ingested:
    path = pack.folder.parent / f"listed_{days}.csv"
    path.write_text("\n".join(["no,name,day,owner", *rows]) + "\n")
    (outcome,) = ingest(store, [path], id_key=KEY, now=NOW + timedelta(days), pack=pack, as_part=part, drop_max=drop_max)
    return outcome


def listings(store: Store) -> dict[str, Row]:
    rows = stored_listings(store)
    return {row["record_id"].removeprefix("wardens_listed:"): row for row in rows}


def test_what_a_delivery_does_not_tell_any_more_has_ended_that_day(store: Store, pack: Pack) -> None:
    first = deliver(store, pack, FIRST)
    assert (first.state, first.came, first.went) == (1, 0, 0)
    second = deliver(store, pack, [FIRST[0], "4,Date Ltd,2026-11-23,", "3,Cedar Limited,2020-01-03,"], days=1)
    assert (second.state, second.came, second.changed, second.went) == (2, 2, 1, 3)  # Birch: record, listing and tie.
    assert listings(store)["1"]["removed_on"] is None
    assert (listings(store)["2"]["removed_on"], listings(store)["2"]["removal_ground"]) == (
        "2026-11-23",
        "no longer in the source's list of 2026-11-23",
    )
    (file,) = store.read("sources/files")
    assert (file["state"], file["publisher"], file["licence"], file["pack"]) == (2, "The wardens", "Free", "wardens")
    (record,) = store.read("entities/records_by_ids", ids=["wardens_listed:3"])
    assert "Cedar Limited" in record["document"]
    assert "Cedar Ltd" not in record["document"]


def test_the_same_delivery_again_changes_nothing(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    assert deliver(store, pack, FIRST, days=1).loaded_already


def test_rows_in_another_order_are_no_change(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    again = deliver(store, pack, FIRST[::-1], days=1)
    assert (again.came, again.changed, again.went) == (0, 0, 0)


def test_who_is_listed_again_is_listed(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, FIRST[:2], days=1)
    assert listings(store)["3"]["removed_on"] == "2026-11-23"
    again = deliver(store, pack, FIRST, days=2)
    assert listings(store)["3"]["removed_on"] is None
    assert (again.changed, again.went) == (1, 0)


def test_what_ended_once_is_not_counted_again(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, FIRST[:2], days=1)
    later = deliver(store, pack, [*FIRST[:2], "5,Fir Ltd,2026-11-24,"], days=2)
    assert (later.came, later.went) == (2, 0)
    assert listings(store)["3"]["removed_on"] == "2026-11-23"


def test_a_source_row_of_every_state_can_be_shown(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, [FIRST[0], "9,Ivy Ltd,2026-11-23,", *FIRST[1:]], days=1)
    records = {row["id"].partition(":")[2]: row for row in store.read("entities/records_by_ids", ids=ids("1", "3", "9"))}
    shown = {key: source_row(store, row["row_id"]) for key, row in records.items()}
    assert {key: (row.number, row.values["name"]) for key, row in shown.items()} == {
        "1": (2, "Alder Ltd"),
        "3": (4, "Cedar Ltd"),
        "9": (3, "Ivy Ltd"),
    }


def test_a_delivery_that_lost_more_than_lists_do_changes_nothing(store: Store, pack: Pack) -> None:
    rows = [f"{number},Firm {number} Ltd,2020-01-01," for number in range(20)]
    deliver(store, pack, rows)
    before = listings(store)
    with pytest.raises(SourceUnreadable) as refused:
        deliver(store, pack, rows[:10], days=1, drop_max=0.2)
    assert "20 of the 40 statements" in str(refused.value)
    assert "--drop-max 0.51" in (refused.value.remedy or "")
    assert listings(store) == before
    assert deliver(store, pack, rows[:10], days=1, drop_max=0.6).went == 20


def test_a_part_only_adds(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, ["4,Date Ltd,2026-11-23,"], days=1, part=True)
    assert {key: row["removed_on"] for key, row in listings(store).items()} == dict.fromkeys("1234")


def test_unloading_takes_out_every_state(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, FIRST[:2], days=1)
    unload(store, find_sources(store, "wardens_listed"))
    assert not store.read("sources/files")
    assert not store.read("sources/states")
    assert not listings(store)


def test_what_another_file_tells_too_stays_as_that_file_tells_it(store: Store, pack: Pack) -> None:
    deliver(store, pack, FIRST)
    deliver(store, pack, ["3,Cedar Company,2020-01-03,"], days=1, part=True)
    deliver(store, pack, FIRST[:2], days=2)
    (record,) = store.read("entities/records_by_ids", ids=["wardens_listed:3"])
    assert "Cedar Company" in record["document"]


def ids(*keys: str) -> list[str]:
    return [f"wardens_listed:{key}" for key in keys]


def test_a_file_whose_deliveries_are_parts_ends_nothing_in_a_pack_of_whole_lists(store: Store, pack: Pack) -> None:
    page = pack.folder / "pack.yaml"
    page.write_text(page.read_text().replace('names: ["listed*.csv"]', 'names: ["listed*.csv"], complete: false'))
    parts = pack_at(pack.folder)
    deliver(store, parts, FIRST)
    deliver(store, parts, ["4,Date Ltd,2026-11-23,"], days=1)
    assert {number: row["removed_on"] for number, row in listings(store).items()} == dict.fromkeys("1234")


def test_a_text_in_a_folder_is_taken_where_the_pack_knows_its_name(store: Store, pack: Pack) -> None:
    page = pack.folder / "pack.yaml"
    page.write_text(page.read_text().replace('"listed*.csv"', '"listed*.txt"'))
    delivery = pack.folder.parent / "delivery"
    delivery.mkdir()
    (delivery / "listed_1.txt").write_text("no,name,day,owner\n1,Alder Ltd,2020-01-01,\n")
    (delivery / "read me.txt").write_text("A note\nof two lines\n")
    (outcome,) = ingest(store, [delivery], id_key=KEY, now=NOW, pack=pack_at(pack.folder))
    assert (outcome.file, outcome.rows_in) == ("listed_1.txt", 1)


def test_sheets_of_one_workbook_have_reject_files_of_their_own(store: Store, tmp_path: Path) -> None:
    folder, book = tmp_path / "wardens", Workbook()
    folder.mkdir()
    files = "".join(f'\n  - {{mapping: {name}.yaml, names: ["listed*.xlsx"], sheet: {name}}}' for name in ("old", "new"))
    (folder / "pack.yaml").write_text(PACK.partition("files:")[0] + f"files:{files}")
    for name in ("old", "new"):
        (folder / f"{name}.yaml").write_text(PAGE.replace("wardens_listed", f"wardens_{name}") + "required: [name]\n")
        sheet = book.create_sheet(name)
        for row in (
            ["no", "name", "day", "owner"],
            ["1", f"The {name} Alder Ltd", "2020-01-01", "Elm Ltd"],
            ["", "", "", "Elm Ltd"],
        ):
            sheet.append(row)
    book.save(tmp_path / "listed.xlsx")
    loaded = ingest(store, [tmp_path / "listed.xlsx"], id_key=KEY, now=NOW, pack=pack_at(folder))
    assert [Path(str(file.reject_file)).name for file in loaded if file.rows_rejected] == [
        "listed.old.rejects.csv",
        "listed.new.rejects.csv",
    ]
