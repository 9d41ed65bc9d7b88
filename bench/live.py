"""One record at a time: how long it takes until its parties are right, with many records loaded, on either engine.

python -m bench live [--file PERSONS.parquet] [--persons N] [--engine sqlite|neo4j] [--calls N] writes docs/benchmarks/live.md.
A file as `bench scale` takes one is loaded and resolved through the ordinary commands; --store measures in a store that is
resolved already, which it changes. Then calls of four sorts take turns: a new record much like one there is, a record that says
something else, one that says the same again, and one taken out. Bars (2 cores, 1 M records, SQLite): half of the calls within
10 ms, 99 of 100 within 50 ms, 200 records a second and more.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from api.runs.single_records import BATCH_SIZE
from bench.machine import described
from bench.processes import KITH, measure
from bench.scale import MAPPING, made
from ontology.record import Record
from resolution.live import Live
from store import local_neo4j
from store.open import open_store
from store.port import Store
from store.rows import from_row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BARS = "Bars on SQLite with a million records: p50 10 ms, p99 50 ms, 200 records a second."
SORTS = ("new", "changed", "again", "deleted")


@dataclass
class Took:
    """Wall and processor milliseconds of each call, by its sort; and how long the queue took to settle afterwards."""

    wall_ms: dict[str, list[float]] = field(default_factory=lambda: {sort: [] for sort in SORTS})
    cpu_ms: dict[str, list[float]] = field(default_factory=lambda: {sort: [] for sort in SORTS})
    first_ms: float = 0.0
    waiting: int = 0
    settle_s: float = 0.0
    fed: int = 0
    fed_s: float = 0.0
    fed_cpu_s: float = 0.0
    fed_settle_s: float = 0.0


def calls(store: Store, count: int, fed: int) -> Took:
    """Make the calls, four sorts in turn, over records drawn by a fixed seed; then feed others."""
    live, took = Live(store), Took()
    records = _drawn(store, count + 1 + fed)
    told = _fed(records[count + 1 :])
    del records[count + 1 :]
    took.first_ms = _timed(lambda: live.put(records[0], now=NOW))[0]  # Reads what the weights stand on.
    for sort, call in _turns(live, records[1:]):
        wall, cpu = _timed(call)
        took.wall_ms[sort].append(wall)
        took.cpu_ms[sort].append(cpu)
    took.waiting = live.waiting()
    took.settle_s = _timed(lambda: live.settle(now=NOW))[0] / 1000
    groups = [told[at : at + BATCH_SIZE] for at in range(0, len(told), BATCH_SIZE)]
    wall, cpu = _timed(lambda: [live.put_all(group, now=NOW) for group in groups])
    took.fed, took.fed_s, took.fed_cpu_s = len(told), wall / 1000, cpu / 1000
    took.fed_settle_s = _timed(lambda: live.settle(now=NOW))[0] / 1000
    return took


def _fed(records: list[Record]) -> list[Record]:
    """In turn a new record much like one there is, one that says something else, and one that says the same again."""
    return [
        (record.model_copy(update={"id": f"fed:{at}", "born_on": None}), record.model_copy(update={"contacts": ()}), record)[
            at % 3
        ]
        for at, record in enumerate(records)
    ]


def _turns(live: Live, records: list[Record]) -> Iterator[tuple[str, Callable[[], object]]]:
    for at, record in enumerate(records):
        twin = record.model_copy(update={"id": f"bench:{at}", "born_on": None})
        other = record.model_copy(update={"contacts": ()})
        yield (
            SORTS[at % 4],
            (
                lambda twin=twin: live.put(twin, now=NOW),
                lambda other=other: live.put(other, now=NOW),
                lambda record=record: live.put(record, now=NOW),
                lambda record=record: live.delete(record.id, now=NOW),
            )[at % 4],
        )


def _drawn(store: Store, count: int) -> list[Record]:
    ids = store.columns("entities/members")["record_id"]
    chosen = random.Random(7).sample(ids, min(count, len(ids)))  # The same records in every run.
    found = {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=chosen)}
    return [found[id_] for id_ in chosen]


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def table(store: Store, took: Took, records: int) -> str:
    """The figures of one engine."""
    rows = [_row(sort, took.wall_ms[sort], took.cpu_ms[sort]) for sort in SORTS]
    wall, cpu = ([ms for sort in SORTS for ms in told[sort]] for told in (took.wall_ms, took.cpu_ms))
    rows.append(_row("**all**", wall, cpu))
    rate = f"{len(wall) / sum(wall) * 1000:.0f} calls a second by the clock, {len(cpu) / sum(cpu) * 1000:.0f} by the processor."
    rest = f"First call of a process {took.first_ms:.0f} ms. {took.waiting} things waited and settled in {took.settle_s:.2f} s."
    settled = took.fed_s + took.fed_settle_s
    fed = (
        f"Then {took.fed:,} records fed, {BATCH_SIZE} in a transaction: {took.fed_s:.1f} s "
        f"({took.fed_cpu_s:.1f} of the processor), "
        f"and {took.fed_settle_s:.1f} s to settle: **{took.fed / settled if settled else 0:.0f} records a second**."
    )
    return "\n".join(
        [f"### {store.engine}, {records:,} records loaded, {len(wall):,} calls", "", HEAD, *rows, "", rate, rest, fed, ""]
    )


HEAD = (
    "| call | p50 ms | p99 ms | max ms | p50 processor ms | p99 processor ms | max processor ms |\n|---|---|---|---|---|---|---|"
)


def _row(sort: str, wall: list[float], cpu: list[float]) -> str:
    told = (f"{_share(ms, at):.1f}" for ms in (wall, cpu) for at in (0.5, 0.99, 1.0))
    return f"| {sort} | {' | '.join(told)} |"


def _share(values: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def loaded(file: Path, place: Path, url: str) -> None:
    """Load and resolve the file through the ordinary commands."""
    environment = {"KITH_STORE": url, "KITH_ID_KEY_FILE": str(place / "id.key")}
    words = ("--mapping", str(MAPPING), "--rejects", str(place), str(file))
    measure(*KITH, "ingest", "--json", *words, environment=environment)
    measure(*KITH, "resolve", "--json", environment=environment)


def measured(url: str, count: int, fed: int) -> str:
    """The table of one resolved store."""
    store = open_store(url)
    try:
        records = next(row["n"] for row in store.read("counts/overview") if row["what"] == "records")
        return table(store, calls(store, count, fed), records)
    finally:
        store.close()


def page(tables: list[str]) -> str:
    """The whole page."""
    told = "One process makes one call after the other; each is a transaction of its own and is on disk when it ends."
    by = "Processor time is told beside wall time: on a machine that does other work it tells more."
    return "\n".join([f"# One record at a time\n\n{described()}\n\n`python -m bench live`. {BARS}\n{told} {by}\n", *tables])


def run(file: Path, place: Path, engine: str, count: int, fed: int) -> str:
    """Load, resolve and measure on one engine."""
    if engine == "sqlite":
        url = f"sqlite:///{place / 'kith.db'}"
        loaded(file, place, url)
        return measured(url, count, fed)
    server = local_neo4j.start(home=place / "neo4j")
    try:
        loaded(file, place, server.address)
        return measured(server.address, count, fed)
    finally:
        local_neo4j.stop(home=place / "neo4j")


def main(words: list[str]) -> str:
    """`live [--file FILE] [--persons N] [--engine NAME] [--store URL …] [--calls N]`: the page to keep."""
    asked = argparse.ArgumentParser(prog="python -m bench live", description=__doc__)
    asked.add_argument("--file", type=Path)
    asked.add_argument("--persons", type=int, default=1_000_000)
    asked.add_argument("--engine", choices=("sqlite", "neo4j"), default="sqlite")
    asked.add_argument("--store", action="append", default=[])
    asked.add_argument("--calls", type=int, default=2_000)
    asked.add_argument("--fed", type=int, default=10_000)
    given = asked.parse_args(words)
    if given.store:
        return page([measured(url, given.calls, given.fed) for url in given.store])
    with tempfile.TemporaryDirectory() as place:
        file = given.file or made(given.persons, Path(place) / "persons.parquet")
        return page([run(file.absolute(), Path(place), given.engine, given.calls, given.fed)])
