"""How many sources speak of a party, and where each of its facts stands: through files, copies of files and several files."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build
from graph.network.copies import copied_datasets
from tests.api.cli.test_commands import answer_of

RUN = CliRunner()
ROWS = ("no,name,phone", "91350100M000100Y43,Sandpiper Chandlery Ltd,+44 20 7946 0311")
MAPPING = """mapping: {name}
version: "1"
title: t
source_class: {class_}
columns: {{no: [no], name: [name], phone: [phone]}}
parties:
  firm:
    {{kind: firm, key: no, names: [name], identifiers: [{{value: no, scheme: uscc}}], contacts: [{{value: phone, kind: phone}}]}}
"""


def told_by_two(folder: Path, *more_rows: str) -> dict[str, Any]:
    """What `show` says of a firm that two data sets tell, the second with more rows."""
    store = ("--store", f"sqlite:///{folder / 'k.db'}", "--as-of", "2026-03-01")
    for name, class_, rows in (("first", 1, ROWS), ("second", 3, (*ROWS, *more_rows))):
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n")
        (folder / f"{name}.yaml").write_text(MAPPING.format(name=name, class_=class_))
        page = str(folder / f"{name}.yaml")
        assert RUN.invoke(build(), ["ingest", str(folder / f"{name}.csv"), "--mapping", page, *store]).exit_code == 0
    for stage in ("resolve", "propagate"):
        assert RUN.invoke(build(), [stage, *store]).exit_code == 0
    return answer_of(RUN.invoke(build(), ["show", "first:91350100M000100Y43", "--json", *store]))


def test_one_file_under_two_names_is_one_source(tmp_path: Path) -> None:
    shown = told_by_two(tmp_path)
    assert shown["profile"]["records"] == 1
    assert shown["profile"]["sources"] == 1
    assert shown["profile"]["score"]["state"] == "insufficient_data"


def test_two_files_that_agree_are_two_sources(tmp_path: Path) -> None:
    shown = told_by_two(tmp_path, "91110000600037341L,Curlew Sails Ltd,")
    assert shown["profile"]["sources"] == 2
    assert shown["profile"]["score"]["state"] is None


def test_a_record_leads_to_the_rows_of_all_its_files(tmp_path: Path) -> None:
    store = ("--store", f"sqlite:///{tmp_path / 'k.db'}", "--as-of", "2026-03-01")
    (tmp_path / "m.yaml").write_text(MAPPING.format(name="desk", class_=3))
    for name, row in (("may", "Q1,Sandpiper Ltd,"), ("june", "Q1,,+44 20 7946 0311")):
        (tmp_path / f"{name}.csv").write_text(f"no,name,phone\n{row}\n")
        RUN.invoke(build(), ["ingest", str(tmp_path / f"{name}.csv"), "--mapping", str(tmp_path / "m.yaml"), *store])
    for stage in ("resolve", "propagate"):
        RUN.invoke(build(), [stage, *store])
    shown = answer_of(RUN.invoke(build(), ["show", "desk:Q1", "--json", *store]))
    (record,) = shown["records"]
    assert len(record["row_ids"]) == 2
    assert record["row_ids"][0] == record["row_id"]
    assert record["name"] == "Sandpiper Ltd"
    told = RUN.invoke(build(), ["show", "desk:Q1", *store]).stdout
    assert "may.csv" in told
    assert "june.csv" in told


def test_a_record_that_is_put_corrects_what_files_said_and_a_full_run_leaves_it_so(tmp_path: Path) -> None:
    store = ("--store", f"sqlite:///{tmp_path / 'k.db'}", "--as-of", "2026-03-01")
    (tmp_path / "m.yaml").write_text(MAPPING.format(name="desk", class_=3))
    for name, row in (("may", "Q1,Sandpiper Ltd,"), ("june", "Q1,Sandpipper,+44 20 7946 0311")):
        (tmp_path / f"{name}.csv").write_text(f"no,name,phone\n{row}\n")
        RUN.invoke(build(), ["ingest", str(tmp_path / f"{name}.csv"), "--mapping", str(tmp_path / "m.yaml"), *store])
    RUN.invoke(build(), ["resolve", *store])
    put = {"id": "desk:Q1", "dataset": "desk", "source_class": "3", "kind": "firm", "names": [{"text": "Sandpiper Group"}]}
    (tmp_path / "put.json").write_text(json.dumps(put))
    assert RUN.invoke(build(), ["record", "put", str(tmp_path / "put.json"), "--yes", *store]).exit_code == 0
    for again in (("propagate",), ("resolve", "propagate")):
        for stage in again:
            RUN.invoke(build(), [stage, *store])
        (record,) = answer_of(RUN.invoke(build(), ["show", "desk:Q1", "--json", *store]))["records"]
        assert (record["name"], record["facts"], len(record["row_ids"])) == ("Sandpiper Group", {}, 1)


def test_a_party_without_a_name_is_told_as_such(tmp_path: Path) -> None:
    store = ("--store", f"sqlite:///{tmp_path / 'k.db'}", "--as-of", "2026-03-01")
    (tmp_path / "m.yaml").write_text(MAPPING.format(name="desk", class_=3))
    (tmp_path / "t.csv").write_text("no,name,phone\nQ5,,+44 20 7946 0311\n")
    assert RUN.invoke(build(), ["ingest", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.yaml"), *store]).exit_code == 0
    for stage in ("resolve", "propagate"):
        assert RUN.invoke(build(), [stage, *store]).exit_code == 0
    assert "name not told (ID desk:Q5)" in RUN.invoke(build(), ["show", "desk:Q5", *store]).stdout
    assert "未提供名称（编号 desk:Q5）" in RUN.invoke(build(), ["show", "desk:Q5", "--lang", "zh", *store]).stdout


@pytest.mark.parametrize(
    ("files", "copies"),
    [
        ([("a", "1"), ("b", "1")], {"b": "a"}),
        ([("a", "1"), ("a", "2"), ("b", "2")], {"b": "a"}),
        ([("a", "1"), ("a", "2"), ("b", "2"), ("b", "3")], {}),
        ([("a", ""), ("b", "")], {}),
        ([("a", "1"), ("b", "1"), ("b", "2"), ("c", "2")], {"a": "b", "c": "b"}),
    ],
)
def test_a_dataset_is_a_copy_where_all_its_files_are_anothers(files: list[tuple[str, str]], copies: dict[str, str]) -> None:
    columns = {"dataset": [name for name, _ in files], "content_id": [content for _, content in files]}
    assert copied_datasets(columns) == copies
