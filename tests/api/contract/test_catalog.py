"""Data sets, collections, and the call that renews an index elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.app import create_app
from api.context.collections import ALL_DATASETS, load_collections
from api.contract.datasets import data_scope, dataset_scope, loaded_datasets
from ontology.errors import CollectionsInvalid, DatasetUnknown
from tests.api.callers import Caller
from tests.api.regions import Region

PAGE = """
version: "1"
collections:
  - {name: courts, title: Courts and registers, children: [court_listings, registry]}
  - {name: everything_of_ours, title: Ours, children: [courts, none_such]}
  - {name: loop, title: Loop, children: [loop, courts]}
"""


def with_settings(region: Region, **changed: object) -> Region:
    return replace(region, settings=region.settings.model_copy(update=changed))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "collections.yaml"
    file.write_text(PAGE, "utf-8")
    return file


def test_the_catalog_has_every_source_with_its_parties(caller: Caller, region: Region) -> None:
    found = caller.get("/catalog").json()
    default, *sources = found["datasets"]
    assert (default["name"], default["entity_count"]) == (ALL_DATASETS, region.counts["entities"])
    assert {source["name"] for source in sources} == set(default["children"]) == loaded_datasets(region.store)
    by_source: dict[str, int] = {}
    for row in region.store.read("entities/all"):
        for source in region.context().store.read("network/records_of", entity_id=row["id"]):
            by_source.setdefault(source["dataset"], 0)
    assert set(by_source) == {source["name"] for source in sources}
    assert all(source["entity_count"] > 0 and source["index_current"] for source in sources)
    assert found["current"] == [ALL_DATASETS, *sorted(by_source)]
    assert (found["outdated"], found["index_stale"]) == ([], False)


def test_the_catalog_is_sent_once(caller: Caller) -> None:
    first = caller.get("/catalog")
    again = caller.get("/catalog", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_collection_stands_for_the_sources_within_it(region: Region, page: Path) -> None:
    context = replace(region.context(), collections=load_collections(page))
    known = loaded_datasets(region.store)
    some = sorted(known)[:2]
    assert dataset_scope(context, ALL_DATASETS) is None
    assert dataset_scope(context, some[0]) == {some[0]}
    courts = dataset_scope(context, "courts")
    assert courts == known & {"court_listings", "registry"}
    assert dataset_scope(context, "everything_of_ours") == dataset_scope(context, "loop") == courts
    with pytest.raises(DatasetUnknown):
        dataset_scope(context, "no_such")
    scope = data_scope(context, ALL_DATASETS, include=some, exclude=[some[0]])
    assert (scope.holds([some[0]]), scope.holds(some), scope.holds(["other"])) == (False, True, False)
    assert not data_scope(context, ALL_DATASETS, exclude=[ALL_DATASETS]).holds(some)


def test_collections_stand_in_the_catalog(region: Region, page: Path) -> None:
    found = Caller(create_app(with_settings(region, collections=page).state)).get("/catalog").json()["datasets"]
    courts = next(dataset for dataset in found if dataset["name"] == "courts")
    assert (courts["category"], courts["load"]) == ("collection", False)
    assert courts["children"] == ["court_listings", "registry"]


@pytest.mark.parametrize(
    "text",
    [
        "collections: [{name: x}]",
        "collections: [{name: default, title: x, children: [a]}]",
        "collections: [{name: a, title: x, children: [b]}, {name: a, title: y, children: [b]}]",
        "[",
        "- a",
    ],
)
def test_a_page_that_is_none_is_refused_when_the_app_is_made(region: Region, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(CollectionsInvalid, match=r"bad\.yaml"):
        create_app(with_settings(region, collections=file).state)


def test_the_update_call_does_nothing_and_asks_for_its_token(region: Region) -> None:
    without = Caller(create_app(region.state))
    assert without.post("/updatez", params={"token": ""}).status_code == 403
    asking = Caller(create_app(with_settings(region, update_token=SecretStr("a-token-of-many-letters")).state))
    assert asking.post("/updatez", params={"token": "another"}).json()["detail"].startswith("Invalid token")
    assert asking.post("/updatez", params={"token": "a-token-of-many-letters", "sync": "true"}).json() == {"status": "ok"}


def test_the_server_is_alive_and_ready_in_the_form_of_the_contract(caller: Caller) -> None:
    assert caller.get("/healthz").json() == caller.get("/readyz").json() == {"status": "ok"}
