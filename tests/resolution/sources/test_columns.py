"""What a mapping leaves open is judged over the whole column; what is empty depends on what the column is for."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import MappingInvalid, RecordInvalid, SourceUnreadable
from ontology.link import Link
from ontology.record import Record
from resolution.sources.ingest import Ingested
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.single_records import record_of, records_of_row
from resolution.sources.statements.shares import unit_of_list
from store.port import Store
from store.rows import from_row
from store.sqlite import SqliteStore
from tests.resolution.sources.shorthands import KEY, NOW
from tests.resolution.sources.test_ingest import load

TIES = """
mapping: ties
version: "1"
title: Who holds whom
source_class: 3
columns: {holder: [holder], firm: [firm], stake: [stake, "stake in percent"], sum: [sum], since: [since]}
parties:
  holder: {kind: firm, key: "{holder}", names: [holder]}
  firm: {kind: firm, key: "{firm}", names: [firm]}
links: [{kind: {text: OWNS}, source: holder, target: firm, share: stake, amount: sum, currency: {text: EUR}, began_on: since}]
"""
PARTIES = """
mapping: parties
version: "1"
title: Parties
source_class: 3
columns: {id: [id], name: [name], last: [last], first: [first], alias: [alias], land: [land], code: [code], place: [place],
  site: [site], phone: [phone], born: [born], founded: [founded], seen: [seen]}
parties:
  party:
    kind: person
    key: id
    unique: true
    names: [name, {value: "{first} {last}", given: first, family: last}, {value: alias, role: alias, split: ";"}]
    countries: [land]
    identifiers: [{value: code, scheme: other}]
    addresses: [{value: place, country: site}]
    contacts: [{value: phone, kind: phone}]
    born_on: born
    observed_on: seen
"""


def of_ties(store: Store, folder: Path, *rows: str, page: str = TIES, header: str = "holder,firm,stake,sum,since") -> Ingested:
    (folder / "ties.yaml").write_text(page, "utf-8")
    path = folder / "ties.csv"
    path.write_text("\n".join([header, *(f"Holder {n} Ltd,Held Ltd,{row}" for n, row in enumerate(rows))]) + "\n", "utf-8")
    return load(store, path, mapping=folder / "ties.yaml")[0]


def links(store: SqliteStore) -> list[Link]:
    with sqlite3.connect(store._path) as plain:
        ids = [row[0] for row in plain.execute("SELECT id FROM links")]
    found = [from_row(Link, row) for row in store.read("network/links_by_ids", ids=ids)]
    return sorted(found, key=lambda one: one.source_id)


def of_parties(store: Store, folder: Path, *rows: dict[str, str], page: str = PARTIES) -> tuple[Ingested, dict[str, Record]]:
    (folder / "parties.yaml").write_text(page, "utf-8")
    path = folder / "parties.jsonl"
    path.write_text("".join(json.dumps({"id": f"p{n}", **row}) + "\n" for n, row in enumerate(rows)), "utf-8")
    (told,) = load(store, path, mapping=folder / "parties.yaml")
    found = [from_row(Record, row) for row in store.read("entities/records")]
    return told, {one.id.partition(":")[2]: one for one in found}


def test_a_column_with_a_share_above_one_is_in_percent_throughout(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    of_ties(sqlite_store, tmp_path, "57.4,,", "41.9,,", "0.7,,", "1,,")
    assert [one.share for one in links(sqlite_store)] == pytest.approx([0.574, 0.419, 0.007, 0.01])


def test_a_column_without_one_is_in_parts_and_a_percent_sign_speaks_for_itself(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    of_ties(sqlite_store, tmp_path, "0.55,,", "0.45,,", "1,,")
    assert [one.share for one in links(sqlite_store)] == [0.55, 0.45, 1.0]


@pytest.mark.parametrize(
    ("header", "rows"),
    [("stake", ("60%,,", "0.4,,")), ("stake in percent", ("0.6,,", "0.4,,"))],
    ids=["beside percent signs", "under a header that says percent"],
)
def test_a_bare_part_where_percents_are_told_is_refused(
    sqlite_store: SqliteStore, tmp_path: Path, header: str, rows: tuple[str]
) -> None:
    told = of_ties(sqlite_store, tmp_path, *rows, "62.5%,,", header=f"holder,firm,{header},sum,since")
    assert told.rows_rejected == sum("%" not in row for row in rows)
    assert "share: percent or share: part" in told.rejections[0].remedy
    assert told.rejections[0].field == header


def test_a_rejected_percent_sent_again_by_itself_does_not_become_a_part(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    told = of_ties(sqlite_store, tmp_path, "62.5,,", "0.8,,2021-02-30")
    rejects = Path(str(told.reject_file))
    rejects.write_text(rejects.read_text("utf-8-sig").replace("2021-02-30", "2021-02-28"), "utf-8")
    with pytest.raises(SourceUnreadable) as refused:
        load(sqlite_store, rejects, mapping=tmp_path / "ties.yaml")
    assert "percent sign" in str(refused.value.remedy)
    rejects.write_text(rejects.read_text("utf-8").replace("0.8", "0.8%"), "utf-8")
    load(sqlite_store, rejects, mapping=tmp_path / "ties.yaml")
    assert [one.share for one in links(sqlite_store)] == [0.625, 0.008]


def test_of_a_range_the_lower_bound_counts_and_the_range_is_shown(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    of_ties(sqlite_store, tmp_path, "50-75%,,", "12.5%,,")
    assert [(one.share, one.role) for one in links(sqlite_store)] == [(0.5, "50-75%"), (0.125, None)]


def test_more_than_the_whole_is_rejected_with_its_row(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    told = of_ties(sqlite_store, tmp_path, "62.5%,,", "170%,,")
    assert [(one.row, one.field) for one in told.rejections] == [(3, "stake")]


def test_one_day_that_can_be_read_one_way_only_tells_the_order_of_all(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    of_ties(sqlite_store, tmp_path, ",,03/04/2021", ",,23/11/2019", ",,05/06/2020")
    assert [str(one.began_on) for one in links(sqlite_store)] == ["2021-04-03", "2019-11-23", "2020-06-05"]


@pytest.mark.parametrize(
    ("others", "rejected"), [((), 1), (("23/11/2019", "11/23/2019"), 1), (("5 May 2020",), 1), (("11/23/2019",), 0)]
)
def test_days_of_either_order_are_refused_where_the_column_does_not_say(
    sqlite_store: SqliteStore, tmp_path: Path, others: tuple[str, ...], rejected: int
) -> None:
    told = of_ties(sqlite_store, tmp_path, ",,07/07/2018", ",,03/04/2021", *(f",,{day}" for day in others))
    assert [one.row for one in told.rejections] == [3] * rejected
    assert all("day: DD/MM/YYYY" in one.remedy for one in told.rejections)


def test_one_amount_tells_the_decimal_mark_of_all(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    of_ties(sqlite_store, tmp_path, ',"1.250,50",', ",2.000,", ',"3,5",', ',"1,125",')
    assert [one.amount for one in links(sqlite_store)] == [1250.5, 2000, 3.5, 1.125]


@pytest.mark.parametrize("others", [(), (',"1,5",', ",2.5,")])
def test_thousands_or_decimals_are_refused_where_the_column_does_not_say(
    sqlite_store: SqliteStore, tmp_path: Path, others: tuple[str, ...]
) -> None:
    told = of_ties(sqlite_store, tmp_path, ",700,", ',"1,234",', *others)
    assert [one.row for one in told.rejections] == [3]
    assert "decimal: ','" in told.rejections[0].remedy


def test_the_page_says_it_for_all_values_at_once(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    page = TIES.replace("columns:", 'written: {day: MM/DD/YYYY, decimal: ",", share: percent}\ncolumns:')
    of_ties(sqlite_store, tmp_path, '0.5,"1,234",03/04/2021', page=page)
    (link,) = links(sqlite_store)
    assert (link.share, link.amount, str(link.began_on)) == (0.005, 1.234, "2021-03-04")


def test_a_fixed_text_has_no_column_to_ask(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("holder,firm\nA Ltd,B Ltd\n", "utf-8")
    (tmp_path / "ties.yaml").write_text(TIES.replace("began_on: since", "began_on: {text: 03/04/2021}"), "utf-8")
    with pytest.raises(SourceUnreadable) as refused:
        load(sqlite_store, path, mapping=tmp_path / "ties.yaml")
    assert "day: DD/MM/YYYY" in str(refused.value.remedy)


def test_a_number_of_a_program_has_a_decimal_point(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "ties.yaml").write_text(TIES, "utf-8")
    path = tmp_path / "ties.jsonl"
    path.write_text(json.dumps({"holder": "A Ltd", "firm": "B Ltd", "sum": 1.234}) + "\n", "utf-8")
    load(sqlite_store, path, mapping=tmp_path / "ties.yaml")
    assert [one.amount for one in links(sqlite_store)] == [1.234]


def test_an_amount_names_its_currency_unless_the_page_has_a_column_for_it(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    page = TIES.replace("amount: sum, currency: {text: EUR}", "amount: {column: sum, currency: GBP}")
    of_ties(sqlite_store, tmp_path, ",5.5 USD,", ",7.5,", page=page)
    assert [(one.amount, one.currency) for one in links(sqlite_store)] == [(5.5, "USD"), (7.5, "GBP")]


def test_processes_that_tell_a_long_file_by_turns_judge_its_columns_alike(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    rows = [f"{n % 9 / 10},{n}.5,0{n % 9 + 1}/0{n % 8 + 1}/2021" for n in range(60_000)]
    rows[-1] = "62.5,7.25,23/11/2021"
    told = of_ties(sqlite_store, tmp_path, *rows)
    assert (tmp_path / "ties.csv").stat().st_size > 1 << 21
    assert told.rows_rejected == 0
    link = next(one for one in links(sqlite_store) if one.source_id == "ties:Holder 10 Ltd")
    assert (link.share, str(link.began_on)) == (0.001, "2021-03-02")


@pytest.mark.parametrize(
    ("texts", "units"),
    [
        (["99", "1"], {"percent"}),
        (["99.5", "0.5"], {"percent"}),
        (["0.7", "0.3"], {"part"}),
        (["0.33", "0.33", "0.34"], {"part"}),
        (["0.7", "0.2"], {"percent", "part"}),
        (["1"], {"percent", "part"}),
        (["60%", "0.4"], {"percent", "part"}),
    ],
)
def test_shares_that_one_cell_lists_tell_their_own_unit_where_they_sum_to_the_whole(texts: list[str], units: set[str]) -> None:
    assert unit_of_list(texts) == units


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=12))
def test_a_list_with_a_share_above_one_is_never_in_parts(hundredths: list[int]) -> None:
    assert unit_of_list([*(f"{one / 100:g}" for one in hundredths), "1.01"]) == {"percent"}


def test_of_a_list_in_one_cell_each_holder_gets_its_share(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "business_registry.csv"
    rows = ["鹭洲建材有限公司,郑四:98；王五:2", "榕江贸易有限公司,林一:0.7；陈三:0.3", "长汀水泥有限公司,吴六:0.4；周八:0.3"]
    path.write_text("企业名称,股东\n" + "\n".join(rows) + "\n", "utf-8")
    load(sqlite_store, path)
    held = {one.source_id.rpartition("/")[2]: one.share for one in links(sqlite_store)}
    assert held == pytest.approx({"郑四": 0.98, "王五": 0.02, "林一": 0.7, "陈三": 0.3, "吴六": 0.004, "周八": 0.003})


def test_words_for_empty_are_names_countries_or_nothing_by_their_column(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    told, found = of_parties(
        sqlite_store,
        tmp_path,
        {"last": "Null", "first": "Jennifer", "land": "NA", "phone": "N/A", "born": "unknown"},
        {"last": "Chen", "first": "Nan", "alias": "None;n/a", "land": "n/a", "phone": "none"},
        {"last": "NA", "first": "Ki", "code": "null", "place": "-"},
        {"last": "Nil", "first": "-"},
        {"name": "Na", "land": "null"},
        {"name": "None", "alias": "NULL"},
    )
    assert told.rejections == ()
    assert {name.text for one in found.values() for name in one.names} == {"Jennifer Null", "Nan Chen", "Ki NA", "Na", "None"}
    assert found["p3"].names == ()
    assert [found["p0"].countries, found["p1"].countries, found["p4"].countries] == [("na",), (), ()]
    assert not any(one.contacts or one.identifiers or one.addresses or one.born_on for one in found.values())


@pytest.mark.parametrize("empty", ["NULL", "nan", "none", "N/A", "—", "无", "unknown", "NOT AVAILABLE", "Unbekannt"])
def test_a_whole_name_that_is_a_word_for_empty_names_nobody(sqlite_store: SqliteStore, tmp_path: Path, empty: str) -> None:
    told, found = of_parties(sqlite_store, tmp_path, {"name": empty}, {"name": "Ada Byron"})
    assert (told.rows_in, found["p0"].names, found["p1"].name) == (2, (), "Ada Byron")


def test_a_column_may_have_words_for_empty_of_its_own(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    page = PARTIES.replace("countries: [land]", 'countries: [{column: land, null: ["0", none told]}]')
    _, found = of_parties(
        sqlite_store, tmp_path, *({"name": "Ada", "land": land} for land in ("0", "None Told", "pe")), page=page
    )
    assert [found[f"p{n}"].countries for n in range(3)] == [(), (), ("pe",)]


def test_a_word_that_the_page_looks_up_is_not_empty(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    page = PARTIES.replace("born_on: born", "attributes: {state: {column: seen, values: {unknown: nobody knows, done: done}}}")
    _, found = of_parties(
        sqlite_store, tmp_path, {"name": "Ada", "seen": "Unknown"}, page=page.replace("    observed_on: seen\n", "")
    )
    assert found["p0"].attributes == {"state": "nobody knows"}


def test_cells_with_several_codes_countries_and_addresses(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    row = {
        "name": "Ada",
        "land": "Peru / Polska",
        "code": "771;90 12",
        "place": "3 Elm St, Lima; 9 Low Rd, Cusco",
        "site": "Pérou",
    }
    _, found = of_parties(
        sqlite_store, tmp_path, row, {"name": "Bo", "place": "3 Elm St; Flat 2", "site": "Ruritania", "land": "zz;cl"}
    )
    assert found["p0"].countries == ("pe", "pl")
    assert [one.value for one in found["p0"].identifiers] == ["771", "9012"]
    assert [(one.text, one.country) for one in found["p0"].addresses] == [("3 Elm St, Lima", "pe"), ("9 Low Rd, Cusco", "pe")]
    assert [(one.text, one.country) for one in found["p1"].addresses] == [("3 Elm St; Flat 2", None)]
    assert found["p1"].countries == ("cl",)


def test_a_fact_that_cannot_be_read_is_told_with_the_remedy_and_costs_only_itself(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    row = {"name": "Ada", "born": "03/04/1980", "land": "Ruritania", "seen": "some day"}
    told, found = of_parties(sqlite_store, tmp_path, row)
    assert (told.rows_in, told.rows_repaired, found["p0"].born_on, found["p0"].countries) == (1, 1, "1980", ())
    assert [one.field for one in told.repairs] == ["born", "land", "seen"]
    assert told.repairs[0].remedy.startswith("Kept: 1980. Say in the mapping which comes first, as day: DD/MM/YYYY")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("began_on: {column: since, day: dd.mm.yyyy}", "DD/MM/YYYY"),
        ("began_on: {column: since, day: DD/MM/YY}", "pivot: 1950"),
        ("began_on: {column: since, day: [DD/MM/YYYY, DD/DD/YYYY]}", "epoch_ms"),
        ('amount: {column: sum, decimal: ";"}', "',' or '.'"),
        ("amount: {column: sum, currency: euro}", "ISO 4217"),
        ("share: {column: stake, share: percents}", "'percent' or 'part'"),
    ],
)
def test_a_page_that_declares_what_there_is_not_is_told_what_there_is(wrong: str, told: str) -> None:
    title = wrong.partition(":")[0]
    page = TIES.replace({"began_on": "began_on: since", "amount": "amount: sum", "share": "share: stake"}[title], wrong)
    with pytest.raises(MappingInvalid) as refused:
        parse_mapping(page, "ties.yaml")
    assert told in str(refused.value.facts["problem"])


def test_a_shape_on_a_value_of_another_kind_is_an_unknown_field() -> None:
    with pytest.raises(MappingInvalid) as refused:
        parse_mapping(TIES.replace("share: stake", "share: {column: stake, day: DD/MM/YYYY}"), "ties.yaml")
    assert refused.value.facts["field"] == "day"


def test_a_single_row_stands_alone_and_a_single_record_takes_countries_by_word(tmp_path: Path) -> None:
    (tmp_path / "parties.yaml").write_text(PARTIES, "utf-8")
    (record,), _ = records_of_row(
        {"id": "1", "last": "Null", "first": "Ann", "land": "NA", "born": "23/04/1980"},
        mapping=tmp_path / "parties.yaml",
        id_key=KEY,
        today=NOW.date(),
    )
    assert (record.name, record.countries, record.born_on) == ("Ann Null", ("na",), "1980-04-23")
    with pytest.raises(RecordInvalid):
        records_of_row(
            {"id": "1", "name": "Ann", "born": "03/04/1980"}, mapping=tmp_path / "parties.yaml", id_key=KEY, today=NOW.date()
        )
    told = {"id": "api:1", "dataset": "api", "source_class": "1", "kind": "person", "names": [{"text": "Na Li"}]}
    assert record_of(told | {"countries": ["Namibia", "Polska"]}, id_key=KEY).countries == ("na", "pl")
    with pytest.raises(RecordInvalid):
        record_of(told | {"countries": ["Ruritania"]}, id_key=KEY)
