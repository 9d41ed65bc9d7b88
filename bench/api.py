"""What the API costs under load: 8 callers in processes of their own on loopback, over a store of a made-up region.

python -m bench api [--records N] [--store sqlite|neo4j] [--workers N] [--seconds S] [--keep FOLDER] writes the page api.md.
With --keep the region is made there, once, and taken again by the next run. Every caller asks its next question when it has the
answer to the last (closed loop); with --pause it waits that long on average in between.
"""

import argparse
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from api.telemetry.processes import process_tree
from bench.api_load import Load, Question, post, run_load
from bench.looks import PLAIN, ready_region, store_address
from bench.machine import describe_machine
from bench.serving import Region, serve
from store.open import open_store

RECORDS_PER_FIRM = 4.466  # Of `samples.region.write_sample` with the arguments of bench.looks.ready_region.
CALLERS = 8
BATCH = 100
PARTIES = 4_000
BARS_MS = {"match": 50, "profile": 20, "network of 2 steps": 80, "batch of 100": 1500}
MEMORY_BAR_MB, START_BAR_S = 2000, 5


@dataclass
class ApiFigures:
    """What was measured of one engine.

    start_s: from the start of the process to the answer to the first profile. memory_mb: peak of all processes together, shared
    pages counted once; resident_mb: the same with shared pages counted in each.
    """

    engine: str
    records: int
    links: int
    workers: int
    start_s: float = 0.0
    memory_mb: float = 0.0
    resident_mb: float = 0.0
    loads: dict[str, Load] = field(default_factory=dict)


class MemoryWatch(threading.Thread):
    """Looks at the memory of a process and all it started, twice a second, until it is told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended = pid, threading.Event()
        self.shared_once_mb = self.resident_mb = 0.0

    def run(self) -> None:
        """Keep the peaks."""
        while not self._ended.wait(0.5):
            figures = [_memory_kb(pid) for pid in process_tree(self._pid)]
            self.shared_once_mb = max(self.shared_once_mb, sum(figure["Pss"] for figure in figures) * 1024 / 1e6)
            self.resident_mb = max(self.resident_mb, sum(figure["Rss"] for figure in figures) * 1024 / 1e6)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _memory_kb(pid: int) -> dict[str, int]:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return {"Pss": 0, "Rss": 0}
    return {name: int(amount) for name, amount in re.findall(r"^(Pss|Rss):\s+(\d+) kB", text, re.MULTILINE)}


def measure_api(region: Region, figures: ApiFigures, *, seconds: float, pause_s: float) -> None:
    """Start the server, ask, and keep what came of it in `figures`."""
    parties = _some_parties(region)
    started = time.perf_counter()
    words = ("--workers", str(figures.workers))
    with serve(region, extra_environment=PLAIN, words=words) as server:
        httpx.get(f"{server.url}/v1/entities/{quote(parties[0]['id'])}", timeout=600).raise_for_status()
        figures.start_s = time.perf_counter() - started
        watch = MemoryWatch(server.process.pid)
        watch.start()
        for name, questions in questions_of(server.url, parties).items():
            run_load(server.url, questions, callers=CALLERS, seconds=min(seconds, 3.0))  # Warm: libraries, caches, connections.
            figures.loads[name] = run_load(server.url, questions, callers=CALLERS, seconds=seconds, pause_s=pause_s)
            print(name, _load_line(figures.loads[name]), flush=True)
        watch.end()
        figures.memory_mb, figures.resident_mb = watch.shared_once_mb, watch.resident_mb


def _some_parties(region: Region) -> list[dict[str, Any]]:
    """Parties drawn at random, each with id, kind, name and place; always the same of the same store."""
    store = open_store(region.environment["KITH_STORE"])
    try:
        columns = store.columns("entities/all")
    finally:
        store.close()
    numbers = random.Random(18).sample(range(len(columns["id"])), min(PARTIES, len(columns["id"])))
    return [{name: columns[name][number] for name in ("id", "kind", "name", "place")} for number in numbers]


def questions_of(url: str, parties: list[dict[str, Any]]) -> dict[str, list[Question]]:
    """What is asked, by name: each list in an order of its own that no two callers share."""
    rng = random.Random(7)
    queries = [match_query(party, rng) for party in parties]
    has_match = httpx.post(f"{url}/match/default", json={"queries": {"q": queries[0]}}, timeout=120).status_code == 200
    by_name = {
        "match": [post("/match/default?limit=5", {"queries": {"q": query}}) for query in queries]
        if has_match
        else [Question(f"/v1/search?limit=5&q={quote(query['properties']['name'][0])}") for query in queries],
        "profile": [Question(f"/v1/entities/{quote(party['id'])}") for party in parties],
        "network of 2 steps": [Question(f"/v1/entities/{quote(party['id'])}/network?depth=2") for party in parties],
    }
    if has_match:
        batches = [queries[start : start + BATCH] for start in range(0, len(queries) - BATCH + 1, BATCH)]
        numbered = [{f"q{number}": query for number, query in enumerate(batch)} for batch in batches]
        by_name["batch of 100"] = [post("/match/default?limit=5", {"queries": batch}) for batch in numbered]
    return by_name


def match_query(party: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """What a caller asks about a party: its name as it is, with a letter wrong, or, of every fifth, of nobody in the store."""
    name = str(party["name"])
    roll = rng.random()
    if roll < 0.4 and len(name) > 3:
        place = rng.randrange(len(name))
        name = name[:place] + name[place + 1 :]
    elif roll < 0.6:
        letters = list(name)
        rng.shuffle(letters)
        name = "".join(letters)
    schema = "Person" if party["kind"] == "person" else "Company"
    return {"schema": schema, "properties": {"name": [name]}}


def page(measured: list[ApiFigures], seconds: float, pause_s: float) -> str:
    """The figures as a Markdown page."""
    loop = "each asks again at once" if not pause_s else f"each pauses {pause_s:g} s on average after an answer"
    head = HEAD.format(
        machine=describe_machine(), callers=CALLERS, loop=loop, seconds=seconds, memory=MEMORY_BAR_MB, start=START_BAR_S
    )
    return "\n".join([head, *map(_section, measured), PEER])


HEAD = """# The API under load

{machine}

`python -m bench api`: {callers} callers on loopback, each a process of its own on the same machine; {loop}; {seconds:g} s for
each question after a warm-up. Of the names asked for, two of five are as the store has them, two of five lack a letter, one of
five is nobody's. Bars at 1,000,000 records: the 95th percentile of each row, {memory} MB for all processes, {start} s from start
to first profile.
Memory counts pages that processes share once.
"""
PEER = """yente's documentation names about 1 s for 95 % of single matches with 8 callers at a time (Elasticsearch behind it, a
machine of its own): a figure of another machine, for the order of magnitude.
"""


def _section(figures: ApiFigures) -> str:
    size = f"{figures.records:,} records and {figures.links:,} links, {figures.workers} workers"
    head = "| question | p50 ms | p95 ms | p99 ms | bar p95 | requests a second | answers |\n|---|---|---|---|---|---|---|\n"
    rows = [f"| {name} | {_load_line(load, BARS_MS[name])} |\n" for name, load in figures.loads.items()]
    memory = f"{figures.memory_mb:.0f} MB at the peak ({figures.resident_mb:.0f} MB with shared pages counted in each process)"
    return f"## {figures.engine}\n\n{size}. Start to first profile {figures.start_s:.1f} s; {memory}.\n\n{head}{''.join(rows)}"


def _load_line(load: Load, bar_ms: float = 0.0) -> str:
    p50, p95, p99 = (load.percentile_ms(share) for share in (0.5, 0.95, 0.99))
    statuses = ", ".join(f"{count:,} x {status}" for status, count in sorted(load.statuses.items()))
    return f"{p50:.1f} | {p95:.1f} | {p99:.1f} | {bar_ms:g} | {len(load.seconds) / max(load.took_s, 1e-9):.0f} | {statuses}"


@contextmanager
def prepared(engine: str, records: int, keep: Path | None) -> Iterator[tuple[Region, ApiFigures]]:
    """The region over which the server runs, and its size; made unless `keep` has it already."""
    with tempfile.TemporaryDirectory(prefix="kith-api-") as work_folder:
        folder = (keep or Path(work_folder)).absolute() / f"{records}-{engine}"
        folder.mkdir(parents=True, exist_ok=True)
        with store_address(engine, folder) as address:
            region = ready_region(folder, round(records / RECORDS_PER_FIRM), address)
            store = open_store(region.environment["KITH_STORE"])
            try:
                counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
            finally:
                store.close()
            yield region, ApiFigures(engine, counts["records"], counts["links"], workers=0)


def main(arguments: list[str]) -> str:
    """`api [--records N] [--store ENGINE …] [--workers N] [--seconds S] [--pause S] [--keep FOLDER]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench api", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--store", choices=["sqlite", "neo4j"], nargs="+", default=["sqlite", "neo4j"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds between an answer and the next question")
    parser.add_argument("--keep", type=Path, help="folder where the store is kept and taken from")
    options = parser.parse_args(arguments)
    measured = []
    for engine in options.store:
        with prepared(engine, options.records, options.keep) as (region, figures):
            figures.workers = options.workers
            measure_api(region, figures, seconds=options.seconds, pause_s=options.pause)
            measured.append(figures)
    return page(measured, options.seconds, options.pause)
