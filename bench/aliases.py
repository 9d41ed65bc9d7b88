"""Organisations of many names each: what `kith resolve` takes where every name is compared with every name of a candidate.

python -m bench aliases [--firms N] [--names N] writes docs/benchmarks/aliases.md. The records are made up (`alias_records.py`).
Bar (2 cores): 10,000 records of 30 names in 60 s.
"""

import argparse
import json
import tempfile
from pathlib import Path

from bench.alias_records import make_records
from bench.machine import describe_machine
from bench.processes import KITH, ProcessRun, measure

BAR_S = 60


def run(firms: int, names: int, folder: Path) -> str:
    """Measure and return the page."""
    file = folder / "aliases.ftm.json"
    entities = (json.dumps(entity, ensure_ascii=False) for entity, _ in make_records(firms, names=names))
    file.write_text("\n".join(entities) + "\n", "utf-8")
    environment = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "KITH_ID_KEY_FILE": str(folder / "id.key")}
    steps = {
        "ingest": measure(*KITH, "ingest", str(file), "--rejects", str(folder), "--json", environment=environment),
        "resolve": measure(*KITH, "resolve", "--json", environment=environment),
    }
    return page(firms, names, steps)


def page(firms: int, names: int, steps: dict[str, ProcessRun]) -> str:
    """The figures as a Markdown page."""
    resolved = json.loads(steps["resolve"].output)
    rows = [f"| {name} | {step.wall_s:.1f} | {step.cpu_s:.1f} | {step.together_mb:.0f} |" for name, step in steps.items()]
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in resolved["seconds"].items())
    return "\n".join(
        [
            f"# {firms:,} organisations of {names} names\n\n{describe_machine()}\n",
            f"`python -m bench aliases --firms {firms} --names {names}`: whole processes, one run, SQLite, made-up names in",
            f"Latin, Cyrillic and Han letters. Bar: {BAR_S} s for `resolve`. Processor seconds tell more than seconds where the",
            "machine does other work.\n",
            "| step | seconds | processor seconds | peak MB, all together |\n|---|--:|--:|--:|",
            *rows,
            f"\n{resolved['pairs_compared']:,} pairs of records, some {names**2:,} pairs of names each. Stages: {stages}.",
            "",
        ]
    )


def main(arguments: list[str]) -> str:
    """`aliases [--firms N] [--names N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench aliases", description=__doc__)
    parser.add_argument("--firms", type=int, default=10_000)
    parser.add_argument("--names", type=int, default=30)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return run(options.firms, options.names, Path(folder))
