"""The working folder is data: whatever lies there, no process of kith runs it, and no helper outlives the process it helps."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from resolution import worker
from resolution.processes import HOME, import_path
from resolution.sources.loads import PARALLEL_BYTES_MIN
from resolution.worker import Worker
from tests.conftest import PROJECT
from tests.resolution.sources.shorthands import REGISTRY_HEADER

KITH = Path(sys.executable).parent / "kith"
MARK = "\nwith open({marks!r}, 'a') as file: file.write(__name__ + chr(10))\n"
WAIT_S = 20.0


def modules_loaded(_: int) -> list[str]:
    import resolution.pipeline  # What `resolve` has its helper do.
    import resolution.sources.parallel_mapping  # noqa: F401

    return sorted({name.partition(".")[0] for name in sys.modules})


def names_to_shadow() -> set[str]:
    """What a helper has loaded, what it could load later, and what an interpreter looks for as it starts."""
    with Worker() as helper:
        loaded = helper.submit(modules_loaded, 0).result()
    return {*loaded, *sys.stdlib_module_names, *packages_distributions(), "sitecustomize", "usercustomize"} - {"__main__"}


def hostile(folder: Path, marks: Path) -> None:
    """A file, or a folder for our own packages, for every import there may be."""
    for name in names_to_shadow():
        place = folder / name / "__init__.py" if (HOME / name).is_dir() else folder / f"{name}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(MARK.format(marks=str(marks)), "utf-8")
    (folder / ".numba_config.yaml").write_text("cache_dir: planted\n", "utf-8")
    (folder / "t2s.json").write_text("{", "utf-8")


def long_registry(folder: Path, rows: int) -> Path:
    """A business registry of few parties and so many bytes that helpers start."""
    path = folder / "business_registry.csv"
    lines = (f"reg-{number},福州第{number}号有限公司,张{number % 977},2001-02-03,{'甲' * 300}" for number in range(rows))
    path.write_text("\n".join([f"{REGISTRY_HEADER},经营范围", *lines]), "utf-8")
    return path


def run(folder: Path, *words: str, start: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("KITH_", "PYTHON"))}
    environment = kept | {"HOME": str(folder.parent), "KITH_ID_KEY_FILE": str(folder.parent / "id.key")}
    store = ("--store", f"sqlite:///{folder.parent / 'store.db'}")
    done = subprocess.run([*start, *words, *store], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def many_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_two_can_work", lambda: True)


@pytest.mark.slow
@pytest.mark.skipif(not KITH.exists(), reason="the command is installed elsewhere")
def test_no_import_of_a_command_or_its_helpers_comes_from_the_working_folder(tmp_path: Path, many_cores: None) -> None:
    folder, marks = tmp_path / "data", tmp_path / "marks"
    folder.mkdir()
    hostile(folder, marks)
    assert {f"{name}.py" for name in ("yaml", "numpy", "json", "encodings", "sitecustomize")} <= set(os.listdir(folder))
    assert long_registry(folder, 2500).stat().st_size > PARALLEL_BYTES_MIN
    start = (str(KITH),)
    assert '"rows_in": 2500' in run(folder, "ingest", "business_registry.csv", "--json", start=start).stdout
    run(folder, "resolve", start=start)
    assert not marks.exists(), marks.read_text()
    assert not (folder / "planted").exists()


def test_a_second_process_imports_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many_cores: None
) -> None:
    hostile(tmp_path, tmp_path / "marks")
    monkeypatch.chdir(tmp_path)
    with Worker() as helper:
        assert "numba" in helper.submit(modules_loaded, 0).result()
    assert not (tmp_path / "marks").exists()


def test_the_planted_files_are_run_by_an_interpreter_that_looks_there(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text(MARK.format(marks=str(tmp_path / "marks")), "utf-8")
    subprocess.run([sys.executable, "-c", "import yaml"], cwd=tmp_path, check=True)
    assert (tmp_path / "marks").read_text() == "yaml\n"


@pytest.mark.parametrize("place", ["", "{here}", ".", "{here}/../data", "{link}"])
def test_the_working_folder_is_left_out_of_the_path_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    here, link = tmp_path / "data", tmp_path / "link"
    here.mkdir()
    link.symlink_to(here)
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys, "path", [place.format(here=here, link=link), str(PROJECT), "/opt/lib", "wheels"])
    assert import_path() == [str(PROJECT), "/opt/lib", str(here / "wheels")]


def test_the_working_folder_stays_where_kith_is_installed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOME)
    monkeypatch.setattr(sys, "path", [str(HOME), "/opt/lib"])
    assert import_path() == [str(HOME), "/opt/lib"]


def test_a_working_folder_that_is_gone_hinders_no_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many_cores: None
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with Worker() as helper:
        assert "resolution" in helper.submit(modules_loaded, 0).result()


HELD = """
import sys, time
from resolution import worker
worker._two_can_work = lambda: True
with worker.Worker() as helper:
    helper.submit(time.sleep, 600)
    time.sleep(600)
"""
READING = """
import sys
from datetime import UTC, datetime, date
from pathlib import Path
import time
from resolution.sources.parallel_mapping import map_blocks_in_parallel
from tests.resolution.sources.shorthands import choice
path = Path(sys.argv[1])
blocks = map_blocks_in_parallel(path, choice(path), "f" * 16)
next(blocks)
time.sleep(600)
"""


def helpers_of(pid: int) -> list[int]:
    return [child for child, parent, _ in _processes() if parent == pid]


def alive(pid: int) -> bool:
    return any(one == pid and not state.startswith("Z") for one, _, state in _processes())


def _processes() -> list[tuple[int, int, str]]:
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,state="], capture_output=True, text=True, check=True).stdout
    return [(int(pid), int(parent), state) for pid, parent, state in map(str.split, shown.splitlines())]


def until(true: Callable[[], bool]) -> bool:
    ends = time.monotonic() + WAIT_S
    while not true() and time.monotonic() < ends:
        time.sleep(0.1)
    return true()


@pytest.mark.parametrize(("program", "count"), [(HELD, 1), (READING, 2)])
def test_helpers_end_with_their_parent_even_where_it_is_killed(tmp_path: Path, program: str, count: int) -> None:
    path = long_registry(tmp_path, 9000)
    parent = subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=PROJECT)
    try:
        assert until(lambda: len(helpers_of(parent.pid)) == count)
        time.sleep(1.0)  # At work by now.
        helpers = helpers_of(parent.pid)
        assert len(helpers) == count
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert until(lambda: not any(map(alive, helpers)))
