"""Every command on a real region: what it prints, what it exits with, and that --json is one JSON object."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build
from store.open import open_store
from tests.api.regions import Region, resident_ids

RUN = CliRunner()


def run(region: Region, *arguments: str | Path) -> Any:
    environment = {"KITH_STORE": region.settings.store.get_secret_value(), "KITH_TODAY": region.sample.as_of}
    environment["KITH_ID_KEY_FILE"] = str(region.settings.id_key_file)
    return RUN.invoke(build(), [str(one) for one in arguments], env=environment)


def answer(region: Region, *arguments: str | Path, exit_code: int = 0) -> dict[str, Any]:
    done = run(region, *arguments, "--json")
    assert done.exit_code == exit_code, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def subsidiary(made: Region) -> dict[str, str]:
    return made.story("defaulters_subsidiary", "risky")[0]


def test_risky_and_reliable(made: Region, subsidiary: dict[str, str]) -> None:
    risky = answer(made, "risky", "--limit", "100")["results"]
    assert subsidiary["name"] in {party["name"] for party in risky}
    assert subsidiary["name"] in run(made, "risky", "--limit", "100").stdout
    reliable = answer(made, "reliable")["results"]
    assert not {party["id"] for party in risky} & {party["id"] for party in reliable}


def test_entities_come_with_their_record_ids(made: Region, subsidiary: dict[str, str]) -> None:
    found = answer(made, "entities")["entities"]
    records = [record for entity in found for record in entity["record_ids"]]
    assert len(records) == len(set(records)) == made.counts["records"]
    assert len(answer(made, "entities", "--limit", "2")["entities"]) == 2
    searched = answer(made, "entities", "--search", subsidiary["name"])["entities"]
    assert subsidiary["record_id"] in searched[0]["record_ids"]


def test_signals_of_all_or_of_one(made: Region, subsidiary: dict[str, str]) -> None:
    found = answer(made, "signals", "--party", subsidiary["record_id"], "--name", "risk:corporate")["signals"]
    assert found[0]["exposure"] > 0.5
    assert found[0] in answer(made, "signals")["signals"]


def test_signals_as_a_table_have_a_row_for_every_party(made: Region, subsidiary: dict[str, str]) -> None:
    done = run(made, "signals", "--csv")
    assert done.exit_code == 0, done.output
    rows = {row["id"]: row for row in csv.DictReader(done.stdout.splitlines())}
    assert rows.keys() == {entity["id"] for entity in answer(made, "entities")["entities"]}
    listed = answer(made, "signals")["signals"]
    assert all(float(rows[one["entity_id"]][one["name"]]) == one["value"] for one in listed)
    party = answer(made, "signals", "--party", subsidiary["record_id"], "--name", "risk:corporate")["signals"][0]
    assert float(rows[party["entity_id"]]["risk:corporate:from_others"]) == party["exposure"]


def test_a_signal_nobody_has_heard_of_is_refused_with_those_there_are(made: Region) -> None:
    done = run(made, "signals", "--csv", "--name", "reputation")
    assert done.exit_code == 2
    assert "evidence" in done.stderr


def test_rings_are_listed_ruled_on_and_taken_back(made: Region) -> None:
    found = answer(made, "rings")["rings"]
    planted = {party["name"] for party in made.story("conjuring_ring", "risky")}
    case = next(one for one in found if planted & {party["name"] for party in one["parties"]})
    honest = {party["name"] for party in made.story("conjuring_ring", "innocent_twin")}
    assert not honest & {party["name"] for one in found for party in one["parties"]}
    assert "for review" in run(made, "rings").stdout
    told = run(made, "rings", "--dismiss", case["id"])
    assert (told.exit_code, "--by" in told.stderr) == (2, True)
    answer(made, "rings", "--dismiss", case["id"], "--by", "Li Na", "--reason", "one buying group")
    assert case["id"] not in {one["id"] for one in answer(made, "rings")["rings"]}
    assert answer(made, "rings", "--dismissed")["rings"][0]["verdict"] == "dismissed"
    answer(made, "rings", "--reopen", case["id"], "--by", "Li Na", "--reason", "too early")
    assert answer(made, "rings")["rings"] == found
    assert answer(made, "rings", "--confirm", "R-nothing", "--by", "Li Na", "--reason", "x", exit_code=1)["status"] == 404


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_a_party_is_found_by_name_record_code_and_id(made: Region, subsidiary: dict[str, str], verb: str) -> None:
    code = subsidiary["record_id"].partition(":")[2]
    told = [answer(made, verb, asked) for asked in (subsidiary["name"], subsidiary["record_id"], code)]
    profiles = [one.get("profile", one) for one in told]
    assert len({profile["party"]["id"] for profile in profiles}) == 1
    assert answer(made, verb, profiles[0]["party"]["id"]) == told[0]


def test_explain_is_an_account_with_sources_and_dates_before_numbers(made: Region, subsidiary: dict[str, str]) -> None:
    told = run(made, "explain", subsidiary["name"]).stdout
    assert "Not on any court, regulator or sanctions list" in told
    assert re.search(r"owns \d+ % of it", told)
    assert "business_registry.csv, row" in told
    assert told.index("Links to listed parties") < told.index("The numbers") < told.index("Where this comes from")


def test_explain_speaks_chinese(made: Region, subsidiary: dict[str, str]) -> None:
    told = run(made, "explain", subsidiary["name"], "--lang", "zh").stdout
    assert "与被列入方的联系" in told
    assert "Links to listed" not in told


def test_explain_of_a_person_tells_no_score_and_nobody_elses_listing(made: Region) -> None:
    persons = [one for one in answer(made, "entities")["entities"] if one["kind"] == "person"]
    for person in persons[:5]:
        told = run(made, "explain", person["id"]).stdout
        assert "A listing of a firm or of somebody else is never counted against a person." in told
        found = answer(made, "explain", person["id"])
        assert (found["party"]["score"], found["paths"], found["score"]["exposures"]) == (None, [], [])


def test_paths_between_two_and_none(made: Region, subsidiary: dict[str, str]) -> None:
    defaulter = made.story("defaulters_subsidiary", "supporting")[0]
    found = answer(made, "paths", subsidiary["name"], defaulter["record_id"])
    assert found["paths"][0]["hops"][0]["kind"] == "OWNS"
    assert re.search(r"owns \d+ % of", run(made, "paths", subsidiary["name"], defaulter["name"]).stdout)
    assert answer(made, "paths", subsidiary["name"], subsidiary["name"], exit_code=1)["paths"] == []


def test_nobody_and_several(made: Region) -> None:
    assert answer(made, "explain", "没有这样的公司", exit_code=1)["title"] == "No such party"
    several = run(made, "explain", "Lanting")
    assert several.exit_code == 2
    assert "K-" in several.stderr
    assert len(answer(made, "explain", "Lanting", exit_code=2)["choices"]) > 1


def test_check_writes_reports_and_fails_when_asked_to(made: Region, tmp_path: Path) -> None:
    reports = [tmp_path / f"report.{ending}" for ending in ("html", "csv", "json")]
    out = [part for report in reports for part in ("--out", report)]
    found = answer(made, "check", made.sample.suppliers, *out)
    assert json.loads(reports[2].read_text("utf-8")) == found
    with reports[1].open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(found["rows"]) + len(found["rejected"])
    assert reports[0].read_text("utf-8").startswith("<!doctype html>")
    assert run(made, "check", made.sample.suppliers, "--fail-on", "look").exit_code == 1
    assert run(made, "check", made.sample.suppliers, "--out", reports[0]).exit_code == 2
    assert run(made, "check", made.sample.suppliers, "--out", reports[0], "--yes").exit_code == 0
    assert run(made, "check", made.sample.suppliers, "--out", tmp_path / "report.pdf").exit_code == 2


@pytest.mark.parametrize(("content", "code"), [(None, 2), ("a,b\n1,2\n", 2), ("name\n", 0)])
def test_check_of_what_is_no_list(made: Region, tmp_path: Path, content: str | None, code: int) -> None:
    file = tmp_path / "list.csv"
    if content is not None:
        file.write_text(content)
    assert run(made, "check", file).exit_code == code


def test_evaluate(made: Region) -> None:
    found = answer(made, "evaluate", "--truth", made.sample.truth_records)
    assert found["pairs"]["precision"] > 0.95
    assert 0 < found["b_cubed"]["f1"] <= 1
    assert answer(made, "evaluate", "--truth", made.sample.suppliers, exit_code=2)["title"] == "The truth file could not be read"


def test_the_same_file_twice_changes_nothing(made: Region) -> None:
    found = answer(made, "ingest", *made.sample.sources[:2])["files"]
    assert all(file["loaded_already"] for file in found)


def test_ingest_tells_what_did_not_go_in(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'k.db'}"
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    done = RUN.invoke(build(), ["ingest", str(tmp_path / "notes.csv"), "--store", store, "--json"])
    assert done.exit_code == 2
    assert json.loads(done.stdout)["file"] == "notes.csv"


def test_stages_that_have_nothing_to_build_on_say_what_to_run(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'k.db'}").close()
    for verb, next_one in (
        ("resolve", "kith ingest"),
        ("propagate", "kith resolve"),
        ("risky", "kith propagate"),
        ("entities", "kith resolve"),
    ):
        done = RUN.invoke(build(), [verb, "--store", f"sqlite:///{tmp_path / 'k.db'}"])
        assert done.exit_code == 2
        assert next_one in done.stderr, verb


def test_resolve_and_propagate_again_change_nothing(tmp_path: Path) -> None:
    sample = answer_of(RUN.invoke(build(), ["sample", str(tmp_path / "r"), "--firms", "120", "--json"]))
    store = ("--store", f"sqlite:///{tmp_path / 'k.db'}", "--as-of", sample["as_of"])
    answer_of(RUN.invoke(build(), ["ingest", str(tmp_path / "r"), *store, "--json"]))
    told = []
    for _ in range(2):
        answer_of(RUN.invoke(build(), ["resolve", *store, "--json"]))
        answer_of(RUN.invoke(build(), ["propagate", *store, "--json"]))
        told.append((RUN.invoke(build(), ["entities", *store]).stdout, RUN.invoke(build(), ["signals", *store]).stdout))
    assert told[0] == told[1]


def test_trusted_seeds_are_read_from_a_file(tmp_path: Path, made: Region) -> None:
    copy = tmp_path / "kith.db"
    with closing(sqlite3.connect(store_file(made))) as held, closing(sqlite3.connect(copy)) as kept:
        held.backup(kept)
    trusted = made.story("reliable", "supporting")[0]
    (tmp_path / "seeds.txt").write_text(f"# vetted\n{trusted['record_id']}\n", "utf-8")
    store = ("--store", f"sqlite:///{copy}", "--as-of", made.sample.as_of)
    answer_of(RUN.invoke(build(), ["propagate", "--seeds", str(tmp_path / "seeds.txt"), *store, "--json"]))
    found = answer_of(RUN.invoke(build(), ["signals", "--name", "trust", *store, "--json"]))["signals"]
    assert (
        max(found, key=lambda one: one["value"])["entity_id"]
        == answer(made, "show", trusted["record_id"])["profile"]["party"]["id"]
    )
    (tmp_path / "seeds.txt").write_text("nobody at all\n", "utf-8")
    assert RUN.invoke(build(), ["propagate", "--seeds", str(tmp_path / "seeds.txt"), *store]).exit_code == 1


def test_propagate_says_how_far_it_may_be_off_and_verifies_itself(tmp_path: Path, made: Region) -> None:
    copy = tmp_path / "kith.db"
    with closing(sqlite3.connect(store_file(made))) as held, closing(sqlite3.connect(copy)) as kept:
        held.backup(kept)
    store = ("--store", f"sqlite:///{copy}", "--as-of", made.sample.as_of)
    told = RUN.invoke(build(), ["propagate", *store])
    assert "Association was brought up to date over 0 ties; its error is at most" in told.stdout
    checked = RUN.invoke(build(), ["propagate", "--verify", *store])
    assert checked.exit_code == 0
    assert "No drift." in checked.stdout
    late = RUN.invoke(build(), ["propagate", "--verify", "--store", f"sqlite:///{copy}", "--as-of", "2040-01-01", "--json"])
    assert late.exit_code == 1
    assert json.loads(late.stdout)["drift"]


def test_mapping_list_and_suggest(tmp_path: Path) -> None:
    assert "court_defaulters" in answer_of(RUN.invoke(build(), ["mapping", "list", "--json"]))["kinds"]
    (tmp_path / "my.csv").write_text("公司,金额\n甲贸易有限公司,12.5\n", "utf-8")
    out = tmp_path / "my.yaml"
    drafted = answer_of(RUN.invoke(build(), ["mapping", "suggest", str(tmp_path / "my.csv"), "--out", str(out), "--json"]))
    assert drafted["mapping"] == out.read_text("utf-8")
    done = RUN.invoke(
        build(), ["ingest", str(tmp_path / "my.csv"), "--mapping", str(out), "--store", f"sqlite:///{tmp_path / 'k.db'}"]
    )
    assert done.exit_code == 0


def test_a_sample_is_not_written_over_without_a_yes(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    assert RUN.invoke(build(), ["sample", str(tmp_path)]).exit_code == 2
    assert RUN.invoke(build(), ["sample", str(tmp_path), "--firms", "120", "--yes"]).exit_code == 0
    assert (tmp_path / "mine.txt").read_text() == "keep"


def test_demo_ends_with_the_riskiest_and_how_to_look_further(tmp_path: Path) -> None:
    done = RUN.invoke(build(), ["demo", "--dir", str(tmp_path / "demo"), "--firms", "120"])
    assert done.exit_code == 0, done.output
    assert "riskiest counterparties" in done.stdout
    assert re.search(r"owns \d+ % of it", done.stdout)
    assert re.search(r"^  kith serve ", done.stdout, re.MULTILINE)
    again = answer_of(RUN.invoke(build(), ["demo", "--dir", str(tmp_path / "demo"), "--firms", "120", "--yes", "--json"]))
    assert again["riskiest"]
    assert again["reliable"]


def test_a_path_that_cannot_be_written_is_a_wrong_call(made: Region, tmp_path: Path) -> None:
    done = run(made, "check", made.sample.suppliers, "--out", tmp_path / "absent" / "report.html")
    assert done.exit_code == 2


def test_no_resident_id_of_any_file_is_anywhere_afterwards(made: Region, tmp_path: Path) -> None:
    numbers = resident_ids(made)
    assert len(numbers) > 50
    reports = [tmp_path / "report.html", tmp_path / "report.csv", tmp_path / "report.json"]
    told = run(made, "check", made.sample.suppliers, *(part for report in reports for part in ("--out", report))).output
    told += "".join(run(made, verb).output for verb in ("entities", "signals", "risky"))
    told += "".join(report.read_text("utf-8") for report in reports)
    persons = [one["id"] for one in answer(made, "entities")["entities"] if one["kind"] == "person"][:10]
    told += "".join(run(made, verb, person).output for verb in ("show", "explain") for person in persons)
    home = store_file(made).parent
    kept = [path for path in home.rglob("kith.db*") if path.is_file()] + list(home.rglob("*.network"))
    kept += list(home.rglob("*.rejects.csv"))
    held = b"".join(path.read_bytes() for path in kept) + told.encode()
    assert [number for number in numbers if number.encode() in held] == []


def store_file(region: Region) -> Path:
    return Path(region.settings.store.get_secret_value().removeprefix("sqlite:///"))


def answer_of(done: Any) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_reach_asks_the_store_alone(tmp_path: Path, made: Region) -> None:
    copy = tmp_path / "kith.db"
    with closing(sqlite3.connect(store_file(made))) as held, closing(sqlite3.connect(copy)) as kept:
        held.backup(kept)
    store = ("--store", f"sqlite:///{copy}", "--as-of", made.sample.as_of)
    near = answer_of(RUN.invoke(build(), ["signals", "--name", "risk:corporate", *store, "--json"]))["signals"]
    party = max(near, key=lambda one: one["exposure"])
    early = RUN.invoke(build(), ["reach", party["entity_id"], *store])
    assert early.exit_code == 2
    assert "kith propagate --in-database" in early.stderr
    told = RUN.invoke(build(), ["propagate", "--in-database", *store])
    assert "Within the store: corporate in" in told.stdout
    found = answer_of(RUN.invoke(build(), ["reach", party["entity_id"], *store, "--json"]))
    assert found["exposure"] == pytest.approx(party["exposure"], abs=1e-9)
    assert found["paths"][0]["names"][-1] == found["name"]
    shown = RUN.invoke(build(), ["reach", party["entity_id"], *store])
    assert found["sources"][0]["name"] in shown.stdout
    assert "The paths shown carry" in shown.stdout
    assert RUN.invoke(build(), ["reach", party["entity_id"], "--profile", "none", *store]).exit_code == 2
