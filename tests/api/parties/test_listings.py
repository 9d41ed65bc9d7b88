"""Listings from the file to the page and the check: nothing lost, nothing made up, absence stated only where it is true."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build

RUN = CliRunner()
ABSENT = "Not on any court, regulator or sanctions list"


class Desk:
    """A store of its own, worked by the commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "NO_COLOR": "1", "COLUMNS": "300"}

    def run(self, *arguments: str, lang: str = "en") -> str:
        done = RUN.invoke(build(), [*arguments, "--lang", lang], env=self.environment)
        assert done.exit_code == 0, done.output
        return done.stdout

    def file(self, name: str, *lines: str) -> str:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return str(path)

    def load(self, *paths: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run("ingest", *paths, "--json"))
        self.run("resolve")
        self.run("propagate")
        return told

    def profile(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run("show", name, "--json"))["profile"]
        return told

    def result(self, name: str) -> str:
        path = self.file("suppliers.csv", "supplier", name)
        told: str = json.loads(self.run("check", path, "--json"))["rows"][0]["result"]
        return told


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def entity(id_: str, schema: str, **properties: object) -> str:
    told = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": id_, "schema": schema, "properties": told})


def listed(desk: Desk, **sanction: object) -> dict[str, Any]:
    """What is told at ingest of one firm on one list."""
    firm = entity("c1", "Company", name="Saltmarsh Gantry Ltd", country="gb")
    return desk.load(desk.file("l.ftm.json", firm, entity("s1", "Sanction", entity="c1", **sanction)))


def test_a_listing_without_a_day_is_told_as_such_and_a_check_says_stop(desk: Desk) -> None:
    listed(desk, authority="HM Treasury")
    assert "Listed by HM Treasury, day not told, as a sanctioned party" in desk.run("show", "Saltmarsh Gantry Ltd")
    assert "day not told" in desk.run("explain", "Saltmarsh Gantry Ltd")
    assert "列入日期未载明，被HM Treasury列为" in desk.run("show", "Saltmarsh Gantry Ltd", lang="zh")
    assert desk.result("Saltmarsh Gantry Ltd") == "stop"
    (found,) = desk.profile("Saltmarsh Gantry Ltd")["listings"]
    assert (found["listed_on"], found["ends_on"], found["in_force"]) == (None, None, True)


def test_a_list_that_the_rulebook_does_not_know_is_shown_in_its_own_words_and_looked_at(desk: Desk) -> None:
    told = listed(desk, authority="Bus Guild of Usk", program="Belarus-related debarment", startDate="2025-02-03")
    (warning,) = told["files"][0]["warnings"]
    assert (warning["field"], "Bus Guild of Usk" in warning["problem"]) == ("issuer", True)
    profile = desk.profile("Saltmarsh Gantry Ltd")
    assert ABSENT not in profile["sentence"]
    assert "Listed by Bus Guild of Usk on 2025-02-03" in profile["sentence"]
    assert "Belarus-related debarment" in profile["sentence"]
    assert (profile["party"]["standing"], desk.result("Saltmarsh Gantry Ltd")) == ("listed", "look")
    assert "Bus Guild of Usk" in desk.run("check", str(desk.folder / "suppliers.csv"))


def test_an_export_control_listing_is_no_sanction_and_no_block(desk: Desk) -> None:
    listed(desk, authority="Unverified List (UVL) - Bureau of Industry and Security", programId="US-BIS-UVL")
    told = desk.run("show", "Saltmarsh Gantry Ltd")
    assert "Export control" in told
    assert "sanctioned" not in told
    assert "SDN" not in told
    desk.result("Saltmarsh Gantry Ltd")
    assert "counterparty block" not in desk.run("check", str(desk.folder / "suppliers.csv"))


@pytest.mark.parametrize("end", ["2024-05-06", "2024"])
def test_absence_is_not_claimed_of_a_party_whose_listing_ended(desk: Desk, end: str) -> None:
    listed(desk, authority="OFAC", startDate="2020-01-02", endDate=end)
    profile = desk.profile("Saltmarsh Gantry Ltd")
    assert profile["sentence"].startswith("No listing in force on any list that is used.")
    assert (profile["party"]["standing"], desk.result("Saltmarsh Gantry Ltd")) == ("nothing_found", "unknown")
    assert ABSENT not in desk.run("explain", "Saltmarsh Gantry Ltd")


def test_absence_is_claimed_of_a_party_that_no_list_names(desk: Desk) -> None:
    desk.load(
        desk.file("l.ftm.json", entity("c1", "Company", name="Saltmarsh Gantry Ltd"), entity("c2", "Company", name="Ox Ltd"))
    )
    assert ABSENT in desk.profile("Saltmarsh Gantry Ltd")["sentence"]


@pytest.mark.parametrize("later", [{"startDate": "2023-04-05"}, {}])
def test_one_listing_of_two_files_and_data_sets_is_told_once(desk: Desk, later: dict[str, str]) -> None:
    def file(name: str, number: int, **sanction: str) -> str:
        firm = entity(f"c{number}", "Company", name="Saltmarsh Gantry Ltd", country="gb", leiCode="5493001KJTIIGC8Y1R12")
        return desk.file(name, firm, entity(f"s{number}", "Sanction", entity=f"c{number}", authorityId="X-77", **sanction))

    first = file("one.ftm.json", 1, authority="Office of Foreign Assets Control", startDate="2023-04-05")
    desk.load(first, file("two.ftm.json", 2, authority="OFAC", **later))
    (found,) = desk.profile("Saltmarsh Gantry Ltd")["listings"]
    assert found["listed_on"] == "2023-04-05"
    assert desk.run("explain", "Saltmarsh Gantry Ltd").count("Listed: US sanctions") == 1


def test_rows_that_state_nothing_here_are_counted_by_what_they_are(desk: Desk) -> None:
    ships = [entity(f"v{number}", "Vessel", name=f"MT {number}") for number in range(3)]
    path = desk.file("l.ftm.json", entity("c1", "Company", name="Saltmarsh Gantry Ltd"), *ships)
    assert "3 rows state no party, tie or listing that is read here: Vessel 3." in desk.run("ingest", path)


NOTICES = """
mapping: notices
version: "1"
title: Notices
source_class: 3
columns: {name: [name], on: [on]}
parties: {firm: {kind: firm, key: name, names: [name]}}
listings: [{list_type: {text: sanctions_eu}, party: firm, issuer: {text: Council of the EU}, listed_on: on}]
"""


@pytest.fixture
def notices(desk: Desk) -> Callable[..., None]:
    """Loads one file of the list: its name, its day of loading, its firms."""
    page = desk.file("notices.yaml", NOTICES)

    def load(name: str, today: str, *firms: str) -> None:
        desk.environment["KITH_TODAY"] = today
        desk.run("ingest", desk.file(name, "name,on", *(f"{one},2024-05-06" for one in firms)), "--mapping", page)
        desk.run("resolve")
        desk.run("propagate")

    return load


def test_a_newer_file_of_the_list_that_lacks_a_listing_is_named(desk: Desk, notices: Callable[..., None]) -> None:
    notices("may.csv", "2026-05-01", "Saltmarsh Gantry Ltd")
    assert desk.profile("Saltmarsh Gantry Ltd")["listings"][0]["newer_file"] is None
    notices("june.csv", "2026-06-01", "Otter Quay Ltd")
    assert desk.profile("Saltmarsh Gantry Ltd")["listings"][0]["newer_file"] == "june.csv"
    assert "june.csv, and does not name it" in desk.run("explain", "Saltmarsh Gantry Ltd")
    assert desk.profile("Otter Quay Ltd")["listings"][0]["newer_file"] is None


def test_a_newer_file_that_names_it_too_is_no_cause_for_doubt(desk: Desk, notices: Callable[..., None]) -> None:
    notices("may.csv", "2026-05-01", "Saltmarsh Gantry Ltd")
    notices("june.csv", "2026-06-01", "Saltmarsh Gantry Ltd", "Otter Quay Ltd")
    assert desk.profile("Saltmarsh Gantry Ltd")["listings"][0]["newer_file"] is None
