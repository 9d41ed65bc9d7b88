"""Columns inside objects and lists: reached by path, never stored as JSON text."""

import json
from pathlib import Path

import pytest

from ontology.link import Link
from ontology.record import NameRole, Record
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import Reading, read_rows
from resolution.sources.statements.row_results import RowResult
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT

CONTROL = {
    "company_number": "01234567",
    "data": {
        "name": "Ms Ana Maria Popescu",
        "name_elements": {"forename": "Ana", "surname": "Popescu"},
        "date_of_birth": {"month": 7, "year": 1968},
        "natures_of_control": ["voting-rights-50-to-75-percent", "ownership-of-shares-50-to-75-percent"],
        "address": {"premises": "12a", "address_line_1": "Canal Street", "locality": "Hull", "postal_code": "HU1 2AB"},
        "papers": [{"type": "Passport", "no": "P123"}, {"type": "ID", "no": "X9"}],
        "also": [{"text": "A. Popescu", "quality": "Low"}, {"text": "Ana Rusu", "quality": "Good"}],
    },
}
HEAD = 'mapping: mine\nversion: "1"\ntitle: Mine\nsource_class: 3\n'


def told(folder: Path, page: str, content: str, name: str = "a.jsonl") -> list[RowResult]:
    (folder / "m.yaml").write_text(HEAD + page, "utf-8")
    (folder / name).write_text(content, "utf-8")
    how = choose_reading(
        folder / name,
        mapping=folder / "m.yaml",
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=KEY,
        today=NOW.date(),
        index=CrossFileIndex(),
    )
    mapper = how.make("f" * 16)
    return [mapper.map_row(row) for row in read_rows(folder / name, how.reading)]


PAGE = """columns:
  company: [company_number]
  name: [data.name]
  given: [data.name_elements.forename]
  family: [data.name_elements.surname]
  born: [data.date_of_birth]
  year: [data.date_of_birth.year]
  control: [data.natures_of_control]
  address: [data.address]
  premises: [data.address.premises]
  street: [data.address.address_line_1]
  passport: ["data.papers[type=Passport].no"]
  also: [data.also]
parties:
  firm: {kind: firm, key: company, names: [company]}
  owner:
    kind: person
    key: "{@firm}/{name}"
    names:
      - {value: name, given: given, family: family}
      - value: also.text
        each: {column: also, fields: {text: [text], quality: [quality]}}
        role_by: {column: also.quality, values: {low: weak}, otherwise: alias}
    born_on: born
    identifiers: [{value: passport, scheme: passport}]
    addresses: ["{premises} {street}", address]
    attributes: {year: year}
links:
  - kind: {text: OWNS}
    source: owner
    target: firm
    role: control
    share: {column: control, split: ";", values: {ownership-of-shares-50-to-75-percent: 50%}}
"""


def test_parts_of_objects_and_lists_are_columns_by_their_path(tmp_path: Path) -> None:
    (row,) = told(tmp_path, PAGE, json.dumps(CONTROL))
    owner = next(one for one in row.statements if isinstance(one, Record) and one.kind == "person")
    link = next(one for one in row.statements if isinstance(one, Link))
    assert (owner.names[0].given, owner.names[0].family, owner.born_on) == ("Ana", "Popescu", "1968-07")
    assert [(name.text, name.role) for name in owner.names[1:]] == [("A. Popescu", NameRole.WEAK), ("Ana Rusu", NameRole.ALIAS)]
    assert [one.text for one in owner.addresses] == ["12a Canal Street", "12a, Canal Street, Hull, HU1 2AB"]
    assert [one.value.rpartition(":")[2] for one in owner.identifiers] == ["P123"]
    assert owner.attributes["year"] == "1968"
    assert (link.share, link.role) == (0.5, "voting-rights-50-to-75-percent; ownership-of-shares-50-to-75-percent")


@pytest.mark.parametrize("content", [json.dumps([CONTROL]), json.dumps({"items": [CONTROL]}), f"{json.dumps(CONTROL)}\n" * 2])
def test_json_and_json_lines_are_read_alike(content: str, tmp_path: Path) -> None:
    assert len(told(tmp_path, PAGE, content, "a.json")[0].statements) == 3


def test_an_object_is_no_name_and_the_refusal_names_its_parts(tmp_path: Path) -> None:
    page = "columns: {who: [who]}\nparties:\n  one: {kind: person, key: who, names: [who]}\n"
    (row,) = told(tmp_path, page, '{"who": {"forename": "Ana", "surname": "Rusu"}}\n')
    assert row.trouble is not None
    assert (row.trouble.field, row.trouble.problem) == ("who", "holds an object with the parts forename, surname")


def test_a_list_of_texts_is_as_many_names(tmp_path: Path) -> None:
    page = (
        "columns: {who: [who], also: [also]}\n"
        "parties:\n  one: {kind: person, key: who, names: [who, {value: also, role: alias}]}\n"
    )
    (row,) = told(tmp_path, page, '{"who": "Ana Rusu", "also": ["Anna Rusu", "A. Rusu"]}\n')
    (record,) = row.statements
    assert isinstance(record, Record)
    assert [name.text for name in record.names] == ["Ana Rusu", "Anna Rusu", "A. Rusu"]


def test_a_name_in_brackets_is_no_list(tmp_path: Path) -> None:
    page = "columns: {who: [who]}\nparties:\n  one: {kind: firm, key: who, names: [who]}\n"
    (row,) = told(tmp_path, page, '{"who": "[Holding] Rusu"}\n')
    assert [name.text for one in row.statements if isinstance(one, Record) for name in one.names] == ["[Holding] Rusu"]


def test_a_resident_id_inside_an_object_is_sealed(tmp_path: Path) -> None:
    page = (
        "columns: {who: [p.name], id: [p.id]}\n"
        "parties:\n  one: {kind: person, key: who, names: [who], identifiers: [{value: id, scheme: resident_id}]}\n"
    )
    (row,) = told(tmp_path, page, json.dumps({"p": {"name": "林一", "id": RESIDENT}}))
    (record,) = row.statements
    assert isinstance(record, Record)
    assert len(record.identifiers[0].value) == 64
    assert RESIDENT not in str(row)


def test_rows_in_lists_inside_lists_are_found_for_a_kind_and_counted_through(tmp_path: Path) -> None:
    rows = [
        {"iname": name, "caseCode": f"（2026）榕01执{n}号", "courtName": "榕江市人民法院", "publishDate": "2026年01月02日"}
        for n, name in enumerate(["鹭洲建材有限公司", "榕江贸易有限公司", "林一"])
    ]
    answer = {"status": "0", "data": [{"dispNum": 2, "result": rows[:2]}, {"dispNum": 1, "result": rows[2:]}]}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
    for kind in (None, "court_defaulters"):
        how = choose_reading(
            path, mapping=None, kind=kind, dataset=None, reading=Reading(), id_key=KEY, today=NOW.date(), index=CrossFileIndex()
        )
        assert (how.kind, how.reading.path) == ("court_defaulters", "data.result")
        assert [row.number for row in read_rows(path, how.reading)] == [1, 2, 3]


def test_a_path_goes_through_the_lists_of_json_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": [{"b": [{"n": "1"}, {"n": "2"}]}]}\n{"a": [{"b": []}, {"b": [{"n": "3"}]}]}\n', "utf-8")
    assert [(row.number, row.values["n"]) for row in read_rows(path, Reading(path="a.b"))] == [(1, "1"), (2, "2"), (3, "3")]


def test_words_that_stand_for_an_empty_cell_can_be_said_for_the_whole_file(tmp_path: Path) -> None:
    page = (
        'format: {null: ["-0-", "\\\\N"]}\ncolumns: {name: [name], note: [note]}\nrequired: [name]\n'
        "parties:\n  one: {kind: firm, key: name, names: [name], attributes: {note: note}}\n"
    )
    first, empty, other = told(tmp_path, page, "name,note\nAlpha,-0- \n-0-,x\nBeta,\\N\n", "a.csv")
    assert [one.attributes for row in (first, other) for one in row.statements if isinstance(one, Record)] == [{}, {}]
    assert empty.trouble is not None
    assert first.values["note"] == "-0- "


def test_an_object_nested_without_end_costs_its_row_only(tmp_path: Path) -> None:
    page = (
        "columns: {who: [who], deep: [deep.x]}\nparties:\n  one: {kind: firm, key: who, names: [who], attributes: {deep: deep}}\n"
    )
    for depth in (400, 900, 5000):
        deep = f'{{"who": "Alpha", "deep": {"[" * depth}1{"]" * depth}}}'
        for name, content in (("a.jsonl", f'{deep}\n{{"who": "Beta"}}\n'), ("a.json", f'[{{"who": "Beta"}}, {deep}]')):
            if name == "a.jsonl" or depth < 5000:
                assert any(not row.trouble for row in told(tmp_path, page, content, name))
