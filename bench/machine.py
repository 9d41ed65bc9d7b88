"""What machine and versions a figure was measured with."""

import os
import platform
from importlib.metadata import version


def describe_machine() -> str:
    """One line: processor, cores, Python, and the libraries that decide the speed."""
    names = ("splink", "duckdb", "numba", "numpy", "rapidfuzz", "neo4j")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {libraries}"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
