"""What every test may ask for: golden answers, and the files of the shared data folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.stores", "tests.timing"]

settings.register_profile("kith", deadline=None)  # A busy machine is no broken law; hangs end by pytest-timeout.
settings.load_profile("kith")

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Compare a whole answer with golden/<test name>.json beside the test; KITH_GOLDEN=write renews it."""
    kept = request.path.parent / "golden" / f"{request.node.name}.json"

    def compare(answer: str) -> None:
        if os.environ.get("KITH_GOLDEN") == "write":
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(answer + "\n", "utf-8")
        assert kept.exists(), f"no golden file {kept.name}: run once with KITH_GOLDEN=write and read it"
        renew = f"not as golden/{kept.name} tells it; where that is the change you meant: KITH_GOLDEN=write, then read the diff"
        assert answer + "\n" == kept.read_text("utf-8"), renew

    return compare


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared test data; a test that asks for it is skipped where it is absent, and fails in CI."""
    folder = Path(os.environ.get("KITH_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        told = "the shared data folder is absent: set KITH_DATA"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return folder
