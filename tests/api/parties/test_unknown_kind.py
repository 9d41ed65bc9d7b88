"""A party of unknown kind through the whole program: found, listed, checked and explained, and never scored."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build

RUN = CliRunner()
MAPPING = """
mapping: watched
version: "1"
title: Watched
source_class: 3
columns: {name: [name], listed: [listed]}
parties:
  party: {key: name, names: [name]}
listings: [{list_type: {text: sanctions_us}, party: party, issuer: {text: BIS}, listed_on: listed, when: [listed]}]
"""
ROWS = (
    ("Zarya Optica Rim 7", "2023-05-02"),
    ("Torqil Kezven", "2023-05-02"),
    ("Norma Sharipova", "2023-05-02"),
    ("Volga Optika AO", "2023-05-02"),
    ("Kunlun Zarya 9", ""),
)
Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Runs a command over a store of these rows, resolved and scored."""
    environment = {"KITH_STORE": f"sqlite:///{tmp_path / 'kith.db'}", "KITH_ID_KEY_FILE": str(tmp_path / "id.key")}

    def run(*words: str) -> str:
        done = RUN.invoke(build(), list(words), env=environment)
        assert done.exit_code in (0, 1), done.output
        return done.stdout

    (tmp_path / "watched.yaml").write_text(MAPPING, "utf-8")
    with (tmp_path / "watched.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("name", "listed"), *ROWS])
    (tmp_path / "asked.csv").write_text("supplier\n" + "\n".join(name for name, _ in ROWS) + "\n", "utf-8")
    run("ingest", str(tmp_path / "watched.csv"), "--mapping", str(tmp_path / "watched.yaml"))
    run("resolve")
    run("propagate")
    return run


def test_it_is_found_listed_checked_and_explained_and_never_scored(ask: Ask, tmp_path: Path) -> None:
    kinds = {one["name"]: one["kind"] for one in json.loads(ask("--json", "entities"))["entities"]}
    assert kinds == {
        "Zarya Optica Rim 7": "unknown",
        "Torqil Kezven": "unknown",
        "Norma Sharipova": "person",
        "Volga Optika AO": "firm",
        "Kunlun Zarya 9": "unknown",
    }
    risky = json.loads(ask("--json", "risky"))["results"]
    assert {one["name"] for one in risky} == {"Zarya Optica Rim 7", "Volga Optika AO"}
    rows = json.loads(ask("--json", "check", str(tmp_path / "asked.csv")))["rows"]
    checked = {next(iter(row["given"].values())): row for row in rows}
    assert [checked[name]["result"] for name in ("Zarya Optica Rim 7", "Torqil Kezven", "Volga Optika AO")] == ["stop"] * 3
    assert checked["Kunlun Zarya 9"]["result"] == "unknown"
    told = [reason["sentence"] for reason in checked["Torqil Kezven"]["reasons"]]
    assert any("Listed by BIS" in sentence for sentence in told)
    assert any("no source tells whether this is a firm" in sentence for sentence in told)
    explained = ask("explain", "Torqil Kezven")
    assert "party of unknown kind" in explained
    assert "of a person nobody else's listings are told" in explained
    assert all(one["score"] is None for one in risky if one["kind"] == "unknown")
