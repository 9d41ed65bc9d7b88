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

from bench.machine import describe_machine
from bench.serving import RunningServer, region, serve

READERS, WRITERS = 8, 2
RECORDS_EACH = 200  # Ids a writer goes round, so that the store does not grow for the length of the run alone.
PATIENCE_S = 120.0
LOOK_EVERY_S = 5.0
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

    def count(self, outcome: str, took_s: float, problem: str | None = None) -> None:
        """Count one answer. problem: what is not right about it; None where it is right."""
        with self.lock:
            self.answers[outcome] += 1
            self.slowest_s = max(self.slowest_s, took_s)
            if problem is not None:
                self.wrong.append(f"{outcome}: {problem}"[:300])

    def ask(self, client: httpx.Client, verb: str, path: str, **request_options: Any) -> httpx.Response | None:
        """The answer; None where none came in time, or the connection broke, which is wrong."""
        try:
            return client.request(verb, path, **request_options)
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
                self._delete_record(client, id_) if turn % 3 == 0 and self.names.get(id_) else self._put_record(client, id_)
                self._check_record(client, id_)

    def _put_record(self, client: httpx.Client, id_: str) -> None:
        name = f"{self._draw.choice(WORDS)} {self._draw.choice(WORDS)} {self._number}-{self._draw.randrange(10**6)} Works Ltd"
        record = {"dataset": f"soak{self._number}", "source_class": "1", "kind": "firm", "names": [{"text": name}]}
        if self._write(client, "PUT", id_, record):
            self.names[id_] = name

    def _delete_record(self, client: httpx.Client, id_: str) -> None:
        if self._write(client, "DELETE", id_, None):
            self.names[id_] = None

    def _write(self, client: httpx.Client, verb: str, id_: str, record: dict[str, Any] | None) -> bool:
        started = time.monotonic()
        answer = self._run.ask(client, verb, f"/v1/records/{id_}", json=record)
        if answer is None:
            self.names.pop(id_, None)  # Nobody knows now whether it was done.
            return False
        is_right = answer.status_code == 200 and answer.json()["record_ids"] == [id_]
        is_busy = answer.status_code in BUSY
        self._run.count("busy" if is_busy else verb, time.monotonic() - started, None if is_right or is_busy else answer.text)
        return is_right

    def _check_record(self, client: httpx.Client, id_: str) -> None:
        """The record is found under the name written last, and under no other; where it was taken out, not at all."""
        if (name := self.names.get(id_, "")) == "":
            return
        started = time.monotonic()
        path, parameters = ("/v1/why", {"left": id_, "right": id_}) if name is None else ("/v1/search", {"q": name})
        answer = self._run.ask(client, "GET", path, params=parameters)
        if answer is None:
            return
        if answer.status_code in BUSY:
            problem = None
        elif name is None:
            problem = None if answer.status_code in (400, 404, 422) else f"{id_} was taken out: {answer.text}"
        else:
            names_found = [line["name"] for line in answer.json().get("results", [])]
            problem = None if name in names_found else f"{id_} {name}: {answer.status_code} {names_found[:3]}"
        self._run.count("look", time.monotonic() - started, problem)


def stable_part(answer: dict[str, Any]) -> dict[str, Any]:
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
                is_right = answer.status_code == 200 and stable_part(answer.json()) == self._first[path]
                is_busy = answer.status_code in BUSY
                problem = None if is_right or is_busy else f"{path}: {answer.status_code} is not what it was"
                self._run.count("busy" if is_busy else "read", time.monotonic() - began, problem)


def steady_answers(url: str) -> dict[str, Any]:
    """Paths whose answers no writer of this bench changes, with the answer: pages, networks, lists, another day."""
    with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
        ids = [line["id"] for line in client.get("/v1/risky", params={"limit": 12}).json()["results"]]
        paths = [f"/v1/entities/{id_}{part}" for id_ in ids for part in ("", "/ties", "/network", "/records")]
        paths += ["/v1/risky?limit=50", "/v1/reliable?limit=50", f"/v1/entities/{ids[0]}?as_of=2025-06-01", "/v1/rings"]
        return {path: stable_part(client.get(path).raise_for_status().json()) for path in paths}


def soak(server: RunningServer, minutes: float, seed: int) -> Run:
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
        time.sleep(min(LOOK_EVERY_S, max(0.2, run.ends - time.monotonic())))
    return run


def slope_mb_per_hour(memory: list[tuple[float, float]]) -> float:
    """Growth of memory after the first fifth of the run, in MB an hour, by least squares; 0.0 of fewer than two looks.

    >>> slope_mb_per_hour([(0, 100.0), (3600, 100.0), (7200, 110.0), (10800, 120.0)])
    10.0
    """
    warm_looks = [look for look in memory if look[0] >= memory[-1][0] * WARM_SHARE]
    if len(warm_looks) < 2:
        return 0.0
    seconds, mb = np.array(warm_looks).T
    return round(float(np.polyfit(seconds / 3600, mb, 1)[0]), 1)


def page(run: Run, minutes: float, log: str) -> str:
    """The benchmark's page."""
    memory = [mb for _, mb in run.memory]
    answers = ", ".join(f"{outcome} {count}" for outcome, count in sorted(run.answers.items()))
    lines = [
        "# Soak: a server under eight readers and two writers",
        "",
        f"`python -m bench soak --minutes {minutes:g}` on {describe_machine()}.",
        "",
        f"- answers: {sum(run.answers.values())} ({answers})",
        f"- wrong answers: {len(run.wrong)}",
        f"- slowest: {run.slowest_s:.2f} s",
        f"- memory: {memory[0]:.0f} MB at the start, {max(memory):.0f} MB at most, {memory[-1]:.0f} MB at the end",
        f"- growth after the first fifth: {slope_mb_per_hour(run.memory)} MB an hour",
        f"- lines in the server's log: {len(log.splitlines())}",
    ]
    return "\n".join([*lines, "", *(f"- wrong: {finding}" for finding in run.wrong[:20]), ""])


def main(arguments: list[str]) -> str:
    """The bench as its words say; its page."""
    parser = argparse.ArgumentParser(prog="python -m bench soak")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--firms", type=int, default=160)
    options = parser.parse_args(arguments)
    with region(firms=options.firms, seed=7) as sample_region, serve(sample_region) as server:
        run = soak(server, options.minutes, options.seed)
        return page(run, options.minutes, server.log.read_text("utf-8", "replace"))
