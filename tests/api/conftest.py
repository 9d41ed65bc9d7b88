"""What tests of the ways in share: a region on each engine, and an environment that touches nobody's own files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.open import open_store
from tests.api.regions import Region, build
from tests.stores import wipe

ENGINES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the settings, or makes the key, of whoever runs it."""
    for name in ("KITH_STORE", "KITH_TODAY", "KITH_LANG", "KITH_API_KEY", "KITH_RULEBOOK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(tmp_path / "id.key"))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module", params=ENGINES)
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """A sample region in a store of each engine; tests only read it."""
    folder = tmp_path_factory.mktemp("region")
    address = f"sqlite:///{folder / 'kith.db'}"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    store = open_store(address)
    yield build(store, folder, address)
    store.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The same region in a SQLite file, for tests that need no second engine."""
    folder = tmp_path_factory.mktemp("made")
    address = f"sqlite:///{folder / 'kith.db'}"
    store = open_store(address)
    yield build(store, folder, address)
    store.close()
