"""A file out again, and a file read anew: what it said goes, all of it and nothing else, and nothing is loaded twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ontology.errors import SourceUnknown, SourceUnreadable
from resolution.judgements import ledger
from resolution.sources.unloading import find_sources, unload
from store.freshness import freshness
from store.open import open_store
from store.port import Store
from tests.resolution.sources.shorthands import NOW
from tests.resolution.sources.test_ingest import held, load
from tests.resolution.sources.test_shared_statements import file, record, texts
from tests.stores import stored_listings

HEAD = 'version: "1"\ntitle: t\nsource_class: 3\n'
OLD = f"""mapping: cranes
{HEAD}dataset: dock
columns: {{no: [no], name: [name], maker: [maker], since: [since]}}
parties: {{firm: {{kind: firm, key: no, names: [name]}}, maker: {{kind: firm, key: maker, names: [maker]}}}}
links: [{{kind: {{text: SUPPLIES}}, source: maker, target: firm}}]
listings: [{{list_type: {{text: serious_violation}}, party: firm, issuer: {{text: Dock Board}}, listed_on: since}}]
"""
NEW = OLD.replace("key: no", 'key: "{no}/{name}"').replace("links: [{kind: {text: SUPPLIES}, source: maker, target: firm}]\n", "")
ROWS = ("no,name,maker,since", "1,Heron Lifting Ltd,Bittern Works,2023-05-06", "2,Egret Hoists Ltd,Bittern Works,2023-07-08")
REPAIRS = f"""mapping: dock_repairs
{HEAD}columns: {{name: [name], since: [since], off: [off]}}
parties: {{firm: {{kind: firm, key: name, names: [name]}}}}
listings:
  - {{list_type: {{text: serious_violation}}, party: firm, issuer: {{text: Dock Board}}, listed_on: since, removed_on: off}}
"""


def without_stamps(store: Store) -> dict[str, object]:
    """All that files state, but not when they were loaded."""
    told = held(store)
    files = [{name: file[name] for name in ("id", "dataset", "mapping", "rows_read", "complete")} for file in told["files"]]
    return {"records": told["records"], "files": files, "counts": told["counts"]}


def taken_off(store: Store) -> list[str | None]:
    return sorted((row["removed_on"] for row in stored_listings(store)), key=str)


def test_a_corrected_mapping_replaces_what_the_old_one_said(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    assert load(store, table, mapping=page)[0].loaded_already
    page.write_text(NEW, "utf-8")
    (again,) = load(store, table, mapping=page)
    assert (again.loaded_already, again.replaced, again.statements) == (False, ("dock",), {"records": 3, "listings": 2})
    assert {row["id"] for row in store.read("entities/records")} == {
        "dock:1/Heron Lifting Ltd",
        "dock:2/Egret Hoists Ltd",
        "dock:Bittern Works",
    }
    fresh = open_store(f"sqlite:///{tmp_path / 'fresh.db'}")
    load(fresh, table, mapping=page)
    assert without_stamps(fresh) == without_stamps(store)
    fresh.close()


def test_a_mapping_of_another_name_for_the_same_data_set_replaces_too(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    page.write_text(NEW.replace("mapping: cranes", "mapping: cranes_2"), "utf-8")
    assert load(store, table, mapping=page)[0].replaced == ("dock",)
    assert [row["mapping"] for row in store.read("sources/files")] == ["cranes_2"]


def test_a_corrected_mapping_that_reads_nothing_leaves_what_stood(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    before = held(store)
    page.write_text(OLD.replace("since: [since]}", "since: [since], gone: [gone]}\nrequired: [gone]"), "utf-8")
    with pytest.raises(SourceUnreadable):
        load(store, table, mapping=page)
    assert held(store) == before


def test_another_way_of_reading_replaces_what_was_read(sqlite_store: Store, tmp_path: Path) -> None:
    from resolution.sources.reading import Reading

    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    table.write_bytes("\n".join(ROWS).replace("Heron", "Höhn").encode("cp1252"))
    load(sqlite_store, table, mapping=page, limits=Reading(encoding="latin2"))
    (again,) = load(sqlite_store, table, mapping=page, limits=Reading(encoding="cp1250"))
    assert again.replaced == ("dock",)


def test_the_same_bytes_under_another_data_set_are_one_source(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    before = held(store)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(table.read_bytes())
    for mapping in (OLD, NEW, OLD.replace("mapping: cranes", "mapping: other")):
        page.write_text(mapping, "utf-8")
        (told,) = load(store, copy, mapping=page, dataset="quayside")
        assert (told.loaded_already, told.dataset) == (True, "dock")
        assert "loaded already as cranes.csv of the data set dock" in told.notes[0]
        assert "kith unload dock" in str(told.remedy)
    assert held(store) == before


def test_what_is_unloaded_is_gone_and_comes_back(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    other, other_page = file(tmp_path, "more", OLD, ROWS[0], "1,Heron Lifting Co,Bittern Works,2023-05-06")
    load(store, other, mapping=other_page)
    only_other = without_stamps(store)
    load(store, table, mapping=page)
    both = without_stamps(store)
    ledger.judge(store, [("dock:1", "dock:2")], ledger.Verdict.DIFFERENT, by="ida", reason="two yards", now=NOW)
    (meant,) = find_sources(store, "cranes.csv")
    assert (meant.dataset, meant.rows) == ("dock", 2)
    unload(store, (meant,))
    assert without_stamps(store) == only_other
    assert texts(record(store, "dock:1"))["names"] == {"Heron Lifting Co"}
    assert len(ledger.read_entries(store)) == 1
    assert freshness(store).unloaded == ("cranes.csv",)
    load(store, table, mapping=page)
    assert without_stamps(store) == both


def test_a_source_is_meant_by_path_id_name_or_data_set(sqlite_store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    other, other_page = file(tmp_path, "more", OLD, ROWS[0], "7,Stork Ltd,Bittern Works,2023-05-06")
    (told, _) = load(sqlite_store, table, mapping=page)[0], load(sqlite_store, other, mapping=other_page)
    renamed = tmp_path / "renamed.csv"
    renamed.write_bytes(table.read_bytes())
    for named in (str(table), told.file_id, "cranes.csv", str(renamed)):
        assert [one.file for one in find_sources(sqlite_store, named)] == ["cranes.csv"]
    assert [one.file for one in find_sources(sqlite_store, "dock")] == ["cranes.csv", "more.csv"]
    with pytest.raises(SourceUnknown) as unknown:
        find_sources(sqlite_store, "docks")
    assert "dock" in str(unknown.value.remedy)


def test_the_end_that_a_repair_gave_a_listing_goes_with_the_repair(store: Store, tmp_path: Path) -> None:
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    repair, repair_page = file(tmp_path, "repair", REPAIRS, "name,since,off", "Heron Lifting Ltd,2023-05-06,2024-01-02")
    load(store, table, mapping=page)
    load(store, repair, mapping=repair_page)
    assert taken_off(store) == ["2024-01-02", "2024-01-02", None]
    unload(store, find_sources(store, "repair.csv"))
    assert taken_off(store) == [None, None]
    load(store, repair, mapping=repair_page)
    assert taken_off(store) == ["2024-01-02", "2024-01-02", None]


CUT = """
import os, signal, sys
from resolution.sources import shared_statements as shared
from resolution.sources import unloading
from store.open import open_store
store = open_store(sys.argv[1])
write, left = type(store).write, [int(sys.argv[2])]
def cut(self, name, /, **more):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    write(self, name, **more)
type(store).write = cut
unloading.unload(store, unloading.find_sources(store, "dock"))
"""


@pytest.mark.parametrize("writes", [1, 2, 3])
def test_an_unload_that_is_killed_leaves_everything(writes: int, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'k.db'}"
    store = open_store(address)
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    before = held(store)
    done = subprocess.run([sys.executable, "-c", CUT, address, str(writes)], check=False, env=os.environ | {"PYTHONPATH": "."})
    assert done.returncode == -signal.SIGKILL
    assert held(store) == before
    unload(store, find_sources(store, "dock"))
    assert store.read("sources/files") == []
    store.close()


def test_what_is_only_half_taken_out_is_named_and_completed(store: Store, tmp_path: Path) -> None:
    """As an engine leaves it that works in steps: the file counts as unfinished from the first step on."""
    table, page = file(tmp_path, "cranes", OLD, *ROWS)
    load(store, table, mapping=page)
    (row,) = store.read("sources/files")
    store.write("sources/put_files", rows=[row | {"complete": False}])
    assert [source.name for source in freshness(store).cut_off] == ["cranes.csv"]
    unload(store, find_sources(store, "cranes.csv"))
    assert without_stamps(store)["files"] == []
    assert store.read("entities/records") == []
