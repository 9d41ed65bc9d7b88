"""One target under attack: a child tries input after input, and is replaced where it ends, hangs or takes too much memory."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, cast

INPUT_S = 30.0
START_S = 120.0  # A busy machine loads libraries slowly.
FINDINGS_MAX = 20  # Of one target: after so many it is clear enough.


@dataclass
class Campaign:
    """What came of one target."""

    name: str
    inputs: int = 0
    taken: int = 0
    refused: int = 0
    tracebacks: int = 0
    aborts: int = 0
    hangs: int = 0
    slowest_s: float = 0.0
    memory_mb: int = 0
    findings: list[str] = field(default_factory=list)


def run_campaign(
    module: str, name: str, *, seconds: float, seed: int, keep: Path, inputs_max: int = 1 << 40, first: int = 0
) -> Campaign:
    """Attack a target until the time is over, or so many inputs were tried; the n-th input of a seed is always the same.

    keep: folder that inputs are written to which are findings.
    """
    done, ends, at = Campaign(name), time.monotonic() + seconds, first
    while time.monotonic() < ends and done.inputs < inputs_max and len(done.findings) < FINDINGS_MAX:
        child = _Child(module, name, seed, at, inputs_max - done.inputs, keep)
        try:
            at = _follow(child, done, ends, at)
        finally:
            child.end()
    for kept in keep.glob(f"{name}-{seed}-{at}-*"):  # At work when the time was over: no finding.
        kept.unlink()
    return done


class _Child:
    """The process that tries inputs, heard line by line."""

    def __init__(self, *told: object) -> None:
        """told: module, target, seed, number of the first input, how many, folder for findings."""
        command = [sys.executable, "-m", "bench.fuzz.child", *map(str, told)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._last: list[str] = []
        self._threads = [Thread(target=self._listen), Thread(target=self._hear_trouble)]
        for thread in self._threads:
            thread.start()

    def next(self, timeout_s: float) -> dict[str, object] | None:
        """What it says next; None where it ended. Raises Empty where it says nothing for so long."""
        line = self._lines.get(timeout=timeout_s)
        return json.loads(line) if line else None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()

    @property
    def last_words(self) -> str:
        return " ".join(self._last[-2:])[-300:]

    def _listen(self) -> None:
        for line in cast(IO[str], self.process.stdout):
            self._lines.put(line)
        self._lines.put("")

    def _hear_trouble(self) -> None:
        for line in cast(IO[str], self.process.stderr):
            self._last = [*self._last[-1:], line.strip()]


def _follow(child: _Child, done: Campaign, ends: float, at: int) -> int:
    """Count what a child says until it ends; returns the number of the next input."""
    wait_s = START_S
    while time.monotonic() < ends and len(done.findings) < FINDINGS_MAX:
        try:
            said = child.next(wait_s)
        except Empty:
            done.hangs += 1
            done.findings.append(f"input {at} took longer than {wait_s:g} s")
            return at + 1
        if said is None:
            if child.process.wait() != 0:
                done.aborts += 1
                done.findings.append(f"input {at} ended the process ({child.process.returncode}): {child.last_words}")
                return at + 1
            return at
        at, wait_s = _count(said, done, at), INPUT_S
    return at


def _count(said: dict[str, object], done: Campaign, at: int) -> int:
    if "outcome" not in said:
        return int(cast(int, said["trying"]))
    outcome = str(said["outcome"])
    done.inputs += 1
    done.taken += outcome == "taken"
    done.refused += outcome not in ("taken", "traceback")
    done.slowest_s = max(done.slowest_s, float(cast(float, said["seconds"])))
    done.memory_mb = max(done.memory_mb, int(cast(int, said["memory_mb"])))
    if outcome == "traceback":
        done.tracebacks += 1
        done.findings.append(f"input {at}: {said['told']}")
    return at + 1
