"""The invented region, served: files in through the ordinary commands, pages out on loopback."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    """Sample, ingest, resolve, propagate: the store is at `folder`/kith.db. Raises CalledProcessError with what was said."""
    region = folder / "region"
    for command in (
        ("sample", str(region), "--seed", SEED, "--firms", FIRMS),
        ("ingest", str(region)),
        ("resolve",),
        ("propagate",),
    ):
        run = [*KITH, *command]
        done = subprocess.run(run, cwd=PROJECT, env=_environment(folder), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"kith {' '.join(command)} ended with {done.returncode}: {done.stderr or done.stdout}"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a running `kith serve` over that store; stopped at the end."""
    command = [*KITH, "--json", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=PROJECT, env=_environment(folder), stdout=subprocess.PIPE, text=True)
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


def stories(folder: Path) -> list[dict[str, str]]:
    """What was planted in the region, and what is expected of each party."""
    with (folder / "region" / "truth" / "stories.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
