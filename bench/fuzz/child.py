"""The process that tries inputs: says which it is at and what came of it, one JSON object a line."""

import json
import resource
import sys
import time
import traceback
import warnings
from pathlib import Path
from random import Random

from bench.fuzz import target
from bench.fuzz.mutations import mutate

MEMORY_BYTES = 1 << 30
"""What a child may take beyond what it has taken before the first input."""


def main(module: str, name: str, *, seed: int, first: int, count: int, keep: Path) -> None:
    """Try inputs from number `first` on; the n-th input of a seed is always the same."""
    warnings.simplefilter("ignore")
    attacked = target(module, name)
    seeds = attacked.seeds()
    for file, content in seeds.items():  # Libraries load with right inputs, before memory is bounded.
        attacked.try_input(file, content)
    _bound_memory()
    seed_contents, mutate_input = list(seeds.values()), getattr(attacked, "mutate", mutate)
    for number in range(first, first + count):
        rng = Random(f"{seed} {name} {number}")
        file = rng.choice(sorted(seeds))
        content = mutate_input(seeds[file], seed_contents, rng)
        input_file = keep / f"{name}-{seed}-{number}-{Path(file).name}"
        input_file.parent.mkdir(parents=True, exist_ok=True)
        input_file.write_bytes(content)  # First: an abort leaves no time for it.
        _say(trying=number)
        started = time.monotonic()
        try:
            outcome, problem = attacked.try_input(file, content), ""
        except Exception:
            outcome, problem = "traceback", " / ".join(traceback.format_exc().strip().splitlines()[-3:])[-400:]
        if outcome != "traceback":
            input_file.unlink()
        _say(outcome=outcome, problem=problem, seconds=time.monotonic() - started, memory_mb=_peak_mb())


def _bound_memory() -> None:
    used_bytes = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used_bytes + MEMORY_BYTES, resource.RLIM_INFINITY))


def _peak_mb() -> int:
    """The most memory this process has held; what the system tells of resources begins with that of the parent."""
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def _say(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    module_, name_, seed_, first_, count_, keep_ = sys.argv[1:]
    main(module_, name_, seed=int(seed_), first=int(first_), count=int(count_), keep=Path(keep_))
