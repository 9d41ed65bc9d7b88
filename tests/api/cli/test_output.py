"""All the command prints goes through one place, and no text of the data reaches a terminal as it is."""

import ast
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from api.cli import build
from api.cli.output import progress
from tests.conftest import PROJECT

RUN = CliRunner()
ROOMS = ("api", "graph", "ontology", "resolution", "store")
HERE = "api/cli/output.py"
PIPES = (  # Between processes; nothing is shown.
    "resolution/sources/parallel_mapping.py",
    "resolution/sources/reading/bounded_memory.py",
    "api/cli/verbs.py",
    "api/serving/server_process.py",
)
PRINTING = {"print", "input", "breakpoint"}
PRINTERS = {"echo", "secho", "confirm", "prompt", "print_exc", "print_exception", "Console", "Progress", "print_json"}
EVIL = "Ev\x1b[2Jil\x9b31m \u202enretsae\u202c [red]Trade[/red] [link=http://x]y[/link]\u2028Fine\u200b\nFORGED K-A"
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e]")


def places() -> Iterator[tuple[str, ast.AST]]:
    for room in ROOMS:
        for file in sorted((PROJECT / room).rglob("*.py")):
            name = file.relative_to(PROJECT).as_posix()
            if name != HERE:
                yield from ((name, node) for node in ast.walk(ast.parse(file.read_text("utf-8"))))


def test_nothing_but_the_one_place_prints() -> None:
    found = []
    for name, node in places():
        called = node.func if isinstance(node, ast.Call) else None
        plain = isinstance(called, ast.Name) and called.id in PRINTING | {"Console", "Progress"}
        owner = called.value.id if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) else ""
        others = (
            isinstance(called, ast.Attribute) and owner in ("typer", "click", "traceback", "rich") and called.attr in PRINTERS
        )
        if plain or others:
            found.append(f"{name}:{node.lineno}")  # type: ignore[attr-defined]
    assert not found


def test_nothing_but_the_one_place_has_the_streams() -> None:
    found = {
        name
        for name, node in places()
        if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr") and getattr(node.value, "id", "") == "sys"
        if name not in PIPES
    }
    asks_only = {"api/cli/call.py", "api/cli/reviews.py"}  # Whether somebody watches.
    logs = {"api/text/log.py"}  # Counts, seconds and names of ours; nothing that a record says.
    assert found == asks_only | logs


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a store whose every text is written by somebody who wishes ill."""
    folder = tmp_path_factory.mktemp("evil")
    environment = {
        "KITH_ID_KEY_FILE": str(folder / "id.key"),
        "KITH_TODAY": "2026-11-22",
        "KITH_STORE": f"sqlite:///{folder / 'kith.db'}",
    }
    records = [
        {
            "id": f"{EVIL}:{number}",
            "dataset": EVIL,
            "source_class": "1",
            "kind": "firm",
            "names": [{"text": f"{EVIL} {number}"}],
            "addresses": [{"text": EVIL, "city": EVIL}],
        }
        for number in range(3)
    ]
    (folder / "evil.json").write_text(json.dumps(records))
    for words in (["record", "put", str(folder / "evil.json")], ["resolve"], ["propagate"]):
        done = RUN.invoke(build(), words, env=environment)
        assert done.exit_code == 0, done.output
    return environment


ONE, OTHER = f"{EVIL}:0", f"{EVIL}:1"
SAYING = (
    ["entities"],
    ["entities", "--search", "Trade"],
    ["show", ONE],
    ["explain", ONE],
    ["owners", ONE],
    ["history", ONE],
    ["how", ONE],
    ["why", ONE, OTHER],
    ["why-not", ONE, OTHER],
    ["paths", ONE, OTHER],
    ["judge", ONE, OTHER, "different", "--reason", EVIL, "--by", EVIL.replace("\n", " ")],
    ["judge", "--list"],
    ["judge", "--undo", EVIL],
    ["review"],
    ["chains"],
    ["risky"],
    ["reliable", "--place", EVIL],
    ["signals"],
    ["signals", "--party", EVIL + "x"],
    ["show", EVIL + "x"],
    ["record", "delete", EVIL + "x", "--yes"],
    ["record", "delete", ONE],
    ["ingest", "no" + EVIL],
    ["ingest", "/dev/null", "--as", EVIL],
    ["ingest", "/dev/null", "--mapping", EVIL],
    ["check", "no" + EVIL],
    ["check", "/dev/null", "--out", "no" + EVIL],
    ["sample", "/dev/null/" + EVIL],
    ["evaluate", "--truth", EVIL],
    ["propagate", "--seeds", EVIL],
    ["train", EVIL],
    ["rings"],
    ["entities", "--store", "sqlite:///" + EVIL],
    ["entities", "--store", EVIL],
    ["entities", "--lang", EVIL],
    ["entities", "--as-of", EVIL],
    ["entities", "--limit", EVIL],
    ["entities", "--" + EVIL],
    [EVIL],
)


@pytest.mark.parametrize("words", SAYING, ids=lambda words: f"{words[0].isprintable() and words[0]}-{len(words)}")
def test_no_command_hands_a_terminal_what_it_would_obey(evil: dict[str, str], words: list[str]) -> None:
    done = RUN.invoke(build(), words, env=evil)
    assert "fault of the program" not in done.output
    assert not HIDDEN.search(done.output), done.output
    assert not re.search(r"^FORGED", done.output, re.MULTILINE)
    assert done.exit_code in (0, 1, 2, 3)
    if "Usage:" not in done.output:
        as_json = RUN.invoke(build(), [*words, "--json"], env=evil)
        assert not HIDDEN.search(as_json.output)
        json.loads(as_json.stdout)


@pytest.mark.parametrize("verb", ["show", "explain", "history", "how"])
def test_the_name_is_said_so_that_it_is_seen(evil: dict[str, str], verb: str) -> None:
    done = RUN.invoke(build(), [verb, ONE], env=evil)
    assert done.exit_code == 0
    assert "Ev\\x1b[2Jil\\x9b31m \\u202enretsae\\u202c [red]Trade[/red]" in done.stdout


def test_markup_in_data_is_text_and_json_is_exact(evil: dict[str, str]) -> None:
    assert "[red]Trade[/red] [link=http://x]y[/link]" in RUN.invoke(build(), ["show", ONE], env=evil).stdout
    found = json.loads(RUN.invoke(build(), ["entities", "--json"], env=evil).stdout)["entities"]
    assert f"{EVIL} 0" in [entity["name"] for entity in found]


def test_on_a_real_terminal_too(evil: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from api.cli import main; main()", "signals", "--csv"]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=os.environ | evil)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # So a terminal tells that the other end was closed.
        pass
    assert process.wait(60) == 0
    text = said.decode().replace("\r\n", "\n")
    assert "Ev\\x1b[2Jil" in text
    assert not HIDDEN.search(text)


def test_progress_takes_no_markup_of_a_file_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    with progress("Reading [bold]a\u202e[/bold]") as say:
        say(f"Reading {EVIL}: 3 rows")
    shown = capsys.readouterr().err
    assert "[red]Trade[/red]" in shown
    assert "\u202e" not in shown
    assert "\x1b[2Jil" not in shown


def test_a_file_whose_name_would_be_obeyed(evil: dict[str, str], tmp_path: Path) -> None:
    named = tmp_path / f"{EVIL.replace('/', '')}.csv"
    named.write_text("统一社会信用代码,企业名称\n91350100M000100Y43,海山贸易有限公司\nx,\n", "utf-8")
    done = RUN.invoke(build(), ["ingest", str(named), "--as", "business_registry"], env=evil)
    assert not HIDDEN.search(done.output)
    assert not re.search(r"^FORGED", done.output, re.MULTILINE)
