"""Signals at size, beside other engines: the page with figures, bars and the plot of cost against size.

python -m bench signals [--part NAME …] [--sizes N …] [--peers-nodes N] [--graphs FOLDER] writes docs/benchmarks/signals.md.
Each measurement runs in a process of its own. Bars are those for 2 quiet cores.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.machine import describe_machine
from bench.processes import measure
from bench.signals import gds, peers
from bench.signals.graphs import KEEP, Graph, file_of, read
from bench.signals.plot import plot_svg
from graph.network.links import Real
from ontology.errors import StoreUnreachable
from store import local_neo4j

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks" / "signals_size.svg"
LARGE = 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PEERS_NODES = 100_000
Figures = dict[str, Any]


def part(name: str, file: Path) -> Figures:
    """One measurement in its own process."""
    figures: Figures = json.loads(measure(sys.executable, "-m", "bench.signals.parts", name, str(file)).output)
    return figures


def fixed(file: Path) -> str:
    """The fixed point beside scipy."""
    figures = part("fixed", file)
    best, scipy_best, cpu, scipy_cpu = (
        min(figures["kith_s"]),
        min(figures["scipy_s"]),
        min(figures["kith_cpu_s"]),
        min(figures["scipy_cpu_s"]),
    )
    middle, scipy_middle = median(figures["kith_s"]), median(figures["scipy_s"])
    ratios = [kith_s / scipy_s for kith_s, scipy_s in zip(figures["kith_s"], figures["scipy_s"], strict=True)]
    return f"""## Fixed point, 1 M nodes / 5 M edges, tolerance 1e-8

Five turns of each, one after the other; stopped when no node changes by more than the tolerance.

| engine | best s | median s | best CPU s | best, of scipy |
|---|---|---|---|---|
| scipy (CSR times vector) | {scipy_best:.2f} | {scipy_middle:.2f} | {scipy_cpu:.2f} | 1.00 |
| kith (bar: 0.65) | {best:.2f} | {middle:.2f} | {cpu:.2f} | **{best / scipy_best:.2f}** (turns: {median(ratios):.2f}) |

Greatest difference between the two answers: {figures["greatest_difference"]:.0e}. Putting the nodes in an order that suits the
cache takes {figures["arranged_s"]:.2f} s once a graph and is no part of the figures above.
"""


def profiles(file: Path) -> str:
    """All finite profiles."""
    figures = part("profiles", file)
    hops = ", ".join(f"{name} {count}" for name, count in figures["hops"].items())
    return f"""## All finite profiles, 1 M / 5 M

Value and own echoes of {figures["listed"]:,} listed parties in every profile (hops: {hops}), each over all
5 M edges: best **{min(figures["s"]):.2f} s**, median {median(figures["s"]):.2f} s of five (bar: 1.5 s); the rows as seen from the
sender, once: {figures["turning_s"]:.2f} s.
"""


def explain(file: Path) -> str:
    """Contributions of listed parties to one firm."""
    figures = part("explain", file)
    hub_ms = figures["worst_hub_ms"]
    return f"""## Explanation of one firm, 1 M / 5 M

Who brings how much over three hops, by the adjoint. Random firms (1,000): median **{figures["median_ms"]:.2f} ms**,
99 of 100 within {figures["p99_ms"]:.1f} ms (bar: 50 ms). The firm with most sellers: **{hub_ms:.0f} ms** (bar: 2,500 ms).
Greatest gap between the sum of the contributions and the value: {figures["greatest_gap_of_sums"]:.0e} (bar: 1e-9).
"""


def change(file: Path) -> str:
    """One tie changed."""
    figures = part("change", file)
    rows = []
    for name, title in (("fixed_point_1e-06", "fixed point, residual 1e-6"), ("fixed_point_1e-08", "fixed point, residual 1e-8")):
        rows.append((title, figures[name], f"{figures[name]['bound']:.1e}", f"{figures[name]['greatest_error']:.1e}"))
    rows.append(("three hops", figures["three_hops"], "exact", ""))
    lines = [
        f"| {title} | **{signal['median_ms']:.2f}** | {signal['p99_ms']:.1f} | {signal['worst_ms']:.0f} | "
        f"{signal['edges_median']:,} | {signal['in_bulk']} | {bound} | {error} |"
        for title, signal, bound, error in rows
    ]
    return "\n".join([
        "## One tie changed, 1 M / 5 M", "",
        "A thousand times one tie's volume halved, doubled or removed: the whole column of its receiver changes.",
        f"Bars: median 5 ms, 99 of 100 within the time of a bulk solve ({figures['bulk_s']:.2f} s in this process).", "",
        "| signal | median ms | p99 ms | worst ms | edges, median | in bulk | bound told | greatest error after all |",
        "|---|---|---|---|---|---|---|---|", *lines, "",
    ])  # fmt: skip


def sizes(files: list[Path]) -> str:
    """Cost against size, with the slope and the picture."""
    figures_by_size = [part("size", file) for file in files]
    rows = [
        "| {nodes:,} | {edges:,} | {build_s:.2f} | {solve_s:.3f} | {solve_cpu_s:.3f} | {memory_gb:.2f} |".format(**figures)
        for figures in figures_by_size
    ]
    slope = _slope(figures_by_size, "solve_s"), _slope(figures_by_size, "solve_cpu_s")
    PICTURE.write_text(
        plot_svg(
            [(figures["edges"], figures["solve_cpu_s"]) for figures in figures_by_size],
            title=f"fixed point to 1e-8: CPU seconds, slope {slope[1]:.2f}",
            unit="edges",
        ),
        "utf-8",
    )
    return "\n".join([
        "## Cost against size", "",
        "Fixed point to 1e-8; build = columns into rows, ordered for the cache. Bar for 10 M / 50 M: 20 s, 3 GB.", "",
        "| nodes | edges | build s | solve s | solve CPU s | peak GB |", "|---|---|---|---|---|---|", *rows, "",
        f"Solving grows with the edges to the power of **{slope[0]:.2f}** ({slope[1]:.2f} in CPU time).", "",
        f"![CPU seconds against edges]({PICTURE.name})", "",
    ])  # fmt: skip


def beside(file: Path) -> str:
    """The same equations in igraph and networkx, in an environment made for it, and in GDS on the managed Neo4j."""
    graph = read(file)
    unit = np.zeros(graph.nodes)
    unit[peers.NODE] = 1.0
    kith_figures, value = part("adjoint", file), graph.transposed().fixed_point(unit)
    figures_by_engine = {**_measure_python_peers(file), "GDS": _measure_gds(graph)}
    rows = [f"| kith | {kith_figures['build_s']:.2f} | {kith_figures['solve_s']:.4f} | |"]
    rows += [_peer(name, figures, value) for name, figures in figures_by_engine.items() if "version" in figures]
    return "\n".join([
        f"## Beside igraph, networkx and GDS, {graph.nodes:,} nodes / {len(graph.sender):,} edges", "",
        "They know PageRank, which shares out by sender: asked from one node of the turned graph they give the adjoint",
        f"of the same matrix (keep {KEEP}). The last column: greatest difference from kith at the 50 greatest nodes.",
        f"Measured on {datetime.now(UTC).date()} by `python -m bench signals --part peers`, or as a part of the whole run.", "",
        "| engine | build s | solve s | difference |", "|---|---|---|---|", *rows, "",
        _describe_gds(figures_by_engine["GDS"]), "",
    ])  # fmt: skip


def _measure_python_peers(file: Path) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as work_folder:
        python = _environment(Path(work_folder))
        return {name: json.loads(measure(python, peers.__file__, str(file), name).output) for name in ("igraph", "networkx")}


def _measure_gds(graph: Graph) -> Figures:
    try:
        return gds.solve_adjoint(graph, peers.NODE)
    except StoreUnreachable as cause:
        return {"missing": f"GDS is not in the table: {cause}."}


def _peer(name: str, figures: Figures, value: Real) -> str:
    difference = float(np.abs(value[figures["top"]] / value[peers.NODE] - np.array(figures["values"])).max())
    return f"| {name} {figures['version']} | {figures['build_s']:.2f} | {figures['solve_s']:.2f} | {difference:.0e} |"


def _describe_gds(figures: Figures) -> str:
    """What lies behind the row of GDS, or why there is none."""
    if "missing" in figures:
        return str(figures["missing"])
    load_time, compute_time = f"{figures['loaded_s']:.0f} s", f"{figures['compute_s']:.2f} s"
    return "\n".join([
        f"GDS runs in the managed Neo4j {local_neo4j.VERSION}: build = its projection out of the database, after the ties",
        f"were loaded into it ({load_time}). It counts {compute_time} of the solving itself, the rest is the call:",
        f"{figures['rounds']} rounds, tolerance {gds.TOLERANCE:g}, two threads, the first call in a fresh server.",
    ])  # fmt: skip


def _environment(work_folder: Path) -> str:
    """A Python with the peers and nothing of kith."""
    measure(sys.executable, "-m", "venv", str(work_folder))
    python = str(work_folder / "bin" / "python")
    measure(python, "-m", "pip", "install", "--quiet", "igraph", "networkx", "numpy", "scipy")
    return python


def _slope(figures_by_size: list[Figures], cost_name: str) -> float:
    """The power of the edges that cost grows with: least squares over the logarithms."""
    edges, cost = (
        np.log([figures["edges"] for figures in figures_by_size]),
        np.log([max(figures[cost_name], 1e-6) for figures in figures_by_size]),
    )
    return float(np.polyfit(edges, cost, 1)[0]) if len(figures_by_size) > 1 else 1.0


def main(arguments: list[str]) -> str:
    """`signals [--part NAME …] …`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench signals", description=__doc__)
    parts: dict[str, Callable[[argparse.Namespace], str]] = {
        "fixed": lambda options: fixed(file_of(LARGE, options.graphs)),
        "profiles": lambda options: profiles(file_of(LARGE, options.graphs)),
        "explain": lambda options: explain(file_of(LARGE, options.graphs)),
        "change": lambda options: change(file_of(LARGE, options.graphs)),
        "sizes": lambda options: sizes([file_of(size, options.graphs) for size in options.sizes]),
        "peers": lambda options: beside(file_of(options.peers_nodes, options.graphs)),
    }
    parser.add_argument("--part", choices=[*parts], nargs="+", default=[*parts])
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES])
    parser.add_argument("--peers-nodes", type=int, default=PEERS_NODES)
    parser.add_argument("--graphs", type=Path, default=None, help="folder that holds, or shall hold, the graphs")
    options = parser.parse_args(arguments)
    command = " ".join(("python -m bench signals", *arguments))
    head = f"# Signals at size\n\n{describe_machine()}\n\n`{command}`\n"
    return "\n".join([head, *(parts[name](options) for name in options.part)])
