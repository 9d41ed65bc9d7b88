"""The docs hold together: links lead somewhere, commands and targets that are named exist, decisions have their parts."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from api.cli import build
from api.settings import Settings
from docs.build_site import inside, main
from tests.conftest import PROJECT

PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / ".github").rglob("*.md")])
ALIVE = [page for page in PAGES if not {"decisions", "benchmarks"} & {*page.parts} and page.name != "CHANGELOG.md"]
"""Pages that tell what is so today; decisions, figures and changes tell what was so on their day."""
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")
INLINE = re.compile(r"`(kith [a-z][^`]*)`")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TREE: Any = typer.main.get_command(build())
PARTS = ("Context", "Decision", "Price", "Undo", "Revisit")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as `make docs` hands them to MkDocs."""
    folder = tmp_path_factory.mktemp("site")
    main(folder)
    return folder


def names_of(page: Path) -> Iterator[str]:
    for printed in INLINE.findall(page.read_text("utf-8")):
        yield from re.split(r" · | && |, (?=kith )", printed)
    for block in BLOCK.findall(page.read_text("utf-8")):
        yield from (part for line in block.splitlines() if line.startswith("kith ") for part in re.split(r" · | && ", line))


@pytest.mark.parametrize("page", ALIVE, ids=lambda page: page.name)
def test_a_named_command_and_its_options_exist(page: Path) -> None:
    for told in names_of(page):
        words = shlex.split(re.split(r"\s+[#>]\s", told)[0].replace("…", ""))[1:]
        command = TREE
        for word in words:
            inner = getattr(command, "commands", {})
            if inner and word.partition(",")[0] in inner:
                command = inner[word.partition(",")[0]]
            else:
                assert not inner or word.startswith("-") or "|" in word, f"{told}: no such command"
        known = {option for param in (*command.params, *TREE.params) for option in param.opts} | {"--help"}
        wrong = [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]
        assert not wrong, f"{told}: {wrong}"


@pytest.mark.parametrize("page", ALIVE, ids=lambda page: page.name)
def test_a_named_setting_exists(page: Path) -> None:
    for_tests = {"DATA", "GOLDEN", "HISTORIES", "NEO4J_URI", "TRACE"}
    others = {"PARTNER", "PURPOSE"}  # Of two options only.
    of_clients = {"URL"}
    known = {name.upper() for name in Settings.model_fields} | for_tests | others | of_clients
    assert {*re.findall(r"KITH_([A-Z][A-Z0-9_]*)", page.read_text("utf-8"))} <= known


def test_what_contributing_has_people_type_exists() -> None:
    targets = {*re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)}
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8") + (PROJECT / "docs" / "releasing.md").read_text("utf-8")
    for line in re.findall(r"(?:^|`)make ([a-z -]+?)(?:  |`|$)", text, re.MULTILINE):
        assert {*line.split()} <= targets, line
    for path in re.findall(r"`((?:api|graph|kith|ontology|resolution|store|tests|web|docs)/[\w./-]+)`", text):
        assert (PROJECT / path).exists() or path.startswith("web/.node") or "schema.d.ts" in path, path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_in_the_repository_leads_somewhere(page: Path) -> None:
    made = ("decisions/index.md", "contributing.md", "reference/")  # By docs/build_site.py.
    for target, _ in LINK.findall(page.read_text("utf-8")):
        if target and "://" not in target and not any(part in target for part in made):
            assert (page.parent / target).exists(), target


def test_a_link_of_the_site_leads_somewhere(site: Path) -> None:
    for page in site.rglob("*.md"):
        for target, anchor in LINK.findall(page.read_text("utf-8")):
            if "://" not in target:
                there = page.parent / target if target else page
                assert there.exists(), f"{page.name}: {target}"
                assert not anchor or anchor[1:] in anchors(there), f"{page.name}: {target}{anchor}"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_the_menu_of_the_site_names_every_page(site: Path) -> None:
    menu = re.findall(r"[\w./-]+\.md", str(yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))["nav"]))
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.md")}
    assert {*menu} <= pages
    assert {page for page in pages - {*menu} if not page.startswith("decisions/0")} == set()


def test_references_come_from_the_code(site: Path) -> None:
    told = {name: (site / "reference" / f"{name}.md").read_text("utf-8") for name in ("cli", "http", "settings", "rulebook")}
    assert "## kith explain" in told["cli"]
    assert "`--fail-on" in told["cli"]
    assert "## GET /v1/entities/{entity_id}" in told["http"]
    assert "## Profile" in told["http"]
    assert {f"KITH_{name.upper()}" for name in Settings.model_fields} <= {*re.findall(r"KITH_\w+", told["settings"])}
    assert "`0.8*share`" in told["rulebook"]


@pytest.mark.parametrize("page", sorted((PROJECT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.name[:4])
def test_a_decision_has_its_parts(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    assert re.fullmatch(rf"# {int(page.name[:4])}\. .+", lines[0])
    assert lines[2].startswith("Status: ")
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert [part for part in headings if part in PARTS] == list(PARTS)


def test_pages_of_the_folder_link_to_those_of_the_site() -> None:
    text = "[a](docs/flow.md) [b](docs/decisions) [c](SECURITY.md)"
    assert inside(text) == "[a](flow.md) [b](decisions/index.md) [c](security.md)"
