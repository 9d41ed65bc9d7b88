"""Whole rounds of an operator, with rows divided among threads and nodes in a cache-friendly order."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.signals import kernel
from graph.signals.kernel import Array, Real, Rows, Shared

THREADS_MAX = 8
EDGES_PER_THREAD = 100_000  # Below, starting a thread takes longer than the rows do.


@dataclass(frozen=True)
class Rounds:
    """C^T as arrays: one round is `base + C^T state`."""

    rows: Rows
    shared: Shared
    receives: NDArray[np.bool_]
    scale: Real

    @contextmanager
    def running(self) -> Iterator["Running"]:
        """Threads for as long as the block lasts; none where the graph is small."""
        edges = len(self.rows[1])
        threads = max(1, min(THREADS_MAX, os.cpu_count() or 1, edges // EDGES_PER_THREAD))
        if threads == 1:
            yield Running(self, None, self._parts(1))
            return
        with ThreadPoolExecutor(threads - 1) as executor:
            yield Running(self, executor, self._parts(threads))

    def _parts(self, threads: int) -> list[tuple[int, int]]:
        """Ranges of nodes with about as many edges each."""
        starts = self.rows[0]
        cuts = np.searchsorted(starts, np.linspace(0, starts[-1], threads + 1)[1:-1]).tolist()
        bounds = [0, *cuts, len(starts) - 1]
        return list(pairwise(bounds))


@dataclass(frozen=True)
class Running:
    """Rounds with their threads at hand."""

    rounds: Rounds
    executor: ThreadPoolExecutor | None
    parts: list[tuple[int, int]]

    def round(self, state: Real, base: Real, out: Real) -> float:
        """`out = base + C^T state`; returns the greatest change of any node."""
        r = self.rounds
        if len(r.shared[4]):
            base = base.copy()
            kernel.add_shared_values(r.shared, r.receives, r.scale, state, base)
        arguments = (r.rows, r.scale, state, base, out)
        futures = [self.executor.submit(kernel.pull, *arguments, *part) for part in self.parts[1:]] if self.executor else []
        worst = kernel.pull(*arguments, *self.parts[0])
        return float(max([worst, *(future.result() for future in futures)]))

    def settle(self, seeds: Real, *, tolerance: float, rounds_max: int, start: Real | None = None) -> Real:
        """The b of `b = seeds + C^T b`: until no node changes by more than `tolerance`.

        `start` is any guess; without one it is the seeds.
        """
        state, out = (seeds if start is None else start).copy(), np.empty(len(seeds))
        for _ in range(rounds_max):
            worst = self.round(state, seeds, out)
            state, out = out, state
            if worst <= tolerance:
                break
        return state


def cache_order(rows: Rows) -> tuple[Array, Array]:
    """An order of nodes for whole rounds, and the rank of each node in it.

    Busy senders come first, in classes of doubling degree: what is read most lies close together. Within a class rows go
    by length, so that the processor foresees where each ends. Measured at 1 M nodes and 5 M edges: 0.6 to 0.75 of the time.
    """
    count = len(rows[0]) - 1
    out_degree = np.bincount(rows[1], minlength=count)
    busy = np.uint16(32) - np.frexp(out_degree.astype(np.float32))[1].astype(np.uint16)
    long = np.minimum(np.diff(rows[0]), 255).astype(np.uint16)
    order = np.argsort((busy << np.uint16(8)) | long, kind="stable").astype(np.int32)
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    return order, rank
