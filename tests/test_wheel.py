"""The wheel claims one name. What it holds works from any folder, in an environment that knows no checkout."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hatch_build import HOUSE, CannotMove, moved
from resolution.fingerprints import _program
from resolution.sources.loads import PARALLEL_BYTES_MIN
from tests.conftest import PROJECT
from tests.test_working_folder import long_registry

DEPENDENCIES = {Path(entry) for entry in sys.path if Path(entry).name == "site-packages"}
HELPED = """
import sys
from kith.resolution import worker
worker._two_can_work = lambda: True
with worker.Worker() as helper:
    second = helper.submit(eval, "[name for name in __import__('sys').modules]").result()
print(*{name.partition('.')[0] for name in second})
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder))
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(PROJECT)], check=True, cwd=folder)
    return next(folder.glob("kith-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and its dependencies, and nothing of the checkout."""
    home = tmp_path_factory.mktemp("stranger")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    subprocess.run(pip, check=True, cwd=home)
    packages = next(home.glob("lib/python*/site-packages"))
    # A line of a .pth file is a folder to import from; the .pth files in that folder, the checkout's among them, are not read.
    (packages / "dependencies.pth").write_text("\n".join(str(folder) for folder in DEPENDENCIES), "utf-8")
    return python


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir()
    return made


def run(folder: Path, *command: str | Path) -> str:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("KITH_", "PYTHON"))}
    environment = kept | {"HOME": str(folder.parent), "KITH_STORE": f"sqlite:///{folder.parent / 'kith.db'}"}
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def answer(folder: Path, *command: str | Path) -> Any:
    return json.loads(run(folder, *command, "--json"))


@pytest.mark.slow
def test_the_wheel_claims_the_name_kith_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = held.namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"kith"}
    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == 2
    for wanted in (
        "py.typed",
        "sql/schema/001_first.sql",
        "cypher/schema/001_first.cypher",
        "ontology/rulebooks/default.yaml",
        "api/words/zh.yaml",
    ):
        assert f"kith/{wanted}" in names
    assert not [name for name in names if "__pycache__" in name or "/web/src/" in name]


@pytest.mark.slow
def test_no_name_of_a_room_is_taken(python: Path, folder: Path) -> None:
    told = run(folder, python, "-c", "import sys, kith.api.app, kith.api.cli, kith.resolution.pipeline; print(*sys.modules)")
    assert "kith.ontology.errors" in told.split()
    assert not {*HOUSE, "web"} & {*told.split()}


@pytest.mark.slow
def test_the_demo_ends_as_the_readme_says(python: Path, folder: Path) -> None:
    told = run(folder, python.with_name("kith"), "demo", "--dir", "demo")
    readme = (PROJECT / "README.md").read_text("utf-8")
    lines = told.splitlines()
    assert lines[0] in readme
    first = next(number for number, line in enumerate(lines) if line.startswith("  1. "))
    assert lines[first + 1].strip() in readme
    assert lines[-5].startswith("To look further")


@pytest.mark.slow
def test_files_become_scores_and_a_check(python: Path, folder: Path) -> None:
    kith = (python, "-P", "-m", "kith")
    sample = answer(folder, *kith, "sample", "region", "--firms", "120")
    loaded = answer(folder, *kith, "ingest", Path(sample["sources"][0]).parent)
    assert {file["trouble"] for file in loaded["files"]} == {None}
    assert answer(folder, *kith, "resolve")["entities"] > 100
    assert answer(folder, *kith, "propagate", "--as-of", sample["as_of"])["scores"] > 50
    asked = "import kith, os; print(kith.open(os.environ['KITH_STORE']).risky(1).results[0].standing)"
    assert run(folder, python, "-c", asked).strip() == "listed"
    checked = answer(folder, *kith, "check", sample["suppliers"])
    assert sum(checked["counts"].values()) == len(checked["rows"]) > 0


@pytest.mark.slow
def test_helpers_start_and_import_the_same(python: Path, folder: Path) -> None:
    assert long_registry(folder, 2500).stat().st_size > PARALLEL_BYTES_MIN
    kith = python.with_name("kith")
    assert answer(folder, kith, "ingest", "business_registry.csv")["files"][0]["rows_in"] == 2500
    second = run(folder, python, "-c", HELPED).split()
    assert "kith" in second
    assert not {*HOUSE} & {*second}


@pytest.mark.slow
def test_a_checkout_and_the_wheel_are_one_program_to_a_store(python: Path, folder: Path) -> None:
    told = run(folder, python, "-c", "from kith.resolution.fingerprints import _program; print(_program().hex())")
    assert told.strip() == _program().hex()


MOVED = {
    "from ontology.errors import KithError": "from kith.ontology.errors import KithError",
    "from api import parties": "from kith.api import parties",
    "import store.queries as queries, json": "import kith.store.queries as queries, json",
    'text = files("ontology").joinpath("a")': 'text = files("kith.ontology").joinpath("a")',
    "import_module('resolution.live')": "import_module('kith.resolution.live')",
    "名 = '岚'; from store import port": "名 = '岚'; from kith.store import port",
    "from storey import ontology": "from storey import ontology",
    "from . import ontology": "from . import ontology",
    '"""Say `from ontology import x` here."""': '"""Say `from ontology import x` here."""',
    'files("other")': 'files("other")',
    'room = {"store": store}': 'room = {"store": store}',
}


@pytest.mark.parametrize("line", MOVED)
def test_kith_is_put_before_names_of_modules_only(line: str) -> None:
    assert moved(line.encode(), "line.py", PROJECT).decode() == MOVED[line]


@pytest.mark.parametrize(
    "line", ["import ontology", "import api.app", 'call("resolution.worker")', "from \\\n  ontology import link"]
)
def test_what_cannot_be_moved_is_refused(line: str) -> None:
    with pytest.raises(CannotMove, match=r"^line\.py:1: "):
        moved(line.encode(), "line.py", PROJECT)
