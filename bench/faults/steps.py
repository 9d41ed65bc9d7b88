"""The steps that write, in the order in which a store goes through them, each as an ordinary command."""

import csv
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import KITH
from samples import write_sample

FIRMS = 120  # The smallest region there is: a round is short, and all kinds of statements are in it.
STEPS = ("ingest", "resolve", "propagate", "put", "judge")
PUT_RECORDS = 80  # More than two transactions' worth.
WAIT_S = 300.0


@dataclass(frozen=True)
class World:
    """Files to load, records to put, and the environment in which commands run."""

    folder: Path
    as_of: str
    judged_pair: tuple[str, str]

    def command(self, step: str) -> tuple[str, ...]:
        """The whole command of a step, or of a look at the parties; with the same day it writes the same, whenever it runs."""
        arguments = {
            "ingest": ("ingest", str(self.folder / "region"), "--rejects", str(self.folder)),
            "entities": ("entities", "--limit", "1"),
            "resolve": ("resolve",),
            "propagate": ("propagate",),
            "put": ("record", "put", str(self.folder / "put.json")),
            "judge": ("judge", *self.judged_pair, "different", "--reason", "another seal", "--by", "Ann"),
        }
        return (*KITH, *arguments[step], "--json", "--as-of", self.as_of)

    def start(self, command: tuple[str, ...], store: str, **popen_options: Any) -> subprocess.Popen[str]:
        """Start a command as a group of its own, so that its helpers can be ended with it."""
        environment = {**os.environ, "KITH_STORE": store, "KITH_ID_KEY_FILE": str(self.folder / "id.key")}
        return subprocess.Popen(
            command,
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **popen_options,
        )

    def run(self, command: tuple[str, ...], store: str) -> tuple[int, str]:
        """Run a command to its end: its exit code, and all it said."""
        process = self.start(command, store)
        out, err = process.communicate(timeout=WAIT_S)
        return process.returncode, out + err


def make_world(folder: Path, seed: int = 7) -> World:
    """A fictional region on disk, and records to put into it that meet parties of it."""
    sample = write_sample(folder / "region", seed=seed, firms=FIRMS)
    with (folder / "region" / "business_registry.csv").open(encoding="gb18030", newline="") as lines:
        registry_rows = list(csv.reader(lines))[1 : PUT_RECORDS + 1]
    (folder / "put.json").write_text(json.dumps([_record(number, cells) for number, cells in enumerate(registry_rows)]), "utf-8")
    ids = [f"business_registry:{cells[0]}" for cells in registry_rows[:2]]
    return World(folder, sample.as_of, (ids[0], ids[1]))


def _record(number: int, cells: list[str]) -> dict[str, object]:
    """Every other one is a firm of the region, known by its code; the rest are new."""
    name = cells[1] if number % 2 else f"New Firm {number} Ltd"
    codes = [{"scheme": "uscc", "value": cells[0]}] if number % 2 else []
    return {
        "id": f"crm:{number}",
        "dataset": "crm",
        "source_class": "1",
        "kind": "firm",
        "names": [{"text": name}],
        "identifiers": codes,
    }
