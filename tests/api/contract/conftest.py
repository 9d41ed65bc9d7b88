"""A server of kith on loopback, and the field's own client for it, used as it comes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from yente_client import Client

from api.app import create_app
from api.http.dependencies import AppState
from tests.api.callers import Caller
from tests.api.conftest import ENGINES
from tests.api.contract.small_town import load, write_town
from tests.api.http.test_server import serving
from tests.api.regions import Region
from tests.stores import wipe

CLIENT_COMMAND = Path(sys.executable).parent / "yente-cli"


@pytest.fixture(scope="module")
def caller(region: Region) -> Caller:
    """Asks the app of each engine without a port between."""
    return Caller(create_app(region.state))


@pytest.fixture(scope="module")
def contract_url(made: Region) -> Iterator[str]:
    """Address of a server as a process of its own, without the stroke behind it."""
    with serving(made, KITH_ID_KEY_FILE=str(made.settings.id_key_file)) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module")
def yente(contract_url: str) -> Iterator[Client]:
    """The client library, pointed at the server."""
    with Client(base_url=contract_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def yente_cli(contract_url: str) -> Callable[..., str]:
    """The client's command, pointed at the server: its arguments in, what it prints out."""

    def run(*arguments: str) -> str:
        environment = {**os.environ, "YENTE_BASE_URL": contract_url}
        done = subprocess.run([CLIENT_COMMAND, *arguments], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module", params=ENGINES)
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppState]:
    """A few parties in a store of each engine; tests only read it."""
    folder = tmp_path_factory.mktemp("town")
    address = f"sqlite:///{folder / 'town.db'}"
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    store, state = load(address, folder, write_town(folder / "town.jsonl"))
    yield state
    store.close()
