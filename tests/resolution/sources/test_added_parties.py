"""Parties that a row only adds to, parties of kinds that are not asked for, and columns that nobody reads."""

import json
from pathlib import Path

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.packs.pack_library import pack_at
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW, stated_ids

PAGE = """
mapping: quay_{name}
version: "1"
title: Quay, {name}
source_class: 3
dataset: quay
columns: {{no: [no], name: [name], alias: [alias], owner: [owner]}}
"""
FIRMS = PAGE.format(name="firms") + "parties: {firm: {kind: firm, key: no, names: [name]}}\n"
ALIASES = (
    PAGE.format(name="aliases")
    + """
parties:
  firm: {kind: firm, key: no, adds: true, names: [{value: alias, role: alias}]}
  owner: {kind: firm, key: "{owner}", names: [owner]}
links: [{kind: {text: OWNS}, source: owner, target: firm}]
"""
)
BOTH = PAGE.format(name="both") + ALIASES[ALIASES.index("\nparties") :].replace(
    "parties:", "parties:\n  given: {kind: firm, key: no, names: [name]}"
)


def file_of(folder: Path, page: str, *rows: str) -> tuple[Path, Path]:
    name = page.split("mapping: ", 1)[1].split("\n", 1)[0]
    (folder / f"{name}.yaml").write_text(page)
    (folder / f"{name}.csv").write_text("\n".join(["no,name,alias,owner", *rows]) + "\n")
    return folder / f"{name}.csv", folder / f"{name}.yaml"


def load(store: Store, *files: tuple[Path, Path]) -> list[Ingested]:
    return [outcome for path, page in files for outcome in ingest(store, [path], id_key=KEY, now=NOW, mapping=page)]


def names(store: Store) -> dict[str, list[str]]:
    rows = store.read("entities/records_by_ids", ids=sorted(stated_ids(store).get("records", ())))
    return {row["id"]: sorted(name["text"] for name in json.loads(row["document"])["names"]) for row in rows}


def test_what_adds_to_a_party_of_an_earlier_call_adds_to_it(store: Store, tmp_path: Path) -> None:
    load(store, file_of(tmp_path, FIRMS, "1,Alder Ltd,,", "2,Birch Ltd,,"), file_of(tmp_path, ALIASES, "1,,Alder Works,"))
    assert names(store) == {"quay:1": ["Alder Ltd", "Alder Works"], "quay:2": ["Birch Ltd"]}


def test_what_adds_to_a_party_that_nobody_gives_states_nothing_and_is_counted(store: Store, tmp_path: Path) -> None:
    load(store, file_of(tmp_path, FIRMS, "1,Alder Ltd,,"))
    (outcome,) = load(store, file_of(tmp_path, ALIASES, "1,,Alder Works,", "9,,Ghost Works,"))
    assert (outcome.rows_in, outcome.rows_ignored, outcome.rows_rejected) == (1, 1, 0)
    assert outcome.ignored == {"rows that add to a party which no file gives": 1}
    assert names(store) == {"quay:1": ["Alder Ltd", "Alder Works"]}


def test_a_row_that_also_gives_a_party_of_its_own_keeps_that_one(store: Store, tmp_path: Path) -> None:
    load(store, file_of(tmp_path, FIRMS, "1,Alder Ltd,,"))
    load(store, file_of(tmp_path, ALIASES, "9,,Ghost Works,Elm Ltd"))
    assert names(store) == {"quay:1": ["Alder Ltd"], "quay:Elm Ltd": ["Elm Ltd"]}
    assert "links" not in stated_ids(store)


@pytest.mark.parametrize("rows", [["1,Alder Ltd,,", "1,,Alder Works,"], ["1,,Alder Works,", "1,Alder Ltd,,"]])
def test_within_one_file_the_order_of_rows_does_not_matter(store: Store, tmp_path: Path, rows: list[str]) -> None:
    load(store, file_of(tmp_path, BOTH, *rows, "9,,Ghost Works,"))
    assert names(store) == {"quay:1": ["Alder Ltd", "Alder Works"]}


PACK_OF_BOTH = """
pack: quay
version: "1"
title: Quay
publisher: Quay
layout: {address: "https://example.org/layout", compared_on: 2026-11-22}
licence: {name: Free}
rhythm_days: 1
"""


@pytest.mark.parametrize("order", [("firms", "aliases"), ("aliases", "firms")])
def test_within_one_call_the_order_of_files_does_not_matter(store: Store, tmp_path: Path, order: tuple[str, str]) -> None:
    paths = {
        "firms": file_of(tmp_path, FIRMS, "1,Alder Ltd,,")[0],
        "aliases": file_of(tmp_path, ALIASES, "1,,Alder Works,Elm Ltd", "9,,Ghost Works,")[0],
    }
    entries = ", ".join(f'{{mapping: quay_{name}.yaml, names: ["quay_{name}*.csv"]}}' for name in order)
    (tmp_path / "pack.yaml").write_text(PACK_OF_BOTH + f"files: [{entries}]\n")
    ingest(store, [paths[name] for name in order], id_key=KEY, now=NOW, pack=pack_at(tmp_path))
    assert names(store) == {"quay:1": ["Alder Ltd", "Alder Works"], "quay:Elm Ltd": ["Elm Ltd"]}
    assert len(stated_ids(store)["links"]) == 1


def test_a_party_given_only_in_a_later_call_is_not_yet_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        load(store, file_of(tmp_path, BOTH, "9,,Ghost Works,", "8,,,", "7,,,too,many"))
    assert refused.value.remedy


def test_parties_of_kinds_that_are_not_asked_for_are_left_out_with_their_ties(store: Store, tmp_path: Path) -> None:
    page = ALIASES.replace("adds: true, ", "").replace("kind: firm, key: no", "only: [firm], kind: by_name, key: no")
    (outcome,) = load(store, file_of(tmp_path, page, "1,,Alder Ltd,Elm Ltd", "2,,张三,Elm Ltd", "3,,李四,"))
    assert names(store) == {"quay:1": ["Alder Ltd"], "quay:Elm Ltd": ["Elm Ltd"]}
    assert (outcome.rows_in, outcome.rows_ignored) == (2, 1)
    assert len(stated_ids(store)["links"]) == 1


def test_columns_that_are_not_read_are_counted(store: Store, tmp_path: Path) -> None:
    """Those that the page names and does not use too; emptied ones are not."""
    (tmp_path / "quay.yaml").write_text(FIRMS + "format: {drop: [phone], null: [n/t]}\n")
    (tmp_path / "quay.csv").write_text("no,name,owner,phone,size,colour\n1,Alder Ltd,Elm,139,5,n/t\n2,Birch Ltd,,138,6,red\n")
    (outcome,) = ingest(store, [tmp_path / "quay.csv"], id_key=KEY, now=NOW, mapping=tmp_path / "quay.yaml")
    assert outcome.unread == {"size": 2, "owner": 1, "colour": 1}
