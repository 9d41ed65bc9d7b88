"""Keys from the command line: made and printed once, listed, rotated, revoked; and who read of a person."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kith as kith_module
from api.cli import build
from api.context.callers import OPERATOR
from api.keys.api_keys import identify
from api.keys.readers_log import ReadersLog
from api.keys.secrets import parse_key
from api.schemas.keys import KeyState
from store.open import open_store
from tests.api.keys import NOW
from tests.api.parties.test_consents import spread, town
from tests.graph.world import TODAY

RUN = CliRunner()


@pytest.fixture(autouse=True)
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    monkeypatch.setenv("KITH_STORE", address)
    monkeypatch.setenv("KITH_TODAY", TODAY.isoformat())
    monkeypatch.setenv("KITH_ACCOUNT", "li.na")
    with closing(open_store(address)) as store:
        spread(store, town())
        log = ReadersLog(store)
        log.note_reads(OPERATOR, ["P"], route="/v1/entities/{entity_id}", partner="Bank", purpose="credit", now=NOW)
        log.close()
    return address


def kith(*arguments: str) -> Result:
    return RUN.invoke(build(), [*arguments])


def test_a_key_is_printed_once_with_its_end_and_opens(address: str) -> None:
    done = kith("keys", "create", "onboarding", "--role", "reader", "--ends", "2027-01-31")
    key, *more = done.stdout.splitlines()
    assert done.exit_code == 0
    assert "onboarding  reader  in force" in more[0]
    assert "Holds up to 31 Jan 2027." in more[1]
    assert "never shown again" in more[2]
    parts = parse_key(key)
    assert parts is not None
    with closing(open_store(address)) as store:
        known = identify(store, parts, now=NOW)
    assert known is not None
    assert (known[0].name, known[1]) == ("onboarding", KeyState.LIVE)
    assert key not in kith("keys", "list").stdout


def test_a_key_is_rotated_and_revoked_as_json() -> None:
    made = json.loads(
        kith("keys", "create", "bank", "--role", "partner", "--partner", "B", "--purpose", "credit", "--json").stdout
    )
    key_id = made["key"]["id"]
    rotated = json.loads(kith("keys", "rotate", key_id, "--overlap-hours", "1", "--json").stdout)
    assert rotated["secret_text"] != made["secret_text"]
    assert rotated["key"]["previous_until"] == f"{TODAY.isoformat()}T01:00:00Z"
    revoked = json.loads(kith("keys", "revoke", key_id, "--json").stdout)
    assert (revoked["state"], revoked["revoked_by"]) == ("revoked", "li.na")
    listed = json.loads(kith("keys", "list", "--json").stdout)["keys"]
    assert [(key["id"], key["state"]) for key in listed] == [(key_id, "revoked")]
    assert "revoked" in kith("keys", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["keys", "create", "x", "--role", "king"], 2, "role"),
        (["keys", "create", "x", "--role", "partner"], 2, "partner and purpose"),
        (["keys", "create", "x", "--role", "reader", "--group", "nonsense"], 2, "no such group"),
        (["keys", "create", "x", "--role", "reader", "--ends", "2001-01-01"], 2, "ended already"),
        (["keys", "revoke", "000000000000"], 1, "No such key"),
        (["keys", "rotate", "000000000000"], 1, "No such key"),
    ],
)
def test_what_cannot_be_says_why(arguments: list[str], code: int, words: str) -> None:
    done = kith(*arguments)
    assert done.exit_code == code
    assert words in done.stderr


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "(operator)  /v1/entities/{entity_id}  for Bank: credit"), ("zh", "代表 Bank，用途：credit")]
)
def test_who_read_of_a_person_is_told_in_both_languages(lang: str, line: str) -> None:
    assert line in kith("readers", "P", "--lang", lang).stdout


def test_the_command_and_python_tell_the_same_readers(address: str) -> None:
    with kith_module.open(address) as opened:
        told = opened.readers_of("P")
    assert json.loads(kith("readers", "P", "--json").stdout) == told.model_dump(mode="json")
    assert [(read.key_id, read.purpose) for read in told.reads] == [("operator", "credit")]


def test_of_a_firm_nobody_reads_as_of_a_person() -> None:
    assert "Nobody has read" in kith("readers", "Firm").stdout
    assert json.loads(kith("readers", "Firm", "--json").stdout)["reads"] == []
