"""Starts the processes that do jobs, watches them, and notes when one is gone."""

import logging
import secrets
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from api.jobs.ledger import READING, WRITING, JobLedger
from api.jobs.process import settings_for_process
from api.jobs.spool import Spool, spool_of
from api.schemas.jobs import JobState
from api.settings import Settings
from api.telemetry.metrics import count
from api.wiring import wall_clock
from ontology.errors import KithError
from resolution.processes import start_helper
from store.port import Store

LOG = logging.getLogger("kith.jobs")
TICK_S = 0.5
SEEN_EVERY_S = 5.0  # Far below the time after which a job counts as broken off.
CLEANED_EVERY_S = 60.0
RESTART_WAIT_S = 5.0  # Before a process that ended without taking up what waits is started again.
STARTS_MAX = 3
LANES = (WRITING, READING)


@dataclass
class _Process:
    """One process of a lane, and the name its jobs run under."""

    popen: "subprocess.Popen[bytes]"
    runner: str
    started: float = field(default_factory=time.monotonic)

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def poke(self) -> None:
        """Tell it that a job was put."""
        with suppress(OSError, ValueError):  # It has ended: the watch sees that.
            assert self.popen.stdin is not None  # noqa: S101
            self.popen.stdin.write(b"\n")
            self.popen.stdin.flush()

    def end(self) -> None:
        """Kill it; what its job had not committed is undone by the store."""
        self.popen.kill()
        self.popen.wait()
        with suppress(OSError):
            assert self.popen.stdin is not None  # noqa: S101
            self.popen.stdin.close()


class JobSupervisor:
    """The processes of one server: at most one a lane. Threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._processes: dict[str, _Process] = {}
        self._starts: dict[str, list[float]] = {lane: [] for lane in LANES}
        self._lock = threading.RLock()
        self._ledger: JobLedger | None = None
        self._watch: threading.Thread | None = None
        self._closed = threading.Event()
        self._counted: dict[str, str] = {}

    @property
    def ledger(self) -> JobLedger:
        """The jobs of the store; its side is opened by the first question."""
        with self._lock:
            if self._ledger is None:
                self._ledger = JobLedger(self._store.open_side_store(), wall_clock, self._settings.jobs_kept_h * 3600)
            return self._ledger

    @property
    def spool(self) -> Spool:
        """Where files of jobs lie."""
        return spool_of(self._store, self._settings)

    def start(self) -> None:
        """See to it that what waits is done."""
        with self._lock:
            self._look()
            for process in self._processes.values():
                process.poke()
            if self._watch is None or not self._watch.is_alive():
                self._watch = threading.Thread(target=self._watch_processes, name="kith-jobs", daemon=True)
                self._watch.start()

    def count_job(self, id_: str, kind: str) -> None:
        """Count a job that was put here, and once it ends, its end."""
        count("kith_jobs_total", kind=kind, state=JobState.WAITING.value)
        with self._lock:
            self._counted[id_] = kind

    def resume(self) -> None:
        """Do what waited when a server ended; a store whose side cannot be opened has no jobs."""
        with suppress(KithError):
            if self.ledger.unfinished():
                self.start()

    def close(self) -> None:
        """End all processes; their jobs are broken off. The side store stays open for threads that still ask; it ends with us."""
        self._closed.set()
        with self._lock:
            for lane in tuple(self._processes):
                self._end(lane)

    def _watch_processes(self) -> None:
        seen_at = cleaned_at = time.monotonic()
        while not self._closed.wait(TICK_S):
            with self._lock, suppress(KithError):  # A store that does not answer now answers later.
                if self._closed.is_set():
                    return
                now = time.monotonic()
                if now - seen_at > SEEN_EVERY_S:
                    seen_at = now
                    for process in self._processes.values():
                        self.ledger.see(process.runner)
                if now - cleaned_at > CLEANED_EVERY_S:
                    cleaned_at = now
                    self.spool.remove(self.ledger.remove_old())
                self._look()

    def _look(self) -> None:
        """End what broke off, and start a process for each lane in which a job waits."""
        for lane, process in list(self._processes.items()):
            if not process.is_alive:
                self._end(lane)
        waiting = {row["lane"] for row in self.ledger.unfinished() if row["state"] == JobState.WAITING}
        for lane in waiting - self._processes.keys():
            self._start_process(lane)
        self._count_ends()

    def _count_ends(self) -> None:
        open_ids = {row["id"] for row in self.ledger.unfinished()} if self._counted else set()
        for id_ in [id_ for id_ in self._counted if id_ not in open_ids]:
            kind = self._counted.pop(id_)
            for row in self.ledger.store.read("jobs/by_id", id=id_):
                count("kith_jobs_total", kind=kind, state=row["state"])

    def _end(self, lane: str) -> None:
        process = self._processes.pop(lane)
        process.end()
        self.ledger.end_broken(process.runner)

    def _start_process(self, lane: str) -> None:
        now = time.monotonic()
        recent = self._starts[lane] = [start for start in self._starts[lane] if now - start < RESTART_WAIT_S * STARTS_MAX]
        if len(recent) >= STARTS_MAX:
            self.ledger.give_up_waiting(lane)
            return
        if recent and now - recent[-1] < RESTART_WAIT_S:
            return
        recent.append(now)
        runner = secrets.token_hex(8)
        popen = start_helper(
            "api.jobs.process", f"work_off({lane!r}, {runner!r})", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        process = _Process(popen, runner)
        assert popen.stdin is not None  # noqa: S101
        with suppress(OSError):
            popen.stdin.write(settings_for_process(self._settings).encode() + b"\n")
            popen.stdin.flush()
        self._processes[lane] = process
        LOG.info("a process for jobs that %s was started", lane)
