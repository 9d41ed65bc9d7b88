"""Inputs changed at random, against every door that takes them: nothing but an answer or a clear error may come of one.

python -m bench fuzz [--minutes N] [--seed N] [--only NAME …] [--keep FOLDER] writes docs/benchmarks/fuzz.md.
Each target runs in a child process with bounded memory; an input has 30 s. A traceback, an abort, a hang or a child that ran out
of memory is a finding, and its input is kept.

A module of this package whose function `targets` returns a list of `Target` is found by itself: none is named here.
"""

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from bench.fuzz.campaigns import Campaign, run_campaign
from bench.machine import described

MINUTES = 10.0
SEED = 20261130
ROUTES = "routes"  # A server is attacked in a way of its own.
COLUMNS = ("target", "inputs", "taken", "clear errors", "tracebacks", "aborts", "hangs", "slowest, s", "memory, MB")
NO_TARGETS = {"campaigns", "child", "mutations", ROUTES}


class Target(Protocol):
    """What is attacked: its name, right inputs by a file name, and what one input comes to."""

    NAME: str

    def seeds(self) -> dict[str, bytes]:
        """Right inputs by the name of the file they would be in."""

    def try_input(self, name: str, content: bytes) -> str:
        """The outcome in a word: `taken` or the name of a clear error. Anything raised is a finding."""


def targets() -> Iterator[str]:
    """Names of the modules of this package that hold targets: `readers`, `mappings` …"""
    yield from sorted(found.name for found in pkgutil.iter_modules(__path__) if found.name not in NO_TARGETS)


def target(module: str, name: str) -> Target:
    """One target of a module by its name."""
    return next(one for one in importlib.import_module(f"bench.fuzz.{module}").targets() if name == one.NAME)


def main(words: list[str]) -> str:
    """Attack every target for so many minutes; returns the page."""
    asked = argparse.ArgumentParser(prog="python -m bench fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=MINUTES, help="for each target")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--only", nargs="*", default=[], help="names of modules or targets")
    asked.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for inputs that are findings")
    given = asked.parse_args(words)
    print(f"seed {given.seed}")
    done = [
        run_campaign(module, one.NAME, seconds=given.minutes * 60, seed=given.seed, keep=given.keep)
        for module in targets()
        for one in importlib.import_module(f"bench.fuzz.{module}").targets()
        if not given.only or {module, one.NAME} & {*given.only}
    ]
    if not given.only or ROUTES in given.only:
        done.append(_routes_campaign(given.minutes, given.seed))
    return page(done, given.minutes, given.seed)


def _routes_campaign(minutes: float, seed: int) -> Campaign:
    """Every route of a server that runs; an answer below 400 counts as taken."""
    report = importlib.import_module(f"bench.fuzz.{ROUTES}").run(minutes, seed)
    taken = sum(count for status, count in report.statuses.items() if status < 400)
    return Campaign(
        ROUTES,
        inputs=report.requests,
        taken=taken,
        refused=report.requests - taken,
        slowest_s=report.slowest_s,
        memory_mb=round(report.memory_mb_max),
        findings=report.findings,
    )


def page(done: list[Campaign], minutes: float, seed: int) -> str:
    """What came of it as a page of the docs."""
    head = f"| {' | '.join(COLUMNS)} |\n|---|{'--:|' * (len(COLUMNS) - 1)}"
    lines = [
        f"| {one.name} | {one.inputs} | {one.taken} | {one.refused} | {one.tracebacks} | {one.aborts} | {one.hangs} "
        f"| {one.slowest_s:.1f} | {one.memory_mb} |"
        for one in done
    ]
    findings = [f"- {one.name}: {finding}" for one in done for finding in one.findings]
    told = "\n".join(findings) if findings else "No findings."
    command = f"`python -m bench fuzz --minutes {minutes:g} --seed {seed}`"
    return f"# Inputs changed at random\n\n{described()}\n\n{command}\n\n{head}\n" + "\n".join(lines) + f"\n\n{told}\n"
