"""Runs a command as a whole process, with those it starts, and tells its wall time, processor time and peak memory."""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KITH = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass(frozen=True)
class ProcessRun:
    """One finished command, and the processes it started and waited for.

    wall_s:      seconds from start to end. cpu_s: processor seconds of all of them.
    memory_mb:   peak resident set of the largest in MB (10^6 bytes).
    together_mb: peak of all of them at one time, looked at twice a second (Linux; elsewhere that of the largest).
    output:      its standard output.
    """

    wall_s: float
    cpu_s: float
    memory_mb: float
    together_mb: float
    output: str


def measure(*command: str, environment: dict[str, str] | None = None) -> ProcessRun:
    """Run a command to its end; raises CalledProcessError with what it said when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    assert process.stdout
    watch = _Watch(process.pid)
    watch.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    watch.stop.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    memory_mb = usage.ru_maxrss * RSS_UNIT / 1e6
    cpu_s = usage.ru_utime + usage.ru_stime
    return ProcessRun(time.perf_counter() - started, cpu_s, memory_mb, max(memory_mb, watch.peak_mb), output)


class _Watch(threading.Thread):
    """Looks at the memory of a process and all it started until told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.stop = threading.Event()
        self.peak_mb = 0.0

    def run(self) -> None:
        while not self.stop.wait(0.5):
            self.peak_mb = max(self.peak_mb, _tree_memory_mb(self._pid))


def _tree_memory_mb(pid: int) -> float:
    """Resident memory of a process and its descendants; 0.0 where the system does not tell or they have ended."""
    with suppress(OSError, ValueError):
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return resident + sum(_tree_memory_mb(int(child)) for child in children)
    return 0.0


RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # kernels disagree: bytes there, KiB here
