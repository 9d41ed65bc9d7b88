"""Ids of records: two people shown alike stay two, one person is one record whoever names it, a firm's number is nobody's."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import Statement
from ontology.link import Link
from ontology.personal_ids import check_digit, has_hash_suffix, mask, mask_with_hash
from ontology.record import Record
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.ingest import ingest
from resolution.sources.reading import Reading, read_rows
from resolution.sources.statements.row_results import RowResult
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW

CRM = """
mapping: crm
version: "1"
title: Customers
source_class: 1
columns: {id: [id], name: [name]}
parties:
  person: {kind: person, key: id, names: [name], identifiers: [{value: id, scheme: resident_id}]}
"""
FAMILY = """
mapping: family
version: "1"
title: Family ties
source_class: 1
dataset: crm
columns: {one: [one], other: [other]}
links:
  - {kind: {text: FAMILY_OF}, source_record: one, target_record: other}
"""


def number(order: int, born: str = "19840229", region: str = "440305") -> str:
    digits = f"{region}{born}{order:03d}"
    return digits + check_digit(digits)


def shown_alike(count: int = 3) -> list[str]:
    """Numbers that are masked alike: of one province's beginning, with the same end."""
    found: list[str] = []
    for order in range(1000):
        one = number(order)
        if not found or one[-2:] == found[0][-2:]:
            found.append(one)
    return found[:count]


def rows_of(file: Path, text: str, mapping: str | None = None, kind: str | None = None) -> list[RowResult]:
    file.write_text(text, "utf-8")
    page = file.with_suffix(".yaml")
    if mapping:
        page.write_text(mapping, "utf-8")
    how = choose_reading(
        file,
        mapping=page if mapping else None,
        kind=kind,
        dataset=None,
        reading=Reading(),
        id_key=KEY,
        today=date(2026, 11, 22),
        index=CrossFileIndex(),
    )
    mapper = how.make("f" * 16)
    return [mapper.map_row(row) for row in read_rows(file, how.reading)]


def stated(rows: list[RowResult]) -> list[Statement]:
    assert not [row.trouble for row in rows if row.trouble]
    return [one for row in rows for one in row.statements]


def records(rows: list[RowResult]) -> list[Record]:
    return [one for one in stated(rows) if isinstance(one, Record)]


def test_people_shown_alike_are_as_many_records(tmp_path: Path) -> None:
    ids = shown_alike()
    told = records(rows_of(tmp_path / "crm.csv", "id,name\n" + "".join(f"{one},人{n}\n" for n, one in enumerate(ids)), CRM))
    assert len({mask(one) for one in ids}) == 1
    assert [record.id for record in told] == [mask_with_hash(f"crm:{one}", KEY) for one in ids]
    assert len({record.id for record in told}) == len(ids)
    assert not [one for one in ids for record in told if one in record.model_dump_json()]


def test_a_table_of_ties_names_them_in_clear_and_in_any_dress(tmp_path: Path, store: Store) -> None:
    one, other, _ = shown_alike()
    crm, family = tmp_path / "crm.csv", tmp_path / "family.csv"
    crm.write_text(f"id,name\n{one},王\n{other},李\n", "utf-8")
    family.write_text(f'one,other\n"{other[:6]} {other[6:14]} {other[14:]}",{one}\n', "utf-8")
    for file, page in ((crm, CRM), (family, FAMILY)):
        file.with_suffix(".yaml").write_text(page, "utf-8")
        (done,) = ingest(store, [file], id_key=KEY, now=NOW, mapping=file.with_suffix(".yaml"))
    ids = [
        row["id"] for row in store.read("entities/records_by_ids", ids=[mask_with_hash(f"crm:{x}", KEY) for x in (one, other)])
    ]
    assert len(ids) == 2
    assert (done.rows_in, done.statements["links"]) == (1, 1)


def test_both_forms_of_a_number_are_one_record() -> None:
    assert mask_with_hash("crm:440305840229001", KEY) == mask_with_hash(f"crm:{number(1)}", KEY)


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["", " ", "-", "\u00a0", "\u200b", "．", " . ", "／"]))
def test_keys_are_as_different_as_the_numbers(left: int, right: int, gap: str) -> None:
    one, other = number(left), number(right)
    dressed = gap.join((other[:6], other[6:14], other[14:]))
    assert (mask_with_hash(f"a:{one}", KEY) == mask_with_hash(f"a:{dressed}", KEY)) == (left == right)
    assert mask_with_hash(mask_with_hash(f"a:{dressed}", KEY), KEY) == mask_with_hash(f"a:{dressed}", KEY)
    assert has_hash_suffix(mask_with_hash(one, KEY))
    assert other not in mask_with_hash(dressed, KEY)


def test_half_hidden_numbers_are_told_apart_by_what_they_show() -> None:
    one, other = "440305********0011", "440306********0111"
    assert mask(one) == mask(other)
    assert mask_with_hash(one, KEY) != mask_with_hash(other, KEY)
    assert mask_with_hash("4403 05xx xxxx xx00 11", KEY) == mask_with_hash(one, KEY)


def test_registration_numbers_of_firms_are_nobodys(tmp_path: Path) -> None:
    rng = random.Random(7)
    numbers = [f"{rng.choice(['350102', '440305', '110101'])}{rng.randrange(10**9):09d}" for _ in range(600)]
    assert sum(mask(one) != one for one in numbers) > 10  # Such as look like resident ids of old.
    lines = "".join(f"测试{n}号商行有限公司,{one}\n" for n, one in enumerate(numbers))
    told = records(rows_of(tmp_path / "registry.csv", "企业名称,注册号\n" + lines, kind="business_registry"))
    assert [record.identifiers[0].value for record in told] == numbers
    assert len({record.id for record in told}) == len(set(numbers))
    assert {(record.kind.value, record.identifiers[0].scheme) for record in told} == {("firm", "reg_no")}


def test_invoice_numbers_that_look_like_ids_stay_apart(tmp_path: Path) -> None:
    one, other = "350102900307123", "350199910412423"
    assert mask(one) != one
    assert mask(one)[-2:] == mask(other)[-2:]
    text = "invoice_no,issue_date,seller,buyer,total\n" + "".join(
        f"{n},2026-01-05,甲贸易公司,乙贸易公司,10\n" for n in (one, other)
    )
    rows = rows_of(tmp_path / "invoices.csv", text, kind="invoices")
    links = [link for link in stated(rows) if isinstance(link, Link)]
    assert [link.fact_key for link in links] == [one, other]
    assert len({link.id for link in links}) == 2
    assert rows[0].values["invoice_no"] == one


def test_a_column_for_both_holds_what_its_party_is(tmp_path: Path) -> None:
    old, text = "350102900307123", "name,case_no,court,type,code\n{name},(2026)1,法院,{kind},{old}\n"
    mapping = """
mapping: cases
version: "1"
title: Cases
source_class: 3
columns: {name: [name], case: [case_no], kind: [type], code: [code]}
parties:
  debtor:
    kind: {column: kind, values: {firm: firm, person: person}}
    key: "{case}/{code}"
    names: [name]
    identifiers: [{value: code, schemes: {firm: reg_no, person: resident_id}}]
"""
    firm, person = (
        rows_of(tmp_path / f"{kind}.csv", text.format(name=name, kind=kind, old=old), mapping)[0]
        for kind, name in (("firm", "榕江贸易公司"), ("person", "方怡"))
    )
    assert firm.values["code"] == old
    assert [code.value for code in records([firm])[0].identifiers] == [old]
    assert old not in str(person)
    assert records([person])[0].identifiers[0].scheme == "resident_id"


def test_a_sole_traders_resident_id_in_a_column_of_tax_numbers_is_masked_and_told_apart(tmp_path: Path) -> None:
    one, other, _ = shown_alike()
    text = "invoice_no,issue_date,seller,seller_tax_no,buyer,total\n"
    text += "".join(f"N{n},2026-01-05,王记杂货店,{id_},乙贸易公司,10\n" for n, id_ in enumerate((one, other)))
    told = records(rows_of(tmp_path / "invoices.csv", text, kind="invoices"))
    assert len({record.id for record in told if record.name == "王记杂货店"}) == 2
    assert one not in str(told)


@pytest.mark.parametrize(
    ("scheme", "value"), [("passport", "E12345678"), ("ssn", "123-45-6789"), ("national_id", "AB 12 34 56 C")]
)
def test_other_numbers_of_a_state_are_masked_in_ids_too(tmp_path: Path, scheme: str, value: str) -> None:
    page = CRM.replace("resident_id", scheme)
    told = records(rows_of(tmp_path / "crm.csv", f"id,name\n{value},王\n{value[:-1]}1,李\n", page))
    assert len({record.id for record in told}) == 2
    assert all(has_hash_suffix(record.id) or "~" in record.id for record in told)
    assert not [record for record in told if value in record.id]


@pytest.mark.parametrize(("scheme", "value"), [("passport", "L8M3K5521"), ("national_id", "770214-4417"), ("ssn", "219-09-4431")])
def test_other_numbers_of_a_state_stay_codes_that_join(tmp_path: Path, scheme: str, value: str) -> None:
    page = CRM.replace("value: id, scheme: resident_id", f"value: number, scheme: {scheme}").replace(
        "name: [name]}", "name: [name], number: [number]}"
    )
    one, other = records(rows_of(tmp_path / "crm.csv", f"id,name,number\n1,Ana Duarte,{value}\n2,Duarte Ana,{value}\n", page))
    assert [code.scheme for code in one.identifiers] == [scheme]
    assert one.identifiers == other.identifiers
    assert "*" not in one.identifiers[0].value


def test_a_number_with_a_digit_too_few_is_masked_where_its_column_says_what_it_is(tmp_path: Path) -> None:
    short = number(7)[:-1]
    (row,) = rows_of(tmp_path / "crm.csv", f"id,name\n{short},王\n", CRM)
    assert short not in str(row)


def test_ids_in_lists_within_a_cell_are_told_apart(tmp_path: Path) -> None:
    one, other, _ = shown_alike()
    page = """
mapping: members
version: "1"
title: Members
source_class: 3
columns: {firm: [firm], people: [people]}
parties:
  firm: {kind: firm, key: firm, names: [firm]}
  member:
    kind: person
    each: {column: people, fields: {name: [name], id: [id]}}
    key: "{@firm}/{people.id}"
    names: [people.name]
    identifiers: [{value: people.id, scheme: resident_id}]
links:
  - {kind: {text: OWNS}, source: member, target: firm}
"""
    told = stated(rows_of(tmp_path / "m.csv", f"firm,people\n甲公司,王:{one};李:{other}\n", page))
    assert len({record.id for record in told if isinstance(record, Record)}) == 3
    assert len({link.id for link in told if isinstance(link, Link)}) == 2
    assert one not in str(told)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("follow_the_money", '{{"id": "{id}", "schema": "Person", "properties": {{"name": ["王伟"]}}}}'),
        ("bods", '{{"recordId": "{id}", "recordType": "person", "recordDetails": {{"names": [{{"fullName": "王伟"}}]}}}}'),
        ("truth_set", '{{"DATA_SOURCE": "D", "RECORD_ID": "{id}", "FEATURES": [{{"NAME_FULL": "王伟"}}]}}'),
    ],
)
def test_no_graph_format_keeps_an_id_in_clear(tmp_path: Path, kind: str, line: str) -> None:
    one = number(12)
    told = records(rows_of(tmp_path / "graph.jsonl", line.format(id=one) + "\n", kind=kind))
    assert len(told) == 1
    assert has_hash_suffix(told[0].id)
    assert one not in told[0].model_dump_json()


def test_long_keys_are_not_cut_to_one(tmp_path: Path) -> None:
    long = "x" * 320
    told = records(rows_of(tmp_path / "crm.csv", f"id,name\n{long}1,王\n{long}2,李\n", CRM))
    assert len({record.id for record in told}) == 2
    assert max(len(record.id) for record in told) <= 300
