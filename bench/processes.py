"""Runs a command as a whole process and tells its wall time and peak memory."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One finished command: `wall_s` seconds, `memory_mb` peak resident set in MB (10^6 bytes), its standard output."""

    wall_s: float
    memory_mb: float
    output: str


def measure(*command: str, environment: dict[str, str] | None = None) -> Measured:
    """Run a command to its end; raises CalledProcessError with what it said when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(time.perf_counter() - started, usage.ru_maxrss * _RSS_UNIT / 1e6, output)


_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # kernels disagree: bytes there, KiB here
