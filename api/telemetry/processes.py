"""Memory and processor time of the server: of this process, or of its supervisor and all that it started."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SUPERVISOR_VARIABLE = "KITH_SUPERVISOR_PID"
PROC = Path("/proc")


@dataclass(frozen=True)
class ProcessUsage:
    """processes: how many; resident_bytes: memory of all of them now; cpu_s: user and system seconds of all of them so far."""

    processes: int
    resident_bytes: int
    cpu_s: float


def server_usage() -> ProcessUsage:
    """Usage of the whole server; zeros where the system does not tell (other than Linux)."""
    root = int(os.environ.get(SUPERVISOR_VARIABLE) or os.getpid())
    usages = [_usage_of(pid) for pid in process_tree(root)]
    return ProcessUsage(len(usages), sum(resident for resident, _ in usages), sum(cpu_s for _, cpu_s in usages))


def process_tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    if not (PROC / str(pid)).is_dir():
        return
    yield pid
    with suppress(OSError):
        for children in (PROC / str(pid) / "task").glob("*/children"):
            for child in children.read_text().split():
                yield from process_tree(int(child))


def _usage_of(pid: int) -> tuple[int, float]:
    """Resident bytes and processor seconds of one process; zeros once it has ended."""
    with suppress(OSError, ValueError, IndexError):
        resident_pages = int((PROC / str(pid) / "statm").read_text().split()[1])
        ticks = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
        return resident_pages * os.sysconf("SC_PAGE_SIZE"), sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return 0, 0.0
