"""A million persons: ingest, resolve, resolve again, through the ordinary commands on SQLite, and how well they were found.

python -m bench scale [--file PERSONS.parquet] [--persons N] writes docs/benchmarks/scale.md. The file is one that the shared
data's tools/make_person_records.py makes (columns unique_id, cluster, first_name, surname, dob, …); without it the bench makes
one, for which polars must be there. Bars (2 cores): resolve <= 240 s, all its processes together <= 4 GB, pair F1 >= .975.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from api.models.evaluations import Evaluation, evaluate
from bench.machine import describe_machine
from bench.processes import KITH, ProcessRun, measure
from store.open import open_store

MAPPING = Path(__file__).parent / "mappings" / "persons.yaml"
BAR_S, BAR_MB, BAR_F1 = 240, 4000, 0.975
DAY = "2026-11-22"


def run(file: Path, work_folder: Path) -> str:
    """Measure and return the page."""
    url = f"sqlite:///{work_folder / 'kith.db'}"
    environment = {"KITH_STORE": url, "KITH_ID_KEY_FILE": str(work_folder / "id.key"), "KITH_TODAY": DAY}
    arguments = ("--mapping", str(MAPPING), "--rejects", str(work_folder), str(file))
    steps = {"ingest": measure(*KITH, "ingest", "--json", *arguments, environment=environment)}
    for step in ("resolve", "resolve again"):
        steps[step] = measure(*KITH, "resolve", "--json", environment=environment)
    return page(steps, evaluate_store(url, file))


def evaluate_store(url: str, file: Path) -> Evaluation:
    """The entities against the clusters the records were made from."""
    store = open_store(url)
    try:
        members = store.columns("entities/members")
    finally:
        store.close()
    columns = pq.read_table(file, columns=["unique_id", "cluster"]).to_pydict()
    truth = {f"persons:{record}": str(cluster) for record, cluster in zip(columns["unique_id"], columns["cluster"], strict=True)}
    return evaluate(dict(zip(members["record_id"], members["entity_id"], strict=True)), truth, pairs_max=0)


def page(steps: dict[str, ProcessRun], agreement: Evaluation) -> str:
    """The figures as a Markdown page."""
    resolved = json.loads(steps["resolve"].output)
    return "\n".join(
        [
            HEAD.format(persons=f"{resolved['records']:,}", machine=describe_machine()),
            _steps(steps),
            _stages(steps),
            _agreement(resolved, agreement),
        ]
    )


HEAD = f"""# {{persons}} persons

{{machine}}

`python -m bench scale`: whole processes, one run, SQLite. Bars for `resolve`: {BAR_S} s, {BAR_MB} MB for all its processes
together, pair F1 {BAR_F1}. Processor seconds are of all processes: on a machine that does other work they tell more than
wall time does. The second `resolve` finds that nothing has changed.
"""


def _steps(steps: dict[str, ProcessRun]) -> str:
    head = "| step | seconds | processor seconds | peak MB, largest process | peak MB, all together |\n|---|---|---|---|---|\n"
    rows = [f"| {n} | {m.wall_s:.1f} | {m.cpu_s:.1f} | {m.memory_mb:.0f} | {m.together_mb:.0f} |\n" for n, m in steps.items()]
    return head + "".join(rows)


def _stages(steps: dict[str, ProcessRun]) -> str:
    laps = json.loads(steps["resolve"].output)["seconds"]
    rows = [f"| {stage} | {seconds:.1f} |\n" for stage, seconds in laps.items()]
    return "| stage of the first resolve | seconds |\n|---|---|\n" + "".join(rows)


def _agreement(resolved: dict[str, Any], agreement: Evaluation) -> str:
    size_line = f"{resolved['records']:,} records, {resolved['pairs_compared']:,} pairs, {resolved['entities']:,} entities."
    pairs, b_cubed = agreement.pairs, agreement.b_cubed
    pairs_row = f"| pairs | {pairs.precision:.4f} | {pairs.recall:.4f} | {pairs.f1:.4f} |"
    b_cubed_row = f"| B-cubed | {b_cubed.precision:.4f} | {b_cubed.recall:.4f} | {b_cubed.f1:.4f} |"
    return f"{size_line}\n\n| measure | precision | recall | F1 |\n|---|---|---|---|\n{pairs_row}\n{b_cubed_row}\n"


def make_persons(persons: int, file: Path) -> Path:
    """A file of that many made-up persons with their truth. Needs the shared data's tools, and polars."""
    tools = Path(os.environ.get("KITH_DATA", "../shared/data")).parent / "tools" / "make_person_records.py"
    subprocess.run([sys.executable, str(tools), str(persons), str(file)], check=True)
    return file


def main(arguments: list[str]) -> str:
    """`scale [--file FILE] [--persons N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench scale", description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--persons", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work_folder:
        file = options.file or make_persons(options.persons, Path(work_folder) / "persons.parquet")
        return run(file.absolute(), Path(work_folder))
