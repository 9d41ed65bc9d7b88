"""Loops run interpreted on a small network and compiled on a large one, with the same figures."""

import os
import subprocess
import sys
from pathlib import Path

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
    shared = (np.array([0, 0, 1, 2, 3]), np.zeros(3, np.int64), np.array([0, 3]), np.array([1, 2, 3], np.int32), np.array([0.1]))
    everyone = np.ones(4, np.bool_)
    answers = []
    for variant in (kernel.spread_from.plain, kernel.spread_from.native):
        room = (np.zeros((3, 4)), np.zeros((3, 4), np.int64), np.zeros((2, 4), np.bool_), np.zeros(1), np.zeros(1, np.int64))
        nodes, values = variant(rows, shared, everyone, np.ones((3, 4), np.bool_), *room, 0)
        answers.append((nodes.tolist(), values.tolist()))
        assert not any(room[place].any() for place in (0, 2, 3)), "the room is left as it was found"
    assert answers[0] == answers[1]


def test_a_walk_over_a_shared_value_brings_what_each_pair_of_sharers_would() -> None:
    members, hops, factor = 6, 3, 0.1
    pairs = factor * (np.ones((members, members)) - np.eye(members))
    wanted = sum(np.linalg.matrix_power(pairs, hop) for hop in range(hops + 1))[0]
    rows = (np.zeros(members + 1, np.int64), np.zeros(0, np.int32), np.zeros(0))
    every_member = np.arange(members)
    shared = (np.arange(members + 1), np.zeros(members, np.int64), np.array([0, members]), every_member, np.array([factor]))
    room = (
        np.zeros((3, members)), np.zeros((3, members), np.int64), np.zeros((2, members), np.bool_),
        np.zeros(1), np.zeros(1, np.int64),
    )  # fmt: skip
    takes = np.ones((hops, members), np.bool_)
    nodes, values = kernel.spread_from.plain(rows, shared, np.ones(members, np.bool_), takes, *room, 0)
    assert np.allclose(values, wanted[nodes], rtol=1e-14)
    assert sorted(nodes.tolist()) == every_member.tolist()


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


LOOP = """
import numpy as np
from graph.signals.compiled import compiled

@compiled
def total(values):
    result = 0.0
    for place in range(len(values)):
        result += values[place]
    return result

print(total.native(np.ones(3)), sum(total.native.stats.cache_misses.values()), sum(total.native.stats.cache_hits.values()))
"""


def run_twice(module: Path, caches: Path) -> list[str]:
    """What a module prints, run by two processes in turn; `caches` stands for the user's folder of caches."""
    module.write_text(LOOP, "utf-8")
    folders = {"XDG_CACHE_HOME": str(caches), "NUMBA_CACHE_DIR": "", "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [sys.executable, str(module)]
    return [
        subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | folders).stdout.strip()
        for _ in range(2)
    ]


def test_a_second_process_compiles_nothing(tmp_path: Path) -> None:
    assert run_twice(tmp_path / "loop.py", tmp_path / "caches") == ["3.0 1 0", "3.0 0 1"]
    assert list((tmp_path / "__pycache__").glob("*.nbi"))


def test_where_the_program_may_not_write_beside_itself_the_users_cache_holds_what_was_compiled(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").touch()  # No folder can be made there, whoever runs this.
    assert run_twice(tmp_path / "loop.py", tmp_path / "caches") == ["3.0 1 0", "3.0 0 1"]
    assert list((tmp_path / "caches").rglob("*.nbi"))


def test_where_nothing_can_be_kept_it_is_compiled_each_time(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").touch()
    (tmp_path / "caches").touch()
    assert run_twice(tmp_path / "loop.py", tmp_path / "caches") == ["3.0 1 0", "3.0 1 0"]
