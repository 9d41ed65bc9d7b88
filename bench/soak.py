"""A server under readers and writers for minutes: every answer is what was written, and memory stays where it is.

`python -m bench soak --minutes 20`. Eight threads read, two write records of their own, each under ids that nobody else uses, so
that what must be answered is known. A page of a party, a search for its name, the lists, the network and a supplier check are
asked; each third write takes a record out again.
"""

import argparse
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np

from bench.machine import described
from bench.serving import Served, region, served

READERS, WRITERS = 8, 2
RECORDS_EACH = 200  # Ids a writer goes round, so that the store does not grow for the length of the run alone.
PATIENCE_S = 120.0
LOOKED_EVERY_S = 5.0
WARM_SHARE = 0.2  # Of the run, before which memory still fills.
BUSY = (429, 503)
WORDS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple", "Oak", "Pine")


@dataclass
class Run:
    """What was asked and what came back. memory: seconds since the start and MB, as looked at."""

    ends: float
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    slowest_s: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, took_s: float, wrong: str | None = None) -> None:
        """Take down one answer. wrong: what is not right about it."""
        with self.lock:
            self.answers[what] += 1
            self.slowest_s = max(self.slowest_s, took_s)
            if wrong is not None:
                self.wrong.append(f"{what}: {wrong}"[:300])

    def ask(self, client: httpx.Client, verb: str, path: str, **more: Any) -> httpx.Response | None:
        """The answer; None where none came in time, or the connection broke, which is wrong."""
        try:
            return client.request(verb, path, **more)
        except httpx.TimeoutException:
            self.count("late", PATIENCE_S)
        except httpx.TransportError as error:
            self.count("broken", 0.0, f"{verb} {path}: {type(error).__name__}")
        return None


class Writer:
    """Writes records under ids of its own, and knows what each must say."""

    def __init__(self, run: Run, url: str, number: int, seed: int) -> None:
        self._run, self._url, self._number = run, url, number
        self._draw = random.Random(seed + number)
        self.names: dict[str, str | None] = {}

    def work(self) -> None:
        """Until the run ends: put, look, now and then take out and look again."""
        with httpx.Client(base_url=self._url, timeout=PATIENCE_S) as client:
            turn = 0
            while time.monotonic() < self._run.ends:
                turn += 1
                id_ = f"soak{self._number}:{self._draw.randrange(RECORDS_EACH)}"
                self._take_out(client, id_) if turn % 3 == 0 and self.names.get(id_) else self._put(client, id_)
                self._look(client, id_)

    def _put(self, client: httpx.Client, id_: str) -> None:
        name = f"{self._draw.choice(WORDS)} {self._draw.choice(WORDS)} {self._number}-{self._draw.randrange(10**6)} Works Ltd"
        told = {"dataset": f"soak{self._number}", "source_class": "1", "kind": "firm", "names": [{"text": name}]}
        if self._write(client, "PUT", id_, told):
            self.names[id_] = name

    def _take_out(self, client: httpx.Client, id_: str) -> None:
        if self._write(client, "DELETE", id_, None):
            self.names[id_] = None

    def _write(self, client: httpx.Client, verb: str, id_: str, told: dict[str, Any] | None) -> bool:
        began = time.monotonic()
        answer = self._run.ask(client, verb, f"/v1/records/{id_}", json=told)
        if answer is None:
            self.names.pop(id_, None)  # Nobody knows now whether it was done.
            return False
        right = answer.status_code == 200 and answer.json()["record_ids"] == [id_]
        busy = answer.status_code in BUSY
        self._run.count("busy" if busy else verb, time.monotonic() - began, None if right or busy else answer.text)
        return right

    def _look(self, client: httpx.Client, id_: str) -> None:
        """The record is found under the name written last, and under no other; where it was taken out, not at all."""
        if (name := self.names.get(id_, "")) == "":
            return
        began = time.monotonic()
        path, asked = ("/v1/why", {"left": id_, "right": id_}) if name is None else ("/v1/search", {"q": name})
        answer = self._run.ask(client, "GET", path, params=asked)
        if answer is None:
            return
        if answer.status_code in BUSY:
            wrong = None
        elif name is None:
            wrong = None if answer.status_code in (400, 404, 422) else f"{id_} was taken out: {answer.text}"
        else:
            found = [line["name"] for line in answer.json().get("results", [])]
            wrong = None if name in found else f"{id_} {name}: {answer.status_code} {found[:3]}"
        self._run.count("look", time.monotonic() - began, wrong)


def lasting(answer: dict[str, Any]) -> dict[str, Any]:
    """What writers elsewhere do not change of an answer: all but what it says of records put since."""
    return {name: value for name, value in answer.items() if name != "freshness"}


class Reader:
    """Asks what does not change, and expects the answer of the first time."""

    def __init__(self, run: Run, url: str, seed: int, first: dict[str, Any]) -> None:
        self._run, self._url, self._first = run, url, first
        self._draw = random.Random(seed)

    def work(self) -> None:
        """Until the run ends."""
        with httpx.Client(base_url=self._url, timeout=PATIENCE_S) as client:
            while time.monotonic() < self._run.ends:
                path = self._draw.choice(list(self._first))
                began = time.monotonic()
                answer = self._run.ask(client, "GET", path)
                if answer is None:
                    continue
                right = answer.status_code == 200 and lasting(answer.json()) == self._first[path]
                busy = answer.status_code in BUSY
                told = None if right or busy else f"{path}: {answer.status_code} is not what it was"
                self._run.count("busy" if busy else "read", time.monotonic() - began, told)


def steady_answers(url: str) -> dict[str, Any]:
    """Paths whose answers no writer of this bench changes, with the answer: pages, networks, lists, another day."""
    with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
        ids = [line["id"] for line in client.get("/v1/risky", params={"limit": 12}).json()["results"]]
        paths = [f"/v1/entities/{id_}{part}" for id_ in ids for part in ("", "/ties", "/network", "/records")]
        paths += ["/v1/risky?limit=50", "/v1/reliable?limit=50", f"/v1/entities/{ids[0]}?as_of=2025-06-01", "/v1/rings"]
        return {path: lasting(client.get(path).raise_for_status().json()) for path in paths}


def soak(server: Served, minutes: float, seed: int) -> Run:
    """Ask and write for so many minutes."""
    first = steady_answers(server.url)
    began = time.monotonic()
    run = Run(began + minutes * 60)
    workers: list[Writer | Reader] = [Writer(run, server.url, number, seed) for number in range(WRITERS)]
    workers += [Reader(run, server.url, seed + number, first) for number in range(READERS)]
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        run.memory.append((time.monotonic() - began, server.memory_mb))
        time.sleep(min(LOOKED_EVERY_S, max(0.2, run.ends - time.monotonic())))
    return run


def slope_mb_per_hour(memory: list[tuple[float, float]]) -> float:
    """Growth of memory after the first fifth of the run, in MB an hour, by least squares; 0.0 of fewer than two looks.

    >>> slope_mb_per_hour([(0, 100.0), (3600, 100.0), (7200, 110.0), (10800, 120.0)])
    10.0
    """
    late = [look for look in memory if look[0] >= memory[-1][0] * WARM_SHARE]
    if len(late) < 2:
        return 0.0
    seconds, mb = np.array(late).T
    return round(float(np.polyfit(seconds / 3600, mb, 1)[0]), 1)


def page(run: Run, minutes: float, log: str) -> str:
    """The benchmark's page."""
    memory = [mb for _, mb in run.memory]
    lines = [
        "# Soak: a server under eight readers and two writers",
        "",
        f"`python -m bench soak --minutes {minutes:g}` on {described()}.",
        "",
        f"- answers: {sum(run.answers.values())} ({', '.join(f'{what} {count}' for what, count in sorted(run.answers.items()))})",
        f"- wrong answers: {len(run.wrong)}",
        f"- slowest: {run.slowest_s:.2f} s",
        f"- memory: {memory[0]:.0f} MB at the start, {max(memory):.0f} MB at most, {memory[-1]:.0f} MB at the end",
        f"- growth after the first fifth: {slope_mb_per_hour(run.memory)} MB an hour",
        f"- lines in the server's log: {len(log.splitlines())}",
    ]
    return "\n".join([*lines, "", *(f"- wrong: {one}" for one in run.wrong[:20]), ""])


def main(words: list[str]) -> str:
    """The bench as its words say; its page."""
    parser = argparse.ArgumentParser(prog="python -m bench soak")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--firms", type=int, default=160)
    given = parser.parse_args(words)
    with region(firms=given.firms, seed=7) as made, served(made) as server:
        run = soak(server, given.minutes, given.seed)
        return page(run, given.minutes, server.log.read_text("utf-8", "replace"))
