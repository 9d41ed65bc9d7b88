"""The loader of mappings under attack, and what a row comes to under a mapping that it takes; rulebooks beside it."""

import copy
import csv
import io
import tempfile
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.fuzz.mutations import mutate
from ontology.errors import KithError
from ontology.rulebook import load_rulebook
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import MappingPageLoader, mapping_at
from resolution.sources.reading import Reading
from resolution.sources.row_blocks import map_blocks

TODAY = date(2026, 11, 22)
KEY = b"a key for the bench"
OWN_MAPPING = """mapping: mine
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
CELLS = ("91350100M000100Y43", "榕江贸易有限公司", "林一", "1234.50", "2015-03-02", "1", "x", "", "50%", "02/03/2015")


def _table(mapping: Mapping) -> str:
    """A table with all columns of a mapping, and in each a cell of every kind."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([next(iter(spelled), name) for name, spelled in mapping.columns.items()])
    for offset in range(len(CELLS)):
        writer.writerow([CELLS[(offset + position) % len(CELLS)] for position in range(len(mapping.columns))])
    return out.getvalue()


# fmt: off
VALUES: tuple[Any, ...] = (
    "", " ", "{", "}", "{code", "code}", "{}", "{|}", "{code|}", "{code?}", "{@firm}", "{@none}", "{code}{name}", "code",
    "name", "nothing", "公司", "x" * 5000, "\0", None, True, 0, -1, 10**30, 1e308, float("inf"), float("nan"), [], {}, [[]],
    [None], {"": ""}, {"text": ""}, {"column": "name"}, {"column": ""}, {"template": "{"}, {"values": {}}, "YYYY",
    "DD/MM/YY", "epoch", "base64", "utf-16", "%", ";", "2024-02-31",
)
# fmt: on


def _mutate_page(content: bytes, seed_contents: list[bytes], rng: Random) -> bytes:
    """Half of the pages changed as texts, half in one to three of their values, so that they stay pages."""
    if rng.random() < 0.5:
        return mutate(content, seed_contents, rng)
    page = yaml.load(content, Loader=MappingPageLoader)  # noqa: S506  # A safe one.
    for _ in range(rng.choice((1, 1, 2, 3))):
        _change_value(page, rng)
    return yaml.safe_dump(page, allow_unicode=True).encode("utf-8", "surrogatepass")


def _change_value(page: Any, rng: Random) -> None:
    container = page
    while True:
        keys = list(container) if isinstance(container, dict) else list(range(len(container)))
        if not keys:
            return
        key = rng.choice(keys)
        if not isinstance(container[key], dict | list) or rng.random() < 0.15:
            break
        container = container[key]
    if rng.random() < 0.1:
        del container[key]
    elif isinstance(container, dict) and rng.random() < 0.1:
        container[rng.choice(("", "nothing", "code", 1))] = container.pop(key)
    else:
        container[key] = copy.deepcopy(rng.choice(VALUES))


class Mappings:
    """A page of a mapping, and a table told by it."""

    NAME = "mapping"
    mutate = staticmethod(_mutate_page)

    @cache  # noqa: B019  # One object for the whole run.
    def seeds(self) -> dict[str, bytes]:
        """Our own pages, and one that has a little of everything."""
        pages = [page for page in files("resolution.sources.mappings").iterdir() if page.name.endswith(".yaml")]
        return {page.name: page.read_bytes() for page in pages} | {
            "mine.yaml": OWN_MAPPING.encode(),
            "own.yaml": OWN_MAPPING.encode(),
        }

    def try_input(self, name: str, content: bytes) -> str:
        """Load the page; where it is taken, tell a table by it."""
        with tempfile.TemporaryDirectory() as folder:
            page, table = Path(folder) / name, Path(folder) / "table.csv"
            page.write_bytes(content)
            try:
                mapping = mapping_at(page)
                table.write_text(_table(mapping), "utf-8")
                reading_options = {
                    "kind": None,
                    "dataset": None,
                    "reading": Reading(),
                    "id_key": KEY,
                    "today": TODAY,
                    "index": CrossFileIndex(),
                }
                choice = choose_reading(table, mapping=mapping, **reading_options)  # type: ignore[arg-type]
                list(map_blocks(table, choice, choice.make("f" * 16)))
            except KithError as error:
                return type(error).__name__
        return "taken"


class Rulebooks:
    """A page of a rulebook."""

    NAME = "rulebook"
    mutate = staticmethod(_mutate_page)

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
