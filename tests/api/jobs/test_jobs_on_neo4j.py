"""Jobs over a Neo4j store: the same rows beside it, under a lock of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import rulebook
from ontology.errors import StoreBusy
from store.open import open_store
from tests.api.callers import Caller
from tests.api.jobs.jobs_app import OPERATOR, begun, ended, jobs_app, upload_of
from tests.graph.world import TODAY
from tests.stores import wipe

pytestmark = pytest.mark.neo4j


@pytest.fixture
def address(neo4j_address: str) -> Iterator[str]:
    wipe(neo4j_address)
    yield neo4j_address
    wipe(neo4j_address)


def test_files_are_loaded_and_a_job_waits_for_the_writer(address: str, tmp_path: Path) -> None:
    settings, store = Settings(store=address, today=TODAY), open_store(address)
    with jobs_app(AppState(settings, store, rulebook(settings), "0"), tmp_path) as app:
        caller = Caller(app)
        job = ended(caller, begun(caller, data={"kind": "ingest"}, files=upload_of("registry.csv")))
        assert job["report"]["files"][0]["rows_in"] > 0
        assert caller.get("/v1/about", headers=OPERATOR).json()["records"] > 0
    store.close()


def test_the_side_is_written_while_a_transaction_holds_the_store(address: str) -> None:
    store, other = open_store(address), open_store(address)
    side = store.open_side_store()
    with store.transaction():
        side.write("meta/put", rows=[{"key": "beside", "value": "written"}])
        with pytest.raises(StoreBusy):
            other.write("meta/put", rows=[{"key": "other", "value": "not written"}])
    assert side.read("meta/get", key="beside")
    for opened in (side, other, store):
        opened.close()
