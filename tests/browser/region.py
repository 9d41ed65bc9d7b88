"""The invented region, served: files in through the ordinary commands, pages out on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SEED = "7"
FIRMS = "240"
DAY = "2026-11-22"
KITH = (sys.executable, "-c", "from api.cli import main; main()")
PROJECT = Path(__file__).resolve().parent.parent.parent
START_S = 60


def _environment(folder: Path) -> dict[str, str]:
    ours = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "KITH_ID_KEY_FILE": str(folder / "id.key"), "KITH_TODAY": DAY}
    return {**os.environ, **ours}


def fill(folder: Path) -> None:
    """Sample, ingest, resolve, propagate: the store is at `folder`/kith.db, what was invented is told in `folder`/sample.json."""
    told = _kith(folder, "--json", "sample", str(folder / "region"), "--seed", SEED, "--firms", FIRMS)
    (folder / "sample.json").write_text(told, "utf-8")
    _kith(folder, "ingest", *json.loads(told)["sources"])
    _kith(folder, "resolve")
    _kith(folder, "propagate")


def sample(folder: Path) -> dict[str, Any]:
    """Where the files of the region are: `sources`, `suppliers`, `truth_stories` …"""
    told: dict[str, Any] = json.loads((folder / "sample.json").read_text("utf-8"))
    return told


def _kith(folder: Path, *command: str) -> str:
    run = [*KITH, *command]
    done = subprocess.run(run, cwd=PROJECT, env=_environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"kith {' '.join(command)} ended with {done.returncode}: {done.stderr or done.stdout}"
    return done.stdout


@contextmanager
def served(folder: Path, key: str | None = None, port: int = 0, settings: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a running `kith serve` over that store; stopped at the end. With `key` it asks for that key."""
    command = [*KITH, "--json", "serve", "--port", str(port)]
    environment = {**_environment(folder), **({"KITH_API_KEY": key} if key else {}), **(settings or {})}
    server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield str(_first_answer(server)["url"]).rstrip("/")
    finally:
        server.terminate()
        server.wait(timeout=START_S)


def _first_answer(server: "subprocess.Popen[str]") -> dict[str, object]:
    """The JSON object the command prints once its port is open; it may span lines."""
    text = ""
    for line in server.stdout or ():
        text += line
        try:
            answer: dict[str, object] = json.loads(text)
        except ValueError:
            continue
        return answer
    raise AssertionError(f"kith serve said only: {text}")
