"""Files into a store, on both engines: all or nothing, once, in any order, and back to the row."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.contents import unpack_row
from resolution.sources.ingest import Ingested, ingest
from store.open import open_store
from store.port import Store
from tests.resolution.sources.shorthands import FILES, KEY, NOW, RESIDENT, USCC, registry
from tests.stores import stored_listings

POSTS = FILES / "ashare_executive_stock.csv"
PEOPLE, STOCKS = FILES / "ashare_executive.csv", FILES / "ashare_stock.csv"


def load(store: Store, *paths: Path, **how: Any) -> list[Ingested]:
    return ingest(store, paths, id_key=KEY, now=NOW, **how)


def held(store: Store) -> dict[str, Any]:
    """Everything a load can change, but for the time it was done."""
    records = {row["id"]: row for row in store.read("entities/records")}
    return {"records": records, "files": store.read("sources/files"), "counts": store.read("counts/overview")}


def test_every_file_of_a_folder_goes_in_by_name(store: Store, tmp_path: Path) -> None:
    loaded = load(store, FILES, rejects_dir=tmp_path)
    assert [one.file for one in loaded] == sorted(path.name for path in FILES.iterdir())
    assert [one.file for one in loaded if one.trouble] == ["otc_network.csv"]
    refused = {one.file: [(row.row, row.field, row.problem) for row in one.rejections] for one in loaded if one.rows_rejected}
    assert refused == {}, "a file here tells rows that go in; what a kind refuses is a case of test_bad_input.py"
    assert all(one.rows_in + one.rows_ignored == one.rows_read for one in loaded)
    told = store.read("sources/files")
    assert {file["dataset"] for file in told if file["complete"]} >= {"business_registry", "invoices", "ashare", "bods"}


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02")
    load(store, path)
    before = held(store)
    (again,) = load(store, path)
    assert again.loaded_already
    assert held(store) == before


def test_the_same_rows_in_another_file_are_the_same_statements(store: Store, tmp_path: Path) -> None:
    row = "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02"
    load(store, registry(tmp_path, row))
    before = held(store)
    load(store, registry(tmp_path, row, ",鹭洲建材有限公司,郑四,2019-07-01", name="registry_2.csv"))
    after = held(store)
    assert before["records"].keys() < after["records"].keys()
    assert len(after["records"]) == 4


def test_a_row_can_be_found_again_as_it_stood_in_the_file(store: Store) -> None:
    (told,) = load(store, FILES / "business_registry.csv")
    (block,) = store.read("sources/row_block", file_id=told.file_id, number=2)
    assert (unpack_row(block["content"], 2) or {})["企业名称"] == "榕江贸易有限公司"
    assert RESIDENT not in block["content"]


def test_links_may_name_records_of_a_later_file_of_the_call(store: Store) -> None:
    loaded = load(store, POSTS, PEOPLE, STOCKS)
    assert [one.statements for one in loaded] == [{"links": 1}, {"records": 1}, {"records": 1}]


def test_links_may_name_records_of_an_earlier_call(store: Store) -> None:
    load(store, PEOPLE, STOCKS)
    (told,) = load(store, POSTS)
    assert told.statements == {"links": 1}


def test_a_repair_ends_the_listing_another_source_told_whatever_came_first(store: Store) -> None:
    load(store, FILES / "credit_repair.csv")
    load(store, FILES / "serious_violation.xlsx")
    ends = [row for row in stored_listings(store) if row["dataset"] == "serious_violation"]
    assert {row["listed_on"]: row["removed_on"] for row in ends} == {"2024-07-01": "2024-09-01", "2025-07-01": "2026-07-01"}


def test_a_repair_ends_no_listing_of_another_party(sqlite_store: Store, tmp_path: Path) -> None:
    lists = tmp_path / "procurement_list.csv"
    rows = ("甲商行,,2025-01-10,榕江市财政局", "乙商行,,2025-01-10,榕江市财政局", f"甲商行,{USCC},2025-01-10,榕江市财政局")
    lists.write_text("\n".join(["企业名称,统一社会信用代码,处罚日期,执法单位", *rows]) + "\n", "utf-8")
    repair = tmp_path / "credit_repair.csv"
    header = "企业名称,统一社会信用代码,原列入名单,原列入日期,修复决定日期,决定机关"
    repair.write_text(f"{header}\n甲商行,91350200MA00000121,procurement_ban,2025-01-10,2026-01-10,榕江市财政局\n", "utf-8")
    load(sqlite_store, lists, repair)
    ends = {row["record_id"]: row["removed_on"] for row in stored_listings(sqlite_store)}
    assert ends == {
        "procurement_list:甲商行": "2026-01-10",
        "procurement_list:乙商行": None,
        f"procurement_list:{USCC}": None,
        "credit_repair:91350200MA00000121": "2026-01-10",
    }


def test_a_file_cut_off_on_the_way_is_loaded_anew(store: Store, tmp_path: Path) -> None:
    path = registry(tmp_path, *(f",第{n}号商行,林一,2015-03-02" for n in range(6000)))
    with pytest.raises(KeyboardInterrupt):
        load(store, path, progress=_interrupt)
    assert [file for file in store.read("sources/files") if file["complete"]] == []
    left = len(store.read("entities/records"))
    assert (left == 0) == (store.engine == "sqlite")
    (told,) = load(store, path)
    assert (told.rows_in, told.statements) == (6000, {"records": 12_000, "links": 6000})
    assert len(store.read("entities/records")) == 12_000


def _interrupt(file: str, rows: int) -> None:
    """Stops when more is written than any engine holds back until the end."""
    if rows >= 5000:
        raise KeyboardInterrupt


def test_a_killed_ingest_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    first = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02", name="registry_1.csv")
    big = registry(tmp_path, *(f",第{n}号商行,林一,2015-03-02" for n in range(60_000)), name="registry_2.csv")
    store = open_store(address)
    load(store, first)
    before = held(store)
    _killed_midway(address, big, tmp_path / "started")
    assert held(store) == before
    (told,) = load(store, big)
    assert told.rows_in == 60_000
    store.close()


def _killed_midway(address: str, path: Path, started: Path) -> None:
    """Ingest in a process of its own and end it without warning once blocks are being written."""
    program = (
        "import sys; from pathlib import Path; from store.open import open_store; "
        "from tests.resolution.sources.test_ingest import load; "
        "load(open_store(sys.argv[1]), Path(sys.argv[2]), "
        "progress=lambda file, rows: Path(sys.argv[3]).touch() if rows > 5000 else None)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, address, str(path), str(started)])
    deadline = time.monotonic() + 60
    while not started.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None, "the load was over before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def test_where_no_row_goes_in_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable) as told:
        load(store, registry(tmp_path, ",榕江贸易有限公司,林一"), rejects_dir=tmp_path / "rejects")
    assert told.value.facts["row"] == 2
    assert told.value.facts["reject_file"] == "business_registry.rejects.csv"
    assert store.read("sources/files") == []
    assert store.read("entities/records") == []


def test_one_bad_file_among_several_is_told_and_the_others_go_in(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("colour,weather\nblue,fair\n")
    good = registry(tmp_path, ",榕江贸易有限公司,林一,2015-03-02")
    loaded = load(store, tmp_path)
    assert [(one.file, one.rows_in) for one in loaded] == [(good.name, 1), ("notes.csv", 0)]
    assert "no known kind" in str(loaded[1].trouble)


def test_progress_is_told_block_by_block(sqlite_store: Store, tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    path = registry(tmp_path, *(f",第{n}号商行,林一,2015-03-02" for n in range(2500)))
    load(sqlite_store, path, progress=lambda file, rows: seen.append((file, rows)))
    assert seen == [(path.name, 1000), (path.name, 2000), (path.name, 2500)]
