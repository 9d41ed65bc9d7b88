"""The process that does the jobs of one lane, one after the other. It ends with the server that started it."""

import json
import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from pydantic import SecretStr

from api.context.network_cache import NetworkCache
from api.errors import from_damage
from api.jobs.ledger import JobLedger
from api.jobs.work import Bench, Outcome
from api.settings import Settings
from api.text.log import set_up_log
from api.text.progress import ProgressLine
from api.wiring import open_store, wall_clock
from ontology.errors import KithError, StoreBusy
from resolution.processes import end_with_parent
from store.port import Row
from store.urls import scheme_of, sqlite_file

LOG = logging.getLogger("kith.jobs")
IDLE_S = 120.0  # After that long without a job the process ends and gives back its memory.
POLL_S = 1.0  # Between looks for a job that another server's job of the same lane keeps waiting.
NOTE_S = 0.5  # Between two notes of how far a job is.
BUSY_WAIT_S = 2.0
BUSY_PATIENCE_S = 900.0  # That long a job waits for a writer that is no job: a command at the terminal.
WAITS_FOR_WRITER = "Waiting for another kith that writes to this store"


class JobCancelled(Exception):
    """The job was told to end; raised at a safe point, so that its open transaction is undone."""


def settings_for_process(settings: Settings) -> str:
    """The settings as JSON for a process that runs in another folder: paths absolute, no keys of callers."""
    fields: dict[str, object] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, Path):
            fields[name] = str(value.expanduser().absolute())
        elif not isinstance(value, SecretStr | dict):
            fields[name] = value
    return json.dumps(fields | {"store": _absolute(settings.store.get_secret_value())}, default=str)


def _absolute(address: str) -> str:
    if scheme_of(address) != "sqlite":
        return address
    return f"sqlite:///{quote(str(sqlite_file(address).absolute()))}"


def work_off(lane: str, runner: str) -> None:
    """Do the jobs of a lane until none has come for a while, or the server is gone.

    Its settings are the first line of stdin; each further line says that a job was put.
    """
    orders = sys.stdin.buffer
    settings = Settings.model_validate_json(orders.readline())
    set_up_log(settings.log, settings.log_format)
    poke = threading.Event()
    end_with_parent(lambda: _hear(orders, poke))
    store = open_store(settings)
    ledger = JobLedger(store.open_side_store(), wall_clock, settings.jobs_kept_h * 3600)
    bench = Bench(store, settings, NetworkCache())
    last = time.monotonic()
    while time.monotonic() - last < IDLE_S:
        row = ledger.claim(lane, runner=runner, can_run=_has_files)
        if row is None:
            waits = any(waiting["lane"] == lane for waiting in ledger.unfinished())
            poke.wait(POLL_S if waits else IDLE_S)
            poke.clear()
            last = time.monotonic() if waits else last
            continue
        do_job(bench, ledger, row)
        last = time.monotonic()


def _hear(orders: BinaryIO, poke: threading.Event) -> None:
    while orders.readline():
        poke.set()


def _has_files(row: Row) -> bool:
    return not row["place"] or Path(row["place"]).is_dir()


def do_job(bench: Bench, ledger: JobLedger, row: Row) -> None:
    """Do one job and note how it ended; whatever goes wrong is the end of this job alone."""
    id_ = row["id"]
    bench.report = _Notes(ledger, id_).note
    try:
        bench.report("")
        outcome = _patiently(lambda: bench.do(row), bench.report)
        ledger.succeed(id_, report=outcome.report, result=outcome.result)
    except JobCancelled:
        ledger.end_cancelled(id_)
    except Exception as error:
        # Only the kind: a message may carry a name or an id from the data.
        LOG.error("a job failed with %s", type(error).__name__)
        kith_error = error if isinstance(error, KithError) else from_damage(error) or KithError()
        ledger.fail(id_, kith_error)
    ledger.remove_old()


def _patiently(work: Callable[[], Outcome], report: Callable[[str], None]) -> Outcome:
    """What the work gives; begun again while another writer holds the store. Raises StoreBusy after a long while."""
    ends = time.monotonic() + BUSY_PATIENCE_S
    while True:
        try:
            return work()
        except StoreBusy:
            if time.monotonic() > ends:
                raise
            report(ProgressLine(WAITS_FOR_WRITER))
            time.sleep(BUSY_WAIT_S)


@dataclass
class _Notes:
    """Notes how far a job is, every so often, and ends it where it was told to end."""

    ledger: JobLedger
    id: str
    noted_at: float = 0.0
    stage: str = ""

    def note(self, line: str) -> None:
        """One step of the work. Raises JobCancelled."""
        stage = getattr(line, "stage", str(line))
        done, total = getattr(line, "done", 0), getattr(line, "total", 0)
        if stage == self.stage and done != total and time.monotonic() - self.noted_at < NOTE_S:
            return
        leaving = self.ledger.advance(self.id, stage=stage, done=done, total=total)
        self.stage, self.noted_at = stage, time.monotonic()
        if leaving:
            raise JobCancelled
