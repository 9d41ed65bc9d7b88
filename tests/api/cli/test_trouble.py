"""Trouble with the store, the disk and the port: a clear word, the right exit code, nothing lost."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from store.open import neo4j_server, open_store
from tests.api.cli.test_commands import store_file
from tests.api.regions import Region

RUN = CliRunner()


def told(*arguments: str) -> tuple[int, str]:
    done = RUN.invoke(build(), [*arguments, "--json"])
    return done.exit_code, json.loads(done.stdout)["type"].removeprefix("urn:kith:problem:")


def test_a_server_that_does_not_answer() -> None:
    assert told("risky", "--store", "neo4j://neo4j:secret-word@127.0.0.1:1/neo4j") == (3, "store-unreachable")


def test_a_password_is_never_printed() -> None:
    for form in ([], ["--json"]):
        done = RUN.invoke(build(), ["risky", "--store", "neo4j://neo4j:secret-word@127.0.0.1:1/neo4j", *form])
        assert "secret-word" not in done.output


@pytest.mark.neo4j
def test_a_wrong_password(neo4j_address: str) -> None:
    server = neo4j_server(neo4j_address)
    wrong = f"neo4j://{server.user}:wrong-word@{server.uri.partition('://')[2]}/{server.database}"
    assert told("risky", "--store", wrong) == (3, "store-refused")


def test_a_store_of_a_newer_kith(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'k.db'}").close()
    with closing(sqlite3.connect(tmp_path / "k.db")) as newer:
        newer.execute("PRAGMA user_version = 99")
    assert told("entities", "--store", f"sqlite:///{tmp_path / 'k.db'}") == (3, "store-newer")


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    assert told("entities", "--store", f"sqlite:///{tmp_path / 'letter.txt'}") == (3, "store-unreachable")
    assert (tmp_path / "letter.txt").read_text() == "Dear Sir or Madam, " * 100


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert told("entities", "--store", f"sqlite:///{tmp_path / 'absent' / 'k.db'}") == (3, "store-missing")


READING = (
    ["entities"],
    ["risky"],
    ["show", "Harlan"],
    ["explain", "Harlan"],
    ["paths", "Harlan", "Barlow"],
    ["chains"],
    ["resolve"],
    ["propagate"],
    ["settle"],
    ["serve", "--port", "0"],
    ["record", "delete", "crm:1", "--yes"],
)


@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_only_what_brings_something_in_makes_a_store(tmp_path: Path, verb: list[str]) -> None:
    assert told(*verb, "--store", f"sqlite:///{tmp_path / 'typo.db'}") == (3, "store-missing")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_loaded_makes_the_store_it_goes_into(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("统一社会信用代码,企业名称\n91350100M000100Y43,海山贸易有限公司\n", "utf-8")
    store = f"sqlite:///{tmp_path / 'new.db'}"
    done = RUN.invoke(build(), ["ingest", str(tmp_path / "p.csv"), "--as", "business_registry", "--store", store])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "new.db").exists()


def test_an_address_of_another_kind() -> None:
    assert told("entities", "--store", "postgres://localhost/kith") == (2, "address-invalid")


@pytest.mark.parametrize("address", ["", "kith.db", "sqlite:", "neo4j://", "bolt://host:1:x", "http://h", "neo4j://h:99999"])
def test_a_malformed_address_is_a_wrong_call_whoever_gives_it(address: str) -> None:
    assert told("entities", "--store", address) == (2, "address-invalid")
    assert told("ingest", __file__, "--store", address) == (2, "address-invalid")
    done = RUN.invoke(build(), ["entities"], env={"KITH_STORE": address})
    assert done.exit_code == 2
    assert "neo4j://user:password@host" in done.stderr


def test_another_writer_is_waited_for_and_then_named(made: Region) -> None:
    with closing(sqlite3.connect(store_file(made), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store = ("--store", made.settings.store.get_secret_value(), "--as-of", made.sample.as_of)
        assert told("propagate", *store[:-1], "2030-01-01") == (3, "store-busy")
        assert RUN.invoke(build(), ["risky", *store]).exit_code == 0  # Readers are never blocked.
        other.execute("ROLLBACK")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_while_a_report_is_written(made: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "report.html"
    store = ("--store", made.settings.store.get_secret_value(), "--as-of", made.sample.as_of)
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(os, "fsync", lambda _: os.write(full, b"x"))  # The disk is full when the report is to be kept.
    assert told("check", str(made.sample.suppliers), "--out", str(report), "--yes", *store) == (3, "store-full")
    assert list(tmp_path.iterdir()) == []
    os.close(full)


def test_a_report_is_not_written_through_a_link_to_a_device(made: Region, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.symlink_to("/dev/null")
    store = ("--store", made.settings.store.get_secret_value(), "--as-of", made.sample.as_of)
    assert told("check", str(made.sample.suppliers), "--out", str(report), "--yes", *store) == (2, "not-a-file-of-its-own")


def test_a_rulebook_that_breaks_a_law_is_refused(made: Region, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("rulebook: {id: mine}\n")
    done = RUN.invoke(
        build(),
        ["risky", "--json", "--store", made.settings.store.get_secret_value()],
        env={"KITH_RULEBOOK": str(tmp_path / "rules.yaml")},
    )
    assert (done.exit_code, json.loads(done.stdout)["type"]) == (2, "urn:kith:problem:rulebook-invalid")


WRONG_INPUT = (
    (["show", "\udcff"], 2),
    (["judge", "a", "\udcff", "same"], 2),
    (["signals", "--party", "\udcff"], 2),
    (["propagate", "--seeds", "{latin}"], 2),
    (["propagate", "--seeds", "{folder}"], 2),
    (["record", "put", "{digits}"], 2),
    (["record", "put", "{deep}"], 2),
    (["record", "put", "{folder}"], 2),
    (["check", "{folder}"], 2),
    (["check", "{absent}"], 2),
    (["evaluate", "--truth", "{folder}"], 2),
    (["consent", "give", "a", "--to", " ", "--for", "x", "--evidence", "x", "--basis", "x", "--assessment", "x"], 2),
    (["consent", "give", "a", "--to", "a" * 999, "--for", "x", "--evidence", "x", "--basis", "x", "--assessment", "x"], 2),
)


@pytest.mark.parametrize(("words", "code"), WRONG_INPUT, ids=lambda value: str(value)[:40].encode("ascii", "replace").decode())
def test_wrong_input_is_never_a_fault_of_the_program(made: Region, tmp_path: Path, words: list[str], code: int) -> None:
    (tmp_path / "latin").write_bytes("Café".encode("latin-1"))
    (tmp_path / "digits").write_text(f'{{"id": {"9" * 5000}}}')
    (tmp_path / "deep").write_text("[" * 100_000)
    paths = {name: str(tmp_path / name) for name in ("latin", "digits", "deep", "absent")} | {"folder": str(tmp_path)}
    given = [paths.get(word.strip("{}"), word) for word in words]
    done = RUN.invoke(build(), [*given, "--store", made.settings.store.get_secret_value()])
    assert "fault of the program" not in done.output
    assert done.exit_code == code, done.output


@pytest.mark.parametrize("rulebook", ["[" * 100_000, "a: &a [x]\nb: &b [*a]\nc: *b", "x: 9" + "9" * 5000, "\x00", "- 1"])
def test_a_broken_rulebook_is_refused(made: Region, tmp_path: Path, rulebook: str) -> None:
    (tmp_path / "rules.yaml").write_text(rulebook)
    environment = {"KITH_RULEBOOK": str(tmp_path / "rules.yaml")}
    done = RUN.invoke(build(), ["risky", "--json", "--store", made.settings.store.get_secret_value()], env=environment)
    assert (done.exit_code, json.loads(done.stdout)["type"]) == (2, "urn:kith:problem:rulebook-invalid")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entities SET document = '{}'",
        "UPDATE entities SET document = '['",
        "UPDATE entities SET name = CAST(x'ff' AS TEXT)",
        "DROP TABLE members",
    ],
)
def test_a_store_that_was_changed_by_hand_says_so(made: Region, tmp_path: Path, damage: str) -> None:
    with closing(sqlite3.connect(store_file(made))) as whole, closing(sqlite3.connect(tmp_path / "k.db")) as copy:
        whole.backup(copy)
        copy.execute(damage)
        copy.commit()
    asking = (["entities"], ["show", made.sample.our_firm_record])
    found = [RUN.invoke(build(), [*words, "--store", f"sqlite:///{tmp_path / 'k.db'}"]) for words in asking]
    assert not [done.output for done in found if "fault of the program" in done.output]
    assert 3 in {done.exit_code for done in found}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_nobody_tells_of_is_a_wrong_call(made: Region, day: str) -> None:
    done = RUN.invoke(build(), ["risky", "--as-of", day, "--store", f"sqlite:///{store_file(made)}"])
    assert done.exit_code == 2
    assert "1900-01-01" in done.output
    assert "--as-of" in done.output


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("verb", ["risky", "entities", "rings", "propagate"])
def test_a_day_at_either_end_of_the_calendar_is_answered(made: Region, tmp_path: Path, verb: str, day: str) -> None:
    with closing(sqlite3.connect(store_file(made))) as whole, closing(sqlite3.connect(tmp_path / "k.db")) as copy:
        whole.backup(copy)
    done = RUN.invoke(build(), [verb, "--as-of", day, "--store", f"sqlite:///{tmp_path / 'k.db'}"])
    assert done.exit_code == 0, done.output
