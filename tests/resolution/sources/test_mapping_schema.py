"""The JSON schema of the mapping language: it takes every page that kith takes, and tells the slips that people make."""

import copy
from collections.abc import Iterator
from functools import reduce
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from ontology.documents import read_yaml_page
from ontology.errors import MappingInvalid
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import MappingPageLoader, parse_mapping
from resolution.sources.mappings.schema import mapping_schema
from resolution.sources.packs.pack_library import PAGE, packs
from tests.conftest import PROJECT

SCHEMA = mapping_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
BUILT_IN = [Path(str(page)) for page in files("resolution.sources.mappings").iterdir() if page.name.endswith(".yaml")]
OF_PACKS = [pack.folder / file for pack in packs().values() for file in pack.mappings]
EXAMPLES = PROJECT / "docs" / "guides" / "your-own-file"
OF_EXAMPLES = [page for page in EXAMPLES.rglob("*.yaml") if page.name not in (PAGE, "expected.yaml")]
PAGES = sorted({*BUILT_IN, *OF_PACKS, *OF_EXAMPLES})
CONTENTS = {page: read_yaml_page(page.read_text("utf-8"), MappingPageLoader) for page in PAGES}
SHORT = """
mapping: short
version: "1"
title: All the shorthands
source_class: 1
recognise: {root: list}
format: {xml: {record: entry}}
columns: {no: [no], name: [name], kind: [kind], place: [place], day: [day]}
ignore: day
parties:
  firm:
    kind: firm
    key: "{no}/{name}"
    when: no
    names: [name, {value: {column: name, null: none}}]
    addresses: ["{place?}"]
    countries: [place]
    founded_on: {column: day, day: DD/MM/YYYY}
links: [{kind: {column: kind, values: {A: OWNS}}, source: firm, target: firm, when: [no, {column: kind, among: [A]}]}]
"""


def content_of(text: str) -> Any:
    return read_yaml_page(text, MappingPageLoader)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_every_page_of_the_product_and_of_the_guide_is_valid(page: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(CONTENTS[page])] == []


def test_the_schema_is_one_of_the_dialect_that_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:kith:mapping"


def test_shorthands_are_valid() -> None:
    assert [*VALIDATOR.iter_errors(content_of(SHORT))] == []
    Mapping.model_validate(content_of(SHORT))


def places_in(content: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands within nested lists and tables."""
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, inner in steps:
        yield (*place, step)
        yield from places_in(inner, (*place, step))


@given(page=st.sampled_from(PAGES), data=st.data())
def test_a_page_that_kith_takes_is_valid_whatever_was_changed_in_it(page: Path, data: st.DataObject) -> None:
    content = copy.deepcopy(CONTENTS[page])
    *outer, last = data.draw(st.sampled_from([*places_in(content)]))
    part = reduce(lambda inner, step: inner[step], outer, content)
    if data.draw(st.booleans()):
        del part[last]
    else:
        part[last] = data.draw(
            st.sampled_from(["zebra", "{zebra?}", "", None, [], ["zebra"], {}, {"column": "zebra"}, {"text": ""}])
        )
    try:
        parse_mapping(yaml.safe_dump(content, allow_unicode=True), page.name, page.parent)
    except MappingInvalid:
        return
    assert [error.message for error in VALIDATOR.iter_errors(content)] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("title:", "titel:"),
        ("kind: firm", "kind: company"),
        ("kind: firm", "kind: {column: kind, values: {A: company}}"),
        ("names: [name, {value:", "names: [name, {worth:"),
        ("founded_on: {column: day,", "founded_on: {columm: day,"),
        ("xml: {record: entry}", "xml: {records: entry}"),
        ("when: no", "when: {empty: true}"),
        ('key: "{no}/{name}"', "key: {split: x}"),
        ("columns: {no: [no],", "columns: {no: no,"),
        ('version: "1"', "version: 1"),
    ],
)
def test_a_slip_is_told_by_the_schema_as_by_the_language(right: str, wrong: str) -> None:
    content = content_of(SHORT.replace(right, wrong, 1))
    assert [*VALIDATOR.iter_errors(content)]
    with pytest.raises(ValidationError):
        Mapping.model_validate(content)


def test_a_table_of_codes_may_stand_in_the_place_of_values() -> None:
    page = SHORT.replace("values: {A: OWNS}", "values_file: ties.csv")
    assert [*VALIDATOR.iter_errors(content_of(page))] == []
    assert [*VALIDATOR.iter_errors(content_of(page.replace("ties.csv", "../ties.csv")))]


def test_a_scheme_that_nobody_knows_is_told() -> None:
    page = SHORT.replace("addresses:", "identifiers: [{value: no, scheme: SCHEME}]\n    addresses:")
    valid, wrong = (content_of(page.replace("SCHEME", scheme)) for scheme in ("reg_no", "regno"))
    assert [*VALIDATOR.iter_errors(valid)] == []
    assert [*VALIDATOR.iter_errors(wrong)]
