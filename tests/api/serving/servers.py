"""A real `kith serve` as a process of its own, over a copy of a region that may be written to."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.telemetry.processes import process_tree
from tests.api.regions import Region
from tests.stores import copy_file

PATIENCE_S = 60.0


@dataclass
class Served:
    """Where it answers, its first process, and what it printed at its start."""

    url: str
    process: "subprocess.Popen[bytes]"
    announced: dict[str, Any]
    log: Path

    def get(self, path: str, **more: Any) -> httpx.Response:
        """One request over a connection of its own, so that any worker may take it."""
        return httpx.get(f"{self.url}{path}", timeout=PATIENCE_S, **more)

    @property
    def workers(self) -> set[int]:
        """Process ids of the workers."""
        return set(process_tree(self.process.pid)) - {self.process.pid}

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@contextmanager
def served(address: str, id_key_file: Path, folder: Path, *words: str, **environment: str) -> Iterator[Served]:
    """A server over a store, ended afterwards whatever became of it."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0", "--json", *words]
    variables = {**os.environ, "KITH_STORE": address, "KITH_ID_KEY_FILE": str(id_key_file), **environment}
    log = folder / "serve.log"
    with log.open("ab") as err, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, env=variables) as process:
        try:
            announced = _announced(process, log)
            server = Served(announced["url"].rstrip("/"), process, announced, log)
            until(lambda: answers(server.url))
            yield server
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _announced(process: "subprocess.Popen[bytes]", log: Path) -> dict[str, Any]:
    assert process.stdout is not None
    lines: list[bytes] = []
    while not lines or lines[-1] != b"}\n":
        lines.append(process.stdout.readline())
        assert lines[-1], log.read_text()
    answer: dict[str, Any] = json.loads(b"".join(lines))
    return answer


def answers(url: str, path: str = "/healthz") -> bool:
    """Whether it answers now."""
    try:
        return httpx.get(f"{url}{path}", timeout=PATIENCE_S).status_code == 200
    except httpx.TransportError:
        return False


def until(holds: Callable[[], object], within_s: float = PATIENCE_S) -> None:
    """Wait for something to hold."""
    ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < ends, "it does not come to hold"
        time.sleep(0.1)


def copy_of(region: Region, folder: Path) -> str:
    """The address of a copy of a region's SQLite file, which may be written to."""
    file = Path(region.settings.store.get_secret_value().removeprefix("sqlite:///"))
    region.store.write("meta/put", rows=[])
    copy_file(file, folder / "kith.db")
    if file.with_name(f"{file.name}-kept").exists():
        shutil.copytree(file.with_name(f"{file.name}-kept"), folder / "kith.db-kept")
    return f"sqlite:///{folder / 'kith.db'}"
