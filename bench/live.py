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
from bench.machine import describe_machine
from bench.processes import KITH, measure
from bench.scale import MAPPING, make_persons
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
class CallTimes:
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


def calls(store: Store, call_count: int, fed_count: int) -> CallTimes:
    """Make the calls, four sorts in turn, over records drawn by a fixed seed; then feed others."""
    live, times = Live(store), CallTimes()
    records = _draw_records(store, call_count + 1 + fed_count)
    fed_records = _records_to_feed(records[call_count + 1 :])
    del records[call_count + 1 :]
    times.first_ms = _measure_call(lambda: live.put(records[0], now=NOW))[0]  # Reads what the weights stand on.
    for sort, call in _calls_in_turn(live, records[1:]):
        wall, cpu = _measure_call(call)
        times.wall_ms[sort].append(wall)
        times.cpu_ms[sort].append(cpu)
    times.waiting = live.queue_length()
    times.settle_s = _measure_call(lambda: live.settle(now=NOW))[0] / 1000
    groups = [fed_records[start : start + BATCH_SIZE] for start in range(0, len(fed_records), BATCH_SIZE)]
    wall, cpu = _measure_call(lambda: [live.put_all(group, now=NOW) for group in groups])
    times.fed, times.fed_s, times.fed_cpu_s = len(fed_records), wall / 1000, cpu / 1000
    times.fed_settle_s = _measure_call(lambda: live.settle(now=NOW))[0] / 1000
    return times


def _records_to_feed(records: list[Record]) -> list[Record]:
    """In turn a new record much like one there is, one that says something else, and one that says the same again."""
    return [
        (
            record.model_copy(update={"id": f"fed:{position}", "born_on": None}),
            record.model_copy(update={"contacts": ()}),
            record,
        )[position % 3]
        for position, record in enumerate(records)
    ]


def _calls_in_turn(live: Live, records: list[Record]) -> Iterator[tuple[str, Callable[[], object]]]:
    for position, record in enumerate(records):
        twin = record.model_copy(update={"id": f"bench:{position}", "born_on": None})
        changed = record.model_copy(update={"contacts": ()})
        yield (
            SORTS[position % 4],
            (
                lambda twin=twin: live.put(twin, now=NOW),
                lambda changed=changed: live.put(changed, now=NOW),
                lambda record=record: live.put(record, now=NOW),
                lambda record=record: live.delete(record.id, now=NOW),
            )[position % 4],
        )


def _draw_records(store: Store, count: int) -> list[Record]:
    ids = store.columns("entities/members")["record_id"]
    drawn_ids = random.Random(7).sample(ids, min(count, len(ids)))  # The same records in every run.
    records_by_id = {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=drawn_ids)}
    return [records_by_id[id_] for id_ in drawn_ids]


def _measure_call(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def table(store: Store, times: CallTimes, records: int) -> str:
    """The figures of one engine."""
    rows = [_row(sort, times.wall_ms[sort], times.cpu_ms[sort]) for sort in SORTS]
    wall, cpu = ([ms for sort in SORTS for ms in times_by_sort[sort]] for times_by_sort in (times.wall_ms, times.cpu_ms))
    rows.append(_row("**all**", wall, cpu))
    rate_line = (
        f"{len(wall) / sum(wall) * 1000:.0f} calls a second by the clock, {len(cpu) / sum(cpu) * 1000:.0f} by the processor."
    )
    settling_line = (
        f"First call of a process {times.first_ms:.0f} ms. {times.waiting} things waited and settled in {times.settle_s:.2f} s."
    )
    fed_total_s = times.fed_s + times.fed_settle_s
    fed_rate = times.fed / fed_total_s if fed_total_s else 0
    fed_line = (
        f"Then {times.fed:,} records fed, {BATCH_SIZE} in a transaction: {times.fed_s:.1f} s "
        f"({times.fed_cpu_s:.1f} of the processor), and {times.fed_settle_s:.1f} s to settle: "
        f"**{fed_rate:.0f} records a second**."
    )
    return "\n".join(
        [
            f"### {store.engine}, {records:,} records loaded, {len(wall):,} calls",
            "",
            HEAD,
            *rows,
            "",
            rate_line,
            settling_line,
            fed_line,
            "",
        ]
    )


HEAD = (
    "| call | p50 ms | p99 ms | max ms | p50 processor ms | p99 processor ms | max processor ms |\n|---|---|---|---|---|---|---|"
)


def _row(sort: str, wall: list[float], cpu: list[float]) -> str:
    cells = (f"{_share(ms, share):.1f}" for ms in (wall, cpu) for share in (0.5, 0.99, 1.0))
    return f"| {sort} | {' | '.join(cells)} |"


def _share(values: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load_file(file: Path, work_folder: Path, url: str) -> None:
    """Load and resolve the file through the ordinary commands."""
    environment = {"KITH_STORE": url, "KITH_ID_KEY_FILE": str(work_folder / "id.key")}
    arguments = ("--mapping", str(MAPPING), "--rejects", str(work_folder), str(file))
    measure(*KITH, "ingest", "--json", *arguments, environment=environment)
    measure(*KITH, "resolve", "--json", environment=environment)


def measure_store(url: str, call_count: int, fed_count: int) -> str:
    """The table of one resolved store."""
    store = open_store(url)
    try:
        records = next(row["n"] for row in store.read("counts/overview") if row["what"] == "records")
        return table(store, calls(store, call_count, fed_count), records)
    finally:
        store.close()


def page(tables: list[str]) -> str:
    """The whole page."""
    method_line = "One process makes one call after the other; each is a transaction of its own and is on disk when it ends."
    processor_line = "Processor time is told beside wall time: on a machine that does other work it tells more."
    return "\n".join(
        [
            f"# One record at a time\n\n{describe_machine()}\n\n`python -m bench live`. {BARS}\n{method_line} {processor_line}\n",
            *tables,
        ]
    )


def run(file: Path, work_folder: Path, engine: str, call_count: int, fed_count: int) -> str:
    """Load, resolve and measure on one engine."""
    if engine == "sqlite":
        url = f"sqlite:///{work_folder / 'kith.db'}"
        load_file(file, work_folder, url)
        return measure_store(url, call_count, fed_count)
    server = local_neo4j.start(home=work_folder / "neo4j")
    try:
        load_file(file, work_folder, server.address)
        return measure_store(server.address, call_count, fed_count)
    finally:
        local_neo4j.stop(home=work_folder / "neo4j")


def main(arguments: list[str]) -> str:
    """`live [--file FILE] [--persons N] [--engine NAME] [--store URL …] [--calls N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench live", description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("sqlite", "neo4j"), default="sqlite")
    parser.add_argument("--store", action="append", default=[])
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--fed", type=int, default=10_000)
    options = parser.parse_args(arguments)
    if options.store:
        return page([measure_store(url, options.calls, options.fed) for url in options.store])
    with tempfile.TemporaryDirectory() as work_folder:
        file = options.file or make_persons(options.persons, Path(work_folder) / "persons.parquet")
        return page([run(file.absolute(), Path(work_folder), options.engine, options.calls, options.fed)])
