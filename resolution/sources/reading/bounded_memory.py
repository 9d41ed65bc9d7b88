"""A bound on what this process may take, for libraries that do not ask before they take it."""

from contextlib import suppress
from pathlib import Path


def bound_memory(bytes_max: int) -> None:
    """Bound what this process may take beyond what it has taken; not every system knows such a bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        bytes_taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bytes_taken + bytes_max, hard))
