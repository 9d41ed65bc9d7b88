"""A store that can be hurt: put somewhere small, filled up, killed, and looked at afterwards."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bench.faults.digests import Digest, neo4j_digest, sqlite_digest
from ontology.errors import StoreUnreachable
from store import local_neo4j

SQLITE_DISK_MB = 64
NEO4J_DISK_MB = 1024  # The server's own files take some 100 MB of it.
PAGE = 4096
STARTS_MAX = 3


class Victim(Protocol):
    """One store on a small disk of its own."""

    name: str
    disk: Path

    @property
    def address(self) -> str:
        """As --store takes it."""
        ...

    def clear(self) -> None:
        """Be empty, as before the first step."""
        ...

    def digest(self) -> Digest:
        """All it says."""
        ...

    def log_bytes(self) -> int:
        """Bytes of its log so far, from which it is seen that a step has begun to write."""
        ...

    def kill(self) -> None:
        """End what runs beside the command, if anything does, as a power cut would."""
        ...

    def recover(self) -> None:
        """Be there again, once there is room."""
        ...


class SqliteVictim:
    """One file."""

    name = "sqlite"

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.file = disk / "kith.db"

    @property
    def address(self) -> str:
        return f"sqlite:///{self.file}"

    def clear(self) -> None:
        for file in self.disk.glob("kith.db*"):
            file.unlink()

    def digest(self) -> Digest:
        return sqlite_digest(self.file)

    def log_bytes(self) -> int:
        with contextlib.suppress(FileNotFoundError):
            return self.file.with_name("kith.db-wal").stat().st_size
        return 0

    def kill(self) -> None:
        """No process of its own."""

    def recover(self) -> None:
        """Nothing to start."""


class Neo4jVictim:
    """A server with its data on that disk."""

    name = "neo4j"

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.home = disk / "neo4j"
        self.recover()

    @property
    def address(self) -> str:
        return self._server.address

    def clear(self) -> None:
        local_neo4j.stop(self.home)
        shutil.rmtree(self.home / "data", ignore_errors=True)
        (self.home / "password").unlink(missing_ok=True)
        self.recover()

    def digest(self) -> Digest:
        return neo4j_digest(self.address)

    def log_bytes(self) -> int:
        return sum(file.stat().st_size for file in (self.home / "data" / "transactions" / "neo4j").glob("neostore.transaction*"))

    def kill(self) -> None:
        os.kill(self._server.pid, signal.SIGKILL)
        while local_neo4j.status(self.home) is not None:
            time.sleep(0.05)

    def recover(self) -> None:
        for starts_left in reversed(range(STARTS_MAX)):
            try:
                self._server = local_neo4j.start(self.home, heap_mb=1024)
                return
            except StoreUnreachable:  # A busy machine may take longer than a start is waited for.
                if not starts_left:
                    raise

    def close(self) -> None:
        local_neo4j.stop(self.home)


@contextmanager
def victim(engine: str, folder: Path) -> Iterator[SqliteVictim | Neo4jVictim]:
    """A store of that engine on a disk that can run full; gone afterwards."""
    with small_disk(folder, SQLITE_DISK_MB if engine == "sqlite" else NEO4J_DISK_MB) as disk:
        if engine == "sqlite":
            yield SqliteVictim(disk)
            return
        server = Neo4jVictim(disk)
        try:
            yield server
        finally:
            server.close()


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[Path]:
    """A disk of that many MiB mounted there. Raises RuntimeError where this machine does not let us."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    if completed.returncode:
        raise RuntimeError(f"a small disk cannot be mounted (it takes root on Linux): {completed.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def fill_disk(disk: Path, *, left_bytes: int) -> Iterator[None]:
    """The disk with no more than that much room, to whole pages, until the block ends."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with ballast.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, max(PAGE, (free - left_bytes) // PAGE * PAGE))
    try:
        yield
    finally:
        ballast.unlink()
