"""Whole journey at size: 100,000 records and 500,000 links through the ordinary commands, on both engines.

python -m bench journey [--firms N] [--engine sqlite|neo4j] [--payments] writes docs/benchmarks/journey.md.
Bars (2 cores): ingest + resolve + propagate <= 120 s on SQLite, <= 240 s on Neo4j, peak memory of kith <= 2 GB.
"""

import argparse
import csv
import tempfile
from pathlib import Path

from bench.machine import describe_machine
from bench.processes import KITH, ProcessRun, measure
from samples import write_sample
from store import local_neo4j
from store.open import open_store

STEPS = ("ingest", "resolve", "propagate")
BARS_S = {"sqlite": 120, "neo4j": 240}
MEMORY_BAR_MB = 2000
DAY = "2026-11-22"
PAYMENT_COLUMNS = frozenset({"到期日", "付款日期"})


def journey(folder: Path, store_url: str) -> dict[str, ProcessRun]:
    """Each step's figures on one store."""
    environment = {"KITH_STORE": store_url, "KITH_ID_KEY_FILE": str(folder.parent / "id.key"), "KITH_TODAY": DAY}
    calls = {"ingest": (str(folder),), "resolve": (), "propagate": ()}
    return {step: measure(*KITH, step, "--json", *calls[step], environment=environment) for step in STEPS}


def sizes(store_url: str) -> dict[str, int]:
    """How many statements the store holds."""
    store = open_store(store_url)
    try:
        counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
    finally:
        store.close()
    return {name: counts[name] for name in ("records", "links", "experiences", "entities", "ties")}


def table(engine: str, figures: dict[str, ProcessRun], statement_counts: dict[str, int]) -> str:
    """The figures of one engine as a Markdown table with its bar."""
    rows = [f"| {step} | {run.wall_s:.1f} | {run.memory_mb:.0f} |" for step, run in figures.items()]
    total, peak = sum(run.wall_s for run in figures.values()), max(run.memory_mb for run in figures.values())
    counts_line = ", ".join(f"{count:,} {name}" for name, count in statement_counts.items())
    bar = f"| **all** (bar {BARS_S[engine]} s, {MEMORY_BAR_MB} MB) | **{total:.1f}** | **{peak:.0f}** |"
    return "\n".join([f"### {engine}", counts_line, "", "| step | seconds | peak MB |", "|---|---|---|", *rows, bar, ""])


def run(firms: int, engines: tuple[str, ...], *, payments: bool) -> str:
    """Measure and return the page. `payments` keeps the days that payments fell due and were made: an experience per invoice."""
    words = f"--firms {firms}{' --payments' if payments else ''}"
    parts = [
        f"# The whole journey at size\n\n{describe_machine()}\n\n`python -m bench journey {words}`: whole processes, one run.\n"
    ]
    with tempfile.TemporaryDirectory() as work_folder:
        folder = Path(work_folder) / "region"
        write_sample(folder, seed=1, firms=firms, relations=5, times=4)
        if not payments:
            _without_columns(folder / "invoices.csv", PAYMENT_COLUMNS)
        for engine in engines:
            parts.append(_measure_engine(engine, folder, Path(work_folder)))
    return "\n".join(parts)


def _without_columns(file: Path, left_out: frozenset[str]) -> None:
    """The same table without some columns: a tax authority's export of invoices knows nothing of payments."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    kept_positions = [position for position, name in enumerate(header) if name not in left_out]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([row[position] for position in kept_positions] for row in [header, *rows])


def _measure_engine(engine: str, folder: Path, work_folder: Path) -> str:
    if engine == "sqlite":
        url = f"sqlite:///{work_folder / 'kith.db'}"
        return table(engine, journey(folder, url), sizes(url))
    server = local_neo4j.start(home=work_folder / "neo4j")
    try:
        return table(engine, journey(folder, server.address), sizes(server.address))
    finally:
        local_neo4j.stop(home=work_folder / "neo4j")


def main(arguments: list[str]) -> str:
    """`journey [--firms N] [--engine NAME …]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench journey", description=__doc__)
    parser.add_argument("--firms", type=int, default=22_000)
    parser.add_argument("--payments", action="store_true", help="with days due and paid: an experience beside each link")
    parser.add_argument("--engine", choices=[*BARS_S], nargs="+", default=[*BARS_S])
    options = parser.parse_args(arguments)
    return run(options.firms, tuple(options.engine), payments=options.payments)
