"""The manuals of mappings and packs: they name every part of the language, and what is generated in them is as generated."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest
import yaml
from pydantic import BaseModel

from docs.packs_table import PAGE as PACKS_PAGE
from docs.packs_table import facts_counted, renewed
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import library
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import packs
from tests.conftest import PROJECT

MAPPINGS_TEXT = (PROJECT / "docs" / "sources" / "mappings.md").read_text("utf-8")
PACKS_TEXT = PACKS_PAGE.read_text("utf-8")


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation)
    for argument in get_args(annotation):
        yield from models_in(argument)


def fields_of(model: type[BaseModel]) -> set[str]:
    return {name for part in {*models_in(model)} for name in part.model_fields}


@pytest.mark.parametrize("field", sorted(fields_of(Mapping)))
def test_the_manual_of_mappings_names_every_field_of_the_language(field: str) -> None:
    assert re.search(rf"`[^`\n]*\b{field}\b[^`\n]*`|^ *{field}:|\*\*{field}\*\*", MAPPINGS_TEXT, re.MULTILINE)


@pytest.mark.parametrize("field", sorted(fields_of(Pack)))
def test_the_manual_of_packs_names_every_field_of_a_pack(field: str) -> None:
    assert f"`{field}`" in PACKS_TEXT


def test_the_example_of_the_manual_is_a_pack() -> None:
    block = re.search(r"```yaml\n(.*?)```", PACKS_TEXT, re.DOTALL)
    assert block is not None
    pack = Pack.model_validate(yaml.safe_load(block[1]))
    assert {*pack.model_dump(exclude_unset=True)} == {*Pack.model_fields}


def test_the_table_of_packs_is_as_generated() -> None:
    assert renewed(PACKS_TEXT) == PACKS_TEXT, "python -m docs.packs_table"
    assert all(f"| `{name}` |" in PACKS_TEXT for name in packs())


def test_facts_are_counted_by_what_they_are() -> None:
    firm = {"names": {"primary": ["A Ltd"], "alias": ["A", "AA"]}, "identifiers": ["reg_no 1"]}
    expected = {"rows_read": 3, "records": {"x:1": firm, "x:2": {"kind": "firm"}}, "links": [{}], "listings": []}
    assert facts_counted(expected) == {"records": 2, "ties": 1, "names": 3, "codes": 1}


@pytest.mark.parametrize("kind", ["court_defaulters", "abnormal_operations", "serious_violation", "supplier_directory"])
def test_the_keys_of_built_in_mappings_are_those_of_their_pages(kind: str) -> None:
    lines = MAPPINGS_TEXT.partition("## Keys of the built-in mappings")[2].splitlines()
    (line,) = (line for line in lines if line.startswith("|") and kind in line.split("|")[1])
    template = next(iter(library()[kind].parties.values())).key
    key = template.template or f"{{{template.column}}}"
    told = key.replace("{", "<").replace("}", ">").replace("|", "\\|").replace("<id>", "<profile id>")
    assert f":{told}`" in line
