"""A server of kith as a process of its own with a small region, and one that answers as a test writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.open import open_store
from tests.api.http.test_server import serving
from tests.api.regions import Region, build
from tests.clients.scripted_server import ScriptedServer

OPERATOR_KEY = "a-key-of-the-operator-for-tests"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the settings, or makes the key, of whoever runs it."""
    for name in ("KITH_STORE", "KITH_TODAY", "KITH_LANG", "KITH_API_KEY", "KITH_RULEBOOK", "KITH_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def served_region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """A region in a SQLite file."""
    folder = tmp_path_factory.mktemp("served")
    address = f"sqlite:///{folder / 'kith.db'}"
    store = open_store(address)
    yield build(store, folder, address)
    store.close()


@pytest.fixture(scope="module")
def url(served_region: Region) -> Iterator[str]:
    """Address of a server of the region; it asks for a key."""
    environment = {
        "KITH_API_KEY": OPERATOR_KEY,
        "KITH_ID_KEY_FILE": str(served_region.settings.id_key_file),
        "KITH_TODAY": served_region.sample.as_of,
        "KITH_WEBHOOK_PRIVATE": "true",
    }
    with serving(served_region, **environment) as address:
        yield address


@pytest.fixture
def scripted() -> Iterator[ScriptedServer]:
    """A server that answers what a test wrote down, one answer a request."""
    with ScriptedServer() as server:
        yield server
