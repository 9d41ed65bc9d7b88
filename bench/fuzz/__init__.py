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
from bench.machine import describe_machine

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
    yield from sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name not in NO_TARGETS)


def target(module: str, name: str) -> Target:
    """One target of a module by its name."""
    return next(candidate for candidate in importlib.import_module(f"bench.fuzz.{module}").targets() if name == candidate.NAME)


def main(arguments: list[str]) -> str:
    """Attack every target for so many minutes; returns the page."""
    parser = argparse.ArgumentParser(prog="python -m bench fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for each target")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", default=[], help="names of modules or targets")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for inputs that are findings")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}")
    campaigns = []
    for campaign in _campaigns(options):
        print(_row(campaign), *campaign.findings, sep="\n", flush=True)  # Hours of work are not lost with a later one.
        campaigns.append(campaign)
    return page(campaigns, options.minutes, options.seed)


def _campaigns(options: argparse.Namespace) -> Iterator[Campaign]:
    for module in targets():
        for attacked in importlib.import_module(f"bench.fuzz.{module}").targets():
            if not options.only or {module, attacked.NAME} & {*options.only}:
                seconds = options.minutes * 60
                yield run_campaign(module, attacked.NAME, seconds=seconds, seed=options.seed, keep=options.keep)
    if not options.only or ROUTES in options.only:
        yield _routes_campaign(options.minutes, options.seed)


def _routes_campaign(minutes: float, seed: int) -> Campaign:
    """Every route of a server that runs; an answer below 400 counts as taken."""
    report = importlib.import_module(f"bench.fuzz.{ROUTES}").run(minutes, seed)
    taken_count = sum(count for status, count in report.statuses.items() if status < 400)
    return Campaign(
        ROUTES,
        inputs=report.requests,
        taken=taken_count,
        refused=report.requests - taken_count,
        slowest_s=report.slowest_s,
        memory_mb=round(report.memory_mb_max),
        findings=report.findings,
    )


def page(campaigns: list[Campaign], minutes: float, seed: int) -> str:
    """What came of it as a page of the docs."""
    head = f"| {' | '.join(COLUMNS)} |\n|---|{'--:|' * (len(COLUMNS) - 1)}"
    lines = [_row(campaign) for campaign in campaigns]
    findings = [f"- {campaign.name}: {finding}" for campaign in campaigns for finding in campaign.findings]
    findings_text = "\n".join(findings) if findings else "No findings."
    command = f"`python -m bench fuzz --minutes {minutes:g} --seed {seed}`"
    return (
        f"# Inputs changed at random\n\n{describe_machine()}\n\n{command}\n\n{head}\n"
        + "\n".join(lines)
        + f"\n\n{findings_text}\n"
    )


def _row(campaign: Campaign) -> str:
    return (
        f"| {campaign.name} | {campaign.inputs} | {campaign.taken} | {campaign.refused} | {campaign.tracebacks} "
        f"| {campaign.aborts} | {campaign.hangs} | {campaign.slowest_s:.1f} | {campaign.memory_mb} |"
    )
