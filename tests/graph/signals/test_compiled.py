"""Loops run interpreted on a small network and compiled on a large one, with the same figures."""

import subprocess
import sys

import numpy as np
import pytest

from graph.signals import kernel
from graph.signals.compiled import PLAIN_MAX, Compiled, compiled


@compiled
def halved(values: np.ndarray, out: np.ndarray) -> float:  # type: ignore[type-arg]
    """Write half of each value; the sum of what is written."""
    total = 0.0
    for place in range(len(values)):
        out[place] = values[place] / 2
        total += out[place]
    return total


@compiled
def quartered(values: np.ndarray, out: np.ndarray) -> float:  # type: ignore[type-arg]
    """Half of the half."""
    halved(values, out)
    return halved(out, out)


@pytest.mark.parametrize("function", [halved, quartered])
def test_both_ways_give_the_same_figures_to_the_last_bit(function: Compiled) -> None:  # type: ignore[type-arg]
    values = np.random.default_rng(7).normal(size=501)
    plain, native = np.zeros(501), np.zeros(501)
    assert function.plain(values, plain) == function.native(values, native)
    assert plain.tolist() == native.tolist()


def test_a_walk_of_the_kernel_is_the_same_interpreted_and_compiled() -> None:
    starts = np.array([0, 2, 3, 4, 4], np.int64)
    rows = (starts, np.array([1, 2, 3, 3], np.int32), np.array([0.5, 0.25, 0.5, 0.125]))
    empty = (np.zeros(5, np.int64), np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0))
    everyone = np.ones(4, np.bool_)
    answers = []
    for variant in (kernel.spread_from.plain, kernel.spread_from.native):
        room = (np.zeros((3, 4)), np.zeros((3, 4), np.int64), np.zeros((2, 4), np.bool_))
        nodes, values = variant(rows, empty, everyone, everyone, *room, 0, 3)
        answers.append((nodes.tolist(), values.tolist()))
    assert answers[0] == answers[1]


SCRIPT = """
import sys, numpy as np
from graph.signals.residual_push import position_in_row
starts = np.zeros({size}, np.int64)
position_in_row((starts, starts, starts, starts), 0, 1)
print("numba" in sys.modules)
"""


@pytest.mark.parametrize(("size", "loaded"), [(PLAIN_MAX // 8, "False"), (PLAIN_MAX, "True")])
def test_numba_is_loaded_where_there_is_enough_to_do(size: int, loaded: str) -> None:
    process = subprocess.run([sys.executable, "-c", SCRIPT.format(size=size)], capture_output=True, text=True, check=True)
    assert process.stdout.strip() == loaded
