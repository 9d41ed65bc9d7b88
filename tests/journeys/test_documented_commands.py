"""Every command that README and docs print is run as it is printed, words in capitals and files replaced by real ones."""

import csv
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from api.cli import build
from samples import write_sample
from store.open import open_store

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
TUTORIAL = DOCS / "tutorial.md"
PAGES = (PROJECT / "README.md", *sorted((DOCS / "guides").glob("*.md")), DOCS / "deployment.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = CliRunner()
FIRM = {"id": "crm:17", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Harbour Lane Ltd"}]}
MAPPING = """mapping: crm
version: "1"
title: Our customers
source_class: 1
columns: {id: [id], name: [name]}
parties: {customer: {kind: firm, key: id, names: [name]}}
"""


def commands(page: Path) -> Iterator[list[str]]:
    """The words of each command of a page's blocks, in their order; a comment behind it left out."""
    for language, block in BLOCK.findall(page.read_text("utf-8")):
        for line in block.splitlines() if not language else ():
            if line.startswith("kith "):
                said = re.split(r"\s{2,}#", line)[0]
                yield from (shlex.split(one) for one in re.split(r" · | && ", said))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages name, made of a sample region."""
    home: Path = tmp_path_factory.mktemp("documented")
    sample = write_sample(home / "region", seed=7, firms=400)
    files = {path.name: path for path in sample.sources}
    shutil.copy(files["business_registry.csv"], home / "registry.csv")
    as_workbook(files["court_defaulters.jsonl"], home / "court.xlsx")
    shutil.copy(files["ecommerce_orders.jsonl"], home / "invoices.jsonl")
    shutil.copy(files["supplier_directory.csv"], home / "mine.csv")
    shutil.copy(home / "region" / "check" / "suppliers.csv", home / "suppliers.csv")
    shutil.copytree(DOCS / "guides" / "your-own-file" / "06-workbook", home / "chamber")
    (home / "firm.json").write_text(json.dumps(FIRM), "utf-8")
    (home / "row.json").write_text('{"id": "18", "name": "Harbour Lane Ltd"}', "utf-8")
    (home / "crm.yaml").write_text(MAPPING, "utf-8")
    return home


def as_workbook(source: Path, out: Path) -> None:
    """JSON lines as the first sheet of a workbook, under their own headers."""
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    headers = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headers)
    for row in rows:
        sheet.append([None if row.get(name) is None else str(row[name]) for name in headers])
    book.save(out)


@pytest.fixture
def at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KITH_STORE", f"sqlite:///{folder / 'kith.db'}")
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(folder / "id.key"))
    monkeypatch.setenv("KITH_TODAY", "2026-06-30")
    return folder


def run(words: list[str]) -> Any:
    """One command; what it prints goes to the file behind `>`, as a shell does."""
    words, into = (words[: words.index(">")], words[-1]) if ">" in words else (words, None)
    done = RUN.invoke(build(), words[1:])
    if into:
        Path(into).write_text(done.stdout, "utf-8")
    return done


def stands_for(home: Path) -> dict[str, str]:
    """What a person writes in place of the words in capitals, once there are parties."""
    store = open_store(f"sqlite:///{home / 'kith.db'}")
    try:
        members = store.read("entities/members")
        kinds = {row["id"]: row for row in store.read("entities/all")}
    finally:
        store.close()
    of_entity: dict[str, list[str]] = {}
    for row in members:
        of_entity.setdefault(row["entity_id"], []).append(row["record_id"])
    joined = next(records for records in of_entity.values() if len(records) > 1)
    firm = next(id_ for id_, row in kinds.items() if row["kind"] == "firm")
    person = next(id_ for id_, row in kinds.items() if row["kind"] == "person")
    words = {"A": joined[0], "B": joined[1], "PARTY": firm, "ENTITY": firm, "PERSON": person, "PARTNER": "Harbour Bank"}
    words |= {"PURPOSE": "credit", "HOW": "signed form 7", "LAW": "PIPL art. 13", "NUMBER": "IA-2026-1"}
    return words | {"same|different|unsure": "unsure"}


NEED_DATA = {"customers.jsonl", "陆家嘴"}
NOT_RUN_HERE = {
    "serve": "a server goes on: tests/api/http/test_server.py starts one",
    "review": "it asks a person at a terminal: tests/api/cli/test_review_commands.py answers",
    "neo4j": "it fetches and starts a server: tests/store/test_local_neo4j.py does",
}
CALLS_ONLY = ("http.md",)  # Over HTTP alone: tests/clients/test_recipes.py runs such calls.
MAY_SAY_NO = ("--fail-on", "paths", "reach", "watch")
"""Words of commands whose exit code 1 is an answer, not trouble."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_page_runs_as_printed(page: Path, at_home: Path) -> None:
    names: dict[str, str] = {}
    told = list(commands(page))
    truth_set = False
    for words in told:
        truth_set = truth_set or bool(NEED_DATA & {*words})
        if truth_set:  # The rest of the page is about files that do not come along: see below.
            break
        if page.name != "README.md" and not names:
            names = stands_for(at_home)
        goes([names.get(word, word) for word in words])
        if words[1] in ("propagate", "run"):
            names = stands_for(at_home)
    assert told or page.name in CALLS_ONLY


def test_the_tutorial_comes_out_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(tmp_path / "id.key"))
    for name, value in re.findall(r"^export (\w+)=(\S+)$", TUTORIAL.read_text("utf-8"), re.MULTILINE):
        monkeypatch.setenv(name, value)
    said = {words[1]: goes(words) for words in commands(TUTORIAL)}
    assert said["resolve"].startswith("1825 records are 999 parties")
    assert "It succeeded" in said["explain"]
    assert "B01   +600" in said["explain"]
    assert "E01    -40" in said["explain"]
    assert "What would change it" in said["explain"]
    assert "beneficial_owners.json" in said["explain"]
    assert (tmp_path / "report.html").exists()


def goes(words: list[str]) -> str:
    """What the command prints; of one that cannot run here its help."""
    done = run([*words[:2], "--help"] if words[1] in NOT_RUN_HERE else words)
    allowed = (0, 1) if {*MAY_SAY_NO} & {*words} else (0,)
    assert done.exit_code in allowed, f"{' '.join(words)}\n{done.output}"
    printed: str = done.output
    return printed


def test_the_truth_set_comes_out_as_the_page_says(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITH_STORE", f"sqlite:///{tmp_path / 'kith.db'}")
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(tmp_path / "id.key"))
    for file in (shared_data / "resolution" / "truthset").glob("*.jsonl"):
        shutil.copy(file, tmp_path)
    shutil.copy(shared_data / "resolution" / "truthset" / "actual_truthset_key.csv", tmp_path / "key.csv")
    page = PROJECT / "README.md"
    wanted = [words for words in commands(page) if words[1] in ("ingest", "resolve", "evaluate")][-3:]
    said = [run(words) for words in wanted]
    assert [one.exit_code for one in said] == [0, 0, 0]
    printed = said[-1].stdout.splitlines()[:4]
    text = page.read_text("utf-8")
    assert len(printed) == 4
    assert all(line in text for line in printed)
    with (tmp_path / "key.csv").open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == 159
