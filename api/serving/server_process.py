"""One process that answers: the store opened, the app over it, and the server until it is told to stop."""

import gc
import logging
import os
import pickle
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from time import sleep

from api.app import create_app
from api.http.dependencies import AppState
from api.http.server import GracefulServer, server_of
from api.serving.server_plan import ENDING_S, READY, ServerPlan
from api.serving.warming import begin_warming
from api.text.log import set_up_log
from api.watching.worker import WatchWorker
from api.wiring import open_store, rulebook, version
from resolution.processes import end_with_parent
from store.port import Store

LOG = logging.getLogger("kith.serving")


def serve_until_stopped(store: Store, plan: ServerPlan, sockets: Sequence[socket.socket], on_ready: Callable[[], None]) -> None:
    """Answer over an open store until SIGTERM or Ctrl-C, and end in good order. on_ready: called when connections are taken."""
    settings = plan.settings
    state = AppState(settings, store, rulebook(settings), version(), secret=plan.secret, ended_sessions=plan.ended_sessions)
    app = create_app(state)
    server = server_of(
        app,
        request_s=settings.request_timeout_s,
        stopping=app.state.stopping,
        drain_s=settings.drain_s,
        shutdown_s=settings.shutdown_s,
    )

    def started() -> None:
        on_ready()
        begin_warming(app.state.kith)

    threading.Thread(target=_call_when_started, args=(server, started), daemon=True).start()
    watching = WatchWorker(store, settings, state.rulebook).start()
    app.state.jobs.supervisor.resume()
    try:
        server.run(sockets=list(sockets))
    finally:
        watching.close()
        app.state.jobs.supervisor.close()
        app.state.readers_log.close()
        gc.unfreeze()  # What was put aside after the start ends with the process like everything else.
        LOG.info("stopped")


def _call_when_started(server: GracefulServer, on_ready: Callable[[], None]) -> None:
    while not server.started:
        sleep(0.01)
    on_ready()


def run_worker() -> None:
    """The whole of a worker process: its plan comes on standard input, which stays open as long as its supervisor lives."""
    plan: ServerPlan = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own supervisor wrote it.
    os.chdir(plan.folder)
    set_up_log(plan.log_level, plan.settings.log_format)
    end_with_parent(lambda: os.read(sys.stdin.fileno(), 1))  # Past Python's buffer, whose lock would be held at the end.
    sockets = [socket.socket(fileno=number) for number in plan.sockets]
    store = open_store(plan.settings)
    try:
        serve_until_stopped(store, plan, sockets, _say_ready)
    finally:
        store.close()
    end_for_certain()


def _say_ready() -> None:
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()


def end_for_certain(wait_s: float = ENDING_S) -> None:
    """Have this process end now, or with what its threads still do; after that long in any case. Nothing uncommitted is kept."""

    def end() -> None:
        sleep(wait_s)
        os._exit(0)

    threading.Thread(target=end, daemon=True).start()
