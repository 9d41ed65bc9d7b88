"""What the processes of a server are started with; light, so that their supervisor loads nothing that answers requests."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from api.settings import Level, Settings

ENDING_S = 5.0  # For threads of requests that were given up, each of which ends at its next look at the store.
READY = b"ready\n"


@dataclass(frozen=True)
class ServerPlan:
    """What each process of a server is started with.

    log_level:      of its log, which --verbose may have lowered.
    folder:         the working folder, from which relative paths of the settings count.
    secret:         signs sessions and page tokens.
    ended_sessions: see `AppState`.
    sockets:        file descriptors of the listening sockets: that of the API, then that of the metrics where it has one.
    """

    settings: Settings
    log_level: Level
    folder: Path
    secret: bytes
    ended_sessions: Path | None = None
    sockets: tuple[int, ...] = ()


def send_plan(pipe: IO[bytes], plan: ServerPlan) -> None:
    """Write a plan to a worker's standard input."""
    pickle.dump(plan, pipe)
    pipe.flush()
