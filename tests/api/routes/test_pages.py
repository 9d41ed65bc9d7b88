"""Every list comes in pages: along `next` each line comes once, in the order of the whole list; cursors of others are refused."""

from typing import Any

import pytest

from api.app import create_app
from api.http.openapi import operations
from tests.api.callers import Caller
from tests.api.regions import Region

OF_PARTY = {"ties": "ties", "records": "records", "dealings": "dealings", "related": "relations", "history": "events"}
LISTS = {
    "/v1/risky": "results",
    "/v1/reliable": "results",
    "/v1/rings": "rings",
    "/v1/judgements": "lines",
    "/v1/judgements/queue": "pairs",
    "/v1/judgements/conflicts": "conflicts",
    "/v1/consents": "consents",
    "/v1/search?q=a": "results",
    "/v1/search?address=1": "results",
    "/v1/entities": "entities",
    "/v1/ties": "ties",
    "/v1/scores": "scores",
}


@pytest.fixture(scope="module")
def caller(made: Region) -> Caller:
    return Caller(create_app(made.state))


@pytest.fixture(scope="module")
def busiest(caller: Caller) -> str:
    """The party of most ties among the risky ones."""
    lines = caller.get("/v1/risky", params={"limit": 1000}).json()["results"]
    return str(max(lines, key=lambda line: line["ties"])["id"])


def lists_of(party: str) -> dict[str, str]:
    return LISTS | {f"/v1/entities/{party}/{part}": field for part, field in OF_PARTY.items()}


def pages(caller: Caller, path: str, field: str, limit: int) -> list[list[Any]]:
    mark = "&" if "?" in path else "?"
    read, cursor = [], ""
    while True:
        answer = caller.get(f"{path}{mark}limit={limit}{cursor}")
        assert answer.status_code == 200, answer.text
        page = answer.json()
        read.append(page[field])
        if page["next"] is None:
            return read
        cursor = f"&cursor={page['next']}"


def test_pages_hold_what_the_whole_list_holds(caller: Caller, busiest: str) -> None:
    long_lists = 0
    for path, field in lists_of(busiest).items():
        (whole,) = pages(caller, path, field, 1000) if "search" not in path and "queue" not in path else [None]
        for limit in (1, 7) if whole is not None and len(whole) < 60 else (50,):
            read = pages(caller, path, field, limit)
            assert all(len(page) == limit for page in read[:-1] if path != "/v1/ties"), path
            lines = [line for page in read for line in page]
            assert whole is None or lines == whole, path
            long_lists += len(read) > 1
    assert long_lists > 8


def test_a_cursor_of_another_list_or_party_is_refused(caller: Caller, busiest: str) -> None:
    cursor = caller.get(f"/v1/entities/{busiest}/ties", params={"limit": 1}).json()["next"]
    for path in lists_of(busiest):
        if path.endswith("/ties") and busiest in path:
            continue
        answer = caller.get(path, params={**dict([path.partition("?")[2].split("=")] if "?" in path else []), "cursor": cursor})
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:kith:problem:cursor-invalid"), path


def test_what_leads_on_can_be_gone_on_from(caller: Caller) -> None:
    document = caller.get("/openapi.json").json()
    for path, verb, operation in operations(document):
        contents = operation["responses"].get("200", {}).get("content", {})
        if verb != "get" or not path.startswith("/v1/") or "application/json" not in contents:
            continue
        model = contents["application/json"]["schema"].get("$ref", "").rpartition("/")[2]
        fields = document["components"]["schemas"].get(model, {}).get("properties", {})
        following = fields.get("next", {}).get("description", "").startswith("Cursor of the next page")
        takes_cursor = "cursor" in {held["name"] for held in operation.get("parameters", ())}
        assert following == takes_cursor, path
