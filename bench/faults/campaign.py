"""Rounds of one fault each: a step is hurt at a random moment, told again, and must come out as if nothing had happened."""

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from bench.faults.digests import Digest, differing_tables
from bench.faults.engines import Neo4jVictim, SqliteVictim, fill_disk
from bench.faults.steps import STEPS, WAIT_S, World

KINDS = ("kill", "full")
POLL_S = 0.002
PROGRAM_FAULT = "fault of the program"
Victim = SqliteVictim | Neo4jVictim


@dataclass(frozen=True)
class Undisturbed:
    """One step of a run without faults: how long it took, how much it wrote, and what the store says afterwards."""

    wall_s: float
    bytes: int
    digest: Digest


@dataclass
class Tally:
    """What came of all rounds of one kind on one step. cut: rounds in which the step did not end well by itself."""

    rounds: int = 0
    cut: int = 0
    failures: list[str] = field(default_factory=list)


Tallies = dict[tuple[str, str], Tally]


def campaign(world: World, victim: Victim, *, kinds: tuple[str, ...], rounds: int, seed: int) -> Tallies:
    """`rounds` faults of each kind, the steps in turn; what a step leaves is what the next one starts from."""
    return Campaign(world, victim, random.Random(seed)).go(kinds, rounds)


@dataclass
class Campaign:
    """A store that is hurt again and again, beside what it should say after every step."""

    world: World
    victim: Victim
    rng: random.Random
    undisturbed_steps: dict[str, Undisturbed] = field(default_factory=dict)

    def go(self, kinds: tuple[str, ...], rounds: int) -> Tallies:
        """All rounds; a line on stderr for each."""
        self.undisturbed_steps = undisturbed(self.world, self.victim, STEPS[:rounds])
        tallies = {(kind, step): Tally() for kind in kinds for step in STEPS[:rounds]}
        for kind in kinds:
            for number in range(rounds):
                step = STEPS[number % len(STEPS)]
                if step == STEPS[0]:
                    self.victim.clear()
                self._hurt_once(kind, step, tallies[kind, step])
                print(f"{self.victim.name} {kind} {number + 1}/{rounds} {step} {tallies[kind, step]}", file=sys.stderr)
        return tallies

    def _hurt_once(self, kind: str, step: str, tally: Tally) -> None:
        tally.rounds += 1
        hurt_step, undisturbed_step = _hurt_by_kill if kind == "kill" else _hurt_by_full_disk, self.undisturbed_steps[step]
        try:
            tally.cut += hurt_step(self.world, self.victim, step, undisturbed_step, self.rng)
            _repeat(self.world, self.victim, step, undisturbed_step)
        except AssertionError as cause:
            tally.failures.append(f"{self.victim.name} {kind} {step} round {tally.rounds}: {cause}")
            _begin_anew(self.world, self.victim, step)


def undisturbed(world: World, victim: Victim, steps: tuple[str, ...] = STEPS) -> dict[str, Undisturbed]:
    """The steps one after the other in a cleared store."""
    victim.clear()
    return {step: _measure_step(world, victim, step) for step in steps}


def _repeat(world: World, victim: Victim, step: str, undisturbed_step: Undisturbed) -> None:
    """The step told again must end well, and leave exactly what it leaves undisturbed."""
    code, output = world.run(world.command(step), victim.address)
    assert code == 0, f"told again it ends with {code}: {output[-400:]}"
    differing = differing_tables(victim.digest(), undisturbed_step.digest)
    assert not differing, f"told again it leaves something else in {', '.join(differing)}"


def _begin_anew(world: World, victim: Victim, step: str) -> None:
    """After a round that failed the next one starts from a store that is right."""
    victim.clear()
    for earlier_step in STEPS[: STEPS.index(step) + 1]:
        world.run(world.command(earlier_step), victim.address)


def _hurt_by_kill(world: World, victim: Victim, step: str, undisturbed_step: Undisturbed, rng: random.Random) -> bool:
    """End the command, and in every third round its server too, at a moment or at a byte drawn at random."""
    server_too = rng.random() < 1 / 3
    by_bytes = rng.random() < 0.5
    at_s, at_byte = rng.uniform(0.2, 1.02) * undisturbed_step.wall_s, rng.uniform(0, 1) * undisturbed_step.bytes
    before, began = victim.log_bytes(), time.monotonic()
    process = world.start(world.command(step), victim.address)
    while process.poll() is None:
        if time.monotonic() - began > at_s and not by_bytes:
            break
        if by_bytes and victim.log_bytes() - before > at_byte:
            break
        time.sleep(POLL_S)
    cut = process.poll() is None
    if server_too:
        victim.kill()
    _end(process)
    if server_too:
        victim.recover()
    _answers(world, victim, step)
    return cut


def _hurt_by_full_disk(world: World, victim: Victim, step: str, undisturbed_step: Undisturbed, rng: random.Random) -> bool:
    """Let the step run into a full disk; while it is full the store answers or says what is the matter."""
    with fill_disk(victim.disk, left_bytes=int(rng.uniform(0, 1) * undisturbed_step.bytes)):
        code, output = world.run(world.command(step), victim.address)
        assert PROGRAM_FAULT not in output, f"on a full disk: {output[-400:]}"
        assert code in (0, 3), f"on a full disk it ends with {code}: {output[-400:]}"
        _, answer_output = world.run((*world.command("entities"),), victim.address)
        assert PROGRAM_FAULT not in answer_output, f"on a full disk it does not answer: {answer_output[-400:]}"
    if victim.name == "neo4j" and code:
        victim.kill()
        victim.recover()
    return code != 0


def _answers(world: World, victim: Victim, step: str) -> None:
    """The store opens right after the fault; before the first step is done there may be none."""
    code, output = world.run(world.command("entities"), victim.address)
    is_fine = code == 0 or (step in STEPS[:2] and ("store-missing" in output or "nothing-to-do" in output))
    assert is_fine, f"right after, it does not open: {output[-400:]}"


def _end(process: "Popen[str]") -> None:
    """End a command and its helpers at once, and wait until they are gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=WAIT_S)


def _measure_step(world: World, victim: Victim, step: str) -> Undisturbed:
    used_before, started = _used_bytes(victim.disk), time.monotonic()
    written_before, bytes_max = victim.log_bytes(), 0
    process = world.start(world.command(step), victim.address)
    while process.poll() is None:
        bytes_max = max(bytes_max, victim.log_bytes() - written_before, _used_bytes(victim.disk) - used_before)
        time.sleep(POLL_S * 10)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    return Undisturbed(time.monotonic() - started, max(bytes_max, 4096), victim.digest())


def _used_bytes(disk: Path) -> int:
    usage = os.statvfs(disk)
    return (usage.f_blocks - usage.f_bfree) * usage.f_frsize
