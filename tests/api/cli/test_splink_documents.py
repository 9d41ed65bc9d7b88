"""`kith model export --splink` and `kith resolve --splink`, from the command to the store."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build
from bench.scale import MAPPING
from store.open import open_store

RUN = CliRunner()
HEAD = ("unique_id", "first_name", "surname", "dob", "postcode", "email", "birth_place", "occupation")
ROWS = [
    ("1", "Tomasz", "Wieczorek", "1971-03-09", "NR3 1AB", "t.wieczorek@example.org", "", ""),
    ("2", "Tomas", "Wieczorek", "1971-03-09", "NR3 1AB", "t.wieczorek@example.org", "", ""),
    ("3", "Ilse", "Brandhorst", "1984-11-30", "", "ilse@example.org", "", ""),
    ("4", "Ilse", "Brandhorst", "1984-11-30", "", "", "", ""),
    ("5", "Ruth", "Okonedo", "1990-01-17", "", "ruth@example.org", "", ""),
]


def run(*arguments: str | Path) -> Any:
    return RUN.invoke(build(), [str(argument) for argument in arguments])


def answer(*arguments: str | Path) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store that is not there yet."""
    store = f"sqlite:///{tmp_path / 'kith.db'}"
    monkeypatch.setenv("KITH_STORE", store)
    return store


@pytest.fixture
def loaded(tmp_path: Path, address: str) -> str:
    file = tmp_path / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([HEAD, *ROWS])
    assert run("ingest", "--mapping", MAPPING, file).exit_code == 0
    return address


def parties(address: str) -> set[frozenset[str]]:
    store = open_store(address)
    members = store.columns("entities/members")
    store.close()
    by_entity: dict[str, set[str]] = {}
    for record, entity in zip(members["record_id"], members["entity_id"], strict=True):
        by_entity.setdefault(entity, set()).add(record)
    return set(map(frozenset, by_entity.values()))


def test_without_a_store_the_shipped_weights_are_written(address: str, tmp_path: Path) -> None:
    exported = answer("model", "export", "--splink", tmp_path / "firm.json", "--kind", "firm")
    assert (exported["kind"], exported["last_run"]) == ("firm", False)
    assert json.loads((tmp_path / "firm.json").read_text("utf-8"))["link_type"] == "dedupe_only"


def test_what_the_last_run_used_is_written_and_given_back_it_changes_nothing(loaded: str, tmp_path: Path) -> None:
    answer("resolve")
    before = parties(loaded)
    exported = answer("model", "export", "--splink", tmp_path / "person.json")
    assert exported["last_run"] is True
    resolved = answer("resolve", "--splink", tmp_path / "person.json")
    (use,) = resolved["splink"]
    assert (use["unused"], use["kept"], use["used"]["days"]) == ({}, [], "days")
    assert parties(loaded) == before
    again = answer("model", "export", "--splink", tmp_path / "again.json")
    assert again["prior_bits"] == pytest.approx(exported["prior_bits"], abs=1e-9)
    assert again["model"] == use["model"]


def test_weights_of_ones_own_decide_and_what_is_not_used_is_said(loaded: str, tmp_path: Path) -> None:
    answer("resolve")
    assert any(len(party) > 1 for party in parties(loaded))
    hostile = [
        {"sql_condition": "dob_l IS NULL OR dob_r IS NULL", "is_null_level": True},
        {"sql_condition": "dob_l = dob_r", "m_probability": 1e-9, "u_probability": 0.999},
        {"sql_condition": "ELSE", "m_probability": 0.999, "u_probability": 0.001},
    ]
    mine = {
        "comparisons": [
            {"output_column_name": "dob", "comparison_levels": hostile},
            {"output_column_name": "surname", "comparison_levels": [{"sql_condition": '"surname_l" = "surname_r"'}]},
        ]
    }
    (tmp_path / "mine.json").write_text(json.dumps(mine), "utf-8")
    done = run("resolve", "--splink", tmp_path / "mine.json")
    assert done.exit_code == 0, done.output
    assert "dob -> days" in done.stdout
    assert "surname is not used: kith compares whole names" in done.stdout
    assert all(len(party) == 1 for party in parties(loaded))


def test_a_document_that_says_nothing_of_kiths_fields_is_a_wrong_call(loaded: str, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('{"comparisons": []}', "utf-8")
    done = run("resolve", "--splink", tmp_path / "mine.json")
    assert done.exit_code == 2
    assert "Splink settings" in done.output


def test_two_documents_of_one_kind_are_a_wrong_call(loaded: str, tmp_path: Path) -> None:
    answer("model", "export", "--splink", tmp_path / "person.json")
    assert run("resolve", "--splink", tmp_path / "person.json", "--splink", tmp_path / "person.json").exit_code == 2


def test_there_is_no_document_of_agencies(address: str, tmp_path: Path) -> None:
    assert run("model", "export", "--splink", tmp_path / "agency.json", "--kind", "agency").exit_code == 2


def test_after_resolve_of_a_small_store_splink_is_loaded(loaded: str) -> None:
    script = """import sys
from api.cli import build
try:
    build()(["resolve", "--json"])
except SystemExit as end:
    print(end.code, "splink" in sys.modules)"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ.copy())
    assert done.stdout.splitlines()[-1] == "0 True"
