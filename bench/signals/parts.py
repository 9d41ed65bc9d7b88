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


def time_call(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of a call."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def to_scipy(operator: Operator) -> sparse.csr_matrix:
    """The same operator as a matrix of scipy."""
    e = operator.edges
    values = e.coefficients * np.repeat(e.scale, np.diff(e.starts))
    count = len(e.receives)
    return sparse.csr_matrix((values, e.senders, e.starts.astype(np.int32)), shape=(count, count))


def solve_by_scipy(matrix: sparse.csr_matrix, seeds: Real) -> Real:
    """The fixed point, stopped as the kernel stops: when no node changes by more than the tolerance."""
    previous = seeds
    while True:
        current = matrix @ previous
        current += seeds
        worst = float(np.abs(current - previous).max())
        previous = current
        if worst <= TOLERANCE:
            return previous


def fixed(graph: Graph) -> Figures:
    """Kernel and scipy in turns, so that both meet the same weather; the best and the median of each."""
    operator, seeds = graph.operator(), graph.seeds
    build_s = time_call(lambda: operator.arranged)[0]
    matrix = to_scipy(operator)
    operator.fixed_point(seeds, tolerance=0.1)
    turns = [
        (time_call(lambda: solve_by_scipy(matrix, seeds)), time_call(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE)))
        for _ in range(REPEATS)
    ]
    difference = np.abs(operator.fixed_point(seeds, tolerance=TOLERANCE) - solve_by_scipy(matrix, seeds)).max()
    return {
        "scipy_s": [round(scipy_time[0], 3) for scipy_time, _ in turns],
        "kith_s": [round(kith_time[0], 3) for _, kith_time in turns],
        "scipy_cpu_s": [round(scipy_time[1], 3) for scipy_time, _ in turns],
        "kith_cpu_s": [round(kith_time[1], 3) for _, kith_time in turns],
        "arranged_s": round(build_s, 3),
        "greatest_difference": float(difference),
    }


def size(graph: Graph) -> Figures:
    """Seconds to build the operator and to solve it twice, the better one; memory of the whole process."""
    operators: list[Operator] = []
    build_s, _ = time_call(lambda: operators.append(graph.operator()))
    operator, seeds, nodes, edges = operators[0], graph.seeds, graph.nodes, len(graph.sender)
    graph.forget()
    order_s = 0.0 if edges < ARRANGED_FROM_EDGES else time_call(lambda: operator.arranged)[0]
    operator.fixed_point(seeds, tolerance=0.1)
    runs = [time_call(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE)) for _ in range(2)]
    return {
        "nodes": nodes,
        "edges": edges,
        "build_s": round(build_s + order_s, 3),
        "solve_s": round(min(run_time[0] for run_time in runs), 4),
        "solve_cpu_s": round(min(run_time[1] for run_time in runs), 4),
        "memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 2),
    }


def profiles(graph: Graph) -> Figures:
    """Value and own echoes of every finite profile of the rulebook, each over all edges and as far as it reaches."""
    operator, seeds = graph.operator(0.5), graph.seeds
    listed = np.flatnonzero(seeds)
    hops = {name: profile.max_hops or 0 for name, profile in default_rulebook().profiles.items() if profile.mode == "exposure"}
    plain = Operator(replace(operator.edges, coefficients=_scaled(operator), scale=np.ones(graph.nodes)))

    def all_profiles() -> None:
        for reach in hops.values():
            plain.finite(seeds, reach)
            plain.echoes(listed, reach)

    ready_s, _ = time_call(lambda: (plain.outward, plain.shared))
    plain.echoes(listed[:10], 3)
    runs = [time_call(all_profiles) for _ in range(REPEATS)]
    return {
        "hops": hops,
        "listed": len(listed),
        "s": [round(run_time[0], 3) for run_time in runs],
        "turning_s": round(ready_s, 3),
    }


def explain(graph: Graph) -> Figures:
    """Who brings how much to one firm over three hops, by the adjoint: for random firms and for the firm with most sellers."""
    operator, seeds = graph.operator(0.5), graph.seeds
    plain = Operator(replace(operator.edges, coefficients=_scaled(operator), scale=np.ones(graph.nodes)))
    value = plain.finite(seeds, 3)
    firms = np.random.default_rng(2).integers(0, graph.nodes, 1000).tolist()
    anywhere = np.ones((3, graph.nodes), np.bool_)
    plain.reach_into(firms[0], anywhere)
    gaps, times = [], []
    for firm in [*firms, int(np.bincount(graph.receiver, minlength=graph.nodes).argmax())]:
        started = perf_counter()
        nodes, brought = plain.reach_into(firm, anywhere)
        contributions = brought * seeds[nodes]
        times.append(perf_counter() - started)
        gaps.append(abs(float(contributions.sum()) - float(value[firm])))
    return {
        "median_ms": round(1000 * median(times[:-1]), 3),
        "p99_ms": round(1000 * float(np.quantile(times[:-1], 0.99)), 2),
        "worst_hub_ms": round(1000 * times[-1], 1),
        "greatest_gap_of_sums": max(gaps),
    }


def change(graph: Graph) -> Figures:
    """One tie's volume changed, removed or added: the whole column of its receiver changes. Residual of 1e-6 and 1e-8."""
    operator, seeds = graph.operator(), graph.seeds
    bulk_s, _ = time_call(lambda: operator.fixed_point(seeds, tolerance=TOLERANCE))
    figures: Figures = {"bulk_s": round(bulk_s, 3)}
    for tolerance in (1e-6, TOLERANCE):
        ties = mutable_ties(operator, seeds)
        fixed_point = FixedPoint(ties, operator.fixed_point(seeds, tolerance=tolerance / 10), keep=KEEP, tolerance=tolerance)
        fixed_point.settle()
        figures[f"fixed_point_{tolerance:g}"] = _changes(graph, ties, fixed_point)
        solved = ties.rounds
        with solved.running() as run:
            bulk = run.settle(ties.seeds, tolerance=1e-12, rounds_max=2000)
        figures[f"fixed_point_{tolerance:g}"]["greatest_error"] = float(np.abs(bulk - fixed_point.x).max())
    ties = mutable_ties(operator, seeds)
    figures["three_hops"] = _changes(graph, ties, FiniteSum(ties, 3))
    return figures


def adjoint(graph: Graph) -> Figures:
    """`y = e + C y` from one node, as the peers are asked: the transpose built anew, then solved; the better of three."""
    operators: list[Operator] = []
    build_s, _ = time_call(lambda: operators.append(graph.transposed()))
    unit = np.zeros(graph.nodes)
    unit[0] = 1.0
    operators[0].fixed_point(unit, tolerance=0.1)
    runs = [time_call(lambda: operators[0].fixed_point(unit, tolerance=TOLERANCE))[0] for _ in range(3)]
    return {"build_s": round(build_s, 3), "solve_s": round(min(runs), 4)}


def _changes(graph: Graph, ties: Any, solver: FixedPoint | FiniteSum) -> Figures:
    rng = np.random.default_rng(3)
    bought = np.bincount(graph.receiver, graph.volume, graph.nodes)
    times, updates = [], []
    for tie in rng.integers(0, len(graph.sender), 1000).tolist():
        sender, receiver, volume = int(graph.sender[tie]), int(graph.receiver[tie]), float(graph.volume[tie])
        factor = float(rng.choice([0.0, 0.5, 2.0]))
        started = perf_counter()
        bought[receiver] += volume * (factor - 1)
        ties.set_tie(sender, receiver, volume * factor)
        ties.set_scale(receiver, KEEP / max(float(bought[receiver]), 1e-300) if bought[receiver] > 1e-9 else 0.0)
        updates.append(solver.settle())
        times.append(perf_counter() - started)
        graph.volume[tie] = volume * factor
    return {
        "median_ms": round(1000 * median(times), 3),
        "p99_ms": round(1000 * float(np.quantile(times, 0.99)), 2),
        "worst_ms": round(1000 * max(times), 1),
        "edges_median": int(median(update.edges for update in updates)),
        "in_bulk": sum(update.bulk for update in updates),
        "bound": max(update.bound for update in updates),
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
