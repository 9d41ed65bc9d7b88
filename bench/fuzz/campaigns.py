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
    campaign, deadline, number = Campaign(name), time.monotonic() + seconds, first
    while time.monotonic() < deadline and campaign.inputs < inputs_max and len(campaign.findings) < FINDINGS_MAX:
        child = _Child(module, name, seed, number, inputs_max - campaign.inputs, keep)
        try:
            number = _follow(child, campaign, deadline, number)
        finally:
            child.end()
    for input_file in keep.glob(f"{name}-{seed}-{number}-*"):  # At work when the time was over: no finding.
        input_file.unlink()
    return campaign


class _Child:
    """The process that tries inputs, heard line by line."""

    def __init__(self, *arguments: object) -> None:
        """arguments: module, target, seed, number of the first input, how many, folder for findings."""
        command = [sys.executable, "-m", "bench.fuzz.child", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._last: list[str] = []
        self._threads = [Thread(target=self._read_lines), Thread(target=self._read_errors)]
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

    def _read_lines(self) -> None:
        for line in cast(IO[str], self.process.stdout):
            self._lines.put(line)
        self._lines.put("")

    def _read_errors(self) -> None:
        for line in cast(IO[str], self.process.stderr):
            self._last = [*self._last[-1:], line.strip()]


def _follow(child: _Child, campaign: Campaign, deadline: float, number: int) -> int:
    """Count what a child says until it ends; returns the number of the next input."""
    wait_s = START_S
    while time.monotonic() < deadline and len(campaign.findings) < FINDINGS_MAX:
        try:
            message = child.next(wait_s)
        except Empty:
            campaign.hangs += 1
            campaign.findings.append(f"input {number} took longer than {wait_s:g} s")
            return number + 1
        if message is None:
            if child.process.wait() != 0:
                campaign.aborts += 1
                campaign.findings.append(f"input {number} ended the process ({child.process.returncode}): {child.last_words}")
                return number + 1
            return number
        number, wait_s = _count(message, campaign, number), INPUT_S
    return number


def _count(message: dict[str, object], campaign: Campaign, number: int) -> int:
    if "outcome" not in message:
        return int(cast(int, message["trying"]))
    outcome = str(message["outcome"])
    campaign.inputs += 1
    campaign.taken += outcome == "taken"
    campaign.refused += outcome not in ("taken", "traceback")
    campaign.slowest_s = max(campaign.slowest_s, float(cast(float, message["seconds"])))
    campaign.memory_mb = max(campaign.memory_mb, int(cast(int, message["memory_mb"])))
    if outcome == "traceback":
        campaign.tracebacks += 1
        campaign.findings.append(f"input {number}: {message['problem']}")
    return number + 1
