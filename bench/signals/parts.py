"""The measurements, each in a process of its own: python -m bench.signals.parts NAME GRAPH prints one JSON object."""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
from scipy import sparse

from bench.signals.graphs import KEEP, Graph, read
from graph.network.links import Real
from graph.signals.incremental import FiniteSum, FixedPoint
from graph.signals.mutable_edges import mutable_ties
from graph.signals.operator import ARRANGED_FROM_EDGES, Operator
from ontology.rulebook import default_rulebook

TOLERANCE = 1e-8
REPEATS = 5
Figures = dict[str, Any]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of a call."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def in_scipy(operator: Operator) -> sparse.csr_matrix:
    """The same operator as a matrix of scipy."""
    e = operator.edges
    values = e.coefficients * np.repeat(e.scale, np.diff(e.starts))
    count = len(e.receives)
    return sparse.csr_matrix((values, e.senders, e.starts.astype(np.int32)), shape=(count, count))


def solved_by_scipy(matrix: sparse.csr_matrix, seeds: Real) -> Real:
    """The fixed point, stopped as the kernel stops: when no node changes by more than the tolerance."""
    held = seeds
    while True:
        new = matrix @ held
        new += seeds
        worst = float(np.abs(new - held).max())
        held = new
        if worst <= TOLERANCE:
            return held


def fixed(graph: Graph) -> Figures:
    """Kernel and scipy in turns, so that both meet the same weather; the best and the median of each."""
    operator, seeds = graph.operator(), graph.seeds
    build_s = timed(lambda: operator.arranged)[0]
    matrix = in_scipy(operator)
    operator.fixed_point(seeds, tolerance=0.1)
    turns = [
        (timed(lambda: solved_by_scipy(matrix, seeds)), timed(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE)))
        for _ in range(REPEATS)
    ]
    apart = np.abs(operator.fixed_point(seeds, tolerance=TOLERANCE) - solved_by_scipy(matrix, seeds)).max()
    return {
        "scipy_s": [round(one[0], 3) for one, _ in turns],
        "kith_s": [round(one[0], 3) for _, one in turns],
        "scipy_cpu_s": [round(one[1], 3) for one, _ in turns],
        "kith_cpu_s": [round(one[1], 3) for _, one in turns],
        "arranged_s": round(build_s, 3),
        "greatest_difference": float(apart),
    }


def size(graph: Graph) -> Figures:
    """Seconds to build the operator and to solve it twice, the better one; memory of the whole process."""
    operators: list[Operator] = []
    build_s, _ = timed(lambda: operators.append(graph.operator()))
    operator, seeds, nodes, edges = operators[0], graph.seeds, graph.nodes, len(graph.sender)
    graph.forget()
    order_s = 0.0 if edges < ARRANGED_FROM_EDGES else timed(lambda: operator.arranged)[0]
    operator.fixed_point(seeds, tolerance=0.1)
    runs = [timed(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE)) for _ in range(2)]
    return {
        "nodes": nodes,
        "edges": edges,
        "build_s": round(build_s + order_s, 3),
        "solve_s": round(min(one[0] for one in runs), 4),
        "solve_cpu_s": round(min(one[1] for one in runs), 4),
        "memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 2),
    }


def profiles(graph: Graph) -> Figures:
    """Value and own echoes of every finite profile of the rulebook, each over all edges and as far as it reaches."""
    operator, seeds = graph.operator(0.5), graph.seeds
    listed = np.flatnonzero(seeds)
    hops = {name: one.max_hops or 0 for name, one in default_rulebook().profiles.items() if one.mode == "exposure"}
    plain = Operator(replace(operator.edges, coefficients=_scaled(operator), scale=np.ones(graph.nodes)))

    def all_profiles() -> None:
        for reach in hops.values():
            plain.finite(seeds, reach)
            plain.echoes(listed, reach)

    ready_s, _ = timed(lambda: (plain.outward, plain.shared))
    plain.echoes(listed[:10], 3)
    runs = [timed(all_profiles) for _ in range(REPEATS)]
    return {"hops": hops, "listed": len(listed), "s": [round(one[0], 3) for one in runs], "turning_s": round(ready_s, 3)}


def explain(graph: Graph) -> Figures:
    """Who brings how much to one firm over three hops, by the adjoint: for random firms and for the firm with most sellers."""
    operator, seeds = graph.operator(0.5), graph.seeds
    plain = Operator(replace(operator.edges, coefficients=_scaled(operator), scale=np.ones(graph.nodes)))
    value = plain.finite(seeds, 3)
    firms = np.random.default_rng(2).integers(0, graph.nodes, 1000).tolist()
    plain.reach_into(firms[0], 3)
    gaps, took = [], []
    for firm in [*firms, int(np.bincount(graph.receiver, minlength=graph.nodes).argmax())]:
        began = perf_counter()
        nodes, brought = plain.reach_into(firm, 3)
        told = brought * seeds[nodes]
        took.append(perf_counter() - began)
        gaps.append(abs(float(told.sum()) - float(value[firm])))
    return {
        "median_ms": round(1000 * median(took[:-1]), 3),
        "p99_ms": round(1000 * float(np.quantile(took[:-1], 0.99)), 2),
        "worst_hub_ms": round(1000 * took[-1], 1),
        "greatest_gap_of_sums": max(gaps),
    }


def change(graph: Graph) -> Figures:
    """One tie's volume changed, removed or added: the whole column of its receiver changes. Residual of 1e-6 and 1e-8."""
    operator, seeds = graph.operator(), graph.seeds
    bulk_s, _ = timed(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE))
    found: Figures = {"bulk_s": round(bulk_s, 3)}
    for tolerance in (1e-6, TOLERANCE):
        ties = mutable_ties(operator, seeds)
        kept = FixedPoint(ties, operator.fixed_point(seeds, tolerance=tolerance / 10), keep=KEEP, tolerance=tolerance)
        kept.settle()
        found[f"fixed_point_{tolerance:g}"] = _changes(graph, ties, kept)
        solved = ties.rounds
        with solved.running() as run:
            bulk = run.settle(ties.seeds, tolerance=1e-12, rounds_max=2000)
        found[f"fixed_point_{tolerance:g}"]["greatest_error"] = float(np.abs(bulk - kept.x).max())
    ties = mutable_ties(operator, seeds)
    found["three_hops"] = _changes(graph, ties, FiniteSum(ties, 3))
    return found


def adjoint(graph: Graph) -> Figures:
    """`y = e + C y` from one node, as the peers are asked: the transpose built anew, then solved; the better of three."""
    operators: list[Operator] = []
    build_s, _ = timed(lambda: operators.append(graph.turned()))
    unit = np.zeros(graph.nodes)
    unit[0] = 1.0
    operators[0].fixed_point(unit, tolerance=0.1)
    runs = [timed(lambda: operators[0].fixed_point(unit, tolerance=TOLERANCE))[0] for _ in range(3)]
    return {"build_s": round(build_s, 3), "solve_s": round(min(runs), 4)}


def _changes(graph: Graph, ties: Any, kept: FixedPoint | FiniteSum) -> Figures:
    dice = np.random.default_rng(3)
    bought = np.bincount(graph.receiver, graph.volume, graph.nodes)
    took, updates = [], []
    for place in dice.integers(0, len(graph.sender), 1000).tolist():
        sender, receiver, volume = int(graph.sender[place]), int(graph.receiver[place]), float(graph.volume[place])
        factor = float(dice.choice([0.0, 0.5, 2.0]))
        began = perf_counter()
        bought[receiver] += volume * (factor - 1)
        ties.set_tie(sender, receiver, volume * factor)
        ties.set_scale(receiver, KEEP / max(float(bought[receiver]), 1e-300) if bought[receiver] > 1e-9 else 0.0)
        updates.append(kept.settle())
        took.append(perf_counter() - began)
        graph.volume[place] = volume * factor
    return {
        "median_ms": round(1000 * median(took), 3),
        "p99_ms": round(1000 * float(np.quantile(took, 0.99)), 2),
        "worst_ms": round(1000 * max(took), 1),
        "edges_median": int(median(one.edges for one in updates)),
        "in_bulk": sum(one.bulk for one in updates),
        "bound": max(one.bound for one in updates),
    }


def _scaled(operator: Operator) -> Real:
    e = operator.edges
    return np.asarray(e.coefficients * np.repeat(e.scale, np.diff(e.starts)))


PARTS: dict[str, Callable[[Graph], Figures]] = {
    "fixed": fixed, "size": size, "profiles": profiles, "explain": explain, "change": change,
    "adjoint": adjoint,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](read(Path(sys.argv[2])))))
