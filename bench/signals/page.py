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

from bench.machine import described
from bench.processes import measure
from bench.signals import gds, peers
from bench.signals.graphs import KEEP, Graph, file_of, read
from bench.signals.plot import plotted
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
    f = part("fixed", file)
    best, other, cpu, other_cpu = min(f["kith_s"]), min(f["scipy_s"]), min(f["kith_cpu_s"]), min(f["scipy_cpu_s"])
    middle, other_middle = median(f["kith_s"]), median(f["scipy_s"])
    ratios = [one / two for one, two in zip(f["kith_s"], f["scipy_s"], strict=True)]
    return f"""## Fixed point, 1 M nodes / 5 M edges, tolerance 1e-8

Five turns of each, one after the other; stopped when no node changes by more than the tolerance.

| engine | best s | median s | best CPU s | best, of scipy |
|---|---|---|---|---|
| scipy (CSR times vector) | {other:.2f} | {other_middle:.2f} | {other_cpu:.2f} | 1.00 |
| kith (bar: 0.65) | {best:.2f} | {middle:.2f} | {cpu:.2f} | **{best / other:.2f}** (turns: {median(ratios):.2f}) |

Greatest difference between the two answers: {f["greatest_difference"]:.0e}. Putting the nodes in an order that suits the
cache takes {f["arranged_s"]:.2f} s once a graph and is no part of the figures above.
"""


def profiles(file: Path) -> str:
    """All finite profiles."""
    f = part("profiles", file)
    hops = ", ".join(f"{name} {count}" for name, count in f["hops"].items())
    return f"""## All finite profiles, 1 M / 5 M

Value and own echoes of {f["listed"]:,} listed parties in every profile (hops: {hops}), each over all
5 M edges: best **{min(f["s"]):.2f} s**, median {median(f["s"]):.2f} s of five (bar: 1.5 s); the rows as seen from the
sender, once: {f["turning_s"]:.2f} s.
"""


def explain(file: Path) -> str:
    """Contributions of listed parties to one firm."""
    f = part("explain", file)
    return f"""## Explanation of one firm, 1 M / 5 M

Who brings how much over three hops, by the adjoint. Random firms (1,000): median **{f["median_ms"]:.2f} ms**,
99 of 100 within {f["p99_ms"]:.1f} ms (bar: 50 ms). The firm with most sellers: **{f["worst_hub_ms"]:.0f} ms** (bar: 2,500 ms).
Greatest gap between the sum of the contributions and the value: {f["greatest_gap_of_sums"]:.0e} (bar: 1e-9).
"""


def change(file: Path) -> str:
    """One tie changed."""
    f = part("change", file)
    rows = []
    for name, told in (("fixed_point_1e-06", "fixed point, residual 1e-6"), ("fixed_point_1e-08", "fixed point, residual 1e-8")):
        rows.append((told, f[name], f"{f[name]['bound']:.1e}", f"{f[name]['greatest_error']:.1e}"))
    rows.append(("three hops", f["three_hops"], "exact", ""))
    lines = [
        f"| {told} | **{one['median_ms']:.2f}** | {one['p99_ms']:.1f} | {one['worst_ms']:.0f} | {one['edges_median']:,} | "
        f"{one['in_bulk']} | {bound} | {error} |"
        for told, one, bound, error in rows
    ]
    return "\n".join([
        "## One tie changed, 1 M / 5 M", "",
        "A thousand times one tie's volume halved, doubled or removed: the whole column of its receiver changes.",
        f"Bars: median 5 ms, 99 of 100 within the time of a bulk solve ({f['bulk_s']:.2f} s in this process).", "",
        "| signal | median ms | p99 ms | worst ms | edges, median | in bulk | bound told | greatest error after all |",
        "|---|---|---|---|---|---|---|---|", *lines, "",
    ])  # fmt: skip


def sizes(files: list[Path]) -> str:
    """Cost against size, with the slope and the picture."""
    found = [part("size", file) for file in files]
    rows = [
        "| {nodes:,} | {edges:,} | {build_s:.2f} | {solve_s:.3f} | {solve_cpu_s:.3f} | {memory_gb:.2f} |".format(**f)
        for f in found
    ]
    slope = _slope(found, "solve_s"), _slope(found, "solve_cpu_s")
    PICTURE.write_text(plotted([(f["edges"], f["solve_cpu_s"]) for f in found], slope=slope[1]), "utf-8")
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
    timed, value = part("adjoint", file), graph.turned().fixed_point(unit)
    told = {**_by_python(file), "GDS": _by_gds(graph)}
    rows = [f"| kith | {timed['build_s']:.2f} | {timed['solve_s']:.4f} | |"]
    rows += [_peer(name, one, value) for name, one in told.items() if "version" in one]
    return "\n".join([
        f"## Beside igraph, networkx and GDS, {graph.nodes:,} nodes / {len(graph.sender):,} edges", "",
        "They know PageRank, which shares out by sender: asked from one node of the turned graph they give the adjoint",
        f"of the same matrix (keep {KEEP}). The last column: greatest difference from kith at the 50 greatest nodes.",
        f"Measured on {datetime.now(UTC).date()} by `python -m bench signals --part peers`, or as a part of the whole run.", "",
        "| engine | build s | solve s | difference |", "|---|---|---|---|", *rows, "", _of_gds(told["GDS"]), "",
    ])  # fmt: skip


def _by_python(file: Path) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as place:
        python = _environment(Path(place))
        return {name: json.loads(measure(python, peers.__file__, str(file), name).output) for name in ("igraph", "networkx")}


def _by_gds(graph: Graph) -> Figures:
    try:
        return gds.asked(graph, peers.NODE)
    except StoreUnreachable as cause:
        return {"missing": f"GDS is not in the table: {cause}."}


def _peer(name: str, one: Figures, value: Real) -> str:
    apart = float(np.abs(value[one["top"]] / value[peers.NODE] - np.array(one["values"])).max())
    return f"| {name} {one['version']} | {one['build_s']:.2f} | {one['solve_s']:.2f} | {apart:.0e} |"


def _of_gds(one: Figures) -> str:
    """What lies behind the row of GDS, or why there is none."""
    if "missing" in one:
        return str(one["missing"])
    loaded, counted = f"{one['loaded_s']:.0f} s", f"{one['compute_s']:.2f} s"
    return "\n".join([
        f"GDS runs in the managed Neo4j {local_neo4j.VERSION}: build = its projection out of the database, after the ties",
        f"were loaded into it ({loaded}). It counts {counted} of the solving itself, the rest is the call:",
        f"{one['rounds']} rounds, tolerance {gds.TOLERANCE:g}, two threads, the first call in a fresh server.",
    ])  # fmt: skip


def _environment(place: Path) -> str:
    """A Python with the peers and nothing of kith."""
    measure(sys.executable, "-m", "venv", str(place))
    python = str(place / "bin" / "python")
    measure(python, "-m", "pip", "install", "--quiet", "igraph", "networkx", "numpy", "scipy")
    return python


def _slope(found: list[Figures], what: str) -> float:
    """The power of the edges that cost grows with: least squares over the logarithms."""
    edges, cost = np.log([f["edges"] for f in found]), np.log([max(f[what], 1e-6) for f in found])
    return float(np.polyfit(edges, cost, 1)[0]) if len(found) > 1 else 1.0


def main(words: list[str]) -> str:
    """`signals [--part NAME …] …`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench signals", description=__doc__)
    parts: dict[str, Callable[[argparse.Namespace], str]] = {
        "fixed": lambda given: fixed(file_of(LARGE, given.graphs)),
        "profiles": lambda given: profiles(file_of(LARGE, given.graphs)),
        "explain": lambda given: explain(file_of(LARGE, given.graphs)),
        "change": lambda given: change(file_of(LARGE, given.graphs)),
        "sizes": lambda given: sizes([file_of(size, given.graphs) for size in given.sizes]),
        "peers": lambda given: beside(file_of(given.peers_nodes, given.graphs)),
    }
    parser.add_argument("--part", choices=[*parts], nargs="+", default=[*parts])
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES])
    parser.add_argument("--peers-nodes", type=int, default=PEERS_NODES)
    parser.add_argument("--graphs", type=Path, default=None, help="folder that holds, or shall hold, the graphs")
    given = parser.parse_args(words)
    head = f"# Signals at size\n\n{described()}\n\n`python -m bench signals{' ' + ' '.join(words) if words else ''}`\n"
    return "\n".join([head, *(parts[name](given) for name in given.part)])
