"""The field's own client, library and command, against a server of kith, unchanged."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from yente_client import Client
from yente_client.exceptions import AuthenticationError, BadRequestError, NotFoundError

from tests.api.contract.conftest import serving
from tests.api.regions import Region

Command = Callable[..., str]


@pytest.fixture(scope="module")
def subsidiary(made: Region) -> dict[str, str]:
    return made.story("defaulters_subsidiary", "risky")[0]


def test_the_library_finds_the_server_alive_and_ready(yente: Client) -> None:
    assert yente.healthz().status == yente.readyz().status == "ok"


def test_the_library_reads_the_catalog_once(yente: Client, made: Region) -> None:
    listing = yente.datasets()
    default = next(dataset for dataset in listing.datasets if dataset.name == "default")
    assert default.entity_count == made.counts["entities"]
    assert default.index_current
    assert set(default.children) | {"default"} == set(listing.current)
    assert yente.datasets() == listing  # Answered with 304 the second time.


def test_the_library_searches_and_fetches(yente: Client, subsidiary: dict[str, str]) -> None:
    found = yente.search(subsidiary["name"], schema="Company", facets=["schema", "topics"], limit=3)
    assert found.total.value >= 1
    assert found.facets["schema"].values[0].name == "Company"
    entity = yente.fetch(found.results[0].id)
    assert subsidiary["name"] in entity.properties["name"]
    assert entity.first_seen is not None
    assert entity.first_seen.replace(tzinfo=UTC) < datetime.now(UTC)
    assert yente.fetch(entity.id, nested=False).properties.keys() < entity.properties.keys()
    referent = subsidiary["record_id"]
    assert referent in entity.referents
    assert yente.fetch(referent).id == entity.id


def test_the_library_goes_through_all_results(yente: Client) -> None:
    total = yente.search("", limit=0).total.value
    ids = {result.id for offset in range(0, total, 200) for result in yente.search("", limit=200, offset=offset).results}
    assert len(ids) == total
    assert {result.schema_ for result in yente.search("", exclude_schemata=["Person"], limit=500).results} <= {
        "Company",
        "Organization",
        "PublicBody",
        "LegalEntity",
    }


def test_the_library_looks_at_neighbours(yente: Client, subsidiary: dict[str, str]) -> None:
    entity = yente.search(subsidiary["name"]).results[0]
    around = yente.adjacent(entity.id)
    assert around.entity.id == entity.id
    owners = yente.adjacent(entity.id, prop="ownershipAsset", limit=5)
    assert owners.total.value == around.adjacent["ownershipAsset"].total.value >= 1
    with pytest.raises(NotFoundError):
        yente.adjacent(entity.id, prop="colour")


def test_the_library_reads_statements(yente: Client, subsidiary: dict[str, str]) -> None:
    entity = yente.search(subsidiary["name"]).results[0]
    facts = yente.statements(canonical_id=entity.id, prop="name")
    assert subsidiary["name"] in {fact.value for fact in facts.results}
    assert entity.id in {fact.canonical_id for fact in yente.statements(value=subsidiary["name"]).results}


def test_the_library_understands_what_is_refused(yente: Client) -> None:
    with pytest.raises(NotFoundError, match="No such party"):
        yente.fetch("NK-none")
    with pytest.raises(NotFoundError, match="No such data set"):
        yente.search("x", datasets=["none"])
    with pytest.raises(BadRequestError, match="Invalid query"):
        yente.search("x", sort=["colour"])


def test_the_library_shows_a_key(made: Region) -> None:
    with serving(made, KITH_API_KEY="a-key-of-many-letters") as url:
        with Client(base_url=url) as stranger, pytest.raises(AuthenticationError):
            stranger.datasets()
        with Client(base_url=url, api_key="a-key-of-many-letters") as client:
            assert client.datasets().current
            assert client.search("", limit=1).results


def test_the_command_tells_the_status(yente_cli: Command) -> None:
    status = json.loads(yente_cli("status", "-f", "json"))
    assert status["api"]["liveness"]["status"] == status["api"]["readiness"]["status"] == "ok"
    assert status["summary"]["stale"] == 0
    assert "default" in {dataset["name"] for dataset in status["loaded"]}
    assert "default" in yente_cli("status", "-f", "table")


def test_the_command_lists_data_sets(yente_cli: Command) -> None:
    names = [dataset["name"] for dataset in json.loads(yente_cli("datasets", "-f", "json"))["datasets"]]
    assert names[0] == "default"
    assert json.loads(yente_cli("datasets", names[1], "-f", "json"))["name"] == names[1]


def test_the_command_searches_fetches_and_reads_statements(yente_cli: Command, subsidiary: dict[str, str]) -> None:
    found = json.loads(yente_cli("search", subsidiary["name"], "-d", "default", "-s", "Company", "-f", "json"))
    id_ = found["results"][0]["id"]
    assert json.loads(yente_cli("fetch", id_, "-f", "json"))["id"] == id_
    assert subsidiary["name"] in yente_cli("fetch", id_, "--no-nested", "-f", "table")
    facts = json.loads(yente_cli("statements", "-c", id_, "-f", "json"))
    assert {fact["canonical_id"] for fact in facts["results"]} == {id_}
