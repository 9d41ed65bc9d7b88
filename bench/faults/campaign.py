"""Rounds of one fault each: a step is hurt at a random moment, told again, and must come out as if nothing had happened."""

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from bench.faults.digests import Digest, differing
from bench.faults.engines import Neo4jVictim, SqliteVictim, filled
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
    dice: random.Random
    right: dict[str, Undisturbed] = field(default_factory=dict)

    def go(self, kinds: tuple[str, ...], rounds: int) -> Tallies:
        """All rounds; a line on stderr for each."""
        self.right = undisturbed(self.world, self.victim, STEPS[:rounds])
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
        hurt, right = _killed if kind == "kill" else _starved, self.right[step]
        try:
            tally.cut += hurt(self.world, self.victim, step, right, self.dice)
            _repeat(self.world, self.victim, step, right)
        except AssertionError as cause:
            tally.failures.append(f"{self.victim.name} {kind} {step} round {tally.rounds}: {cause}")
            _begin_anew(self.world, self.victim, step)


def undisturbed(world: World, victim: Victim, steps: tuple[str, ...] = STEPS) -> dict[str, Undisturbed]:
    """The steps one after the other in a cleared store."""
    victim.clear()
    return {step: _measured(world, victim, step) for step in steps}


def _repeat(world: World, victim: Victim, step: str, right: Undisturbed) -> None:
    """The step told again must end well, and leave exactly what it leaves undisturbed."""
    code, said = world.run(world.command(step), victim.address)
    assert code == 0, f"told again it ends with {code}: {said[-400:]}"
    wrong = differing(victim.digest(), right.digest)
    assert not wrong, f"told again it leaves something else in {', '.join(wrong)}"


def _begin_anew(world: World, victim: Victim, step: str) -> None:
    """After a round that failed the next one starts from a store that is right."""
    victim.clear()
    for each in STEPS[: STEPS.index(step) + 1]:
        world.run(world.command(each), victim.address)


def _killed(world: World, victim: Victim, step: str, right: Undisturbed, dice: random.Random) -> bool:
    """End the command, and in every third round its server too, at a moment or at a byte drawn at random."""
    server_too = dice.random() < 1 / 3
    by_bytes = dice.random() < 0.5
    at_s, at_byte = dice.uniform(0.2, 1.02) * right.wall_s, dice.uniform(0, 1) * right.bytes
    before, began = victim.written(), time.monotonic()
    process = world.start(world.command(step), victim.address)
    while process.poll() is None:
        if time.monotonic() - began > at_s and not by_bytes:
            break
        if by_bytes and victim.written() - before > at_byte:
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


def _starved(world: World, victim: Victim, step: str, right: Undisturbed, dice: random.Random) -> bool:
    """Let the step run into a full disk; while it is full the store answers or says what is the matter."""
    with filled(victim.disk, left_bytes=int(dice.uniform(0, 1) * right.bytes)):
        code, said = world.run(world.command(step), victim.address)
        assert PROGRAM_FAULT not in said, f"on a full disk: {said[-400:]}"
        assert code in (0, 3), f"on a full disk it ends with {code}: {said[-400:]}"
        _, answered = world.run((*world.command("entities"),), victim.address)
        assert PROGRAM_FAULT not in answered, f"on a full disk it does not answer: {answered[-400:]}"
    if victim.name == "neo4j" and code:
        victim.kill()
        victim.recover()
    return code != 0


def _answers(world: World, victim: Victim, step: str) -> None:
    """The store opens right after the fault; before the first step is done there may be none."""
    code, said = world.run(world.command("entities"), victim.address)
    fine = code == 0 or (step in STEPS[:2] and ("store-missing" in said or "nothing-to-do" in said))
    assert fine, f"right after, it does not open: {said[-400:]}"


def _end(process: "Popen[str]") -> None:
    """End a command and its helpers at once, and wait until they are gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=WAIT_S)


def _measured(world: World, victim: Victim, step: str) -> Undisturbed:
    before, began = _used(victim.disk), time.monotonic()
    written, most = victim.written(), 0
    process = world.start(world.command(step), victim.address)
    while process.poll() is None:
        most = max(most, victim.written() - written, _used(victim.disk) - before)
        time.sleep(POLL_S * 10)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    return Undisturbed(time.monotonic() - began, max(most, 4096), victim.digest())


def _used(disk: Path) -> int:
    told = os.statvfs(disk)
    return (told.f_blocks - told.f_bfree) * told.f_frsize
