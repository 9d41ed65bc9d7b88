"""Several processes that answer at one address: started, replaced when they end, renewed on SIGHUP, ended on SIGTERM.

The supervisor holds the listening sockets and answers nothing itself. A worker that ends, however it ends, is replaced; one that
does not come up is tried again at growing intervals, while the others answer.
"""

import logging
import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from api.serving.server_plan import ENDING_S, READY, ServerPlan, send_plan
from api.telemetry.processes import SUPERVISOR_VARIABLE
from resolution.processes import start_helper

LOG = logging.getLogger("kith.serving")
TICK_S = 0.1
START_WAIT_S = 120.0  # A worker that takes no connection by then is ended and tried again.
SHORT_LIFE_S = 5.0  # One that ends sooner is not replaced at once, so that a fault of the start fills no log.
PAUSE_MAX_S = 30.0
METRICS_FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


class WorkerProcess:
    """A worker as its supervisor sees it."""

    def __init__(self, plan: ServerPlan, environment: dict[str, str]) -> None:
        self.process = start_helper(
            "api.serving.server_process",
            "run_worker()",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=plan.sockets,
            env=environment,
        )
        self.started = time.monotonic()
        assert self.process.stdin and self.process.stdout  # noqa: S101, PT018 - pipes, as asked for
        with suppress(BrokenPipeError):
            send_plan(self.process.stdin, plan)

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process.poll() is not None

    @property
    def age_s(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started

    def is_ready(self, wait_s: float) -> bool:
        """Whether it says within this time that it takes connections."""
        assert self.process.stdout  # noqa: S101 - a pipe, as asked for
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            return bool(selector.select(wait_s)) and self.process.stdout.readline() == READY

    def stop(self) -> None:
        """Have it end in good order."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def kill(self) -> None:
        """End it at once, and wait for that."""
        self.process.kill()
        self.process.wait()


class Supervisor:
    """Keeps a number of workers running until it is told to stop."""

    def __init__(self, plan: ServerPlan, workers: int) -> None:
        self._plan, self._count = plan, workers
        self._workers: list[WorkerProcess] = []
        self._stopping = self._renewing = False
        self._pause_s, self._next_start = 0.0, 0.0
        self._environment: dict[str, str] = {}

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl-C. SIGHUP renews the workers one by one: they read rulebook, keys and models anew."""
        with self._shared_folder(), self._signals():
            self._workers = [self._start() for _ in range(self._count)]
            while not self._stopping:
                self._replace_ended()
                if self._renewing:
                    self._renewing = False
                    self._renew()
                time.sleep(TICK_S)
            self._stop_all()

    def _start(self) -> WorkerProcess:
        worker = WorkerProcess(self._plan, self._environment)
        LOG.info("started worker %d", worker.process.pid)
        return worker

    def _replace_ended(self) -> None:
        for worker in [worker for worker in self._workers if worker.has_ended]:
            LOG.error("worker %d ended with %s after %.0f s", worker.process.pid, worker.process.returncode, worker.age_s)
            self._forget(worker)
            short = worker.age_s < SHORT_LIFE_S
            self._pause_s = min(PAUSE_MAX_S, max(1.0, 2 * self._pause_s)) if short else 0.0
            self._next_start = time.monotonic() + self._pause_s
        while len(self._workers) < self._count and time.monotonic() >= self._next_start and not self._stopping:
            self._workers.append(self._start())

    def _renew(self) -> None:
        """A new worker takes connections before an old one is told to stop; where none comes up, the old ones go on."""
        for old in list(self._workers):
            new = self._start()
            if not self._comes_up(new):
                LOG.error("worker %d did not come up: the others go on", new.process.pid)
                new.kill()
                return
            self._workers.append(new)
            self._end([old])

    def _comes_up(self, worker: WorkerProcess) -> bool:
        ends = time.monotonic() + START_WAIT_S
        while time.monotonic() < ends and not self._stopping and not worker.has_ended:
            if worker.is_ready(TICK_S):
                return True
        return False

    def _stop_all(self) -> None:
        self._end(list(self._workers))

    def _end(self, workers: list[WorkerProcess]) -> None:
        settings = self._plan.settings
        for worker in workers:
            worker.stop()
        ends = time.monotonic() + settings.drain_s + settings.shutdown_s + 2 * ENDING_S
        while time.monotonic() < ends and any(not worker.has_ended for worker in workers):
            time.sleep(TICK_S / 2)
        for worker in workers:
            if not worker.has_ended:
                LOG.error("worker %d did not end in time", worker.process.pid)
                worker.kill()
            self._forget(worker)

    def _forget(self, worker: WorkerProcess) -> None:
        """What it counted stays; of what it had at work nothing does."""
        self._workers.remove(worker)
        for file in Path(self._environment[METRICS_FOLDER_VARIABLE]).glob(f"gauge_live*_{worker.process.pid}.db"):
            file.unlink(missing_ok=True)

    @contextmanager
    def _shared_folder(self) -> Iterator[None]:
        """Folders in which workers tell each other of ended sessions and keep their counts; removed at the end."""
        with tempfile.TemporaryDirectory(prefix="kith-serve-") as name:
            sessions, metrics = Path(name) / "sessions", Path(name) / "metrics"
            for folder in (sessions, metrics):
                folder.mkdir(mode=0o700)
            self._plan = replace(self._plan, ended_sessions=sessions)
            own = {METRICS_FOLDER_VARIABLE: str(metrics), SUPERVISOR_VARIABLE: str(os.getpid())}
            self._environment = {**os.environ, **own}
            yield

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self._stopping = True

        def renew(number: int, frame: FrameType | None) -> None:
            self._renewing = True

        actions = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGHUP: renew}
        before = {number: signal.signal(number, action) for number, action in actions.items()}
        try:
            yield
        finally:
            for number, action in before.items():
                signal.signal(number, action)
