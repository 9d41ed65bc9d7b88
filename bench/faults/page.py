"""`python -m bench faults`: kill -9 and full disks over every step that writes, and whether anything was lost.

python -m bench faults [--rounds 100] [--engine sqlite|neo4j|both] [--kinds kill full] [--seed N] [--json] writes
docs/benchmarks/faults.md. Each round hurts one step (ingest, resolve, propagate, record put, judge, in turn) at a moment, or at
a byte of the log or of free space, drawn by the seed; then the store must open, and the step told again must leave every table
exactly as an undisturbed run leaves it. It mounts a small disk, which takes root on Linux. Ends with 1 where a round failed.
"""

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.faults.campaign import KINDS, Tallies, campaign
from bench.faults.engines import victim
from bench.faults.steps import make_world
from bench.machine import describe_machine
from store import local_neo4j

NAMES = {"kill": "kill -9", "full": "disk full"}


@dataclass(frozen=True)
class Run:
    """One engine's rounds, and the seconds they took."""

    engine: str
    tallies: Tallies
    took_s: float

    @property
    def failures(self) -> list[str]:
        """A line for every round that did not come out right."""
        return [line for tally in self.tallies.values() for line in tally.failures]


def run(engine: str, *, kinds: tuple[str, ...], rounds: int, seed: int) -> Run:
    """All rounds on one engine, in a folder that is gone afterwards."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder) / "world")
        with victim(engine, Path(folder) / "disk") as hurt_store:
            tallies = campaign(world, hurt_store, kinds=kinds, rounds=rounds, seed=seed)
    return Run(engine, tallies, time.monotonic() - began)


def page(runs: list[Run], arguments: list[str]) -> str:
    """The whole page."""
    versions = f"SQLite {sqlite3.sqlite_version}, Neo4j {local_neo4j.VERSION}, kernel {platform.release()}"
    head = ["| engine | fault | step | rounds | cut short | lost, doubled or stuck |", "|---|---|---|---|---|---|"]
    lines = [_line(run_, key) for run_ in runs for key in run_.tallies]
    took = "; ".join(f"{run_.engine} {run_.took_s / 60:.0f} minutes" for run_ in runs)
    command = " ".join(("python -m bench faults", *arguments))
    return "\n".join(
        [
            f"# Faults\n\n{describe_machine()}, {versions}\n\n`{command}` ({took}).\n",
            EXPLAINED,
            "",
            *head,
            *lines,
            "",
            FULL_DISKS,
            "",
        ]
    )


EXPLAINED = """\
Each round hurts one step at a moment drawn by the seed. **kill -9** ends the command and its helpers, by the clock or as soon
as the store's log has grown by so many bytes; on Neo4j every third round ends the server in the same moment. **disk full** lets
the step run into a disk with as little room as was drawn; while it is full the store must answer or say that there is no room,
never end as a fault of the program. After each fault the store must open, and the same command told again must leave every
table (on Neo4j every node and relationship) with the fingerprint of an undisturbed run: nothing lost, nothing doubled. Rounds
that were not cut short ended before the fault reached them; they count, for telling a finished step again must change nothing."""

FULL_DISKS = """\
The small disk is a tmpfs of 64 MiB for the SQLite file, of 1 GiB for the whole home of the Neo4j server. A Neo4j that met a full
disk stops writing until it is started again: the round starts it once there is room, as its operator would."""


def _line(run_: Run, key: tuple[str, str]) -> str:
    kind, step = key
    tally = run_.tallies[key]
    name = {"put": "record put"}.get(step, step)
    return f"| {run_.engine} | {NAMES[kind]} | {name} | {tally.rounds} | {tally.cut} | {len(tally.failures)} |"


def as_json(runs: list[Run]) -> str:
    """The figures as one object."""
    rounds = [
        {"engine": run_.engine, "fault": kind, "step": step, **asdict(tally)}
        for run_ in runs
        for (kind, step), tally in run_.tallies.items()
    ]
    return json.dumps({"rounds": rounds, "failures": sum(len(run_.failures) for run_ in runs)}, indent=2)


def main(arguments: list[str]) -> str:
    """The page to keep. Raises SystemExit where a round failed, and with --json once the figures are printed."""
    parser = argparse.ArgumentParser(prog="python -m bench faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="of each fault on each engine")
    parser.add_argument("--engine", choices=("sqlite", "neo4j", "both"), default="both")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="print the figures and write no page")
    options = parser.parse_args(arguments)
    engines = ("sqlite", "neo4j") if options.engine == "both" else (options.engine,)
    runs = [run(engine, kinds=tuple(options.kinds), rounds=options.rounds, seed=options.seed) for engine in engines]
    failures = [line for run_ in runs for line in run_.failures]
    if options.json:
        print(as_json(runs))
        raise SystemExit(bool(failures))
    if failures:
        print(page(runs, arguments), *failures, sep="\n", file=sys.stderr)
        raise SystemExit(1)
    return page(runs, arguments)
