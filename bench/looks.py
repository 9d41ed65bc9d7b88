"""What a look costs: whole commands over regions of several sizes, with processor seconds, wall time and peak memory.

python -m bench looks [--firms N …] [--store sqlite|neo4j] [--turns N] [--folder FOLDER] writes docs/benchmarks/looks.md, and
looks_size.svg where there are two sizes or more. Each size is a region of `samples.region.write_sample(seed=1, firms=N,
relations=5, times=4)`; with --folder it is kept there and taken again by the next run. Then `propagate` after nothing, a listing,
a tie and a file of 100 rows. The page is written after each size, and of what there is when a command fails.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import httpx
import numpy as np

from bench.looks_changes import registry_firms, write_changes, write_suppliers
from bench.machine import describe_machine
from bench.processes import KITH, RSS_UNIT, ProcessRun, measure
from bench.serving import Region, serve
from bench.signals.plot import plot_svg
from samples.region import write_sample
from store import local_neo4j

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "looks.md"
PICTURE = PAGE.with_name("looks_size.svg")
SIZES = (1_000, 3_000, 10_000, 22_000)
PLOTTED = "show"
NOTHING_CHANGED = "propagate, nothing changed"


@dataclass
class SizeFigures:
    """What was measured over the region of one size: the runs of each command, in the order they were asked."""

    firms: int
    runs: dict[str, list[ProcessRun]] = field(default_factory=dict)
    stopped: str = ""


def measure_size(region: Region, figures: SizeFigures, turns: int, *, is_file: bool) -> None:
    """Ask every look `turns` times and load the changes; what fails ends it, and `figures` keeps what there is."""
    try:
        _look(region, figures, turns)
        figures.runs["serve, first page"] = [first_page(region) for _ in range(turns)]
        figures.runs[NOTHING_CHANGED] = [_kith(region, "propagate") for _ in range(turns)]
        _change(_copied(region) if is_file else region, figures)
    except subprocess.CalledProcessError as cause:
        figures.stopped = f"`{' '.join(cause.cmd[cause.cmd.index(KITH[-1]) + 1 :])}` ended with {cause.returncode}"


def _look(region: Region, figures: SizeFigures, turns: int) -> None:
    ranking = json.loads(_kith(region, "--json", "risky", "--limit", "20").output)["results"]
    party_id = next((line["id"] for line in ranking if line["standing"] == "by_association"), ranking[0]["id"])
    looks: dict[str, tuple[str, ...]] = {
        "--help": ("--help",),
        "show": ("show", party_id),
        "explain": ("explain", party_id),
        "check of 100 suppliers": ("check", str(region.suppliers), "--out", str(region.folder / "report.html"), "--yes"),
        "risky --limit 20": ("risky", "--limit", "20"),
        "paths": ("paths", party_id),
        "owners": ("owners", party_id),
    }
    for _ in range(turns):  # In turn: what else the machine does falls on all of them.
        for name, command in looks.items():
            figures.runs.setdefault(name, []).append(_kith(region, *command))


def _change(region: Region, figures: SizeFigures) -> None:
    """`propagate` after each change, which is loaded and resolved beforehand: that is not measured."""
    _kith(region, "propagate")
    for name, file in write_changes(region.folder, registry_firms(region.folder / "region")).items():
        _kith(region, "ingest", str(file))
        _kith(region, "resolve")
        figures.runs[f"propagate, after {name}"] = [_kith(region, "propagate")]


def first_page(region: Region) -> ProcessRun:
    """A server from its start to the page and the first profile on it; its processor seconds and resident memory then."""
    started = time.perf_counter()
    with serve(region, extra_environment=PLAIN) as server, httpx.Client(base_url=server.url, timeout=600) as client:
        client.get("/")
        ranking = client.get("/v1/risky", params={"limit": 1}).raise_for_status().json()["results"]
        client.get(f"/v1/entities/{ranking[0]['id']}").raise_for_status()
        wall_s = time.perf_counter() - started
        ticks = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        cpu_s = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        return ProcessRun(wall_s, cpu_s, server.memory_mb, server.memory_mb, "")


PLAIN = {"PYTHONDONTWRITEBYTECODE": ""}  # As installed: modules are not compiled anew in every process.


LAUNCHER = """import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w") as out:
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=out)
sys.exit(os.waitstatus_to_exitcode(status))"""
"""A small process between: a system counts what the parent held into the peak of a process that it starts."""


def _kith(region: Region, *command: str) -> ProcessRun:
    usage = region.folder / "usage.txt"
    launch = (sys.executable, "-I", "-S", "-c", LAUNCHER, str(usage), *KITH, *command)
    run = measure(*launch, environment=region.environment | PLAIN)
    cpu_s, memory = map(float, usage.read_text().split())
    return replace(run, cpu_s=cpu_s, memory_mb=memory * RSS_UNIT / 1e6)


def _copied(region: Region) -> Region:
    """The same region with a copy of its store, for what changes it."""
    file = region.folder / "changed.db"
    shutil.copy(region.folder / "kith.db", file)
    return Region(region.folder, region.suppliers, f"sqlite:///{file}")


def ready_region(folder: Path, firms: int, address: str | None) -> Region:
    """The region of this size in `folder`, made, resolved and propagated unless it is there already."""
    suppliers = folder / "suppliers.csv"
    region = Region(folder, suppliers, address)
    mark = folder / "ready"
    if not (mark.exists() and address is None):
        sample = write_sample(folder / "region", seed=1, firms=firms, relations=5, times=4)
        write_suppliers(suppliers, registry_firms(folder / "region"))
        for command in (("ingest", *map(str, sample.sources)), ("resolve",), ("propagate",)):
            _kith(region, *command)
        mark.touch()
    return region


@contextmanager
def store_address(engine: str, folder: Path) -> Iterator[str | None]:
    """Address of an empty managed Neo4j in the folder, stopped at the end; None for the file that is the region's own."""
    if engine == "sqlite":
        yield None
        return
    home = folder / "neo4j"
    shutil.rmtree(home, ignore_errors=True)
    try:
        yield local_neo4j.start(home=home).address
    finally:
        local_neo4j.stop(home=home)


def page(engine: str, sizes: list[SizeFigures], turns: int) -> str:
    """The figures as a Markdown page."""
    head = HEAD.format(engine=engine, machine=describe_machine(), turns=turns, day=time.strftime("%Y-%m-%d, %H:%M"))
    return "\n".join([head, *map(_table, sizes), _slope(sizes)])


HEAD = """# Looks at any size

{machine}

`python -m bench looks`, {engine}, {day}: whole processes, {turns} turns, medians; `propagate` after a change runs once, on a
copy of the store where it is a file. Processor seconds are user and system together: on a machine that does other work they tell
more than wall time, though they grow with it too. `serve` is measured from its start to the page and the first profile, memory
resident then.

Bars (2 cores, 98,245 records and 516,147 links, which is 22,000 firms): a look 1.0 s and 250 MB; `propagate` 1 s where nothing
changed, 2 s after a change; `serve` 3 s at a million records. `--help` .3 s of processor, `show` .6 s on a small store.
"""


def _table(figures: SizeFigures) -> str:
    rows = [
        f"| {name} | {median(run.cpu_s for run in runs):.2f} | {median(run.wall_s for run in runs):.2f}"
        f" | {max(run.memory_mb for run in runs):.0f} |\n"
        for name, runs in figures.runs.items()
    ]
    stopped = f"\nEnded early: {figures.stopped}.\n" if figures.stopped else ""
    head = "| command | processor seconds | seconds | peak MB |\n|---|---|---|---|\n"
    return f"## {figures.firms:,} firms\n\n{head}{''.join(rows)}{stopped}"


def _slope(sizes: list[SizeFigures]) -> str:
    """The slope of seconds against firms, and its picture; nothing of fewer than two sizes."""
    points = [(float(size.firms), median(run.cpu_s for run in size.runs[PLOTTED])) for size in sizes if PLOTTED in size.runs]
    if len({firms for firms, _ in points}) < 2:
        return ""
    slope = float(np.polyfit(*np.log(np.array(points)).T, 1)[0])
    title = f"kith {PLOTTED}: processor seconds, slope {slope:.2f}"
    PICTURE.write_text(plot_svg(points, title=title, unit="firms"), "utf-8")
    return f"Processor seconds of `{PLOTTED}` grow with the number of firms to the power {slope:.2f}.\n\n![]({PICTURE.name})\n"


def main(arguments: list[str]) -> str:
    """`looks [--firms N …] [--store ENGINE] [--turns N] [--folder FOLDER]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench looks", description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=SIZES)
    parser.add_argument("--store", choices=["sqlite", "neo4j"], default="sqlite")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where regions are kept and taken from")
    options = parser.parse_args(arguments)
    sizes: list[SizeFigures] = []
    with tempfile.TemporaryDirectory(prefix="kith-looks-") as work_folder:
        for firms in sorted(options.firms):
            folder = (options.folder or Path(work_folder)).absolute() / str(firms)
            folder.mkdir(parents=True, exist_ok=True)
            sizes.append(SizeFigures(firms))
            with store_address(options.store, folder) as address:
                region = ready_region(folder, firms, address)
                measure_size(region, sizes[-1], options.turns, is_file=address is None)
            PAGE.write_text(page(options.store, sizes, options.turns), "utf-8")
    return page(options.store, sizes, options.turns)
