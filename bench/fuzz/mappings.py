"""The loader of mappings under attack, and what a row comes to under a mapping that it takes; rulebooks beside it."""

import tempfile
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from ontology.errors import KithError
from ontology.rulebook import load_rulebook
from resolution.sources.blocks import blocks
from resolution.sources.choice import chosen
from resolution.sources.graphs.telling import Seen
from resolution.sources.mappings.library import mapping_at
from resolution.sources.reading import Reading

TODAY = date(2026, 11, 22)
KEY = b"a key for the bench"
OWN = """mapping: mine
version: "1"
title: Mine
source_class: 1
format: {encoding: utf-8, null: [none, "-"]}
written: {day: DD/MM/YYYY, decimal: ","}
columns:
  code: [code]
  name: [name]
  owner: [owner]
  amount: [amount]
  on: [on]
required: [code]
ignore: {column: name, among: [void]}
parties:
  firm: &firm
    kind: {column: code, values: {p: person}, otherwise: firm}
    key: "{code|name}"
    names: [name]
    identifiers: [{value: code, scheme: uscc, split: ";"}]
    founded_on: {column: on, day: DD/MM/YYYY}
  owner: {kind: by_name, key: "{@firm}-{owner}", names: [owner]}
links:
  - {kind: {text: OWNS}, source: owner, target: firm, amount: {column: amount, currency: CNY}, began_on: on}
listings:
  - party: firm
    issuer: {text: court}
    when: [{column: owner, not_among: [x]}]
    list_type: {text: judgment_defaulter}
    listed_on: on
"""
TABLE = """code,name,owner,amount,on
91350100M000100Y43,榕江贸易有限公司,林一,"1.234,50",02/03/2015
b,Beta Ltd,王小明,12,31/12/2016
"""


class Mappings:
    """A page of a mapping, and a table told by it."""

    NAME = "mapping"

    @cache  # noqa: B019  # One object for the whole run.
    def seeds(self) -> dict[str, bytes]:
        """Our own pages, and one that has a little of everything."""
        pages = [page for page in files("resolution.sources.mappings").iterdir() if page.name.endswith(".yaml")]
        return {page.name: page.read_bytes() for page in pages} | {"mine.yaml": OWN.encode(), "own.yaml": OWN.encode()}

    def try_input(self, name: str, content: bytes) -> str:
        """Load the page; where it is taken, tell a table by it."""
        with tempfile.TemporaryDirectory() as folder:
            page, table = Path(folder) / name, Path(folder) / "table.csv"
            page.write_bytes(content)
            table.write_text(TABLE, "utf-8")
            try:
                mapping = mapping_at(page)
                how = {"kind": None, "dataset": None, "reading": Reading(), "id_key": KEY, "today": TODAY, "seen": Seen()}
                choice = chosen(table, mapping=mapping, **how)  # type: ignore[arg-type]
                list(blocks(table, choice, choice.make("f" * 16)))
            except KithError as error:
                return type(error).__name__
        return "taken"


class Rulebooks:
    """A page of a rulebook."""

    NAME = "rulebook"

    def seeds(self) -> dict[str, bytes]:
        """The rulebook that comes with kith."""
        return {"default.yaml": files("ontology").joinpath("rulebooks/default.yaml").read_bytes()}

    def try_input(self, name: str, content: bytes) -> str:
        """Load it."""
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / name
            page.write_bytes(content)
            try:
                load_rulebook(page)
            except KithError as error:
                return type(error).__name__
        return "taken"


def targets() -> list[Mappings | Rulebooks]:
    """Both kinds of pages."""
    return [Mappings(), Rulebooks()]
