"""kith-client is a distribution of its own: its wheel holds its package, and needs two libraries and nothing of kith."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hatch_build import HOUSE
from tests.conftest import PROJECT

SOURCE = PROJECT / "clients" / "python"


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_needs_two_libraries(tmp_path: Path) -> None:
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path))
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(SOURCE)], check=True, cwd=tmp_path)
    with zipfile.ZipFile(next(tmp_path.glob("kith_client-*.whl"))) as wheel:
        names = wheel.namelist()
        metadata = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"kith_client"}
    assert {"kith_client/py.typed", "kith_client/models.py", "kith_client/synchronous/client.py"} <= {*names}
    needs = [line.partition(": ")[2].partition("<")[0] for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert needs == ["httpx", "pydantic"]


def test_nothing_of_kith_is_imported() -> None:
    code = "import sys, kith_client; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], cwd=SOURCE, capture_output=True, text=True, check=True).stdout.split()
    assert not {*HOUSE, "kith"} & {*modules}
