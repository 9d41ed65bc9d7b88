"""Bad input: each error names file, row, field, what was found and what would do; good rows go in; bad rows can be mended."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.record import Record
from ontology.source import Rejection
from resolution.sources.ingest import Ingested
from resolution.sources.reading import Reading, read_rows
from store.open import open_store
from store.port import Store
from store.rows import from_row
from tests.resolution.sources.shorthands import FILES, NAMED, RESIDENT, choice, map_file, registry
from tests.resolution.sources.test_ingest import POSTS, load

GOOD = ",榕江贸易有限公司,林一,2015-03-02"


def only_rejection(told: Ingested) -> Rejection:
    assert (told.rows_in, told.rows_rejected) == (1, 1)
    return told.rejections[0]


def test_a_file_in_a_foreign_encoding_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "business_registry.csv"
    path.write_bytes(b"\xff\x80\xff\x81\xff,\xff\n" * 5)
    with pytest.raises(SourceUnreadable) as told:
        load(sqlite_store, path)
    problem = "not UTF-8, nor any other encoding whose letters make words"
    assert told.value.facts == {"file": path.name, "problem": problem}
    assert "--encoding" in str(told.value.remedy)


def test_one_line_in_another_encoding_costs_itself_only(sqlite_store: Store, tmp_path: Path) -> None:
    path = registry(tmp_path, GOOD, *(f",第{n}号商行,林一,2015-03-02" for n in range(20)))
    path.write_bytes(path.read_bytes() + ",鹭洲建材有限公司,郑四,2019-07-01\n".encode("gb18030"))
    (told,) = load(sqlite_store, path)
    assert (told.rows_in, told.rejections[0].row) == (21, 23)
    assert "are not utf-8" in told.rejections[0].problem


def test_a_missing_column_is_named_with_those_that_are_there(sqlite_store: Store) -> None:
    with pytest.raises(SourceUnreadable) as told:
        load(sqlite_store, FILES / "supplier_directory.csv", kind="court_defaulters")
    assert "court (courtName" in str(told.value.facts["missing"])
    assert "profile_id, company_name" in str(told.value.facts["found"])


def test_a_broken_line_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    told = only_rejection(load(sqlite_store, registry(tmp_path, GOOD, ",鹭洲建材有限公司,郑四"))[0])
    assert (told.row, told.problem) == (3, "3 columns instead of 4")


def test_one_id_for_two_firms_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    path = registry(
        tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02", "91350100M000100Y43,鹭洲建材有限公司,郑四,2015-03-02"
    )
    told = only_rejection(load(sqlite_store, path)[0])
    assert told.row == 3
    assert "91350100M000100Y43 was given to row 2 already" in told.problem


def test_the_same_row_twice_is_no_error(sqlite_store: Store, tmp_path: Path) -> None:
    (told,) = load(sqlite_store, registry(tmp_path, GOOD, GOOD))
    assert (told.rows_in, told.statements) == (2, {"records": 2, "links": 1})


def test_an_impossible_day_of_a_tie_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    header, first, *_ = (FILES / "invoices.csv").read_text("utf-8").splitlines()
    path.write_text("\n".join([header, first, first.replace("2026-01-05", "2026-02-30")]) + "\n", "utf-8")
    assert only_rejection(load(sqlite_store, path)[0]) == Rejection(
        file="invoices.csv",
        row=3,
        field="开票日期",
        problem="'2026-02-30' is a day no calendar has",
        remedy="Write it as YYYY-MM-DD.",
    )


def test_an_impossible_day_of_founding_or_of_the_end_costs_the_day_not_the_firm(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "business_registry.csv"
    rows = ["榕江贸易有限公司,林一,2024-02-30,2025-01-09", "鹭洲建材有限公司,郑四,2019-07-01,soon"]
    path.write_text("企业名称,法定代表人,成立日期,注销日期\n" + "\n".join(rows) + "\n", "utf-8")
    (told,) = load(sqlite_store, path)
    assert (told.rows_in, told.rows_rejected, told.rows_repaired) == (2, 0, 2)
    assert told.repairs[0] == Rejection(
        file=path.name, row=2, field="成立日期", problem="'2024-02-30' is a day no calendar has", remedy="Kept: 2024."
    )
    assert (told.repairs[1].field, told.repairs[1].remedy) == ("注销日期", "Kept without it.")
    assert told.statements == {"records": 4, "links": 1}  # Who represented a firm that has ended at some time does so no more.


def test_an_impossible_day_of_birth_costs_the_day_not_the_person(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    days = ("1856-86-18", "0001-01-01", "1566-06-19", "soon", "1980-02-01")
    path.write_text("id,name,born\n" + "".join(f"{n},Ann Lee {n},{day}\n" for n, day in enumerate(days)), "utf-8")
    mapping = tmp_path / "people.yaml"
    mapping.write_text(PEOPLE, "utf-8")
    (told,) = load(sqlite_store, path, mapping=mapping)
    assert (told.rows_in, told.rows_rejected, told.rows_repaired) == (5, 0, 3)
    assert [(one.row, one.field, one.problem, one.remedy) for one in told.repairs] == [
        (2, "born", "'1856-86-18' is a day no calendar has", "Kept: 1856."),
        (3, "born", "'0001-01-01' lies outside the years 1000 to 2199", "Kept without it."),
        (5, "born", "'soon' is no day", "Kept without it."),
    ]
    ids = [f"people:{n}" for n in range(5)]
    held = {row["id"]: from_row(Record, row) for row in sqlite_store.read("entities/records_by_ids", ids=ids)}
    assert [held[one].born_on for one in ids] == ["1856", None, "1566-06-19", None, "1980-02-01"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "entities.ftm.json",
            {"id": "ann", "schema": "Person", "properties": {"name": ["Ann Lee"], "birthDate": ["1956-13-40"]}},
        ),
        (
            "statements.json",
            {
                "statementId": "s1",
                "recordId": "ann",
                "recordType": "person",
                "recordDetails": {"names": [{"fullName": "Ann Lee"}], "birthDate": "1956-13-40"},
            },
        ),
    ],
)
def test_nor_does_it_cost_a_person_of_a_graph_format(
    sqlite_store: Store, tmp_path: Path, name: str, told: dict[str, object]
) -> None:
    path = tmp_path / name
    other = json.loads(json.dumps(told).replace("ann", "bo").replace("1956-13-40", "1956"))
    path.write_text("\n".join(json.dumps(one) for one in (told, other)), "utf-8")
    (done,) = load(sqlite_store, path)
    assert (done.rows_in, done.rows_rejected) == (2, 0)
    assert [(one.field, one.remedy) for one in done.repairs] == [("birthDate", "Kept: 1956.")]
    assert [from_row(Record, row).born_on for row in sqlite_store.read("entities/records")] == ["1956", "1956"]


PEOPLE = """
mapping: people
version: "1"
title: People
source_class: 1
columns: {id: [id], name: [name], born: [born]}
parties:
  person: {kind: person, key: "{id}", unique: true, names: [name], born_on: born}
"""


def test_a_link_to_an_unknown_record_is_rejected(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "executive_stock.csv"
    path.write_text(POSTS.read_text("utf-8") + "e1,监事,999999,employ_of\n", "utf-8")
    *_, told = load(store, FILES / "ashare_executive.csv", FILES / "ashare_stock.csv", path, rejects_dir=tmp_path)
    assert "ashare:stock/999999, which no file gives" in only_rejection(told).problem


def test_an_empty_file_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "business_registry.csv").touch()
    with pytest.raises(SourceUnreadable, match="the file is empty"):
        load(sqlite_store, tmp_path / "business_registry.csv")


def test_a_line_beyond_the_limit_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    path = registry(tmp_path, f",{'长' * 200}公司,郑四,2019-07-01", GOOD)
    told = only_rejection(load(sqlite_store, path, limits=Reading(line_bytes_max=300))[0])
    assert (told.row, told.problem) == (2, "the line is longer than 300 bytes")


def test_a_cell_that_a_spreadsheet_would_run_stays_text_and_is_disarmed_on_the_way_out(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = registry(tmp_path, ",=1+1公司,林一,2015-03-02", ",=HYPERLINK(1)公司,林一")
    (told,) = load(sqlite_store, path)
    assert told.rows_in == 1
    assert {name["text"] for row in sqlite_store.read("entities/records") for name in json.loads(row["document"])["names"]} == {
        "=1+1公司",
        "林一",
    }
    (rejected,) = _rejects(told)
    assert rejected["企业名称"] == "'=HYPERLINK(1)公司"


def test_released_data_without_its_release_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    lines = (FILES / "invoices.csv").read_text("utf-8").splitlines()[:3]
    path.write_text("\n".join([*lines[:2], lines[2].removesuffix("R-1")]) + "\n", "utf-8")
    told = only_rejection(load(sqlite_store, path)[0])
    assert (told.field, told.problem) == ("授权编号", "released data without the number of its release")


def test_a_rejected_row_takes_nothing_from_the_rows_after_it(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    header, first, *_ = (FILES / "invoices.csv").read_text("utf-8").splitlines()
    path.write_text("\n".join([header, first.replace("2026-01-05", "2026-02-30"), first]) + "\n", "utf-8")
    only_rejection(load(sqlite_store, path)[0])
    (link,) = sqlite_store.read("network/links_by_ids", ids=[one.id for one in map_file(path)[1].statements])
    records = {row["id"]: row["row_id"] for row in sqlite_store.read("entities/records")}
    assert {link["source_id"], link["target_id"]} == set(records)
    assert all(row_id.endswith("#3") for row_id in records.values())


def test_a_rejected_row_does_not_hold_its_id(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "business_registry.csv"
    rows = [f"91350100M000100Y43,榕江贸易有限公司,林一:{stake}" for stake in ("162%", "62%")]
    path.write_text("统一社会信用代码,企业名称,股东\n" + "\n".join(rows) + "\n", "utf-8")
    assert only_rejection(load(sqlite_store, path)[0]).row == 2


def test_a_mapping_with_an_unknown_field_is_told_the_nearest(sqlite_store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yaml"
    mapping.write_text('mapping: mine\nversion: "1"\ntitle: x\nsource_class: 1\ncolums: {}\n', "utf-8")
    with pytest.raises(MappingInvalid) as told:
        load(sqlite_store, registry(tmp_path, GOOD), mapping=mapping)
    assert told.value.facts["field"] == "colums"
    assert "nearest field is columns" in str(told.value.remedy)


def test_rejected_rows_can_be_mended_and_sent_again(store: Store, tmp_path: Path) -> None:
    (told,) = load(store, registry(tmp_path, GOOD, ",=鹭洲建材有限公司,郑四"))
    rejects = Path(str(told.reject_file))
    assert rejects == tmp_path / "business_registry.rejects.csv"
    (rejected,) = _rejects(told)
    assert (rejected["row"], rejected["error"].partition(".")[0]) == ("3", "3 columns instead of 4")
    rejects.write_text(rejects.read_text("utf-8-sig").replace("郑四,,", "郑四,2024-02-29,"), "utf-8")
    (mended,) = load(store, rejects)
    assert (mended.kind, mended.dataset, mended.rows_in, mended.rows_rejected) == (told.kind, told.dataset, 1, 0)
    names = {name["text"] for row in store.read("entities/records") for name in json.loads(row["document"])["names"]}
    assert names == {"榕江贸易有限公司", "=鹭洲建材有限公司", "林一", "郑四"}


def test_no_resident_id_is_left_anywhere(tmp_path: Path) -> None:
    path = registry(
        tmp_path,
        f",榕江贸易有限公司 {RESIDENT},林一{RESIDENT},2015-03-02",
        f",{RESIDENT},郑四,{RESIDENT}",
        f"{RESIDENT},x",
        name=f"registry {RESIDENT}.csv",
    )
    (tmp_path / "out").mkdir()
    store = open_store(f"sqlite:///{tmp_path / 'out' / 'kith.db'}")
    (told,) = load(store, path, rejects_dir=tmp_path / "out", kind="business_registry")
    store.close()
    assert (told.rows_in, told.rows_rejected, told.rows_repaired) == (2, 1, 1)
    assert RESIDENT not in told.model_dump_json()
    left = [file for file in (tmp_path / "out").iterdir() if RESIDENT.encode() in file.read_bytes() or RESIDENT in file.name]
    assert left == []


TEXTS = sorted(path.name for path in FILES.iterdir() if path.suffix in (".csv", ".tsv", ".jsonl", ".json"))


@pytest.mark.parametrize("name", TEXTS)
def test_no_resident_id_in_any_cell_of_any_kind_of_file_is_left(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    how = choice(FILES / name, NAMED.get(name))
    path.write_text(_with_ids_everywhere(FILES / name, how.reading), "utf-8")
    (tmp_path / "out").mkdir()
    store = open_store(f"sqlite:///{tmp_path / 'out' / 'kith.db'}")
    try:
        said = load(store, path, kind=how.kind, rejects_dir=tmp_path / "out")[0].model_dump_json()
    except SourceUnreadable as refused:
        said = f"{refused} {refused.remedy} {refused.facts}"
    store.close()
    assert RESIDENT not in said
    assert [file.name for file in (tmp_path / "out").iterdir() if RESIDENT.encode() in file.read_bytes()] == []


def _with_ids_everywhere(path: Path, reading: Reading) -> str:
    """The file with a resident id behind the text of every cell, as a list, or a table, of the same rows."""
    rows = [{name: f"{text} {RESIDENT}" for name, text in row.values.items()} for row in read_rows(path, reading)]
    if path.suffix in (".json", ".jsonl"):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        return f"[{','.join(lines)}]" if path.suffix == ".json" else "\n".join(lines)
    out = StringIO()
    writer = csv.writer(out, delimiter="\t" if path.suffix == ".tsv" else ",")
    writer.writerows([*([] if reading.header else [list(rows[0])]), *(row.values() for row in rows)])
    return out.getvalue()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(*[st.text(max_size=12) | st.just(RESIDENT)] * 4), min_size=1, max_size=5))
def test_whatever_stands_in_a_row_it_goes_in_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with (folder / "business_registry.csv").open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        csv.writer(file).writerows([("统一社会信用代码", "企业名称", "法定代表人", "成立日期"), *rows, GOOD.split(",")])
    store = open_store(f"sqlite:///{folder / 'kith.db'}")
    (told,) = load(store, folder / "business_registry.csv")
    store.close()
    assert told.rows_in + told.rows_rejected == told.rows_read >= 1
    assert not any(RESIDENT.encode() in file.read_bytes() for file in folder.iterdir() if file.name != "business_registry.csv")


def _rejects(told: Ingested) -> list[dict[str, str]]:
    with Path(str(told.reject_file)).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_of_a_source_class_that_is_none_is_rejected(sqlite_store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(
        'mapping: mine\nversion: "1"\ntitle: Mine\nsource_class: {column: source}\ncolumns: {name: [name], source: [source]}\n'
        "parties:\n  firm: {kind: firm, key: name, names: [name]}\n",
        "utf-8",
    )
    path = tmp_path / "mine.csv"
    path.write_text("name,source\n榕江贸易有限公司,1\n鹭洲建材有限公司,rumour\n", "utf-8")
    told = only_rejection(load(sqlite_store, path, mapping=mapping)[0])
    assert (told.row, told.field, told.problem, told.remedy) == (3, "source", "'rumour' is no source class", "Known: 1, 2, 3.")


def test_an_invoice_of_a_firm_to_itself_goes_in_and_is_not_dropped_without_a_word(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    header, first, *_ = (FILES / "invoices.csv").read_text("utf-8").splitlines()
    path.write_text(
        "\n".join([header, first.replace("海天投资有限公司,91350200MA00000121", "榕江贸易有限公司,91350100M000100Y43")]) + "\n",
        "utf-8",
    )
    assert load(sqlite_store, path)[0].rows_rejected == 0
    (link,) = sqlite_store.read("network/links_by_ids", ids=[one.id for one in map_file(path)[0].statements])
    (report,) = sqlite_store.read("network/experiences_by_ids", ids=[one.id for one in map_file(path)[0].statements])
    assert link["source_id"] == link["target_id"] == report["reporter_id"] == report["subject_id"]
