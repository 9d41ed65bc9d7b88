"""Pages with a slip in them: each is told with its place and what is needed there, in words for who writes pages."""

from pathlib import Path

import pytest

from ontology.errors import MappingInvalid
from resolution.sources.ingest import ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.packs.pack_library import pack_at
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW
from tests.resolution.sources.test_states import PACK

PAGE = """
mapping: quay_firms
version: "1"
title: Firms of the quay
source_class: 3
columns: {no: [no], name: [name], land: [land]}
required: [name]
parties: {firm: {kind: firm, key: no, names: [name]}}
"""


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("", "an empty page"),
        ("- a\n", "not a page of fields"),
        (PAGE + "colums: {a: [b]}\n", "field colums, problem unknown field"),
        (PAGE + "format: {preamble: [holder]}\n", r"format\.preamble, problem needs a table"),
        (PAGE + "format: {sheet: 1}\n", r"format\.sheet, problem needs a text"),
        (PAGE + 'format: {join: [{file: "x", on: no, key: no}]}\n', r"format\.join\.0\.take, problem is missing"),
        (PAGE + "format: {drop: [Name]}\n", "format.drop, column name, problem a column that the page reads is dropped"),
        (PAGE.replace("kind: firm", "adds: maybe"), r"adds, problem needs true or false, not 'maybe'"),
        (PAGE.replace("kind: firm", "only: [firms]"), r"only\.0, problem should be 'firm', 'person'"),
        (PAGE.replace("kind: firm", "kind: {cases: [{column: typ, kind: firm}]}"), r"cases\[1\], column typ, problem unknown"),
        (PAGE.replace("names: [name]", "names: []"), "names, problem needs at least one entry"),
        (PAGE.replace("quay_firms", "Quay Firms"), "mapping, problem needs small letters"),
    ],
)
def test_a_slip_is_told_with_its_place(page: str, told: str) -> None:
    with pytest.raises(MappingInvalid, match=told) as refused:
        parse_mapping(page, "page.yaml")
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("", "an empty page"),
        (PACK + "ownr: me\n", "field ownr, problem unknown field"),
        (PACK.replace("2026-11-22", "22/11/2026"), r"compared_on, problem needs a day: 2026-11-22, not '22/11/2026'"),
        (PACK.replace("rhythm_days: 1", "rhythm_days: daily"), "rhythm_days, problem needs a whole number"),
        (PACK.replace("pack: wardens", "pack: The Wardens"), "pack, problem needs small letters"),
    ],
)
def test_a_slip_in_a_pack_is_told_with_its_place(tmp_path: Path, page: str, told: str) -> None:
    (tmp_path / "pack.yaml").write_text(page)
    with pytest.raises(MappingInvalid, match=told):
        pack_at(tmp_path)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ('{preamble: {holder: "Account: (.*)"}}', "fits the pattern of holder (format: preamble)"),
        ("{fill_down: ordre}", "called ordre (format: fill_down)"),
        ("{drop: [phone]}", "called phone (format: drop)"),
    ],
)
def test_what_a_format_speaks_of_and_the_file_lacks_is_told(store: Store, tmp_path: Path, form: str, told: str) -> None:
    (tmp_path / "page.yaml").write_text(PAGE + f"format: {form}\n")
    (tmp_path / "firms.csv").write_text("no,name\n1,Alder Ltd\n")
    (outcome,) = ingest(store, [tmp_path / "firms.csv"], id_key=KEY, now=NOW, mapping=tmp_path / "page.yaml")
    assert any(told in note for note in outcome.notes)
