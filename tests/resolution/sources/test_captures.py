"""What a value takes of its cell: parts by a pattern, texts in the place of others, words by a table."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import MappingInvalid
from ontology.record import Record
from resolution.sources.ingest import ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.mappings.value_formats import Value
from resolution.sources.reading import read_rows
from resolution.sources.statements.row_results import RowResult
from resolution.sources.statements.value_readers import text_reader
from store.open import open_store
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT, choice_by

HEAD = 'mapping: quay_list\nversion: "1"\ntitle: List of the quay\nsource_class: 3\n'


def read(value: dict[str, object], cell: str | None, **others: str) -> str | None:
    fields = others | ({"cell": cell} if cell is not None else {})
    return text_reader(Value.model_validate({"column": "cell"} | value))(fields)


def mapped(folder: Path, page: str, text: str, name: str = "list.csv") -> list[RowResult]:
    (folder / "page.yaml").write_text(HEAD + page, "utf-8")
    (folder / name).write_text(text, "utf-8")
    choice = choice_by(folder / name, folder / "page.yaml")
    mapper = choice.make("f" * 16)
    return [mapper.map_row(row) for row in read_rows(folder / name, choice.reading)]


def records(row: RowResult) -> list[Record]:
    return [statement for statement in row.statements if isinstance(statement, Record)]


# Captures


def test_the_group_of_a_pattern_is_the_text() -> None:
    assert read({"capture": r"Passport (\S+)"}, "DOB 1951; Passport B07 (RO)") == "B07"


def test_without_a_group_all_that_the_pattern_matches_is_the_text() -> None:
    assert read({"capture": r"\d{4}"}, "born in 1951 or so") == "1951"


def test_several_matches_stand_with_a_semicolon_between_each_once() -> None:
    assert read({"capture": r"[A-Z]{2}\b"}, "MD, RO, MD") == "MD; RO"


def test_a_pattern_that_does_not_match_says_nothing() -> None:
    assert read({"capture": r"Passport (\S+)"}, "DOB 1951") is None


def test_an_empty_match_says_nothing() -> None:
    assert read({"capture": r"x*"}, "abc") is None


def test_a_group_that_took_no_part_says_nothing() -> None:
    assert read({"capture": r"a(b)?"}, "a") is None


def test_what_is_not_captured_is_what_the_page_says_otherwise() -> None:
    assert read({"capture": "(percent)", "values": {"percent": "OWNS"}, "otherwise": "CONTROLS"}, "influence") == "CONTROLS"


def test_a_captured_text_is_looked_up() -> None:
    assert read({"capture": r"\[(\w)\]", "values": {"P": "person"}}, "kind [P]") == "person"


def test_a_pattern_reads_letters_of_any_script_and_half_characters() -> None:
    assert read({"capture": r"\p{Han}+"}, "x 鹏程 y") == "鹏程"
    assert read({"capture": r"a(\w)"}, "\ud800ab") == "b"


@pytest.mark.parametrize("pattern", ["(", "(a)(b)", "(?=a)", r"(a)\1", "(?<!a)b", "a{1001}", "", "x" * 501])
def test_a_pattern_that_is_none_is_refused_naming_its_place(pattern: str) -> None:
    page = (
        f"columns: {{no: [no]}}\nparties: {{p: {{key: no, names: [{{value: {{column: no, capture: {json.dumps(pattern)}}}}}]}}}}"
    )
    with pytest.raises(MappingInvalid, match=r"parties\.p\.names\.0\.value\.capture"):
        parse_mapping(HEAD + page, "page.yaml")


@pytest.mark.parametrize("pattern", ["(?:a+)+$", "(?:a|aa)+$", "(?:.*a){20}b", "(?:a?){500}b"])
def test_no_pattern_hangs(pattern: str) -> None:
    before = time.process_time()
    read({"capture": pattern}, "a" * 20_000 + "!")
    assert time.process_time() - before < 5


@given(st.text(max_size=60), st.sampled_from([r"\d+", r"(\w+)", ".", r"[^;]+", "(a|b)?"]))
def test_what_is_captured_stands_in_the_text(text: str, pattern: str) -> None:
    taken = read({"capture": pattern}, text)
    assert taken is None or all(part in text for part in taken.split("; "))


# Replacements, tables, conditions


def test_texts_are_put_in_the_place_of_others_before_the_pattern_is_tried() -> None:
    assert read({"replace": {"] [": "; "}}, "SDGT] [IRGC] [IFSR") == "SDGT; IRGC; IFSR"
    assert read({"replace": {"(old) ": ""}, "capture": r"^\w+"}, "(old) Alder Ltd") == "Alder"


def test_what_is_replaced_by_nothing_as_a_whole_says_nothing() -> None:
    assert read({"replace": {"n.n.": ""}}, "n.n.") is None


def test_what_a_table_lacks_goes_through_where_the_page_says_so() -> None:
    assert read({"values": {"A": "first"}, "keep_others": True}, "Zebra") == "Zebra"
    assert read({"values": {"A": "first"}, "keep_others": True}, "a") == "first"


def test_a_value_stands_only_where_its_condition_holds() -> None:
    when = {"when": [{"column": "kind", "among": ["P"]}]}
    assert read(when, "x", kind="p") == "x"
    assert read(when, "x", kind="C") is None
    assert read(when, "x") is None


# Kinds, schemes


KINDS = """
columns: {no: [no], name: [name], institution: [institution], type: [type]}
parties:
  listed:
    kind:
      cases: [{column: institution, kind: agency}, {column: type, among: [X], kind: person}]
      column: type
      values: {C: firm, X: firm}
    key: no
    names: [name]
"""


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("1,A,77,C", "agency"),
        ("1,A,77,X", "agency"),
        ("1,A,,X", "person"),
        ("1,A,,C", "firm"),
        ("1,Alder Ltd,,", "firm"),
    ],
)
def test_the_first_case_that_holds_decides_the_kind(tmp_path: Path, row: str, kind: str) -> None:
    (mapped_row,) = mapped(tmp_path, KINDS, f"no,name,institution,type\n{row}\n")
    assert [record.kind.value for record in records(mapped_row)] == [kind]


SCHEMES = """
columns: {no: [no], name: [name], scheme: [scheme], code: [code]}
parties:
  listed:
    kind: firm
    key: no
    names: [name]
    identifiers: [{value: code, scheme_by: {column: scheme, values: {"0199": lei, "0192": reg_no}}}]
"""


def test_the_scheme_of_a_code_is_read_from_a_column(tmp_path: Path) -> None:
    page = SCHEMES.replace(", keep_others: true, otherwise: reg_no", "")
    rows = mapped(tmp_path, page, "no,name,scheme,code\n1,A,0199,5493001KJTIIGC8Y1R12\n2,B,0192,77\n3,C,,88\n4,D,0777,99\n")
    schemes = [[code.scheme for record in records(row) for code in record.identifiers] for row in rows]
    assert schemes[:3] == [["lei"], ["reg_no"], []]
    assert rows[3].trouble
    assert "0777" in rows[3].trouble.problem


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("scheme", "needs a table"),
        ('{column: scheme, values: {"1": lei}, keep_others: true}', "needs a table"),
        ('{column: scheme, values: {"1": lei}, otherwise: leii}', "unknown scheme"),
        ('{column: scheme, values: {"1": leii}}', "unknown scheme"),
        ("{text: lei}", "needs a table"),
    ],
)
def test_a_table_of_schemes_that_are_none_is_refused(table: str, problem: str) -> None:
    page = SCHEMES[: SCHEMES.index("scheme_by")] + f"scheme_by: {table}}}]\n"
    with pytest.raises(MappingInvalid, match=problem):
        parse_mapping(HEAD + page, "page.yaml")


# Lists side by side


BESIDE = """
columns: {no: [no], names: [names], ids: [ids], towns: [towns]}
parties:
  winner:
    each: {column: names, split: ["---"], between: "", fields: {name: [name]}, beside: {id: ids, town: towns}}
    kind: firm
    key: "{no}/{names.name}"
    names: [names.name]
    identifiers: [{value: names.id, scheme: reg_no}]
    addresses: [names.town]
"""


def winners(folder: Path, *cells: str) -> tuple[RowResult, dict[str, tuple[list[str], list[str]]]]:
    (row,) = mapped(folder, BESIDE, "no,names,ids,towns\n1," + ",".join(cells) + "\n")
    return row, {
        record.names[0].text: ([code.value for code in record.identifiers], [place.text for place in record.addresses])
        for record in records(row)
    }


def test_lists_of_one_length_go_side_by_side(tmp_path: Path) -> None:
    _, firms = winners(tmp_path, "Alder---Birch", "1---2", "Kiel---Jena")
    assert firms == {"Alder": (["1"], ["Kiel"]), "Birch": (["2"], ["Jena"])}


def test_a_blank_place_in_a_list_beside_is_nothing_for_its_party(tmp_path: Path) -> None:
    _, firms = winners(tmp_path, "Alder---Birch", "---2", "Kiel---")
    assert firms == {"Alder": ([], ["Kiel"]), "Birch": (["2"], [])}


def test_a_blank_party_keeps_the_others_beside_their_own(tmp_path: Path) -> None:
    _, firms = winners(tmp_path, "Alder--- ---Cedar", "1---2---3", "")
    assert firms == {"Alder": (["1"], []), "Cedar": (["3"], [])}


@pytest.mark.parametrize("ids", ["1", "1---2---3"])
def test_a_list_of_another_length_is_left_out_and_told(tmp_path: Path, ids: str) -> None:
    row, firms = winners(tmp_path, "Alder---Birch", ids, "Kiel---Jena")
    assert firms == {"Alder": ([], ["Kiel"]), "Birch": ([], ["Jena"])}
    assert [(trouble.field, "texts beside 2" in trouble.problem) for trouble in row.repaired] == [("ids", True)]


@given(
    st.lists(st.sampled_from(["Alder", "Birch", "Cedar", ""]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6),
)
def test_no_party_ever_gets_the_code_of_another(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], ids: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    (row,) = mapped(folder, BESIDE, f"no,names,ids,towns\n1,{'---'.join(names)},{'---'.join(ids)},\n")
    pairs = {(name, id_) for name, id_ in zip(names, ids, strict=False)}
    for record in records(row):
        assert all((record.names[0].text, code.value) in pairs for code in record.identifiers)


# Personal numbers


def test_a_resident_id_captured_of_a_text_is_masked_and_hashed_as_one_that_stands_alone(tmp_path: Path) -> None:
    page = """
columns: {no: [no], name: [name], remarks: [remarks], code: [code]}
parties:
  captured:
    kind: person
    key: "c{no}"
    names: [name]
    identifiers: [{value: {column: remarks, capture: 'ID (\\w+)'}, scheme: resident_id}]
  alone: {kind: person, key: "a{no}", names: [name], identifiers: [{value: code, scheme: resident_id}]}
"""
    odd = "110105499912310021"  # No such month: not told by its shape.
    text = f"no,name,remarks,code\n1,Quill Ada,born 1949; ID {RESIDENT}; tall,{RESIDENT}\n2,Quill Ben,ID {odd} old,\n"
    (tmp_path / "page.yaml").write_text(HEAD + page)
    (tmp_path / "list.csv").write_text(text)
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    ingest(store, [tmp_path / "list.csv"], id_key=KEY, now=NOW, mapping=tmp_path / "page.yaml")
    rows = store.read("entities/records_by_ids", ids=["quay_list:c1", "quay_list:a1", "quay_list:c2"])
    found = {row["id"].partition(":")[2]: json.loads(row["document"]) for row in rows}
    store.close()
    assert found["c1"]["identifiers"] == found["a1"]["identifiers"]
    assert found["c1"]["born_on"] == found["a1"]["born_on"] == "1949"
    assert found["c2"]["attributes"] == {"resident_id_masked": "110*************21"}
    content = (tmp_path / "kith.db").read_bytes()
    assert b"born 1949; ID 110*************2X; tall" in content
    for number in (RESIDENT, odd):
        assert number.encode() not in content


@pytest.mark.parametrize("scheme", ["resident_id", "passport"])
def test_a_list_of_personal_numbers_beside_another_is_refused(scheme: str) -> None:
    with pytest.raises(MappingInvalid, match="beside a list") as refused:
        parse_mapping(HEAD + BESIDE.replace("kind: firm", "kind: person").replace("reg_no", scheme), "page.yaml")
    assert "a column of its own" in (refused.value.remedy or "")


def test_a_resident_id_captured_of_a_part_of_a_list_is_refused() -> None:
    page = """
columns: {no: [no], people: [people]}
parties:
  person:
    kind: person
    each: {column: people, fields: {name: [name], text: [text]}}
    key: "{no}/{people.name}"
    names: [people.name]
    identifiers: [{value: {column: people.text, capture: 'ID (\\w+)'}, scheme: resident_id}]
"""
    with pytest.raises(MappingInvalid, match="part of a list"):
        parse_mapping(HEAD + page, "page.yaml")
