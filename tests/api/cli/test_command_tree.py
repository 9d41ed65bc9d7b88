"""The command's own promises: help, examples, options, exit codes, one way to tell trouble."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.cli import VERBS, build
from graph.pipeline import propagate
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.graph.world import TODAY, World

RUN = CliRunner()


def commands(app: typer.Typer, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], typer.models.CommandInfo]]:
    for command in app.registered_commands:
        yield (*path, str(command.name)), command
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from commands(group.typer_instance, (*path, str(group.name)))


COMMANDS = list(commands(build()))
NAMES = [" ".join(path) for path, _ in COMMANDS]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=NAMES)
def test_every_command_has_help_and_an_example_that_calls_it(path: tuple[str, ...], command: typer.models.CommandInfo) -> None:
    assert command.callback is not None
    summary = (command.callback.__doc__ or "").strip().splitlines()[0]
    assert 20 <= len(summary) <= 110
    assert summary.endswith(".")
    assert command.epilog is not None
    assert command.epilog.startswith(f"Example: kith {' '.join(path)}")


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=NAMES)
def test_every_command_takes_the_shared_options(path: tuple[str, ...]) -> None:
    shown = RUN.invoke(build(), [*path, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert all(option in shown.stdout for option in ("--store", "--json", "--lang", "--as-of"))


def test_every_line_of_the_command_is_there() -> None:
    wanted = "sample|ingest|mapping suggest|resolve|propagate|risky|reliable|entities|signals|show|explain|paths|check|evaluate"
    wanted += "|serve|demo|neo4j start|neo4j stop|neo4j status"
    assert set(wanted.split("|")) <= set(NAMES)


def test_help_is_there_at_once() -> None:
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", "from api.cli import main; main()", "--help"], capture_output=True, check=True)
    assert b"risky" in done.stdout
    assert time.perf_counter() - began < 5.0  # Generous: a shared machine; bench/ measures it.


def test_help_loads_nothing_heavy() -> None:
    heavy = ("duckdb", "splink", "numba", "fastapi", "neo4j", "numpy", "pydantic", "yaml")
    script = f"import sys; from api.cli import build; build(); print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_help_leaves_out_markdown_and_tracebacks_and_others_still_find_them() -> None:
    script = """import sys
from api.cli import main
sys.argv = ["kith", "--help"]
try:
    main()
except SystemExit:
    print([name for name in ("markdown_it", "pygments", "rich.markdown", "rich.traceback") if name in sys.modules])
from rich.markdown import Markdown
from rich.traceback import Traceback
print(Markdown.__module__, Traceback.__module__)"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-2:] == ["[]", "rich.markdown rich.traceback"]


@pytest.mark.parametrize("file", VERBS)
def test_a_file_registers_the_verbs_it_is_loaded_for(file: str) -> None:
    app = typer.Typer()
    import_module(f"api.cli.{file}").register(app)
    verbs = [str(verb.name) for verb in (*app.registered_commands, *app.registered_groups)]
    assert sorted(verbs) == sorted(VERBS[file])


@pytest.mark.parametrize(
    "arguments", [["show", "A"], ["--store", "risky", "show", "A"], ["-v", "--lang=zh", "--today", "2026-01-02", "show", "check"]]
)
def test_a_call_loads_the_file_of_its_verb_alone(arguments: list[str]) -> None:
    assert {" ".join(path) for path, _ in commands(build(arguments))} == set(VERBS["parties"])


@pytest.mark.parametrize("arguments", [[], ["--help"], ["shwo", "A"], ["--store"]])
def test_a_call_without_a_known_verb_loads_them_all(arguments: list[str]) -> None:
    assert [" ".join(path) for path, _ in commands(build(arguments))] == NAMES


def test_a_misspelt_verb_is_told_the_right_one() -> None:
    done = subprocess.run([sys.executable, "-m", "kith", "shwo", "A"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "show" in done.stderr


@pytest.mark.parametrize("call", [["show", "A"], ["explain", "B"], ["risky"], ["paths", "B"], ["entities"]])
def test_a_question_about_a_small_store_loads_nothing_heavy(tmp_path: Path, call: list[str]) -> None:
    world, address = World(), f"sqlite:///{tmp_path}/kith.db"
    world.link("SUPPLIES", "A", "B", began_on="2026-01-05", amount=5000.0)
    world.listed("A")
    with closing(open_store(address)) as store:
        world.keep(store)
        propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=datetime(2026, 6, 30, tzinfo=UTC))
    heavy = (
        "duckdb",
        "splink",
        "numba",
        "pandas",
        "fastapi",
        "neo4j",
        "starlette",
        "pyarrow",
        "rapidfuzz",
        "phonenumbers",
        "stdnum",
    )
    script = f"""import sys
from api.cli import build
try:
    build({call!r})({call!r})
except SystemExit as end:
    print(end.code, [name for name in {heavy} if name in sys.modules])"""
    environment = os.environ | {"KITH_STORE": address, "KITH_TODAY": "2026-06-30"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, env=environment)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_the_version_is_told() -> None:
    assert RUN.invoke(build(), ["--version"]).stdout.startswith("kith ")


def test_a_language_without_sentences_is_a_wrong_call() -> None:
    assert RUN.invoke(build(), ["risky", "--lang", "fr"]).exit_code == 2


def test_a_wrong_day_in_the_environment_is_a_wrong_call_that_names_the_setting(tmp_path) -> None:  # type: ignore[no-untyped-def]
    done = RUN.invoke(build(), ["risky"], env={"KITH_TODAY": "soon", "KITH_STORE": f"sqlite:///{tmp_path}/k.db"})
    assert done.exit_code == 2
    assert "KITH_TODAY" in done.stderr


def test_trouble_is_one_json_object_on_stdout_when_json_is_asked_for(tmp_path) -> None:  # type: ignore[no-untyped-def]
    done = RUN.invoke(build(), ["risky", "--json", "--store", f"sqlite:///{tmp_path}/absent/k.db"])
    assert done.exit_code == 3
    assert json.loads(done.stdout)["type"] == "urn:kith:problem:store-missing"
    assert done.stderr == ""
