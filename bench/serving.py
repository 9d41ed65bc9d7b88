"""A real `kith serve` over a sample region, for benches that ask it: started, watched and ended here."""

import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.processes import KITH

DAY = "2026-11-22"
START_S = 120


@dataclass(frozen=True)
class Region:
    """A folder with a sample region, loaded, resolved and propagated. address: of a store other than the file `kith.db` in it."""

    folder: Path
    suppliers: Path
    address: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What its commands run under."""
        store = self.address or f"sqlite:///{self.folder / 'kith.db'}"
        return {**os.environ, "KITH_STORE": store, "KITH_ID_KEY_FILE": str(self.folder / "id.key"), "KITH_TODAY": DAY}


@dataclass(frozen=True)
class RunningServer:
    """A running server."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def memory_mb(self) -> float:
        """Resident memory now, in MB (10^6 bytes); 0.0 once it has ended."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return 0.0
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def region(firms: int = 160, seed: int = 7) -> Iterator[Region]:
    """A sample region in a folder of its own, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as name:
        sample_region = Region(Path(name), Path(name) / "region" / "check" / "suppliers.csv")
        sample = json.loads(
            _kith(
                sample_region,
                "--json",
                "sample",
                str(sample_region.folder / "region"),
                "--seed",
                str(seed),
                "--firms",
                str(firms),
            )
        )
        _kith(sample_region, "ingest", *sample["sources"])
        _kith(sample_region, "resolve")
        _kith(sample_region, "propagate")
        yield Region(sample_region.folder, Path(sample["suppliers"]))


@contextmanager
def serve(
    region: Region,
    *,
    address_space_bytes: int | None = None,
    extra_environment: Mapping[str, str] | None = None,
    words: Sequence[str] = (),
) -> Iterator[RunningServer]:
    """A server over the region. address_space_bytes: RLIMIT_AS of the process, where it is bounded; words: options of `serve`."""
    log = region.folder / "serve.log"

    def bound() -> None:
        if address_space_bytes is not None:
            resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))

    command = [*KITH, "--json", "serve", "--port", "0", *words]
    with log.open("wb") as err:
        # The threads of the number libraries reserve addresses that they never touch: one each keeps the bound an honest one.
        environment = {**region.environment, "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", **(extra_environment or {})}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, env=environment, preexec_fn=bound)  # noqa: PLW1509
        try:
            yield RunningServer(_first_answer(process), process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _first_answer(process: "subprocess.Popen[bytes]") -> str:
    assert process.stdout is not None
    text = b""
    while not text.endswith(b"}\n"):
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the server ended before it said its address")
        text += line
    url = str(json.loads(text)["url"]).rstrip("/")
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/healthz")
            return url
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _kith(region: Region, *command: str) -> str:
    completed = subprocess.run([*KITH, *command], env=region.environment, capture_output=True, text=True, check=True)
    return completed.stdout
